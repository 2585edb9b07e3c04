"""Practice that knows your mistake.

`check("id", answer)` compares an answer with the exercise's own, `hint("id")` helps.
The definitions stand in `content`, one file per chapter or lab; `define` is how they are
written, `catalogue` finds them.
"""

from ce_lib.practice.check import check, hint
from ce_lib.practice.require import require
from ce_lib.practice.tournament import leaderboard
from ce_lib.practice.verdict import Verdict

__all__ = ["Verdict", "check", "hint", "leaderboard", "require"]

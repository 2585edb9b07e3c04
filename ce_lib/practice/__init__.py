"""Practice that knows your mistake.

`check("id", answer)` compares an answer with the exercise's own, `hint("id")` helps, and
`bet("id", q)` says what a forecast of a question's answers pays.
The definitions stand in `content`, one file per chapter or lab; `define` is how they are
written, `catalogue` finds them.
"""

from ce_lib.practice.bet import bet
from ce_lib.practice.check import check, hint
from ce_lib.practice.require import require
from ce_lib.practice.tournament import leaderboard
from ce_lib.practice.verdict import Verdict

__all__ = ["Verdict", "bet", "check", "hint", "leaderboard", "require"]

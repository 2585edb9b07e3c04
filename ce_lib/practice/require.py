"""Check an answer and stop the notebook unless it is right: a point to be earned."""

from __future__ import annotations

from typing import Any

from ce_lib.practice.check import check
from ce_lib.practice.verdict import Verdict


class NotYet(AssertionError):
    """An answer that is not right yet. A notebook shows the verdict, no traceback.

    Attributes
    ----------
    verdict : Verdict
        What `check` returned.
    """

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(str(verdict))
        self.verdict = verdict

    def _render_traceback_(self) -> list[str]:
        return str(self).splitlines()


def require(id: str, answer: Any = None, **parts: Any) -> None:
    """Print the verdict of `check` if it is right; otherwise raise it.

    Parameters
    ----------
    id, answer, **parts
        As for `check`.

    Raises
    ------
    NotYet
        With the verdict as its text, unless the answer is right.
    KeyError, TypeError
        As `check`.

    See Also
    --------
    check : returns the verdict, and never stops anything.

    Examples
    --------
    >>> from ce_lib.practice import require
    >>> require("lab-limits.largest", 709)
    ✓ lab-limits.largest: Right.
    """
    verdict = check(id, answer, **parts)
    if not verdict:
        raise NotYet(verdict)
    print(verdict)

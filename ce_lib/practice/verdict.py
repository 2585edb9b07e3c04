"""What `check` returns: a status, a sentence, and a readable face in a notebook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

from ce_lib._backticks import as_html
from ce_lib.practice.judge import NOT_TRIED, RIGHT, WRONG

_MARKS = {NOT_TRIED: "○", RIGHT: "✓", WRONG: "✗"}


def _face(text: str) -> str:
    """What a report of several lines needs for its columns to stand below each other."""
    return "; font-family: monospace" if "\n" in text else ""


@dataclass(frozen=True, repr=False)
class Verdict:
    """The outcome of a check; true only when everything is right.

    Attributes
    ----------
    id : str
        The exercise.
    status : str
        "not tried", "right" or "wrong".
    sentence : str
        What helps, with code between backticks. It may have several lines.
    parts : mapping of str to Verdict
        The verdicts of an exercise with several fields, by the field's name.
    steps : float
        The proportion of a function's steps that hold, where it has any.
    """

    id: str
    status: str
    sentence: str
    parts: Mapping[str, Verdict] = field(default_factory=dict)
    steps: float = 0.0

    def __bool__(self) -> bool:
        return self.status == RIGHT

    @property
    def share(self) -> float:
        """The proportion of the points that it earns: 1 when right, else by its parts."""
        if self:
            return 1.0
        if self.parts:
            return sum(part.share for part in self.parts.values()) / len(self.parts)
        return self.steps

    def _lines(self) -> list[tuple[str, str, str]]:
        """Return (mark, name, sentence) of every line to show."""
        if not self.parts:
            return [(_MARKS[self.status], self.id, self.sentence)]
        return [
            (_MARKS[part.status], f"{self.id}, {name}", part.sentence)
            for name, part in self.parts.items()
        ]

    def __repr__(self) -> str:
        return "\n".join(f"{mark} {name}: {text}" for mark, name, text in self._lines())

    def _repr_html_(self) -> str:
        return "".join(
            f"<p><b>{mark} {escape(name)}</b> "
            f'<span style="white-space: pre-wrap{_face(text)}">{as_html(text)}</span></p>'
            for mark, name, text in self._lines()
        )

    def _repr_markdown_(self) -> str:
        return "\n".join(
            f"- {mark} **{name}** {text}" for mark, name, text in self._lines()
        )

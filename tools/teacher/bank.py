"""Sixty questions for Moodle and Canvas, three a chapter, from the book's own definitions.

From each chapter come its first question to bet on, the first number that its exercises ask
for, and the first number or choice of another exercise. Those that ask for least come first. An
exercise takes part if it stands on its own and asks for no proof, and a number if the systems
can mark it as the book does: not 0, not ∞, and of a usual size.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ce_lib._backticks import as_html
from ce_lib.practice.catalogue import EXERCISES, QUESTIONS
from ce_lib.practice.exercise import Choice, Field, Number, Whole
from teacher import printed
from teacher.course import Chapter, chapters

#: What leans on something that stands elsewhere on its page.
LEANING = re.compile(
    r"\b(?:again|these|the same|the table|the (?:two|five|six|nine) \w+)\b"
    r"|^<p>(?:She|He)\b|\(\d+\.\d+\)",
    re.IGNORECASE,
)
#: How small and large a number may be for the systems to mark it as the book does.
LEAST, MOST = 1e-3, 1e6

#: What asks for a proof besides.
PROOF = re.compile(r"\b(?:Show|Derive)\b")


@dataclass(frozen=True)
class Item:
    """One question; in its HTML formulas stand between ``\\(`` and ``\\)``.

    ``exercise`` is the id of what asks it in the book. ``solution`` is told when the
    question has been answered; it may be empty.
    """

    exercise: str
    chapter: Chapter
    text: str
    field: Choice | Number
    solution: str = ""

    @property
    def title(self) -> str:
        """What a teacher finds it by: its chapter's number, and the book's own names."""
        part = f".{self.field.name}" if self.field.name != self.exercise else ""
        return f"{self.chapter.number:02d} {self.exercise}{part}"


def write(out: Path) -> list[Path]:
    """Write the bank for both systems into a folder, and return where the files lie."""
    from teacher import gift, qti

    out.mkdir(mode=0o700, parents=True, exist_ok=True)
    moodle, canvas = out / "moodle.gift.txt", out / "canvas.zip"
    moodle.write_text(gift.bank(items()), encoding="utf-8")
    canvas.write_bytes(qti.bank(items()))
    return [moodle, canvas]


@cache
def items() -> tuple[Item, ...]:
    """The sixty questions, in the order of the course."""
    return tuple(item for chapter in chapters() for item in of(chapter))


def of(chapter: Chapter) -> list[Item]:
    """The three of a chapter.

    Raises
    ------
    LookupError
        If it asks for less that can be asked elsewhere.
    """
    own = [id for id in QUESTIONS if QUESTIONS.page(id) == chapter.name]
    bets = [_bet(chapter, id) for id in printed.in_order(chapter.name, own)]
    asked = list(_fields(chapter))
    numbers = [item for item in asked if isinstance(item.field, Number)]
    others = [
        item for item in asked if item.exercise not in {n.exercise for n in numbers[:1]}
    ]
    if not (bets and numbers and others):
        raise LookupError(f"{chapter.name}: too little that can be asked elsewhere")
    return [bets[0], numbers[0], others[0]]


def _bet(chapter: Chapter, id: str) -> Item:
    question = QUESTIONS[id]
    field = Choice(name=id, label="", answer=question.answer, options=question.options)
    return Item(id, chapter, f"<p>{as_html(question.prompt)}</p>", field)


def _fields(chapter: Chapter) -> Iterator[Item]:
    """What the exercises of a chapter ask for, of those that can be asked elsewhere."""
    own = [id for id in EXERCISES if EXERCISES.page(id) == chapter.name]
    standing = printed.in_order(chapter.name, own)
    for id in sorted(standing, key=lambda id: len(EXERCISES[id].fields)):
        shown = printed.exercise(chapter.name, id, printed.as_tex)
        if LEANING.search(shown.text) or PROOF.search(shown.text):
            continue
        for field in filter(_can_be_marked, EXERCISES[id].fields):
            text = shown.text + _asked(field)
            yield Item(id, chapter, text, field, shown.solution)


def _can_be_marked(field: Field) -> bool:
    if isinstance(field, Number):
        return LEAST <= abs(field.answer) <= MOST
    return isinstance(field, Choice)


def _asked(field: Choice | Number) -> str:
    """What is to be filled in, and how."""
    how = ""
    if isinstance(field, Number):
        how = "a whole number" if isinstance(field, Whole) else "three digits at least"
        if field.unit and field.unit not in field.label.lower():
            how += f", in {field.unit}"
        if field.probability:
            how += ", not in percent"
        how = f" ({how})"
    said = as_html(f"Asked here: {field.label}{how}")
    return f"<p><strong>{said}</strong></p>"

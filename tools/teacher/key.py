"""The answer key: all that is asked, with what is right, what is wrong, and how it is told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

import numpy as np
from grading.lab import parts, possible
from grading.lab import title as lab_title

from bookext.practice.answers import number
from bookext.practice.claims import VERDICTS
from ce_lib._backticks import as_html
from ce_lib.practice.catalogue import CODE, EXERCISES, GUESSES, QUESTIONS, Shelf
from ce_lib.practice.code import CodeExercise
from ce_lib.practice.exercise import TOLERANCE, Choice, Exercise, Field
from ce_lib.practice.exercise import Option as Given
from ce_lib.practice.guess import Guess, Spread
from ce_lib.practice.quiz import Question
from teacher import pages, printed, written
from teacher.course import chapters, labs, other_pages
from teacher.spares import Spare, spares

#: The page of claims.
FOLKLORE = "folklore"

SOLUTION = re.compile(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", re.DOTALL)


@dataclass(frozen=True)
class Option:
    """What can be chosen, and what is said of it."""

    right: bool
    text: str
    why: str


@dataclass(frozen=True)
class Known:
    """A mistake that is recognised: what it leads to, and what is said then."""

    value: str
    name: str
    sentence: str


@dataclass(frozen=True)
class Answer:
    """One thing to fill in."""

    label: str
    value: str = ""
    note: str = ""
    options: Sequence[Option] = ()
    mistakes: Sequence[Known] = ()


@dataclass(frozen=True)
class Entry:
    """One thing that is asked. ``text`` and ``solution`` are HTML."""

    kind: str
    id: str
    title: str
    text: str = ""
    answers: Sequence[Answer] = ()
    properties: Sequence[str] = ()
    solution: str = ""
    remarks: Sequence[str] = ()


@dataclass(frozen=True)
class Section:
    """A chapter, a lab, or another page that asks."""

    id: str
    title: str
    entries: Sequence[Entry]
    part: str = field(default="", kw_only=True)


def write(out: Path) -> Path:
    """Write the key into a folder, and return where it lies."""
    return pages.write(out, "key", title="Answer key", sections=list(sections()))


def sections() -> Iterator[Section]:
    for chapter in chapters():
        title = f"{chapter.number} {printed.title(chapter.name)}"
        yield Section(chapter.name, title, list(_page(chapter.name)), part=chapter.part)
    for name in other_pages():
        if entries := list(_page(name)):
            yield Section(name, printed.title(name), entries)
    for place, lab in enumerate(labs(), 1):
        title = f"Lab {place}: {lab_title(lab)}"
        yield Section(lab.stem, title, list(_lab(lab)))


def _page(name: str) -> Iterator[Entry]:
    shelves: tuple[Shelf[Any], ...] = (GUESSES, EXERCISES, QUESTIONS, CODE)
    own = {id: shelf for shelf in shelves for id in shelf if shelf.page(id) == name}
    standing = printed.in_order(name, own)
    if left := own.keys() - set(standing):
        raise LookupError(f"{name} does not show {', '.join(sorted(left))}")
    for id in standing:
        yield _asked(name, own[id][id])
    yield from map(_claim, printed.claims(name) if name == FOLKLORE else ())
    yield from (_spare(each) for each in spares().values() if each.page == name)


def _claim(claim: printed.Claim) -> Entry:
    options = [
        Option(place == claim.verdict, text, "") for place, text in enumerate(VERDICTS)
    ]
    answer = Answer("", options=options)
    return Entry("Claim", claim.id, claim.text, "", [answer], solution=claim.why)


def _asked(name: str, asked: Exercise | CodeExercise | Question | Guess) -> Entry:
    if isinstance(asked, Guess):
        return _guess(asked)
    if isinstance(asked, Question):
        shown = [Answer("", options=_options(asked.options, asked.answer))]
        return Entry("To bet on", asked.id, "", _paragraph(asked.prompt), shown)
    on_page = printed.exercise(name, asked.id)
    return Entry(
        f"Exercise {on_page.number}",
        asked.id,
        asked.prompt,
        on_page.text,
        _fields(asked),
        _properties(asked),
        on_page.solution,
    )


def _guess(guess: Guess) -> Entry:
    asked = guess.asked
    if isinstance(asked, Spread):
        answer = Answer("", options=_options(asked.options, asked.answer))
        remarks: Sequence[str] = ()
    else:
        value = _with_unit(number(asked.answer), asked.unit)
        near = f"near: {number(asked.near)} off at most"
        answer = Answer(asked.label, value, near)
        remarks = [_remark(each.upto, each.sentence) for each in asked.remarks]
    told = _paragraph(asked.told)
    prompt = _paragraph(guess.prompt)
    return Entry(
        "Guess", guess.id, "", prompt, [answer], solution=told, remarks=remarks
    )


def _remark(upto: float, sentence: str) -> str:
    return sentence if np.isinf(upto) else f"Up to {number(upto)}: {sentence}"


def _spare(spare: Spare) -> Entry:
    return Entry(
        f"Spare, {spare.minutes} minutes",
        spare.id,
        spare.title,
        written.html(spare.text),
        _fields(spare.exercise),
        solution=written.html(spare.solution),
    )


def _lab(lab: Path) -> Iterator[Entry]:
    points = possible(lab)
    before = ""
    for part in parts(lab):
        if part.solution:
            before = part.source
        if part.points is not None:
            yield _task(part.required, points[part.name], before)
            before = ""
    graded = {part.required for part in parts(lab)}
    own: tuple[Shelf[Any], ...] = (EXERCISES, CODE)
    for shelf in own:
        for id in shelf:
            if shelf.page(id) == lab.stem and id not in graded:
                yield _task(id, 0, "")


def _task(id: str, points: float, before: str) -> Entry:
    known: Shelf[Any] = EXERCISES if id in EXERCISES else CODE
    asked = known[id]
    found = "\n".join(code.rstrip() for code in SOLUTION.findall(before))
    return Entry(
        f"{points:g} {'point' if points == 1 else 'points'}" if points else "No points",
        asked.id,
        "",
        _paragraph(asked.prompt),
        _fields(asked),
        _properties(asked),
        f"<pre>{escape(found)}</pre>" if found else "",
    )


def _fields(asked: Exercise | CodeExercise) -> list[Answer]:
    return (
        [_answer(field) for field in asked.fields]
        if isinstance(asked, Exercise)
        else []
    )


def _properties(asked: Exercise | CodeExercise) -> list[str]:
    if isinstance(asked, Exercise):
        return []
    return [property.sentence for property in asked.task.properties]


def _answer(field: Any) -> Answer:
    if isinstance(field, Choice):
        return Answer(field.label, options=_options(field.options, field.answer))
    mistakes = [
        Known(_value(field, m.value), m.name, m.sentence) for m in field.mistakes
    ]
    exact = field.kind == "whole"
    usual = field.tolerance == TOLERANCE
    note = "" if exact or usual else f"within {100 * field.tolerance:g} %"
    value = _with_unit(_value(field, field.answer), field.unit)
    return Answer(field.label, value, note, mistakes=mistakes)


def _value(field: Field, value: Any) -> str:
    return ", ".join(number(float(entry)) for entry in np.atleast_1d(value))


def _with_unit(value: str, unit: str) -> str:
    return f"{value} {unit}".strip()


def _options(options: Sequence[Given], answer: str) -> list[Option]:
    return [Option(each.key == answer, each.text, each.why) for each in options]


def _paragraph(text: str) -> str:
    return f"<p>{as_html(text)}</p>"

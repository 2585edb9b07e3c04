"""The verdict on one field: right, or which mistake it was, by the digits given.

An answer counts as right when it is correct in every digit it states and states at
least three, or when it is off by less than the tolerance. The pages' script
(web/practice/judge.js) follows the same steps in the same order.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ce_lib._written import plain
from ce_lib.practice import reading
from ce_lib.practice.exercise import Choice, Field, Number, Vector, Whole, bounds
from ce_lib.practice.reading import Read
from ce_lib.practice.sentences import Unreadable, say

NOT_TRIED, RIGHT, WRONG = "not tried", "right", "wrong"

#: What a rounded number may miss its half step by, as a proportion of it.
_ROUNDING = 1 + 1e-9

#: More digits than a number has: then only the tolerance counts.
EXACT = 100

Judgement = tuple[str, str]


def judge(field: Field, answer: Any) -> Judgement:
    """Return the status of an answer to one field, and the sentence that goes with it."""
    if reading.is_blank(answer):
        return NOT_TRIED, say("not tried")
    try:
        if isinstance(field, Choice):
            return _choice(field, answer)
        text = reading.as_text(answer)
        if isinstance(field, Vector):
            given = _all(text, field)
            status, sentence = _vector(field, given)
        else:
            assert isinstance(field, Number)
            given = [_one(text, field)]
            status, sentence = _number(field, given[0])
            if status == RIGHT and isinstance(text, list):
                sentence = say("unwrap")
        return status, _as_read(given, sentence)
    except Unreadable as problem:
        return WRONG, str(problem)


def _as_read(given: list[Read], sentence: str) -> str:
    """Put before the sentence what a closed form was read as."""
    if not any(read.form for read in given):
        return sentence
    values = [plain(read.value, 5) for read in given]
    if len(given) > 1:
        return say("read all", values=", ".join(values), verdict=sentence)
    form = given[0].form.replace("-", "−")
    return say("read", form=form, value=values[0], verdict=sentence)


def _choice(field: Choice, answer: Any) -> Judgement:
    chosen = reading.tidy(answer) if issubclass(type(answer), str) else None
    for option in field.options:
        if chosen == option.key:
            return (RIGHT if option.key == field.answer else WRONG), option.why
    keys = ", ".join(option.key for option in field.options)
    raise Unreadable("choose", options=keys)


def _number(field: Number, given: Read) -> Judgement:
    value, answer = given.value, field.answer
    if isinstance(field, Whole) and value != np.floor(value):
        return WRONG, say("whole")
    if _hits(given, answer, field.tolerance, 3):
        return RIGHT, say("right")
    known = [(float(np.float64(m.value)), m.sentence) for m in field.mistakes]  # type: ignore[arg-type]
    if told := _nearest(given, known, field.tolerance, EXACT):
        return WRONG, told
    if _coarse(given, answer, abs(answer)):
        return WRONG, say("coarse")
    if told := _nearest(given, known, field.tolerance, 2):
        return WRONG, told
    if math.isinf(value):
        return WRONG, say("infinite" if math.isfinite(answer) else "otherwise")
    if math.isinf(answer):
        return WRONG, say("otherwise")
    name = _likeness(given, answer, field)
    return WRONG, _otherwise(field, [given]) if name == "otherwise" else say(name)


def _one(text: str | list[str], field: Number) -> Read:
    """Read one number, and say so if several were written."""
    if isinstance(text, list):
        if len(text) != 1:
            raise Unreadable("one", count=len(text))
        text = text[0]
    try:
        return reading.number(text, field.unit, field.probability)
    except Unreadable:
        try:
            count = len(reading.several(text, field.unit, field.probability))
        except Unreadable:
            count = 0
        if count > 1:
            raise Unreadable("one", count=count) from None
        raise


def _all(text: str | list[str], field: Vector) -> list[Read]:
    if isinstance(text, list):
        given = [reading.number(t, field.unit, field.probability) for t in text]
    else:
        given = reading.several(text, field.unit, field.probability)
    if len(given) != (wanted := len(field.labels)):
        labels = ", ".join(field.labels)
        raise Unreadable("many", wanted=wanted, labels=labels, count=len(given))
    return given


def _nearest(
    given: Read, known: list[tuple[float, str]], tolerance: float, digits: int
) -> str:
    """Return the sentence of the nearest mistake that is hit, or nothing."""
    best, told = math.inf, ""
    for target, sentence in known:
        if _hits(given, target, tolerance, digits):
            gap = 0.0 if given.value == target else abs(given.value - target)
            if gap < best:
                best, told = gap, sentence
    return told


def _likeness(given: Read, answer: float, field: Number) -> str:
    """Return the name of the sentence for a number that no known mistake gives."""
    if answer == 0:
        return "otherwise"
    whole = isinstance(field, Whole)
    if not whole and _near(given, answer):
        return "near"
    if _hits(Read(-given.value, given.step, given.digits), answer, field.tolerance, 2):
        return "sign"
    for factor in (100.0, 0.01):
        moved = Read(given.value * factor, given.step * factor, given.digits)
        if _hits(moved, answer, field.tolerance, 2):
            return "hundred"
    return "otherwise"


def _vector(field: Vector, given: list[Read]) -> Judgement:
    answer = [float(entry) for entry in np.asarray(field.answer, dtype=np.float64)]
    labels = ", ".join(field.labels)
    marks = _entries(given, answer, field.tolerance)
    if all(marks):
        return RIGHT, say("right")
    scale = max(abs(want) for want in answer)
    coarse = all(
        mark or _coarse(read, want, scale)
        for mark, read, want in zip(marks, given, answer, strict=True)
    )
    known = [
        ([float(v) for v in np.asarray(m.value, dtype=np.float64)], m.sentence)
        for m in field.mistakes
    ]
    for digits in (EXACT,) if coarse else (EXACT, 3, 2):
        if told := _nearest_row(given, known, field.tolerance, digits):
            return WRONG, told
    if coarse:
        return WRONG, say("coarse")
    if any(math.isinf(read.value) for read in given):
        return WRONG, say("infinite")
    ordered = sorted(given, key=lambda read: read.value)
    if all(_entries(ordered, sorted(answer), field.tolerance)):
        return WRONG, say("order", labels=labels)
    opposite = [Read(-read.value, read.step, read.digits) for read in given]
    if all(_entries(opposite, answer, field.tolerance, 2)):
        return WRONG, say("sign")
    if all(_near(read, want) for read, want in zip(given, answer, strict=True)):
        return WRONG, say("near")
    for factor in (100.0, 0.01):
        moved = [Read(r.value * factor, r.step * factor, r.digits) for r in given]
        if all(_entries(moved, answer, field.tolerance, 2)):
            return WRONG, say("hundred")
    if any(marks):
        named = list(zip(marks, field.labels, strict=True))
        right = ", ".join(label for mark, label in named if mark)
        wrong = ", ".join(label for mark, label in named if not mark)
        return WRONG, say("some", right=right, wrong=wrong)
    return WRONG, _otherwise(field, given)


def _otherwise(field: Number | Vector, given: list[Read]) -> str:
    """Say that it is not this, and of what no such answer can be, between what it lies."""
    low, high = bounds(field)
    if all(low <= read.value <= high for read in given):
        return say("otherwise")
    if math.isinf(high):
        return say("least", least=plain(low))
    return say("between", low=plain(low), high=plain(high))


def _nearest_row(
    given: list[Read],
    known: list[tuple[list[float], str]],
    tolerance: float,
    digits: int,
) -> str:
    """Return the sentence of the nearest mistake that is hit in all entries, or nothing."""
    best, told = math.inf, ""
    for row, sentence in known:
        if all(_entries(given, row, tolerance, digits)):
            gap = max(
                0.0 if read.value == value else abs(read.value - value)
                for read, value in zip(given, row, strict=True)
            )
            if gap < best:
                best, told = gap, sentence
    return told


def _entries(
    given: list[Read], wanted: list[float], tolerance: float, digits: int = 3
) -> list[bool]:
    """Judge entry by entry; digits count from the largest entry, if it is below 1."""
    fine = 0.5 * 10.0 ** (1 - digits) * min(1.0, max(abs(value) for value in wanted))
    return [
        _hits(read, value, tolerance, digits)
        or (read.step <= fine and _half_step(read, value))
        for read, value in zip(given, wanted, strict=True)
    ]


def _hits(given: Read, target: float, tolerance: float, digits: int) -> bool:
    """Whether what is given is the target, in all its digits if it has enough of them."""
    if math.isinf(given.value) or math.isinf(target):
        return given.value == target
    if abs(given.value - target) <= tolerance * abs(target):
        return True
    return given.digits >= digits and _half_step(given, target)


def _near(given: Read, answer: float) -> bool:
    """Whether a hundredth of the answer separates the two at most."""
    return math.isfinite(answer) and abs(given.value - answer) <= 0.01 * abs(answer)


def _coarse(given: Read, answer: float, scale: float) -> bool:
    """Whether the answer was rounded, to a digit that still says something about it."""
    return given.step <= scale and _half_step(given, answer)


def _half_step(given: Read, target: float) -> bool:
    """Whether rounding the target to the digits given leads to what is given."""
    if given.digits == 0 or math.isinf(given.value) or math.isinf(target):
        return False
    return abs(given.value - target) <= 0.5 * given.step * _ROUNDING

"""Check an answer by the exercise's id, and ask for a hint."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

import numpy as np

from ce_lib.practice import reading
from ce_lib.practice.catalogue import CODE, EXERCISES, named
from ce_lib.practice.exercise import Exercise
from ce_lib.practice.judge import NOT_TRIED, RIGHT, WRONG, judge
from ce_lib.practice.sentences import say
from ce_lib.practice.verdict import Verdict


def check(id: str, answer: Any = None, **parts: Any) -> Verdict:
    """Compare an answer with the exercise's own, and recognise known mistakes.

    Parameters
    ----------
    id : str
        The exercise, such as ``"exercise-slopes"``, or one part of it,
        ``"exercise-slopes.steepest"``.
    answer : number, sequence, str, function or dict, optional
        The answer: a number, several numbers, a key of the options, or the
        function of a code exercise. Text may hold numbers in closed form:
        ``"-ln(7/2)"``, ``"1/3; √2"``. A dict answers several parts by name.
    **parts
        The answers to several parts, by name.

    Returns
    -------
    Verdict
        True when right. None, ``...`` and empty text count as not tried.

    Raises
    ------
    KeyError
        If there is no exercise or part of that name.
    TypeError
        If the id is no text, or an exercise with several parts is given something else
        than parts.

    Notes
    -----
    Digits decide: an answer is right when it is correct in every digit it
    states, and states at least three. What the answer *is* never raises.

    Examples
    --------
    >>> from ce_lib.practice import check
    >>> check("exercise-jazz.nats", 1.204)
    ✓ exercise-jazz.nats: Right.
    >>> check("exercise-jazz.nats", "ln(10/3)")
    ✓ exercise-jazz.nats: ln(10/3) = 1.204. Right.
    >>> bool(check("exercise-jazz.nats", -1.204))
    False
    """
    name, _, part = named(id).partition(".")
    if name in CODE:
        return CODE[name].check(answer)
    exercise = _find(name)
    if part:
        return Verdict(id, *judge(exercise.field(part), answer))
    named_parts = _parts(answer)
    alone = len(exercise.fields) == 1 and not parts
    if alone and exercise.fields[0].name not in (named_parts or ()):
        return Verdict(id, *judge(exercise.fields[0], answer))
    if not reading.is_blank(answer):
        if named_parts is None:
            raise TypeError(
                f"{id} has several parts: use {exercise.stub()}, or a dict with these names"
            )
        parts = {**named_parts, **parts}
    for unknown in parts:
        exercise.field(unknown)  # raises, and names those there are
    verdicts = {
        f.name: Verdict(f"{id}.{f.name}", *judge(f, parts.get(f.name)))
        for f in exercise.fields
    }
    return _together(id, verdicts)


def hint(id: str, number: int = 1) -> str:
    """Return a hint; a higher number says more.

    Parameters
    ----------
    id : str
        The exercise.
    number : int, default 1
        From 1; beyond the last hint you get the last.

    Returns
    -------
    str
        One or two sentences.

    Raises
    ------
    KeyError
        If there is no exercise of that name.
    TypeError, ValueError
        If the id is no text, or the number not whole, or below 1.

    Examples
    --------
    >>> from ce_lib.practice import hint
    >>> print(hint("exercise-prices"))
    A price in nats is minus the natural logarithm of the probability.
    """
    if isinstance(number, bool) or not isinstance(number, int | np.integer):
        raise TypeError(f"number: expected a whole number, got {number!r}")
    if number < 1:
        raise ValueError(f"number: expected 1 or more, got {number}")
    name = named(id).partition(".")[0]
    hints = CODE[name].hints if name in CODE else _find(name).hints
    if not hints:
        return "There is no hint for this one."
    return hints[min(number, len(hints)) - 1]


def _find(id: str) -> Exercise:
    if id not in EXERCISES:
        raise KeyError(f"there is no exercise {id!r}{_similar(id)}")
    return EXERCISES[id]


def _similar(id: str) -> str:
    """Return the ids that were perhaps meant: few are more help than all."""
    ids = [*EXERCISES, *CODE]
    near = [known for known in ids if id and id in known][:3]
    near = near or get_close_matches(id, ids, 3)
    return (
        f"; did you mean {' or '.join(map(repr, near))}?"
        if near
        else ("; its name stands in the quotes of the check below the task")
    )


def _parts(answer: Any) -> dict[Any, Any] | None:
    """Return the parts of an answer that names them."""
    try:
        return dict(answer) if isinstance(answer, Mapping) else None
    except Exception:  # what an object does when it is looked at is its own
        return None


def _together(id: str, verdicts: Mapping[str, Verdict]) -> Verdict:
    statuses = {verdict.status for verdict in verdicts.values()}
    if statuses == {RIGHT}:
        return Verdict(id, RIGHT, say("right"), verdicts)
    if statuses == {NOT_TRIED}:
        return Verdict(id, NOT_TRIED, say("not tried"), verdicts)
    wrong = [v.sentence for v in verdicts.values() if v.status == WRONG]
    return Verdict(id, WRONG, "\n".join(wrong) or say("parts"), verdicts)

"""Exercises that stand on no page: for a test, or for those who want one more.

A file of `spare` holds those of the chapter of its name, one function each, which yields
what is to be filled in and last the solution:

    @spare(
        "One price",
        minutes=4,
        text="A model gives Rock $0.3$. What does Rock cost?",
        hints=("Take −ln of it.",),
    )
    def spare_one_price() -> Parts:
        nats = float(surprisal(0.3))
        yield Number(name="nats", label="The price", answer=nats, unit="nats", mistakes=(...))
        yield Solution(f"$-\\ln 0.3 = {nats:.4f}$ nats.")

The files are found, and registered nowhere. Numbers that are given stand in the text; the
others are computed.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from inspect import cleandoc

from ce_lib.practice.catalogue import collect
from ce_lib.practice.define import Definition
from ce_lib.practice.exercise import Exercise, Field
from teacher import spare as files


@dataclass(frozen=True)
class Solution:
    """How it is done, in Markdown with formulas between dollar signs."""

    text: str


Parts = Iterator[Field | Solution]


@dataclass(frozen=True)
class Spare:
    """An exercise that stands on no page.

    ``page`` is the address of its chapter, ``minutes`` what a student needs. ``text`` and
    ``solution`` are Markdown, with formulas between dollar signs and tables. Answers,
    tolerances, mistakes and hints are in ``exercise``.
    """

    id: str
    page: str
    title: str
    minutes: int
    text: str
    exercise: Exercise
    solution: str


def spare(
    title: str, *, text: str, minutes: int, hints: Sequence[str] = ()
) -> Callable[[Callable[[], Parts]], Definition[Spare]]:
    """Define a spare exercise by a function that yields its fields, and its solution."""

    def wrap(parts: Callable[[], Parts]) -> Definition[Spare]:
        def make(id: str) -> Spare:
            *fields, solution = parts()
            return Spare(
                id=id,
                page=definition.page,
                title=title,
                minutes=minutes,
                text=_set(text),
                exercise=Exercise(id, title, tuple(fields), hints),
                solution=_set(solution.text),
            )

        definition = Definition(Spare, parts, make)
        return definition

    return wrap


def _set(text: str) -> str:
    """Take a text out of its indentation, and keep each per cent with its number."""
    return re.sub(r"(?<=\d)\s(?=%)", "\N{NO-BREAK SPACE}", cleandoc(text))


@cache
def spares() -> dict[str, Spare]:
    """Return all spare exercises by their ids; the files' names give the order."""
    names = sorted(module.name for module in pkgutil.iter_modules(files.__path__))
    modules = (importlib.import_module(f"{files.__name__}.{name}") for name in names)
    return {id: definition.value for id, definition in collect(modules).items()}

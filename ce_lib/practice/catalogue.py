"""Every exercise of the book by its id: what the files of `content` define.

The files are found, not listed. Which ids there are is known without computing any of
the answers; each is computed when it is first asked for.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property
from types import ModuleType
from typing import Any, Generic

from ce_lib.practice import content
from ce_lib.practice.code import CodeExercise
from ce_lib.practice.define import Definition, T
from ce_lib.practice.exercise import Exercise, Mistake
from ce_lib.practice.guess import Guess
from ce_lib.practice.quiz import Question


def collect(modules: Iterable[ModuleType]) -> dict[str, Definition[Any]]:
    """Return what modules define, by id, in their order.

    Raises
    ------
    ValueError
        If two of them define the same id.
    """
    found: dict[str, Definition[Any]] = {}
    files: dict[str, str | None] = {}
    for module in modules:
        for value in vars(module).values():
            if not isinstance(value, Definition):
                continue
            if value.id in found:
                raise ValueError(
                    f"{value.id} is defined twice: in {files[value.id]} and in "
                    f"{module.__file__}"
                )
            found[value.id], files[value.id] = value, module.__file__
    return found


@cache
def found() -> dict[str, Definition[Any]]:
    """Return what all files of `content` define; the files' names give the order."""
    names = sorted(module.name for module in pkgutil.iter_modules(content.__path__))
    return collect(importlib.import_module(f"{content.__name__}.{n}") for n in names)


class Shelf(Mapping[str, T], Generic[T]):
    """The definitions of one kind by their ids; looking at an id computes nothing."""

    def __init__(self, kind: type[T]) -> None:
        self._kind = kind

    @cached_property
    def _definitions(self) -> dict[str, Definition[T]]:
        return {id: d for id, d in found().items() if d.kind is self._kind}

    def __getitem__(self, id: str) -> T:
        return self._definitions[id].value

    def __contains__(self, id: object) -> bool:
        return id in self._definitions

    def __iter__(self) -> Iterator[str]:
        return iter(self._definitions)

    def __len__(self) -> int:
        return len(self._definitions)

    def page(self, id: str) -> str:
        """Return the name of the page or lab that a definition belongs to."""
        return self._definitions[id].page


def named(id: object) -> str:
    """Return a name as it was given, or say that it is none.

    Raises
    ------
    TypeError
        If it is no text.
    """
    if not isinstance(id, str):
        raise TypeError(
            f"id: expected a name in quotes, such as 'lab-bits', got {id!r}"
        )
    return id


EXERCISES = Shelf(Exercise)
QUESTIONS = Shelf(Question)
GUESSES = Shelf(Guess)
CODE = Shelf(CodeExercise)


def known_mistakes() -> dict[str, list[tuple[str, Mistake]]]:
    """Return what the checks recognise, by name, each with the exercises that know it.

    The name that most exercises know comes first. Every exercise is computed for this, which
    takes some seconds.
    """
    known: dict[str, list[tuple[str, Mistake]]] = {}
    for id, exercise in EXERCISES.items():
        for field in exercise.fields:
            for mistake in getattr(field, "mistakes", ()):
                known.setdefault(mistake.name, []).append((id, mistake))

    def spread(name: str) -> int:
        return len({id for id, _ in known[name]})

    return {name: known[name] for name in sorted(known, key=spread, reverse=True)}

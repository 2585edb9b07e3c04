"""What a symptom of the clinic is, and how it finds its own place: by being there."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from types import ModuleType
from typing import TypeAlias

from ce_lib.clinic._run import Run

#: What a finding means, the gravest first.
VERDICTS = ("impossible", "broken", "suspicious", "worth knowing", "as it should be")
IMPOSSIBLE, BROKEN, SUSPICIOUS, KNOWN, FINE = VERDICTS

#: A number for each name in the sentence of a symptom; or a text.
Values: TypeAlias = dict[str, float | str]
#: What a rule has found: the values, and of several sentences which.
Found: TypeAlias = Iterator[tuple[str, Values]]


@dataclass(frozen=True)
class Cause:
    """What may be behind a symptom, and what to do about it.

    ``check`` decides whether it is: Python in backticks, or a question. ``page`` is the
    address that explains it, in the book: a page's name, and behind # a part of it.
    """

    sentence: str
    check: str = ""
    page: str = ""


@dataclass(frozen=True)
class Symptom:
    """What somebody sees, and what may be behind it, the likeliest first.

    ``name`` is its address. ``asked`` are words by which readers look for it, ``said``
    parts of messages that mean it, with … for anything between. One with a ``rule`` is found
    in the numbers of a run.
    """

    seen: str
    causes: tuple[Cause, ...]
    asked: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    verdict: str = BROKEN
    says: Mapping[str, str] = field(default_factory=dict)
    rule: Callable[[Run], Found] | None = None
    name: str = ""


@dataclass(frozen=True)
class Group:
    """Symptoms that are seen in one place, under one heading, and a sentence about them."""

    title: str
    about: str
    symptoms: tuple[Symptom, ...]


def values(**told: float | str) -> Values:
    """Return what fills a sentence, by name."""
    return told


def complaint(
    seen: str,
    *causes: Cause,
    asked: Iterable[str] = (),
    said: Iterable[str] = (),
    verdict: str = BROKEN,
) -> Symptom:
    """Make a symptom that is no number: a message, a curve, a suspicion.

    An error is of something broken; a warning may be only suspicious.
    """
    return Symptom(seen, causes, tuple(asked), tuple(said), verdict)


def symptom(
    seen: str,
    *causes: Cause,
    verdict: str,
    says: str | Mapping[str, str],
    asked: Iterable[str] = (),
) -> Callable[[Callable[[Run], Found]], Symptom]:
    """Make a symptom of a rule: it yields what fills the sentence ``says``.

    A placeholder names a value and the form in which it is written, ``{loss:percent}``;
    without one, as a computed number. Of several sentences the rule names one.
    """
    sentences = {"": says} if isinstance(says, str) else dict(says)
    return lambda rule: Symptom(
        seen, causes, tuple(asked), (), verdict, sentences, rule
    )


@cache
def groups() -> tuple[Group, ...]:
    """Return all symptoms, in the groups and in the order of the folder ``symptoms``."""
    from ce_lib.clinic import symptoms as folder

    modules = [
        importlib.import_module(found.name)
        for found in pkgutil.iter_modules(folder.__path__, f"{folder.__name__}.")
    ]
    modules.sort(key=lambda module: module.ORDER)
    return tuple(Group(*_heading(module), tuple(_found(module))) for module in modules)


@cache
def symptoms() -> dict[str, Symptom]:
    """Return all symptoms by their names."""
    return {one.name: one for group in groups() for one in group.symptoms}


def _heading(module: ModuleType) -> tuple[str, str]:
    """Return the first line of a module's docstring, and the paragraph below it."""
    title, _, about = (module.__doc__ or "").partition("\n\n")
    return title.removesuffix("."), " ".join(about.split())


def _found(module: ModuleType) -> Iterator[Symptom]:
    for name, thing in vars(module).items():
        if isinstance(thing, Symptom):
            yield replace(thing, name=name.replace("_", "-"))

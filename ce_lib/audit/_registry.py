"""Promises and causes find their own place: a decorator notes each, a folder holds them."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Any

from ce_lib.audit._verdict import Claim

if TYPE_CHECKING:
    from ce_lib.audit._loss import Loss


@dataclass(frozen=True)
class Promise:
    """A sentence that must hold, what is claimed for it, and what usually breaks it.

    ``about`` says which causes may explain a failure. Lost digits count only where the
    digits are what is promised.
    """

    sentence: str
    claims: Callable[[Loss], Iterable[Claim]]
    about: str
    usual: str
    digits: bool = False


@dataclass(frozen=True)
class Cause:
    """A known fault: the sentence that names it, and a loss that has it.

    ``faulty(z, y)`` returns what such a loss would: one number per row, which the audit
    reduces as the loss does, or the reduced number itself. A fault with an amount has
    ``amounts``: those to try, given all that was claimed. They go to ``faulty``, too, and
    into the sentence. ``about`` may name a condition: "value of mean", "value of logits".
    """

    sentence: str
    faulty: Callable[..., Any]
    about: str
    amounts: Callable[[Sequence[Claim]], Iterable[float]] | None = None


def promise(
    sentence: str, *, about: str, usual: str, digits: bool = False
) -> Callable[[Callable[[Loss], Iterator[Claim]]], Promise]:
    """Make a promise of a function that yields claims about a loss."""
    return lambda claims: Promise(sentence, claims, about, usual, digits)


def cause(
    sentence: str,
    *,
    about: str,
    amounts: Callable[[Sequence[Claim]], Iterable[float]] | None = None,
) -> Callable[[Callable[..., Any]], Cause]:
    """Make a cause of a faulty loss."""
    return lambda faulty: Cause(sentence, faulty, about, amounts)


@cache
def promises() -> tuple[Promise, ...]:
    """Return every promise of the folder ``promises``."""
    from ce_lib.audit import promises as folder

    return tuple(_found(folder, Promise))


@cache
def causes() -> tuple[Cause, ...]:
    """Return every cause of the folder ``causes``."""
    from ce_lib.audit import causes as folder

    return tuple(_found(folder, Cause))


def _found(folder: ModuleType, kind: type[Any]) -> Iterator[Any]:
    for module in pkgutil.iter_modules(folder.__path__, f"{folder.__name__}."):
        for thing in vars(importlib.import_module(module.name)).values():
            if isinstance(thing, kind):
                yield thing

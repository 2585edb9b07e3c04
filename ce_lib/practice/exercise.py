"""What an exercise is: fields to fill in, hints, and the mistakes it knows.

An answer and a mistake's value are computed by `ce_lib`, never typed. The same
definition serves `check`, the answer box on a page, and a teacher's grading.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import ArrayLike

#: How far off, in proportion, an answer may be whatever its digits.
TOLERANCE = 1e-4


@dataclass(frozen=True)
class Mistake:
    """A wrong answer that a known mistake produces, and the sentence that helps.

    ``value`` is what the mistake leads to: a number, or numbers for a vector.
    """

    name: str
    value: ArrayLike
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Field:
    """One thing to fill in. ``label`` asks for it in a few words."""

    kind: ClassVar[str]
    name: str
    label: str

    def to_json(self) -> dict[str, Any]:
        """Return the plain values that the page's script needs."""
        return {"kind": self.kind, "name": self.name, "label": self.label}


@dataclass(frozen=True, kw_only=True)
class Number(Field):
    """One real number.

    ``probability`` also understands a percent sign; ``least`` is what no such number is
    below, whatever is measured.
    """

    kind = "number"
    answer: float
    mistakes: Sequence[Mistake] = ()
    unit: str = ""
    probability: bool = False
    tolerance: float = TOLERANCE
    least: float | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the plain values that the page's script needs."""
        return super().to_json() | {
            "answer": plain(self.answer),
            "unit": self.unit,
            "probability": self.probability,
            "bounds": plain(bounds(self)),
            "tolerance": self.tolerance,
            "mistakes": [[plain(m.value), m.sentence] for m in self.mistakes],
        }


@dataclass(frozen=True, kw_only=True)
class Whole(Number):
    """A whole number, exactly."""

    kind = "whole"


@dataclass(frozen=True, kw_only=True)
class Vector(Field):
    """Several numbers in the order of ``labels``."""

    kind = "vector"
    answer: ArrayLike
    labels: Sequence[str]
    mistakes: Sequence[Mistake] = ()
    unit: str = ""
    probability: bool = False
    tolerance: float = TOLERANCE

    def to_json(self) -> dict[str, Any]:
        """Return the plain values that the page's script needs."""
        return super().to_json() | {
            "answer": plain(self.answer),
            "labels": list(self.labels),
            "unit": self.unit,
            "probability": self.probability,
            "bounds": plain(bounds(self)),
            "tolerance": self.tolerance,
            "mistakes": [[plain(m.value), m.sentence] for m in self.mistakes],
        }


def bounds(field: Number | Vector) -> tuple[float, float]:
    """Between what every answer lies, as far as a field says what it asks for.

    Lengths, prices and counts are not below 0. Neither is what is named in nats, unless it
    is a difference or a gain: there the answer itself may be.
    """
    if field.probability:
        return 0.0, 1.0
    if isinstance(field, Number) and field.least is not None:
        return field.least, math.inf
    measured = bool(field.unit) or isinstance(field, Whole)
    return (0.0 if measured and np.min(field.answer) >= 0 else -math.inf), math.inf


@dataclass(frozen=True)
class Option:
    """One choice: a short key, what it says, and why it is right or wrong."""

    key: str
    text: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Choice(Field):
    """One of several options; ``answer`` is the key of the right one."""

    kind = "choice"
    answer: str
    options: Sequence[Option]

    def to_json(self) -> dict[str, Any]:
        """Return the plain values that the page's script needs."""
        return super().to_json() | {
            "answer": self.answer,
            "options": [[o.key, o.text, o.why] for o in self.options],
        }


@dataclass(frozen=True)
class Exercise:
    """Fields to fill in, and up to three hints, each saying more than the last.

    ``show`` is for a teacher whose class has missed it: a picture of the book in one
    state, as ``"log-curve#loss-curve?q=0.01"``.
    """

    id: str
    prompt: str
    fields: Sequence[Field]
    hints: Sequence[str] = ()
    show: str = ""

    def field(self, name: str) -> Field:
        """Return the field of that name."""
        for field in self.fields:
            if field.name == name:
                return field
        known = ", ".join(field.name for field in self.fields)
        raise KeyError(f"{self.id} has no part {name!r}; it has {known}")

    def to_json(self) -> dict[str, Any]:
        """Return the plain values that the page's script needs."""
        return {
            "id": self.id,
            "prompt": self.prompt,
            "fields": [field.to_json() for field in self.fields],
            "hints": list(self.hints),
        }

    def stub(self) -> str:
        """Return the line of Python that checks this exercise, still to be filled in."""
        if len(self.fields) == 1:
            return f'check("{self.id}", ...)'
        parts = ", ".join(f"{field.name}=..." for field in self.fields)
        return f'check("{self.id}", {parts})'


def plain(value: ArrayLike) -> Any:
    """Return floats and lists; infinities as text, since JSON has none."""
    array = np.asarray(value, dtype=np.float64)
    if array.ndim:
        return [plain(entry) for entry in array]
    number = float(array)
    return number if math.isfinite(number) else str(number)

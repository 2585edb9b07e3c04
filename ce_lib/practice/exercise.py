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
    """One real number. ``probability`` also understands a percent sign."""

    kind = "number"
    answer: float
    mistakes: Sequence[Mistake] = ()
    unit: str = ""
    probability: bool = False
    tolerance: float = TOLERANCE

    def to_json(self) -> dict[str, Any]:
        """Return the plain values that the page's script needs."""
        return super().to_json() | {
            "answer": plain(self.answer),
            "unit": self.unit,
            "probability": self.probability,
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
            "tolerance": self.tolerance,
            "mistakes": [[plain(m.value), m.sentence] for m in self.mistakes],
        }


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

"""The question that opens a chapter: the reader gives an answer before the page does.

The answer is typed (`Typed`), drawn into a picture (`Drawn`), or a spread of 100 % over
options (`Spread`). The true one is computed by `ce_lib`, never typed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from numpy.typing import ArrayLike

from ce_lib.practice.exercise import Option, plain


@dataclass(frozen=True, kw_only=True)
class Remark:
    """What is said of a guess up to ``upto``, if it is above the remark before."""

    upto: float = math.inf
    sentence: str


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What every guess has: ``told`` gives the answer, in one or two sentences."""

    kind: ClassVar[str]
    told: str

    def to_json(self) -> dict[str, Any]:
        """Return the plain values that the page's script needs."""
        return {"kind": self.kind, "told": self.told}


@dataclass(frozen=True, kw_only=True)
class Measured(Asked):
    """One number: ``label`` says of what, ``unit`` in what.

    A guess within ``near`` of the answer counts as right. Any other is compared by its
    difference from the answer or, with ``ratio``, by its ratio to it.
    """

    label: str
    answer: float
    low: float
    high: float
    near: float
    unit: str = ""
    ratio: bool = False
    remarks: Sequence[Remark] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the plain values that the page's script needs."""
        return super().to_json() | {
            "label": self.label,
            "answer": plain(self.answer),
            "low": self.low,
            "high": self.high,
            "near": self.near,
            "unit": self.unit,
            "ratio": self.ratio,
            "remarks": [
                [None if math.isinf(r.upto) else r.upto, r.sentence]
                for r in self.remarks
            ],
        }


@dataclass(frozen=True, kw_only=True)
class Typed(Measured):
    """A number that is typed."""

    kind = "number"


@dataclass(frozen=True, kw_only=True)
class Axis:
    """What is counted along one side of a picture, and which values are marked."""

    title: str
    low: float
    high: float
    ticks: Sequence[float]

    def to_json(self) -> dict[str, Any]:
        """Return the plain values that the page's script needs."""
        return {
            "title": self.title,
            "low": self.low,
            "high": self.high,
            "ticks": [plain(tick) for tick in self.ticks],
        }


@dataclass(frozen=True, kw_only=True)
class Mark:
    """Something in a picture: a dot where there is one point, a curve where more.

    ``place`` is where its label stands, in the picture's units.
    """

    label: str
    points: ArrayLike
    place: tuple[float, float]

    def to_json(self) -> list[Any]:
        """Return the plain values that the page's script needs."""
        return [self.label, plain(self.points), list(self.place)]


@dataclass(frozen=True, kw_only=True)
class Drawn(Measured):
    """A number that is drawn into a picture.

    It is a height, with a dot at ``at`` or a level all across; or, with ``across``, a place
    on the axis at the bottom. ``marks`` stand in the picture from the start, ``shown`` only
    after the guess.
    """

    x: Axis
    y: Axis
    marks: Sequence[Mark] = ()
    shown: Sequence[Mark] = ()
    at: float | None = None
    across: bool = False

    @property
    def kind(self) -> str:  # type: ignore[override]
        """A "point" on the axis at the bottom, or a "level"."""
        return "point" if self.across else "level"

    def to_json(self) -> dict[str, Any]:
        """Return the plain values that the page's script needs."""
        return super().to_json() | {
            "x": self.x.to_json(),
            "y": self.y.to_json(),
            "marks": [mark.to_json() for mark in self.marks],
            "shown": [mark.to_json() for mark in self.shown],
            "at": self.at,
        }


@dataclass(frozen=True, kw_only=True)
class Spread(Asked):
    """100 % spread over options, of which the one with the key ``answer`` is true."""

    kind = "spread"
    answer: str
    options: Sequence[Option]

    @property
    def index(self) -> int:
        """The place of the true option, from 0."""
        return [option.key for option in self.options].index(self.answer)

    def to_json(self) -> dict[str, Any]:
        """Return the plain values that the page's script needs."""
        return super().to_json() | {
            "options": [[option.text, option.why] for option in self.options],
            "answer": self.index,
        }


@dataclass(frozen=True)
class Guess:
    """What opens a chapter: a prompt, and what is asked for."""

    id: str
    prompt: str
    asked: Typed | Drawn | Spread

    def to_json(self) -> dict[str, Any]:
        """Return the plain values that the page's script needs."""
        return {"id": self.id, "prompt": self.prompt} | self.asked.to_json()

"""What a person reads off a training run, checked."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from numbers import Integral, Real
from typing import Any, NamedTuple

import numpy as np

from ce_lib import checks
from ce_lib._formats import FORMATS
from ce_lib.clinic import _landmarks as landmarks

#: Readings are rounded: so far apart, relatively, two numbers count as the same.
NEAR = 0.01


class Pair(NamedTuple):
    """A loss and a share of right answers that are said to be of the same cases."""

    which: str
    loss: float
    accuracy: float
    classes: int

    @property
    def told(self) -> dict[str, float | str]:
        """What a sentence about it says."""
        return {"which": self.which, "loss": self.loss, "accuracy": self.accuracy}


@dataclass(frozen=True)
class Run:
    """The readings, None where nobody knows them.

    ``price`` is the entropy of the class shares (those that the loss counts), ``largest``
    the share of the most frequent class.
    """

    classes: int | None = None
    first: float | None = None
    loss: float | None = None
    val_loss: float | None = None
    accuracy: float | None = None
    val_accuracy: float | None = None
    price: float | None = None
    largest: float | None = None
    dtype: str | None = None
    weighted: bool = False
    smoothing: float = 0.0

    @cached_property
    def chance(self) -> float | None:
        """The price of knowing nothing, ln K, if K is known."""
        return None if self.classes is None else landmarks.chance(self.classes)

    def losses(self) -> Iterator[tuple[str, float]]:
        """Yield each loss that is known, with its name: the first, training, validation."""
        named = (
            ("first", self.first),
            ("training", self.loss),
            ("validation", self.val_loss),
        )
        yield from ((name, loss) for name, loss in named if loss is not None)

    def now(self) -> Iterator[tuple[str, float]]:
        """Yield the losses but for the first, where they are numbers."""
        yield from (
            (name, loss)
            for name, loss in self.losses()
            if name != "first" and math.isfinite(loss)
        )

    def pairs(self) -> Iterator[Pair]:
        """Yield each loss with its share of right answers, where both are known, and K.

        None with class weights: the loss counts some cases more, accuracy none.
        """
        if self.weighted or self.classes is None:
            return
        right = {"training": self.accuracy, "validation": self.val_accuracy}
        for which, loss in self.now():
            accuracy = right[which]
            if accuracy is not None:
                yield Pair(which, loss, accuracy, self.classes)

    def is_lower(self, pair: Pair) -> bool:
        """Whether a loss is above its floor, and too low for its accuracy."""
        one = pair.classes, self.smoothing
        least = (1 - NEAR) * landmarks.least_loss(pair.accuracy, *one)
        return (1 - NEAR) * landmarks.smoothed_floor(*one) <= pair.loss < least

    @cached_property
    def is_uneven(self) -> bool:
        """Whether the shares of the classes are known, and tell something."""
        if self.price is None or self.chance is None:
            return False
        return 0 < self.price < (1 - 2 * NEAR) * self.chance


def is_near(value: float, landmark: float) -> bool:
    """Whether a reading may be that number, rounded."""
    return abs(value - landmark) <= NEAR * abs(landmark)


def read(
    *,
    num_classes: Any,
    first_loss: Any,
    loss: Any,
    val_loss: Any,
    accuracy: Any,
    val_accuracy: Any,
    shares: Any,
    dtype: Any,
    weight: Any,
    label_smoothing: Any,
) -> Run:
    """Return the readings as a run, or say which cannot be one."""
    classes = None if num_classes is None else _whole(num_classes, "num_classes")
    plain = None if shares is None else _shares(shares)
    weights = None if weight is None else _weights(weight)
    for name, row in (("shares", plain), ("weight", weights)):
        if row is None:
            continue
        if classes is not None and len(row) != classes:
            raise ValueError(
                f"{name}: expected {classes} numbers, one for each class, got "
                f"{len(row)}"
            )
        classes = len(row)
    counted = plain
    if plain is not None and weights is not None:
        counted = plain * weights
        if not counted.sum():
            raise ValueError("weight: expected one above 0 for a class that occurs")
        counted = counted / counted.sum()
    return Run(
        classes=classes,
        first=_loss(first_loss, "first_loss"),
        loss=_loss(loss, "loss"),
        val_loss=_loss(val_loss, "val_loss"),
        accuracy=_share(accuracy, "accuracy"),
        val_accuracy=_share(val_accuracy, "val_accuracy"),
        price=None if counted is None else _entropy(counted),
        largest=None if plain is None else float(plain.max()),
        dtype=None if dtype is None else _format(dtype),
        weighted=weights is not None and bool((weights != weights[0]).any()),
        smoothing=_share(label_smoothing, "label_smoothing") or 0.0,
    )


def _whole(value: Any, name: str) -> int:
    if isinstance(value, bool) or not isinstance(value, Integral):
        raise TypeError(f"{name}: expected a whole number, got {value!r}")
    if value < 2:
        raise ValueError(f"{name}: expected at least 2 classes, got {value}")
    return int(value)


def _number(value: Any, name: str) -> float:
    """Take a number, or a tensor that holds one."""
    if hasattr(value, "item") and not isinstance(value, np.generic):
        try:
            value = value.item()
        except (ValueError, RuntimeError):
            raise ValueError(f"{name}: expected one number, got several") from None
    if isinstance(value, bool | np.bool_) or not isinstance(value, Real):
        raise TypeError(f"{name}: expected a number, got {value!r}")
    return float(value)


def _loss(value: Any, name: str) -> float | None:
    return None if value is None else _number(value, name)


def _share(value: Any, name: str) -> float | None:
    if value is None:
        return None
    share = _number(value, name)
    if not 0 <= share <= 1:
        hint = f"; {share:g} % is {share / 100:g}" if 1 < share <= 100 else ""
        raise ValueError(f"{name}: expected a share from 0 to 1, got {share:g}{hint}")
    return share


def _row(value: Any, name: str) -> checks.Float64:
    row = checks.as_real(value, name).astype(np.float64)
    if row.ndim != 1 or len(row) < 2:
        raise ValueError(
            f"{name}: expected one number for each class, got shape {row.shape}"
        )
    if not (np.isfinite(row) & (row >= 0)).all():
        bad = row[~(np.isfinite(row) & (row >= 0))][0]
        raise ValueError(f"{name}: expected numbers of at least 0, got {bad:g}")
    return row


def _shares(value: Any) -> checks.Float64:
    row = _row(value, "shares")
    if not abs(row.sum() - 1) <= checks.SUM_TOLERANCE:
        raise ValueError(
            "shares: expected shares of the classes that sum to 1, got the sum "
            f"{row.sum():g}; counts become shares by counts / counts.sum()"
        )
    return row


def _weights(value: Any) -> checks.Float64:
    row = _row(value, "weight")
    if not row.any():
        raise ValueError("weight: expected one above 0, got zeros")
    return row


def _format(value: Any) -> str:
    """Take the name of a format, or NumPy's or PyTorch's own object for it."""
    name = getattr(value, "__name__", None) or str(value).removeprefix("torch.")
    if name not in FORMATS:
        raise ValueError(f"dtype: expected one of {', '.join(FORMATS)}, got {value!r}")
    return str(name)


def _entropy(shares: checks.Float64) -> float:
    some = shares[shares > 0]
    return float(-(some * np.log(some)).sum()) + 0.0

"""Faults of rows that do not count. Each sees which do, as ``keep``, (N,)."""

from __future__ import annotations

from typing import Any

import numpy as np

from ce_lib.audit._registry import cause
from ce_lib.audit.causes._pieces import cross_entropy
from ce_lib.checks import IntArray


@cause(
    "The mean divides by all rows, the ignored ones too.",
    about="ignored",
)
def all_in_the_divisor(z: Any, y: IntArray, keep: Any) -> Any:
    return np.where(keep, cross_entropy(z, np.where(keep, y, 0)), 0).mean()


@cause(
    "The ignored rows' prices are in the loss: their label is read as a class, −1 as the last.",
    about="ignored",
)
def as_a_class(z: Any, y: IntArray, keep: Any) -> Any:
    return cross_entropy(z, np.where(keep, y, y % z.shape[1]))


@cause(
    "The ignored rows' prices are in the loss, for class 0.",
    about="ignored",
)
def as_class_0(z: Any, y: IntArray, keep: Any) -> Any:
    return cross_entropy(z, np.where(keep, y, 0))


@cause(
    "A mask multiplies: what is ignored is ∞ or NaN, and 0 times that is NaN. Take the rows "
    "that count, or use where.",
    about="ignored",
)
def multiplied(z: Any, y: IntArray, keep: Any) -> Any:
    each = cross_entropy(z, np.where(keep, y, 0)) * keep
    return each.sum() / keep.sum()


@cause(
    "A mask multiplies, and the mean divides by all rows.",
    about="ignored",
)
def multiplied_and_divided(z: Any, y: IntArray, keep: Any) -> Any:
    return (cross_entropy(z, np.where(keep, y, 0)) * keep).mean()

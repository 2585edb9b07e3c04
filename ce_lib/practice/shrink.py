"""Smaller neighbours of an input, simplest first, for the search for a small failure."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ce_lib.checks import Float64
from ce_lib.practice.code import Args


def _rounder(value: float) -> Iterator[float]:
    """Yield rounder numbers than a number, the roundest first."""
    yield from (0.0, 1.0, -1.0)
    if not np.isfinite(value):
        return
    yield float(f"{value:.0e}")
    yield float(np.trunc(value / 2))
    yield float(np.round(value))
    yield float(np.round(value, 1))


def entries(array: Float64) -> Iterator[Float64]:
    """Yield copies in which one entry is rounder."""
    for at in np.ndindex(array.shape):
        for value in _rounder(float(array[at])):
            if value != array[at]:
                copy = array.copy()
                copy[at] = value
                yield copy


def logits(args: Args) -> Iterator[Args]:
    """Take a row or a class away, or make a number rounder; other arguments stay."""
    z, *others = args
    z = np.asarray(z, dtype=np.float64)
    if z.ndim == 2 and len(z) > 1:
        yield from ((np.delete(z, row, axis=0), *others) for row in range(len(z)))
    if z.ndim and z.shape[-1] > 2:
        for k in range(z.shape[-1]):
            yield (np.delete(z, k, axis=-1), *others)
    for copy in entries(z):
        yield (copy, *others)


def logits_and_targets(args: Args) -> Iterator[Args]:
    """The same for a batch of logits with the index of each row's class."""
    z, y = np.asarray(args[0], dtype=np.float64), np.asarray(args[1])
    for row in range(len(z)) if len(z) > 1 else ():
        yield np.delete(z, row, axis=0), np.delete(y, row)
    for k in range(z.shape[1]) if z.shape[1] > 2 else ():
        if not (y == k).any():
            yield np.delete(z, k, axis=1), np.where(y > k, y - 1, y)
    if y.any():
        yield z, np.zeros_like(y)
    for copy in entries(z):
        yield copy, y


def elementwise(args: Args) -> Iterator[Args]:
    """One element fewer in every argument, or a rounder number in the first."""
    arrays = [np.asarray(arg, dtype=np.float64) for arg in args]
    if arrays[0].ndim == 1 and len(arrays[0]) > 1:
        for i in range(len(arrays[0])):
            yield tuple(np.delete(array, i) for array in arrays)
    for copy in entries(arrays[0]):
        yield (copy, *arrays[1:])


def distributions(args: Args) -> Iterator[Args]:
    """One class fewer in every distribution, or rounder probabilities."""
    rows = [np.asarray(arg, dtype=np.float64) for arg in args]
    K = len(rows[0])
    if K > 2:
        for k in range(K):
            rest = [np.delete(row, k) for row in rows]
            if all(row.sum() > 0 for row in rest):
                yield tuple(row / row.sum() for row in rest)
    for i, row in enumerate(rows):
        rounder = [np.round(row, 1), np.full(K, 1 / K), *np.eye(K)]
        for new in rounder:
            if abs(new.sum() - 1) < 1e-9 and not np.array_equal(new, row):
                yield (*rows[:i], new, *rows[i + 1 :])

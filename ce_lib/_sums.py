"""Sums that keep their digits, and means that keep their range.

What a rounded sum drops is itself a floating-point number, so it can be put back.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ce_lib import checks
from ce_lib.checks import Float64, Result

#: A sum above this has all its digits, even if terms underflowed on the way.
SAFE = 2.0**-960

#: So few numbers are added quicker by Python than by NumPy.
FEW = 256


class Wide(NamedTuple):
    """The number m·2^e, which may lie beyond the range of a float."""

    m: float
    e: int


ONE = Wide(1.0, 0)


def two_sum(a: NDArray[Any], b: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return a + b rounded, and the exact rounding error (Knuth)."""
    s = a + b
    t = s - a
    return s, (a - (s - t)) + (b - t)


def exact_sum(x: Float64) -> Any:
    """Return the sums over the last axis as if rounded only once, of any signs."""
    scratch = np.abs(x)
    size = scratch @ np.ones(x.shape[-1])
    total = sum_on_grid(x, size[..., None], scratch)
    fine = np.isfinite(total)
    return total if fine.all() else np.where(fine, total, x.sum(axis=-1))


def sum_on_grid(x: Float64, size: Any, scratch: Float64) -> Any:
    """Return the sums over the last axis as if rounded only once.

    ``size`` is about the sums of abs(x), with a last axis of 1. Split every term into
    the nearest multiple of a grid and a remainder. The grid, some 2^-51 of the size,
    is so coarse that its multiples add up exactly, in any order, and so fine that the
    remainders are too small for their own rounding to show.
    """
    bound = np.ldexp(1.0, np.frexp(size)[1] + 2)
    ones = np.ones(x.shape[-1])
    multiples = np.add(x, bound, out=scratch)
    multiples -= bound
    total = multiples @ ones
    return total + np.subtract(x, multiples, out=scratch) @ ones


def wide_sum(weights: Float64 | None, values: Float64) -> Wide:
    """Return Σ weight·value, whatever the size of the numbers.

    A weight of 0 wins against an infinite value.
    """
    products = times(weights, values)
    few = len(products) <= FEW
    total = sum_of_few(products.tolist()) if few else float(exact_sum(products))
    if SAFE < abs(total) < math.inf:
        return Wide(*math.frexp(total))
    # The products need more range than a float has: keep their exponents apart.
    m, e = np.frexp(values)
    if weights is not None:
        m_weights, e_weights = np.frexp(weights)
        m, e = times(m_weights, m), e + e_weights
    return aligned_sum(m, e)


def aligned_sum(m: NDArray[Any], e: NDArray[Any]) -> Wide:
    """Return Σ m·2^e over two vectors."""
    top = int(e[m != 0].max(initial=-(2**20)))
    return Wide(float(exact_sum(np.ldexp(m, e - top))), top)


def sum_of_few(numbers: list[float]) -> float:
    """Return the exact sum, rounded once; inf where it is out of range."""
    try:
        return math.fsum(numbers)
    except OverflowError:
        return math.inf


def times(weights: Float64 | None, values: Float64) -> Float64:
    """Return weight·value, where a weight of 0 wins against inf; None weighs 1."""
    if weights is None:
        return values
    return np.multiply(
        weights, values, out=np.zeros(np.shape(values)), where=weights > 0
    )


def shares(weight: Float64) -> Float64:
    """Return weights, not all of them 0, over their sum, whatever their size."""
    part = weight / weight.max()  # whose sum is in range, and has all its digits
    share: Float64 = part / part.sum()
    return share


def count_for(reduction: str, n: int) -> Wide:
    """Return what a reduction over n losses divides by; refuse a mean of nothing."""
    checks.check_reduction(reduction)
    if reduction == "mean" and not n:
        raise checks.NothingToAverage("none")
    return Wide(float(n), 0) if reduction == "mean" else ONE


def reduced(
    blocks: Iterable[tuple[Float64 | None, Float64]],
    shape: tuple[int, ...],
    reduction: str,
    divisor: Wide = ONE,
) -> Result:
    """Return weight·value for each entry, their sum, or their sum over ``divisor``.

    ``blocks`` gives weights of at least 0 and values, vectors in the order of the
    batch. Only reduction "none" keeps their products.
    """
    if reduction == "none":
        each, start = np.empty(math.prod(shape)), 0
        for weights, values in blocks:
            each[start : start + len(values)] = times(weights, values)
            start += len(values)
        return each.reshape(shape)[()]
    total = add_wide([wide_sum(weights, values) for weights, values in blocks])
    return np.ldexp(np.float64(total.m) / divisor.m, total.e - divisor.e)


def add_wide(numbers: list[Wide]) -> Wide:
    """Return the sum of some numbers."""
    if len(numbers) == 1:
        return numbers[0]
    m, e = np.array(numbers, float).reshape(-1, 2).T
    return aligned_sum(m, e.astype(int))


def over(values: Float64 | None, divisor: Wide) -> Any:
    """Return values / divisor; None stands for 1."""
    if values is None:
        return math.ldexp(1 / divisor.m, -divisor.e)
    if divisor.e:
        values = np.ldexp(values, -divisor.e)
    return values / divisor.m


def power_of_two(x: Float64, low: float = 1.0) -> Float64:
    """Return the largest powers of two up to x, but not below ``low``; 1 for 0."""
    powers = np.ldexp(1.0, np.frexp(x)[1] - 1)
    return np.where(x > low, powers, 1.0)

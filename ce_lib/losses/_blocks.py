"""The fast path of `softmax_cross_entropy` for class indices; `_view` is its meaning.

A block of rows that fits the cache is seen at once, with one exponential per logit and
nothing subtracted first: that saves a pass over the logits, and it is more accurate,
because a subtraction rounds. Where it goes wrong the sums show it, and those rows are
left to `_view`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ce_lib import checks
from ce_lib._sums import sum_on_grid
from ce_lib.checks import Float64, FloatArray, IntArray

#: Rows with at most so many classes are computed in float64 throughout.
SHORT = 32

#: Rows with so few classes may be added up by whatever BLAS is there.
FEW = 16

#: So many numbers are added in the precision they have. NumPy's einsum takes them on
#: many lanes, in a few steps, each of which rounds.
PANEL = 128

#: Within these bounds no exponential that matters has overflowed or lost digits,
#: in float32 as in float64.
SAFE_LOW, SAFE_HIGH = 2.0**-80, 2.0**100

#: Factors of a row within these bounds lose no digits as float64.
FACTOR_LOW, FACTOR_HIGH = 2.0**-1000, 2.0**1000

#: The exponential of anything below has lost digits, or is 0.
LOWEST = {t: np.log(np.finfo(t).tiny) for t in (np.float32, np.float64)}


def cross_entropy(
    z: NDArray[Any],
    y: IntArray,
    factor: Float64 | float,
    grad: FloatArray | None,
    scratch: Float64,
) -> tuple[Float64, NDArray[np.bool_]]:
    """Return -log softmax(z)[y] per row, and the rows this leaves undone.

    With ``grad``, dL/dz times each row's ``factor`` is written to it. ``scratch`` has
    room for z.size numbers.
    """
    n, k = z.shape
    dtype = checks.working_dtype(z) if k > SHORT else np.float64
    in_place = grad is not None and grad.dtype == dtype
    scratch = scratch[: n * k].reshape(n, k)
    e: Any = grad if in_place else scratch.ravel().view(dtype)[: n * k].reshape(n, k)
    flat, at = e.reshape(-1), _starts(n, k) + y
    np.exp(z, out=e, dtype=dtype)
    narrow = dtype is np.float32
    head = np.exp(z[np.arange(n), y], dtype=np.float64) if narrow else flat[at]
    flat[at] = 0.0  # leave the class itself out of the sum
    rest = _row_sums(e)
    if in_place and not narrow:
        # A float64 gradient is a product of rounded numbers: spare it the sum's.
        rest = sum_on_grid(e, rest[:, None], scratch)
    loss: Float64 = np.log1p(rest / head)
    low, high = np.minimum(head, rest), np.maximum(head, rest)
    left = ~((low > SAFE_LOW) & (high < SAFE_HIGH))  # NaN is left, too
    if grad is not None:
        flat[at] = -rest
        factors = np.divide(factor, head + rest)
        left |= _lost_digits(z, factors, e) & (factor != 0)
        _multiply_rows(e, factors, grad)
    return loss, left


@lru_cache(maxsize=4)
def _starts(n: int, k: int) -> IntArray:
    """Return where the rows begin in a flat array; a batch's blocks are alike."""
    return np.arange(0, n * k, k)


def _row_sums(e: FloatArray) -> Float64:
    """Sum each row in panels, and the panels in float64: few roundings follow another."""
    n, k = e.shape
    if k <= FEW:
        return e @ np.ones(k)  # quicker than einsum, and few additions in any order
    whole = k // PANEL * PANEL
    sums: Float64 = np.einsum("ij->i", e[:, whole:]).astype(np.float64, copy=False)
    if whole:
        panels = np.einsum("ijk->ij", e[:, :whole].reshape(n, -1, PANEL))
        sums += panels.astype(np.float64, copy=False) @ np.ones(whole // PANEL)
    return sums


def _lost_digits(z: NDArray[Any], factors: Float64, e: FloatArray) -> Any:
    """Tell in which rows factor·exp(z) lacks digits that it should have."""
    low, high = factors.min(initial=1.0), factors.max(initial=0.0)
    if low > FACTOR_LOW and high <= 1:
        return False
    lost = ~((factors > FACTOR_LOW) & (factors < FACTOR_HIGH))
    # Above 1 the product may be a number with all its digits though exp(z) is not.
    lowest = LOWEST[e.dtype.type]
    if high > 1 and z.min() < lowest:
        lost |= (factors > 1) & (z.min(axis=1) < lowest)
    return lost


def _multiply_rows(e: FloatArray, factors: Float64, out: FloatArray) -> None:
    """Write each row of ``e`` times its factor to ``out``."""
    wide = e.dtype == np.float64
    if wide or (factors.min() > SAFE_LOW and factors.max() < SAFE_HIGH):
        factors = factors.astype(e.dtype, copy=False)  # nothing will be converted
    np.multiply(e, factors[:, None], out=out, casting="same_kind")

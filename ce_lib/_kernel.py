"""What every loss from logits stands on: one class against all the others.

For a row of logits z and a class y write head = exp(z_y) and rest = the sum of
exp(z_j) over all other classes. Then

    loss     -log p_y    = log(1 + rest / head)
    dL/dz_y   p_y - 1    = -rest / (head + rest)
    dL/dz_j   p_j        = exp(z_j) / (head + rest)

Leaving the class itself out of the sum is the whole secret of the accuracy: a
sure and right prediction has a tiny rest, and 1 + tiny would round to 1.

NumPy's warnings are the public functions' to silence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ce_lib import checks
from ce_lib.checks import FloatArray, IntArray
from ce_lib.numerics import exp_difference

Float64 = NDArray[np.float64]
FLOAT32, FLOAT64 = np.dtype(np.float32), np.dtype(np.float64)

#: Bytes of exponentials worked on at a time: small enough for the cache, and with
#: a few numbers per row the only extra memory a loss needs, however long the batch.
BLOCK = 2**21

#: Rows with at most so many classes are computed in float64 throughout.
SHORT = 32
ONES, WIDE_ONES = np.ones(SHORT), np.ones(SHORT, np.longdouble)

#: How many bytes of numbers may be summed in the precision they have. NumPy's einsum
#: takes so many in a few steps on many lanes, each of which rounds.
PANEL = 512

#: NumPy copies a column that meets whole rows into its buffer, unless the buffer is
#: too small for it: where rows are LONG, a BUFFER of so many numbers halves the time.
LONG, BUFFER = 256, 512

#: Within these bounds no exponential that matters has overflowed or lost digits,
#: in float32 as in float64.
SAFE_LOW, SAFE_HIGH = 2.0**-80, 2.0**100

#: Factors of a row within these bounds lose no digits as float64.
FACTOR_LOW, FACTOR_HIGH = 2.0**-1000, 2.0**1000

#: The exponential of anything below has lost digits, or is 0.
LOWEST_32, LOWEST_64 = np.log(np.finfo(np.float32).tiny), np.log(np.finfo(float).tiny)


def cross_entropy_block(
    z: NDArray[Any],
    y: IntArray,
    keep: NDArray[np.bool_] | None,
    own: Float64 | None,
    divisor: float | np.longdouble,
    grad: FloatArray | None,
    scratch: FloatArray | None,
    first: int,
) -> Float64:
    """Return -log softmax(z)[y] per row; with ``grad``, write dL/dz to it.

    The gradient, not the loss, is multiplied by each row's own weight and divided
    by ``divisor``. Rows outside ``keep`` count for nothing. ``scratch``, or ``grad``
    if it is None, takes the exponentials. Messages count rows from ``first``.

    Exponentials are taken without subtracting the maximum: that saves a pass
    and is more accurate, because the subtraction rounds. Rows for which it goes
    wrong show it in their sums, and are done again with care.
    """
    e = grad if scratch is None else scratch[: len(z)]
    assert e is not None
    flat, at, head, rest, total, fine = _exponentials(z, y, e, grad)
    loss: Float64 = np.log1p(rest / head)
    if grad is not None:
        flat[at] = -rest
        weight = total.dtype.type(1) / divisor  # with as many bits as the total
        factor = np.divide(weight if own is None else weight * own, total, out=total)
        lost = _lost_digits(z, factor, e.dtype)
        if lost is not None:
            fine &= ~lost
        if own is not None:
            fine &= (own == 0) | ((factor > FACTOR_LOW) & (factor < FACTOR_HIGH))
        _multiply_rows(e, factor, grad)
    if keep is not None:
        fine |= ~keep
        loss[~keep] = 0.0
        if grad is not None:
            grad[~keep] = 0.0
    if np.count_nonzero(fine) < len(z):
        factor = (np.ones(len(z)) if own is None else own) / divisor
        _redo_with_care(z, y, np.flatnonzero(~fine), loss, factor, grad, first)
    return loss


def _exponentials(
    z: NDArray[Any], y: IntArray, e: FloatArray, grad: FloatArray | None
) -> tuple[FloatArray, IntArray, Float64, Float64, NDArray[Any], NDArray[np.bool_]]:
    """Fill ``e`` with exp(z), 0 at each row's class.

    Return it flat, where these zeros are, the classes' exponentials, the sums of the
    others, the sums of all, and for which rows all that has its digits.
    """
    n, k = z.shape
    flat = e.reshape(-1)
    at = _starts(n, k) + y
    wide = e.dtype == np.float64
    np.exp(z, out=e, dtype=e.dtype)
    head: Any = flat[at] if wide else np.exp(z[np.arange(n), y], dtype=np.float64)
    flat[at] = 0.0
    sums = _row_sums(e, grad)
    rest = sums.astype(np.float64, copy=False)
    total = np.add(head, sums, out=sums if sums is not rest else None)
    fine = (np.minimum(head, rest) > SAFE_LOW) & (np.maximum(head, rest) < SAFE_HIGH)
    return flat, at, head, rest, total, fine


@lru_cache(maxsize=4)
def _starts(n: int, k: int) -> IntArray:
    """Return where the rows begin in a flat array; a batch's blocks are alike."""
    return np.arange(0, n * k, k)


def _lost_digits(
    z: NDArray[Any], factor: NDArray[Any], dtype: np.dtype[Any]
) -> NDArray[np.bool_] | None:
    """Tell in which rows, if any, an exp(z_j) lacks digits of factor·exp(z_j).

    Above 1 the product may be a number with all its digits though exp(z_j) is not.
    """
    lowest = LOWEST_64 if dtype == np.float64 else LOWEST_32
    at_ease = z.shape[1] > SHORT and np.maximum.reduce(factor) <= 1  # quicker to see
    if at_ease or z.min() >= lowest:
        return None
    lost: NDArray[np.bool_] = (factor > 1) & ~(z.min(axis=1) >= lowest)
    return lost


def _multiply_rows(e: FloatArray, factor: NDArray[Any], out: FloatArray) -> None:
    """Write each row of ``e`` times its factor to ``out``."""
    wide = e.dtype == np.float64
    fits = wide or (factor.min() > SAFE_LOW and factor.max() < SAFE_HIGH)
    if fits:  # in the exponentials' precision: nothing will be converted
        factor = factor.astype(e.dtype, copy=False)
    np.multiply(e, factor[:, None], out=out, casting="same_kind")


def exponential_dtype(z: NDArray[Any]) -> np.dtype[Any]:
    """Return the precision of the exponentials."""
    narrow = z.shape[-1] > SHORT and checks.working_dtype(z) is np.float32
    return FLOAT32 if narrow else FLOAT64


def rows_per_block(k: int, itemsize: int) -> int:
    """Return how many rows of k classes to work on at a time."""
    return max(1, BLOCK // (itemsize * max(k, 16)))


def _row_sums(e: FloatArray, grad: FloatArray | None) -> NDArray[Any]:
    """Sum each row. The entries of ``grad`` are divided by it, so add up wider."""
    n, k = e.shape
    sums: NDArray[Any]
    if _precision(grad) is np.longdouble:
        sums = e.dot(WIDE_ONES[:k]) if k <= SHORT else _once_rounded_sums(e)
    elif grad is not None and k <= SHORT:
        sums = e.dot(ONES[:k])
    elif grad is not None:
        sums = np.einsum("ij->i", e, dtype=np.float64)
    elif k * e.itemsize <= PANEL:
        sums = np.einsum("ij->i", e).astype(np.float64, copy=False)
    else:
        panels = -(-k * e.itemsize // PANEL)
        width = k // panels
        many = panels * width  # all classes but a few
        parts = np.einsum("ijk->ij", e[:, :many].reshape(n, panels, width))
        wide = np.float64 if e.dtype == np.float32 else np.longdouble
        sums = parts.astype(wide).dot(np.ones(panels))
        if many < k:
            sums += np.einsum("ij->i", e[:, many:])
        sums = sums.astype(np.float64, copy=False)
    return sums


def _once_rounded_sums(e: FloatArray) -> NDArray[np.longdouble]:
    """Sum each row as if rounding only once, however many terms there are.

    Split every term into the nearest multiple of a grid and a remainder. The grid
    of a row is so coarse that its multiples add up exactly, in any order, and so
    fine that the remainders are too small for their own rounding to show.
    """
    ones = np.ones(e.shape[1])
    binade = np.ldexp(1.0, np.frexp(e @ ones)[1])[:, None]  # the sum is less than this
    high = e + binade
    high -= binade  # a multiple of the grid
    sums = (high @ ones).astype(np.longdouble)
    np.subtract(e, high, out=high)  # exact: what the grid left over
    return sums + high @ ones


def _redo_with_care(
    z: NDArray[Any],
    y: IntArray,
    rows: IntArray,
    loss: Float64,
    factor: NDArray[Any],
    grad: FloatArray | None,
    first: int,
) -> None:
    """Overwrite ``loss`` and ``grad`` for the given rows."""
    for block in row_blocks(len(rows), z.shape[1]):
        part = rows[block]
        view = one_against_rest(z[part], y[part], part + first, _precision(grad))
        loss[part] = view.nll
        if grad is not None:
            gradient = view.miss[:, None] * view.share
            gradient[np.arange(len(part)), y[part]] = -view.miss
            grad[part] = gradient * factor[part, None]


def _precision(grad: FloatArray | None) -> type[np.float64] | type[np.longdouble]:
    """Return what to compute in: a float64 gradient is a product of rounded numbers."""
    wide = grad is not None and grad.dtype == np.float64
    return np.longdouble if wide else np.float64


class OneAgainstRest(NamedTuple):
    """A batch seen from one class per row. No entry is found by subtraction."""

    nll: NDArray[Any]  #: -log p of the class, (N,)
    hit: NDArray[Any]  #: its probability p, (N,)
    miss: NDArray[Any]  #: 1 - p, to full precision, (N,)
    share: NDArray[Any]  #: how the others split 1 - p, 0 at the class, (N, K)


def one_against_rest(
    z: NDArray[Any],
    y: IntArray,
    row_numbers: IntArray | None = None,
    precision: type[np.float64] | type[np.longdouble] = np.float64,
) -> OneAgainstRest:
    """Return the view of every row from its class ``y``, whatever the range.

    The exponentials are taken relative to the largest *other* logit, m. With
    s = Σ exp(z_j - m) over the others, between 1 and K, rest/head is
    s·exp(m - z_y), which is handled in the form that cannot overflow.
    """
    numbers = np.arange(len(z)) if row_numbers is None else row_numbers
    checks.logit_rows(z, numbers, "logits")
    i = np.arange(len(z))
    if z.dtype.kind in "iu":
        z = z.astype(np.float64)  # as everywhere else, however large
    z = z.astype(precision)  # a copy, free to be changed
    own = z[i, y]
    z[i, y] = -np.inf
    m = z.max(axis=1)
    alone = m == -np.inf  # no other class is possible
    e = exp_difference(z, np.where(alone, 0.0, m)[:, None])
    s = e.sum(axis=1, dtype=np.longdouble).astype(precision)
    share = e / np.where(alone, 1.0, s)[:, None]

    behind = m > own
    gap = np.where(alone, np.inf, np.abs(own - m))
    # exp(-|gap|) and its square root, with which results below 1e-308 keep
    # their digits: s multiplies before the exponential runs out of them.
    low, high = np.minimum(own, m), np.maximum(own, m)
    root = np.where(alone, 0.0, exp_difference(low / 2, high / 2))
    tail = np.where(alone, 0.0, exp_difference(low, high))
    ratio = np.where(tail > 1e-290, s * tail, s * root * root)  # if not behind
    ahead = 1 / (s + tail)  # if behind: 1/(rest + head), in units of exp(m)
    nll = np.where(behind, gap + np.log(s + tail), np.log1p(ratio))
    hit = np.where(behind, tail * ahead, 1 / (1 + ratio))
    miss = np.where(behind, s * ahead, ratio / (1 + ratio))
    return OneAgainstRest(nll, hit, miss, share)


def row_blocks(n: int, k: int) -> Iterator[IntArray]:
    """Yield the numbers of n rows in blocks that wide temporaries can afford."""
    step = rows_per_block(k, 128)  # about eight temporaries of 16 bytes
    for start in range(0, n, step):
        yield np.arange(start, min(start + step, n))


def soft_target_rows(
    z: NDArray[Any],
    coefficients: Callable[[IntArray], Float64],
    keep: NDArray[np.bool_] | None,
    divisor: float | np.longdouble = 1.0,
    grad: FloatArray | None = None,
    first: int = 0,
) -> Float64:
    """Return Σ_k a_k·(-log softmax(z)_k) per row; with ``grad``, dL/dz / divisor.

    ``coefficients(rows)`` gives the a_k, all at least 0, for some row numbers.
    Seen from the row's largest logit, -log p_k = (z_max - z_k) - log p_max is a
    sum of two numbers that are never negative, so nothing cancels.
    """
    loss = np.zeros(len(z))
    if grad is not None:
        grad[...] = 0.0
    counted = np.arange(len(z)) if keep is None else np.flatnonzero(keep)
    for part in row_blocks(len(counted), z.shape[1]):
        rows = counted[part]
        block, a = z[rows].astype(np.float64), coefficients(rows)
        i, top = np.arange(len(rows)), block.argmax(axis=1)
        nll, hit, miss, q = _from_the_top(block, top, rows + first, grad)
        whole = _row_sums(a, grad).astype(np.float64, copy=False)
        below = block[i, top][:, None] - block
        terms = np.where(a > 0, a * below, 0.0)
        loss[rows] = _row_sums(terms, None) + whole * nll
        if grad is None:
            continue
        gradient = whole[:, None] * q - a
        a_top = a[i, top]
        a[i, top] = 0.0  # the other targets' sum, again without cancelling
        gradient[i, top] = _row_sums(a, grad) * hit - a_top * miss
        grad[rows] = gradient / divisor
    return loss


def _from_the_top(
    z: Float64, top: IntArray, row_numbers: IntArray, grad: FloatArray | None
) -> tuple[Float64, Float64, Float64, Float64]:
    """Return -log p, p and 1 - p of each row's top class, and p of the others."""
    q = np.empty_like(z)
    _, _, head, rest, total, fine = _exponentials(z, top, q, grad)
    nll: Float64 = np.log1p(rest / head)
    hit, miss = (head / total).astype(float), (rest / total).astype(float)
    factor = 1 / total
    lost = None if grad is None else _lost_digits(z, factor, q.dtype)
    if lost is not None:
        fine &= ~lost
    _multiply_rows(q, factor, q)
    rows = np.flatnonzero(~fine)
    if rows.size:
        view = one_against_rest(z[rows], top[rows], row_numbers[rows], _precision(grad))
        nll[rows], hit[rows], miss[rows] = view.nll, view.hit, view.miss
        q[rows] = view.miss[:, None] * view.share
    return nll, hit, miss, q

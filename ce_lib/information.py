"""Surprisal, entropy, cross-entropy and KL divergence of distributions.

Probabilities go in, not logits. The base of the logarithm is the unit: e gives
nats, 2 gives bits.

Rows that sum to 1 only nearly are accepted within 1e-5 (16-bit floats: within four
roundings) and used exactly as they stand. What is said of the sign of a result then
holds up to that tolerance.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from ce_lib import checks
from ce_lib._index import refuse_other_order
from ce_lib._pairs import Pair
from ce_lib._sums import exact_sum, two_sum
from ce_lib._walk import blocks, chunks, take_rows
from ce_lib.checks import Float64, Result

__all__ = [
    "cross_entropy",
    "entropy",
    "js_divergence",
    "kl_divergence",
    "renormalise",
    "surprisal",
]


#: 1/3, 1/5, ... up to this suffice in `bregman_gap` for u up to 1/3.
ODD = range(45, 1, -2)


@np.errstate(all="ignore")
def surprisal(q: ArrayLike, *, base: float = math.e) -> Result:
    """Surprise −log q at an outcome of probability q.

    Parameters
    ----------
    q : array_like, any shape
        Probabilities from 0 to 1; they need not sum to 1.
    base : float, default e
        Unit of the result, above 1: e for nats, 2 for bits.

    Returns
    -------
    float64 scalar or array, the shape of ``q``
        At least 0; 0 for a certain outcome, inf for an impossible one.

    Raises
    ------
    TypeError
        If ``q`` is not real.
    ValueError
        If an entry is NaN or outside [0, 1], or ``base`` is no base.

    See Also
    --------
    entropy : the surprise to expect.

    Notes
    -----
    C. E. Shannon, A Mathematical Theory of Communication, 1948.

    Examples
    --------
    >>> from ce_lib import surprisal
    >>> print(surprisal([1, 0.5, 0.25, 0], base=2))
    [ 0.  1.  2. inf]
    """
    base = checks.log_base(base)
    array = checks.as_numbers(q, "q", booleans=True)
    each, start = np.empty(array.size), 0
    for (some,) in chunks([array]):
        if len(some) and not (some.min() >= 0 and some.max() <= 1):
            checks.as_probability(array, "q")  # says where
        each[start : start + len(some)] = _minus_log(some, base) + 0.0
        start += len(some)
    return each.reshape(array.shape)[()]


@np.errstate(all="ignore")
def entropy(p: ArrayLike, *, axis: int = -1, base: float = math.e) -> Result:
    """Entropy H(P) = −Σ p log p, the expected surprise.

    Parameters
    ----------
    p : array_like, ``(..., K)``
        Distributions.
    axis : int, default -1
        The class axis.
    base : float, default e
        Unit of the result, above 1: e for nats, 2 for bits.

    Returns
    -------
    float64 scalar or array, ``p.shape`` without ``axis``
        From 0 (certain) to log K (uniform): exactly for rows that sum to 1, up to
        their tolerance for others. 0·log 0 counts as 0.

    Raises
    ------
    TypeError
        If ``p`` is not real.
    ValueError
        If a row is negative, NaN, or does not sum to 1; if ``base`` is no base.

    See Also
    --------
    cross_entropy, kl_divergence

    Notes
    -----
    C. E. Shannon, A Mathematical Theory of Communication, 1948.

    Examples
    --------
    >>> import numpy as np
    >>> from ce_lib import entropy
    >>> p = np.array([1.0, 0.0])
    >>> with np.errstate(divide="ignore", invalid="ignore"):
    ...     print(-(p * np.log(p)).sum())  # naive
    nan
    >>> print(entropy(p))
    0.0
    >>> print(entropy([0.25, 0.25, 0.25, 0.25], base=2))
    2.0
    """
    base = checks.log_base(base)
    return _over_rows(lambda p: _expected(p, _minus_log(p, base)), axis, p=p)


@np.errstate(all="ignore")
def cross_entropy(
    p: ArrayLike, q: ArrayLike, *, axis: int = -1, base: float = math.e
) -> Result:
    """Cross-entropy H(P, Q) = −Σ p log q of two distributions.

    Parameters
    ----------
    p : array_like, ``(..., K)``
        What happens: the target distribution.
    q : array_like, ``(..., K)``
        What was believed: the model distribution.
    axis : int, default -1
        The class axis of both.
    base : float, default e
        Unit of the result, above 1: e for nats, 2 for bits.

    Returns
    -------
    float64 scalar or array, ``p.shape`` without ``axis``
        At least H(P): exactly for rows that sum to 1, up to their tolerance for
        others. inf where q is 0 and p is not; where p is 0 the term counts as 0
        whatever q is.

    Raises
    ------
    TypeError
        If an argument is not real.
    ValueError
        If the shapes differ; if a row is negative, NaN, or does not sum to 1;
        if ``base`` is no base.

    See Also
    --------
    kl_divergence : the part of it above H(P).
    softmax_cross_entropy : the same from logits, which keeps more digits.

    Notes
    -----
    Nothing is clipped: a model that calls an outcome impossible pays inf when
    it happens. (D. F. Kerridge, Inaccuracy and Inference, 1961.)

    Examples
    --------
    >>> from ce_lib import cross_entropy
    >>> print(f"{cross_entropy([0.6, 0.3, 0.1], [0.5, 0.3, 0.2], base=2):.5f} bits")
    1.35328 bits
    >>> print(cross_entropy([0.5, 0.5], [1, 0]))
    inf
    """
    base = checks.log_base(base)
    return _over_rows(lambda p, q: _expected(p, _minus_log(q, base)), axis, p=p, q=q)


@np.errstate(all="ignore")
def kl_divergence(
    p: ArrayLike, q: ArrayLike, *, axis: int = -1, base: float = math.e
) -> Result:
    """Kullback-Leibler divergence D(P‖Q) = Σ p log(p/q).

    Parameters
    ----------
    p : array_like, ``(..., K)``
        What happens: the expectation is taken under P.
    q : array_like, ``(..., K)``
        What was believed.
    axis : int, default -1
        The class axis of both.
    base : float, default e
        Unit of the result, above 1: e for nats, 2 for bits.

    Returns
    -------
    float64 scalar or array, ``p.shape`` without ``axis``
        At least 0: exactly for rows that sum to 1, up to their tolerance for
        others. 0 for equal distributions; inf where q is 0 and p not.

    Raises
    ------
    TypeError
        If an argument is not real.
    ValueError
        If the shapes differ; if a row is negative, NaN, or does not sum to 1;
        if ``base`` is no base.

    See Also
    --------
    cross_entropy, entropy

    Notes
    -----
    For close distributions the terms of Σ p log(p/q) have both signs and cancel.
    Adding q − p to each makes them all non-negative, so they add up without
    loss; the exactly summed Σ(q − p), a mere rounding error when the inputs are
    distributions, is taken off again at the end. Should an error of at most
    K·2⁻⁵², all that rounding can do to the sums of K numbers, push the result
    below 0, the result is 0. (Kullback and Leibler, 1951.)

    Examples
    --------
    >>> import numpy as np
    >>> from ce_lib import cross_entropy, entropy, kl_divergence
    >>> p, q = [0.25, 0.75], [0.25 + 2**-30, 0.75 - 2**-30]
    >>> print(cross_entropy(p, q) - entropy(p))  # naive
    0.0
    >>> print(f"{kl_divergence(p, q):.4e}")
    2.3130e-18
    """
    base = checks.log_base(base)
    return _over_rows(lambda p, q: _divergence(p, q, base), axis, p=p, q=q)


def _divergence(p_rows: Float64, q_rows: Float64, base: float) -> Float64:
    """Return the divergence of each pair of rows."""
    gaps = np.where(p_rows > 0, bregman_gap(p_rows, q_rows), 0.0)
    nats = np.asarray(_less_differences(p_rows, q_rows, gaps))
    cancelled = nats < 0.9 * gaps.sum(axis=-1)
    if cancelled.any():  # the rounding of the inputs outweighs what they say
        p_few, q_few = p_rows[cancelled], q_rows[cancelled]
        pairs = [np.where(p_few > 0, x, 0.0) for x in _gap_in_pairs(p_few, q_few)]
        nats[cancelled] = _less_differences(p_few, q_few, *pairs)
    rounding = p_rows.shape[-1] * np.finfo(float).eps
    nats = np.where((nats < 0) & (nats >= -rounding), 0.0, nats)
    return nats if base == math.e else nats / math.log(base)


@np.errstate(all="ignore")
def js_divergence(
    p: ArrayLike, q: ArrayLike, *, axis: int = -1, base: float = math.e
) -> Result:
    """Jensen-Shannon divergence ½ D(P‖M) + ½ D(Q‖M) with M = (P + Q)/2.

    Parameters
    ----------
    p, q : array_like, ``(..., K)``
        Two distributions; their order makes no difference.
    axis : int, default -1
        The class axis of both.
    base : float, default e
        Unit of the result, above 1: e for nats, 2 for bits.

    Returns
    -------
    float64 scalar or array, ``p.shape`` without ``axis``
        From 0 for equal rows to log 2 for rows with nothing in common: exactly for
        rows that sum to 1, up to their tolerance for others. Never inf.

    Raises
    ------
    TypeError
        If an argument is not real.
    ValueError
        If the shapes differ; if a row is negative, NaN, or does not sum to 1;
        if ``base`` is no base.

    See Also
    --------
    kl_divergence : has a direction, and may be inf.

    Notes
    -----
    ``scipy.spatial.distance.jensenshannon`` is the square root of this, a distance,
    and first divides both rows by their sums. With s = p + q and u = (q − p)/s each
    class adds s/4·((1+u)·log(1+u) + (1−u)·log(1−u)), which is never negative, so
    nothing cancels. (J. Lin, Divergence Measures Based on the Shannon Entropy, 1991.)

    Examples
    --------
    >>> from ce_lib import js_divergence, kl_divergence
    >>> print(f"{js_divergence([0.7, 0.2, 0.1], [0.1, 0.2, 0.7], base=2):.6f}")
    0.365148
    >>> print(kl_divergence([0.5, 0.5], [1, 0]), js_divergence([1, 0], [0, 1], base=2))
    inf 1.0
    """
    base = checks.log_base(base)
    return _over_rows(lambda p, q: _shared_divergence(p, q, base), axis, p=p, q=q)


def _shared_divergence(p: Float64, q: Float64, base: float) -> Float64:
    """Return the Jensen-Shannon divergence of each pair of rows."""
    s = p + q
    u = np.where(s > 0, (q - p) / s, 0.0)
    square = u * u
    # u²/(1·1) + u⁴/(2·3) + u⁶/(3·5) + ... keeps its digits near 0
    near = np.zeros_like(u)
    for n in range(30, 0, -1):
        near = square * (near + 1 / (n * (2 * n - 1)))
    parts = [np.where(x > 0, x * np.log(2 * x / s), 0.0) for x in (p, q)]
    terms = np.where(square < 0.25, s / 4 * near, (parts[0] + parts[1]) / 2)
    nats: Float64 = np.asarray(exact_sum(terms))
    return nats if base == math.e else nats / math.log(base)


@np.errstate(all="ignore")
def renormalise(rows: ArrayLike, *, axis: int = -1) -> Float64:
    """Divide rows by their sums, so that they sum to 1.

    No other function does this by itself: a row whose sum is off was rounded, or
    is not what it seems to be, and only its owner knows which.

    Parameters
    ----------
    rows : array_like, ``(..., K)``
        Numbers of at least 0, not all 0 in a row.
    axis : int, default -1
        The class axis.

    Returns
    -------
    ndarray of float64, the shape of ``rows``
        Rows that sum to 1, but for rounding.

    Raises
    ------
    TypeError
        If ``rows`` is not real.
    ValueError
        If an entry is negative, NaN or infinite, or a row sums to 0.

    See Also
    --------
    softmax : from logits.

    Notes
    -----
    Rows are first divided by their largest entry, so that no sum overflows.

    Examples
    --------
    >>> from ce_lib import entropy, renormalise
    >>> printed = [0.33, 0.33, 0.33]
    >>> print(f"{entropy(renormalise(printed)):.6f}")
    1.098612
    """
    array = checks.as_real(rows, "rows", booleans=True).astype(np.float64)
    if array.ndim == 0:
        raise ValueError("rows: expected at least one axis, got a single number")
    axis = checks.check_axis(axis, array.ndim)
    bad = ~np.isfinite(array) | (array < 0)
    checks.refuse(bad, array, "rows", "expected finite numbers of at least 0")
    largest = array.max(axis=axis, keepdims=True, initial=0.0)
    empty = largest == 0
    checks.refuse(
        empty, largest, "rows", "expected a number above 0 in every row", "none"
    )
    scaled = array / largest
    result: Float64 = scaled / scaled.sum(axis=axis, keepdims=True)
    return result


def _over_rows(
    function: Callable[..., Float64], axis: int, **rows: ArrayLike
) -> Result:
    """Return a function of distributions of one shape, walked in blocks of rows."""
    arrays = {name: checks.as_array(value, name) for name, value in rows.items()}
    names = list(arrays)
    for name in names[1:]:
        checks.same_shape(arrays[names[0]], arrays[name], names[0], name)
        refuse_other_order(rows[names[0]], rows[name], names[0], name)
    moved = [checks.class_axis_last(x, name, axis) for name, x in arrays.items()]
    lead, k = moved[0].shape[:-1], moved[0].shape[-1]
    each = np.empty(math.prod(lead))
    for part in blocks(each.size, k):
        checked = (
            checks.as_distribution(
                take_rows(x, lead, part),
                name,
                first=part.start,
                source=(arrays[name], axis),
            )
            for name, x in zip(names, moved, strict=True)
        )
        each[part] = function(*checked)
    return each.reshape(lead)[()]


def _minus_log(q: Float64, base: float) -> Float64:
    """Return -log q to the base. Base 2 has its own logarithm, exact for 1/8."""
    if base == 2:
        return -np.log2(q)
    logs = -np.log(q)
    return logs if base == math.e else logs / math.log(base)


def _expected(p: Float64, values: Float64) -> Float64:
    """Return the sum of p·value over the last axis, where 0 times inf is 0."""
    total: Float64 = exact_sum(np.where(p > 0, p * values, 0.0)) + 0.0  # no -0.0
    return total


def bregman_gap(p: Float64, q: Float64) -> Float64:
    """Return p·log(p/q) + q - p for p > 0, which is never negative.

    With d = (q - p)/p and u = d/(2 + d), log(q/p) = 2·atanh(u), and the leading
    terms cancel on paper: d - log(1 + d) = u·d - 2u³(1/3 + u²/5 + ...). Far from
    q = p nothing cancels, and the plain form serves.
    """
    change = q - p
    d = change / p
    near = (d > -0.5) & (d < 1.0)
    u = np.where(near, d / (2 + d), 0.0)
    square = u * u
    tail = np.zeros_like(u)
    for n in ODD:
        tail = tail * square + 1 / n
    close = p * (u * d - 2 * u * square * tail)
    ratio = p / q
    # Beyond the float range of the ratio the two logarithms are far apart.
    safe = (ratio > 1e-300) & (ratio < 1e300)
    far = change + p * np.where(safe, np.log(ratio), np.log(p) - np.log(q))
    gap: Float64 = np.where(near, close, far)
    return gap


def _gap_in_pairs(p: Float64, q: Float64) -> Pair:
    """Return `bregman_gap`, where p and q are close with twice the digits."""
    plain, near = bregman_gap(p, q), (q > p / 2) & (q < 2 * p)
    p, q = np.where(near, p, 1.0), np.where(near, q, 1.0)
    zero = np.zeros_like(p)
    change = Pair(*two_sum(q, -p))
    u = change.over(Pair(*two_sum(q, p)))
    square = u.times(u)
    tail = Pair(zero, zero)
    for n in ODD:
        tail = tail.times(square).plus(Pair(zero + 1, zero).over(Pair(zero + n, zero)))
    gap = u.times(change.minus(Pair(2 * p, zero).times(square).times(tail)))
    return Pair(np.where(near, gap.high, plain), np.where(near, gap.low, 0.0))


def _less_differences(p: Float64, q: Float64, *gaps: Float64) -> Float64:
    """Return the sum of gaps less Σ(q - p) over the entries with p > 0, rounded once."""
    s, lost = two_sum(np.where(p > 0, p, 0.0), np.where(p > 0, -q, 0.0))
    total: Float64 = exact_sum(np.concatenate([s, lost, *gaps], axis=-1))
    return total

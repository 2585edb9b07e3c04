"""Exponentials and logarithms that neither overflow nor lose digits."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ce_lib import checks
from ce_lib._sums import exact_sum, two_sum
from ce_lib.checks import Float64, FloatArray, IntArray, Result

__all__ = ["log_sigmoid", "log_softmax", "logsumexp", "sigmoid", "softmax"]


def exp_difference(a: FloatArray, b: FloatArray) -> Float64:
    """Return exp(a - b) for a <= b or so, to the last digits, in float64.

    Rounding ``a - b`` moves the exponent by up to half an ulp of it, which at
    ``a - b = -40`` already costs sixteen ulps of the exponential. The error of
    a subtraction is itself a floating-point number, so it can be put back.
    """
    difference, lost = two_sum(a.astype(np.float64), -b.astype(np.float64))
    e: Float64 = np.exp(difference)
    return np.where(np.isfinite(lost), e + e * lost, e)


def split_at_max(
    z: FloatArray,
) -> tuple[IntArray, Float64, Float64]:
    """Return where each row's maximum is, and the exponentials around it.

    Returns
    -------
    top : ndarray of int, ``(..., 1)``
        The class of the largest logit.
    e : ndarray, ``(..., K)``
        ``exp(z - max)``; the entry of the maximum itself is 1.
    rest : ndarray, ``(..., 1)``
        Sum of ``e`` *without* the maximum's 1, so that nothing small is lost.
    """
    top = np.argmax(z, axis=-1, keepdims=True)
    largest = np.take_along_axis(z, top, axis=-1)
    e = exp_difference(z, largest)
    np.put_along_axis(e, top, 0.0, axis=-1)
    rest = exact_sum(e)[..., None]
    np.put_along_axis(e, top, 1.0, axis=-1)
    return top, e, rest


def _class_axis_last(z: ArrayLike, axis: int, temperature: float = 1.0) -> FloatArray:
    """Check ``z`` and return it over ``temperature`` with the class axis last."""
    array = checks.as_real(z, "z")
    if array.ndim == 0:
        raise ValueError("z: expected at least one axis, got a single number")
    array = np.moveaxis(array, checks.check_axis(axis, array.ndim), -1)
    if array.shape[-1] == 0:
        raise ValueError(f"z: expected at least one class, got shape {array.shape}")
    checks.check_logits(array, "z")
    return tempered(array, temperature)


def tempered(z: FloatArray, temperature: float) -> FloatArray:
    """Return logits with the softmax of ``z / temperature``, below 0 unless T is 1.

    Dividing small differences from the largest logit rounds less than dividing
    large logits.
    """
    temperature = checks.as_number(temperature, "temperature", low=0, open_low=True)
    if temperature == 1.0:
        return z
    z = z.astype(np.float64)
    top = z.max(axis=-1, keepdims=True)
    scaled: Float64 = (z - top) / temperature
    far = np.isneginf(scaled) & np.isfinite(z)
    if far.any():  # the difference was out of range, or what comes of it is
        scaled = np.where(far, z / temperature - top / temperature, scaled)
    if (~np.isfinite(scaled) & np.isfinite(z)).any():
        raise ValueError(
            f"temperature: expected one that keeps z / temperature finite, "
            f"got {temperature!r}"
        )
    return scaled


@np.errstate(all="ignore")
def logsumexp(
    z: ArrayLike,
    axis: int | tuple[int, ...] = -1,
    keepdims: bool = False,
    *,
    b: ArrayLike | None = None,
) -> Result:
    """Log of the sum of exponentials along an axis or several, in nats.

    Parameters
    ----------
    z : array_like, ``(..., K)``
        Log weights of any size. -inf is a weight of 0 and +inf an infinite one.
    axis : int or tuple of int, default -1
        The axes to sum over; with (), none, every entry stays as it is.
    keepdims : bool, default False
        Keep the summed axes with length 1.
    b : array_like, broadcastable to ``z``, optional
        Factors of at least 0 on the exponentials. A factor of 0 leaves its entry out.

    Returns
    -------
    float64 scalar or array, ``z.shape`` without ``axis``
        -inf where every entry is -inf, +inf where one is +inf.

    Raises
    ------
    TypeError
        If ``z`` is not real.
    ValueError
        If ``z`` holds NaN, or has no entry along ``axis``; if a factor is negative
        or infinite.

    See Also
    --------
    softmax, log_softmax

    Notes
    -----
    With m the largest entry, log Σ exp(z) = m + log1p(Σ' exp(z − m)), where Σ'
    leaves the maximum out: its exponential is exactly 1. Near a result of 0 the
    problem itself is ill-conditioned; the error then counts in ulps of max|z|.
    (Goodfellow, Bengio and Courville, Deep Learning, section 4.1.)

    Examples
    --------
    >>> import numpy as np
    >>> from ce_lib import logsumexp
    >>> with np.errstate(over="ignore"):
    ...     print(np.log(np.sum(np.exp([1000.0, 1001.0, 999.0]))))  # naive
    inf
    >>> print(f"{logsumexp([1000, 1001, 999]):.6f}")
    1001.407606
    """
    array = checks.as_float64(z, "z")
    if array.ndim == 0:
        raise ValueError("z: expected at least one axis, got a single number")
    if b is not None:
        factors = checks.as_factors(b, array.shape, "b")
        array = np.where(factors > 0, array + np.log(factors), -np.inf)
    several = axis if isinstance(axis, tuple) else (axis,)
    axes = sorted(checks.check_axis(i, array.ndim) % array.ndim for i in several)
    if len(set(axes)) < len(axes):
        raise ValueError(f"axis: expected different axes, got {axis}")
    rows = np.moveaxis(array, axes, range(-len(axes), 0))
    kept = array.ndim - len(axes)
    rows = rows.reshape(*rows.shape[:kept], math.prod(rows.shape[kept:]))
    if rows.shape[-1] == 0:
        raise ValueError(f"z: expected at least one entry, got shape {array.shape}")
    _, _, rest = split_at_max(rows)
    largest = rows.max(axis=-1, keepdims=True)
    value = np.where(np.isinf(largest), largest, largest + np.log1p(rest))
    return np.expand_dims(value[..., 0], axes) if keepdims else value[..., 0][()]


@np.errstate(all="ignore")
def softmax(z: ArrayLike, axis: int = -1, temperature: float = 1.0) -> Result:
    """Turn logits into probabilities.

    Parameters
    ----------
    z : array_like, ``(..., K)``
        Logits, in nats. -inf makes a class impossible.
    axis : int, default -1
        The class axis.
    temperature : float, default 1.0
        The logits are divided by it: above 1 flattens, below 1 sharpens.

    Returns
    -------
    ndarray of float64, the shape of ``z``
        Non-negative, summing to 1 along ``axis``.

    Raises
    ------
    TypeError
        If ``z`` is not real.
    ValueError
        If a row holds NaN or +inf, or nothing but -inf; if the temperature is
        not a positive finite number.

    See Also
    --------
    log_softmax : the logarithm, without the detour that loses it.

    Notes
    -----
    exp(z_k) / Σ_j exp(z_j). Adding one constant to every logit changes nothing,
    so the maximum is subtracted first, and the rounding of that subtraction is
    put back (see ``exp_difference`` in this module).

    Examples
    --------
    >>> import numpy as np
    >>> from ce_lib import softmax
    >>> z = np.array([1000.0, 1001.0, 999.0])
    >>> with np.errstate(over="ignore", invalid="ignore"):
    ...     print(np.exp(z) / np.exp(z).sum())  # naive
    [nan nan nan]
    >>> print(softmax(z).round(6))
    [0.244728 0.665241 0.090031]
    >>> print(softmax([1, 2, 3], temperature=2).round(6))
    [0.186324 0.307196 0.50648 ]
    """
    rows = _class_axis_last(z, axis, temperature)
    _, e, rest = split_at_max(rows)
    return np.moveaxis(e / (1 + rest), -1, axis)


@np.errstate(all="ignore")
def log_softmax(z: ArrayLike, axis: int = -1, temperature: float = 1.0) -> Result:
    """Logarithm of the softmax, accurate where the softmax rounds to 0 or 1.

    Parameters
    ----------
    z : array_like, ``(..., K)``
        Logits, in nats. -inf makes a class impossible.
    axis : int, default -1
        The class axis.
    temperature : float, default 1.0
        The logits are divided by it.

    Returns
    -------
    ndarray of float64, the shape of ``z``
        Log probabilities in nats, at most 0; -inf for an impossible class.

    Raises
    ------
    TypeError
        If ``z`` is not real.
    ValueError
        If a row holds NaN or +inf, or nothing but -inf; if the temperature is
        not a positive finite number.

    See Also
    --------
    softmax, logsumexp

    Notes
    -----
    (z_k − m) − log1p(Σ' exp(z − m)), with m the maximum and Σ' the sum without
    it. Both parts are at most 0, so nothing cancels.

    Examples
    --------
    The true value for the first class is −exp(−40) = −4.2e-18. Through the
    probability, which rounds to 1, it is lost:

    >>> import numpy as np
    >>> from ce_lib import log_softmax, softmax
    >>> print(np.log(softmax([0, -40])))  # naive
    [  0. -40.]
    >>> print(log_softmax([0, -40]))
    [-4.24835426e-18 -4.00000000e+01]
    """
    rows = _class_axis_last(z, axis, temperature)
    top, _, rest = split_at_max(rows)
    below = rows.astype(np.float64) - np.take_along_axis(rows, top, axis=-1)
    return np.moveaxis(below - np.log1p(rest), -1, axis) + 0.0


@np.errstate(all="ignore")
def sigmoid(z: ArrayLike) -> Result:
    """Logistic sigmoid σ(z) = 1 / (1 + exp(−z)).

    Parameters
    ----------
    z : array_like, any shape
        Logits, in nats. ±inf gives 1 and 0.

    Returns
    -------
    float64 scalar or array, the shape of ``z``
        Probabilities from 0 to 1.

    Raises
    ------
    TypeError
        If ``z`` is not real.
    ValueError
        If ``z`` holds NaN.

    See Also
    --------
    log_sigmoid : its logarithm, accurate in both tails.

    Notes
    -----
    With e = exp(−|z|), which cannot overflow: 1/(1+e) on the right and e/(1+e)
    on the left.

    Examples
    --------
    >>> import numpy as np
    >>> from ce_lib import sigmoid
    >>> with np.errstate(all="ignore"):
    ...     print(np.exp(800.0) / (1 + np.exp(800.0)))  # naive
    nan
    >>> print(sigmoid([-800.0, 0.0, 800.0]))
    [0.  0.5 1. ]
    """
    return sigmoid_of(checks.as_float64(z, "z"))[()]


def sigmoid_of(z: NDArray[Any]) -> NDArray[Any]:
    """Return the sigmoid of checked input, in its precision."""
    e = np.exp(-np.abs(z))
    values: NDArray[Any] = np.where(z >= 0, 1, e) / (1 + e)
    return values


@np.errstate(all="ignore")
def log_sigmoid(z: ArrayLike) -> Result:
    """Logarithm of the sigmoid, accurate in both tails.

    Parameters
    ----------
    z : array_like, any shape
        Logits, in nats.

    Returns
    -------
    float64 scalar or array, the shape of ``z``
        Log probabilities in nats, at most 0.

    Raises
    ------
    TypeError
        If ``z`` is not real.
    ValueError
        If ``z`` holds NaN.

    See Also
    --------
    sigmoid

    Notes
    -----
    min(z, 0) − log1p(exp(−|z|)): both parts are at most 0, so nothing cancels.

    Examples
    --------
    >>> import numpy as np
    >>> from ce_lib import log_sigmoid, sigmoid
    >>> print(np.log(sigmoid(40.0)))  # naive
    0.0
    >>> print(log_sigmoid(40.0))
    -4.248354255291589e-18
    """
    array = checks.as_float64(z, "z")
    return -softplus(-array)[()]


def softplus(x: NDArray[Any]) -> NDArray[Any]:
    """Return log(1 + exp(x)) = -log(sigmoid(-x)) of checked input, in its precision."""
    value: NDArray[Any] = np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))
    return value

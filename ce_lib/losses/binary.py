"""Binary cross-entropy: yes or no, one logit each."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from ce_lib import checks
from ce_lib._sums import Wide, count_for, over, power_of_two, reduced, times
from ce_lib.checks import Float64, FloatArray, Result
from ce_lib.losses._rows import gradient_array
from ce_lib.losses._view import FAR
from ce_lib.numerics import sigmoid_of, softplus

__all__ = [
    "binary_cross_entropy_with_logits",
    "binary_cross_entropy_with_logits_with_grad",
]


@np.errstate(all="ignore")
def binary_cross_entropy_with_logits(
    logits: ArrayLike,
    targets: ArrayLike,
    *,
    weight: ArrayLike | None = None,
    pos_weight: ArrayLike | None = None,
    reduction: str = "mean",
) -> Result:
    """Cross-entropy of yes-or-no targets, one logit each.

    Parameters
    ----------
    logits : array_like, any shape
        Raw scores z in nats; σ(z) is the probability of yes. -inf means never.
    targets : array_like, the shape of ``logits``
        Probabilities of yes, from 0 to 1.
    weight : array_like, optional
        Factors of at least 0, one per element or broadcastable to them.
    pos_weight : array_like, optional
        Factors of at least 0 on the yes term alone, broadcastable likewise.
    reduction : {"mean", "sum", "none"}, default "mean"
        "none" gives one loss per element. "mean" divides by their number,
        whatever the weights.

    Returns
    -------
    float64 scalar, or array of the shape of ``logits`` for reduction "none"
        In nats, at least 0.

    Raises
    ------
    TypeError
        If an argument is not real.
    ValueError
        If a logit is NaN or +inf, a target lies outside [0, 1], shapes do not
        fit, or a mean has nothing to average.

    See Also
    --------
    binary_cross_entropy_with_logits_with_grad : the gradient too.
    softmax_cross_entropy : K classes; with the logits (z, 0) it is the same.

    Notes
    -----
    t·log(1 + exp(−z)) + (1−t)·log(1 + exp(z)), two terms that are never
    negative, each as log1p(exp(−|z|)) plus |z| where that is the larger side.
    (D. R. Cox, The Regression Analysis of Binary Sequences, 1958.)

    Examples
    --------
    >>> import numpy as np
    >>> from ce_lib import binary_cross_entropy_with_logits, sigmoid
    >>> with np.errstate(divide="ignore"):
    ...     print(-np.log(1 - sigmoid(40.0)))  # naive
    inf
    >>> print(binary_cross_entropy_with_logits(40.0, 0))
    40.0
    >>> print(f"{binary_cross_entropy_with_logits(-40.0, 0):.3e}")
    4.248e-18
    """
    z, yes, no, divisor = _checked(logits, targets, weight, pos_weight, reduction)
    return _price(z, yes, no, reduction, divisor)


@np.errstate(all="ignore")
def binary_cross_entropy_with_logits_with_grad(
    logits: ArrayLike,
    targets: ArrayLike,
    *,
    weight: ArrayLike | None = None,
    pos_weight: ArrayLike | None = None,
    reduction: str = "mean",
) -> tuple[Result, FloatArray]:
    """Binary cross-entropy and its gradient dL/dz with respect to the logits.

    Parameters
    ----------
    logits, targets, weight, pos_weight, reduction
        As in `binary_cross_entropy_with_logits`.

    Returns
    -------
    loss : float64 scalar or array
        As from `binary_cross_entropy_with_logits`.
    gradient : ndarray, the shape of ``logits``
        dL/dz of the reduced loss; for "none", of each element's own loss.
        float32 for float32 and float16 logits, else float64.

    Raises
    ------
    TypeError, ValueError
        As `binary_cross_entropy_with_logits`.

    See Also
    --------
    binary_cross_entropy_with_logits

    Notes
    -----
    dL/dz = σ(z) − t, written as (1−t)·σ(z) − t·σ(−z) so that it keeps its
    digits where σ(z) is close to a target of 1.

    Examples
    --------
    >>> from ce_lib import binary_cross_entropy_with_logits_with_grad
    >>> loss, grad = binary_cross_entropy_with_logits_with_grad([40.0, -1.0], [1, 1])
    >>> print([f"{g:.4g}" for g in grad])
    ['-2.124e-18', '-0.3655']
    """
    z, yes, no, divisor = _checked(logits, targets, weight, pos_weight, reduction)
    grad = gradient_array(np.asarray(logits))
    grad[...] = over(_slope(z, no) - _slope(-z, yes), divisor)
    return _price(z, yes, no, reduction, divisor), grad


def _price(
    z: Float64, yes: Float64, no: Float64, reduction: str, divisor: Wide
) -> Result:
    """Return yes·(-log σ(z)) + no·(-log σ(-z)), reduced."""
    if_yes, if_no = _lifted(softplus, -z, yes), _lifted(softplus, z, no)
    if reduction == "none":
        return (times(*if_yes) + times(*if_no))[()]
    terms = [(weights.ravel(), values.ravel()) for weights, values in (if_yes, if_no)]
    return reduced(terms, z.shape, reduction, divisor)


def _slope(z: Float64, weight: Float64) -> Float64:
    """Return weight·σ(z), the slope of weight·(-log σ(-z))."""
    return times(*_lifted(sigmoid_of, z, weight))


def _lifted(
    function: Callable[[Float64], Float64], z: Float64, weight: Float64
) -> tuple[Float64, Float64]:
    """Return weights and values whose product is weight·function(z).

    Far below 0 softplus and sigmoid are exp(z), which runs out of digits, but may not
    once it is weighted. Its square root can be weighted before it is squared.
    """
    lift = np.where(z < FAR, power_of_two(weight), 1.0)
    half = np.exp(z / 2)
    return weight / lift, np.where(z < FAR, half * lift * half, function(z))


def _checked(
    logits: ArrayLike,
    targets: ArrayLike,
    weight: ArrayLike | None,
    pos_weight: ArrayLike | None,
    reduction: str,
) -> tuple[Float64, Float64, Float64, Wide]:
    """Return checked logits, the weights of yes and of no, and the divisor."""
    z = checks.as_float64(logits, "logits")
    checks.refuse(z == np.inf, z, "logits", "expected numbers below +inf")
    t = checks.as_float64(targets, "targets", booleans=True)
    checks.same_shape(z, t, "logits", "targets")
    t = checks.as_probability(t, "targets")
    divisor = count_for(reduction, z.size)
    factor = checks.as_factors(weight, z.shape, "weight")
    yes = factor * checks.as_factors(pos_weight, z.shape, "pos_weight") * t
    return z, yes, factor * (1 - t), divisor

"""Binary losses: yes or no, one logit each."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from ce_lib import checks
from ce_lib._sums import power_of_two, times
from ce_lib.checks import Float64, FloatArray, Result
from ce_lib.losses._elements import (
    Formula,
    Term,
    Weights,
    elements,
    over_elements,
)
from ce_lib.losses._rows import gradient_array
from ce_lib.losses._view import FAR
from ce_lib.numerics import sigmoid_of, softplus

__all__ = [
    "binary_cross_entropy_with_logits",
    "binary_cross_entropy_with_logits_with_grad",
    "sigmoid_focal_loss",
    "sigmoid_focal_loss_with_grad",
]

#: Within these bounds a weighted loss has all its digits, and so has a sum of them.
SAFE_LOW, SAFE_HIGH = 2.0**-900, 2.0**900


def binary_cross_entropy_with_logits(
    logits: ArrayLike,
    targets: ArrayLike,
    *,
    weight: ArrayLike | None = None,
    pos_weight: ArrayLike | None = None,
    ignore_index: float | None = None,
    label_smoothing: float = 0.0,
    reduction: str = "mean",
) -> Result:
    """Cross-entropy of yes-or-no targets, one logit each.

    Parameters
    ----------
    logits : array_like, any shape
        Raw scores z in nats; σ(z) is the probability of yes. -inf means never.
    targets : array_like, the shape of ``logits``
        Probabilities of yes, from 0 to 1, or booleans.
    weight : array_like, optional
        Factors of at least 0, one per element or broadcastable to them.
    pos_weight : array_like, optional
        Factors of at least 0 on the yes term alone, broadcastable likewise.
    ignore_index : float, optional
        Elements with this target count for nothing, whatever their logits.
    label_smoothing : float, default 0.0
        ε from 0 to 1: targets become (1−ε)·t + ε/2.
    reduction : {"mean", "sum", "none"}, default "mean"
        "none" gives one loss per element. "mean" divides by the number of those
        that count, whatever the weights.

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
    batch = elements(logits, targets, weight, pos_weight, ignore_index, label_smoothing)
    return over_elements(batch, _price, reduction)


def binary_cross_entropy_with_logits_with_grad(
    logits: ArrayLike,
    targets: ArrayLike,
    *,
    weight: ArrayLike | None = None,
    pos_weight: ArrayLike | None = None,
    ignore_index: float | None = None,
    label_smoothing: float = 0.0,
    reduction: str = "mean",
) -> tuple[Result, FloatArray]:
    """Binary cross-entropy and its gradient dL/dz with respect to the logits.

    Parameters
    ----------
    logits, targets, weight, pos_weight, ignore_index, label_smoothing, reduction
        As in `binary_cross_entropy_with_logits`.

    Returns
    -------
    loss : float64 scalar or array
        As from `binary_cross_entropy_with_logits`.
    gradient : ndarray, the shape of ``logits``
        dL/dz of the reduced loss; for "none", of each element's own loss.
        float32 for float32 and narrower logits, else float64.

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
    batch = elements(logits, targets, weight, pos_weight, ignore_index, label_smoothing)
    grad = gradient_array(batch.z)
    return over_elements(batch, _price, reduction, grad), grad


def _price(
    z: Float64, t: Float64, weight: Weights, slope: bool
) -> tuple[list[Term], Float64 | None]:
    """Return yes·(-log σ(z)) + no·(-log σ(-z)), yes = weight·t, and its slope."""
    yes, no = t, 1 - t
    if weight is not None:
        yes, no = weight[0] * yes, weight[1] * no
    if len(z) and z.min() > FAR and z.max() < -FAR:
        loss, gradient = _near(z, yes, no, slope)
        low = loss.min()
        if low == 0:
            low = loss[loss > 0].min(initial=1.0)
        if low > SAFE_LOW and loss.max() < SAFE_HIGH:
            return [(None, loss)], gradient
    terms: list[Term] = [_lifted(softplus, -z, yes), _lifted(softplus, z, no)]
    if not slope:
        return terms, None
    gradient = times(*_lifted(sigmoid_of, z, no)) - times(*_lifted(sigmoid_of, -z, yes))
    return terms, gradient


def _near(
    z: Float64, yes: Float64, no: Float64, slope: bool
) -> tuple[Float64, Float64 | None]:
    """Return the same as one number each, where no exponential runs out of digits.

    Both terms share exp(-abs(z)) and log1p of it. Beside it, the one that the logit does
    not favour has abs(z).
    """
    above = np.maximum(z, 0)
    below = above - z
    e = np.exp(-(above + below))
    loss = (yes + no) * np.log1p(e)
    loss += yes * below
    loss += no * above
    if not slope:
        return loss, None
    return loss, np.where(z >= 0, no - yes * e, no * e - yes) / (1 + e)


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


def sigmoid_focal_loss(
    logits: ArrayLike,
    targets: ArrayLike,
    *,
    alpha: float = 0.25,
    gamma: float = 2.0,
    ignore_index: float | None = None,
    reduction: str = "none",
) -> Result:
    """Focal loss of yes-or-no targets, one logit each.

    Parameters
    ----------
    logits : array_like, any shape
        Raw scores z in nats; σ(z) is the probability of yes. -inf means never.
    targets : array_like, the shape of ``logits``
        Probabilities of yes, from 0 to 1, or booleans.
    alpha : float, default 0.25
        Weight α of yes, from 0 to 1; no weighs 1 − α. −1 weighs neither.
    gamma : float, default 2.0
        Focusing exponent γ, at least 0; 0 gives the weighted cross-entropy.
    ignore_index : float, optional
        Elements with this target count for nothing, whatever their logits.
    reduction : {"mean", "sum", "none"}, default "none"
        "none" gives one loss per element. "mean" divides by the number of those
        that count.

    Returns
    -------
    float64 array of the shape of ``logits``, or a scalar if it is reduced
        In nats, at least 0.

    Raises
    ------
    TypeError
        If an argument is not real.
    ValueError
        If a logit is NaN or +inf, a target lies outside [0, 1], shapes differ, α
        or γ is out of range, or a mean has nothing to average.

    See Also
    --------
    sigmoid_focal_loss_with_grad : the gradient too.
    focal_loss : K classes.
    binary_cross_entropy_with_logits

    Notes
    -----
    α_t·m^γ·CE, with the cross-entropy CE, the miss m = t·σ(−z) + (1−t)·σ(z) and
    α_t = α·t + (1−α)·(1−t). Names, meanings and defaults are those of
    torchvision's ``sigmoid_focal_loss``. Not a proper score. (Lin, Goyal, Girshick,
    He and Dollár, Focal Loss for Dense Object Detection, 2017.)

    Examples
    --------
    >>> from ce_lib import sigmoid_focal_loss
    >>> print(sigmoid_focal_loss([2.0, -1.0], [1, 1]).round(7))
    [0.0004509 0.1754671]
    """
    batch = elements(logits, targets, ignore_index=ignore_index)
    return over_elements(batch, _focal(alpha, gamma), reduction)


def sigmoid_focal_loss_with_grad(
    logits: ArrayLike,
    targets: ArrayLike,
    *,
    alpha: float = 0.25,
    gamma: float = 2.0,
    ignore_index: float | None = None,
    reduction: str = "none",
) -> tuple[Result, FloatArray]:
    """Focal loss of yes-or-no targets and its gradient dL/dz.

    Parameters
    ----------
    logits, targets, alpha, gamma, ignore_index, reduction
        As in `sigmoid_focal_loss`.

    Returns
    -------
    loss : float64 array or scalar
        As from `sigmoid_focal_loss`.
    gradient : ndarray, the shape of ``logits``
        dL/dz of the reduced loss; for "none", of each element's own loss.
        float32 for float32 and narrower logits, else float64.

    Raises
    ------
    TypeError, ValueError
        As `sigmoid_focal_loss`.

    See Also
    --------
    sigmoid_focal_loss

    Notes
    -----
    α_t·m^γ·(σ(z) − t + γ·(CE/m)·(1−2t)·σ(z)·σ(−z)). CE/m tends to 1 as the miss m
    goes to 0, so the gradient is finite for every γ.

    Examples
    --------
    >>> from ce_lib import sigmoid_focal_loss_with_grad
    >>> loss, grad = sigmoid_focal_loss_with_grad([2.0, -1.0], [1, 1])
    >>> print(grad.round(6))
    [-0.001218 -0.192059]
    """
    batch = elements(logits, targets, ignore_index=ignore_index)
    grad = gradient_array(batch.z)
    return over_elements(batch, _focal(alpha, gamma), reduction, grad), grad


def _focal(alpha: float, gamma: float) -> Formula:
    """Return the focal loss as a formula for some logits."""
    gamma = checks.as_number(gamma, "gamma", low=0)
    alpha = checks.as_number(alpha, "alpha", low=-1, high=1)
    if -1 < alpha < 0:
        raise ValueError(f"alpha: expected 0 to 1, or -1 for no weights, got {alpha}")

    def focal(
        z: Float64, t: Float64, weight: Weights, slope: bool
    ) -> tuple[list[Term], Float64 | None]:
        """Return weight·α_t·m^γ·CE and its slope."""
        yes, no = sigmoid_of(z), sigmoid_of(-z)
        price = times(t, softplus(-z)) + times(1 - t, softplus(z))
        miss = t * no + (1 - t) * yes
        focus = miss**gamma
        if alpha >= 0:
            focus *= alpha * t + (1 - alpha) * (1 - t)
        if weight is not None:  # 0 for what is ignored
            focus *= weight[0]
        loss = times(focus, price)
        if not slope:
            return [(None, loss)], None
        steepness = np.where(miss > 0, price / miss, 1.0)  # 1 at a miss of 0
        bend = gamma * (1 - 2 * t) * times(yes * no, steepness)
        return [(None, loss)], focus * ((1 - t) * yes - t * no + bend)

    return focal

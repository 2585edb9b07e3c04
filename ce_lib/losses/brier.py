"""Brier loss: the squared distance of a softmax from the truth."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ce_lib.checks import Float64, FloatArray, Result
from ce_lib.losses._rows import batch_of, gradient_array, over_rows
from ce_lib.losses._view import one_against_rest

__all__ = ["brier_loss", "brier_loss_with_grad"]


def brier_loss(
    logits: ArrayLike,
    targets: ArrayLike,
    *,
    ignore_index: int | None = -100,
    reduction: str = "mean",
    axis: int = -1,
) -> Result:
    """Brier loss Σ_k (q_k − t_k)² of the softmax q of the logits.

    Parameters
    ----------
    logits : array_like, ``(..., K)``
        Raw scores z in nats. -inf makes a class impossible.
    targets : array_like, ``(...)`` of int or ``(..., K)`` of float
        Class indices y from 0 to K−1, for which t_k = [k = y]; or one distribution
        t per row, which booleans may be.
    ignore_index : int or None, default -100
        Rows with this class index count for nothing, whatever their logits; None
        ignores none.
    reduction : {"mean", "sum", "none"}, default "mean"
        "none" gives one loss per row. "mean" divides by the number of rows that
        count.
    axis : int, default -1
        The class axis of the logits, and of probability targets.

    Returns
    -------
    float64 scalar, or array ``(...)`` for reduction "none"
        From 0 to 2: the sum over all classes, without a unit.

    Raises
    ------
    TypeError, ValueError
        As `softmax_cross_entropy`.

    See Also
    --------
    brier_loss_with_grad : the gradient too.
    brier_score : the same from probabilities.

    Notes
    -----
    G. W. Brier, Verification of Forecasts Expressed in Terms of Probability,
    1950.

    Examples
    --------
    >>> import numpy as np
    >>> from ce_lib import brier_loss
    >>> print(f"{brier_loss(np.log([0.7, 0.1, 0.1, 0.1]), 0):.2f}")
    0.12
    """
    batch = batch_of(logits, targets, None, ignore_index, 0.0, axis)
    return over_rows(batch, _brier, reduction)


def brier_loss_with_grad(
    logits: ArrayLike,
    targets: ArrayLike,
    *,
    ignore_index: int | None = -100,
    reduction: str = "mean",
    axis: int = -1,
) -> tuple[Result, FloatArray]:
    """Brier loss and its gradient dL/dz with respect to the logits.

    Parameters
    ----------
    logits, targets, ignore_index, reduction, axis
        As in `brier_loss`.

    Returns
    -------
    loss : float64 scalar or array
        As from `brier_loss`.
    gradient : ndarray, the shape of ``logits``
        dL/dz. float32 for float32 and narrower logits, else float64.

    Raises
    ------
    TypeError, ValueError
        As `brier_loss`.

    See Also
    --------
    brier_loss
    softmax_cross_entropy_with_grad : its gradient does not fade when wrong.

    Notes
    -----
    dL/dz_j = 2 q_j (q_j − t_j − Σ_k q_k (q_k − t_k)), by the chain rule through
    dq_k/dz_j = q_k ([k = j] − q_j). Where wrong classes are nearly level, or q is
    close to a soft target, this is a difference of nearly equal numbers, and fewer
    digits are right.

    Examples
    --------
    A sure and wrong prediction: the gradient has nearly vanished.

    >>> from ce_lib import brier_loss_with_grad, softmax_cross_entropy_with_grad
    >>> z = [0.0, 5.0, 0.0, 0.0]
    >>> print(f"{brier_loss_with_grad(z, 0)[1][0]:.7f}")
    -0.0257268
    >>> print(f"{softmax_cross_entropy_with_grad(z, 0)[1][0]:.6f}")
    -0.993396
    """
    batch = batch_of(logits, targets, None, ignore_index, 0.0, axis)
    grad = gradient_array(batch.z, axis)
    return over_rows(batch, _brier, reduction, np.moveaxis(grad, axis, -1)), grad


def _brier(z: NDArray[Any], y: NDArray[Any], lift: Float64) -> tuple[Float64, Float64]:
    """Return the loss of each row and its gradient, from q_y - 1 = -miss."""
    if y.ndim == 2:
        return _brier_of_mixture(z, y, lift)
    view = one_against_rest(z, y)
    q, hit, miss = view.others, view.hit[:, None], view.miss[:, None]
    loss = view.miss**2 + (q**2).sum(axis=1)
    # 2 q_j (q_j + hit·miss - Σq²), the sum over the others
    gradient = q + (hit * miss - (q**2).sum(axis=1, keepdims=True))
    # For the largest q_j that difference cancels when q_j is near 1. But q_j - q_j² is
    # q_j times all the others' probability, which leaves only terms of at least 0.
    top = q.max(axis=1, keepdims=True)
    ahead = hit * (miss + q) + (q * (top - q)).sum(axis=1, keepdims=True)
    gradient = 2 * q * np.where(q == top, ahead, gradient)
    gradient[np.arange(len(y)), y] = -2 * view.hit * loss
    return lift * loss, lift[:, None] * gradient


def _brier_of_mixture(
    z: NDArray[Any], t: Float64, lift: Float64
) -> tuple[Float64, Float64]:
    """Return Σ (q_k - t_k)² of each row and its gradient, times ``lift``.

    The largest q, seen as 1 - miss, keeps the digits of its own difference. With the
    differences d the gradient is 2 q_j Σ_k q_k (d_j - d_k).
    """
    i, top = np.arange(len(z)), z.argmax(axis=1)
    view = one_against_rest(z, top)
    q, d = view.others, view.others - t
    d[i, top] = own = (1 - t[i, top]) - view.miss
    others = (q * d).sum(axis=1)  # q is 0 at the top
    gradient = 2 * q * (d - (view.hit * own + others)[:, None])
    gradient[i, top] = 2 * view.hit * (view.miss * own - others)
    return lift * (d**2).sum(axis=1), lift[:, None] * gradient

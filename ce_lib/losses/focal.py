"""Focal loss: cross-entropy that eases off where the prediction is right."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ce_lib import checks
from ce_lib._sums import times
from ce_lib.checks import Float64, FloatArray, IntArray, Result
from ce_lib.losses._rows import (
    Batch,
    Formula,
    batch_of_classes,
    gradient_array,
    over_rows,
)
from ce_lib.losses._view import one_against_rest

__all__ = ["focal_loss", "focal_loss_with_grad"]


def focal_loss(
    logits: ArrayLike,
    targets: ArrayLike,
    *,
    gamma: float = 2.0,
    alpha: ArrayLike | None = None,
    reduction: str = "mean",
) -> Result:
    """Focal loss −α_y (1 − p_y)^γ log p_y: cross-entropy that eases off early.

    Parameters
    ----------
    logits : array_like, ``(..., K)``
        Raw scores z in nats. -inf makes a class impossible.
    targets : array_like of int, ``(...)``
        Class indices from 0 to K−1.
    gamma : float, default 2.0
        Focusing exponent γ, at least 0; 0 gives the cross-entropy.
    alpha : array_like, ``(K,)``, optional
        One factor of at least 0 per class. (One factor for all would only
        rescale the loss.)
    reduction : {"mean", "sum", "none"}, default "mean"
        "none" gives one loss per row. "mean" divides by the number of rows.

    Returns
    -------
    float64 scalar, or array ``(...)`` for reduction "none"
        In nats, at least 0.

    Raises
    ------
    TypeError, ValueError
        As `softmax_cross_entropy`; also for a negative γ.

    See Also
    --------
    focal_loss_with_grad : the gradient too.
    softmax_cross_entropy

    Notes
    -----
    Not a proper score: its expectation is not smallest at the true
    probabilities. (Lin, Goyal, Girshick, He and Dollár, Focal Loss for Dense
    Object Detection, 2017.)

    Examples
    --------
    >>> from ce_lib import focal_loss
    >>> print(f"{focal_loss([[2, 1, 0.5], [0.5, 2.5, 1]], [0, 1]):.7f}")
    0.0427046
    """
    batch = batch_of_classes(logits, targets)
    return over_rows(batch, _formula(batch, gamma, alpha), reduction)


def focal_loss_with_grad(
    logits: ArrayLike,
    targets: ArrayLike,
    *,
    gamma: float = 2.0,
    alpha: ArrayLike | None = None,
    reduction: str = "mean",
) -> tuple[Result, FloatArray]:
    """Focal loss and its gradient dL/dz with respect to the logits.

    Parameters
    ----------
    logits, targets, gamma, alpha, reduction
        As in `focal_loss`.

    Returns
    -------
    loss : float64 scalar or array
        As from `focal_loss`.
    gradient : ndarray, the shape of ``logits``
        dL/dz, finite for every γ. float32 for float32 and float16 logits,
        else float64.

    Raises
    ------
    TypeError, ValueError
        As `focal_loss`.

    See Also
    --------
    focal_loss

    Notes
    -----
    With u = 1 − p_y: dL/dz_y = −α u^γ (u − γ p_y log p_y), and each other class
    takes back its share p_j/u of it. The power of u is never negative, so a
    perfect prediction has the gradient 0 even for γ below 1, where going
    through dL/dp divides by 0.

    Examples
    --------
    >>> from ce_lib import focal_loss_with_grad
    >>> loss, grad = focal_loss_with_grad([800.0, 0.0, 0.0], 0, gamma=0.5)
    >>> print(loss, abs(grad).max())
    0.0 0.0
    """
    batch = batch_of_classes(logits, targets)
    grad = gradient_array(batch.z)
    return over_rows(batch, _formula(batch, gamma, alpha), reduction, grad), grad


def _formula(batch: Batch, gamma: float, alpha: ArrayLike | None) -> Formula:
    """Return the focal loss as a formula for some rows."""
    gamma = checks.as_number(gamma, "gamma", low=0)
    k = batch.z.shape[-1]
    a = np.ones(k) if alpha is None else checks.as_weight(alpha, k, "alpha")

    def focal(z: NDArray[Any], y: IntArray, lift: Float64) -> tuple[Float64, Float64]:
        """Return α u^γ (-log p_y) with u = 1 - p_y, and its gradient.

        It is that of the cross-entropy times α u^γ (1 + γ p_y (-log p_y) / u).
        """
        view = one_against_rest(z, y)
        focus = lift * a[y] * view.miss**gamma
        steepness = np.where(view.miss > 0, view.nll / view.miss, 1.0)  # 1 at p_y = 1
        slope = focus * (1 + gamma * times(view.hit, steepness))
        gradient = slope[:, None] * view.others
        gradient[np.arange(len(y)), y] = -slope * view.miss
        return times(focus, view.nll), gradient

    return focal

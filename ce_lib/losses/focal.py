"""Focal loss: cross-entropy that eases off where the prediction is right."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ce_lib import checks
from ce_lib._sums import times
from ce_lib.checks import Float64, FloatArray, Result
from ce_lib.losses._mixture import slope_of_mixture
from ce_lib.losses._rows import (
    Batch,
    Formula,
    batch_of,
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
    ignore_index: int | None = -100,
    reduction: str = "mean",
    axis: int = -1,
) -> Result:
    """Focal loss −Σ t α (1 − q)^γ log q: cross-entropy that eases off early.

    Parameters
    ----------
    logits : array_like, ``(..., K)``
        Raw scores z in nats. -inf makes a class impossible.
    targets : array_like, ``(...)`` of int or ``(..., K)`` of float
        Class indices y from 0 to K−1, for which the sum is its one term at y; or
        one distribution t per row, which booleans may be.
    gamma : float, default 2.0
        Focusing exponent γ, at least 0; 0 gives the cross-entropy.
    alpha : array_like, ``(K,)``, optional
        One factor of at least 0 per class. (One factor for all would only
        rescale the loss.)
    ignore_index : int or None, default -100
        Rows with this class index count for nothing, whatever their logits; None
        ignores none.
    reduction : {"mean", "sum", "none"}, default "mean"
        "none" gives one loss per row. "mean" divides by the number of rows that
        count, whatever α.
    axis : int, default -1
        The class axis of the logits, and of probability targets.

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
    sigmoid_focal_loss : one logit each.
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
    batch = _batch(logits, targets, alpha, ignore_index, axis)
    return over_rows(batch, _formula(gamma), reduction)


def focal_loss_with_grad(
    logits: ArrayLike,
    targets: ArrayLike,
    *,
    gamma: float = 2.0,
    alpha: ArrayLike | None = None,
    ignore_index: int | None = -100,
    reduction: str = "mean",
    axis: int = -1,
) -> tuple[Result, FloatArray]:
    """Focal loss and its gradient dL/dz with respect to the logits.

    Parameters
    ----------
    logits, targets, gamma, alpha, ignore_index, reduction, axis
        As in `focal_loss`.

    Returns
    -------
    loss : float64 scalar or array
        As from `focal_loss`.
    gradient : ndarray, the shape of ``logits``
        dL/dz, finite for every γ. float32 for float32 and narrower logits,
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
    With u = 1 − q_y: dL/dz_y = −α u^γ (u − γ q_y log q_y), and each other class
    takes back its share q_j/u of it. The power of u is never negative, so a
    perfect prediction has the gradient 0 even for γ below 1, where going
    through dL/dp divides by 0.

    Examples
    --------
    >>> from ce_lib import focal_loss_with_grad
    >>> loss, grad = focal_loss_with_grad([800.0, 0.0, 0.0], 0, gamma=0.5)
    >>> print(loss, abs(grad).max())
    0.0 0.0
    """
    batch = _batch(logits, targets, alpha, ignore_index, axis)
    grad = gradient_array(batch.z, axis)
    moved = np.moveaxis(grad, axis, -1)
    return over_rows(batch, _formula(gamma), reduction, moved), grad


def _batch(
    logits: ArrayLike,
    targets: ArrayLike,
    alpha: ArrayLike | None,
    ignore_index: int | None,
    axis: int,
) -> Batch:
    """Return a checked batch weighted by α, whose mean counts rows all the same."""
    batch = batch_of(logits, targets, None, ignore_index, 0.0, axis)
    if alpha is not None:
        alpha = checks.as_weight(alpha, batch.z.shape[-1], "alpha")
    return batch._replace(weight=alpha, by_weight=False)


def _formula(gamma: float) -> Formula:
    """Return the focal loss as a formula for some rows."""
    gamma = checks.as_number(gamma, "gamma", low=0)

    def focal(
        z: NDArray[Any], t: NDArray[Any], lift: Float64
    ) -> tuple[Float64, Float64]:
        """Return u^γ (-log q_y) with u = 1 - q_y, and its gradient, times ``lift``.

        It is that of the cross-entropy times u^γ (1 + γ q_y (-log q_y) / u).
        """
        if t.ndim == 2:
            return _mixture(z, t, lift, gamma)
        view = one_against_rest(z, t)
        focus = lift * view.miss**gamma
        slope = focus * _steepness(view.hit, view.miss, view.nll, gamma)
        gradient = slope[:, None] * view.others
        gradient[np.arange(len(t)), t] = -slope * view.miss
        return times(focus, view.nll), gradient

    return focal


def _mixture(
    z: NDArray[Any], a: Float64, lift: Float64, gamma: float
) -> tuple[Float64, Float64]:
    """Return Σ a_k u_k^γ (-log q_k) of each row, and its gradient, times ``lift``.

    The gradient is that of a cross-entropy whose targets are a_k times the same factor.
    Every q but the largest is at most 1/2, so that 1 - q is there to be had.
    """
    i, top = np.arange(len(z)), z.argmax(axis=1)
    z = z.astype(np.float64)
    view = one_against_rest(z, top)
    q, nll = view.others.copy(), (z[i, top][:, None] - z) + view.nll[:, None]
    q[i, top] = view.hit
    miss = 1 - q
    miss[i, top] = view.miss
    focus = a * miss**gamma
    loss = times(focus, nll).sum(axis=1)
    slope = slope_of_mixture(view, top, focus * _steepness(q, miss, nll, gamma))
    return lift * loss, lift[:, None] * slope


def _steepness(q: Float64, miss: Float64, nll: Float64, gamma: float) -> Float64:
    """Return 1 + γ q (-log q) / (1 - q), where the quotient is 1 at q = 1."""
    return 1 + gamma * times(q, np.where(miss > 0, nll / miss, 1.0))

"""Softmax cross-entropy: the loss nearly every classifier is trained with."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ce_lib import checks
from ce_lib._sums import exact_sum, power_of_two, times
from ce_lib.checks import Float64, FloatArray, Result
from ce_lib.losses import _blocks
from ce_lib.losses._mixture import slope_of_mixture
from ce_lib.losses._rows import batch_of, gradient_array, over_rows
from ce_lib.losses._view import one_against_rest

__all__ = ["perplexity", "softmax_cross_entropy", "softmax_cross_entropy_with_grad"]


def softmax_cross_entropy(
    logits: ArrayLike,
    targets: ArrayLike,
    *,
    weight: ArrayLike | None = None,
    ignore_index: int | None = -100,
    label_smoothing: float = 0.0,
    reduction: str = "mean",
    axis: int = -1,
) -> Result:
    """Cross-entropy −Σ t log softmax(z) between targets and logits.

    Parameters
    ----------
    logits : array_like, ``(..., K)``
        Raw scores z in nats, no softmax applied. -inf makes a class impossible.
    targets : array_like, ``(...)`` of int or ``(..., K)`` of float
        Class indices from 0 to K−1, or one distribution per row, which booleans
        may be.
    weight : array_like, ``(K,)``, optional
        One factor of at least 0 per class, on its term of the sum.
    ignore_index : int or None, default -100
        Rows with this class index count for nothing, whatever their logits; None
        ignores none.
        With probability targets there is no index to ignore.
    label_smoothing : float, default 0.0
        ε from 0 to 1: targets become (1−ε)·t + ε/K.
    reduction : {"mean", "sum", "none"}, default "mean"
        "none" gives one loss per row. "mean" divides their sum by the sum of
        the weights of the target classes for index targets (by the number of
        rows that count, if there are no weights), and by the number of rows for
        probability targets.
    axis : int, default -1
        The class axis of the logits, and of probability targets. Where it is not
        the last one, rows are copied a block at a time.

    Returns
    -------
    float64 scalar, or array ``(...)`` for reduction "none"
        In nats, at least 0; inf when a class with a target is impossible.

    Raises
    ------
    TypeError
        If an argument has the wrong kind of numbers.
    ValueError
        If a row of logits holds NaN or +inf or only -inf, a target is no class
        or no distribution, a weight or the smoothing is out of range, an
        ``ignore_index`` of 0 or more meets probability targets, shapes do not
        fit, or a mean has nothing to average.

    See Also
    --------
    softmax_cross_entropy_with_grad : the gradient too.
    binary_cross_entropy_with_logits : two classes, one logit.
    cross_entropy : the same quantity from probabilities.

    Notes
    -----
    For an index target −log q_y is log1p(Σ_{j≠y} exp(z_j − z_y)). Leaving
    the target out of the sum keeps the digits of a small loss. (Goodfellow,
    Bengio and Courville, Deep Learning, sections 4.1 and 6.2.2.)

    Examples
    --------
    A sure and right prediction. The truth is ln(1 + 2·exp(−100)) = 7.44e-44:

    >>> import numpy as np
    >>> from ce_lib import softmax_cross_entropy
    >>> z = np.array([100.0, 0.0, 0.0])
    >>> print(np.log(np.exp(z).sum()) - z[0])  # naive
    0.0
    >>> print(f"{softmax_cross_entropy(z, 0):.4g}")
    7.44e-44

    A batch with one row to ignore:

    >>> from ce_lib import softmax_cross_entropy
    >>> z = [[2, 1, 0.5], [0.5, 2.5, 1], [9, 9, 9]]
    >>> print(f"{softmax_cross_entropy(z, [0, 1, -100]):.6f}")
    0.385362
    """
    batch = batch_of(logits, targets, weight, ignore_index, label_smoothing, axis)
    return over_rows(batch, price, reduction, fast=_blocks.cross_entropy)


def softmax_cross_entropy_with_grad(
    logits: ArrayLike,
    targets: ArrayLike,
    *,
    weight: ArrayLike | None = None,
    ignore_index: int | None = -100,
    label_smoothing: float = 0.0,
    reduction: str = "mean",
    axis: int = -1,
    out: FloatArray | None = None,
) -> tuple[Result, FloatArray]:
    """Cross-entropy and its gradient dL/dz with respect to the logits.

    Parameters
    ----------
    logits, targets, weight, ignore_index, label_smoothing, reduction, axis
        As in `softmax_cross_entropy`.
    out : ndarray, the shape of ``logits``, optional
        Where to write the gradient: C-contiguous, float32 for float32 (and
        narrower) logits and float64 otherwise, not overlapping the logits.
        Rows are written as they are computed: after an error it may be half filled.

    Returns
    -------
    loss : float64 scalar or array
        As from `softmax_cross_entropy`, but perhaps for the last digit: the sums that a float64
        gradient needs have more digits.
    gradient : ndarray, the shape of ``logits``
        dL/dz of the reduced loss. For "none", row i holds the gradient of
        loss i. float32 for float32 and narrower logits, else float64.

    Raises
    ------
    TypeError, ValueError
        As `softmax_cross_entropy`; also if ``out`` does not fit.

    See Also
    --------
    softmax_cross_entropy

    Notes
    -----
    dL/dz = q − t for a target t that sums to 1: prediction minus truth. At the
    target class q − 1 would cancel, so it is computed as minus the sum of the
    other classes' exponentials over all.

    Examples
    --------
    >>> from ce_lib import softmax_cross_entropy_with_grad
    >>> loss, grad = softmax_cross_entropy_with_grad([2.0, 1.0, 0.5], 0)
    >>> print(f"{loss:.6f}", grad.round(6))
    0.464369 [-0.371468  0.231224  0.140244]

    The naive gradient is blind where the target leads by 40:

    >>> from ce_lib import softmax, softmax_cross_entropy_with_grad
    >>> print(softmax([40.0, 0.0])[0] - 1)  # naive
    0.0
    >>> _, grad = softmax_cross_entropy_with_grad([40.0, 0.0], 0)
    >>> print(f"{grad[0]:.4e}")
    -4.2484e-18
    """
    batch = batch_of(logits, targets, weight, ignore_index, label_smoothing, axis)
    grad = gradient_array(
        batch.z, axis, out, logits=batch.z, targets=batch.t, weight=batch.weight
    )
    moved = np.moveaxis(grad, axis, -1)
    loss = over_rows(batch, price, reduction, moved, fast=_blocks.cross_entropy)
    return loss, grad


def perplexity(
    logits: ArrayLike,
    targets: ArrayLike,
    *,
    ignore_index: int | None = -100,
    axis: int = -1,
) -> Result:
    """Perplexity exp(CE): how many equally likely classes cost as much.

    Parameters
    ----------
    logits : array_like, ``(..., K)``
        Raw scores z in nats, no softmax applied. -inf makes a class impossible.
    targets : array_like, ``(...)`` of int or ``(..., K)`` of float
        Class indices from 0 to K−1, or one distribution per row.
    ignore_index : int or None, default -100
        Rows with this class index count for nothing; None ignores none.
    axis : int, default -1
        The class axis.

    Returns
    -------
    float64 scalar
        At least 1; K for uniform predictions; inf when a target is impossible.

    Raises
    ------
    TypeError, ValueError
        As `softmax_cross_entropy` with its mean.

    See Also
    --------
    softmax_cross_entropy : its mean over the rows that count is the exponent.
    log_score : from probabilities; its exponential is their perplexity.

    Notes
    -----
    The unit of the exponent makes no difference: e to the nats is 2 to the bits.
    (Jelinek, Mercer, Bahl and Baker, Perplexity, 1977.)

    Examples
    --------
    >>> import numpy as np
    >>> from ce_lib import perplexity
    >>> print(f"{perplexity(np.zeros((3, 4)), [0, 1, 2]):.6f}")
    4.000000
    """
    try:
        loss = softmax_cross_entropy(
            logits, targets, ignore_index=ignore_index, axis=axis
        )
    except checks.NothingToAverage as nothing:  # there is no sum to offer
        raise ValueError(
            f"targets: expected at least one row that counts, got {nothing.came}; "
            "over none there is no perplexity"
        ) from None
    with np.errstate(over="ignore"):
        return np.exp(loss)


def price(z: NDArray[Any], t: NDArray[Any], lift: Float64) -> tuple[Float64, Float64]:
    """Return -log q_y of each row and its gradient q_j - [j = y], times ``lift``."""
    if t.ndim == 2:
        return _price_of_mixture(z, t, lift)
    view = one_against_rest(z, t, lift)
    gradient = view.others
    gradient[np.arange(len(t)), t] = -view.miss
    return view.nll, gradient


def _price_of_mixture(
    z: NDArray[Any], a: Float64, lift: Float64
) -> tuple[Float64, Float64]:
    """Return Σ a_k·(-log q_k) of each row and its gradient Σa·q_j - a_j.

    Seen from the row's largest logit, -log q_k = (z_max - z_k) - log q_max is a sum of
    two numbers that are never negative, so nothing cancels.
    """
    i, top = np.arange(len(z)), z.argmax(axis=1)
    z = z.astype(np.float64)
    below = z[i, top][:, None] - z
    whole = exact_sum(a)
    inner = power_of_two(whole)  # as a large sum lifts what is small
    view = one_against_rest(z, top, inner)
    loss = exact_sum(times(a, below)) + whole / inner * view.nll
    return lift * loss, lift[:, None] * slope_of_mixture(view, top, a, inner)

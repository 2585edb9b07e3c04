"""Softmax cross-entropy: the loss nearly every classifier is trained with."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ce_lib import checks
from ce_lib._sums import exact_sum, power_of_two, times
from ce_lib.checks import Float64, FloatArray, Result
from ce_lib.losses import _blocks
from ce_lib.losses._rows import Batch, gradient_array, over_rows
from ce_lib.losses._view import one_against_rest

__all__ = ["softmax_cross_entropy", "softmax_cross_entropy_with_grad"]


def softmax_cross_entropy(
    logits: ArrayLike,
    targets: ArrayLike,
    *,
    weight: ArrayLike | None = None,
    ignore_index: int = -100,
    label_smoothing: float = 0.0,
    reduction: str = "mean",
) -> Result:
    """Cross-entropy −Σ t log softmax(z) between targets and logits.

    Parameters
    ----------
    logits : array_like, ``(..., K)``
        Raw scores z in nats, no softmax applied. -inf makes a class impossible.
    targets : array_like, ``(...)`` of int or ``(..., K)`` of float
        Class indices from 0 to K−1, or one distribution per row.
    weight : array_like, ``(K,)``, optional
        One factor of at least 0 per class, on its term of the sum.
    ignore_index : int, default -100
        Rows with this class index count for nothing, whatever their logits.
        With probability targets there is no index to ignore.
    label_smoothing : float, default 0.0
        ε from 0 to 1: targets become (1−ε)·t + ε/K.
    reduction : {"mean", "sum", "none"}, default "mean"
        "none" gives one loss per row. "mean" divides their sum by the sum of
        the weights of the target classes for index targets (by the number of
        rows that count, if there are no weights), and by the number of rows for
        probability targets.

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
    For an index target, −log p_y = log1p(Σ_{j≠y} exp(z_j) / exp(z_y)). Leaving
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

    >>> z = [[2, 1, 0.5], [0.5, 2.5, 1], [9, 9, 9]]
    >>> print(f"{softmax_cross_entropy(z, [0, 1, -100]):.6f}")
    0.385362
    """
    batch = _checked(logits, targets, weight, ignore_index, label_smoothing)
    return over_rows(batch, _price, reduction, fast=_blocks.cross_entropy)


def softmax_cross_entropy_with_grad(
    logits: ArrayLike,
    targets: ArrayLike,
    *,
    weight: ArrayLike | None = None,
    ignore_index: int = -100,
    label_smoothing: float = 0.0,
    reduction: str = "mean",
    out: FloatArray | None = None,
) -> tuple[Result, FloatArray]:
    """Cross-entropy and its gradient dL/dz with respect to the logits.

    Parameters
    ----------
    logits, targets, weight, ignore_index, label_smoothing, reduction
        As in `softmax_cross_entropy`.
    out : ndarray, the shape of ``logits``, optional
        Where to write the gradient: C-contiguous, float32 for float32 (and
        float16) logits and float64 otherwise, not overlapping the logits.

    Returns
    -------
    loss : float64 scalar or array
        As from `softmax_cross_entropy`.
    gradient : ndarray, the shape of ``logits``
        dL/dz of the reduced loss. For "none", row i holds the gradient of
        loss i. float32 for float32 and float16 logits, else float64.

    Raises
    ------
    TypeError, ValueError
        As `softmax_cross_entropy`; also if ``out`` does not fit.

    See Also
    --------
    softmax_cross_entropy

    Notes
    -----
    dL/dz = p − t for a target t that sums to 1: prediction minus truth. At the
    target class p − 1 would cancel, so it is computed as minus the sum of the
    other classes' exponentials over all.

    Examples
    --------
    >>> from ce_lib import softmax, softmax_cross_entropy_with_grad
    >>> loss, grad = softmax_cross_entropy_with_grad([2.0, 1.0, 0.5], 0)
    >>> print(f"{loss:.6f}", grad.round(6))
    0.464369 [-0.371468  0.231224  0.140244]

    The naive gradient is blind where the target leads by 40:

    >>> print(softmax([40.0, 0.0])[0] - 1)  # naive
    0.0
    >>> _, grad = softmax_cross_entropy_with_grad([40.0, 0.0], 0)
    >>> print(f"{grad[0]:.4e}")
    -4.2484e-18
    """
    batch = _checked(logits, targets, weight, ignore_index, label_smoothing)
    grad = gradient_array(
        batch.z, out, logits=batch.z, targets=batch.t, weight=batch.weight
    )
    loss = over_rows(batch, _price, reduction, grad, fast=_blocks.cross_entropy)
    return loss, grad


def _price(z: NDArray[Any], t: NDArray[Any], lift: Float64) -> tuple[Float64, Float64]:
    """Return -log p_y of each row and its gradient p_j - [j = y], times ``lift``."""
    if t.ndim == 2:
        return _price_of_mixture(z, t, lift)
    view = one_against_rest(z, t, lift)
    gradient = view.others
    gradient[np.arange(len(t)), t] = -view.miss
    return view.nll, gradient


def _price_of_mixture(
    z: NDArray[Any], a: Float64, lift: Float64
) -> tuple[Float64, Float64]:
    """Return Σ a_k·(-log p_k) of each row and its gradient Σa·p_j - a_j.

    Seen from the row's largest logit, -log p_k = (z_max - z_k) - log p_max is a sum of
    two numbers that are never negative, so nothing cancels.
    """
    i, top = np.arange(len(z)), z.argmax(axis=1)
    z = z.astype(np.float64)
    below = z[i, top][:, None] - z
    whole = exact_sum(a)
    inner = power_of_two(whole)  # as a large sum lifts what is small
    view = one_against_rest(z, top, inner)
    share = whole / inner
    loss = exact_sum(times(a, below)) + share * view.nll
    gradient = share[:, None] * view.others - a
    # At the top p - 1 = -miss: what the other targets have there, less what p lacks.
    a_top = a[i, top]
    a[i, top] = 0.0
    gradient[i, top] = exact_sum(a) * view.hit - a_top / inner * view.miss
    return lift * loss, lift[:, None] * gradient


def _checked(
    logits: ArrayLike,
    targets: ArrayLike,
    weight: ArrayLike | None,
    ignore_index: int,
    label_smoothing: float,
) -> Batch:
    """Check all arguments but the values of the logits and the targets."""
    z, t = checks.as_logits(logits), checks.as_array(targets, "targets")
    if type(ignore_index) is not int:
        ignore_index = checks.as_count(ignore_index, "ignore_index", low=-(2**63))
    if type(label_smoothing) is not float or label_smoothing:
        label_smoothing = checks.as_number(
            label_smoothing, "label_smoothing", low=0, high=1
        )
    w = None if weight is None else checks.as_weight(weight, z.shape[-1])
    _check_targets(z, t, ignore_index)
    return Batch(z, t, w, ignore_index, label_smoothing)


def _check_targets(z: NDArray[Any], t: NDArray[Any], ignore_index: int) -> None:
    """Refuse targets whose shape or kind fits neither of the two forms."""
    if t.ndim == z.ndim and (checks.is_floating(t) or t.dtype.kind == "b"):
        checks.same_shape(z, t, "logits", "targets")
        if ignore_index >= 0:
            raise ValueError(
                "ignore_index: expected a negative one with probability targets, "
                f"which have no index to ignore, got {ignore_index}"
            )
    elif t.shape != z.shape[:-1]:
        if t.shape == z.shape:
            raise TypeError(
                f"targets: expected class indices of shape {z.shape[:-1]} or floating "
                f"probabilities of shape {z.shape}, got {t.dtype} of shape {t.shape}; "
                f"targets.astype(float) makes one-hot rows of 0 and 1 probabilities"
            )
        raise ValueError(
            f"targets: expected shape {z.shape[:-1]} for class indices or {z.shape} "
            f"for probabilities to go with logits of shape {z.shape}, "
            f"got shape {t.shape}"
        )

"""Losses from logits: softmax cross-entropy and its family.

Keywords that PyTorch has carry PyTorch's name, meaning and default. The class
axis is the last one. Every loss is in nats and at least 0, and every function
has a sibling ``..._with_grad`` that also returns the gradient with respect to
the logits.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ce_lib import checks
from ce_lib._kernel import (
    BUFFER,
    LONG,
    OneAgainstRest,
    cross_entropy_block,
    exponential_dtype,
    one_against_rest,
    row_blocks,
    rows_per_block,
    soft_target_rows,
)
from ce_lib.checks import FloatArray, IntArray
from ce_lib.numerics import sigmoid_of, softmax, softplus, tempered

__all__ = [
    "binary_cross_entropy_with_logits",
    "binary_cross_entropy_with_logits_with_grad",
    "brier_loss",
    "brier_loss_with_grad",
    "distillation_loss",
    "distillation_loss_with_grad",
    "focal_loss",
    "focal_loss_with_grad",
    "softmax_cross_entropy",
    "softmax_cross_entropy_with_grad",
]

Float64 = NDArray[np.float64]
Result = Any  # a float64 scalar or array, as NumPy functions return it


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
    loss, _ = _softmax_cross_entropy(
        logits, targets, weight, ignore_index, label_smoothing, reduction, False, None
    )
    return loss


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
    return _softmax_cross_entropy(
        logits, targets, weight, ignore_index, label_smoothing, reduction, True, out
    )


def _softmax_cross_entropy(
    logits: ArrayLike,
    targets: ArrayLike,
    weight: ArrayLike | None,
    ignore_index: int,
    label_smoothing: float,
    reduction: str,
    want_grad: bool,
    out: FloatArray | None,
) -> tuple[Result, Any]:
    """Check the arguments, then hand over to one of the two forms of target."""
    z = checks.as_logits(logits)
    t = checks.as_array(targets, "targets")
    checks.check_reduction(reduction)
    if type(ignore_index) is not int:
        ignore_index = checks.as_count(ignore_index, "ignore_index", low=-(2**63))
    if type(label_smoothing) is not float or label_smoothing:
        label_smoothing = checks.as_number(
            label_smoothing, "label_smoothing", low=0, high=1
        )
    k, lead = z.shape[-1], z.shape[:-1]
    w = None if weight is None else checks.as_weight(weight, k)
    grad = _gradient_array(z, out) if want_grad else None
    if out is not None:
        _refuse_shared_memory(out, logits=z, targets=t, weight=w)
    soft = t.dtype.kind == "f" and t.ndim == z.ndim
    _check_targets(z, t, soft, ignore_index)

    n, slopes = z.size // k, grad
    rows: NDArray[Any] | _Rows = z
    labels: NDArray[Any] | _Rows = t
    if z.ndim != 2:
        rows, labels = _Rows(z, lead), _Rows(t, lead)
        slopes = None if grad is None else grad.reshape(n, k)
    dtype = exponential_dtype(z)
    step = rows_per_block(k, dtype.itemsize)
    batch: _SoftTargets | _IndexTargets
    if soft:
        batch = _SoftTargets(labels, n, w)
    else:
        in_place = slopes is not None and slopes.dtype == dtype
        scratch = None if in_place else np.empty((min(step, n), k), dtype)
        batch = _IndexTargets(labels, k, w, ignore_index, scratch)
    pieces = [slice(i, i + step) for i in range(0, n, step)]
    divisor: float | np.longdouble = 1.0
    if reduction == "mean":
        divisor = sum(map(batch.count, pieces))
        if divisor == 0:
            came = "rows that are ignored or weigh 0" if n else "none"
            raise checks.mean_of_nothing(came)
    each = np.empty(n) if reduction == "none" else None
    totals: list[np.longdouble] = []
    with np.errstate(all="ignore"):  # leaving it gives NumPy its buffer back, too
        if k > LONG:
            np.setbufsize(BUFFER)
        for piece in pieces:
            part = None if slopes is None else slopes[piece]
            loss = batch.losses(rows[piece], piece, label_smoothing, divisor, part)
            if each is not None:
                each[piece] = loss
            else:
                totals.append(_total(loss))
        if each is not None:
            return each.reshape(lead)[()], grad
        total = totals[0] if len(totals) == 1 else sum(totals, np.longdouble(0))
        return np.float64(total / divisor), grad


class _Rows:
    """The rows of an array with any axes before the last, or its numbers one by one.

    Where no view can do, as in an image whose class axis was moved, only the rows
    that are asked for are copied.
    """

    def __init__(self, array: NDArray[Any], lead: tuple[int, ...]) -> None:
        self.array, self.lead = array, lead

    def __getitem__(self, piece: slice) -> NDArray[Any]:
        rest = self.array.shape[len(self.lead) :]
        if self.array.flags.c_contiguous or not self.lead:
            return self.array.reshape(-1, *rest)[piece]
        numbers = np.arange(*piece.indices(math.prod(self.lead)))
        chosen: NDArray[Any] = self.array[np.unravel_index(numbers, self.lead)]
        return chosen


def _check_targets(
    z: NDArray[Any], t: NDArray[Any], soft: bool, ignore_index: int
) -> None:
    """Refuse targets whose shape or kind fits neither of the two forms."""
    if soft:
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
                f"probabilities of shape {z.shape}, got {t.dtype} of shape {t.shape}"
            )
        raise ValueError(
            f"targets: expected shape {z.shape[:-1]} for class indices or {z.shape} "
            f"for probabilities to go with logits of shape {z.shape}, "
            f"got shape {t.shape}"
        )


class _IndexTargets:
    """Targets given as class indices, some of them perhaps ignored."""

    def __init__(
        self,
        t: NDArray[Any] | _Rows,
        k: int,
        w: Float64 | None,
        ignore_index: int,
        scratch: FloatArray | None,
    ) -> None:
        self.t, self.k, self.w, self.ignore_index = t, k, w, ignore_index
        self.scratch = scratch
        self._seen: slice | None = None

    def _look(self, piece: slice) -> None:
        """Set y, keep and own for one piece of the batch, unless they are set."""
        if piece is self._seen:
            return
        t = self.t[piece]
        self.y, self.keep = checks.as_indices(
            t, t.shape, self.k, "targets", self.ignore_index, piece.start
        )
        self.own: Float64 | None = None  # the weight of each row's target
        if self.w is not None:
            self.own = self.w[self.y]
            if self.keep is not None:
                self.own[~self.keep] = 0.0
        self._seen = piece

    def count(self, piece: slice) -> float | np.longdouble:
        """Return what a piece adds to the divisor: the weights of its targets."""
        self._look(piece)
        if self.own is not None:
            weights: np.longdouble = self.own.sum(dtype=np.longdouble)
            return weights
        return len(self.y) if self.keep is None else int(np.count_nonzero(self.keep))

    def losses(
        self,
        z: NDArray[Any],
        piece: slice,
        epsilon: float,
        divisor: float | np.longdouble,
        grad: FloatArray | None,
    ) -> Float64:
        """Return the weighted losses of a piece, and write its gradient."""
        self._look(piece)
        y, keep, own = self.y, self.keep, self.own
        if epsilon:
            return soft_target_rows(
                z,
                lambda i: self._smoothed(y[i], epsilon),
                keep,
                divisor,
                grad,
                piece.start,
            )
        loss = cross_entropy_block(
            z, y, keep, own, divisor, grad, self.scratch, piece.start
        )
        if own is None:
            return loss

        def wider(rows: NDArray[np.bool_]) -> NDArray[Any]:
            numbers = np.flatnonzero(rows) + piece.start
            return one_against_rest(z[rows], y[rows], numbers, np.longdouble).nll

        return _weighted(own, loss, wider)

    def _smoothed(self, y: IntArray, epsilon: float) -> Float64:
        """Return w_k·((1-ε)·[k = y] + ε/K) for some rows, rounded once."""
        w = np.ones(self.k) if self.w is None else self.w
        share = w * (np.longdouble(epsilon) / self.k)
        a = np.tile(share.astype(np.float64), (len(y), 1))
        a[np.arange(len(y)), y] = w[y] * (1 - np.longdouble(epsilon)) + share[y]
        return a


class _SoftTargets:
    """Targets given as one distribution per row."""

    def __init__(self, t: NDArray[Any] | _Rows, n: int, w: Float64 | None) -> None:
        self.t, self.n, self.w = t, n, w

    def count(self, piece: slice) -> float:
        """Return what a piece adds to the divisor: its rows."""
        return len(range(self.n)[piece])

    def losses(
        self,
        z: NDArray[Any],
        piece: slice,
        epsilon: float,
        divisor: float | np.longdouble,
        grad: FloatArray | None,
    ) -> Float64:
        """Return the weighted losses of a piece, and write its gradient."""
        t = self.t[piece]

        def smoothed(rows: IntArray) -> Float64:
            """Return w_k·((1-ε)·t_k + ε/K) for some rows, rounded once."""
            a = checks.as_distribution(t[rows], "targets", first=piece.start + rows[0])
            if epsilon:
                wide = np.longdouble(epsilon)
                a = (1 - wide) * a + wide / a.shape[1]
            if self.w is not None:
                a = a * self.w
            return a.astype(np.float64, copy=False)

        return soft_target_rows(z, smoothed, None, divisor, grad, piece.start)


def _gradient_array(z: NDArray[Any], out: FloatArray | None) -> FloatArray:
    """Return the array to write the gradient to: a new one, or a checked ``out``."""
    dtype = checks.working_dtype(z)
    if out is None:
        return np.empty(z.shape, dtype)
    if not isinstance(out, np.ndarray):
        raise TypeError(f"out: expected an ndarray, got {type(out).__name__}")
    if out.dtype != dtype:
        raise TypeError(f"out: expected dtype {np.dtype(dtype)}, got {out.dtype}")
    checks.same_shape(z, out, "logits", "out")
    if not (out.flags.c_contiguous and out.flags.writeable):
        raise ValueError("out: expected a writeable C-contiguous array")
    return out


def _refuse_shared_memory(out: FloatArray, **inputs: NDArray[Any] | None) -> None:
    """Refuse to write the gradient over what it is computed from."""
    for name, array in inputs.items():
        if array is not None and np.may_share_memory(out, array):
            raise ValueError(f"out: expected memory of its own, got that of {name}")


TINY = np.finfo(np.float64).tiny

#: A long double adds slowly, so more than FEW losses are first added TERMS by TERMS.
FEW, TERMS = 1024, 16


def _reduce(
    loss: NDArray[Any], shape: tuple[int, ...], reduction: str, divisor: float
) -> Result:
    """Return the losses, their sum, or their sum over ``divisor``."""
    if reduction == "none":
        return loss.astype(np.float64, copy=False).reshape(shape)[()]
    return np.float64(_total(loss) / divisor)


def _total(losses: NDArray[Any]) -> np.longdouble:
    """Return the sum in a long double: more digits, and more range for large losses."""
    parts = losses
    if len(losses) > FEW:
        many = len(losses) // TERMS * TERMS
        sums = np.einsum("ij->i", losses[:many].reshape(-1, TERMS))
        parts = np.concatenate([sums, losses[many:]])
    total: np.longdouble = parts.sum(dtype=np.longdouble)
    return total if total < np.inf else losses.sum(dtype=np.longdouble)


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
    z, t, yes, no, count = _binary_arguments(
        logits, targets, weight, pos_weight, reduction
    )
    loss = _lifted(softplus, -z, yes * t) + _lifted(softplus, z, no * (1 - t))
    return _reduce(loss.reshape(-1), z.shape, reduction, count)


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
    z, t, yes, no, count = _binary_arguments(
        logits, targets, weight, pos_weight, reduction
    )
    loss = _lifted(softplus, -z, yes * t) + _lifted(softplus, z, no * (1 - t))
    slope = _lifted(sigmoid_of, z, no * (1 - t)) - _lifted(sigmoid_of, -z, yes * t)
    grad = _gradient_array(np.asarray(logits), None)
    grad[...] = slope / count
    return _reduce(loss.reshape(-1), z.shape, reduction, count), grad


def _binary_arguments(
    logits: ArrayLike,
    targets: ArrayLike,
    weight: ArrayLike | None,
    pos_weight: ArrayLike | None,
    reduction: str,
) -> tuple[Float64, Float64, Float64, Float64, float]:
    """Return checked logits, targets, the weights of yes and no, and the divisor."""
    z = checks.as_float64(logits, "logits")
    checks.refuse(z == np.inf, z, "logits", "expected numbers below +inf")
    t = checks.as_float64(targets, "targets")
    checks.same_shape(z, t, "logits", "targets")
    t = checks.as_probability(t, "targets")
    checks.check_reduction(reduction)
    no = checks.as_factors(weight, z.shape, "weight")
    yes = no * checks.as_factors(pos_weight, z.shape, "pos_weight")
    if reduction == "mean" and not z.size:
        raise checks.mean_of_nothing("none")
    return z, t, yes, no, float(z.size) if reduction == "mean" else 1.0


def _lifted(
    function: Callable[[NDArray[Any]], NDArray[Any]], z: Float64, factor: Float64
) -> NDArray[Any]:
    """Return factor·function(z), computed wider where float64 has not the range."""
    return _weighted(
        factor, function(z), lambda at: function(z[at].astype(np.longdouble))
    )


def _weighted(
    factor: Float64,
    value: Float64,
    wider: Callable[[NDArray[np.bool_]], NDArray[Any]] | None = None,
) -> NDArray[Any]:
    """Return factor·value, where a factor of 0 wins against inf.

    Products that leave the range of float64 are stated in long double, because a
    sum may be divided by the factors again. ``wider`` gives the values at some
    places with more range: a large factor lifts what is too small for float64.
    """
    product: NDArray[Any] = np.multiply(
        factor, value, out=np.zeros(value.shape), where=factor > 0
    )
    if wider is None:
        return product
    in_range = (np.minimum(value, product) >= TINY) & (product < np.inf)
    outside = (factor > 0) & (value < np.inf) & ~in_range
    if outside.any():
        product = product.astype(np.longdouble)
        product[outside] = factor[outside] * wider(outside)
    return product


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
    loss, _ = _focal(logits, targets, gamma, alpha, reduction, False)
    return loss


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
    return _focal(logits, targets, gamma, alpha, reduction, True)


def _focal(
    logits: ArrayLike,
    targets: ArrayLike,
    gamma: float,
    alpha: ArrayLike | None,
    reduction: str,
    want_grad: bool,
) -> tuple[Result, Any]:
    gamma = checks.as_number(gamma, "gamma", low=0)
    k = checks.as_logits(logits).shape[-1]
    a = np.ones(k) if alpha is None else checks.as_weight(alpha, k, "alpha")

    def formula(view: OneAgainstRest, y: IntArray) -> tuple[Float64, Float64, Float64]:
        focus = a[y] * view.miss**gamma
        loss = _weighted(focus, view.nll)
        own = -focus * (view.miss + gamma * _weighted(view.hit, view.nll))
        return loss, own, -own[:, None] * view.share

    return _from_view(logits, targets, formula, reduction, want_grad)


def brier_loss(
    logits: ArrayLike, targets: ArrayLike, *, reduction: str = "mean"
) -> Result:
    """Brier loss Σ_k (q_k − [k = y])² of the softmax q of the logits.

    Parameters
    ----------
    logits : array_like, ``(..., K)``
        Raw scores z in nats. -inf makes a class impossible.
    targets : array_like of int, ``(...)``
        Class indices from 0 to K−1.
    reduction : {"mean", "sum", "none"}, default "mean"
        "none" gives one loss per row. "mean" divides by the number of rows.

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
    loss, _ = _from_view(logits, targets, _brier, reduction, False)
    return loss


def brier_loss_with_grad(
    logits: ArrayLike, targets: ArrayLike, *, reduction: str = "mean"
) -> tuple[Result, FloatArray]:
    """Brier loss and its gradient dL/dz with respect to the logits.

    Parameters
    ----------
    logits, targets, reduction
        As in `brier_loss`.

    Returns
    -------
    loss : float64 scalar or array
        As from `brier_loss`.
    gradient : ndarray, the shape of ``logits``
        dL/dz. float32 for float32 and float16 logits, else float64.

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
    dL/dz_j = 2 q_j (q_j − [j = y] − Σ_k q_k (q_k − [k = y])), by the chain rule
    through dq_k/dz_j = q_k ([k = j] − q_j). Where wrong classes are nearly level
    this is a difference of nearly equal numbers, and fewer digits are right.

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
    return _from_view(logits, targets, _brier, reduction, True)


def _brier(view: OneAgainstRest, _: IntArray) -> tuple[Float64, Float64, Float64]:
    """Return the loss and its gradient from q_y - 1 = -miss, q_j = miss·share_j."""
    share, top = view.share, view.share.max(axis=1, keepdims=True)
    spread = (share**2).sum(axis=1)
    square = view.miss**2
    own = -2 * view.hit * square * (1 + spread)
    others = share + (view.hit - view.miss * spread)[:, None]
    # The same for the largest share, where the form above cancels when it is near 1:
    # it is ahead of the squares' sum by nothing but terms of at least 0.
    ahead = (share * (top - share)).sum(axis=1) + view.hit * (1 + spread)
    others = np.where(share == top, ahead[:, None], others)
    return square * (1 + spread), own, 2 * square[:, None] * share * others


@np.errstate(all="ignore")
def _from_view(
    logits: ArrayLike,
    targets: ArrayLike,
    formula: Callable[[OneAgainstRest, IntArray], tuple[Float64, Float64, Float64]],
    reduction: str,
    want_grad: bool,
) -> tuple[Result, Any]:
    """Apply a formula for (loss, gradient at the target, gradient) to every row."""
    z = checks.as_logits(logits)
    checks.check_reduction(reduction)
    indices, _ = checks.as_indices(targets, z.shape[:-1], z.shape[-1])
    rows, y = z.reshape(-1, z.shape[-1]), indices.reshape(-1)
    if reduction == "mean" and not len(y):
        raise checks.mean_of_nothing("none")
    divisor = len(y) if reduction == "mean" else 1
    loss = np.empty(len(y))
    grad = _gradient_array(z, None) if want_grad else None
    # Powers and products of the view's numbers would multiply their rounding.
    narrow = checks.working_dtype(z) is np.float32
    precision = np.float64 if narrow else np.longdouble
    for part in row_blocks(len(y), z.shape[-1]):
        view = one_against_rest(rows[part], y[part], part, precision)
        loss[part], own, gradient = formula(view, y[part])
        if grad is not None:
            gradient[np.arange(len(part)), y[part]] = own
            grad.reshape(rows.shape)[part] = gradient / divisor
    return _reduce(loss, z.shape[:-1], reduction, divisor), grad


def distillation_loss(
    student_logits: ArrayLike,
    teacher_logits: ArrayLike,
    targets: ArrayLike,
    *,
    temperature: float = 2.0,
    alpha: float = 0.5,
    reduction: str = "mean",
) -> Result:
    """Distillation loss α·T²·H(p_T, p_S) + (1−α)·CE.

    Parameters
    ----------
    student_logits : array_like, ``(..., K)``
        Raw scores of the model in training, in nats.
    teacher_logits : array_like, ``(..., K)``
        Raw scores of the model to learn from, in nats.
    targets : array_like, ``(...)`` of int or ``(..., K)`` of float
        The hard labels, as class indices or distributions.
    temperature : float, default 2.0
        T divides both models' logits in the soft term, not in the hard one.
    alpha : float, default 0.5
        Share of the soft term, from 0 to 1.
    reduction : {"mean", "sum", "none"}, default "mean"
        "none" gives one loss per row. "mean" divides by the number of rows.

    Returns
    -------
    float64 scalar, or array ``(...)`` for reduction "none"
        In nats (the soft term times T²), at least 0.

    Raises
    ------
    TypeError, ValueError
        As `softmax_cross_entropy`; also for an α or a temperature out of range.

    See Also
    --------
    distillation_loss_with_grad : the gradient too.

    Notes
    -----
    p_T and p_S are the softmaxes of teacher and student at temperature T. The
    gradient of the soft term shrinks like 1/T², and T² makes up for it. Often
    the divergence D(p_T‖p_S) stands in place of H(p_T, p_S): the value is lower
    by α·T²·H(p_T), which no student can change, so the gradient is the same.
    (Hinton, Vinyals and Dean, Distilling the Knowledge in a Neural Network,
    2015.)

    Examples
    --------
    With α = 1 and the student equal to the teacher, what is left is T² times the
    entropy of the teacher:

    >>> from ce_lib import distillation_loss, entropy, softmax
    >>> z = [3.0, 1.0, 0.0]
    >>> print(f"{distillation_loss(z, z, 0, temperature=2, alpha=1):.6f}")
    3.623837
    >>> print(f"{4 * entropy(softmax(z, temperature=2)):.6f}")
    3.623837
    """
    loss, _ = distillation_loss_with_grad(
        student_logits,
        teacher_logits,
        targets,
        temperature=temperature,
        alpha=alpha,
        reduction=reduction,
    )
    return loss


@np.errstate(all="ignore")
def distillation_loss_with_grad(
    student_logits: ArrayLike,
    teacher_logits: ArrayLike,
    targets: ArrayLike,
    *,
    temperature: float = 2.0,
    alpha: float = 0.5,
    reduction: str = "mean",
) -> tuple[Result, FloatArray]:
    """Distillation loss and its gradient dL/dz with respect to the student.

    Parameters
    ----------
    student_logits, teacher_logits, targets, temperature, alpha, reduction
        As in `distillation_loss`.

    Returns
    -------
    loss : float64 scalar or array
        As from `distillation_loss`.
    gradient : ndarray, the shape of ``student_logits``
        dL/dz of the student's logits; the teacher is fixed. float32 for float32
        and float16 logits, else float64.

    Raises
    ------
    TypeError, ValueError
        As `distillation_loss`.

    See Also
    --------
    distillation_loss

    Notes
    -----
    α·T·(p_S − p_T) + (1−α)·(p − t): one of the two factors T is used up by the
    chain rule through z/T.

    Examples
    --------
    >>> from ce_lib import distillation_loss_with_grad
    >>> _, grad = distillation_loss_with_grad(
    ...     [1.0, 2.0, 3.0], [3.0, 1.0, 0.0], 0, temperature=8, alpha=1
    ... )
    >>> print(f"{(grad**2).sum() ** 0.5:.5f}")
    1.19754
    """
    z = checks.as_logits(student_logits, "student_logits")
    teacher = checks.as_logits(teacher_logits, "teacher_logits")
    checks.same_shape(z, teacher, "student_logits", "teacher_logits")
    checks.check_logits(z, "student_logits")
    checks.check_logits(teacher, "teacher_logits")
    alpha = checks.as_number(alpha, "alpha", low=0, high=1)
    temperature = checks.as_number(
        temperature, "temperature", low=0, high=1e150, open_low=True
    )
    labels = checks.as_array(targets, "targets")
    if labels.dtype.kind != "f":
        checks.as_indices(labels, z.shape[:-1], z.shape[-1])
    soft, soft_grad = softmax_cross_entropy_with_grad(
        tempered(z, temperature),
        softmax(teacher, temperature=temperature),
        reduction=reduction,
    )
    hard, hard_grad = softmax_cross_entropy_with_grad(z, targets, reduction=reduction)
    factor = alpha * temperature
    grad = _gradient_array(z, None)
    grad[...] = factor * soft_grad + (1 - alpha) * hard_grad
    return _mix(factor, temperature * soft) + _mix(1 - alpha, hard), grad


def _mix(factor: float, loss: Result) -> Result:
    """Return factor·loss; a term that is switched off is 0 even if it is inf."""
    return factor * loss if factor else np.zeros_like(loss)[()]

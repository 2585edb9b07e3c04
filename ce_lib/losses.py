"""Losses from logits: softmax cross-entropy and its family.

Keywords that PyTorch has carry PyTorch's name, meaning and default. The class
axis is the last one. Every loss is in nats and at least 0, and every function
has a sibling ``..._with_grad`` that also returns the gradient with respect to
the logits.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ce_lib import checks
from ce_lib._kernel import cross_entropy_rows, soft_target_rows
from ce_lib.checks import FloatArray, IntArray

__all__ = [
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
        or no distribution, shapes do not fit, or a mean has nothing to average.

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
    epsilon = label_smoothing
    if epsilon != 0.0:
        epsilon = checks.as_number(epsilon, "label_smoothing", low=0, high=1)
    w = None if weight is None else checks.as_weight(weight, z.shape[-1])
    grad = _gradient_array(z, out) if want_grad else None
    soft = t.dtype.kind == "f" and t.ndim == z.ndim
    if soft and ignore_index >= 0:
        raise ValueError(
            "ignore_index: expected a negative one with probability targets, "
            f"which have no index to ignore, got {ignore_index}"
        )
    case = _SoftTargets(z, t, w) if soft else _IndexTargets(z, t, w, ignore_index)
    divisor = case.divisor() if reduction == "mean" else 1.0
    rows = z.reshape(-1, z.shape[-1])
    grad_rows = None if grad is None else grad.reshape(rows.shape)
    loss = case.losses(rows, epsilon, 1 / divisor, grad_rows)
    return _reduce(loss, z.shape[:-1], reduction, divisor), grad


class _IndexTargets:
    """Targets given as class indices, some of them perhaps ignored."""

    def __init__(
        self, z: NDArray[Any], t: NDArray[Any], w: Float64 | None, ignore_index: int
    ) -> None:
        if t.shape == z.shape and t.dtype.kind in "iu" and t.ndim:
            raise TypeError(
                f"targets: expected class indices of shape {z.shape[:-1]} or floating "
                f"probabilities of shape {z.shape}, got {t.dtype} of shape {t.shape}"
            )
        y, keep = checks.as_indices(
            t, z.shape[:-1], z.shape[-1], "targets", ignore_index
        )
        self.y = y.reshape(-1)
        self.keep = None if keep is None else keep.reshape(-1)
        self.w, self.k = w, z.shape[-1]
        self.own: Float64 | None = None  # the weight of each row's target
        if w is not None:
            self.own = w[self.y]
            if self.keep is not None:
                self.own = np.where(self.keep, self.own, 0.0)

    def divisor(self) -> float:
        """Return what the mean divides by: the weights of the target classes."""
        if self.own is not None:
            total = float(self.own.sum())
        else:
            total = self.y.size if self.keep is None else int(self.keep.sum())
        if total == 0:
            came = "none" if self.y.size == 0 else "rows that are ignored or weigh 0"
            raise checks.mean_of_nothing(came)
        return total

    def losses(
        self,
        z: NDArray[Any],
        epsilon: float,
        scale: float,
        grad: FloatArray | None,
    ) -> Float64:
        if epsilon:
            return soft_target_rows(
                z, lambda rows: self._smoothed(rows, epsilon), self.keep, scale, grad
            )
        loss = cross_entropy_rows(z, self.y, self.keep, self.own, scale, grad)
        if self.own is None:
            return loss
        return np.multiply(loss, self.own, out=np.zeros(len(z)), where=self.own > 0)

    def _smoothed(self, rows: IntArray, epsilon: float) -> Float64:
        """Return w_k·((1-ε)·[k = y] + ε/K) for some rows."""
        w = np.ones(self.k) if self.w is None else self.w
        a = np.tile(w * (epsilon / self.k), (len(rows), 1))
        y = self.y[rows]
        a[np.arange(len(rows)), y] += w[y] * (1 - epsilon)
        return a


class _SoftTargets:
    """Targets given as one distribution per row."""

    def __init__(self, z: NDArray[Any], t: NDArray[Any], w: Float64 | None) -> None:
        checks.same_shape(z, t, "logits", "targets")
        self.t = checks.as_distribution(t, "targets").reshape(-1, z.shape[-1])
        self.w = w

    def divisor(self) -> float:
        """Return what the mean divides by: the number of rows."""
        if not len(self.t):
            raise checks.mean_of_nothing("none")
        return len(self.t)

    def losses(
        self,
        z: NDArray[Any],
        epsilon: float,
        scale: float,
        grad: FloatArray | None,
    ) -> Float64:
        return soft_target_rows(
            z, lambda rows: self._smoothed(rows, epsilon), None, scale, grad
        )

    def _smoothed(self, rows: IntArray, epsilon: float) -> Float64:
        """Return w_k·((1-ε)·t_k + ε/K) for some rows."""
        a = (1 - epsilon) * self.t[rows] + epsilon / self.t.shape[1]
        return a if self.w is None else a * self.w


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
    if np.may_share_memory(out, z):
        raise ValueError("out: expected memory of its own, got the memory of logits")
    return out


def _reduce(
    loss: Float64, shape: tuple[int, ...], reduction: str, divisor: float
) -> Result:
    """Return the losses, their sum, or their sum over ``divisor``."""
    if reduction == "none":
        return loss.reshape(shape)[()]
    return np.add.reduce(loss) / divisor

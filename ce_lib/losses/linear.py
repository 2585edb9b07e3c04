"""Softmax cross-entropy of a linear layer, whose logits are never all there."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ce_lib import checks
from ce_lib._index import refuse_other_order
from ce_lib._sums import reduced
from ce_lib._walk import put_rows, rows_per_block, take_rows
from ce_lib.checks import Float64, FloatArray, Result
from ce_lib.losses import _blocks
from ce_lib.losses._rows import Batch, batch_of, divisor_of, in_blocks
from ce_lib.losses.softmax import price

__all__ = ["linear_cross_entropy", "linear_cross_entropy_with_grad"]

#: So many rows at a time, or more: each turn goes over all the weights once.
ROWS = 128

#: So many classes at a time when the gradient of the weights is added up.
CLASSES = 1024


class Layer(NamedTuple):
    """A checked linear layer and what goes into it; hidden numbers are looked at later."""

    hidden: NDArray[Any]  #: (..., D)
    weight: FloatArray  #: (K, D), in the precision to compute in
    bias: FloatArray | None  #: (K,), in the same


class Gradients(NamedTuple):
    """Where to write the gradient of each part of a layer."""

    hidden: FloatArray
    weight: FloatArray
    bias: Float64 | None


def linear_cross_entropy(
    hidden: ArrayLike,
    linear_weight: ArrayLike,
    targets: ArrayLike,
    *,
    linear_bias: ArrayLike | None = None,
    weight: ArrayLike | None = None,
    ignore_index: int | None = -100,
    label_smoothing: float = 0.0,
    reduction: str = "mean",
) -> Result:
    """Softmax cross-entropy of the logits h·Wᵀ + b, which are never all stored.

    Parameters
    ----------
    hidden : array_like, ``(..., D)``
        What goes into the last layer, h: one vector of features per row.
    linear_weight : array_like, ``(K, D)``
        The weights W of that layer, a row per class, as in PyTorch's ``Linear``.
    targets : array_like, ``(...)`` of int or ``(..., K)`` of float
        Class indices from 0 to K−1, or one distribution per row.
    linear_bias : array_like, ``(K,)``, optional
        The bias b. -inf makes a class impossible.
    weight : array_like, ``(K,)``, optional
        One factor of at least 0 per class, on its term of the sum.
    ignore_index : int or None, default -100
        Rows with this class index count for nothing, whatever is in them; None
        ignores none. With probability targets there is no index to ignore.
    label_smoothing : float, default 0.0
        ε from 0 to 1: targets become (1−ε)·t + ε/K.
    reduction : {"mean", "sum", "none"}, default "mean"
        As in `softmax_cross_entropy`.

    Returns
    -------
    float64 scalar, or array ``(...)`` for reduction "none"
        In nats, at least 0; inf when a class with a target is impossible.

    Raises
    ------
    TypeError
        If an argument has the wrong kind of numbers.
    ValueError
        If a number of the layer is not finite (a bias may be -inf), a logit is out
        of range, a target is no class or no distribution, a weight or the smoothing
        is out of range, an ``ignore_index`` of 0 or more meets probability targets,
        shapes do not fit, or a mean has nothing to average.

    See Also
    --------
    linear_cross_entropy_with_grad : the gradients too.
    softmax_cross_entropy : the same from logits that are there.

    Notes
    -----
    The rows go through the layer 128 at a time, or more where there are few classes.
    Their logits are priced as in `softmax_cross_entropy` and overwritten by the next
    ones: beside its results a call takes 128·K numbers and a few megabytes, however
    many rows there are. Logits are float32 if all numbers of the layer are float32 or
    narrower, else float64; a layer of another type is copied once. (Wijmans et al., Cut
    Your Losses in Large-Vocabulary Language Models, 2025.)

    Examples
    --------
    Two rows of two features, three classes:

    >>> import numpy as np
    >>> from ce_lib import linear_cross_entropy, softmax_cross_entropy
    >>> h, w = np.array([[1.0, 2.0], [0.5, -1.0]]), np.array([[2, 0], [0, 1], [-1, 1]])
    >>> print(f"{linear_cross_entropy(h, w, [0, 1]):.6f}")
    1.529364
    >>> print(f"{softmax_cross_entropy(h @ w.T, [0, 1]):.6f}")
    1.529364

    A sure and right prediction keeps its digits:

    >>> from ce_lib import linear_cross_entropy
    >>> print(f"{linear_cross_entropy([100.0], [[1.0], [0], [0]], 0):.4g}")
    7.44e-44
    """
    layer = _layer(hidden, linear_weight, linear_bias)
    batch = _batch(layer, hidden, targets, weight, ignore_index, label_smoothing)
    return _over_rows(layer, batch, reduction)


def linear_cross_entropy_with_grad(
    hidden: ArrayLike,
    linear_weight: ArrayLike,
    targets: ArrayLike,
    *,
    linear_bias: ArrayLike | None = None,
    weight: ArrayLike | None = None,
    ignore_index: int | None = -100,
    label_smoothing: float = 0.0,
    reduction: str = "mean",
) -> tuple[Result, tuple[FloatArray, FloatArray, FloatArray | None]]:
    """Cross-entropy of a linear layer and its gradients, without storing the logits.

    Parameters
    ----------
    hidden, linear_weight, targets, linear_bias
        As in `linear_cross_entropy`.
    weight, ignore_index, label_smoothing, reduction
        As in `linear_cross_entropy`.

    Returns
    -------
    loss : float64 scalar or array
        As from `linear_cross_entropy`, but perhaps for the last digit.
    gradients : tuple of three
        dL/dh, dL/dW and dL/db of the reduced loss, each in the shape of its
        argument; None for a bias that was not given. For "none", row i of dL/dh
        belongs to loss i, while dL/dW and dL/db are those of the sum. float32 if
        all numbers of the layer are float32 or narrower, else float64.

    Raises
    ------
    TypeError, ValueError
        As `linear_cross_entropy`.

    See Also
    --------
    linear_cross_entropy

    Notes
    -----
    With g = dL/dz, which is q − t for a plain target, dL/dh = g·W, dL/dW = Σ g hᵀ
    and dL/db = Σ g over the rows. So g is used up as soon as it is known, in the place
    where its logits were: the two sums grow as the rows go by.

    Examples
    --------
    >>> import numpy as np
    >>> from ce_lib import linear_cross_entropy_with_grad
    >>> h, w = np.array([[1.0, 2.0], [0.5, -1.0]]), np.array([[2, 0], [0, 1], [-1, 1]])
    >>> loss, (dh, dw, db) = linear_cross_entropy_with_grad(h, w, [0, 1])
    >>> print(f"{loss:.6f}")
    1.529364
    >>> print(dw.round(4))
    [[-0.0835 -0.9884]
     [-0.011   0.8667]
     [ 0.0945  0.1216]]
    >>> print(db)
    None
    """
    layer = _layer(hidden, linear_weight, linear_bias)
    batch = _batch(layer, hidden, targets, weight, ignore_index, label_smoothing)
    grads = Gradients(
        np.empty(layer.hidden.shape, layer.weight.dtype),
        np.zeros(layer.weight.shape, layer.weight.dtype),
        None if layer.bias is None else np.zeros(layer.bias.shape),
    )
    loss = _over_rows(layer, batch, reduction, grads)
    d_bias = None if grads.bias is None else grads.bias.astype(layer.weight.dtype)
    return loss, (grads.hidden, grads.weight, d_bias)


def _layer(
    hidden: ArrayLike, linear_weight: ArrayLike, linear_bias: ArrayLike | None
) -> Layer:
    """Return a checked layer, its weights in the precision of the whole."""
    h = checks.as_numbers(hidden, "hidden")
    w = checks.as_numbers(linear_weight, "linear_weight")
    parts = [h, w]
    if not h.ndim:
        raise ValueError("hidden: expected shape (..., D), got shape ()")
    if w.ndim != 2 or not len(w) or w.shape[1] != h.shape[-1]:
        raise ValueError(
            f"linear_weight: expected shape (K, {h.shape[-1]}), a row per class, to go "
            f"with hidden of shape {h.shape}, got shape {w.shape}"
        )
    if linear_bias is not None:
        parts.append(checks.as_numbers(linear_bias, "linear_bias"))
        if parts[2].shape != w.shape[:1]:
            raise ValueError(
                f"linear_bias: expected shape {w.shape[:1]}, one per class, "
                f"got shape {parts[2].shape}"
            )
    refuse_other_order(linear_weight, linear_bias, "linear_weight", "linear_bias")
    refuse_other_order(hidden, linear_weight, "hidden", "linear_weight", ("columns",))
    dtype = np.result_type(*map(checks.working_dtype, parts))
    with np.errstate(over="ignore"):  # a wider float may be out of range
        # Rows or columns side by side, as BLAS wants them.
        w, *rest = (np.asarray(part, dtype, order="A") for part in parts[1:])
    bias = rest[0] if rest else None
    if w.size and not (w.min() > -np.inf and w.max() < np.inf):
        checks.refuse(~np.isfinite(w), w, "linear_weight", "expected finite numbers")
    if bias is not None:
        odd = ~(bias < np.inf)
        checks.refuse(odd, bias, "linear_bias", "expected finite numbers or -inf")
    return Layer(h, w, bias)


def _batch(
    layer: Layer,
    hidden: ArrayLike,
    targets: ArrayLike,
    weight: ArrayLike | None,
    ignore_index: int | None,
    label_smoothing: float,
) -> Batch:
    """Return a checked batch whose logits have their shape, but no memory."""
    refuse_other_order(hidden, targets, "hidden", "targets", ("index",))
    shape = (*layer.hidden.shape[:-1], len(layer.weight))
    nowhere = np.broadcast_to(np.zeros((), layer.weight.dtype), shape)
    batch = batch_of(nowhere, targets, weight, ignore_index, label_smoothing, -1)
    return batch._replace(axis=None)


@np.errstate(all="ignore")
def _over_rows(
    layer: Layer, batch: Batch, reduction: str, grads: Gradients | None = None
) -> Result:
    """Return the reduced loss of a batch, and write or add its gradients to ``grads``."""
    lead, (k, d), dtype = batch.z.shape[:-1], layer.weight.shape, layer.weight.dtype
    divisor, n = divisor_of(batch, reduction), math.prod(lead)
    step = min(n, max(ROWS, rows_per_block(max(k, d), dtype.itemsize)))
    logits = np.empty((step, k), dtype)
    name = "hidden @ linear_weight.T" + " + linear_bias" * (layer.bias is not None)

    def losses() -> Iterator[tuple[Float64 | None, Float64]]:
        for start in range(0, n, max(step, 1)):
            rows = slice(start, min(start + step, n))
            t = batch.rows(batch.t, rows)
            h = _hidden_rows(layer, batch, t, rows)
            z = np.matmul(h, layer.weight.T, out=logits[: len(h)])
            if layer.bias is not None:
                z += layer.bias
            part, g = batch._replace(z=z, t=t), None if grads is None else z
            yield from in_blocks(
                part, price, divisor, g, _blocks.cross_entropy, start, name
            )
            if grads is not None:  # by now z holds dL/dz
                put_rows(grads.hidden, lead, rows, z @ layer.weight)
                _add_product(z, h, grads.weight)
                if grads.bias is not None:
                    np.add(grads.bias, np.ones(len(z), dtype) @ z, out=grads.bias)

    return reduced(losses(), lead, reduction, divisor)


def _hidden_rows(
    layer: Layer, batch: Batch, t: NDArray[Any], rows: slice
) -> FloatArray:
    """Return some hidden rows, with 0 in place of what is ignored."""
    h: FloatArray = take_rows(layer.hidden, batch.z.shape[:-1], rows)
    h = h.astype(layer.weight.dtype, copy=False)
    if batch.ignore_index is not None and not batch.soft:
        ignored = t == batch.ignore_index
        if ignored.any():  # whatever is there, it must not reach the sums
            h = np.where(ignored[:, None], h.dtype.type(0), h)
    if not np.isfinite(h).all():
        numbers = take_rows(layer.hidden, batch.z.shape[:-1], rows)
        i, j = np.argwhere(~np.isfinite(h))[0]
        raise ValueError(
            f"hidden: expected finite numbers, got {float(numbers[i, j])} at feature {j} "
            f"in row {rows.start + i}"
        )
    return h


def _add_product(g: FloatArray, h: FloatArray, total: FloatArray) -> None:
    """Add gᵀ·h to ``total``, a few of its rows at a time."""
    for start in range(0, len(total), CLASSES):
        some = slice(start, start + CLASSES)
        total[some] += g[:, some].T @ h

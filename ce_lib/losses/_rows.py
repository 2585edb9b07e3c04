"""What the losses of rows share around their formulas: blocks, weights, reduction."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ce_lib import checks
from ce_lib._index import refuse_other_order
from ce_lib._sums import (
    ONE,
    Wide,
    add_wide,
    over,
    power_of_two,
    reduced,
    times,
    wide_sum,
)
from ce_lib._walk import TEMPORARIES, blocks, put_rows, rows_per_block, take_rows
from ce_lib.checks import Float64, FloatArray, Result

#: ``formula(z, t, lift)`` takes some rows of logits and what is wanted of each, a class
#: (N,) or a coefficient for every class (N, K). It returns lift·loss, (N,), and the
#: gradient of that, (N, K), in float64.
Formula = Callable[[NDArray[Any], NDArray[Any], Float64], tuple[Float64, Float64]]

#: The same for many rows at once; see `_blocks.cross_entropy`.
Fast = Callable[..., tuple[Float64, NDArray[np.bool_]]]

#: NumPy copies a column that meets longer rows than this into its buffer, unless the
#: buffer is too small for it: a quarter of the time of a float64 gradient.
BUFFER = 512


class Batch(NamedTuple):
    """Checked arguments of a loss; the numbers in the logits and targets are not yet."""

    z: NDArray[Any]  #: logits, (..., K), the class axis moved last
    t: NDArray[Any]  #: class indices, (...), or probabilities, (..., K)
    weight: Float64 | None = None  #: one per class, (K,)
    ignore_index: int | None = None
    epsilon: float = 0.0  #: the label smoothing
    by_weight: bool = True  #: whether a mean divides by the weights, not by the rows
    axis: int | None = -1  #: where the class axis was, if the caller could say so

    @property
    def soft(self) -> bool:
        """Whether the targets are probabilities."""
        return self.t.ndim == self.z.ndim

    def rows(self, array: NDArray[Any], rows: slice) -> NDArray[Any]:
        """Return some rows of the logits or the targets, whatever axes they had."""
        return take_rows(array, self.z.shape[:-1], rows)


def batch_of(
    logits: ArrayLike,
    targets: ArrayLike,
    weight: ArrayLike | None,
    ignore_index: int | None,
    label_smoothing: float,
    axis: int,
) -> Batch:
    """Return a batch of classes or probabilities, checked but for their values."""
    refuse_other_order(logits, targets, "logits", "targets")
    z, t = checks.as_logits(logits, axis=axis), checks.as_array(targets, "targets")
    ignore_index = checks.as_ignore_index(ignore_index)
    if type(label_smoothing) is not float or label_smoothing:
        label_smoothing = checks.as_number(
            label_smoothing, "label_smoothing", low=0, high=1
        )
    w = None if weight is None else checks.as_weight(weight, z.shape[-1])
    if t.ndim == z.ndim and (checks.is_floating(t) or t.dtype.kind == "b"):
        t = np.moveaxis(t, axis, -1)
        _check_probabilities(z, t, axis, ignore_index)
    elif t.shape != z.shape[:-1]:
        _refuse_targets(z, t, axis)
    return Batch(z, t, w, ignore_index, label_smoothing, axis=axis)


def _check_probabilities(
    z: NDArray[Any], t: NDArray[Any], axis: int, ignore_index: int | None
) -> None:
    """Refuse probability targets of another shape, and an index to ignore in them."""
    if t.shape != z.shape:
        whole, came = (np.moveaxis(x, -1, axis) for x in (z, t))
        checks.same_shape(whole, came, "logits", "targets")
    if ignore_index is not None and ignore_index >= 0:
        raise ValueError(
            "ignore_index: expected a negative one with probability targets, "
            f"which have no index to ignore, got {ignore_index}"
        )


def _refuse_targets(z: NDArray[Any], t: NDArray[Any], axis: int) -> None:
    """Raise for targets whose shape or kind fits neither of the two forms."""
    lead, whole = z.shape[:-1], np.moveaxis(z, -1, axis).shape
    if t.shape == whole:
        whole_numbers = t.dtype.kind in "iu"
        hot = whole_numbers and (t >= 0).all() and (t.sum(axis=axis) == 1).all()
        way_out = "; targets.astype(float) makes probabilities of these one-hot rows"
        raise TypeError(
            f"targets: expected class indices of shape {lead} or floating "
            f"probabilities of shape {whole}, got {t.dtype} of shape {t.shape}"
            f"{way_out if hot else ''}"
        )
    second = len(whole) > 2 and t.shape == (*whole[:1], *whole[2:])
    way_out = "; if the class axis is the second, as in PyTorch, pass axis=1"
    raise ValueError(
        f"targets: expected shape {lead} for class indices or {whole} "
        f"for probabilities to go with logits of shape {whole}, got shape {t.shape}"
        f"{way_out if second else ''}"
    )


@np.errstate(all="ignore")
def over_rows(
    batch: Batch,
    formula: Formula,
    reduction: str,
    grad: FloatArray | None = None,
    fast: Fast | None = None,
) -> Result:
    """Return the reduced loss of a batch, and write its gradient to ``grad``.

    ``grad`` has the class axis last, as the logits have, whatever its layout.
    """
    divisor = divisor_of(batch, reduction)
    losses = in_blocks(batch, formula, divisor, grad, fast)
    return reduced(losses, batch.z.shape[:-1], reduction, divisor)


def in_blocks(
    batch: Batch,
    formula: Formula,
    divisor: Wide,
    grad: FloatArray | None,
    fast: Fast | None,
    first: int = 0,
    name: str = "logits",
) -> Iterator[tuple[Float64 | None, Float64]]:
    """Yield weights and losses of a batch block by block; ``grad`` is over ``divisor``.

    The batch is walked in blocks of rows. ``fast`` does the rows that it can, where the
    targets are plain classes, and the formula does all the others. ``grad`` may be the
    logits themselves, which are then lost. Messages count rows from ``first``.
    """
    k, n = batch.z.shape[-1], math.prod(batch.z.shape[:-1])
    mixed = batch.soft or bool(batch.epsilon)
    itemsize = 8 if mixed else np.dtype(checks.working_dtype(batch.z)).itemsize
    if grad is batch.z:
        itemsize *= 2  # a copy is worked on, too
    scratch = np.empty(k * min(n, rows_per_block(k, itemsize)) if fast else 0)
    if k > BUFFER:
        np.setbufsize(BUFFER)  # until errstate ends
    for rows in blocks(n, k, itemsize):
        z, (t, keep, weight) = batch.rows(batch.z, rows), _targets(batch, rows, first)
        if grad is batch.z:
            z = z.copy()
        out = None if grad is None else _room(grad, batch.z.shape, rows)
        if fast and not mixed:
            loss, left = fast(z, t, over(weight, divisor), out, scratch)
        else:
            loss, left = np.zeros(len(z)), np.ones(len(z), bool)
        if keep is not None:
            left &= keep
            loss[~keep] = 0.0
            if out is not None:
                out[~keep] = 0.0
        remaining = left.nonzero()[0]
        for part in blocks(len(remaining), k, TEMPORARIES):
            some = remaining[part]
            places = first + rows.start + some
            checks.logit_rows(z[some], places, name)
            weight = np.ones(len(z)) if weight is None else weight
            wanted, w = t[some], weight[some]
            if mixed:
                wanted, w = _coefficients(batch, wanted, int(places[0]))
            lift = power_of_two(over(w, divisor))
            loss[some], gradient = formula(z[some], wanted, lift)
            weight[some] = w / lift
            if out is not None:
                out[some] = gradient * over(w / lift, divisor)[:, None]
        if grad is not None and out is not None and not grad.flags.c_contiguous:
            put_rows(grad, batch.z.shape[:-1], rows, out)
        yield weight, loss


def _room(grad: FloatArray, shape: tuple[int, ...], rows: slice) -> FloatArray:
    """Return where to write the gradient of some rows: in place if a view can do it."""
    if grad.flags.c_contiguous:
        return grad.reshape(-1, shape[-1])[rows]
    return np.empty((rows.stop - rows.start, shape[-1]), grad.dtype)


def _targets(
    batch: Batch, rows: slice, first: int = 0
) -> tuple[NDArray[Any], NDArray[np.bool_] | None, Float64 | None]:
    """Return the targets of some rows, which of them count, and their own weights.

    None stands for all of them, and for a weight of 1.
    """
    t = batch.rows(batch.t, rows)
    if batch.soft:
        return t, None, None
    k = batch.z.shape[-1]
    y, keep = checks.as_indices(
        t, t.shape, k, "targets", batch.ignore_index, first + rows.start
    )
    if batch.weight is None:
        return y, keep, None
    own = batch.weight[y]
    if keep is not None:
        own[~keep] = 0.0
    return y, keep, own


def divisor_of(batch: Batch, reduction: str) -> Wide:
    """Return what a reduction divides by: 1, or for a mean the weights of the targets.

    Without weights that is the number of rows that count.
    """
    checks.check_reduction(reduction)
    if reduction != "mean":
        return ONE
    k, n = batch.z.shape[-1], math.prod(batch.z.shape[:-1])
    total, counted = Wide(float(n), 0), batch
    if not batch.soft:
        if not batch.by_weight:
            counted = batch._replace(weight=None)
        total = add_wide([_count(*_targets(counted, rows)) for rows in blocks(n, k, 8)])
    if total.m == 0 and counted.weight is not None and batch.epsilon:
        raise ValueError(
            "weight: the mean divides by the weights of the target classes, expected one "
            "above 0, got none; reduction='sum' divides by nothing"
        )
    if total.m == 0:
        came = "rows that are ignored or weigh 0" if n else "none"
        raise checks.NothingToAverage(came)
    return total


def _count(
    t: NDArray[Any], keep: NDArray[np.bool_] | None, weight: Float64 | None
) -> Wide:
    """Return the sum of the weights of some targets, or how many count."""
    if weight is not None:
        return wide_sum(None, weight)
    return Wide(float(len(t) if keep is None else np.count_nonzero(keep)), 0)


def _coefficients(batch: Batch, t: NDArray[Any], first: int) -> tuple[Float64, Float64]:
    """Return w_k·((1-ε)·t_k + ε/K) for some rows, over a power of two, and these powers.

    The power is 1 unless the row would leave the range of floats. ``t`` holds classes or
    probabilities. Messages count rows from ``first``.
    """
    k = batch.z.shape[-1]
    if batch.soft:
        source = None
        if batch.axis is not None:
            source = np.moveaxis(batch.t, -1, batch.axis), batch.axis
        a = checks.as_distribution(t, "targets", first=first, source=source)
    else:
        a = np.zeros((len(t), k))
        a[np.arange(len(t)), t] = 1.0
    if batch.epsilon:
        a = (1 - batch.epsilon) * a + batch.epsilon / k
    if batch.weight is None:
        return a, np.ones(len(t))
    weighted = a * batch.weight
    size = weighted.max(axis=1)
    extreme = (size < 2.0**-200) | (size > 2.0**960)
    if not extreme.any():
        return weighted, np.ones(len(t))
    scale = np.where(
        extreme, power_of_two(np.where(a > 0, batch.weight, 0).max(1), 0), 1
    )
    return times(a, batch.weight / scale[:, None]), scale


def gradient_array(
    z: NDArray[Any],
    axis: int = -1,
    out: FloatArray | None = None,
    **inputs: NDArray[Any] | None,
) -> FloatArray:
    """Return the array to write the gradient to: a new one, or a checked ``out``.

    It has the shape of the logits before their class axis was moved from ``axis``, and
    must not overlap the ``inputs``, which it is computed from.
    """
    dtype = checks.working_dtype(z)
    z = np.moveaxis(z, -1, axis) if z.ndim else z
    if out is None:
        return np.empty(z.shape, dtype)
    if not isinstance(out, np.ndarray):
        raise TypeError(f"out: expected an ndarray, got {type(out).__name__}")
    if out.dtype != dtype:
        raise TypeError(f"out: expected dtype {np.dtype(dtype)}, got {out.dtype}")
    checks.same_shape(z, out, "logits", "out")
    if not (out.flags.c_contiguous and out.flags.writeable):
        raise ValueError("out: expected a writeable C-contiguous array")
    for name, array in inputs.items():
        if array is not None and np.may_share_memory(out, array):
            raise ValueError(f"out: expected memory of its own, got that of {name}")
    return out

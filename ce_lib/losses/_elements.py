"""What the losses of single logits share around their formulas: chunks and reduction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ce_lib import checks
from ce_lib._index import refuse_other_order
from ce_lib._sums import Wide, count_for, over, reduced, times
from ce_lib._walk import chunks
from ce_lib.checks import Float64, FloatArray, Result

#: Weights and values, vectors whose products are losses.
Term = tuple[Float64 | None, Float64]

#: The weights of yes and of no, or None for 1.
Weights = tuple[Float64, Float64] | None

#: ``formula(z, t, weight, slope)`` takes some logits, their targets from 0 to 1 and
#: their weights. It returns the terms of the loss, and where a slope is asked for also
#: the gradient of their sum.
Formula = Callable[[Float64, Float64, Weights, bool], tuple[list[Term], Float64 | None]]


class Elements(NamedTuple):
    """Checked arguments of a loss of single logits; the numbers are not yet."""

    z: NDArray[Any]  #: logits, of any shape
    t: NDArray[Any]  #: targets, of the same
    weight: NDArray[Any] | None = None  #: of both terms
    pos_weight: NDArray[Any] | None = None  #: of the yes term
    ignore_index: float | None = None
    epsilon: float = 0.0  #: the label smoothing


def elements(
    logits: ArrayLike,
    targets: ArrayLike,
    weight: ArrayLike | None = None,
    pos_weight: ArrayLike | None = None,
    ignore_index: float | None = None,
    label_smoothing: float = 0.0,
) -> Elements:
    """Return the arguments of a loss, checked but for their numbers."""
    z = checks.as_numbers(logits, "logits")
    t = checks.as_numbers(targets, "targets", booleans=True)
    refuse_other_order(logits, targets, "logits", "targets")
    for name, value in {"weight": weight, "pos_weight": pos_weight}.items():
        if getattr(value, "ndim", None) == z.ndim:  # else there is one per column
            refuse_other_order(logits, value, "logits", name)
    checks.same_shape(z, t, "logits", "targets")
    if ignore_index is not None:
        ignore_index = checks.as_number(ignore_index, "ignore_index")
    return Elements(
        z,
        t,
        None if weight is None else checks.as_factors(weight, z.shape, "weight"),
        None
        if pos_weight is None
        else checks.as_factors(pos_weight, z.shape, "pos_weight"),
        ignore_index,
        checks.as_number(label_smoothing, "label_smoothing", low=0, high=1),
    )


@np.errstate(all="ignore")
def over_elements(
    batch: Elements,
    formula: Formula,
    reduction: str,
    grad: FloatArray | None = None,
) -> Result:
    """Return the reduced loss, and write its gradient to ``grad``."""
    divisor = _divisor(batch, reduction)
    flat = None if grad is None else grad.reshape(-1)

    def losses() -> Iterator[Term]:
        start = 0
        for z, t, *weights in _chunks(batch):
            terms, slope = formula(*_prepared(batch, z, t, weights), flat is not None)
            if flat is not None:
                flat[start : start + len(z)] = over(slope, divisor)
            start += len(z)
            if reduction == "none":
                yield None, sum((times(*term) for term in terms), np.zeros(len(z)))
            else:
                yield from terms

    return reduced(losses(), batch.z.shape, reduction, divisor)


def _chunks(batch: Elements) -> Iterator[tuple[Float64, ...]]:
    """Yield logits, targets, and those of the two weights that are there."""
    weights = [w for w in (batch.weight, batch.pos_weight) if w is not None]
    return chunks([batch.z, batch.t, *weights])


def _divisor(batch: Elements, reduction: str) -> Wide:
    """Return what a reduction divides by: the number of elements that count, or 1."""
    n = batch.z.size
    if reduction == "mean" and batch.ignore_index is not None:
        ignored = (t == batch.ignore_index for (t,) in chunks([batch.t]))
        n -= sum(map(np.count_nonzero, ignored))
        if not n and batch.z.size:
            raise checks.NothingToAverage("elements that are ignored")
    return count_for(reduction, n)


def _prepared(
    batch: Elements, z: Float64, t: Float64, weights: list[Float64]
) -> tuple[Float64, Float64, Weights]:
    """Return checked logits, smoothed targets, and the weights of yes and of no."""
    both = _both_weights(batch, weights)
    if batch.ignore_index is not None:
        keep = t != batch.ignore_index
        if not keep.all():
            z, t = np.where(keep, z, 0.0), np.where(keep, t, 0.0)
            yes, no = both or (1.0, 1.0)
            both = (keep * yes, keep * no)
    if len(z) and not z.max() < np.inf:
        refuse_logits(batch)
    if len(t) and not (t.min() >= 0 and t.max() <= 1):
        refuse_targets(batch)
    if batch.epsilon:
        t = (1 - batch.epsilon) * t + batch.epsilon / 2
    return z, t, both


def _both_weights(batch: Elements, weights: list[Float64]) -> Weights:
    """Return the weights of yes and of no from those that are there."""
    if not weights:
        return None
    if batch.pos_weight is None:
        return weights[0], weights[0]
    if batch.weight is None:
        return weights[0], np.ones(len(weights[0]))
    yes = weights[0] * weights[1]
    if not np.isfinite(yes).all():
        raise ValueError(
            "pos_weight: expected products with weight in the range of floats, got inf"
        )
    return yes, weights[0]


def refuse_logits(batch: Elements) -> None:
    """Raise for the first logit that is NaN or +inf."""
    z = checks.as_real(batch.z, "logits")
    keep = np.ones(z.shape, bool)
    if batch.ignore_index is not None:
        keep = np.asarray(batch.t.astype(np.float64) != batch.ignore_index)
    checks.refuse(np.isnan(z) & keep, z, "logits", "expected numbers", "NaN")
    checks.refuse((z == np.inf) & keep, z, "logits", "expected numbers below +inf")


def refuse_targets(batch: Elements) -> None:
    """Raise for the first target that is no probability."""
    t = checks.as_real(batch.t, "targets", booleans=True).astype(np.float64)
    inside = (t >= 0) & (t <= 1)
    extra = ""
    if batch.ignore_index is not None:
        inside |= t == batch.ignore_index
        extra = f" or ignore_index={batch.ignore_index:g}"
    checks.refuse(~inside, batch.t, "targets", f"expected numbers from 0 to 1{extra}")

"""Distillation: learning from another model's softened predictions."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ce_lib import checks
from ce_lib._index import refuse_other_order
from ce_lib._sums import Wide, count_for, over, reduced
from ce_lib._walk import blocks, put_rows, take_rows
from ce_lib.checks import Float64, FloatArray, Result
from ce_lib.losses._rows import batch_of, gradient_array
from ce_lib.losses.softmax import (
    softmax_cross_entropy,
    softmax_cross_entropy_with_grad,
)
from ce_lib.numerics import softmax, tempered

__all__ = ["distillation_loss", "distillation_loss_with_grad"]


def distillation_loss(
    student_logits: ArrayLike,
    teacher_logits: ArrayLike,
    targets: ArrayLike,
    *,
    temperature: float = 2.0,
    alpha: float = 0.5,
    ignore_index: int | None = -100,
    reduction: str = "mean",
    axis: int = -1,
) -> Result:
    """Distillation loss α·T²·H(p_T, q_T) + (1−α)·CE.

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
    ignore_index : int or None, default -100
        Rows with this class index count for nothing, in neither term, whatever their
        logits; None ignores none.
    reduction : {"mean", "sum", "none"}, default "mean"
        "none" gives one loss per row. "mean" divides by the number of rows that
        count.
    axis : int, default -1
        The class axis of the logits, and of probability targets.

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
    p_T and q_T are the softmaxes of teacher and student at temperature T. The
    gradient of the soft term shrinks like 1/T², and T² makes up for it. Often
    the divergence D(p_T‖q_T) stands in place of H(p_T, q_T): the value is lower
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
    batch = _checked(
        student_logits, teacher_logits, targets, temperature, alpha, ignore_index, axis
    )
    return _over_rows(batch, reduction)


def distillation_loss_with_grad(
    student_logits: ArrayLike,
    teacher_logits: ArrayLike,
    targets: ArrayLike,
    *,
    temperature: float = 2.0,
    alpha: float = 0.5,
    ignore_index: int | None = -100,
    reduction: str = "mean",
    axis: int = -1,
) -> tuple[Result, FloatArray]:
    """Distillation loss and its gradient dL/dz with respect to the student.

    Parameters
    ----------
    student_logits, teacher_logits, targets, temperature, alpha, ignore_index, reduction, axis
        As in `distillation_loss`.

    Returns
    -------
    loss : float64 scalar or array
        As from `distillation_loss`, but perhaps for the last digit: the sums that a float64
        gradient needs have more digits.
    gradient : ndarray, the shape of ``student_logits``
        dL/dz of the student's logits; the teacher is fixed. float32 for float32
        and narrower logits, else float64.

    Raises
    ------
    TypeError, ValueError
        As `distillation_loss`.

    See Also
    --------
    distillation_loss

    Notes
    -----
    α·T·(q_T − p_T) + (1−α)·(q − t): one of the two factors T is used up by the
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
    batch = _checked(
        student_logits, teacher_logits, targets, temperature, alpha, ignore_index, axis
    )
    grad = gradient_array(batch.z, axis)
    return _over_rows(batch, reduction, np.moveaxis(grad, axis, -1)), grad


class Lesson(NamedTuple):
    """Checked arguments; the numbers in the three arrays are not yet."""

    z: NDArray[Any]  #: the student's logits, (..., K)
    teacher: NDArray[Any]  #: the teacher's, of the same shape
    targets: NDArray[Any]  #: class indices, (...), or probabilities, (..., K)
    temperature: float
    alpha: float
    ignore_index: int | None
    source: tuple[NDArray[Any], int]  #: the targets and the class axis as given


def _checked(
    student_logits: ArrayLike,
    teacher_logits: ArrayLike,
    targets: ArrayLike,
    temperature: float,
    alpha: float,
    ignore_index: int | None,
    axis: int,
) -> Lesson:
    """Return checked arguments with the class axis last."""
    for name, value in {"teacher_logits": teacher_logits, "targets": targets}.items():
        refuse_other_order(student_logits, value, "student_logits", name)
    z = checks.as_logits(student_logits, "student_logits", axis)
    teacher = checks.as_logits(teacher_logits, "teacher_logits", axis)
    checks.same_shape(z, teacher, "student_logits", "teacher_logits")
    labels = batch_of(np.moveaxis(z, -1, axis), targets, None, ignore_index, 0.0, axis)
    source = np.moveaxis(labels.t, -1, axis) if labels.soft else labels.t, axis
    alpha = checks.as_number(alpha, "alpha", low=0, high=1)
    temperature = checks.as_number(
        temperature, "temperature", low=0, high=1e150, open_low=True
    )
    return Lesson(z, teacher, labels.t, temperature, alpha, labels.ignore_index, source)


@np.errstate(all="ignore")
def _over_rows(batch: Lesson, reduction: str, grad: FloatArray | None = None) -> Result:
    """Return the reduced loss of a batch, and write its gradient to ``grad``."""
    lead, k = batch.z.shape[:-1], batch.z.shape[-1]
    n = math.prod(lead)
    divisor = _divisor(batch, n, reduction)

    def losses() -> Iterator[tuple[None, Float64]]:
        for rows in blocks(n, k):
            z, teacher, targets = (take_rows(x, lead, rows) for x in batch[:3])
            some = batch._replace(z=z, teacher=teacher, targets=targets)
            some, ignored = _without_ignored(some, rows.start)
            _check_numbers(some, rows.start)
            loss, slope = _mixed(some, grad is not None)
            for values in (loss, slope):
                if values is not None and ignored is not None:
                    values[ignored] = 0.0
            if grad is not None:
                put_rows(grad, lead, rows, over(slope, divisor))
            yield None, loss

    return reduced(losses(), lead, reduction, divisor)


def _divisor(batch: Lesson, n: int, reduction: str) -> Wide:
    """Return what a reduction divides by: the number of rows that count, or 1."""
    if reduction != "mean" or batch.targets.ndim == batch.z.ndim or not n:
        return count_for(reduction, n)
    n = int(np.count_nonzero(batch.targets != batch.ignore_index))
    if not n:
        raise checks.NothingToAverage("rows that are ignored")
    return count_for(reduction, n)


def _without_ignored(
    some: Lesson, first: int
) -> tuple[Lesson, NDArray[np.bool_] | None]:
    """Return some rows, any ignored ones harmless, and which are; refuse no classes."""
    if some.targets.ndim == 2:
        return some, None
    y, keep = checks.as_indices(
        some.targets,
        some.z.shape[:1],
        some.z.shape[1],
        "targets",
        some.ignore_index,
        first,
    )
    if keep is None:
        return some, None
    z, teacher = (np.where(keep[:, None], x, 0) for x in (some.z, some.teacher))
    return some._replace(z=z, teacher=teacher, targets=y), ~keep


def _check_numbers(some: Lesson, first: int) -> None:
    """Check the numbers in some rows, the first of which has this number."""
    numbers = range(first, first + len(some.z))
    checks.logit_rows(some.z, numbers, "student_logits")
    checks.logit_rows(some.teacher, numbers, "teacher_logits")
    if some.targets.ndim == 2:
        checks.as_distribution(some.targets, "targets", first=first, source=some.source)


def _mixed(some: Lesson, slope: bool) -> tuple[Float64, Float64 | None]:
    """Return the loss of some rows, and its slope if one is asked for."""
    t, alpha = some.temperature, some.alpha
    soft = tempered(some.z, t), softmax(some.teacher, temperature=t)
    factor = alpha * t
    if not slope:
        cooled, plain = (
            softmax_cross_entropy(*pair, reduction="none")
            for pair in (soft, (some.z, some.targets))
        )
        return _part(factor, t * cooled) + _part(1 - alpha, plain), None
    cooled, cooled_slope = softmax_cross_entropy_with_grad(*soft, reduction="none")
    plain, plain_slope = softmax_cross_entropy_with_grad(
        some.z, some.targets, reduction="none"
    )
    loss = _part(factor, t * cooled) + _part(1 - alpha, plain)
    return loss, factor * cooled_slope + (1 - alpha) * plain_slope


def _part(factor: float, loss: Float64) -> Float64:
    """Return factor·loss; a term that is switched off is 0 even if it is inf."""
    return factor * loss if factor else np.zeros_like(loss)

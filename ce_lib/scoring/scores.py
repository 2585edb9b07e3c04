"""What probability forecasts pay: the logarithmic and the Brier score."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from ce_lib import checks
from ce_lib._forecasts import Forecasts, scored_in_blocks
from ce_lib._index import refuse_other_order
from ce_lib._sums import Wide, add_wide, count_for, reduced, wide_sum
from ce_lib._walk import chunks
from ce_lib.checks import Float64, Result


@np.errstate(all="ignore")
def log_score(
    q: ArrayLike,
    y: ArrayLike,
    *,
    labels: ArrayLike | None = None,
    pos_label: Any = None,
    sample_weight: ArrayLike | None = None,
    reduction: str = "mean",
) -> Result:
    """Logarithmic score −log q_y: the loss of probability forecasts.

    Parameters
    ----------
    q : array_like, ``(..., K)`` or ``(...)``
        Forecasts: rows that sum to 1, or one probability of yes per case. A vector
        beside a vector holds yes-or-no cases, beside one class index it is a row.
    y : array_like, ``(...)``
        Outcomes: class indices from 0 to K−1, or 0 and 1 (False and True) for no
        and yes. One-hot rows ``(..., K)`` beside rows count as their classes.
    labels : array_like, ``(K,)``, optional
        The class of each column of ``q``, in the order of the columns; ``y`` then
        holds these labels. For yes or no: (no, yes).
    pos_label : optional
        The label that means yes. It also says that ``y`` of the shape of rows ``q``
        is no one-hot, but yes or no for every probability.
    sample_weight : array_like, ``(...)``, optional
        How much each case counts, at least 0. A weight of 2 is the case twice.
    reduction : {"mean", "sum", "none"}, default "mean"
        "none" gives each case's score times its weight. "mean" divides their sum
        by that of the weights.

    Returns
    -------
    float64 scalar, or array ``(...)`` for reduction "none"
        In nats, lower is better; inf if what was called impossible happened. At
        least 0: exactly for rows that sum to 1, up to their tolerance for others.

    Raises
    ------
    TypeError
        If ``q`` is not real, or ``y`` holds neither class indices nor ``labels``.
    ValueError
        If a forecast is no distribution, an outcome no class, shapes do not fit,
        or a mean has nothing to average.

    See Also
    --------
    brier_score : bounded, and not local.
    softmax_cross_entropy : the same from logits.

    Notes
    -----
    Strictly proper, and local: it looks at no probability but that of the
    outcome. (I. J. Good, Rational Decisions, 1952.) scikit-learn's ``log_loss``
    takes the outcomes first, clips the probabilities, and assumes columns in the
    sorted order of the labels.

    Examples
    --------
    >>> from ce_lib import log_score
    >>> print(f"{log_score([0.7, 0.1, 0.1, 0.1], 0):.6f}")
    0.356675
    >>> print(f"{log_score([[0.7, 0.3]], ['rock'], labels=['rock', 'jazz']):.6f}")
    0.356675
    """
    refuse_other_order(q, sample_weight, "q", "sample_weight", ("index",))
    cases = scored_in_blocks(q, y, labels=labels, pos_label=pos_label)
    return _walked(log_scores, *cases, sample_weight, reduction)


@np.errstate(all="ignore")
def brier_score(
    q: ArrayLike,
    y: ArrayLike,
    *,
    labels: ArrayLike | None = None,
    pos_label: Any = None,
    sample_weight: ArrayLike | None = None,
    reduction: str = "mean",
) -> Result:
    """Brier score Σ_k (q_k − [k = y])² of probability forecasts.

    Parameters
    ----------
    q, y, labels, pos_label, sample_weight, reduction
        As in `log_score`.

    Returns
    -------
    float64 scalar, or array ``(...)`` for reduction "none"
        Lower is better. From 0 to 2 for rows: exactly for rows that sum to 1, up to
        their tolerance for others. For probabilities of yes, the
        binary form (q − y)², from 0 to 1: half of what the two-class row pays.

    Raises
    ------
    TypeError
        If ``q`` is not real, or ``y`` holds neither class indices nor ``labels``.
    ValueError
        If a forecast is no distribution, an outcome no class, shapes do not fit,
        or a mean has nothing to average.

    See Also
    --------
    log_score : unbounded, and local.
    brier_loss : the same from logits.

    Notes
    -----
    Strictly proper. (G. W. Brier, Verification of Forecasts Expressed in Terms
    of Probability, 1950.)

    Examples
    --------
    >>> from ce_lib import brier_score
    >>> print(f"{brier_score([0.7, 0.1, 0.1, 0.1], 0):.2f}")
    0.12
    >>> print(f"{brier_score([0.1, 0.3, 0.3, 0.3], 0):.2f}")
    1.08
    >>> print(f"{brier_score([0.7], [1]):.2f}")  # binary form
    0.09
    """
    refuse_other_order(q, sample_weight, "q", "sample_weight", ("index",))
    cases = scored_in_blocks(q, y, labels=labels, pos_label=pos_label)
    return _walked(brier_scores, *cases, sample_weight, reduction)


def log_scores(read: Forecasts) -> Float64:
    """Return the logarithmic score of every case."""
    if read.binary:  # 1 - q would round
        prices = -np.where(read.y, np.log(read.q), np.log1p(-read.q))
    else:
        own = np.take_along_axis(read.q, read.y[..., None], axis=-1)
        prices = -np.log(own[..., 0])
    return np.asarray(prices + 0.0)


def brier_scores(read: Forecasts) -> Float64:
    """Return the Brier score of every case, in the binary form for yes or no."""
    if read.binary:
        return np.asarray((read.q - read.y) ** 2)
    errors = read.q.copy()
    at = np.take_along_axis(errors, read.y[..., None], axis=-1)
    np.put_along_axis(errors, read.y[..., None], at - 1, axis=-1)
    return np.asarray((errors**2).sum(axis=-1))


def total(scores: Float64, weight: Float64 | None) -> Result:
    """Return the mean of a list of scores, each counted by its weight."""
    return reduced(
        [(weight, scores)], scores.shape, "mean", _divisor(scores.size, weight, "mean")
    )


def _walked(
    price: Callable[[Forecasts], Float64],
    shape: tuple[int, ...],
    parts: Iterable[Forecasts],
    sample_weight: ArrayLike | None,
    reduction: str,
) -> Result:
    """Return the scores times their weights, their sum, or their mean."""
    weight = checks.as_sample_weight(sample_weight, shape)
    divisor = _divisor(math.prod(shape), weight, reduction)

    def scores() -> Iterator[tuple[Float64 | None, Float64]]:
        start = 0
        for part in parts:
            each = price(part).ravel()
            some = slice(start, start + len(each))
            yield None if weight is None else weight.reshape(-1)[some], each
            start += len(each)

    return reduced(scores(), shape, reduction, divisor)


def _divisor(n: int, weight: Float64 | None, reduction: str) -> Wide:
    """Return what a reduction over n scores divides by."""
    divisor = count_for(reduction, n)
    if weight is None or reduction != "mean":
        return divisor
    return add_wide([wide_sum(None, some) for (some,) in chunks([weight])])

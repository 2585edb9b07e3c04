"""The average of several forecasts of one case, and why it never pays more than they do."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from ce_lib import checks
from ce_lib._sums import exact_sum
from ce_lib.checks import Float64
from ce_lib.information import bregman_gap


class Pool(NamedTuple):
    """Several forecasts of one case as one."""

    forecast: Float64  #: their mean, ``(K,)``
    disagreement: float  #: mean D(q_m‖forecast) in nats; 0 only if all are equal


class PooledScore(NamedTuple):
    """What forecasters pay on average beside what their average pays."""

    mean: float  #: mean log score of the forecasts, in nats
    pooled: float  #: log score of their mean
    gain: float  #: mean − pooled, never below 0; nan if both are inf


@np.errstate(all="ignore")
def linear_pool(q: ArrayLike) -> Pool:
    """Average several forecasts of one case, and measure how far they lie apart.

    Parameters
    ----------
    q : array_like, ``(M, K)``
        M forecasts over K classes: rows that sum to 1. Each counts the same.

    Returns
    -------
    Pool
        Their mean, in each class between the least and the largest share, and the mean
        KL divergence of the forecasts from it, in nats: 0 for equal forecasts, at most
        ln K and ln M, never inf.

    Raises
    ------
    TypeError
        If ``q`` is not real.
    ValueError
        If ``q`` is no list of at least one forecast, or a row is no distribution.

    See Also
    --------
    pooled_log_score : what the mean pays, beside the forecasts.
    js_divergence : the disagreement of two forecasts.

    Notes
    -----
    The linear opinion pool (M. Stone, The Opinion Pool, 1961). The disagreement is
    the Jensen-Shannon divergence of M distributions, H(forecast) − mean H(q_m) (J. Lin,
    Divergence Measures Based on the Shannon Entropy, 1991), without its cancellation.

    Examples
    --------
    >>> from ce_lib import linear_pool
    >>> pool = linear_pool([[0.7, 0.3], [0.1, 0.9]])
    >>> print(pool.forecast, f"{pool.disagreement:.4f}")
    [0.4 0.6] 0.2050
    >>> linear_pool([[0.7, 0.3], [0.7, 0.3]]).disagreement
    0.0
    """
    rows = _forecasts(q)
    forecast = _mean(rows)
    # Without the differences, which add up to 0: those of a rounded mean do not quite.
    apart = np.where(rows > 0, bregman_gap(rows, forecast), forecast)
    return Pool(forecast, float(exact_sum(apart.ravel())) / len(rows))


@np.errstate(all="ignore")
def pooled_log_score(q: ArrayLike, y: int) -> PooledScore:
    """Mean log score of several forecasts of one case, and log score of their mean.

    Parameters
    ----------
    q : array_like, ``(M, K)``
        M forecasts over K classes: rows that sum to 1. Each counts the same.
    y : int
        What happened: a class index from 0 to K−1.

    Returns
    -------
    PooledScore
        Both in nats, and their difference. The mean is inf as soon as one forecast
        called ``y`` impossible, the pooled score only if all did.

    Raises
    ------
    TypeError
        If ``q`` is not real, or ``y`` no integer.
    ValueError
        If ``q`` is no list of at least one forecast, a row is no distribution, or ``y``
        no class.

    See Also
    --------
    linear_pool : the mean itself.

    Notes
    -----
    −ln is convex, so the mean of −ln q_y is at least −ln of the mean of q_y (Jensen,
    1906). The difference is the mean of ln(mean q_y / q_y), and so it is
    computed, which loses no digits where they nearly agree: the KL divergence of equal
    weights from those that Bayes' rule gives the forecasters after ``y``.

    Examples
    --------
    >>> from ce_lib import pooled_log_score
    >>> print([f"{part:.4f}" for part in pooled_log_score([[0.7, 0.3], [0.1, 0.9]], 0)])
    ['1.3296', '0.9163', '0.4133']
    >>> print([f"{part:.4f}" for part in pooled_log_score([[1, 0], [0, 1]], 0)])
    ['inf', '0.6931', 'inf']
    """
    rows = _forecasts(q)
    index, _ = checks.as_indices(y, (), rows.shape[1], "y")
    given = rows[:, int(index)]
    share = _mean(given)
    saved = float(exact_sum(bregman_gap(share, given) / share)) / len(given)
    mean, pooled = _mean(-np.log(given)), -np.log(share)
    return PooledScore(float(mean + 0.0), float(pooled + 0.0), saved)  # no -0.0


def _forecasts(q: ArrayLike) -> Float64:
    """Return the rows of a list of forecasts."""
    array = checks.as_array(q, "q")
    if array.ndim != 2 or not len(array):
        raise ValueError(
            "q: expected shape (M, K), a row for each of at least one forecast, got shape "
            f"{array.shape}"
        )
    return checks.as_distribution(q, "q")


def _mean(rows: Float64) -> Float64:
    """Return the mean over the first axis, which rounding must not put outside them."""
    mean = exact_sum(np.ascontiguousarray(rows.T)) / len(rows)
    clipped: Float64 = np.clip(mean, rows.min(axis=0), rows.max(axis=0))
    return clipped

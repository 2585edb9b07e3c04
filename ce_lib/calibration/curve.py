"""The reliability curve: stated probabilities in bins, and how often they came true."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ce_lib import checks
from ce_lib._forecasts import Forecasts, listed
from ce_lib.checks import Float64

STRATEGIES = ("uniform", "quantile")


class ReliabilityCurve(NamedTuple):
    """Stated probabilities against observed frequencies, one entry per used bin."""

    confidence: Float64  #: mean stated probability in the bin
    frequency: Float64  #: how often it came true
    counts: NDArray[Any]  #: cases in the bin, or the sum of their weights
    edges: Float64  #: borders of all bins, ``(n_bins + 1,)``


@np.errstate(all="ignore")
def reliability_curve(
    q: ArrayLike,
    y: ArrayLike,
    n_bins: int = 10,
    *,
    strategy: str = "uniform",
    labels: ArrayLike | None = None,
    pos_label: Any = None,
    sample_weight: ArrayLike | None = None,
) -> ReliabilityCurve:
    """Sort forecasts into bins and compare them with what happened.

    Parameters
    ----------
    q : array_like, ``(N, K)`` or ``(N,)``
        Forecasts. For rows over K classes the stated probability is the largest
        entry, and it comes true when that class does; where m classes share it,
        any of them counts as 1/m of a hit. For one probability of yes per case it
        is that probability.
    y : array_like, ``(N,)``
        Outcomes: class indices from 0 to K−1, or 0 and 1 for no and yes.
    n_bins : int, default 10
        Number of bins. A bin holds its upper border; the first one also holds its
        lower.
    strategy : {"uniform", "quantile"}, default "uniform"
        Bins of equal width from 0 to 1, or of about as many cases each: their
        borders are quantiles of the stated probabilities.
    labels, pos_label : optional
        As in `brier_score`.
    sample_weight : array_like, ``(N,)``, optional
        How much each case counts, at least 0. A weight of 2 is the case twice.

    Returns
    -------
    ReliabilityCurve
        Empty bins are left out of all fields but ``edges``.

    Raises
    ------
    TypeError, ValueError
        As `brier_score`; also if ``n_bins`` is not a positive integer, the
        ``strategy`` is unknown, or N is 0.

    See Also
    --------
    expected_calibration_error : one number from it.
    brier_decomposition : the exact split, for forecasts that repeat.

    Notes
    -----
    A perfectly calibrated forecaster has frequency = confidence in every bin, up
    to chance. (Guo, Pleiss, Sun and Weinberger, On Calibration of Modern Neural
    Networks, 2017.) Bins are those of scikit-learn's ``calibration_curve``, whose
    quantiles lie between cases. Doubling every case would move those, so with
    weights the borders are the cases at which the quantiles are reached.

    Sharing a hit among equals does not depend on the order of the classes: a
    uniform forecast of K balanced classes is calibrated, with frequency 1/K.

    Examples
    --------
    >>> from ce_lib import reliability_curve
    >>> curve = reliability_curve([0.8] * 5 + [0.2] * 5, [1, 1, 1, 0, 0] * 2)
    >>> print(curve.confidence.round(2), curve.frequency, curve.counts)
    [0.2 0.8] [0.6 0.6] [5 5]
    """
    given = {"labels": labels, "pos_label": pos_label, "sample_weight": sample_weight}
    read = listed(q, y, **given)
    return binned(*_stakes(read), read.weight, n_bins, strategy)


def binned(
    stated: Float64,
    came_true: Float64,
    weight: Float64 | None,
    n_bins: int,
    strategy: str,
) -> ReliabilityCurve:
    """Return the curve of probabilities and of the credit, 0 to 1, that each earned."""
    edges = _edges(stated, weight, checks.as_count(n_bins, "n_bins"), strategy)
    index = np.searchsorted(edges[1:-1], stated)
    mass = np.ones(len(stated)) if weight is None else weight
    counts = np.bincount(index, weights=mass, minlength=n_bins)
    used = counts > 0
    # A tiny weight times a probability would run out of digits: take each relative to
    # the largest of its bin.
    largest = np.zeros(n_bins)
    np.maximum.at(largest, index, mass)
    relative = np.divide(mass, largest[index], out=np.zeros_like(mass), where=mass > 0)
    size, said, hits = (
        np.bincount(index, weights=relative * each, minlength=n_bins)[used]
        for each in (1.0, stated, came_true)
    )
    counts = counts[used] if weight is not None else counts[used].astype(np.int64)
    return ReliabilityCurve(said / size, hits / size, counts, edges)


def _edges(
    stated: Float64, weight: Float64 | None, n_bins: int, strategy: str
) -> Float64:
    """Return the borders of the bins, ``(n_bins + 1,)``."""
    if not isinstance(strategy, str) or strategy not in STRATEGIES:
        raise ValueError(
            f"strategy: expected 'uniform' or 'quantile', got {strategy!r}"
        )
    shares = np.arange(n_bins + 1) / n_bins
    if strategy == "uniform":
        return shares
    if weight is None:
        return np.asarray(np.quantile(stated, shares))
    return np.asarray(
        np.quantile(stated, shares, method="inverted_cdf", weights=weight)
    )


def _stakes(read: Forecasts) -> tuple[Float64, Float64]:
    """Return the probability that each forecast stakes, and the credit it earned."""
    if read.binary:
        return read.q, read.y.astype(np.float64)
    stated = read.q.max(axis=-1)
    leads = read.q == stated[:, None]
    own = np.take_along_axis(leads, read.y[:, None], axis=-1)[:, 0]
    return stated, own / leads.sum(axis=-1)

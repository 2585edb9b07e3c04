"""Calibration: do stated probabilities come true as often as they say."""

from __future__ import annotations

import itertools
import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ce_lib import checks
from ce_lib.checks import Float64
from ce_lib.numerics import softmax

__all__ = [
    "ReliabilityCurve",
    "expected_calibration_error",
    "fit_temperature",
    "reliability_curve",
]


class ReliabilityCurve(NamedTuple):
    """Stated probabilities against observed frequencies, one entry per used bin."""

    confidence: Float64  #: mean stated probability in the bin
    frequency: Float64  #: how often it came true
    counts: NDArray[np.int64]  #: cases in the bin
    edges: Float64  #: borders of all bins, ``(n_bins + 1,)``


@np.errstate(all="ignore")
def reliability_curve(q: ArrayLike, y: ArrayLike, n_bins: int = 10) -> ReliabilityCurve:
    """Sort forecasts into bins and compare them with what happened.

    Parameters
    ----------
    q : array_like, ``(N, K)`` or ``(N,)``
        Forecasts. For rows over K classes the stated probability is the largest
        entry, and it comes true when that class does; a tie for the largest
        entry names no class and never comes true. For one probability of yes per
        case it is that probability.
    y : array_like of int, ``(N,)``
        Outcomes: class indices from 0 to K−1, or 0 and 1 for no and yes.
    n_bins : int, default 10
        Number of bins of equal width from 0 to 1. A bin holds its upper border;
        the first one also holds 0.

    Returns
    -------
    ReliabilityCurve
        Empty bins are left out of all fields but ``edges``.

    Raises
    ------
    TypeError, ValueError
        As `brier_score`; also if ``n_bins`` is not a positive integer or N is 0.

    See Also
    --------
    expected_calibration_error : one number from it.
    brier_decomposition : the exact split, for forecasts that repeat.

    Notes
    -----
    A perfectly calibrated forecaster has frequency = confidence in every bin, up
    to chance. (Guo, Pleiss, Sun and Weinberger, On Calibration of Modern Neural
    Networks, 2017.)

    Examples
    --------
    >>> from ce_lib import reliability_curve
    >>> curve = reliability_curve([0.8] * 5 + [0.2] * 5, [1, 1, 1, 0, 0] * 2)
    >>> print(curve.confidence.round(2), curve.frequency, curve.counts)
    [0.2 0.8] [0.6 0.6] [5 5]
    """
    n_bins = checks.as_count(n_bins, "n_bins")
    stated, came_true = _stated_probability(q, y)
    edges = np.arange(n_bins + 1) / n_bins
    index = np.clip(np.searchsorted(edges, stated, side="left") - 1, 0, n_bins - 1)
    count = np.bincount(index, minlength=n_bins)
    used = count > 0
    confidence = np.bincount(index, weights=stated, minlength=n_bins)[used]
    hits = np.bincount(index, weights=came_true, minlength=n_bins)[used]
    size = count[used]
    return ReliabilityCurve(confidence / size, hits / size, size, edges)


@np.errstate(all="ignore")
def expected_calibration_error(q: ArrayLike, y: ArrayLike, n_bins: int = 10) -> float:
    """Mean gap between stated probability and observed frequency.

    Parameters
    ----------
    q : array_like, ``(N, K)`` or ``(N,)``
        Forecasts, as in `reliability_curve`.
    y : array_like of int, ``(N,)``
        Outcomes.
    n_bins : int, default 10
        Number of bins of equal width from 0 to 1.

    Returns
    -------
    float
        From 0 to 1: the sum over bins of their share of the cases times
        abs(frequency − confidence). It depends on ``n_bins``.

    Raises
    ------
    TypeError, ValueError
        As `reliability_curve`.

    See Also
    --------
    reliability_curve

    Notes
    -----
    Naeini, Cooper and Hauskrecht, Obtaining Well Calibrated Probabilities Using
    Bayesian Binning, 2015.

    Examples
    --------
    >>> from ce_lib import expected_calibration_error
    >>> ece = expected_calibration_error([0.8] * 5 + [0.2] * 5, [1, 1, 1, 0, 0] * 2)
    >>> print(f"{ece:.2f}")
    0.30
    """
    curve = reliability_curve(q, y, n_bins)
    share = curve.counts / curve.counts.sum()
    return float(share @ np.abs(curve.frequency - curve.confidence))


@np.errstate(all="ignore")
def fit_temperature(logits: ArrayLike, y: ArrayLike) -> float:
    """Find the temperature T at which softmax(z/T) fits the outcomes best.

    Parameters
    ----------
    logits : array_like, ``(N, K)``
        Raw scores on cases the model was not trained on. -inf is refused.
    y : array_like of int, ``(N,)``
        Outcomes: class indices from 0 to K−1.

    Returns
    -------
    float
        T above 0, at the minimum of the mean loss: to about 13 digits, fewer
        where T is thousands of times the spread of the logits, because there
        the loss is flat. Above 1 the model was too sure of itself.

    Raises
    ------
    TypeError
        If an argument has the wrong kind of numbers.
    ValueError
        If a logit is not finite, an outcome no class, or shapes do not fit; also
        if the mean loss has no minimum at a finite T: when every case is
        classified correctly, sharpening (T → 0) never stops helping; when the
        logits point the wrong way on average, neither does flattening (T → ∞).

    See Also
    --------
    softmax : takes the temperature.

    Notes
    -----
    The mean loss is convex in b = 1/T: its slope is the mean of Σ q_k z_k − z_y
    and its curvature the mean variance of z under q. The slope is bracketed by
    doubling and then followed to 0 by Newton steps, halving the bracket whenever
    a step would leave it; there is no step size to choose. (Guo, Pleiss, Sun and
    Weinberger, On Calibration of Modern Neural Networks, 2017.)

    Examples
    --------
    Logits three times too large are found out:

    >>> import numpy as np
    >>> from ce_lib import fit_temperature
    >>> q = np.array([[0.75, 0.25]] * 4)
    >>> T = fit_temperature(3 * np.log(q), [0, 0, 0, 1])  # right 3 times in 4
    >>> print(f"{T:.12f}")
    3.000000000000
    """
    z = checks.as_float64(logits, "logits")
    if z.ndim != 2 or not z.size:
        raise ValueError(
            f"logits: expected shape (N, K) with at least one row, got shape {z.shape}"
        )
    checks.refuse(~np.isfinite(z), z, "logits", "expected finite numbers")
    index, _ = checks.as_indices(y, z.shape[:1], z.shape[1], "y")
    own = z[np.arange(len(z)), index]
    # Only differences matter. Relative to the outcome's logit, and on the scale
    # of the largest, the slope is a mean of Σ q·d without large numbers.
    d = z / 2 - own[:, None] / 2  # halves, whose difference is in range
    scale = float(np.abs(d).max())
    d = d / scale if scale else d
    slope = d.mean(axis=1).mean()  # of the mean loss, in 1/T at T = inf
    if abs(slope) < 1e-9:  # its sign may be that of a rounding error
        low = -int(np.frexp(np.abs(z).max())[1])  # out of reach of an overflow
        taken = np.repeat(np.ldexp(-own, low), z.shape[1])
        slope = math.fsum(itertools.chain(np.ldexp(z, low).flat, taken))
    if scale == 0 or slope >= 0:
        raise ValueError(
            "logits: expected scores that favour the outcomes on average, got ones "
            "for which the mean loss keeps falling (or stays) as T grows"
        )
    if d.max() <= 0:
        raise ValueError(
            "logits: expected at least one case in which another class outscores the "
            "outcome, got none, so the mean loss keeps falling as T shrinks to 0"
        )
    temperature = 2 * (scale / _root_of_slope(d))
    if not math.isfinite(temperature):
        raise ValueError(
            "logits: expected ones whose temperature a float can hold, "
            f"got a spread of about {scale:.3g}"
        )
    return temperature


def _root_of_slope(d: Float64) -> float:
    """Return b with zero mean of Σ softmax(b·d)·d, which increases with b."""

    def slope_and_curvature(b: float) -> tuple[float, float]:
        q = softmax(b * d)
        mean = (q * d).sum(axis=1)
        variance = (q * (d - mean[:, None]) ** 2).sum(axis=1)
        return float(mean.mean()), float(variance.mean())

    low, high = 0.0, 1.0
    while slope_and_curvature(high)[0] < 0:
        low, high = high, 2 * high
    b = (low + high) / 2
    for _ in range(200):
        slope, curvature = slope_and_curvature(b)
        low, high = (b, high) if slope < 0 else (low, b)
        step = b - slope / curvature if curvature > 0 else low
        new = step if low < step < high else (low + high) / 2
        if new in (low, high) or abs(new - b) <= 1e-16 * b:
            break
        b = new
    return b


def _stated_probability(q: ArrayLike, y: ArrayLike) -> tuple[Float64, Float64]:
    """Return the probability each forecast stakes, and 1.0 where it came true."""
    if checks.as_array(q, "q").ndim == checks.as_array(y, "y").ndim:
        stated = checks.as_probability(q, "q")
        outcome, _ = checks.as_indices(y, stated.shape, 2, "y")
        came_true = outcome.astype(np.float64)
    else:
        rows = checks.as_distribution(q, "q")
        outcome, _ = checks.as_indices(y, rows.shape[:-1], rows.shape[-1], "y")
        stated = rows.max(axis=-1)
        leads = rows == stated[..., None]
        own = np.take_along_axis(leads, outcome[..., None], axis=-1)[..., 0]
        came_true = (own & (leads.sum(axis=-1) == 1)).astype(np.float64)
    if stated.ndim != 1:
        raise ValueError(f"y: expected shape (N,), got shape {stated.shape}")
    if not stated.size:
        raise ValueError("q: expected at least one forecast, got none")
    return stated, came_true

"""Calibration errors: the gaps of reliability curves as one number."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from ce_lib._forecasts import listed
from ce_lib.calibration.curve import ReliabilityCurve, binned, reliability_curve

NORMS = ("l1", "l2", "max")


@np.errstate(all="ignore")
def expected_calibration_error(
    q: ArrayLike,
    y: ArrayLike,
    n_bins: int = 10,
    *,
    norm: str = "l1",
    strategy: str = "uniform",
    labels: ArrayLike | None = None,
    pos_label: Any = None,
    sample_weight: ArrayLike | None = None,
) -> float:
    """Gap between stated probability and observed frequency, over the bins.

    Parameters
    ----------
    q : array_like, ``(N, K)`` or ``(N,)``
        Forecasts, as in `reliability_curve`: of rows only the largest entry counts.
    y : array_like, ``(N,)``
        Outcomes.
    n_bins : int, default 10
        Number of bins.
    norm : {"l1", "l2", "max"}, default "l1"
        The mean gap, the root of the mean squared gap, or the largest gap. A bin
        counts in a mean by its share of the cases.
    strategy, labels, pos_label, sample_weight : optional
        As in `reliability_curve`.

    Returns
    -------
    float
        From 0 to 1. It depends on the bins.

    Raises
    ------
    TypeError, ValueError
        As `reliability_curve`; also if the ``norm`` is unknown.

    See Also
    --------
    reliability_curve
    classwise_calibration_error : looks at every class, not only at the largest.

    Notes
    -----
    Naeini, Cooper and Hauskrecht, Obtaining Well Calibrated Probabilities Using
    Bayesian Binning, 2015, with "l1" and "max". For rows it is the top-label error
    of Guo, Pleiss, Sun and Weinberger, 2017. Names of the norms as in torchmetrics.

    Examples
    --------
    >>> from ce_lib import expected_calibration_error
    >>> q, y = [0.8] * 6 + [0.2] * 4, [1, 1, 1, 0, 0, 0, 1, 0, 0, 0]
    >>> for norm in ("l1", "l2", "max"):
    ...     print(f"{expected_calibration_error(q, y, norm=norm):.4f}")
    0.2000
    0.2345
    0.3000
    """
    curve = reliability_curve(
        q,
        y,
        n_bins,
        strategy=strategy,
        labels=labels,
        pos_label=pos_label,
        sample_weight=sample_weight,
    )
    return _gap(curve, norm)


@np.errstate(all="ignore")
def classwise_calibration_error(
    q: ArrayLike,
    y: ArrayLike,
    n_bins: int = 10,
    *,
    norm: str = "l1",
    strategy: str = "uniform",
    labels: ArrayLike | None = None,
    sample_weight: ArrayLike | None = None,
) -> float:
    """Calibration error of each class's own probability, averaged over the classes.

    Parameters
    ----------
    q : array_like, ``(N, K)``
        Forecasts: rows that sum to 1.
    y : array_like, ``(N,)``
        Outcomes: class indices from 0 to K−1, or ``labels``.
    n_bins : int, default 10
        Number of bins, the same for every class.
    norm, strategy, labels, sample_weight : optional
        As in `expected_calibration_error`. Quantiles are each class's own.

    Returns
    -------
    float
        From 0 to 1. The many classes that are rightly given next to nothing pull
        it towards 0: compare it only at one K.

    Raises
    ------
    TypeError, ValueError
        As `expected_calibration_error`; also for one probability of yes per case.

    See Also
    --------
    expected_calibration_error : of the largest entry alone.

    Notes
    -----
    Kull et al., Beyond Temperature Scaling, 2019; the static calibration error of
    Nixon et al., Measuring Calibration in Deep Learning, 2019.

    Examples
    --------
    Right about the favourite, wrong about which other class it is:

    >>> from ce_lib import classwise_calibration_error, expected_calibration_error
    >>> q, y = [[0.6, 0.4, 0.0]] * 10, [0] * 6 + [2] * 4
    >>> print(f"{expected_calibration_error(q, y):.4f}")
    0.0000
    >>> print(f"{classwise_calibration_error(q, y):.4f}")
    0.2667
    """
    read = listed(q, y, labels=labels, sample_weight=sample_weight)
    if read.binary:
        raise ValueError(
            f"q: expected rows over K classes, got shape {read.q.shape}; for one "
            "probability of yes per case use expected_calibration_error"
        )
    gaps = [
        _gap(binned(stated, read.y == k, read.weight, n_bins, strategy), norm)
        for k, stated in enumerate(read.q.T)
    ]
    return float(np.mean(gaps))


def _gap(curve: ReliabilityCurve, norm: str) -> float:
    if not isinstance(norm, str) or norm not in NORMS:
        raise ValueError(f"norm: expected 'l1', 'l2' or 'max', got {norm!r}")
    gap = np.abs(curve.frequency - curve.confidence)
    if norm == "max":
        return float(gap.max())
    share = curve.counts / curve.counts.sum()
    return float(share @ gap if norm == "l1" else np.sqrt(share @ gap**2))

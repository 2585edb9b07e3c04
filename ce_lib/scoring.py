"""Scores of probability forecasts, and what they are made of.

Probabilities go in. A forecast is a row over K classes; where a function also
takes one probability per case, that is the probability of yes, and the Brier
score is then Brier's binary form, one square instead of the sum over classes.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from ce_lib import checks
from ce_lib._sums import count_for, reduced
from ce_lib.checks import Float64, IntArray, Result
from ce_lib.information import cross_entropy, entropy, kl_divergence

__all__ = [
    "ExpectedScore",
    "ScoreDecomposition",
    "brier_decomposition",
    "brier_score",
    "expected_brier_score",
    "expected_log_score",
    "log_score",
    "log_score_decomposition",
]


class ExpectedScore(NamedTuple):
    """An expected score and its two parts: score = entropy + divergence."""

    score: Result  #: what to expect when outcomes follow P and the forecast is Q
    entropy: Result  #: what even the forecast Q = P would have to pay
    divergence: Result  #: what Q pays on top; 0 only for Q = P


class ScoreDecomposition(NamedTuple):
    """A mean score and its parts: score = uncertainty − resolution + reliability."""

    score: float  #: the mean score of the forecasts
    uncertainty: float  #: score of always forecasting the overall frequencies
    resolution: float  #: how far the frequencies differ between the forecasts
    reliability: float  #: how far forecasts miss their own frequencies; 0 is best

    @property
    def refinement(self) -> float:
        """Uncertainty − resolution, the score of the forecasts once calibrated.

        It gives the second decomposition, score = refinement + reliability.
        """
        return self.uncertainty - self.resolution


@np.errstate(all="ignore")
def log_score(q: ArrayLike, y: ArrayLike, *, reduction: str = "mean") -> Result:
    """Logarithmic score −log q_y: the loss of probability forecasts.

    Parameters
    ----------
    q : array_like, ``(..., K)`` or ``(...)``
        Forecasts: rows that sum to 1, or one probability of yes per case.
    y : array_like of int, ``(...)``
        Outcomes: class indices from 0 to K−1, or 0 and 1 for no and yes.
    reduction : {"mean", "sum", "none"}, default "mean"
        "none" gives one score per case. "mean" divides by their number.

    Returns
    -------
    float64 scalar, or array ``(...)`` for reduction "none"
        In nats, at least 0, lower is better; inf if what was called impossible
        happened.

    Raises
    ------
    TypeError
        If ``q`` is not real or ``y`` not integer.
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
    outcome. (I. J. Good, Rational Decisions, 1952.)

    Examples
    --------
    >>> from ce_lib import log_score
    >>> print(f"{log_score([0.7, 0.1, 0.1, 0.1], 0):.6f}")
    0.356675
    """
    rows, outcomes = _forecasts(q, y)
    if _is_binary(q, y):  # 1 - q would round
        scores = -np.where(outcomes, np.log(rows[..., 1]), np.log1p(-rows[..., 1]))
    else:
        scores = -np.log(_at(rows, outcomes))
    return _reduce(scores + 0.0, reduction)


@np.errstate(all="ignore")
def brier_score(q: ArrayLike, y: ArrayLike, *, reduction: str = "mean") -> Result:
    """Brier score Σ_k (q_k − [k = y])² of probability forecasts.

    Parameters
    ----------
    q : array_like, ``(..., K)`` or ``(...)``
        Forecasts: rows that sum to 1, or one probability of yes per case.
    y : array_like of int, ``(...)``
        Outcomes: class indices from 0 to K−1, or 0 and 1 for no and yes.
    reduction : {"mean", "sum", "none"}, default "mean"
        "none" gives one score per case. "mean" divides by their number.

    Returns
    -------
    float64 scalar, or array ``(...)`` for reduction "none"
        Lower is better. From 0 to 2 for rows. For probabilities of yes, the
        binary form (q − y)², from 0 to 1: half of what the two-class row pays.

    Raises
    ------
    TypeError
        If ``q`` is not real or ``y`` not integer.
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
    rows, outcomes = _forecasts(q, y)
    if _is_binary(q, y):
        return _reduce((rows[..., 1] - outcomes) ** 2, reduction)
    errors = rows.copy()
    at = np.take_along_axis(errors, outcomes[..., None], axis=-1)
    np.put_along_axis(errors, outcomes[..., None], at - 1, axis=-1)
    return _reduce((errors**2).sum(axis=-1), reduction)


@np.errstate(all="ignore")
def expected_log_score(p: ArrayLike, q: ArrayLike) -> ExpectedScore:
    """Log score to expect: H(P, Q) = H(P) + D(P‖Q).

    Parameters
    ----------
    p : array_like, ``(..., K)``
        The distribution the outcomes follow.
    q : array_like, ``(..., K)``
        The forecast.

    Returns
    -------
    ExpectedScore
        Score, entropy and divergence, in nats, of shape ``(...)``.

    Raises
    ------
    TypeError, ValueError
        As `cross_entropy`.

    See Also
    --------
    expected_brier_score

    Notes
    -----
    Every proper score splits into an entropy of P and a divergence of Q from P.
    (Gneiting and Raftery, Strictly Proper Scoring Rules, 2007.)

    Examples
    --------
    >>> from ce_lib import expected_log_score
    >>> parts = expected_log_score([0.7, 0.2, 0.05, 0.05], [0.5, 0.3, 0.1, 0.1])
    >>> print([f"{part:.6f}" for part in parts])
    ['0.956256', '0.871133', '0.085123']
    """
    return ExpectedScore(cross_entropy(p, q), entropy(p), kl_divergence(p, q))


@np.errstate(all="ignore")
def expected_brier_score(p: ArrayLike, q: ArrayLike) -> ExpectedScore:
    """Brier score to expect: Σ p_k(1 − p_k) + Σ (q_k − p_k)².

    Parameters
    ----------
    p : array_like, ``(..., K)``
        The distribution the outcomes follow.
    q : array_like, ``(..., K)``
        The forecast.

    Returns
    -------
    ExpectedScore
        Score, entropy (the Gini-Simpson index of P) and divergence (the squared
        distance), of shape ``(...)``, in the sum form from 0 to 2.

    Raises
    ------
    TypeError, ValueError
        As `cross_entropy`.

    See Also
    --------
    expected_log_score

    Notes
    -----
    Every proper score splits into an entropy of P and a divergence of Q from P.
    (Gneiting and Raftery, Strictly Proper Scoring Rules, 2007.)

    Examples
    --------
    >>> from ce_lib import expected_brier_score
    >>> parts = expected_brier_score([0.7, 0.2, 0.05, 0.05], [0.5, 0.3, 0.1, 0.1])
    >>> print([f"{part:.3f}" for part in parts])
    ['0.520', '0.465', '0.055']
    """
    p_array, q_array = checks.as_array(p, "p"), checks.as_array(q, "q")
    checks.same_shape(p_array, q_array, "p", "q")
    p_rows = checks.as_distribution(p, "p")
    q_rows = checks.as_distribution(q, "q")
    own = (p_rows * (1 - p_rows)).sum(axis=-1)
    distance = ((q_rows - p_rows) ** 2).sum(axis=-1)
    return ExpectedScore(own + distance, own, distance)


@np.errstate(all="ignore")
def brier_decomposition(q: ArrayLike, y: ArrayLike) -> ScoreDecomposition:
    """Split the mean Brier score into uncertainty, resolution and reliability.

    Parameters
    ----------
    q : array_like, ``(N, K)`` or ``(N,)``
        Forecasts: rows that sum to 1, or one probability of yes per case.
        Equal forecasts form a group.
    y : array_like of int, ``(N,)``
        Outcomes: class indices from 0 to K−1, or 0 and 1 for no and yes.

    Returns
    -------
    ScoreDecomposition
        score = uncertainty − resolution + reliability, in the sum form for rows
        and in the binary form for probabilities of yes.

    Raises
    ------
    TypeError, ValueError
        As `brier_score`.

    See Also
    --------
    log_score_decomposition
    reliability_curve : the groups, for forecasts that hardly ever repeat.

    Notes
    -----
    Exact only for groups of equal forecasts, hence no bins. With forecasts that
    never repeat every case is its own group, which says little. (A. H. Murphy,
    A New Vector Partition of the Probability Score, 1973.)

    Examples
    --------
    Five cases forecast at .8, of which three came true, and five at .2, of which
    one did:

    >>> from ce_lib import brier_decomposition
    >>> q = [0.8] * 5 + [0.2] * 5
    >>> y = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    >>> parts = brier_decomposition(q, y)
    >>> print([f"{part:.2f}" for part in parts])
    ['0.22', '0.24', '0.04', '0.02']
    """
    rows, frequency, share = _groups(q, y)
    if _is_binary(q, y):  # the binary form looks at the probability of yes alone
        rows, frequency = rows[:, 1:], frequency[:, 1:]
    overall = share @ frequency
    return ScoreDecomposition(
        float(brier_score(q, y)),
        float((overall * (1 - overall)).sum()),
        float(share @ ((frequency - overall) ** 2).sum(axis=1)),
        float(share @ ((rows - frequency) ** 2).sum(axis=1)),
    )


@np.errstate(all="ignore")
def log_score_decomposition(q: ArrayLike, y: ArrayLike) -> ScoreDecomposition:
    """Split the mean log score into uncertainty, resolution and reliability.

    Parameters
    ----------
    q : array_like, ``(N, K)`` or ``(N,)``
        Forecasts: rows that sum to 1, or one probability of yes per case.
        Equal forecasts form a group.
    y : array_like of int, ``(N,)``
        Outcomes: class indices from 0 to K−1, or 0 and 1 for no and yes.

    Returns
    -------
    ScoreDecomposition
        score = uncertainty − resolution + reliability, in nats.

    Raises
    ------
    TypeError, ValueError
        As `log_score`.

    See Also
    --------
    brier_decomposition

    Notes
    -----
    Uncertainty is the entropy of the overall frequencies; resolution and
    reliability are mean KL divergences, of each group's frequencies from the
    overall ones and from its forecast. (J. Bröcker, Reliability, Sufficiency,
    and the Decomposition of Proper Scores, 2009.)

    Examples
    --------
    >>> from ce_lib import log_score_decomposition
    >>> q = [0.8] * 5 + [0.2] * 5
    >>> y = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    >>> print([f"{part:.6f}" for part in log_score_decomposition(q, y)])
    ['0.639032', '0.673012', '0.086305', '0.052325']
    """
    rows, frequency, share = _groups(q, y)
    overall = share @ frequency
    return ScoreDecomposition(
        float(log_score(q, y)),
        float(entropy(overall)),
        float(share @ kl_divergence(frequency, np.tile(overall, (len(rows), 1)))),
        float(share @ kl_divergence(frequency, rows)),
    )


def _is_binary(q: ArrayLike, y: ArrayLike) -> bool:
    """Tell probabilities of yes from rows: they come in the shape of ``y``."""
    return checks.as_array(q, "q").ndim == checks.as_array(y, "y").ndim


def _forecasts(q: ArrayLike, y: ArrayLike) -> tuple[Float64, IntArray]:
    """Return checked forecast rows and outcomes; yes-or-no becomes two classes."""
    if _is_binary(q, y):
        yes = checks.as_probability(q, "q")
        rows = np.stack([1 - yes, yes], axis=-1)
    else:
        rows = checks.as_distribution(q, "q")
    outcomes, _ = checks.as_indices(y, rows.shape[:-1], rows.shape[-1], "y")
    return rows, outcomes


def _at(rows: Float64, outcomes: IntArray) -> Float64:
    """Return each row's entry at its outcome."""
    picked: Float64 = np.take_along_axis(rows, outcomes[..., None], axis=-1)
    return picked[..., 0]


def _reduce(scores: Float64, reduction: str) -> Result:
    divisor = count_for(reduction, scores.size)
    return reduced([(None, scores.ravel())], scores.shape, reduction, divisor)


def _groups(q: ArrayLike, y: ArrayLike) -> tuple[Float64, Float64, Float64]:
    """Return the distinct forecasts, the outcome frequencies and share of each."""
    rows, outcomes = _forecasts(q, y)
    if outcomes.ndim != 1:
        raise ValueError(f"y: expected shape (N,), got shape {outcomes.shape}")
    if not len(rows):
        raise ValueError("q: expected at least one forecast, got none")
    distinct, group = np.unique(rows, axis=0, return_inverse=True)
    counts = np.zeros(distinct.shape)
    np.add.at(counts, (group.reshape(-1), outcomes), 1.0)
    size = counts.sum(axis=1)
    return distinct, counts / size[:, None], size / size.sum()

"""What a proper score is expected to pay: an entropy of P, and a divergence from P."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from ce_lib import checks
from ce_lib._index import refuse_other_order
from ce_lib.checks import Result
from ce_lib.information import cross_entropy, entropy, kl_divergence


class ExpectedScore(NamedTuple):
    """An expected score and its two parts: score = entropy + divergence."""

    score: Result  #: what to expect when outcomes follow P and the forecast is Q
    entropy: Result  #: what even the forecast Q = P would have to pay
    divergence: Result  #: what Q pays on top; 0 only for Q = P


@np.errstate(all="ignore")
def expected_log_score(
    p: ArrayLike, q: ArrayLike, *, axis: int = -1, base: float = math.e
) -> ExpectedScore:
    """Log score to expect: H(P, Q) = H(P) + D(P‖Q).

    Parameters
    ----------
    p : array_like, ``(..., K)``
        The distribution the outcomes follow.
    q : array_like, ``(..., K)``
        The forecast.
    axis : int, default -1
        The class axis of both.
    base : float, default e
        Unit of the result, above 1: e for nats, 2 for bits.

    Returns
    -------
    ExpectedScore
        Score, entropy and divergence, of shape ``(...)``.

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
    return ExpectedScore(
        cross_entropy(p, q, axis=axis, base=base),
        entropy(p, axis=axis, base=base),
        kl_divergence(p, q, axis=axis, base=base),
    )


@np.errstate(all="ignore")
def expected_brier_score(
    p: ArrayLike, q: ArrayLike, *, axis: int = -1
) -> ExpectedScore:
    """Brier score to expect: Σ p_k(1 − p_k) + Σ (q_k − p_k)².

    Parameters
    ----------
    p : array_like, ``(..., K)``
        The distribution the outcomes follow.
    q : array_like, ``(..., K)``
        The forecast.
    axis : int, default -1
        The class axis of both.

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
    refuse_other_order(p, q, "p", "q")
    p_rows = checks.as_distribution(p, "p", axis, source=(p_array, axis))
    q_rows = checks.as_distribution(q, "q", axis, source=(q_array, axis))
    own = (p_rows * (1 - p_rows)).sum(axis=-1)
    distance = ((q_rows - p_rows) ** 2).sum(axis=-1)
    return ExpectedScore(own + distance, own, distance)

"""What a mean score is made of: uncertainty, resolution and reliability."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from ce_lib._forecasts import Forecasts, listed
from ce_lib.checks import Float64
from ce_lib.information import entropy, kl_divergence
from ce_lib.scoring.scores import brier_scores, log_scores, total


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
def brier_decomposition(
    q: ArrayLike,
    y: ArrayLike,
    *,
    labels: ArrayLike | None = None,
    pos_label: Any = None,
    sample_weight: ArrayLike | None = None,
) -> ScoreDecomposition:
    """Split the mean Brier score into uncertainty, resolution and reliability.

    Parameters
    ----------
    q : array_like, ``(N, K)`` or ``(N,)``
        Forecasts: rows that sum to 1, or one probability of yes per case.
        Equal forecasts form a group.
    y : array_like, ``(N,)``
        Outcomes: class indices from 0 to K−1, or 0 and 1 for no and yes.
    labels, pos_label, sample_weight : optional
        As in `brier_score`.

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
    read = listed(q, y, labels=labels, pos_label=pos_label, sample_weight=sample_weight)
    rows, frequency, share = _groups(read)
    if read.binary:  # the binary form looks at the probability of yes alone
        rows, frequency = rows[:, 1:], frequency[:, 1:]
    overall = share @ frequency
    return ScoreDecomposition(
        float(total(brier_scores(read), read.weight)),
        float((overall * (1 - overall)).sum()),
        float(share @ ((frequency - overall) ** 2).sum(axis=1)),
        float(share @ ((rows - frequency) ** 2).sum(axis=1)),
    )


@np.errstate(all="ignore")
def log_score_decomposition(
    q: ArrayLike,
    y: ArrayLike,
    *,
    labels: ArrayLike | None = None,
    pos_label: Any = None,
    sample_weight: ArrayLike | None = None,
) -> ScoreDecomposition:
    """Split the mean log score into uncertainty, resolution and reliability.

    Parameters
    ----------
    q : array_like, ``(N, K)`` or ``(N,)``
        Forecasts: rows that sum to 1, or one probability of yes per case.
        Equal forecasts form a group.
    y : array_like, ``(N,)``
        Outcomes: class indices from 0 to K−1, or 0 and 1 for no and yes.
    labels, pos_label, sample_weight : optional
        As in `log_score`.

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
    read = listed(q, y, labels=labels, pos_label=pos_label, sample_weight=sample_weight)
    rows, frequency, share = _groups(read)
    overall = share @ frequency
    return ScoreDecomposition(
        float(total(log_scores(read), read.weight)),
        float(entropy(overall)),
        float(share @ kl_divergence(frequency, np.tile(overall, (len(rows), 1)))),
        float(share @ kl_divergence(frequency, rows)),
    )


def _groups(read: Forecasts) -> tuple[Float64, Float64, Float64]:
    """Return the distinct forecasts, the outcome frequencies and share of each."""
    weight = np.ones(len(read.y)) if read.weight is None else read.weight
    counted = weight > 0
    distinct, group = np.unique(read.rows[counted], axis=0, return_inverse=True)
    counts = np.zeros(distinct.shape)
    np.add.at(counts, (group.reshape(-1), read.y[counted]), weight[counted])
    size = counts.sum(axis=1)
    return distinct, counts / size[:, None], size / size.sum()

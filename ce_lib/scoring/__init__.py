"""Scores of probability forecasts, and what they are made of.

Probabilities go in. A forecast is a row over K classes; where a function also
takes one probability per case, that is the probability of yes, and the Brier
score is then Brier's binary form, one square instead of the sum over classes.

Outcomes are class indices, one-hot rows, or labels: ``labels`` names the class of
each column, ``pos_label`` the yes. A weight of 2 counts a case twice.
"""

from ce_lib.scoring.decomposition import (
    ScoreDecomposition,
    brier_decomposition,
    log_score_decomposition,
)
from ce_lib.scoring.expected import (
    ExpectedScore,
    expected_brier_score,
    expected_log_score,
)
from ce_lib.scoring.pool import Pool, PooledScore, linear_pool, pooled_log_score
from ce_lib.scoring.scores import brier_score, log_score

__all__ = [
    "ExpectedScore",
    "Pool",
    "PooledScore",
    "ScoreDecomposition",
    "brier_decomposition",
    "brier_score",
    "expected_brier_score",
    "expected_log_score",
    "linear_pool",
    "log_score",
    "log_score_decomposition",
    "pooled_log_score",
]

"""What a record of bets says about the one who made them.

The pages keep a record and can export it as a file; the same sums are made there
(web/practice/summary.js) and here, where a class's records can be compared.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from ce_lib.calibration import ReliabilityCurve, reliability_curve
from ce_lib.practice.quiz import score

#: Few bets fill few bins.
BINS = 5


class Summary(NamedTuple):
    """A forecaster in a few numbers; lower scores are better."""

    bets: int
    ruled_out: int  #: bets that gave the right option 0 %
    mean_log: float  #: mean cross-entropy in nats; inf as soon as one is ruled out
    mean_log_rest: float  #: the same over the bets that did not rule it out
    mean_brier: float
    even_log: float  #: mean ln K of the same questions
    even_brier: float
    sure: float  #: mean of the largest share
    right: float  #: how often that was the truth; answers with equal shares share it
    curve: ReliabilityCurve  #: every option of every bet counts as one forecast


def summary(bets: Iterable[tuple[ArrayLike, int]]) -> Summary:
    """Summarise bets.

    Parameters
    ----------
    bets : iterable of (q, y)
        Forecast over the options, and the place of the right one.

    Returns
    -------
    Summary
        Means over the bets.

    Raises
    ------
    ValueError
        If there is no bet.

    Examples
    --------
    >>> from ce_lib.practice.record import summary
    >>> found = summary([([0.7, 0.1, 0.1, 0.1], 0), ([0.5, 0.5, 0, 0], 1)])
    >>> print(f"{found.mean_log:.4f} beside {found.even_log:.4f}")
    0.5249 beside 1.3863
    """
    pairs = [(np.asarray(q, dtype=np.float64), y) for q, y in bets]
    if not pairs:
        raise ValueError("bets: expected at least one")
    scores = np.array([score(q, y) for q, y in pairs])
    ruled_out = np.isinf(scores[:, 0])
    rest = scores[~ruled_out, 0]
    stated = np.concatenate([q for q, _ in pairs])
    came = np.concatenate([np.arange(len(q)) == y for q, y in pairs]).astype(int)
    mean = scores.mean(axis=0)
    largest = [q.max() for q, _ in pairs]
    hits = [
        (q[y] == top) / np.sum(q == top)
        for (q, y), top in zip(pairs, largest, strict=True)
    ]
    return Summary(
        len(pairs),
        int(ruled_out.sum()),
        float(mean[0]),
        float(rest.mean()) if len(rest) else float("nan"),
        float(mean[1]),
        float(mean[2]),
        float(mean[3]),
        float(np.mean(largest)),
        float(np.mean(hits)),
        reliability_curve(stated, came, n_bins=BINS),
    )

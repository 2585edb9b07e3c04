"""Groups of forecasts over two and more classes: sure, repeated, one for all."""

from collections.abc import Iterator

import numpy as np

from ce_lib import scoring

from . import Case

GROUPS = [
    ([[0.2, 0.8], [0.8, 0.2]], [[2, 3], [4, 1]]),
    ([[0.2, 0.8], [0.7, 0.3], [0.2, 0.8]], [[2, 3], [4, 1], [0, 7]]),
    ([[0.0, 1.0], [0.7, 0.3]], [[1, 19], [30, 2]]),
    ([[1.0, 1e-40], [1e-9, 1.0]], [[3, 2], [0, 4]]),
    ([[0.7, 0.1, 0.1, 0.1], [0.1, 0.3, 0.3, 0.3]], [[5, 0, 2, 1], [0, 1, 1, 3]]),
]


def one_by_one(
    groups: list[list[float]], counts: list[list[int]]
) -> tuple[np.ndarray, np.ndarray]:
    """The same forecasts as ce_lib takes them: a row and an outcome for every case."""
    rows = np.repeat(groups, np.sum(counts, axis=1), axis=0)
    y = np.concatenate([np.repeat(np.arange(len(row)), row) for row in counts])
    return rows, y


def cases() -> Iterator[Case]:
    for groups, counts in GROUPS:
        given = (groups, counts)
        rows, y = one_by_one(groups, counts)
        yield "brierDecomposition", given, scoring.brier_decomposition(rows, y)
        yield "logScoreDecomposition", given, scoring.log_score_decomposition(rows, y)

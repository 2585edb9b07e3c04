"""Yes-or-no forecasts in groups: on the borders of bins, too sure, not sure enough."""

from collections.abc import Iterator

import numpy as np

from ce_lib import calibration

from . import Case
from .decomposition import one_by_one

GROUPS = [
    ([0.8, 0.2], [[2, 3], [4, 1]]),
    ([0.72, 0.78], [[1, 10], [5, 6]]),
    ([0.1, 0.3, 0.7, 1.0], [[3, 1], [5, 2], [2, 7], [1, 9]]),
    ([0.0, 0.6, 0.6000000000000001], [[9, 1], [2, 2], [0, 3]]),
    ([0.01, 0.99], [[27, 3], [3, 17]]),
    ([0.45, 0.55, 0.5], [[49, 1], [1, 40], [3, 3]]),
    ([1e-6, 0.999], [[49, 1], [0, 50]]),
]


def cases() -> Iterator[Case]:
    for q, counts in GROUPS:
        rows, y = one_by_one([[1 - f, f] for f in q], counts)
        stated = rows[:, 1]
        for bins in (10, 4):
            given = (q, counts, bins)
            curve = calibration.reliability_curve(stated, y, bins)
            yield "reliabilityCurve", given, curve[:3]
            error = calibration.expected_calibration_error(stated, y, bins)
            yield "expectedCalibrationError", given, error
            # The first bin holds 0 too; every other one lacks its lower border.
            yield "histogram", given, _sizes(stated, curve.edges)
        inside = [(f, count) for f, count in zip(q, counts, strict=True) if 0 < f < 1]
        z = [float(np.log(f) - np.log1p(-f)) for f, _ in inside]
        logits, outcome = one_by_one(
            [[0.0, score] for score in z], [c for _, c in inside]
        )
        given = (z, [count for _, count in inside])
        yield "fitTemperature", given, calibration.fit_temperature(logits, outcome)


def _sizes(stated: np.ndarray, edges: np.ndarray) -> list[int]:
    above = stated[:, None] > edges[1:-1]
    return np.bincount(above.sum(axis=1), minlength=len(edges) - 1).tolist()

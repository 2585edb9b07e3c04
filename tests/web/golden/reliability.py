"""Groups of forecasts: sure ones, hopeless ones, good ones, and every kind of verdict."""

from collections.abc import Iterator

from ce_lib.explorers import Reliability, reliability

from . import Case

FORECASTS = [0.0, 1e-6, 0.2, 0.5, 0.72, 0.999999, 1.0]
TEMPERATURES = [0.0, 0.1, 1.0, 2.5, float("inf")]

GROUPS = [
    ([0.8, 0.2], [5, 5], [3, 1]),
    ([0.2, 1.0], [5, 5], [1, 4]),
    ([0.0, 0.5, 1.0], [5, 5, 5], [0, 2, 5]),
    ([0.7, 0.4], [5, 5], [5, 0]),
    ([0.7], [10], [5]),
    ([0.7], [10], [2]),
    ([0.7], [10], [7]),
    ([0.6, 0.45], [20, 30], [19, 3]),
    ([0.01, 0.99, 0.0], [30, 20, 3], [3, 17, 0]),
]


def cases() -> Iterator[Case]:
    for f in FORECASTS:
        for temperature in TEMPERATURES:
            yield "bent", (f, temperature), reliability.bent(f, temperature)
    said = set()
    for groups in GROUPS:
        best = reliability.best_temperature(*groups)
        said.add(best[1])
        yield "bestTemperature", (*groups, Reliability.constants), best
    missing = set(reliability.VERDICTS) - said
    assert not missing, f"no golden case is {missing}"

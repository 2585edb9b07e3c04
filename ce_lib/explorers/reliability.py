"""Reliability: groups of equal forecasts against what happened, and both scores split."""

import math
from collections.abc import Sequence
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from traitlets import validate

from ce_lib._written import percent, plain
from ce_lib.calibration import expected_calibration_error, fit_temperature
from ce_lib.checks import Float64
from ce_lib.explorers.base import Explorer, Gallery, Quantity, TryThis, Value
from ce_lib.explorers.state import Choice, Number, StateError, Vector, Wholes
from ce_lib.explorers.units import nats_per
from ce_lib.numerics import sigmoid
from ce_lib.scoring import (
    ScoreDecomposition,
    brier_decomposition,
    log_score,
    log_score_decomposition,
)

_GROUPS, _CASES = 8, 50
#: Probabilities closer to 0 or 1 than this, but not there, are refused.
_EDGE = 1e-6
#: A part below this is what rounding leaves of 0, and reads 0.
_ROUNDING = 1e-12

#: A best temperature this near to 1 is 1.
_SAME = 1e-9

#: What the temperature with the lowest log score says about the forecasts.
VERDICTS = {
    "missed": "a sure forecast missed: no T helps",
    "unbendable": "T changes nothing here",
    "sharpen": "always on the right side of 50 %: sharpen without end",
    "flatten": "no better than 50 %: flatten without end",
    "right": "as sure as it should be",
    "too_sure": "too sure of itself",
    "not_sure": "not sure enough of itself",
}

_HUNDRED: dict[str, Any] = {
    "stated": [0.8, 0.2],
    "cases": [50, 50],
    "hits": [30, 10],
    "temperature": 1,
}


class Reliability(Explorer):
    """Do forecasts come true as often as they say?

    The state is up to eight groups of forecasts. Group i states the probability
    ``stated[i]`` for each of its ``cases[i]`` cases, and ``hits[i]`` of them came
    true. The three have one length. ``temperature`` T bends every forecast f to
    σ(logit(f)/T): above 1 towards one half, below 1 away from it. Forecasts of
    exactly 0 and 1 stay. Groups that state the same count as one.

    The Brier score is the binary form, one square per case from 0 to 1.

    Examples
    --------
    Ten forecasts: five times .8, of which three came true, and five times .2, of
    which one did.

    >>> explorer = Reliability(stated=[0.8, 0.2], cases=[5, 5], hits=[3, 1])
    >>> numbers = explorer.readout()
    >>> round(numbers["brier"], 6), round(numbers["log_score"], 6)
    (0.22, 0.639032)
    >>> explorer.temperature = numbers["best_temperature"]
    >>> round(explorer.readout()["log_score"], 6)
    0.610864

    >>> explorer.hits = [6, 1]
    Traceback (most recent call last):
    ...
    ce_lib.explorers.state.StateError: hits: expected at most the cases [5, 5], got [6, 1]

    The number of groups changes for all three at once:

    >>> explorer.update(stated=[1], cases=[5], hits=[4])
    >>> explorer.readout()["log_score"]
    inf

    In a notebook ``explorer`` as the last line of a cell shows it, and
    ``explorer.observe(lambda change: print(change.new), "stated")`` calls your own
    code whenever a hand drags a disc.
    """

    name = "reliability"
    room = (42.5, 57)
    question = "Do forecasts come true as often as they say?"
    entries = tuple(f"group {i + 1}" for i in range(_GROUPS))

    stated = Vector((0.8, 0.2), low=0, high=1, shortest=1, longest=_GROUPS)
    cases = Wholes((50, 50), low=1, high=_CASES, shortest=1, longest=_GROUPS)
    hits = Wholes((30, 10), low=0, high=_CASES, shortest=1, longest=_GROUPS)
    temperature = Number(1, low=0.1, high=10)
    units = Choice("nats", "bits")

    quantities = {
        "brier": Quantity("Brier score", "binary form, 0 to 1"),
        "log_score": Quantity("log score", "{units}"),
        "calibration_error": Quantity("calibration error, ten bins", "mean gap"),
        "best_temperature": Quantity("T with the lowest log score"),
        "best_log_score": Quantity("log score at that T", "{units}"),
        "verdict": Quantity("what T says"),
        "base_rate": Quantity("came true overall"),
        "brier_uncertainty": Quantity("Brier: uncertainty"),
        "brier_resolution": Quantity("Brier: resolution, taken off"),
        "brier_reliability": Quantity("Brier: reliability, added"),
        "log_uncertainty": Quantity("log: uncertainty", "{units}"),
        "log_resolution": Quantity("log: resolution, taken off", "{units}"),
        "log_reliability": Quantity("log: reliability, added", "{units}"),
        "forecast": Quantity("forecast at this T"),
        "frequency": Quantity("came true"),
    }
    words = {
        **VERDICTS,
        "as_many": "{count} numbers, as many as {other} has",
        "not_nearly_sure": "0, 1, or numbers from {edge} to 1 − {edge}",
        "no_more": "at most the cases {cases}",
    }
    constants = {"edge": _EDGE, "rounding": _ROUNDING, "same": _SAME}
    try_this = (
        TryThis(
            "The hundred forecasts",
            _HUNDRED,
            f"{percent(_HUNDRED['stated'][0])} came true "
            f"{percent(_HUNDRED['hits'][0] / _HUNDRED['cases'][0])} of the time. "
            "Reliability is the price of that gap, resolution the gain from telling the "
            "two groups apart.",
        ),
        TryThis(
            "Sharp and calibrated",
            {
                "stated": [0.76, 0.04],
                "cases": [50, 50],
                "hits": [38, 2],
                "temperature": 1,
            },
            "The same hundred songs, and a better ear. Every disc lies on the diagonal: "
            "reliability is 0, and resolution takes off more than half of the Brier "
            "score’s uncertainty.",
        ),
        TryThis(
            "The same, over-confident",
            {
                "stated": [0.99, 0.01],
                "cases": [50, 50],
                "hits": [38, 2],
                "temperature": 1,
            },
            "The same outcomes, overstated. Uncertainty and resolution stay; all that "
            "is new is reliability. Now use the best T.",
        ),
        TryThis(
            "Calibrated but useless",
            {
                "stated": [0.4, 0.4],
                "cases": [50, 50],
                "hits": [30, 10],
                "temperature": 1,
            },
            "Everyone states the base rate. Reliability is 0 and so is resolution: "
            "the score is the uncertainty, untouched.",
        ),
        TryThis(
            "One sure miss",
            {
                "stated": [1, 0.5, 0.02],
                "cases": [30, 20, 50],
                "hits": [29, 10, 1],
                "temperature": 1,
            },
            "The lowest Brier score of the five. But one of thirty sure forecasts "
            "missed: the log score is ∞, and no T repairs it.",
        ),
    )

    @validate("stated", "cases", "hits")
    def _fits(self, proposal: Any) -> Any:
        """Refuse a value that does not fit the other two."""
        name, value = proposal.trait.name, proposal.value
        parts = {key: getattr(self, key) for key in ("stated", "cases", "hits")}
        parts[name] = value
        for other, entries in parts.items():
            if len(entries) != len(value):
                expected = self._say("as_many", count=len(entries), other=other)
                raise StateError(f"{name}: expected {expected}, got {len(value)}")
        stated, cases, hits = parts["stated"], parts["cases"], parts["hits"]
        if any(0 < f < _EDGE or 1 - _EDGE < f < 1 for f in stated):
            expected = self._say("not_nearly_sure", edge=plain(_EDGE))
            raise StateError(f"stated: expected {expected}, got {list(stated)}")
        if any(h > c for h, c in zip(hits, cases, strict=True)):
            expected = self._say("no_more", cases=list(cases))
            raise StateError(f"hits: expected {expected}, got {list(hits)}")
        return value

    @classmethod
    def gallery(cls) -> Gallery:
        best = cast(float, cls().readout()["best_temperature"])
        bent = cls(temperature=best).readout()["forecast"]
        high, low = cast(tuple[float, float], bent)
        return Gallery(
            "Do forecasts come true as often as they say?",
            (
                "Tells a forecaster who keeps their word from one who has something "
                "to say."
            ),
            (
                cls.at(
                    "The best T for the hundred forecasts",
                    stated=[0.8, 0.2],
                    cases=[50, 50],
                    hits=[30, 10],
                    temperature=round(best, 4),
                )
                + f" bends 80 % to {100 * high:.0f} % and 20 % to {100 * low:.0f} %: "
                + "seventy of the hundred were on the right side of one half.",
                cls.at(
                    "Everyone states the base rate",
                    stated=[0.4, 0.4],
                    cases=[50, 50],
                    hits=[30, 10],
                    temperature=1,
                )
                + ": perfectly calibrated, and no better than knowing nothing. Then "
                + cls.at(
                    "the same songs, told apart",
                    stated=[0.76, 0.04],
                    cases=[50, 50],
                    hits=[38, 2],
                    temperature=1,
                )
                + (
                    ": just as calibrated, and resolution takes off more than half of the "
                    "Brier score’s uncertainty."
                ),
                cls.at(
                    "A calibration error of 0",
                    stated=[0.72, 0.78],
                    cases=[50, 50],
                    hits=[50, 25],
                    temperature=1,
                )
                + (
                    ", and neither disc is near the line. Both forecasts fall into one "
                    "tenth, where their misses cancel; reliability is not fooled."
                ),
                cls.at(
                    "One sure miss",
                    stated=[1, 0.5, 0.02],
                    cases=[30, 20, 50],
                    hits=[29, 10, 1],
                    temperature=1,
                )
                + (
                    ": a low Brier score and a log score of ∞, for the same hundred "
                    "forecasts."
                ),
            ),
        )

    def readout(self) -> dict[str, Value]:
        unit = nats_per(self.units)
        y = _outcomes(self.cases, self.hits)
        rows = self._rows(self.temperature)
        each = np.repeat(rows, self.cases, axis=0)
        brier = brier_decomposition(each, y)
        log = log_score_decomposition(each, y)
        best, verdict = best_temperature(self.stated, self.cases, self.hits)
        at_best = np.repeat(self._rows(best), self.cases, axis=0)
        error = expected_calibration_error(each[:, 1], y)
        return {
            "brier": _tidy(brier.score / 2),
            "log_score": _tidy(log.score) / unit,
            "calibration_error": _tidy(error),
            "best_temperature": best,
            "best_log_score": _tidy(float(log_score(at_best, y))) / unit,
            "verdict": VERDICTS[verdict],
            "base_rate": sum(self.hits) / sum(self.cases),
            **_parts("brier", brier, 2.0),
            **_parts("log", log, unit),
            "forecast": tuple(rows[:, 1].tolist()),
            "frequency": tuple(
                h / c for h, c in zip(self.hits, self.cases, strict=True)
            ),
        }

    def _rows(self, temperature: float) -> Float64:
        """The forecasts (no, yes) of the groups, bent. Both tails keep their digits."""
        return np.array([bent(f, temperature) for f in self.stated])

    def _say(self, name: str, **values: Any) -> str:
        return self.words[name].format(**values)


def bent(f: float, temperature: float) -> tuple[float, float]:
    """Return the forecast f as (no, yes) at temperature T, which may be 0 or ∞."""
    if f in (0, 1) or temperature == 1:
        return 1 - f, f
    z = _logit(f)
    if z == 0:
        return 0.5, 0.5
    z = math.copysign(math.inf, z) if temperature == 0 else z / temperature
    return float(sigmoid(-z)), float(sigmoid(z))


def best_temperature(
    stated: Sequence[float], cases: Sequence[int], hits: Sequence[int]
) -> tuple[float, str]:
    """Return the T with the lowest log score, and which of `VERDICTS` it gives.

    T is 0 or ∞ where bending further always helps, and 1 where it changes nothing.
    """
    groups = list(zip(stated, cases, hits, strict=True))
    if any((f == 0 and h > 0) or (f == 1 and h < c) for f, c, h in groups):
        return 1.0, "missed"
    free = [(_logit(f), c, h) for f, c, h in groups if f not in (0, 0.5, 1)]
    if not free:
        return 1.0, "unbendable"
    if all(h == (c if z > 0 else 0) for z, c, h in free):
        return 0.0, "sharpen"
    pull = sum(z * (2 * h - c) for z, c, h in free)
    if pull <= _ROUNDING * sum(abs(z) * c for z, c, h in free):
        return math.inf, "flatten"
    z, sizes = np.array([z for z, *_ in free]), [c for _, c, _ in free]
    logits = np.repeat(np.stack([0 * z, z], axis=1), sizes, axis=0)
    best = fit_temperature(logits, _outcomes(sizes, [h for *_, h in free]))
    if abs(best - 1) <= _SAME:
        return 1.0, "right"
    return best, "too_sure" if best > 1 else "not_sure"


def _outcomes(cases: Sequence[int], hits: Sequence[int]) -> NDArray[np.int64]:
    """Return the outcome of every case: in each group the hits first."""
    groups = zip(hits, cases, strict=True)
    return np.concatenate([np.arange(c) < h for h, c in groups]).astype(np.int64)


def _logit(f: float) -> float:
    return math.log(f) - math.log1p(-f)


def _parts(name: str, parts: ScoreDecomposition, unit: float) -> dict[str, Value]:
    return {
        f"{name}_uncertainty": _tidy(parts.uncertainty) / unit,
        f"{name}_resolution": _tidy(parts.resolution) / unit,
        f"{name}_reliability": _tidy(parts.reliability) / unit,
    }


def _tidy(value: float) -> float:
    return 0.0 if abs(value) < _ROUNDING else value

"""What the bets of a class come to: each forecaster's, and that of their average.

Not everybody has bet on everything, so like is compared with like: the average forecast of a
question is that of those who bet on it, and counts once for each of them, wherever it is
compared with theirs. So its mean loss is never more than theirs.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ce_lib import kl_divergence, linear_pool, pooled_log_score, reliability_curve
from ce_lib.calibration import ReliabilityCurve
from ce_lib.checks import Float64
from ce_lib.practice.record import Summary, summary
from ce_lib.scoring import Pool, PooledScore
from forecasting.class_records import Student
from forecasting.questions import Bet

#: Bins of a class's diagram, which has more to fill them with than one student's.
BINS = 10

#: Bets below which one forecaster's numbers are mostly luck, as on the page of the record.
FEW = 10

#: How far losses that are equal may differ by rounding.
EQUAL = 1e-12


@dataclass(frozen=True)
class Asked:
    """A question that some have bet on."""

    bet: Bet
    q: Float64  #: what they said, ``(M, K)``
    pool: Pool
    score: PooledScore

    @property
    def count(self) -> int:
        return len(self.q)

    @property
    def ruled_out(self) -> int:
        """How many gave the right option 0 %."""
        return int(np.sum(self.q[:, self.bet.answer] == 0))


@dataclass(frozen=True)
class Forecaster:
    """A student beside the average on the same bets."""

    name: str
    own: Summary
    average: float  #: mean loss of the average forecast on these bets, in nats
    calibration_error: float  #: mean gap between what was stated and what came true
    sharpness: float  #: mean D(forecast‖uniform guess), in nats

    @property
    def beaten(self) -> bool:
        """Whether the average pays less."""
        return self.average < self.own.mean_log and not self.level

    @property
    def level(self) -> bool:
        """Whether the average pays the same, as it does where nobody else has bet."""
        return math.isclose(self.average, self.own.mean_log, rel_tol=EQUAL)


@dataclass(frozen=True)
class Total:
    """Mean losses over all bets of some questions; each bet counts once."""

    questions: int
    bets: int
    mean: float
    pooled: float
    gain: float


@dataclass(frozen=True)
class Room:
    """A class and its average."""

    asked: Sequence[Asked]  #: in the book's order
    forecasters: Sequence[Forecaster]  #: by their mean losses
    theirs: ReliabilityCurve  #: every option of every bet is one forecast
    average: ReliabilityCurve  #: every option of every question is one

    @property
    def finite(self) -> Sequence[Asked]:
        """The questions on which nobody has ruled out the truth."""
        return [one for one in self.asked if not one.ruled_out]

    @property
    def infinite(self) -> Sequence[Asked]:
        """Those on which somebody has, and not everybody."""
        return [one for one in self.asked if 0 < one.ruled_out < one.count]

    @property
    def by_disagreement(self) -> Sequence[Asked]:
        """The questions that several have bet on; the most divided first."""
        several = [one for one in self.asked if one.count > 1]
        return sorted(several, key=lambda one: -one.pool.disagreement)

    @property
    def seasoned(self) -> Sequence[Forecaster]:
        """Those with bets enough to say something about them; if there are none, all."""
        enough = [one for one in self.forecasters if one.own.bets >= FEW]
        return enough or self.forecasters

    @property
    def sharpest(self) -> Sequence[Forecaster]:
        return _first(self.seasoned, lambda one: -one.sharpness)

    @property
    def best_calibrated(self) -> Sequence[Forecaster]:
        return _first(self.seasoned, lambda one: one.calibration_error)


def room(students: Sequence[Student], book: Mapping[str, Bet]) -> Room:
    """Do the sums; there is at least one student, and each has bet."""
    asked = [found for bet in book.values() if (found := _asked(bet, students))]
    average = {one.bet.id: one.score.pooled for one in asked}
    forecasters = [_forecaster(student, average) for student in students]
    forecasters.sort(key=_place)
    theirs = [(q, one.bet.answer) for one in asked for q in one.q]
    pooled = [(one.pool.forecast, one.bet.answer) for one in asked]
    return Room(asked, forecasters, _curve(theirs), _curve(pooled))


def total(asked: Sequence[Asked]) -> Total:
    """Add questions up, each as often as it was bet on.

    So every bet counts once, and the difference of the means is the mean of ln(average / own)
    over the bets, with what each gave to the truth.
    """
    weights = [one.count for one in asked]
    mean, pooled, gain = np.average(
        [one.score for one in asked], axis=0, weights=weights
    )
    return Total(len(asked), sum(weights), float(mean), float(pooled), float(gain))


def _asked(bet: Bet, students: Sequence[Student]) -> Asked | None:
    said = [student.bets[bet.id].q for student in students if bet.id in student.bets]
    if not said:
        return None
    q = np.array(said)
    return Asked(bet, q, linear_pool(q), pooled_log_score(q, bet.answer))


def _forecaster(student: Student, average: Mapping[str, float]) -> Forecaster:
    own = summary((bet.q, bet.y) for bet in student.bets.values())
    gap = np.abs(own.curve.frequency - own.curve.confidence)
    return Forecaster(
        student.name,
        own,
        float(np.mean([average[id] for id in student.bets])),
        float(np.average(gap, weights=own.curve.counts)),
        _sharpness([bet.q for bet in student.bets.values()]),
    )


def _place(one: Forecaster) -> tuple[float, int, float, str]:
    own = one.own
    rest = own.mean_log_rest if own.ruled_out < own.bets else math.inf
    return own.mean_log, own.ruled_out, rest, one.name


def _sharpness(forecasts: Sequence[Sequence[float]]) -> float:
    """The mean KL divergence from the uniform guess; those with as many options at once."""
    apart = 0.0
    for k in {len(q) for q in forecasts}:
        rows = np.array([q for q in forecasts if len(q) == k])
        apart += float(np.sum(kl_divergence(rows, np.full(rows.shape, 1 / k))))
    return apart / len(forecasts)


def _curve(bets: Sequence[tuple[Float64, int]]) -> ReliabilityCurve:
    stated = np.concatenate([q for q, _ in bets])
    came = np.concatenate([np.arange(len(q)) == y for q, y in bets]).astype(int)
    return reliability_curve(np.minimum(stated, 1), came, n_bins=BINS)


def _first(
    found: Sequence[Forecaster], key: Callable[[Forecaster], float]
) -> Sequence[Forecaster]:
    """The first by a key, or several that share the place."""
    best = min(map(key, found))
    return [one for one in found if math.isclose(key(one), best, rel_tol=EQUAL)]

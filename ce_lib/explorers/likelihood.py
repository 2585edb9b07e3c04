"""Likelihood: which belief makes the labels that came most probable?"""

import math
from collections.abc import Sequence
from statistics import NormalDist
from typing import Any

import numpy as np
from traitlets import validate

from ce_lib import genres
from ce_lib.explorers.base import Explorer, Gallery, Quantity, TryThis, Value
from ce_lib.explorers.pair import AS_MANY, as_many
from ce_lib.explorers.state import Choice, Distribution, StateError, Wholes
from ce_lib.explorers.units import nats_per
from ce_lib.information import cross_entropy, entropy, kl_divergence, surprisal

#: Beyond e to this power, either way, a number is told in words: floats end near there.
_FARTHEST = 690
#: Within so many standard errors, 1.96, a normal variable stays in 95 of 100 draws.
_ERRORS = NormalDist().inv_cdf(0.975)
_SHORTEST, _LONGEST = 2, len(genres.GENRES)
_TEN = [7, 2, 1]


class Likelihood(Explorer):
    """Which belief makes these labels most probable?

    The state is how many songs of each genre came (``counts``, 2 to 4 genres), and the
    belief ``q`` in them, the same for every song. The likelihood is the product of the
    q of all labels; −log of it is a sum, whose mean is the cross-entropy of the
    frequencies and q. ``view`` shows the sum label by label, or the mean as a curve
    over the q of the first genre.

    Examples
    --------
    >>> explorer = Likelihood(counts=[7, 2, 1], q=[0.7, 0.2, 0.1])
    >>> numbers = explorer.readout()
    >>> round(numbers["mean_nll"], 6), round(numbers["entropy"], 6)
    (0.801819, 0.801819)
    >>> f"{numbers['likelihood']:.5e}"
    '3.29417e-04'
    >>> explorer.counts = [0, 0, 0]
    Traceback (most recent call last):
    ...
    ce_lib.explorers.state.StateError: counts: expected at least one song, got none

    In a notebook ``explorer`` as the last line of a cell shows it, and
    ``explorer.observe(lambda change: print(change.new), "q")`` calls your own code
    whenever a hand moves a bar.
    """

    name = "likelihood"
    room = (42.4, 53.9)
    question = "Which belief makes these labels most probable?"
    entries = genres.GENRES

    counts = Wholes(_TEN, low=0, high=40, shortest=_SHORTEST, longest=_LONGEST)
    q = Distribution([1 / 3, 1 / 3, 1 / 3], shortest=_SHORTEST, longest=_LONGEST)
    view = Choice("labels", "curve")
    units = Choice("nats", "bits")

    quantities = {
        "likelihood": Quantity("likelihood"),
        "nll": Quantity("−log of it", "{units}"),
        "mean_nll": Quantity("the mean of that", "{units} per label"),
        "ratio": Quantity("the best q makes them", "times as probable"),
        "log_likelihood": Quantity("log-likelihood", "{units}"),
        "entropy": Quantity("least mean, H of the frequencies", "{units} per label"),
        "excess": Quantity("excess of the mean", "{units} per label"),
        "best_likelihood": Quantity("likelihood of the best q"),
        "labels": Quantity("labels", form="plain"),
        "logit_error": Quantity("standard error of the first genre’s best logit"),
        "low": Quantity("95 % of the first genre from", form="percent"),
        "high": Quantity("to", form="percent"),
        "counts": Quantity("counted", form="plain"),
        "frequencies": Quantity("frequency P"),
        "q": Quantity("belief Q"),
        "prices": Quantity("price of a label, −log q"),
    }
    words = AS_MANY | {
        "no_song": "at least one song",
        "tiny": "below 10⁻²⁹⁹",
        "huge": "above 10²⁹⁹",
    }
    constants = {"farthest": _FARTHEST}
    try_this = (
        TryThis(
            "Say what was counted",
            {"counts": _TEN, "q": [0.7, 0.2, 0.1], "view": "labels"},
            "No belief makes these ten labels more probable. The excess is gone, and what "
            "is left is the entropy of the frequencies.",
        ),
        TryThis(
            "Rule Jazz out",
            {"counts": _TEN, "q": [0.8, 0.2, 0.0], "view": "labels"},
            "One factor of the product is 0, and so is the product. Nine good factors do "
            "not help.",
        ),
        TryThis(
            "Four times the songs",
            {"counts": [28, 8, 4], "q": [1 / 3, 1 / 3, 1 / 3], "view": "labels"},
            "The same frequencies, so the same best belief and the same means. The "
            "product is the fourth power of what it was.",
        ),
        TryThis(
            "Rock or not",
            {"counts": [7, 3], "q": [0.5, 0.5], "view": "curve"},
            "One number to choose. The curve is lowest at the frequency, and flat around "
            "it: ten labels do not pin it down.",
        ),
    )

    @classmethod
    def gallery(cls) -> Gallery:
        return Gallery(
            "Which belief makes these labels most probable?",
            "Turns the probability of all labels together into a row of prices, and asks for "
            "the belief that makes it shortest.",
            (
                cls.at("The frequencies", counts=_TEN, q=[0.7, 0.2, 0.1])
                + ": the shortest row of prices, and its mean is an entropy.",
                cls.at("A fortieth label of another kind", counts=[39, 1], q=[1, 0])
                + ": right 39 times, and the product is 0.",
                cls.at(
                    "One number to choose", counts=[7, 3], q=[0.5, 0.5], view="curve"
                )
                + ": where the curve is lowest, and how high it is there.",
                cls.at("Ten times as much", counts=[28, 12], q=[0.5, 0.5], view="curve")
                + ": the same curve of means, and a shorter interval.",
            ),
        )

    @validate("counts", "q")
    def _fits(self, proposal: Any) -> Any:
        name = proposal["trait"].name
        value = as_many(self, proposal, "q" if name == "counts" else "counts")
        if name == "counts" and sum(value) == 0:
            raise StateError(f"counts: expected {self.words['no_song']}, got none")
        return value

    def readout(self) -> dict[str, Value]:
        f, q, unit = np.array(frequencies(self.counts)), self.q, nats_per(self.units)
        labels = sum(self.counts)
        nll = -log_likelihood(self.counts, q)
        best = labels * float(entropy(f))
        excess = float(kl_divergence(f, q))
        error, low, high = interval(self.counts)
        return {
            "likelihood": self._power(-nll),
            "nll": nll / unit,
            "mean_nll": float(cross_entropy(f, q)) / unit,
            "ratio": self._power(labels * excess),
            "log_likelihood": -nll / unit + 0.0,
            "entropy": float(entropy(f)) / unit,
            "excess": excess / unit,
            "best_likelihood": self._power(-best),
            "labels": float(labels),
            "logit_error": error,
            "low": low,
            "high": high,
            "counts": tuple(map(float, self.counts)),
            "frequencies": tuple(f.tolist()),
            "q": q,
            "prices": tuple(float(surprisal(share)) / unit for share in q),
        }

    def _power(self, exponent: float) -> float | str:
        """The power of e, or words where no float is near it."""
        if math.isinf(exponent):
            return 0.0 if exponent < 0 else math.inf
        if abs(exponent) > _FARTHEST:
            return self.words["huge" if exponent > 0 else "tiny"]
        return math.exp(exponent)


def frequencies(counts: Sequence[int]) -> list[float]:
    """The share of each count in all of them."""
    return [count / sum(counts) for count in counts]


def log_likelihood(counts: Sequence[int], q: Sequence[float]) -> float:
    """Σ n·ln q: the logarithm of the probability of all labels, in their order."""
    return -sum(
        n * float(surprisal(share)) for n, share in zip(counts, q, strict=True) if n > 0
    )


def interval(counts: Sequence[int]) -> tuple[float, float, float]:
    """How sure the first share is: its logit's standard error, and 95 % of the share.

    The observed information in the logit is N·f(1 − f). Where all labels are alike it
    is 0: the error is infinite, and any share is in the interval.
    """
    labels = sum(counts)
    f = counts[0] / labels
    if f in (0, 1):
        return math.inf, 0.0, 1.0
    error = 1 / math.sqrt(labels * f * (1 - f))
    logit = math.log(f / (1 - f))
    low, high = (
        1 / (1 + math.exp(-(logit + side * _ERRORS * error))) for side in (-1, 1)
    )
    return error, low, high


def best_with(counts: Sequence[int], value: float) -> list[float]:
    """The belief that gives the first outcome ``value``, and is best for the others.

    They keep the proportions of their counts; where none came, they share evenly.
    """
    rest = counts[1:]
    others = sum(rest)
    shares = [n / others if others else 1 / len(rest) for n in rest]
    return [value, *((1 - value) * share for share in shares)]

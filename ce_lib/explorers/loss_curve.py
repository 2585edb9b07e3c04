"""The curve of −log q: its height, its slope, and what the network feels."""

import math

from ce_lib._written import percent, plain
from ce_lib.explorers.base import Explorer, Gallery, Quantity, TryThis, Value
from ce_lib.explorers.state import Choice, Flag, Number, Whole
from ce_lib.explorers.units import nats_per
from ce_lib.explorers.verdict import AGAINST_CHANCE, SAME, against_chance

_SURE_AND_WRONG = 0.01
_KEY_VALUES = (0.99, 0.9, 0.5, 0.1, 0.01)


class LossCurve(Explorer):
    """How much does each lost factor of probability cost?

    The state is the probability ``q`` given to the truth (1e-6 to 1), the number of
    classes that sets the chance line (``classes``), and the factor of the equal-ratio
    tool (``ratio``). ``squared`` overlays (1 − q)²; ``scale`` makes the q axis
    logarithmic.

    Examples
    --------
    >>> explorer = LossCurve(q=0.7)
    >>> numbers = explorer.readout()
    >>> round(numbers["loss"], 6), round(numbers["slope_q"], 5), round(numbers["slope_z"], 6)
    (0.356675, -1.42857, -0.3)
    >>> explorer.q = 0
    Traceback (most recent call last):
    ce_lib.explorers.state.StateError: q: expected a number from 1e-06 to 1, got 0

    In a notebook ``explorer`` as the last line of a cell shows it, ``explorer.q = 0.1``
    moves it, and ``explorer.observe(lambda change: print(change.new), "q")`` calls your
    own code whenever a hand does.
    """

    name = "loss-curve"
    room = (40.5, 53.6)
    words = AGAINST_CHANCE | {
        "ask": "You gave the truth {probability}. What do you pay, and how steep is it?"
    }
    constants = {
        "same": SAME,
        "key_values": _KEY_VALUES,
        "class_counts": (2, 4, 10, 100, 1000, 50257),
    }
    question = words["ask"].format(probability="this probability")
    entries = tuple(f"q = {q:g}" for q in _KEY_VALUES)

    q = Number(0.7, low=1e-6, high=1)
    classes = Whole(4, low=2, high=1_000_000)
    ratio = Number(1.25, low=1, high=100)
    squared = Flag(False)
    scale = Choice("linear", "log")
    units = Choice("nats", "bits")

    quantities = {
        "loss": Quantity("price −log q", "{units}"),
        "slope_q": Quantity("dL/dq, the slope you see", "{units} per unit of q"),
        "slope_z": Quantity("dL/dz, what the true logit feels", "{units} per logit"),
        "chance": Quantity("price of the uniform guess", "{units}"),
        "times_chance": Quantity("q against the uniform 1/K", "times"),
        "better": Quantity("q after the improvement"),
        "saving": Quantity("saved by it", "{units}"),
        "squared_loss": Quantity("squared price (1 − q)²"),
        "squared_slope_q": Quantity("its slope in q", "per unit of q"),
        "squared_slope_z": Quantity("its slope in a sigmoid’s logit", "per logit"),
        "verdict": Quantity("verdict"),
        "key_values": Quantity("price"),
    }
    try_this = (
        TryThis(
            "The good prediction",
            {"q": 0.7, "scale": "linear", "squared": False},
            "A small price, and still a slope steeper than −1.",
        ),
        TryThis(
            "Sure and wrong",
            {"q": _SURE_AND_WRONG, "scale": "linear", "squared": True},
            f"The slope in q is {plain(-1 / _SURE_AND_WRONG)}. The slope in z stays near "
            "−1; the squared price’s has almost vanished.",
        ),
        TryThis(
            "Equal ratios, equal prices",
            {"q": 0.001, "ratio": 10, "scale": "log", "squared": False},
            "On a logarithmic axis the curve is a straight line: ten times better saves "
            "the same everywhere.",
        ),
        TryThis(
            "Certain and right",
            {"q": 1, "scale": "linear", "squared": False},
            "The price is 0, yet the slope in q is −1. Only the slope in z is 0.",
        ),
    )

    @classmethod
    def gallery(cls) -> Gallery:
        return Gallery(
            "What do you pay for this probability, and how steep is it?",
            (
                "Compares two steepnesses of one curve: the slope you see, and the "
                "push the network gets. Equal ratios cost equal amounts."
            ),
            (
                cls.at("1 % doubled", q=0.01, ratio=2, scale="linear", squared=False)
                + ", then "
                + cls.at("45 % doubled", q=0.45, ratio=2, scale="linear", squared=False)
                + ": one saving, to the last digit.",
                cls.at("Certain and right", q=1, scale="linear", squared=False)
                + (
                    ": the price is 0, the slope in $q$ is not. Only the slope in the logit"
                    " is."
                ),
                cls.at(
                    "Sure and wrong, next to the squared error",
                    q=0.01,
                    scale="linear",
                    squared=True,
                )
                + (
                    ": both prices are high, and one of the two slopes in the logit has "
                    "almost vanished."
                ),
                cls.at(
                    "Fifty thousand words to choose from",
                    q=0.001,
                    ratio=10,
                    classes=50257,
                    scale="log",
                    squared=False,
                )
                + ": one in a thousand is far better than chance here.",
            ),
        )

    def asked(self) -> str:
        return self.words["ask"].format(probability=percent(self.q))

    def readout(self) -> dict[str, Value]:
        q, unit = self.q, nats_per(self.units)
        loss, chance = -math.log(q) + 0.0, math.log(self.classes)
        better = min(1.0, q * self.ratio)
        return {
            "loss": loss / unit,
            "slope_q": -1 / q / unit,
            "slope_z": (q - 1) / unit,
            "chance": chance / unit,
            "times_chance": q * self.classes,
            "better": better,
            "saving": math.log(better / q) / unit,
            "squared_loss": (1 - q) ** 2,
            "squared_slope_q": -2 * (1 - q) + 0.0,
            "squared_slope_z": -2 * q * (1 - q) ** 2 + 0.0,
            "verdict": against_chance(loss, self.classes),
            "key_values": tuple(-math.log(value) / unit for value in _KEY_VALUES),
        }

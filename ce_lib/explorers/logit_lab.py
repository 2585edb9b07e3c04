"""One sigmoid unit, two losses, and the race of two learners from the same mistake."""

import math

import numpy as np
from numpy.typing import NDArray

from ce_lib._written import plain
from ce_lib.explorers.base import Explorer, Gallery, Quantity, TryThis, Value
from ce_lib.explorers.state import Number, Whole
from ce_lib.losses import binary_cross_entropy_with_logits
from ce_lib.numerics import sigmoid, sigmoid_of

#: How many steps the race may take, and the probability at which it is won.
LIMIT = 500
GOAL = 0.9

Pair = tuple[float, float]


def losses(z: NDArray[np.float64]) -> Pair:
    """Cross-entropy at the first logit, squared error (1 − q)² at the second, truth 1."""
    cross_entropy = binary_cross_entropy_with_logits(z[0], 1.0)
    return float(cross_entropy), float(sigmoid(-z[1]) ** 2)


def slopes(z: NDArray[np.float64]) -> Pair:
    """dL/dz of both: q − 1 at the first logit, −2q(1 − q)² at the second."""
    q, rest = sigmoid_of(np.array([z, -z]))  # unchecked: a race asks a thousand times
    return -float(rest[0]), -2 * float(q[1]) * float(rest[1]) ** 2


def race(z: float, rate: float, steps: int = LIMIT) -> NDArray[np.float64]:
    """The logits of both learners after 0, 1, … steps of gradient descent from ``z``."""
    paths = np.empty((steps + 1, 2))
    paths[0] = z
    for n in range(steps):
        paths[n + 1] = paths[n] - rate * np.array(slopes(paths[n]))
    return paths


def steps_to_goal(path: NDArray[np.float64], goal: float = GOAL) -> float:
    """After how many steps q has reached ``goal``; ∞ if it has not."""
    there = np.flatnonzero(sigmoid(path) >= goal)
    return int(there[0]) if len(there) else math.inf


#: The mistake that the race begins with, and its first twenty steps.
_START = {"z": -4, "rate": 1}
_TWENTY = race(**_START, steps=20)
#: Where squared error pulls most: q is 1/3 there.
_STEEPEST = -round(math.log(2), 5)
_STRONGEST_PULL = slopes(np.array([_STEEPEST, _STEEPEST]))[1]


class LogitLab(Explorer):
    """Why does squared error pull so little where the unit is most wrong?

    One sigmoid unit with the logit ``z`` gives the probability q = σ(z) to a truth of 1.
    Two learners start at the same ``z`` and take the same number of steps (``steps``) of
    plain gradient descent with the same learning rate (``rate``): one on cross-entropy
    −log q, one on squared error (1 − q)². An optimiser that scales its steps, such as
    Adam, would race otherwise; the pulls would be the same.

    Examples
    --------
    >>> explorer = LogitLab(z=-4)
    >>> numbers = explorer.readout()
    >>> [round(loss, 6) for loss in numbers["start_loss"]]
    [4.01815, 0.964351]
    >>> round(numbers["slope_ce"], 6), round(numbers["slope_squared"], 6)
    (-0.982014, -0.03469)
    >>> explorer.steps = 20
    >>> [round(q, 3) for q in explorer.readout()["q"]]
    [0.936, 0.05]
    >>> explorer.readout()["steps_ce"], explorer.readout()["steps_squared"]
    ('15', '> 20')
    >>> explorer.steps = 501
    Traceback (most recent call last):
    ce_lib.explorers.state.StateError: steps: expected a whole number from 0 to 500, got 501

    In a notebook ``explorer`` as the last line of a cell shows it, and
    ``explorer.observe(lambda change: print(change.new), "steps")`` calls your own code
    with every step taken.
    """

    name = "logit-lab"
    room = (41.9, 63.1)
    question = "Why does squared error pull so little where the unit is most wrong?"
    entries = ("cross-entropy (nats)", "squared error")

    z = Number(-4, low=-8, high=8)
    rate = Number(1, low=0.1, high=10)
    steps = Whole(0, low=0, high=LIMIT)

    words = {"not_run": "not run yet", "not_reached": "> {steps}"}
    constants = {"goal": GOAL}
    quantities = {
        "slope_ce": Quantity("dL/dz of cross-entropy now", "nats per logit"),
        "slope_squared": Quantity("dL/dz of squared error now", "per logit"),
        # In words, where it is not yet: so the name has the unit.
        "steps_ce": Quantity(f"cross-entropy, steps to q\u00a0=\u00a0{GOAL}"),
        "steps_squared": Quantity(f"squared error, steps to q\u00a0=\u00a0{GOAL}"),
        "start_q": Quantity("q = σ(z) at the start"),
        "ratio": Quantity(
            "dL/dz of cross-entropy against the other’s, at the start", "times"
        ),
        "start_loss": Quantity("loss at the start"),
        "start_slope": Quantity("dL/dz at the start"),
        "z": Quantity("logit now"),
        "q": Quantity("q now"),
        "loss": Quantity("loss now"),
    }
    try_this = (
        TryThis(
            "Sure and wrong",
            {**_START, "steps": 0},
            "Squared error is almost as large as it can be, and its dL/dz is almost 0. "
            "Now press Run: both go by plain gradient descent.",
        ),
        TryThis(
            "Twenty steps later",
            {**_START, "steps": 20},
            f"Cross-entropy has passed q = {GOAL}. Squared error has just reached "
            f"q = {plain(float(sigmoid(_TWENTY[-1, 1])), 2)}.",
        ),
        TryThis(
            "Where squared error pulls most",
            {"z": _STEEPEST, "rate": 1, "steps": 0},
            f"At q = 1/3 its dL/dz is {plain(_STRONGEST_PULL, 3)}, the largest it can be. "
            "It falls to 0 on the right, where it should, and on the left, where it "
            "should not.",
        ),
        TryThis(
            "Surer still",
            {"z": -8, "rate": 1, "steps": LIMIT},
            f"After {LIMIT} steps q has not even doubled. The sigmoid does this, not the "
            "square: on the raw z squared error pulls harder the further off it is.",
        ),
    )

    @classmethod
    def gallery(cls) -> Gallery:
        return Gallery(
            "Why does squared error pull so little where the unit is most wrong?",
            (
                "Sends one mistake through two losses, a step of plain gradient "
                "descent at a time. See which of them gets out."
            ),
            (
                cls.at("Sure and wrong", z=-4, rate=1, steps=0)
                + (
                    ": squared error is nearly as high as it can be, and its slope in "
                    "the logit nearly 0. Press *100 steps*."
                ),
                cls.at("Twenty steps later", z=-4, rate=1, steps=20)
                + ": one learner is home, the other has hardly left.",
                cls.at("A tenfold learning rate", z=-8, rate=10, steps=154)
                + " rescues squared error, after 154 steps.",
            ),
        )

    def readout(self) -> dict[str, Value]:
        paths = race(self.z, self.rate)
        now = paths[self.steps]
        start = np.array([self.z, self.z])
        slope_ce, slope_squared = slopes(now)
        return {
            "slope_ce": slope_ce,
            "slope_squared": slope_squared,
            "steps_ce": self._to_goal(paths[:, 0]),
            "steps_squared": self._to_goal(paths[:, 1]),
            "start_q": float(sigmoid(self.z)),
            "ratio": slopes(start)[0] / slopes(start)[1],
            "start_loss": losses(start),
            "start_slope": slopes(start),
            "z": tuple(now.tolist()),
            "q": tuple(sigmoid(now).tolist()),
            "loss": losses(now),
        }

    def _to_goal(self, path: NDArray[np.float64]) -> str:
        """How many steps a learner took, as a word: it may not be there yet."""
        steps = steps_to_goal(path)
        if steps <= self.steps:
            return str(steps)
        if self.steps == 0:
            return self.words["not_run"]
        return self.words["not_reached"].format(steps=self.steps)

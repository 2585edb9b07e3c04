"""What a temperature does: to one model's prediction, and to the push of a teacher."""

import math
from typing import Any

import numpy as np
from traitlets import validate

from ce_lib import genres
from ce_lib.checks import FloatArray
from ce_lib.explorers.base import Explorer, Gallery, Quantity, TryThis, Value
from ce_lib.explorers.state import Choice, Number, StateError, Vector
from ce_lib.information import kl_divergence
from ce_lib.losses import softmax_cross_entropy, softmax_cross_entropy_with_grad
from ce_lib.numerics import softmax

#: Logits that differ by less than this are the same, but for rounding.
_SAME = 1e-12


class Temperature(Explorer):
    """What does a temperature do, to a prediction and to the push of a teacher?

    The state is the logits ``z`` of a model, those of its ``teacher`` over the same two
    to six classes, and the ``temperature`` T that divides both. ``show`` says which is
    looked at: the "lesson" that the model gets from the teacher, or the "model" alone.

    Examples
    --------
    >>> explorer = Temperature(z=[1, 2, 3], teacher=[3, 1, 0], temperature=4)
    >>> numbers = explorer.readout()
    >>> round(numbers["push"], 6), round(numbers["scaled_push"], 5)
    (0.074787, 1.19659)
    >>> round(numbers["excess"], 6), round(numbers["scaled_excess"], 5)
    (0.134659, 2.15454)
    >>> explorer.update(z=[3, 2, 1, 0, -1], teacher=[0] * 5, temperature=0.7)
    >>> round(explorer.readout()["entropy"], 6)
    0.717801
    >>> explorer.teacher = [1, 2]
    Traceback (most recent call last):
    ...
    ce_lib.explorers.state.StateError: teacher: expected 5 logits, as many as z has, got 2

    In a notebook ``explorer`` as the last line of a cell shows it, and
    ``explorer.observe(lambda change: print(change.new), "temperature")`` calls your own
    code whenever a hand moves it.
    """

    name = "temperature"
    room = (38.1, 59.2)
    question = "What does a temperature do, to a prediction and to a lesson?"
    entries = (*genres.GENRES, "Folk", "Blues")

    z = Vector([1, 2, 3], low=-10, high=10, shortest=2, longest=6)
    teacher = Vector([3, 1, 0], low=-10, high=10, shortest=2, longest=6)
    temperature = Number(4, low=0.25, high=20)
    show = Choice("lesson", "model")

    words = {"as_many": "{count} logits, as many as z has"}
    quantities = {
        "entropy": Quantity("entropy of the model Q at T", "nats"),
        "own_price": Quantity("price of what Q at T draws, by Q at T = 1", "nats"),
        "most": Quantity("most entropy there is, ln K", "nats"),
        "floor": Quantity("entropy of the teacher P at T", "nats"),
        "excess": Quantity("divergence D(P‖Q) at T", "nats"),
        "scaled_excess": Quantity("T² times the divergence", "nats"),
        "excess_limit": Quantity("limit of T² times the divergence", "nats"),
        "push": Quantity("length of the push at T", "nats per logit"),
        "scaled_push": Quantity("T² times the push", "nats per logit"),
        "push_limit": Quantity("limit of T² times the push", "nats per logit"),
        "q": Quantity("model Q at T"),
        "q_plain": Quantity("Q at T = 1"),
        "p": Quantity("teacher P at T"),
        "gradient": Quantity("dL/dz = (q − p)/T", form="signed"),
        "scaled_gradient": Quantity("T² times it", form="signed"),
    }
    try_this = (
        TryThis(
            "Colder",
            {"z": [1, 2, 3], "teacher": [3, 1, 0], "temperature": 0.5, "show": "model"},
            "The gaps between the logits double, and the favourite takes nearly all. The "
            "dashes are the model at T = 1: the order stays.",
        ),
        TryThis(
            "Hotter",
            {"z": [1, 2, 3], "teacher": [3, 1, 0], "temperature": 10, "show": "model"},
            "Nearly even, and still in the same order. What is drawn now is dear to the "
            "model itself, which has not changed.",
        ),
        TryThis(
            "A plain lesson",
            {"z": [1, 2, 3], "teacher": [3, 1, 0], "temperature": 1, "show": "lesson"},
            "At T = 1 the factor T² is 1: the two lengths are the same.",
        ),
        TryThis(
            "A warm lesson",
            {"z": [1, 2, 3], "teacher": [3, 1, 0], "temperature": 8, "show": "lesson"},
            "Hardly any push is left. T² times it has kept its size, and is close to the "
            "level that it tends to.",
        ),
        TryThis(
            "Learned",
            {"z": [3, 1, 0], "teacher": [3, 1, 0], "temperature": 4, "show": "lesson"},
            "The model says what the teacher says, and nothing pushes. The cross-entropy "
            "is not 0: it is the teacher’s own entropy.",
        ),
    )

    @validate("z", "teacher")
    def _as_many(self, proposal: Any) -> Any:
        state = self.state | {proposal["trait"].name: proposal["value"]}
        wanted, came = len(state["z"]), len(state["teacher"])
        if wanted != came:
            expected = self.words["as_many"].format(count=wanted)
            raise StateError(f"teacher: expected {expected}, got {came}")
        return proposal["value"]

    @classmethod
    def gallery(cls) -> Gallery:
        lesson = {"z": [1, 2, 3], "teacher": [3, 1, 0], "show": "lesson"}
        return Gallery(
            "What does a temperature do?",
            "Follows one push as both sides cool or warm, and shows what T² keeps.",
            (
                cls.at("T = 2", **lesson, temperature=2)
                + " and "
                + cls.at("T = 8", **lesson, temperature=8)
                + ": the push nearly vanishes, T² times it stays.",
                cls.at(
                    "The genre classifier at T = 2",
                    z=[2.1, -0.5, -0.3, -0.1],
                    teacher=[2.1, -0.5, -0.3, -0.1],
                    temperature=2,
                    show="model",
                )
                + ": less sure of Rock, and no other order.",
                cls.at(
                    "Samples drawn cold",
                    z=[3, 2, 1, 0, -1],
                    teacher=[3, 2, 1, 0, -1],
                    temperature=0.5,
                    show="model",
                )
                + ": they cost the model little, and say little of how good it is.",
            ),
        )

    def readout(self) -> dict[str, Value]:
        z, teacher, t = np.array(self.z), np.array(self.teacher), self.temperature
        q, plain, p = (
            softmax(z, temperature=t),
            softmax(z),
            softmax(teacher, temperature=t),
        )
        away, slopes = gap(self.z, self.teacher), push(self.z, self.teacher, t)
        excess = float(kl_divergence(p, q)) if away.any() else 0.0
        length = float(np.linalg.norm(slopes))
        return {
            "entropy": price(self.z, self.z, t, t),
            "own_price": price(self.z, self.z, 1, t),
            "most": math.log(len(z)),
            "floor": price(self.teacher, self.teacher, t, t),
            "excess": excess,
            "scaled_excess": t**2 * excess,
            "excess_limit": float(away @ away) / (2 * len(z)),
            "push": length,
            "scaled_push": t**2 * length,
            "push_limit": float(np.linalg.norm(away)) / len(z),
            "q": tuple(q.tolist()),
            "q_plain": tuple(plain.tolist()),
            "p": tuple(p.tolist()),
            "gradient": tuple(slopes.tolist()),
            "scaled_gradient": tuple((t**2 * slopes).tolist()),
        }


def gap(z: tuple[float, ...], teacher: tuple[float, ...]) -> FloatArray:
    """Return what the logits differ by, up to a constant that softmax does not see.

    It is the difference with the mean 0, and all 0 if it is nothing but rounding.
    """
    difference = np.subtract(z, teacher)
    centred = difference - difference.mean()
    return np.zeros(len(z)) if np.abs(centred).max() <= _SAME else centred


def price(
    z: tuple[float, ...], drawn: tuple[float, ...], temperature: float, heat: float
) -> float:
    """Return what it costs by ``z`` at its temperature if ``drawn`` draws at its heat.

    From the logits: of a probability close to 1 the price has lost its digits.
    """
    cooled = (np.array(z) - max(z)) / temperature
    return float(softmax_cross_entropy(cooled, softmax(drawn, temperature=heat)))


def push(
    z: tuple[float, ...], teacher: tuple[float, ...], temperature: float
) -> FloatArray:
    """Return dL/dz of the cross-entropy from teacher to model, both at T: (q − p)/T."""
    if not gap(z, teacher).any():
        return np.zeros(len(z))
    cooled = (np.array(z) - max(z)) / temperature
    p = softmax(teacher, temperature=temperature)
    _, slopes = softmax_cross_entropy_with_grad(cooled, p)
    return slopes / temperature

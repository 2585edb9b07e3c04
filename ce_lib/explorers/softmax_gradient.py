"""Where each logit wants to go: the target minus the prediction, class by class."""

import math
from typing import Any

import numpy as np
from traitlets import validate

from ce_lib import genres
from ce_lib.checks import FloatArray
from ce_lib.explorers.base import Explorer, Gallery, Quantity, TryThis, Value
from ce_lib.explorers.state import Distribution, Number, StateError, Vector
from ce_lib.information import entropy
from ce_lib.losses import softmax_cross_entropy, softmax_cross_entropy_with_grad
from ce_lib.numerics import softmax

_MOST = 6
#: Differences this small, relatively, are what rounding leaves of 0.
_ROUNDING = 4 * float(np.finfo(float).eps)
#: The sum of the slopes is 0 but for rounding, which so many decimals do not see.
_DECIMALS = 12


class SoftmaxGradient(Explorer):
    """Where does each logit want to go?

    The state is two to six logits, a target distribution ``p`` over the same classes
    (one-hot for a hard target), and the ``rate`` of a gradient step. A step moves every
    logit by ``rate`` times p − q, which is −dL/dz.

    Examples
    --------
    >>> explorer = SoftmaxGradient(logits=[2, 1, 0.5], p=[1, 0, 0])
    >>> numbers = explorer.readout()
    >>> round(numbers["loss"], 6), round(numbers["gradient_norm"], 6)
    (0.464369, 0.45948)
    >>> [round(slope, 6) for slope in numbers["gradient"]]
    [-0.371468, 0.231224, 0.140244]
    >>> explorer.p = [0.5, 0.3, 0.2]
    >>> round(explorer.readout()["gradient"][0], 6)
    0.128532
    >>> explorer.p = [0.5, 0.5]
    Traceback (most recent call last):
    ce_lib.explorers.state.StateError: p: expected 3 probabilities, one per logit, got 2

    In a notebook ``explorer`` as the last line of a cell shows it,
    ``explorer.update(logits=[0, 0], p=[1, 0])`` changes the number of classes, and
    ``explorer.observe(lambda change: print(change.new), "logits")`` calls your own code
    whenever a hand or a step moves a logit.
    """

    name = "softmax-gradient"
    room = (42.2, 49.2)
    question = "Where does each logit want to go?"
    entries = (*genres.GENRES, "Folk", "Blues")

    logits = Vector([2, 1, 0.5], low=-50, high=50, shortest=2, longest=_MOST)
    p = Distribution([1, 0, 0], shortest=2, longest=_MOST)
    rate = Number(1, low=0.1, high=10)

    quantities = {
        "loss": Quantity("loss", "nats"),
        "gradient_sum": Quantity("sum of dL/dz", "nats per logit"),
        "gradient_norm": Quantity("length of dL/dz", "nats per logit"),
        "loss_after_step": Quantity("loss after one step", "nats"),
        "bound": Quantity("the length is never more than", "nats per logit"),
        "gradient_norm_1": Quantity("sum of the sizes |dL/dz|", "nats per logit"),
        "floor": Quantity("lowest loss this target allows, H(P)", "nats"),
        "q": Quantity("model Q"),
        "p": Quantity("target P"),
        "gradient": Quantity("dL/dz = q − p"),
        "logits_after_step": Quantity("logit after one step"),
    }
    words = {"one_per_logit": "{count} probabilities, one per logit"}
    constants = {"rounding": _ROUNDING, "decimals": _DECIMALS}
    try_this = (
        TryThis(
            "Nothing learned yet",
            {"logits": [0, 0, 0], "p": [1, 0, 0], "rate": 1},
            "Equal logits: the truth is pushed up as much as all rivals together are "
            "pushed down.",
        ),
        TryThis(
            "Sure and wrong",
            {"logits": [-2, 5, -1], "p": [1, 0, 0], "rate": 1},
            "Truth up, one rival down, both by almost 1. It is never more: the length "
            "nears √2 and stays below.",
        ),
        TryThis(
            "A target of several",
            {"logits": [2, 1, 0.5], "p": [0.5, 0.3, 0.2], "rate": 1},
            "The arrows lead to P, not to certainty, and Rock is pushed down. Take ten "
            "steps: they vanish when Q equals P.",
        ),
        TryThis(
            "Too long a step",
            {"logits": [2, 1, 0.5], "p": [0.5, 0.3, 0.2], "rate": 10},
            "The directions are right, the step is too long: it jumps over the goal and "
            "the loss grows.",
        ),
    )

    @validate("logits", "p")
    def _one_probability_per_logit(self, proposal: Any) -> Any:
        state = self.state | {proposal["trait"].name: proposal["value"]}
        wanted, came = len(state["logits"]), len(state["p"])
        if wanted != came:
            expected = self.words["one_per_logit"].format(count=wanted)
            raise StateError(f"p: expected {expected}, got {came}")
        return proposal["value"]

    @classmethod
    def gallery(cls) -> Gallery:
        return Gallery(
            "Where does each logit want to go?",
            (
                "Turns a prediction into pushes: every logit goes the way from what "
                "the model said to what was true."
            ),
            (
                cls.at(
                    "Nearly everything on one rival",
                    logits=[-2, 5, -1],
                    p=[1, 0, 0],
                    rate=1,
                )
                + r": the gradient is nearly as long as it can ever be, $\sqrt 2$.",
                cls.at(
                    "A target of several", logits=[2, 1, 0.5], p=[0.5, 0.3, 0.2], rate=1
                )
                + ": the arrows lead to P, not to certainty.",
                cls.at(
                    "The right way, too far",
                    logits=[2, 1, 0.5],
                    p=[0.5, 0.3, 0.2],
                    rate=10,
                )
                + ": one step makes the loss larger.",
                cls.at(
                    "The genre classifier’s own logits",
                    logits=[2.1, -0.5, -0.3, -0.1],
                    p=[1, 0, 0, 0],
                    rate=1,
                )
                + ": one arrow up, and the other three together are as long as it.",
            ),
        )

    def readout(self) -> dict[str, Value]:
        logits, p = np.array(self.logits), np.array(self.p)
        q = softmax(logits)
        loss, gradient = softmax_cross_entropy_with_grad(logits, p)
        gradient = _settled(gradient, q, p)
        moved = logits - self.rate * gradient
        return {
            "loss": float(loss),
            "gradient_sum": round(math.fsum(gradient), _DECIMALS) + 0.0,
            "gradient_norm": float(np.sqrt(np.sum(gradient**2))),
            "loss_after_step": float(softmax_cross_entropy(moved, p)),
            "bound": math.sqrt(2),
            "gradient_norm_1": float(np.sum(np.abs(gradient))),
            "floor": float(entropy(p)),
            "q": tuple(q.tolist()),
            "p": self.p,
            "gradient": tuple(gradient.tolist()),
            "logits_after_step": tuple(moved.tolist()),
        }


def _settled(gradient: FloatArray, q: FloatArray, p: FloatArray) -> FloatArray:
    """Return the gradient with 0 where q equals p but for rounding.

    The likeliest class's entry is no difference of large numbers: it is 0 if all
    others are.
    """
    top = q.argmax()
    equal = np.abs(gradient) <= _ROUNDING * np.maximum(q, p)
    equal[top] = np.delete(equal, top).all()
    return np.where(equal, 0.0, gradient)

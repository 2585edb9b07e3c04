"""Label smoothing: what the softened target asks for, and what it pays."""

import math

import numpy as np

from ce_lib.explorers.base import Explorer, Gallery, Quantity, TryThis, Value
from ce_lib.explorers.state import Choice, Number, Whole
from ce_lib.explorers.verdict import SAME
from ce_lib.information import cross_entropy, entropy, kl_divergence, surprisal
from ce_lib.targets import one_hot, smooth_labels


class SoftLabels(Explorer):
    """What does smoothing really ask for?

    The model gives the true class the probability ``confidence`` and spreads the rest
    evenly over the other ``classes`` − 1. Smoothing takes the share ``epsilon`` from
    the one-hot target: under the convention "uniform" it goes to all K classes, ε/K
    each; under "others" to the K − 1 wrong ones, ε′/(K − 1) each, and it is called ε′.

    Examples
    --------
    >>> explorer = SoftLabels(epsilon=0.1, confidence=0.85, classes=4)
    >>> numbers = explorer.readout()
    >>> round(numbers["soft_loss"], 6), round(numbers["floor"], 6)
    (0.37501, 0.34878)
    >>> [round(push, 6) for push in numbers["gradient_soft"]]
    [-0.075, 0.025]
    >>> explorer.epsilon = 0.2
    >>> explorer.readout()["verdict"]
    'as sure as the smoothed target: the loss is at its floor'
    >>> explorer.epsilon = 1.5
    Traceback (most recent call last):
    ...
    ce_lib.explorers.state.StateError: epsilon: expected a number from 0 to 1, got 1.5

    In a notebook ``explorer`` as the last line of a cell shows it, and
    ``explorer.observe(lambda change: print(change.new), "confidence")`` calls your own
    code whenever a hand moves it.
    """

    name = "soft-labels"
    room = (38.1, 56.1)
    question = "What does smoothing really ask for?"
    entries = ("true class", "each other class")

    epsilon = Number(0.1, low=0, high=1)
    confidence = Number(0.85, low=0, high=1)
    classes = Whole(4, low=2, high=20)
    convention = Choice("uniform", "others")
    units = Choice("nats", "bits")

    words = {
        "met": "as sure as the smoothed target: the loss is at its floor",
        "rules_out_true": "the model rules out the true class, which the target does not",
        "rules_out_others": "the model rules out the other classes, which the target does not",
        "surer": "surer than the smoothed target",
        "less_sure": "less sure than the smoothed target",
    }
    constants = {"same": SAME}
    quantities = {
        "hard_loss": Quantity("loss, hard target", "{units}"),
        "soft_loss": Quantity("loss, smoothed target", "{units}"),
        "floor": Quantity("its floor H(smoothed target)", "{units}"),
        "excess": Quantity("excess over the floor", "{units}"),
        "target_confidence": Quantity("confidence the smoothed target asks for"),
        "logit_gap": Quantity("gap of the logits at the floor", "nats"),
        "other_epsilon": Quantity("the share with the same target, other convention"),
        "verdict": Quantity("verdict"),
        "q": Quantity("model Q"),
        "hard_target": Quantity("hard target"),
        "soft_target": Quantity("smoothed target"),
        "gradient_hard": Quantity("dL/dz, hard", form="signed"),
        "gradient_soft": Quantity("dL/dz, smoothed", form="signed"),
    }
    try_this = (
        TryThis(
            "Not sure enough",
            {"epsilon": 0.1, "confidence": 0.85, "classes": 4, "convention": "uniform"},
            "Below the target’s confidence smoothing has the same signs as the hard "
            "target. It only pushes less.",
        ),
        TryThis(
            "Exactly at the floor",
            {"epsilon": 0.2, "confidence": 0.85, "classes": 4, "convention": "uniform"},
            "Nothing pushes any more, and the loss is not 0. It is the floor: the "
            "entropy of the target itself.",
        ),
        TryThis(
            "Too sure",
            {"epsilon": 0.3, "confidence": 0.85, "classes": 4, "convention": "uniform"},
            "All signs have turned: the smoothed loss now lowers the true logit, while "
            "the hard one would still raise it.",
        ),
        TryThis(
            "Certain and right",
            {"epsilon": 0.1, "confidence": 1, "classes": 4, "convention": "uniform"},
            "The hard loss is 0. The smoothed loss is ∞: its target gives the other "
            "classes a share, and the model gives them none.",
        ),
    )

    @classmethod
    def gallery(cls) -> Gallery:
        return Gallery(
            "What does smoothing really ask for?",
            (
                "Shows what label smoothing asks for once it is on, and how a model "
                "can overshoot it."
            ),
            (
                cls.at(
                    "Exactly at the floor",
                    epsilon=0.2,
                    confidence=0.85,
                    classes=4,
                    convention="uniform",
                )
                + ": the loss is far from 0, and nothing pushes.",
                cls.at(
                    "The signs have turned",
                    epsilon=0.3,
                    confidence=0.85,
                    classes=4,
                    convention="uniform",
                )
                + ": the true logit is pushed *down*.",
                cls.at(
                    "Certain and right",
                    epsilon=0.1,
                    confidence=1,
                    classes=4,
                    convention="uniform",
                )
                + ": the hard loss is 0, the smoothed one ∞.",
                cls.at(
                    "The other convention",
                    epsilon=0.075,
                    confidence=0.85,
                    classes=4,
                    convention="others",
                )
                + ": another ε, and the same target as in the link above.",
            ),
        )

    def readout(self) -> dict[str, Value]:
        k, share = self.classes, self.epsilon
        base = 2 if self.units == "bits" else math.e
        hard = one_hot(0, k)
        soft = smooth_labels(hard, share, self.convention)
        q = np.full(k, (1 - self.confidence) / (k - 1))
        q[0] = self.confidence
        met = self._met(q, soft)
        return {
            "hard_loss": float(surprisal(q[0], base=base)),
            "soft_loss": float(cross_entropy(soft, q, base=base)),
            "floor": float(entropy(soft, base=base)),
            "excess": 0.0 if met else float(kl_divergence(soft, q, base=base)),
            "target_confidence": float(soft[0]),
            "logit_gap": float(surprisal(soft[1]) - surprisal(soft[0])),
            "other_epsilon": share
            * ((k - 1) / k if self.convention == "uniform" else k / (k - 1)),
            "verdict": self._verdict(q, soft, met),
            "q": tuple(q[:2].tolist()),
            "hard_target": tuple(hard[:2].tolist()),
            "soft_target": tuple(soft[:2].tolist()),
            "gradient_hard": tuple((q - hard)[:2].tolist()),
            "gradient_soft": (0.0, 0.0) if met else tuple((q - soft)[:2].tolist()),
        }

    @staticmethod
    def _met(q: np.ndarray, soft: np.ndarray) -> bool:
        """Whether the model is the smoothed target, but for rounding."""
        return all(
            math.isclose(a, b, rel_tol=SAME)
            for a, b in zip(q[:2], soft[:2], strict=True)
        )

    def _verdict(self, q: np.ndarray, soft: np.ndarray, met: bool) -> str:
        """Compare the model's confidence with what the smoothed target asks for."""
        if met:
            return self.words["met"]
        if np.any((q == 0) & (soft > 0)):
            return self.words["rules_out_true" if q[0] == 0 else "rules_out_others"]
        return self.words["surer" if q[0] > soft[0] else "less_sure"]

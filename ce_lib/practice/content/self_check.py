"""Questions over the whole course, to bet on."""

from __future__ import annotations

import math

from ce_lib.information import entropy
from ce_lib.losses import softmax_cross_entropy
from ce_lib.practice.define import Options, question
from ce_lib.practice.exercise import Option
from ce_lib.targets import one_hot, smooth_labels

#: Numbers that are given, not computed.
GIVEN = (0.05, 0.25, 0.85)


def _row(values: list[float]) -> str:
    entries = (f"{value:.2f}".replace("-", "−") for value in values)
    return f"({', '.join(entries)})"


def _minus(value: float, digits: int) -> str:
    return f"{value:.{digits}f}".replace("-", "−")


@question("What does H(P, Q) measure?", answer="length")
def check_measure() -> Options:
    yield Option("random", "How random Q is", "That would be H(Q).")
    yield Option(
        "length",
        "The mean code length when P happens and the code is built for Q",
        "P says how often, Q says at what price.",
    )
    yield Option(
        "swapped",
        "The mean code length when Q happens and the code is built for P",
        "That is H(Q, P): the first letter says what happens.",
    )
    yield Option(
        "distance",
        "A symmetric distance between P and Q",
        "H(P, Q) ≠ H(Q, P), and H(P, P) is H(P), not 0.",
    )


@question(
    "Four classes, one-hot label, and the truth gets 0.25. What is the loss?",
    answer="chance",
    priced=False,
)
def check_chance() -> Options:
    chance = math.log(4)
    yield Option("zero", "0 nats", "Only certainty about the truth is free.")
    yield Option("itself", "0.25 nats", "That is the probability, not its price.")
    yield Option(
        "four", "4 nats", "One over the probability. The logarithm is missing."
    )
    yield Option(
        "chance",
        f"{chance:.4f} nats",
        "ln 4, which is 2 bits: the chance line.",
    )


@question(
    "P is fixed. You lower H(P, Q) by 0.7 nats. What happens to D(P‖Q)?", answer="same"
)
def check_excess() -> Options:
    yield Option(
        "same",
        "It falls by 0.7 nats",
        "H(P) does not move, so the excess does.",
    )
    yield Option(
        "bits",
        "It falls by 0.7 bits",
        f"In bits it falls by {0.7 / math.log(2):.4f}: nats stay nats.",
    )
    yield Option(
        "unknown",
        "That cannot be known",
        "Floor plus excess: the floor stands.",
    )
    yield Option("floor", "That depends on H(P)", "H(P) is the same before and after.")


@question(
    "The softmax gives (0.1, 0.7, 0.2), the true class is the middle one. What is the "
    "gradient with respect to the logits?",
    answer="logits",
)
def check_gradient() -> Options:
    slope = -1 / 0.7
    yield Option(
        "q",
        _row([0, slope, 0]),
        "That is the slope in the probabilities, −1/q at the truth.",
    )
    yield Option(
        "sign",
        _row([-0.1, 0.3, -0.2]),
        "That is truth minus model: with it, a step of descent climbs.",
    )
    yield Option(
        "none",
        _row([0.1, 0.7, 0.2]),
        "That sums to 1. The truth is still to be subtracted.",
    )
    yield Option(
        "logits", _row([0.1, -0.3, 0.2]), "Model minus truth, and the sum is 0."
    )


@question(
    "A sigmoid unit gives the truth 0.01. What are the slopes in its logit of "
    "cross-entropy and of squared error?",
    answer="right",
)
def check_slopes() -> Options:
    ce, squared = 0.01 - 1, -2 * 0.01 * 0.99**2
    yield Option("both", "Both about −1", "Squared error’s is far smaller there.")
    yield Option(
        "right",
        f"{_minus(ce, 2)} and {_minus(squared, 4)}",
        "q − 1, and −2q(1 − q)².",
    )
    yield Option(
        "in_q",
        f"{_minus(-1 / 0.01, 0)} and {_minus(-2 * 0.99, 2)}",
        "Those are the slopes in q.",
    )
    yield Option(
        "swapped",
        f"{_minus(squared, 4)} and {_minus(ce, 2)}",
        "The large push is cross-entropy’s.",
    )


@question(
    "Raw scores `z` of shape (N, K), labels `y` from 0 to K − 1. Which PyTorch call is right?",
    answer="right",
)
def check_call() -> Options:
    twice = float(softmax_cross_entropy(one_hot(0, 4), 0))
    yield Option(
        "right", "`CrossEntropyLoss()(z, y)`", "It takes the log-softmax itself."
    )
    yield Option(
        "twice",
        "`CrossEntropyLoss()(softmax(z), y)`",
        f"The softmax is taken twice. For K = 4 it never falls below {twice:.4f}.",
    )
    yield Option(
        "nll", "`NLLLoss()(z, y)`", "It expects log-probabilities, not scores."
    )
    yield Option("bce", "`BCELoss()(z, y)`", "That is for yes-or-no probabilities.")


@question(
    "Label smoothing 0.1, four classes, prediction (0.85, 0.05, 0.05, 0.05), the first "
    "is true. What sign has the slope in the logit of a wrong class?",
    answer="positive",
)
def check_smoothing() -> Options:
    floor = float(entropy(smooth_labels(one_hot(0, 4), 0.1)))
    yield Option(
        "negative",
        "Negative, as always with smoothing",
        "Only while q is below ε/4.",
    )
    yield Option("zero", "Zero", "That would need exactly ε/4.")
    yield Option(
        "positive",
        "Positive",
        f"0.05 is more than its share ε/4. The lowest reachable loss is {floor:.4f}.",
    )
    yield Option(
        "depends",
        "That depends on the other classes",
        "The slope is q minus the target, both of this class alone.",
    )


@question(
    "float32 logits (200, 0, 0), and the middle class is true. What losses do "
    "`log(softmax)` and `log_softmax` give?",
    answer="mixed",
)
def check_underflow() -> Options:
    yield Option(
        "mixed",
        "∞ and 200",
        "The softmax rounds to 0 first; `log_softmax` never forms it.",
    )
    yield Option(
        "equal",
        "200 and 200",
        "The softmax of the middle class is too small for a float32.",
    )
    yield Option("zeros", "0 and 0", "The model is sure, and wrong.")
    yield Option("nan", "NaN and NaN", "No ∞ meets another one, and no 0 meets ∞.")

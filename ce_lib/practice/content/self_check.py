"""Eight questions over the whole course, to bet on."""

from __future__ import annotations

import math

from ce_lib.information import entropy
from ce_lib.losses import softmax_cross_entropy
from ce_lib.practice.exercise import Option
from ce_lib.practice.quiz import Question
from ce_lib.targets import one_hot, smooth_labels

_SLOPE = -1 / 0.7
_CHANCE = math.log(4)
_TWICE = float(softmax_cross_entropy(one_hot(0, 4), 0))
_FLOOR = float(entropy(smooth_labels(one_hot(0, 4), 0.1)))
_CE, _SQUARED = 0.01 - 1, -2 * 0.01 * 0.99**2


def _row(values: list[float]) -> str:
    entries = (f"{value:.2f}".replace("-", "−") for value in values)
    return f"({', '.join(entries)})"


def _minus(value: float, digits: int) -> str:
    return f"{value:.{digits}f}".replace("-", "−")


QUESTIONS = (
    Question(
        "check-measure",
        "What does H(P, Q) measure?",
        "length",
        (
            Option("random", "How random Q is", "That would be H(Q)."),
            Option(
                "length",
                "The mean code length when P happens and the code is built for Q",
                "P says how often, Q says at what price.",
            ),
            Option(
                "swapped",
                "The mean code length when Q happens and the code is built for P",
                "That is H(Q, P): the first letter says what happens.",
            ),
            Option(
                "distance",
                "A symmetric distance between P and Q",
                "H(P, Q) ≠ H(Q, P), and H(P, P) is H(P), not 0.",
            ),
        ),
    ),
    Question(
        "check-chance",
        "Four classes, one-hot label, and the truth gets 0.25. What is the loss?",
        "chance",
        (
            Option("zero", "0 nats", "Only certainty about the truth is free."),
            Option("itself", "0.25 nats", "That is the probability, not its price."),
            Option(
                "four", "4 nats", "One over the probability. The logarithm is missing."
            ),
            Option(
                "chance",
                f"{_CHANCE:.4f} nats",
                "ln 4, which is 2 bits: the chance line.",
            ),
        ),
    ),
    Question(
        "check-excess",
        "P is fixed. You lower H(P, Q) by 0.7 nats. What happens to D(P‖Q)?",
        "same",
        (
            Option(
                "same",
                "It falls by 0.7 nats",
                "H(P) does not move, so the excess does.",
            ),
            Option(
                "bits",
                "It falls by 0.7 bits",
                f"In bits it falls by {0.7 / math.log(2):.4f}: nats stay nats.",
            ),
            Option(
                "unknown",
                "That cannot be known",
                "Floor plus excess: the floor stands.",
            ),
            Option(
                "floor", "That depends on H(P)", "H(P) is the same before and after."
            ),
        ),
    ),
    Question(
        "check-gradient",
        "The softmax gives (0.1, 0.7, 0.2), the true class is the middle one. What is the "
        "gradient with respect to the logits?",
        "logits",
        (
            Option(
                "q",
                _row([0, _SLOPE, 0]),
                "That is the slope in the probabilities, −1/q at the truth.",
            ),
            Option(
                "sign",
                _row([-0.1, 0.3, -0.2]),
                "That is truth minus model: with it, a step of descent climbs.",
            ),
            Option(
                "none",
                _row([0.1, 0.7, 0.2]),
                "That sums to 1. The truth is still to be subtracted.",
            ),
            Option(
                "logits", _row([0.1, -0.3, 0.2]), "Model minus truth, and the sum is 0."
            ),
        ),
    ),
    Question(
        "check-slopes",
        "A sigmoid unit gives the truth 0.01. What are the slopes in its logit of "
        "cross-entropy and of squared error?",
        "right",
        (
            Option("both", "Both about −1", "Squared error's is far smaller there."),
            Option(
                "right",
                f"{_minus(_CE, 2)} and {_minus(_SQUARED, 4)}",
                "q − 1, and −2q(1 − q)².",
            ),
            Option(
                "in_q",
                f"{_minus(-1 / 0.01, 0)} and {_minus(-2 * 0.99, 2)}",
                "Those are the slopes in q.",
            ),
            Option(
                "swapped",
                f"{_minus(_SQUARED, 4)} and {_minus(_CE, 2)}",
                "The large push is cross-entropy's.",
            ),
        ),
    ),
    Question(
        "check-call",
        "Raw scores z of shape (N, K), labels y from 0 to K − 1. Which PyTorch call is right?",
        "right",
        (
            Option(
                "right", "CrossEntropyLoss()(z, y)", "It takes the log-softmax itself."
            ),
            Option(
                "twice",
                "CrossEntropyLoss()(softmax(z), y)",
                f"The softmax is taken twice. For K = 4 it never falls below {_TWICE:.4f}.",
            ),
            Option(
                "nll", "NLLLoss()(z, y)", "It expects log-probabilities, not scores."
            ),
            Option("bce", "BCELoss()(z, y)", "That is for yes-or-no probabilities."),
        ),
    ),
    Question(
        "check-smoothing",
        "Label smoothing 0.1, four classes, prediction (0.85, 0.05, 0.05, 0.05), the first "
        "is true. What sign has the slope in the logit of a wrong class?",
        "positive",
        (
            Option(
                "negative",
                "Negative, as always with smoothing",
                "Only while q is below ε/4.",
            ),
            Option("zero", "Zero", "That would need exactly ε/4."),
            Option(
                "positive",
                "Positive",
                f"0.05 is more than its share ε/4. The lowest reachable loss is {_FLOOR:.4f}.",
            ),
            Option(
                "depends",
                "That depends on the other classes",
                "The slope is q minus the target, both of this class alone.",
            ),
        ),
    ),
    Question(
        "check-underflow",
        "float32 logits (200, 0, 0), and the middle class is true. What losses do "
        "log(softmax) and log_softmax give?",
        "mixed",
        (
            Option(
                "mixed",
                "∞ and 200",
                "The softmax rounds to 0 first; log_softmax never forms it.",
            ),
            Option(
                "equal",
                "200 and 200",
                "The softmax of the middle class is too small for a float32.",
            ),
            Option("zeros", "0 and 0", "The model is sure, and wrong."),
            Option("nan", "NaN and NaN", "No ∞ meets another one, and no 0 meets ∞."),
        ),
    ),
)

"""Label smoothing."""

from __future__ import annotations

import math

import numpy as np

from ce_lib.genres import GENRES
from ce_lib.information import cross_entropy, entropy, kl_divergence, surprisal
from ce_lib.practice import mistakes
from ce_lib.practice.exercise import (
    Choice,
    Exercise,
    Mistake,
    Number,
    Option,
    Vector,
)
from ce_lib.targets import one_hot, smooth_labels

_Q = np.array([0.95, 0.02, 0.02, 0.01])
_T = smooth_labels(one_hot(0, 4), 0.1)
_OTHERS = smooth_labels(one_hot(0, 4), 0.1, "others")
_HARD = float(surprisal(0.95))
_SMOOTHED = float(cross_entropy(_T, _Q))
_FLOOR = float(entropy(_T))
_EVEN = np.array([0.85, 0.05, 0.05, 0.05])
_MIXED = np.array([0.8, 0.15, 0.04, 0.01])
_FIVE = smooth_labels(one_hot(0, 5), 0.2)[:2]
_FIVE_FLOOR = float(entropy(smooth_labels(one_hot(0, 5), 0.2)))


def _entropy_bonus(alpha: float) -> float:
    """How much the best q of the truth lacks to 1, under the bonus, for four classes."""
    low, high = 0.0, 0.5
    for _ in range(200):
        middle = (low + high) / 2
        slope = 1 / (1 - middle) - alpha * math.log(3 * (1 - middle) / middle)
        low, high = (middle, high) if slope < 0 else (low, middle)
    return (low + high) / 2


_LACKS = _entropy_bonus(0.1)
_ALPHA = 1 / (_T[0] * math.log(3 * _T[0] / (1 - _T[0])))

EXERCISES = (
    Exercise(
        id="exercise-smoothed-song",
        prompt="(0.95, 0.02, 0.02, 0.01), and the song is Rock",
        fields=(
            Number(
                name="hard",
                label="The price in nats with the hard label",
                answer=_HARD,
                unit="nats",
                mistakes=(
                    mistakes.bits_for_nats(_HARD),
                    mistakes.no_minus(_HARD),
                    Mistake(
                        "distance",
                        1 - 0.95,
                        "That is 1 − q: close, for a sure prediction. Take −ln q.",
                    ),
                ),
            ),
            Number(
                name="smoothed",
                label="The price in nats with ε = 0.1",
                answer=_SMOOTHED,
                unit="nats",
                mistakes=(
                    mistakes.bits_for_nats(_SMOOTHED),
                    Mistake(
                        "ε/(K−1)",
                        cross_entropy(_OTHERS, _Q),
                        "That spreads ε over the other three. Here all four share it.",
                    ),
                    Mistake(
                        "Rock only",
                        0.925 * _HARD,
                        "The other genres have a share in the target, too.",
                    ),
                    Mistake(
                        "excess only",
                        kl_divergence(_T, _Q),
                        "That is the excess. The floor belongs to the price.",
                    ),
                    Mistake(
                        "p and q swapped",
                        cross_entropy(_Q, _T),
                        "Target and model are swapped.",
                    ),
                ),
            ),
            Number(
                name="floor",
                label="The floor of the second, in nats",
                answer=_FLOOR,
                unit="nats",
                mistakes=(
                    mistakes.bits_for_nats(_FLOOR),
                    Mistake(
                        "ε/(K−1)",
                        entropy(_OTHERS),
                        "That spreads ε over the other three. Here all four share it.",
                    ),
                    Mistake(
                        "entropy of Q",
                        entropy(_Q),
                        "That is the entropy of the prediction.",
                    ),
                    Mistake("zero", 0, "Only a hard target has the floor 0."),
                ),
            ),
            Vector(
                name="slopes",
                label="∂L/∂z with ε = 0.1",
                labels=GENRES,
                answer=_Q - _T,
                mistakes=(
                    mistakes.opposite(_Q - _T, "That is target minus model."),
                    Mistake(
                        "hard label",
                        _Q - one_hot(0, 4),
                        "That is the slope with the hard label.",
                    ),
                    Mistake(
                        "ε/(K−1)",
                        _Q - _OTHERS,
                        "That spreads ε over the other three. Here all four share it.",
                    ),
                ),
            ),
            Choice(
                name="push",
                label="With ε = 0.1 a step of descent moves Rock",
                answer="down",
                options=(
                    Option("up", "up", "Compare 0.95 with Rock's share in the target."),
                    Option(
                        "down", "down", "The model says more than the target asks for."
                    ),
                    Option("stay", "not at all", "Its slope is not 0."),
                ),
            ),
        ),
        hints=(
            "The target is (1 − ε) times the one-hot label, plus ε/4 everywhere.",
            "Price each genre with the model, and average with the target.",
            "The floor is the entropy of the target; the slope is model minus target.",
        ),
    ),
    Exercise(
        id="exercise-smoothing-signs",
        prompt="Signs under smoothing",
        fields=(
            Vector(
                name="slopes",
                label="∂L/∂z for (0.85, 0.05, 0.05, 0.05), ε = 0.1",
                labels=GENRES,
                answer=_EVEN - _T,
                mistakes=(
                    mistakes.opposite(_EVEN - _T, "That is target minus model."),
                    Mistake(
                        "hard label",
                        _EVEN - one_hot(0, 4),
                        "That is the slope with the hard label.",
                    ),
                    Mistake(
                        "ε/(K−1)",
                        _EVEN - _OTHERS,
                        "That spreads ε over the other three. Here all four share it.",
                    ),
                ),
            ),
            Number(
                name="turn",
                label="The ε at which a wrong genre's sign turns",
                answer=0.2,
                probability=True,
                mistakes=(
                    Mistake("no K", 0.05, "A wrong genre gets ε/4, not ε."),
                    Mistake("ε/(K−1)", 0.15, "A wrong genre gets ε/4 here, not ε/3."),
                    Mistake(
                        "times five", 0.25, "There are four genres, Rock among them."
                    ),
                ),
            ),
            Choice(
                name="raises",
                label="(0.8, 0.15, 0.04, 0.01), ε = 0.1: a step raises",
                answer="two",
                options=(
                    Option("rock", "Rock only", "Compare every entry with its target."),
                    Option(
                        "two",
                        "Rock and Classical",
                        "Both hold less than their target gives them.",
                    ),
                    Option("wrong", "all but Rock", "Rock holds less than its target."),
                    Option(
                        "all", "all of them", "The slopes sum to 0: some must fall."
                    ),
                ),
            ),
        ),
        hints=(
            "Write down the target for ε = 0.1 first.",
            "A wrong genre's slope is q − ε/4.",
            "A step of descent raises a logit whose slope is negative.",
        ),
    ),
    Exercise(
        id="exercise-smoothing-five",
        prompt="Five classes, ε = 0.2",
        fields=(
            Vector(
                name="target",
                label="The target's entries",
                labels=("true class", "each other"),
                answer=_FIVE,
                probability=True,
                mistakes=(
                    Mistake(
                        "ε/(K−1)",
                        smooth_labels(one_hot(0, 5), 0.2, "others")[:2],
                        "That spreads ε over the other four. Here all five share it.",
                    ),
                    Mistake(
                        "sum above 1",
                        (1.0, 0.04),
                        "The sum is above 1: the true class gives up ε first.",
                    ),
                    Mistake("all of ε", (0.8, 0.2), "All five share ε."),
                    Mistake(
                        "does not sum", (0.8, 0.04), "Add up all five: what is missing?"
                    ),
                ),
            ),
            Number(
                name="floor",
                label="Its floor in nats",
                answer=_FIVE_FLOOR,
                unit="nats",
                mistakes=(
                    mistakes.bits_for_nats(_FIVE_FLOOR),
                    Mistake(
                        "ε/(K−1)",
                        entropy(smooth_labels(one_hot(0, 5), 0.2, "others")),
                        "That is the floor in the other convention.",
                    ),
                    Mistake(
                        "truth only",
                        surprisal(_FIVE[0]),
                        "That is the price of the true class alone.",
                    ),
                    Mistake("zero", 0, "Only a hard target has the floor 0."),
                ),
            ),
            Number(
                name="gap",
                label="The gap of the logits at the floor",
                answer=math.log(_FIVE[0] / _FIVE[1]),
                mistakes=(
                    Mistake(
                        "ratio",
                        _FIVE[0] / _FIVE[1],
                        "That is the ratio of the two.",
                    ),
                    Mistake(
                        "ε/(K−1)",
                        math.log(0.8 / 0.05),
                        "That is the gap in the other convention.",
                    ),
                    Mistake(
                        "difference",
                        _FIVE[0] - _FIVE[1],
                        "Take logarithms first.",
                    ),
                    Mistake(
                        "hard label",
                        math.inf,
                        "Only a hard label asks for that.",
                    ),
                ),
            ),
            Number(
                name="epsilon",
                label="The same target's ε in the convention ε/(K − 1)",
                answer=0.2 * 4 / 5,
                probability=True,
                mistakes=(
                    Mistake(
                        "the same",
                        0.2,
                        "There the true class gets no part of ε back.",
                    ),
                    Mistake(
                        "other way", 0.2 * 5 / 4, "The factor is the other way up."
                    ),
                    Mistake("one entry", 0.04, "That is what each other class gets."),
                ),
            ),
        ),
        hints=(
            "The share ε = 0.2 goes to all five classes alike.",
            "At the floor the model is the target; what are its logits, up to a constant?",
            "In the other convention ε is what the true class gives away.",
        ),
    ),
    Exercise(
        id="exercise-entropy-bonus",
        prompt="The entropy bonus, four classes",
        fields=(
            Number(
                name="lacks",
                label="1 − q of the truth, at the minimum for a bonus of 0.1",
                answer=_LACKS,
                probability=True,
                tolerance=1e-3,
                mistakes=(
                    Mistake(
                        "smoothing",
                        1 - _T[0],
                        "That is the doubt smoothing asks for. The bonus asks for far less.",
                    ),
                    Mistake(
                        "the best q",
                        1 - _LACKS,
                        "That is q. What is missing to 1?",
                    ),
                    Mistake(
                        "zero", 0, "The bonus pays for doubt, so a little remains."
                    ),
                ),
            ),
            Number(
                name="alpha",
                label="The bonus that asks for the same q as smoothing with 0.1",
                answer=_ALPHA,
                mistakes=(
                    Mistake("the same", 0.1, "A bonus of 0.1 leaves far less doubt."),
                    Mistake(
                        "without q",
                        1 / math.log(37),
                        "A factor 1/q is missing.",
                    ),
                    Mistake(
                        "without the 3",
                        1 / (_T[0] * math.log(_T[0] / (1 - _T[0]))),
                        "The doubt is shared by three rivals: a factor 3 inside the logarithm.",
                    ),
                ),
            ),
        ),
        hints=(
            "At the minimum 1/q = ε ln(3q/(1 − q)), with ε the strength of the bonus.",
            "For ε = 0.1, q is nearly 1, so the logarithm must be about 10.",
            "For the second, put q = 0.925 in and solve for ε.",
        ),
    ),
)

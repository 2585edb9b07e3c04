"""Squared error against cross-entropy."""

from __future__ import annotations

import math

from ce_lib.information import surprisal
from ce_lib.losses import brier_loss_with_grad, softmax_cross_entropy_with_grad
from ce_lib.numerics import sigmoid, softmax
from ce_lib.practice import mistakes
from ce_lib.practice.exercise import Exercise, Mistake, Number, Vector


def _squared(z: float) -> float:
    return float((1 - sigmoid(z)) ** 2)


_Q = float(sigmoid(-4.0))
_R = 1 - _Q
_LOSSES = (float(surprisal(_Q)), _R**2)
_SLOPES = (_Q - 1, -2 * _Q * _R**2)
_Z = (0.0, 5.0, 0.0, 0.0)
_Q_TRUE = float(softmax(_Z)[0])
_CE = float(softmax_cross_entropy_with_grad(_Z, 0)[1][0])
_BRIER = float(brier_loss_with_grad(_Z, 0)[1][0])
_CHORD = (_squared(-6) + _squared(0)) / 2

EXERCISES = (
    Exercise(
        id="exercise-lab",
        prompt="One unit at z = −4, truth yes",
        fields=(
            Number(
                name="q",
                label="The probability of yes",
                answer=_Q,
                probability=True,
                mistakes=(
                    Mistake("of no", _R, "That is the probability of no."),
                    Mistake("no denominator", math.exp(-4), "Divide by 1 plus it."),
                    Mistake(
                        "inverse",
                        1 + math.exp(4),
                        "That is its inverse: a probability is at most 1.",
                    ),
                ),
            ),
            Vector(
                name="losses",
                label="Cross-entropy in nats, and squared error (1 − q)²",
                labels=("cross-entropy", "squared"),
                answer=_LOSSES,
                mistakes=(
                    Mistake(
                        "truth no",
                        (float(surprisal(_R)), _Q**2),
                        "Those are the losses if the truth were no.",
                    ),
                    Mistake(
                        "bits",
                        (_LOSSES[0] / math.log(2), _LOSSES[1]),
                        "The first is in bits. Which logarithm gives nats?",
                    ),
                    Mistake(
                        "half",
                        (_LOSSES[0], _LOSSES[1] / 2),
                        "There is no ½ before the square.",
                    ),
                    Mistake("swapped", _LOSSES[::-1], "The two are swapped."),
                ),
            ),
            Vector(
                name="slopes",
                label="Their slopes in z",
                labels=("cross-entropy", "squared"),
                answer=_SLOPES,
                mistakes=(
                    Mistake(
                        "slopes in q",
                        (-1 / _Q, -2 * _R),
                        "Those are the slopes in q. The logit moves q by q(1 − q).",
                    ),
                    mistakes.opposite(_SLOPES, "Both losses fall as z grows."),
                    Mistake(
                        "half",
                        (_SLOPES[0], _SLOPES[1] / 2),
                        "The square brings a factor 2.",
                    ),
                    Mistake("swapped", _SLOPES[::-1], "The two are swapped."),
                ),
            ),
            Number(
                name="factor",
                label="Cross-entropy's push is larger by a factor of",
                answer=_SLOPES[0] / _SLOPES[1],
                mistakes=(
                    Mistake(
                        "upside down",
                        _SLOPES[1] / _SLOPES[0],
                        "That is smaller than 1: turn the ratio over.",
                    ),
                    Mistake(
                        "no 2",
                        1 / (_Q * _R),
                        "The 2 from the square is missing below the line.",
                    ),
                    Mistake(
                        "ratio of losses",
                        _LOSSES[0] / _LOSSES[1],
                        "That is the ratio of the losses. Compare the slopes.",
                    ),
                ),
            ),
        ),
        hints=(
            "q = 1/(1 + e⁴).",
            "In z, cross-entropy's slope is q − 1; the square's has two more factors.",
            "The ratio of the slopes is 1/(2q(1 − q)).",
        ),
    ),
    Exercise(
        id="exercise-ratio",
        prompt="The ratio of the two slopes in z",
        fields=(
            Number(
                name="at",
                label="It is smallest at q =",
                answer=0.5,
                probability=True,
                mistakes=(
                    Mistake(
                        "third", 1 / 3, "There the square's push alone is largest."
                    ),
                    Mistake("one", 1, "There it grows without bound."),
                    Mistake("zero", 0, "There it grows without bound."),
                ),
            ),
            Number(
                name="smallest",
                label="Its smallest value",
                answer=2.0,
                mistakes=(
                    Mistake("upside down", 0.5, "Which of the two pushes is larger?"),
                    Mistake(
                        "no 2", 4, "The 2 from the square is missing below the line."
                    ),
                    Mistake("one", 1, "The pushes are never equal."),
                ),
            ),
            Vector(
                name="fifty",
                label="It is 50.5 (rounded) at two places",
                labels=("the smaller q", "the larger q"),
                answer=(0.01, 0.99),
                probability=True,
                mistakes=(
                    Mistake(
                        "no 2",
                        (0.02, 0.98),
                        "There 1/(q(1 − q)) has about this value. A factor 2 is missing.",
                    ),
                    Mistake(
                        "once only",
                        (0.01, 0.01),
                        "The ratio depends on q(1 − q), which takes each value twice.",
                    ),
                ),
            ),
        ),
        hints=(
            "Divide q − 1 by −2q(1 − q)².",
            "The ratio is 1/(2q(1 − q)): when is it smallest?",
            "q(1 − q) does not change when q and 1 − q are swapped.",
        ),
    ),
    Exercise(
        id="exercise-convexity",
        prompt="(1 − σ(z))² at −6, −3 and 0",
        fields=(
            Number(
                name="chord",
                label="Mean of its values at −6 and 0",
                answer=_CHORD,
                mistakes=(
                    Mistake("sum for mean", 2 * _CHORD, "That is their sum."),
                    Mistake(
                        "no square",
                        (1 - float(sigmoid(-6.0)) + 0.5) / 2,
                        "The square is missing.",
                    ),
                    Mistake(
                        "of q",
                        (float(sigmoid(-6.0)) ** 2 + 0.25) / 2,
                        "That is σ(z)². The distance from 1 is squared.",
                    ),
                ),
            ),
            Number(
                name="value",
                label="Its value at −3",
                answer=_squared(-3),
                mistakes=(
                    Mistake(
                        "no square", 1 - float(sigmoid(-3.0)), "The square is missing."
                    ),
                    Mistake(
                        "of q",
                        float(sigmoid(-3.0)) ** 2,
                        "That is σ(z)². The distance from 1 is squared.",
                    ),
                    Mistake("chord", _CHORD, "That is the chord's height."),
                ),
            ),
            Number(
                name="change",
                label="The z at which convexity begins or ends",
                answer=-math.log(2),
                mistakes=(
                    Mistake("q", 1 / 3, "That is q there. The question asks for z."),
                    Mistake(
                        "wrong sign",
                        math.log(2),
                        "Is q below or above one half there? So which sign has z?",
                    ),
                    Mistake(
                        "log q",
                        -math.log(3),
                        "That is ln q. The logit is ln q/(1 − q).",
                    ),
                    Mistake(
                        "half", 0, "There q is one half. The change lies elsewhere."
                    ),
                ),
            ),
        ),
        hints=(
            "A convex function lies below the chord between two of its points.",
            "Where is the push, −2q(1 − q)², largest in size?",
            "At q = 1/3; the logit there is ln(q/(1 − q)).",
        ),
    ),
    Exercise(
        id="exercise-brier-push",
        prompt="The push on the true logit at z = (0, 5, 0, 0)",
        fields=(
            Number(
                name="ce",
                label="First entry for cross-entropy",
                answer=_CE,
                mistakes=(
                    Mistake("no target", _Q_TRUE, "That is q alone; take 1 away."),
                    mistakes.opposite(_CE, "Its sign: should a step raise this logit?"),
                    Mistake(
                        "dL/dq",
                        -1 / _Q_TRUE,
                        "That is the slope in q, not in the logit.",
                    ),
                ),
            ),
            Number(
                name="brier",
                label="First entry for the Brier score",
                answer=_BRIER,
                mistakes=(
                    Mistake(
                        "half", _BRIER / 2, "A factor 2 from the square is missing."
                    ),
                    mistakes.opposite(
                        _BRIER, "Its sign: should a step raise this logit?"
                    ),
                    Mistake(
                        "binary form",
                        -2 * _Q_TRUE * (1 - _Q_TRUE) ** 2,
                        "That counts the truth's square alone. The rivals' squares move, too.",
                    ),
                    Mistake("as cross-entropy", _CE, "That is cross-entropy's entry."),
                ),
            ),
        ),
        hints=(
            "First the softmax: three equal small entries and one close to 1.",
            "For cross-entropy take 1 from the truth's entry.",
            "The Brier score's gradient in the logits has a factor q in every entry.",
        ),
    ),
)

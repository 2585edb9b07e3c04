"""Squared error against cross-entropy."""

from __future__ import annotations

import math
from collections.abc import Callable

from ce_lib.information import surprisal
from ce_lib.losses import brier_loss_with_grad, softmax_cross_entropy_with_grad
from ce_lib.numerics import sigmoid, softmax
from ce_lib.practice import mistakes
from ce_lib.practice.define import Fields, Options, exercise, guess, question
from ce_lib.practice.exercise import Choice, Mistake, Number, Option, Vector
from ce_lib.practice.guess import Remark, Typed


def _squared(z: float) -> float:
    return float((1 - sigmoid(z)) ** 2)


def _ratio(q: float) -> float:
    """How many times cross-entropy's push in z is larger."""
    return 1 / (2 * q * (1 - q))


def _chord_mistakes(right: tuple[float, float], z: float) -> tuple[Mistake, ...]:
    middle, mean = right
    outer = float(1 - sigmoid(2 * z))
    return (
        Mistake(
            "sum for mean", (middle, 2 * mean), "The second is the sum of the two."
        ),
        Mistake("swapped", (mean, middle), "The two are swapped."),
        Mistake(
            "no square",
            (float(1 - sigmoid(z)), (outer + 0.5) / 2),
            "The squares are missing.",
        ),
        Mistake(
            "of q",
            (float(sigmoid(z)) ** 2, ((1 - outer) ** 2 + 0.25) / 2),
            "Those are of σ(z)². The distance from 1 is squared.",
        ),
    )


def _factor(
    q: float, r: float, losses: tuple[float, float], slopes: tuple[float, float]
) -> Number:
    return Number(
        name="factor",
        label="Cross-entropy’s push is larger by a factor of",
        answer=slopes[0] / slopes[1],
        mistakes=(
            Mistake(
                "upside down",
                slopes[1] / slopes[0],
                "That is smaller than 1: turn the ratio over.",
            ),
            Mistake(
                "no 2",
                1 / (q * r),
                "The 2 from the square is missing below the line.",
            ),
            Mistake(
                "ratio of losses",
                losses[0] / losses[1],
                "That is the ratio of the losses. Compare the slopes.",
            ),
        ),
    )


def _steps_of_race(push: Callable[[float], float], z: float) -> int:
    """Count the steps, at rate 1, until a unit with the logit z gives Rock 0.9."""
    steps = 0
    while (q := float(sigmoid(z))) < 0.9:
        z, steps = z + push(q), steps + 1
    return steps


@guess(
    "Is this song Rock? One sigmoid unit says no: its logit is −4. The answer is yes. Two "
    "copies of the unit train on this one song, by plain gradient descent with learning "
    "rate 1: one on −ln q, the other on (1 − q)². They are done when q is 0.9. How many "
    "times as many steps does the slower copy need?"
)
def guess_squared_error() -> Typed:
    log = _steps_of_race(lambda q: 1 - q, -4)
    squared = _steps_of_race(lambda q: 2 * q * (1 - q) ** 2, -4)
    surer = _steps_of_race(lambda q: 2 * q * (1 - q) ** 2, -8)
    return Typed(
        label="How many times as many steps",
        answer=squared / log,
        low=1,
        high=1e9,
        near=0.2,
        ratio=True,
        told=f"Cross-entropy is done after {log} steps, squared error after {squared}: "
        f"{squared / log:.1f} times as many. The worse the start, the wider the gap: from "
        f"a logit of −8 squared error needs {surer}.",
        remarks=(
            Remark(
                upto=1.5,
                sentence="Both losses are 0 at the same place. What differs is how hard "
                "they push on the way.",
            ),
            Remark(sentence=""),
        ),
    )


@exercise(
    "One unit at z = −3, truth yes",
    hints=(
        "q = 1/(1 + e³).",
        "In z, cross-entropy’s slope is q − 1; the square’s is that times 2q(1 − q).",
        "The ratio of the slopes is 1/(2q(1 − q)).",
    ),
)
def exercise_lab() -> Fields:
    q = float(sigmoid(-3.0))
    r = 1 - q
    losses = (float(surprisal(q)), r**2)
    slopes = (q - 1, -2 * q * r**2)
    yield Number(
        name="q",
        label="The probability of yes",
        answer=q,
        probability=True,
        mistakes=(
            Mistake("of no", r, "That is the probability of no."),
            Mistake("no denominator", math.exp(-3), "Divide by 1 plus it."),
            Mistake(
                "inverse",
                1 + math.exp(3),
                "That is its inverse: a probability is at most 1.",
            ),
        ),
    )
    yield Vector(
        name="losses",
        label="Cross-entropy in nats, and squared error (1 − q)²",
        labels=("cross-entropy", "squared"),
        answer=losses,
        mistakes=(
            Mistake(
                "truth no",
                (float(surprisal(r)), q**2),
                "Those are the losses if the truth were no.",
            ),
            Mistake(
                "bits",
                (losses[0] / math.log(2), losses[1]),
                "The first is in bits. Which logarithm gives nats?",
            ),
            Mistake(
                "half",
                (losses[0], losses[1] / 2),
                "There is no ½ before the square.",
            ),
            Mistake("swapped", losses[::-1], "The two are swapped."),
        ),
    )
    yield Vector(
        name="slopes",
        label="Their slopes in z",
        labels=("cross-entropy", "squared"),
        answer=slopes,
        mistakes=(
            Mistake(
                "slopes in q",
                (-1 / q, -2 * r),
                "Those are the slopes in q. The logit moves q by q(1 − q).",
            ),
            mistakes.opposite(slopes, "Both losses fall as z grows."),
            Mistake(
                "half",
                (slopes[0], slopes[1] / 2),
                "The square brings a factor 2.",
            ),
            Mistake("swapped", slopes[::-1], "The two are swapped."),
        ),
    )
    yield _factor(q, r, losses, slopes)


@exercise(
    "The ratio of the two slopes in z",
    hints=(
        "Divide q − 1 by −2q(1 − q)².",
        "The ratio is 1/(2q(1 − q)): when is it smallest?",
        "q(1 − q) does not change when q and 1 − q are swapped.",
    ),
)
def exercise_ratio() -> Fields:
    yield Number(
        name="at",
        label="It is smallest at q =",
        answer=0.5,
        probability=True,
        mistakes=(
            Mistake("third", 1 / 3, "There the square’s push alone is largest."),
            Mistake("one", 1, "There it grows without bound."),
            Mistake("zero", 0, "There it grows without bound."),
        ),
    )
    yield Number(
        name="smallest",
        label="Its smallest value",
        answer=2.0,
        mistakes=(
            Mistake("upside down", 0.5, "Which of the two pushes is larger?"),
            Mistake("no 2", 4, "The 2 from the square is missing below the line."),
            Mistake("one", 1, "The pushes are never equal."),
        ),
    )
    yield Number(
        name="early",
        label="Its value at q = 0.2",
        answer=_ratio(0.2),
        mistakes=(
            Mistake(
                "upside down",
                1 / _ratio(0.2),
                "Which of the two pushes is larger?",
            ),
            Mistake(
                "no 2",
                2 * _ratio(0.2),
                "The 2 from the square is missing below the line.",
            ),
            Mistake(
                "push",
                0.8,
                "That is cross-entropy’s push alone. Divide by the other one.",
            ),
        ),
    )
    yield Number(
        name="late",
        label="It is the same at q =",
        answer=0.8,
        probability=True,
        mistakes=(
            Mistake("there", 0.2, "That is the place you came from."),
            Mistake("inverse", 5, "A probability is at most 1."),
            Mistake("end", 1, "There the ratio grows without bound."),
        ),
    )


@exercise(
    "Two voices: q = 1/2 and q = 0.01",
    hints=(
        "The push of each song is 2q(1 − q)².",
        "Divide the second song’s push by the sum of both.",
    ),
)
def exercise_second_voice() -> Fields:
    hesitant, wrong = (2 * q * (1 - q) ** 2 for q in (0.5, 0.01))
    yield Number(
        name="part",
        label="The second song’s part",
        answer=wrong / (wrong + hesitant),
        probability=True,
        mistakes=(
            Mistake(
                "cross-entropy",
                0.99 / (0.99 + 0.5),
                "That is its part under cross-entropy.",
            ),
            Mistake(
                "ratio",
                wrong / hesitant,
                "That is its push over the other’s. What part of the sum is it?",
            ),
            Mistake(
                "first", hesitant / (wrong + hesitant), "That is the first song’s."
            ),
        ),
    )


@exercise(
    "f(z) = (1 − σ(z))² and its chords",
    hints=(
        "A convex function lies below the chord between two of its points.",
        "Where is the push, −2q(1 − q)², largest in size?",
        "At q = 1/3; the logit there is ln(q/(1 − q)).",
    ),
)
def exercise_convexity() -> Fields:
    left = (_squared(-2), (_squared(-4) + _squared(0)) / 2)
    right = (_squared(2), (_squared(0) + _squared(4)) / 2)
    yield Vector(
        name="left",
        label="At −2: f, and the mean of its values at −4 and 0",
        labels=("f(−2)", "mean"),
        answer=left,
        mistakes=_chord_mistakes(left, -2),
    )
    yield Vector(
        name="right",
        label="At 2: f, and the mean of its values at 0 and 4",
        labels=("f(2)", "mean"),
        answer=right,
        mistakes=_chord_mistakes(right, 2),
    )
    yield Choice(
        name="proof",
        label="Which of them prove that f is not convex?",
        answer="left",
        options=(
            Option("left", "−4, −2 and 0", "There f lies above its chord."),
            Option("right", "0, 2 and 4", "There f lies below its chord."),
            Option(
                "both",
                "both",
                "One of them has f below its chord, which proves nothing.",
            ),
            Option("none", "neither", "One of them has f above its chord."),
        ),
    )
    yield Number(
        name="change",
        label="The z at which the curvature changes its sign",
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
                "That is ln q. The logit is ln(q/(1 − q)).",
            ),
            Mistake("half", 0, "There q is one half. The change lies elsewhere."),
        ),
    )


@exercise(
    "The push on the true logit at z = (0, 5, 0, 0)",
    hints=(
        "First the softmax: three equal small entries and one close to 1.",
        "For cross-entropy take 1 from the truth’s entry.",
        "For the Brier score: 2q₀(q₀ − p₀ − Σ qₖ(qₖ − pₖ)), with p₀ = 1.",
    ),
)
def exercise_brier_push() -> Fields:
    z = (0.0, 5.0, 0.0, 0.0)
    q_true = float(softmax(z)[0])
    ce = float(softmax_cross_entropy_with_grad(z, 0)[1][0])
    brier = float(brier_loss_with_grad(z, 0)[1][0])
    yield Number(
        name="ce",
        label="First entry for cross-entropy",
        answer=ce,
        mistakes=(
            Mistake("no target", q_true, "That is q alone; take 1 away."),
            mistakes.opposite(ce, "Its sign: should a step raise this logit?"),
            Mistake(
                "dL/dq",
                -1 / q_true,
                "That is the slope in q, not in the logit.",
            ),
        ),
    )
    yield Number(
        name="brier",
        label="First entry for the Brier score",
        answer=brier,
        mistakes=(
            Mistake("half", brier / 2, "A factor 2 from the square is missing."),
            mistakes.opposite(brier, "Its sign: should a step raise this logit?"),
            Mistake(
                "binary form",
                -2 * q_true * (1 - q_true) ** 2,
                "That counts the truth’s square alone. The rivals’ squares move, too.",
            ),
            Mistake("as cross-entropy", ce, "That is cross-entropy’s entry."),
        ),
    )


@question(
    "A sigmoid unit is wrong, and gets ever surer. What does the slope of (1 − q)² in "
    "its logit approach?",
    answer="zero",
)
def bet_sure_and_wrong() -> Options:
    yield Option("two", "−2", "That is the slope in q. The sigmoid is flat there.")
    yield Option("one", "−1", "That is what cross-entropy’s slope approaches.")
    yield Option("infinite", "−∞", "Nothing explodes in the logit.")
    yield Option("zero", "0", "−2q(1 − q)² has a factor q that nothing cancels.")


@question(
    "In what is cross-entropy with a softmax convex, whatever the network?",
    answer="logits",
)
def bet_convex() -> Options:
    yield Option(
        "weights",
        "In all weights",
        "Hidden layers break that: weights multiply each other.",
    )
    yield Option("logits", "In the logits", "There the curvature is a variance.")
    yield Option(
        "nothing",
        "In nothing",
        "In the logits its second derivative is a variance.",
    )


@question(
    "You multiply squared error by 1000, and train one unit from z = −4 with Adam, at the same "
    "rate. How many steps does it take now?",
    answer="same",
)
def bet_louder_loss() -> Options:
    yield Option(
        "fewer",
        "About a thousandth of before",
        "A step is divided by the size of the push.",
    )
    yield Option(
        "root", "About a thirtieth of before", "Adam takes a root, but of a square."
    )
    yield Option(
        "same", "As many as before", "A factor on every push cancels in every step."
    )
    yield Option(
        "never", "It overshoots, and never ends", "The steps are as long as they were."
    )


@question(
    "Gaussian noise of standard deviation s, squared error as its price in nats. You learn "
    "that s is twice what you thought. What becomes of the price of a miss of 5 beats?",
    answer="quarter",
)
def bet_noise() -> Options:
    yield Option("same", "It stays", "The square is divided by 2s².")
    yield Option(
        "half", "The square costs half", "s stands in the price with its square."
    )
    yield Option(
        "only",
        "The square costs a quarter, and that is all",
        "There is a second part, ln(s√(2π)). It has grown.",
    )
    yield Option(
        "quarter",
        "The square costs a quarter, and ln 2 is added",
        "A wider bell forgives a miss, and is lower where there is none.",
    )

"""The gradient of softmax and cross-entropy."""

from __future__ import annotations

import math

import numpy as np

from ce_lib.information import surprisal
from ce_lib.losses import softmax_cross_entropy, softmax_cross_entropy_with_grad
from ce_lib.numerics import softmax
from ce_lib.practice import mistakes
from ce_lib.practice.exercise import (
    Choice,
    Exercise,
    Mistake,
    Number,
    Option,
    Vector,
)

_X, _RATE = np.array([1.0, 2.0]), 0.1
_BEFORE, _G = softmax_cross_entropy_with_grad(np.zeros(3), 0)
_DW = np.outer(_G, _X)
_MOVED = -_RATE * _G * (_X @ _X + 1)
_NO_BIAS = -_RATE * _G * (_X @ _X)
_AFTER = float(softmax_cross_entropy(_MOVED, 0))
_HALF = 0.5
_LOW, _HIGH = math.sqrt(3 / 2) * _HALF, math.sqrt(2) * _HALF
_ONE_HOT = float(softmax_cross_entropy([2.0, 1.0, 0.5], 0))

EXERCISES = (
    Exercise(
        id="exercise-suspects",
        prompt="Four suspects",
        fields=(
            Choice(
                name="right",
                label="The right ∂L/∂z is",
                answer="c",
                options=(
                    Option(
                        "a", "A", "Look at the signs: which logits would a step raise?"
                    ),
                    Option("b", "B", "Add it up. Then look at the entry of Jazz."),
                    Option("c", "C", "q, with 1 taken from Jazz."),
                    Option("d", "D", "That slope is in q, not in the logits."),
                ),
            ),
            Choice(
                name="caught",
                label="The sum catches",
                answer="bd",
                options=(
                    Option("b", "B only", "Add up D as well."),
                    Option(
                        "bd", "B and D", "A has the sum 0, and is wrong all the same."
                    ),
                    Option("abd", "A, B and D", "Add up A."),
                    Option("none", "none of them", "Add up B."),
                ),
            ),
        ),
        hints=(
            "Behind a softmax ∂L/∂z has one property that addition checks.",
            "Which logit should a step of descent raise?",
            "q minus the one-hot target.",
        ),
    ),
    Exercise(
        id="exercise-one-step",
        prompt="One step by hand",
        fields=(
            Number(
                name="before",
                label="Loss before, in nats",
                answer=float(_BEFORE),
                unit="nats",
                mistakes=(
                    mistakes.bits_for_nats(_BEFORE),
                    Mistake("zero", 0, "All logits are equal: what is the softmax?"),
                    mistakes.no_log(1 / 3),
                    mistakes.no_minus(_BEFORE),
                ),
            ),
            Vector(
                name="dW",
                label="∂L/∂W, row by row",
                labels=("W₁₁", "W₁₂", "W₂₁", "W₂₂", "W₃₁", "W₃₂"),
                answer=_DW.reshape(-1),
                mistakes=(
                    mistakes.opposite(
                        _DW.reshape(-1),
                        "That is the direction of the step. Turn the signs.",
                    ),
                    Mistake(
                        "transposed",
                        _DW.T.reshape(-1),
                        "The right numbers column by column. A row belongs to a class.",
                    ),
                    Mistake(
                        "no features",
                        np.repeat(_G, 2),
                        "Each entry still needs its feature as a factor.",
                    ),
                    Mistake(
                        "step taken",
                        -_RATE * _DW.reshape(-1),
                        "That is the change of W. ∂L/∂W itself is asked for.",
                    ),
                ),
            ),
            Vector(
                name="logits",
                label="The logits after the step",
                labels=("class 1", "class 2", "class 3"),
                answer=_MOVED,
                mistakes=(
                    Mistake("no bias", _NO_BIAS, "The bias moved, too."),
                    mistakes.opposite(_MOVED, "That step went uphill."),
                    Mistake(
                        "no features",
                        -_RATE * _G,
                        "That is what b alone does. W moved, and meets x again.",
                    ),
                ),
            ),
            Number(
                name="after",
                label="Loss after, in nats",
                answer=_AFTER,
                unit="nats",
                mistakes=(
                    mistakes.bits_for_nats(_AFTER),
                    Mistake(
                        "no bias",
                        softmax_cross_entropy(_NO_BIAS, 0),
                        "That is the loss without the bias's step.",
                    ),
                    Mistake(
                        "uphill",
                        softmax_cross_entropy(-_MOVED, 0),
                        "That is higher than before: the step went uphill.",
                    ),
                    Mistake(
                        "probability",
                        softmax(_MOVED)[0],
                        "That is the probability of the truth. What does it cost?",
                    ),
                ),
            ),
        ),
        hints=(
            "With W = 0 and b = 0 every class gets the same probability.",
            "The row of class k is (q − p)ₖ times x.",
            "The logits move by −0.1 (q − p)(x·x + 1); the 1 is the bias.",
        ),
    ),
    Exercise(
        id="exercise-lengths",
        prompt="The possible lengths for K = 3 and a truth at 0.5",
        fields=(
            Number(
                name="low",
                label="The shortest",
                answer=_LOW,
                mistakes=(
                    Mistake("squared", _LOW**2, "That is its square."),
                    Mistake(
                        "one entry",
                        _HALF,
                        "That is the truth's entry alone. The rivals have some length, too.",
                    ),
                    Mistake("longest", _HIGH, "That is the longest."),
                    Mistake(
                        "sum", 2 * _HALF, "That is the sum of sizes, not the length."
                    ),
                ),
            ),
            Number(
                name="high",
                label="The longest",
                answer=_HIGH,
                mistakes=(
                    Mistake("squared", _HIGH**2, "That is its square."),
                    Mistake("shortest", _LOW, "That is the shortest."),
                    Mistake(
                        "sum", 2 * _HALF, "That is the sum of sizes, not the length."
                    ),
                    Mistake(
                        "bound",
                        math.sqrt(2),
                        "That is the limit for a truth at 0. Here it is at 0.5.",
                    ),
                ),
            ),
        ),
        hints=(
            "The truth's entry is fixed. What can the two rivals do?",
            "Shortest: the rivals alike. Longest: one rival has it all.",
            "Square the entries, add, take the root.",
        ),
    ),
    Exercise(
        id="exercise-off-the-simplex",
        prompt="A target that sums to s",
        fields=(
            Choice(
                name="gradient",
                label="∂L/∂z becomes",
                answer="scaled",
                options=(
                    Option(
                        "same",
                        "q − p",
                        "Here the sum of the target was 1. It is s now.",
                    ),
                    Option("scaled", "s·q − p", "The sum of the target multiplies q."),
                    Option(
                        "outer",
                        "s·(q − p)",
                        "The target is as it was given: nothing scales it.",
                    ),
                    Option(
                        "other", "q − s·p", "Which of the two was multiplied by Σp?"
                    ),
                ),
            ),
            Number(
                name="loss",
                label="PyTorch's loss for the target (2, 0, 0), in nats",
                answer=2 * _ONE_HOT,
                unit="nats",
                mistakes=(
                    Mistake(
                        "one-hot",
                        _ONE_HOT,
                        "That is the loss of the target (1, 0, 0). Nothing is normalised.",
                    ),
                    mistakes.bits_for_nats(2 * _ONE_HOT),
                    Mistake(
                        "logit for probability",
                        2 * surprisal(2 / 3.5),
                        "Those are logits over their sum, not a softmax.",
                    ),
                    Mistake(
                        "square",
                        _ONE_HOT**2,
                        "The 2 is a factor, not an exponent.",
                    ),
                ),
            ),
        ),
        hints=(
            "Write L = −Σ pₖ (zₖ − ln S), and see what the sum of p multiplies.",
            "The derivative of ln S in zₖ is qₖ.",
            "A target of (2, 0, 0) charges the first class twice.",
        ),
    ),
)

"""The gradient of softmax and cross-entropy."""

from __future__ import annotations

import math

import numpy as np

from ce_lib.information import surprisal
from ce_lib.losses import softmax_cross_entropy, softmax_cross_entropy_with_grad
from ce_lib.numerics import softmax
from ce_lib.practice import mistakes
from ce_lib.practice.define import Fields, Options, exercise, guess, question
from ce_lib.practice.exercise import Choice, Mistake, Number, Option
from ce_lib.practice.guess import Remark, Typed
from ce_lib.targets import one_hot

#: Numbers that are given, not computed.
GIVEN = (0.05, 0.2, 0.4, 0.5, 0.6, 0.7)


@guess(
    "A song is Rock. One model is sure that it is Jazz: its logits for Rock, Pop, Jazz "
    "and Classical are (0, 0, 20, 0), and it pays 20 nats. Another has (0, 0, 40, 0) and "
    "pays 40. Both take a step of training. How many times as hard is the second one "
    "pushed?"
)
def guess_softmax_gradient() -> Typed:
    push = [softmax_cross_entropy_with_grad([0, 0, jazz, 0], 0)[1] for jazz in (20, 40)]
    times = float(push[1][0] / push[0][0])
    return Typed(
        label="How many times as hard",
        answer=times,
        low=0,
        high=1e9,
        near=0.02,
        ratio=True,
        told=f"Not harder at all: {times:.2f} times. Both are pushed by "
        f"{-push[1][0]:.2f} towards Rock and by {push[1][2]:.2f} away from Jazz. That is "
        "as hard as a single song can push.",
        remarks=(
            Remark(upto=0.9, sentence="Nor is the push weaker."),
            Remark(upto=1.1, sentence=""),
            Remark(
                upto=2.5,
                sentence="Twice the price is not twice the push.",
            ),
            Remark(sentence="A squared loss on the logits would do such things."),
        ),
    )


@exercise(
    "Four suspects",
    hints=(
        "Behind a softmax ∂L/∂z has one property that addition checks.",
        "Which logit should a step of descent raise?",
        "q minus the one-hot target.",
    ),
)
def exercise_suspects() -> Fields:
    yield Choice(
        name="right",
        label="The right ∂L/∂z is",
        answer="c",
        options=(
            Option("a", "A", "Look at the signs: which logits would a step raise?"),
            Option("b", "B", "Add it up. Then look at the entry of Jazz."),
            Option("c", "C", "q, with 1 taken from Jazz."),
            Option("d", "D", "That slope is in q, not in the logits."),
        ),
    )
    yield Choice(
        name="caught",
        label="The sum catches",
        answer="bd",
        options=(
            Option("b", "B only", "Add up D as well."),
            Option("bd", "B and D", "A has the sum 0, and is wrong all the same."),
            Option("abd", "A, B and D", "Add up A."),
            Option("none", "none of them", "Add up B."),
        ),
    )


@exercise(
    "One entry of the Jacobian at q = (0.5, 0.3, 0.2)",
    hints=(
        "Which of the two cases is it: the same class, or another one?",
        "For two different classes δ is 0. What is left?",
    ),
)
def exercise_jacobian() -> Fields:
    q = (0.5, 0.3, 0.2)
    slope = -q[1] * q[0]
    yield Number(
        name="slope",
        label="∂q₂/∂z₁",
        answer=slope,
        mistakes=(
            mistakes.opposite(slope, "The first logit takes from the second class."),
            Mistake(
                "own logit",
                q[1] * (1 - q[1]),
                "That is ∂q₂/∂z₂. Here another logit moves.",
            ),
            Mistake("third", -q[1] * q[2], "That is for the logit of the third class."),
            Mistake(
                "gradient", q[1], "That is an entry of q − p, the slope of a loss."
            ),
        ),
    )


@exercise(
    "The possible lengths for K = 3 and a truth at 0.5",
    hints=(
        "The truth's entry is fixed. What can the two rivals do?",
        "Shortest: the rivals alike. Longest: one rival has it all.",
        "Square the entries, add, take the root.",
    ),
)
def exercise_lengths() -> Fields:
    half = 0.5
    low, high = math.sqrt(3 / 2) * half, math.sqrt(2) * half
    yield Number(
        name="low",
        label="The shortest",
        answer=low,
        mistakes=(
            Mistake("squared", low**2, "That is its square."),
            Mistake(
                "one entry",
                half,
                "That is the truth's entry alone. The rivals have some length, too.",
            ),
            Mistake("longest", high, "That is the longest."),
            Mistake("sum", 2 * half, "That is the sum of sizes, not the length."),
        ),
    )
    yield Number(
        name="high",
        label="The longest",
        answer=high,
        mistakes=(
            Mistake("squared", high**2, "That is its square."),
            Mistake("shortest", low, "That is the shortest."),
            Mistake("sum", 2 * half, "That is the sum of sizes, not the length."),
            Mistake(
                "bound",
                math.sqrt(2),
                "That is the limit for a truth at 0. Here it is at 0.5.",
            ),
        ),
    )


@exercise(
    "A target that sums to s",
    hints=(
        "Write L = −Σ pₖ (zₖ − ln S), and see what the sum of p multiplies.",
        "The derivative of ln S in zₖ is qₖ.",
        "A target of (2, 0, 0) charges the first class twice.",
    ),
)
def exercise_off_the_simplex() -> Fields:
    single = float(softmax_cross_entropy([2.0, 1.0, 0.5], 0))
    yield Choice(
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
            Option("other", "q − s·p", "Which of the two was multiplied by Σp?"),
        ),
    )
    yield Number(
        name="loss",
        label="PyTorch's loss for the target (2, 0, 0), in nats",
        answer=2 * single,
        unit="nats",
        mistakes=(
            Mistake(
                "one-hot",
                single,
                "That is the loss of the target (1, 0, 0). Nothing is normalised.",
            ),
            mistakes.bits_for_nats(2 * single),
            Mistake(
                "logit for probability",
                2 * surprisal(2 / 3.5),
                "Those are logits over their sum, not a softmax.",
            ),
            Mistake(
                "square",
                single**2,
                "The 2 is a factor, not an exponent.",
            ),
        ),
    )


@exercise(
    "Softmax, and softmax again",
    hints=(
        "The second softmax sees probabilities. What are the best it can see?",
        "One softmax: q₁ − 1.",
        "Two: r = softmax(q), then the chain: q₁ (r₁ − 1) − q₁ Σ qₖ (rₖ − pₖ).",
    ),
)
def exercise_softmax_twice() -> Fields:
    classes, logits, truth = 10, np.array([0.0, 5, 0, 0]), 0
    floor = float(softmax_cross_entropy(one_hot(0, classes), 0))
    q = softmax(logits)
    once = q - one_hot(truth, 4)
    outer = softmax(q) - one_hot(truth, 4)
    twice = q * (outer - q @ outer)
    yield Number(
        name="floor",
        label="The lowest loss with softmax taken twice, K = 10, in nats",
        answer=floor,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(floor),
            Mistake("zero", 0, "What does the second softmax make of (1, 0, 0, …)?"),
            Mistake(
                "chance",
                math.log(classes),
                "That is the chance line. The truth can get more than its tenth.",
            ),
            Mistake(
                "ten others",
                math.log(math.e + classes) - 1,
                "There are nine others, not ten.",
            ),
        ),
    )
    yield Number(
        name="once",
        label="First entry of ∂L/∂z with one softmax",
        answer=once[truth],
        mistakes=(
            Mistake(
                "no target", q[truth], "That is q alone. What happens at the truth?"
            ),
            mistakes.opposite(once[truth], "It is model minus truth."),
            Mistake(
                "dL/dq",
                -1 / q[truth],
                "That is dL/dq, the slope in the probability. The logit feels another one.",
            ),
        ),
    )
    yield Number(
        name="twice",
        label="First entry of ∂L/∂z with two",
        answer=twice[truth],
        mistakes=(
            Mistake(
                "no chain rule",
                outer[truth],
                "That is the slope in q. The first softmax has one of its own.",
            ),
            Mistake(
                "diagonal only",
                q[truth] * (1 - q[truth]) * outer[truth],
                "The other probabilities move as well when z₁ does.",
            ),
            mistakes.opposite(twice[truth], "It is model minus truth."),
        ),
    )


@question("What do the entries of ∂L/∂z sum to?", answer="zero")
def bet_sum() -> Options:
    yield Option("one", "1", "q sums to 1, and so does the target that is subtracted.")
    yield Option(
        "loss",
        "The loss",
        "∂L/∂z knows q and the target, not the price.",
    )
    yield Option("depends", "That depends on q", "It is the same for every q.")
    yield Option("zero", "0", "Raising all logits alike changes nothing.")


@question(
    "Rock is true, the model says (0.7, 0.2, 0.05, 0.05). A step of descent on the "
    "logits lowers Pop by how many times as much as Jazz?",
    answer="four",
)
def bet_rivals() -> Options:
    yield Option(
        "same", "As much", "The entry of a wrong genre is its own probability."
    )
    yield Option("four", "Four times", "Each wrong genre falls by its probability.")
    yield Option("sixteen", "Sixteen times", "Nothing is squared here.")
    yield Option(
        "none",
        "Neither moves",
        "Only the price ignores them. The push does not.",
    )


@question(
    "One model gave the truth 0.5 and a single rival all the rest. Another gave it 0.4, and "
    "ten rivals share the rest evenly. Whose ∂L/∂z is longer?",
    answer="first",
)
def bet_longer_push() -> Options:
    yield Option(
        "second",
        "The second: it pays more",
        "It does pay more. But its rivals share, and ten small entries are short.",
    )
    yield Option(
        "same", "Both are alike", "The sums of sizes differ, and so do the lengths."
    )
    yield Option(
        "first",
        "The first: its rival is alone",
        "√2 times 0.5 is more than √(11/10) times 0.6.",
    )


@question(
    "L = ln(1 + e^(−aw)). You start at a = 1, w = −1 and take small steps of plain gradient "
    "descent. Where do they lead?",
    answer="rest",
)
def bet_saddle() -> Options:
    yield Option(
        "down",
        "To ever lower losses",
        "On the line w = −a the slope points at (0, 0), from both sides.",
    )
    yield Option("stay", "Nowhere", "The slopes are 0 only where a and w are both 0.")
    yield Option(
        "rest",
        "To (0, 0), where they end",
        "From any other line they would turn away before. It is a saddle.",
    )

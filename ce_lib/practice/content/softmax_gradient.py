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
    "A song is Rock. A model is sure that it is Jazz: its logits for Rock, Pop, Jazz and "
    "Classical are (0, 0, 20, 0), and it pays 20 nats. One step of descent takes q − p "
    "from the logits. What does the model pay then?"
)
def guess_softmax_gradient() -> Typed:
    z = np.array([0.0, 0, 20, 0])
    _, push = softmax_cross_entropy_with_grad(z, 0)
    after = float(softmax_cross_entropy(z - push, 0))
    return Typed(
        label="The price after the step",
        unit="nats",
        answer=after,
        low=0,
        high=100,
        near=0.02,
        told=f"It pays {after:.0f} nats. Rock’s logit rises by 1, Jazz’s falls by 1, and the "
        "price is the gap between them. The push has a largest size, however high the price.",
        remarks=(
            Remark(
                upto=after - 1,
                sentence="No entry of q − p is larger than 1.",
            ),
            Remark(upto=19.5, sentence="Two logits move, not one."),
            Remark(sentence="A step this short brings the price down."),
        ),
    )


@exercise(
    "Four suspects",
    hints=(
        "Behind a softmax dL/dz has one property that addition checks.",
        "Which logit should a step of descent raise?",
        "q minus the target, which has two halves.",
    ),
)
def exercise_suspects() -> Fields:
    yield Choice(
        name="right",
        label="The right dL/dz is",
        answer="c",
        options=(
            Option("a", "A", "Look at the signs: which logits would a step raise?"),
            Option("b", "B", "Add it up. Then look at the entries of Rock and Pop."),
            Option("c", "C", "q, with a half taken from Rock and from Pop."),
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
    "The possible lengths for K = 5 and a truth at 0.4",
    hints=(
        "The truth’s entry is fixed. What can the four rivals do?",
        "Shortest: the rivals alike. Longest: one rival has it all.",
        "Square the entries, add, take the root.",
    ),
)
def exercise_lengths() -> Fields:
    classes, rest = 5, 1 - 0.4
    low, high = math.sqrt(classes / (classes - 1)) * rest, math.sqrt(2) * rest
    yield Number(
        name="low",
        label="The shortest",
        answer=low,
        mistakes=(
            Mistake("squared", low**2, "That is its square."),
            Mistake(
                "one entry",
                rest,
                "That is the truth’s entry alone. The rivals have some length, too.",
            ),
            Mistake("longest", high, "That is the longest."),
            Mistake("sum", 2 * rest, "That is the sum of sizes, not the length."),
        ),
    )
    yield Number(
        name="high",
        label="The longest",
        answer=high,
        mistakes=(
            Mistake("squared", high**2, "That is its square."),
            Mistake("shortest", low, "That is the shortest."),
            Mistake("sum", 2 * rest, "That is the sum of sizes, not the length."),
            Mistake(
                "bound",
                math.sqrt(2),
                "That is the limit for a truth at 0. Here it is at 0.4.",
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
        label="dL/dz becomes",
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
        label="PyTorch’s loss for the target (2, 0, 0), in nats",
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
        label="First entry of dL/dz with one softmax",
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
        label="First entry of dL/dz with two",
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


@question(
    "The logits of a song sum to 3. Ten steps of gradient descent raise the true one and lower "
    "the others. What do the logits sum to then?",
    answer="same",
)
def bet_sum() -> Options:
    yield Option(
        "zero",
        "0",
        "That is the sum of a push. It is taken off the logits, and moves them.",
    )
    yield Option(
        "more",
        "More than 3",
        "What the true one gains the others lose.",
    )
    yield Option(
        "depends",
        "That depends on the rate",
        "The rate multiplies the push, and with it the sum of its entries.",
    )
    yield Option("same", "Still 3", "The entries of every push sum to 0.")


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
    "ten rivals share the rest evenly. Whose dL/dz is longer?",
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
    "L = ln(1 + exp(−aw)). You start at a = 1, w = −1 and take small steps of plain gradient "
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

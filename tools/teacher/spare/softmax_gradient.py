"""The softmax gradient."""

import math

import numpy as np

from ce_lib.information import surprisal
from ce_lib.numerics import softmax
from ce_lib.practice import mistakes
from ce_lib.practice.exercise import Choice, Mistake, Number, Option, Vector
from teacher.spares import Parts, Solution, spare

#: Numbers that are given, not computed.
GIVEN = (0.05, 0.1, 0.15, 1.2)


@spare(
    "One step, in probabilities",
    minutes=6,
    text="""
    A model says 0.5, 0.3 and 0.2 to three genres, and the song is of the third. Its logits
    take one step of descent with $\\eta = 1$. What are the slopes in the three logits? What
    does the song cost after the step?
    """,
    hints=(
        "Prediction minus truth.",
        "A step changes a logit, so it multiplies a probability: by what?",
        "After that the three no longer sum to 1.",
    ),
)
def spare_one_step() -> Parts:
    q, p = np.array([0.5, 0.3, 0.2]), np.array([0.0, 0, 1])
    slopes = q - p
    after = float(surprisal(softmax(np.log(q) - slopes)[2]))
    yield Vector(
        name="slopes",
        label="The slopes in the logits",
        labels=("first", "second", "third"),
        answer=slopes,
        mistakes=(
            mistakes.opposite(
                slopes, "That is truth minus model: the push, not the slope."
            ),
            Mistake("no truth", q, "Where is the truth in it?"),
            Mistake(
                "in q",
                (0, 0, -1 / 0.2),
                "That is the slope in the probabilities. In the logits?",
            ),
            Mistake("the truth alone", (0, 0, -0.8), "The rivals’ logits move, too."),
        ),
    )
    yield Number(
        name="after",
        label="The price after the step",
        answer=after,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(after),
            Mistake(
                "before", float(surprisal(0.2)), "That is the price before the step."
            ),
            Mistake(
                "straight",
                float(surprisal(0.2) - slopes @ slopes),
                "That follows the slope all the way. The loss curves: take the step.",
            ),
            Mistake(
                "uphill",
                float(surprisal(softmax(np.log(q) + slopes)[2])),
                "That step goes up.",
            ),
            Mistake(
                "not scaled",
                float(surprisal(0.2)) - 0.8,
                "The logit rises by that, but the sum of the exponentials has "
                "changed, too.",
            ),
        ),
    )
    yield Solution(
        rf"""
        The slopes are $(0.5, 0.3, 0.2 - 1)$. The step multiplies the three probabilities by
        $e^{{-0.5}}$, $e^{{-0.3}}$ and $e^{{{-slopes[2]:.1f}}}$: {0.5 * math.exp(-0.5):.5f},
        {0.3 * math.exp(-0.3):.5f} and {0.2 * math.exp(0.8):.5f}. The third has
        {math.exp(-after):.5f} of their sum, and costs {after:.4f} nats, where it had cost
        {surprisal(0.2):.4f}. The slope foretold a fall of
        $\eta \lVert q - p \rVert^2 = {slopes @ slopes:.2f}$ nats; the loss is convex, so it
        is less.
        """
    )


_SECOND_LABEL = (
    Option(
        "two",
        "is spread over two genres at least",
        "An entry below 0 was given less than its target.",
    ),
    Option("jazz", "is Jazz", "Pop’s entry is below 0 as well."),
    Option(
        "wrong",
        "cannot be: only one entry may be below 0",
        "Only with a one-hot label.",
    ),
)


@spare(
    "What a debugger prints",
    minutes=8,
    text="""
    A debugger prints dL/dz for four songs over Rock, Pop, Jazz and Classical. Nobody kept the
    predictions or the labels.

    | song | Rock | Pop | Jazz | Classical |
    |---|---|---|---|---|
    | 1 | 0.15 | −0.45 | 0.25 | 0.05 |
    | 2 | 0.10 | −0.20 | −0.10 | 0.20 |
    | 3 | 0.30 | −0.90 | 0.30 | 0.20 |
    | 4 | 0.80 | −1.20 | 0.30 | 0.10 |

    Song 1 has a one-hot label. What did it cost? What do the signs of song 2 say? And what is
    the matter with song 3, and with song 4?
    """,
    hints=(
        "Every entry is what was said minus what was true.",
        "What must each row sum to, and between which numbers must each entry lie?",
    ),
)
def spare_debugger() -> Parts:
    price = float(surprisal(1 - 0.45))
    options = (
        Option(
            "sum", "Its entries do not sum to 0", "Prediction and truth both sum to 1."
        ),
        Option(
            "size",
            "It holds an entry below −1",
            "No difference of two probabilities is so large.",
        ),
        Option("fine", "Nothing", "Add its entries up, and look at each of them."),
    )
    yield Number(
        name="price",
        label="The price of song 1",
        answer=price,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(price),
            Mistake(
                "slope as probability",
                float(surprisal(0.45)),
                "The entry is q − 1. What is q?",
            ),
            Mistake("slope", 0.45, "That is the push. What was the truth given?"),
            Mistake(
                "a rival",
                float(surprisal(0.25)),
                "Jazz was given that. Which genre is the truth?",
            ),
        ),
    )
    yield Choice(
        name="spread",
        label="The label of song 2",
        answer="two",
        options=_SECOND_LABEL,
    )
    yield Choice(
        name="third",
        label="What is the matter with song 3?",
        answer="sum",
        options=options,
    )
    yield Choice(
        name="fourth",
        label="What is the matter with song 4?",
        answer="size",
        options=options,
    )
    yield Solution(
        rf"""
        Song 1 has one entry below 0, so it is Pop, which was given
        $1 - 0.45 = {1 - 0.45:.2f}$, and costs {price:.4f} nats; the others were given what
        their entries say. In song 2 two genres were given less than their targets, so the
        label is spread out. Song 3 sums to ${0.3 - 0.9 + 0.3 + 0.2:.1f}$: no difference of
        two distributions does. Song 4 sums to 0, but $q - p$ is never below $-1$: perhaps it
        carries a weight, or its target sums to more than 1.
        """
    )

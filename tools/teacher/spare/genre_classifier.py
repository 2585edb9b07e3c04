"""The genre classifier."""

import math

import numpy as np

from ce_lib.information import surprisal
from ce_lib.numerics import sigmoid
from ce_lib.practice import mistakes
from ce_lib.practice.exercise import Choice, Mistake, Number, Option, Vector
from teacher.spares import Parts, Solution, spare


@spare(
    "A gap between two logits",
    minutes=5,
    text="""
    A classifier gives Rock 0.6. Its logit for Pop lies 1.4 below that of Rock. Nothing else
    is known of its logits. What does Pop get? And what does the model pay if the song is Pop?
    """,
    hints=(
        "Softmax makes a ratio of every gap.",
        "The ratio of the two probabilities is e to the gap.",
        "What does the same gap do to the prices?",
    ),
)
def spare_gap_of_two_logits() -> Parts:
    rock, gap = 0.6, 1.4
    pop = rock * math.exp(-gap)
    price = float(surprisal(pop))
    yield Number(
        name="pop",
        label="What Pop gets",
        answer=pop,
        probability=True,
        mistakes=(
            Mistake(
                "the rest", 1 - rock, "That is what the three others have together."
            ),
            Mistake(
                "divided", rock / gap, "A gap of logits is the logarithm of a ratio."
            ),
            Mistake(
                "upwards", rock * math.exp(gap), "Pop’s logit is the lower of the two."
            ),
            Mistake(
                "these two alone",
                float(sigmoid(-gap)),
                "That is Pop’s share of what these two have. There are four genres.",
            ),
        ),
    )
    yield Number(
        name="price",
        label="The price if the song is Pop",
        answer=price,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(price),
            Mistake(
                "the gap alone", gap, "So much more than for Rock. What does Rock cost?"
            ),
            Mistake(
                "Rock", float(surprisal(rock)), "That is the price if the song is Rock."
            ),
            Mistake(
                "the rest",
                float(surprisal(1 - rock)),
                "Pop has not all that Rock has left.",
            ),
        ),
    )
    yield Solution(
        rf"""
        A gap of logits is the logarithm of a ratio, so Pop gets
        $0.6 \cdot e^{{-1.4}} = {pop:.5f}$. As for the price, the gap is simply added:
        $-\ln 0.6 + 1.4 = {surprisal(rock):.4f} + 1.4 = {price:.4f}$ nats. What the other two
        genres got was never needed.
        """
    )


_WHOSE_IS_LOWER = (
    Option(
        "a",
        "A, which is right nine times in ten",
        "One song can cost what nine saved.",
    ),
    Option(
        "b",
        "B, which is never sure",
        "A’s tenth song costs more than its nine others save.",
    ),
    Option(
        "same",
        "neither: the mean probabilities decide",
        "A mean loss is a mean of logarithms.",
    ),
)


@spare(
    "Nine right, one ruled out",
    minutes=8,
    text="""
    Ten songs. Model A gives the truth 0.9 nine times, and 0.001 once. Model B gives it 0.5
    all ten times. What are their mean losses? Whose is lower? And what would A have to give
    its tenth song at least, so as not to pay more than B?
    """,
    hints=(
        "The mean loss is a mean of ten prices.",
        "Ten halvings: what may A spend in all?",
        "Take what its nine good songs cost from that. The rest is a price: of which "
        "probability?",
    ),
)
def spare_nine_right() -> Parts:
    good, bad, other = (float(surprisal(q)) for q in (0.9, 0.001, 0.5))
    means = np.array([(9 * good + bad) / 10, other])
    tie = math.exp(9 * good - 10 * other)
    yield Vector(
        name="means",
        label="The mean losses",
        labels=("A", "B"),
        answer=means,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(means),
            Mistake("sums", 10 * means, "Those are the sums. The mean divides by ten."),
            Mistake(
                "price of the mean",
                surprisal([(9 * 0.9 + 0.001) / 10, 0.5]),
                "That is the price of the mean probability. Take the mean of the "
                "prices.",
            ),
            Mistake(
                "mean of two",
                ((good + bad) / 2, other),
                "The cheap price comes nine times.",
            ),
        ),
    )
    yield Choice(
        name="lower",
        label="The lower mean loss has",
        answer="b",
        options=_WHOSE_IS_LOWER,
    )
    yield Number(
        name="tie",
        label="What A must give the tenth song at least",
        answer=tie,
        probability=True,
        mistakes=(
            Mistake(
                "ten halvings", 0.5**10, "A’s nine other songs cost something, too."
            ),
            Mistake("one song", 0.5, "Its nine other songs leave room for less."),
            Mistake(
                "price in place of probability",
                10 * other - 9 * good,
                "That is the price that is left. Which probability has it?",
            ),
        ),
    )
    yield Solution(
        rf"""
        A pays $(-9 \ln 0.9 - \ln 0.001)/10 = {means[0]:.4f}$ nats, B
        $\ln 2 = {means[1]:.4f}$. B pays less, though A names nine songs in ten rightly. In
        all A may spend $10 \ln 2 = {10 * other:.4f}$ nats, and its nine good songs cost
        {9 * good:.4f}. What is left is the price of
        $e^{{-{10 * other - 9 * good:.4f}}} = {tie:.5f}$: two and a half in a thousand would
        do.
        """
    )

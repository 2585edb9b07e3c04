"""Maximum likelihood."""

import math

import numpy as np

from ce_lib.information import kl_divergence, surprisal
from ce_lib.practice import mistakes
from ce_lib.practice.exercise import Choice, Mistake, Number, Option
from teacher.spares import Parts, Solution, spare


@spare(
    "Insurance against Jazz",
    minutes=5,
    text="""
    Of ten songs that sound alike nine were Rock, one Pop, and none Jazz, the third genre
    there is. Somebody counts one more of each of the three. How much more than the
    frequencies does that pay, per song, on these ten labels? And what does the first Jazz
    song cost?
    """,
    hints=(
        "The counts become 10, 2 and 1: of how many?",
        "The frequencies pay their entropy. Any other belief pays an excess on top.",
    ),
)
def spare_insurance() -> Parts:
    f, q = np.array([9, 1, 0]) / 10, np.array([10, 2, 1]) / 13
    excess, jazz = float(kl_divergence(f, q)), float(surprisal(q[2]))
    yield Number(
        name="excess",
        label="The insurance, per song",
        answer=excess,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(excess),
            Mistake("all ten", 10 * excess, "That is for ten songs. Per song?"),
            Mistake(
                "out of ten",
                excess - math.log(1.3),
                "Three more songs were counted: the sum is no longer ten.",
            ),
            Mistake(
                "whole loss",
                float(f @ surprisal(q)),
                "That is all it pays. How much more is it than the frequencies pay?",
            ),
        ),
    )
    yield Number(
        name="jazz",
        label="The first Jazz song",
        answer=jazz,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(jazz),
            Mistake("out of ten", math.log(10), "Three more songs were counted."),
            Mistake(
                "eleven", math.log(11), "One more of each of the three, not one in all."
            ),
            Mistake(
                "frequencies",
                math.inf,
                "So it would be by the frequencies. With one more?",
            ),
        ),
    )
    yield Solution(
        rf"""
        The belief is $(10, 2, 1)/13$. On the ten labels it pays
        $\tfrac9{{10}} \ln \tfrac{{117}}{{100}} + \tfrac1{{10}} \ln \tfrac{{13}}{{20}}$, which
        is {excess:.4f} nats more than the frequencies, the $D$ between the two. The first
        Jazz song costs $\ln 13 = {jazz:.4f}$ nats, where the frequencies would pay $\infty$.
        """
    )


@spare(
    "Below the floor and above it",
    minutes=8,
    text="""
    A model with 12 free parameters was fitted to 200 songs. On average over many such samples
    it pays 0.68 nats on its own songs and 0.74 on fresh ones. About where is the floor? What
    would you expect on fresh songs after fitting 800? Another model with 12 parameters, of
    the same features and fitted to the same samples, pays 0.80 and 0.86. What is it most
    likely?
    """,
    hints=(
        "A model that can be right pays as much below the floor on its own songs as "
        "above it on fresh ones.",
        "How far that is, the number of parameters and of songs says.",
        "The second model has the right distance between its two numbers.",
    ),
)
def spare_below_and_above() -> Parts:
    own, fresh = 0.68, 0.74
    floor, later = (own + fresh) / 2, 12 / (2 * 800)
    yield Number(
        name="floor",
        label="The floor",
        answer=floor,
        unit="nats",
        mistakes=(
            Mistake("fresh", fresh, "Fresh songs are paid above the floor."),
            Mistake("own", own, "It was fitted to these, and pays too little on them."),
        ),
    )
    yield Number(
        name="later",
        label="On fresh songs, after 800",
        answer=floor + later,
        unit="nats",
        mistakes=(
            Mistake(
                "own songs",
                floor - later,
                "That is what it pays on its own songs then.",
            ),
            Mistake(
                "half",
                floor + (fresh - floor) / 2,
                "That is how an error bar shrinks. This distance shrinks faster.",
            ),
            Mistake("at the floor", floor, "So low it comes with endless songs only."),
            Mistake(
                "fresh divided", fresh / 4, "Only the distance from the floor shrinks."
            ),
        ),
    )
    yield Choice(
        name="other",
        label="The other model",
        answer="family",
        options=(
            Option(
                "family",
                "cannot say what is true",
                "Its two numbers are as far apart as they should be, around a higher "
                "place.",
            ),
            Option(
                "overfit",
                "fits the accidents of its songs",
                "Then its two numbers would lie further apart.",
            ),
            Option(
                "steps",
                "was trained too long",
                "That parts the two numbers. These are no further apart.",
            ),
        ),
    )
    yield Solution(
        rf"""
        The rule says $12/(2 \cdot 200) = {12 / 400:.2f}$ nats each way, and the two numbers
        are just so far apart, so the floor is near {floor:.2f}. With 800 songs the distance
        is a quarter, {later:.4f}, and fresh songs cost about {floor + later:.4f} nats. The
        other model has the same distance around {(0.80 + 0.86) / 2:.2f}: it has come to the
        nearest place that its family holds, and pays an excess of
        {(0.80 + 0.86) / 2 - floor:.2f} nats for ever.
        """
    )

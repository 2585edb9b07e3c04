"""Temperature and distillation."""

import math

import numpy as np

from ce_lib.information import cross_entropy, entropy
from ce_lib.practice import mistakes
from ce_lib.practice.exercise import Choice, Mistake, Number, Option, Vector
from teacher.spares import Parts, Solution, spare


@spare(
    "Colder and warmer",
    minutes=6,
    text="""
    A model gives three genres the probabilities 4/6, 1/6 and 1/6. At which temperature would
    the first have exactly one half? And songs are drawn at $T = \\tfrac12$: what do they cost
    on average, by the model at $T = 1$?
    """,
    hints=(
        "A temperature takes the ratios to the power 1/T.",
        "For one half the first must have twice what each of the others has.",
        "What is drawn decides how often, the model at T = 1 what it costs.",
    ),
)
def spare_colder_and_warmer() -> Parts:
    q, cold = np.array([4, 1, 1]) / 6, np.array([16, 1, 1]) / 18
    price = float(cross_entropy(cold, q))
    yield Number(
        name="temperature",
        label="The temperature for one half",
        answer=2,
        mistakes=(
            Mistake("turned", 0.5, "That sharpens."),
            Mistake(
                "as two classes",
                math.inf,
                "There are two others: each may keep a quarter.",
            ),
            Mistake("ratio", 4 / 3, "The ratio is taken to a power, not divided."),
        ),
    )
    yield Number(
        name="price",
        label="The mean price of the songs drawn",
        answer=price,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(price),
            Mistake(
                "entropy drawn",
                float(entropy(cold)),
                "That is the entropy of what is drawn. The model’s price?",
            ),
            Mistake(
                "at T = 1",
                float(entropy(q)),
                "So it would be if they were drawn at T = 1.",
            ),
            Mistake(
                "swapped",
                float(cross_entropy(q, cold)),
                "Drawn at T = ½, priced at T = 1.",
            ),
            Mistake(
                "warmer",
                float(cross_entropy([0.5, 0.25, 0.25], q)),
                "Those are drawn at T = 2: warmer, not colder.",
            ),
        ),
    )
    yield Solution(
        rf"""
        The ratio of 4 to 1 must become 2 to 1, its root: $T = 2$. At $T = \tfrac12$ it is
        squared, 16 to 1, so the genres are drawn with $\tfrac{{16}}{{18}}$, $\tfrac1{{18}}$
        and $\tfrac1{{18}}$. They cost
        $-\tfrac{{16}}{{18}} \ln \tfrac46 - \tfrac2{{18}} \ln \tfrac16 = {price:.4f}$ nats,
        less than the {entropy(q):.4f} of songs drawn at $T = 1$. The model has not become
        better.
        """
    )


@spare(
    "Two lessons compared",
    minutes=8,
    text="""
    The same teacher teaches two students, each with the cross-entropy to its softened output.
    Averages over the songs at the end:

    | $T$ | loss, $H(p_T, q_T)$ | the teacher’s entropy, $H(p_T)$ |
    |---|---|---|
    | 2 | 1.05 | 0.90 |
    | 4 | 1.24 | 1.20 |

    How large is the divergence in each run, and how large is $T^2$ times it? What do the
    numbers say about the two students?
    """,
    hints=(
        "The loss is the teacher’s entropy plus a divergence.",
        "With T, divergences shrink whatever the student is like.",
    ),
)
def spare_two_lessons() -> Parts:
    loss, floor, T = np.array([1.05, 1.24]), np.array([0.90, 1.20]), np.array([2, 4])
    apart = loss - floor
    labels = ("T = 2", "T = 4")
    yield Vector(
        name="divergence",
        label="The divergences",
        labels=labels,
        answer=apart,
        unit="nats",
        mistakes=(
            Mistake("losses", loss, "Those are the losses, floor and all."),
            mistakes.opposite(
                apart, "A divergence is never below 0: loss minus floor."
            ),
            Mistake("ratio", loss / floor, "The floor is subtracted, not divided by."),
        ),
    )
    yield Vector(
        name="scaled",
        label="T² times them",
        labels=labels,
        answer=T**2 * apart,
        unit="nats",
        mistakes=(
            Mistake("T", T * apart, "T², not T."),
            Mistake(
                "whole loss",
                T**2 * loss,
                "The floor pushes nobody: scale the divergence.",
            ),
            Mistake("divided", apart / T**2, "Multiplied: a warm lesson is weak."),
        ),
    )
    yield Choice(
        name="verdict",
        label="The numbers say that",
        answer="plain",
        options=(
            Option(
                "plain",
                "the plain loss of both students must be compared",
                "At use both run at T = 1, and there one must look.",
            ),
            Option(
                "first",
                "the first student is better: its loss is lower",
                "The floors differ. The loss is lower because its lesson is colder.",
            ),
            Option(
                "second",
                "the second is nearer to the teacher: its divergence is smaller",
                "At a higher T any two are nearer.",
            ),
        ),
    )
    yield Solution(
        rf"""
        $1.05 - 0.90 = {apart[0]:.2f}$ and $1.24 - 1.20 = {apart[1]:.2f}$ nats. Times $T^2$
        they are {4 * apart[0]:.2f} and {16 * apart[1]:.2f}: nearly the same, so most of the
        difference is the temperature’s. Losses at two temperatures have two floors, and
        divergences two scales. Compare the students where they will be used: the plain loss
        $-\ln q_y$ at $T = 1$ on fresh songs.
        """
    )

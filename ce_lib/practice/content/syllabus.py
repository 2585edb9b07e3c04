"""What students must know before the first session, in five questions."""

from __future__ import annotations

import math

from ce_lib.practice.define import Fields, exercise
from ce_lib.practice.exercise import Choice, Mistake, Number, Option

#: Numbers that are given, not computed.
GIVEN = (0.6931, 0.8, 0.2)


@exercise(
    "ln 2 is 0.6931, and nothing else is known",
    hints=("8 is a power of 2.", "What does the logarithm make of a quotient?"),
)
def exercise_before_logarithm() -> Fields:
    yield Number(
        name="difference",
        label="ln 8 − ln 2",
        answer=2 * math.log(2),
        mistakes=(
            Mistake(
                "difference inside",
                math.log(6),
                "That is the logarithm of the difference. Asked for is the difference of "
                "logarithms.",
            ),
            Mistake(
                "minuend alone", 3 * math.log(2), "That is ln 8. Take ln 2 from it."
            ),
            Mistake(
                "quotient of logarithms",
                3,
                "That is ln 8 divided by ln 2. Which quotient stands inside the logarithm?",
            ),
            Mistake(
                "no logarithm", 4, "That is 8 / 2. A logarithm of it is asked for."
            ),
        ),
    )


@exercise(
    "Half of the songs are Rock; 0.8 of the Rock songs are loud, and 0.2 of the others",
    hints=(
        "Of 100 songs, how many are loud?",
        "How many of the loud songs are Rock?",
    ),
)
def exercise_before_condition() -> Fields:
    rock, loud, other = 0.5, 0.8, 0.2
    both = rock * loud
    heard = both + (1 - rock) * other
    yield Number(
        name="rock",
        label="The probability that a loud song is Rock",
        answer=both / heard,
        probability=True,
        mistakes=(
            Mistake(
                "both",
                both,
                "So many are loud and Rock, of all songs. And of the loud ones?",
            ),
            Mistake("not updated", rock, "That was it before you heard the song."),
            Mistake(
                "the other", 1 - both / heard, "That is what is left for the others."
            ),
        ),
    )


@exercise(
    "A price of 2 on three days in ten, of 12 on the others",
    hints=("What do ten days cost together?",),
)
def exercise_before_mean() -> Fields:
    share, low, high = 3 / 10, 2, 12
    yield Number(
        name="mean",
        label="The price of a day, on average",
        answer=share * low + (1 - share) * high,
        mistakes=(
            Mistake(
                "plain mean",
                (low + high) / 2,
                "Both prices do not come equally often. Weight each by its share.",
            ),
            Mistake(
                "swapped",
                (1 - share) * low + share * high,
                "The shares are swapped: the low price is the rarer one.",
            ),
            Mistake(
                "sum",
                10 * (share * low + (1 - share) * high),
                "That is what ten days cost together.",
            ),
        ),
    )


@exercise(
    "The slope of ln(1 + exp(2z)) at z = 0",
    hints=(
        "First the logarithm, then what stands inside it.",
        "What is the slope of exp(2z) in z?",
    ),
)
def exercise_before_slope() -> Fields:
    yield Number(
        name="slope",
        label="The slope in z",
        answer=1,
        mistakes=(
            Mistake(
                "no inner factor",
                1 / 2,
                "The 2 in the exponent is a factor of the slope, too.",
            ),
            Mistake(
                "value",
                math.log(2),
                "That is the value there. How fast does it change?",
            ),
            Mistake(
                "no division",
                2,
                "That is the slope of what stands inside the logarithm. And of the logarithm?",
            ),
        ),
    )


@exercise(
    "`X.shape` is `(5, 3)`, `W.shape` is `(3, 4)`",
    hints=("Which axis is gone after the sum?",),
)
def exercise_before_shapes() -> Fields:
    yield Choice(
        name="shape",
        label="`(X @ W).sum(axis=1).shape` is",
        answer="rows",
        options=(
            Option(
                "rows", "`(5,)`", "The product is 5 by 4, and the sum goes along the 4."
            ),
            Option("columns", "`(4,)`", "That is what `axis=0` leaves."),
            Option(
                "product",
                "`(5, 4)`",
                "That is the product. The sum takes one axis away.",
            ),
            Option("none", "an error", "5 by 3 times 3 by 4: the inner sizes agree."),
        ),
    )

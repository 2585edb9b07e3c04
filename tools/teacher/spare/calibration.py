"""Calibration."""

import math

import numpy as np

from ce_lib.numerics import sigmoid
from ce_lib.practice.exercise import Choice, Mistake, Number, Option
from teacher.spares import Parts, Solution, spare


def _odds(q: float) -> float:
    return q / (1 - q)


@spare(
    "One temperature for a boaster",
    minutes=5,
    text="""
    Of the songs that a model called Rock with 90 %, three in four were Rock. It has one
    logit. Which temperature makes it say 75 % of them? And what becomes of its 98 % at that
    temperature?
    """,
    hints=(
        "What is the logit of 90 %, and what that of 75 %?",
        "Odds of 9 to 1 become odds of 3 to 1.",
        "A temperature takes a root of the odds.",
    ),
)
def spare_boaster() -> Parts:
    T = math.log(_odds(0.9)) / math.log(_odds(0.75))
    later = float(sigmoid(math.log(_odds(0.98)) / T))
    yield Number(
        name="temperature",
        label="The temperature",
        answer=T,
        mistakes=(
            Mistake(
                "upside down",
                1 / T,
                "Logits are divided by it. Must they shrink or grow?",
            ),
            Mistake(
                "probabilities", 0.9 / 0.75, "It divides logits, not probabilities."
            ),
            Mistake(
                "odds",
                _odds(0.9) / _odds(0.75),
                "It divides the logarithm of the odds.",
            ),
        ),
    )
    yield Number(
        name="later",
        label="What becomes of 98 %",
        answer=later,
        probability=True,
        mistakes=(
            Mistake(
                "probability divided",
                0.98 * 0.75 / 0.9,
                "The odds are changed, not the probability.",
            ),
            Mistake(
                "sharper",
                float(sigmoid(math.log(_odds(0.98)) * T)),
                "That is surer than before.",
            ),
            Mistake("odds halved", 24.5 / 25.5, "The logarithm of the odds is halved."),
        ),
    )
    yield Solution(
        rf"""
        The logits are $\ln 9$ and $\ln 3$, so $T = \ln 9 / \ln 3 = {T:.0f}$. Odds of 49 to 1
        become their root, 7 to 1: 98 % becomes {100 * later:.1f} %. Whether that one comes
        true as often, only its own songs can tell: a temperature has one number for all of
        them.
        """
    )


_TEMPERATURE = (
    Option(
        "above",
        "above 1",
        "It claims more than comes true, where most songs are.",
    ),
    Option("below", "below 1", "That would make the claims surer still."),
    Option(
        "one",
        "1: the first row keeps its word",
        "The other three hundred songs do not.",
    ),
)


_RIGHT_ANSWERS = (
    Option("stays", "stays", "No favourite changes."),
    Option("rises", "rises", "It says the same answers, less surely."),
    Option("falls", "falls", "It says the same answers, less surely."),
)


@spare(
    "A table of claims",
    minutes=8,
    text="""
    A classifier’s claims on 400 fresh songs, and how often it was right:

    | it claims | songs | right |
    |---|---|---|
    | 0.60 | 100 | 0.62 |
    | 0.80 | 100 | 0.70 |
    | 0.95 | 200 | 0.85 |

    What is its calibration error, with a bin for each row? By how many standard errors of an
    honest forecaster is the second row off? Which way will a fitted temperature go, and what
    happens to the share of right answers?
    """,
    hints=(
        "The gaps are weighted by the songs.",
        "Who keeps her word at q strays by √(q(1 − q)/n).",
    ),
)
def spare_table_of_claims() -> Parts:
    claims, right = np.array([0.6, 0.8, 0.95]), np.array([0.62, 0.7, 0.85])
    songs = np.array([100, 100, 200])
    gaps = np.abs(claims - right)
    error = float(gaps @ songs / songs.sum())
    stray = math.sqrt(0.8 * 0.2 / 100)
    yield Number(
        name="error",
        label="The calibration error",
        answer=error,
        mistakes=(
            Mistake(
                "plain mean",
                float(gaps.mean()),
                "The last row holds as many songs as both others.",
            ),
            Mistake(
                "with signs",
                float((claims - right) @ songs / 400),
                "Gaps do not cancel.",
            ),
            Mistake(
                "squares",
                float(gaps**2 @ songs / 400),
                "The gaps themselves, not their squares.",
            ),
            Mistake(
                "sum", float(gaps.sum()), "Weight each gap by its share of the songs."
            ),
        ),
    )
    yield Number(
        name="errors",
        label="Standard errors, second row",
        answer=0.1 / stray,
        mistakes=(
            Mistake("stray", stray, "That is one standard error. How many is the gap?"),
            Mistake(
                "of what came",
                0.1 / math.sqrt(0.7 * 0.3 / 100),
                "An honest forecaster has the 0.80 for true.",
            ),
            Mistake("one song", 0.1 / 0.4, "A hundred songs stray less than one."),
        ),
    )
    yield Choice(
        name="temperature",
        label="The fitted temperature is",
        answer="above",
        options=_TEMPERATURE,
    )
    yield Choice(
        name="right",
        label="The share of right answers",
        answer="stays",
        options=_RIGHT_ANSWERS,
    )
    yield Solution(
        rf"""
        The gaps are {gaps[0]:.2f}, {gaps[1]:.2f} and {gaps[2]:.2f}; weighted by a quarter, a
        quarter and a half they make {error:.2f}. At a claim of 0.80 a hundred songs of an
        honest forecaster stray by $\sqrt{{0.80 \cdot (1 - 0.80)/100}} = {stray:.2f}$, so the
        second row is {0.1 / stray:.1f} standard errors off: hardly luck. Three hundred songs
        are claimed too surely, so $T$ comes out above 1. It bends all claims towards doubt
        and changes no favourite.
        """
    )

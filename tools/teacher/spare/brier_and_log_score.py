"""Brier vs log score."""

import math

import numpy as np

from ce_lib.information import entropy
from ce_lib.practice.exercise import Choice, Mistake, Number, Option, Vector
from ce_lib.scoring import brier_score, log_score
from teacher.spares import Parts, Solution, spare


def _from_brier(shrug: float) -> Number:
    """From where on the second forecast is the better one by Brier."""
    by_brier = 1 - math.sqrt(shrug / 2)
    return Number(
        name="brier",
        label="The x from which it wins by the Brier score",
        answer=by_brier,
        mistakes=(
            Mistake(
                "as log",
                0.25,
                "There Pop is three times as likely as Rock, and Brier sees it.",
            ),
            Mistake(
                "one square",
                1 - math.sqrt(shrug),
                "Pop is off by as much as Rock is.",
            ),
            Mistake("one minus", 1 - by_brier, "That is what is left to Pop."),
            Mistake(
                "no root",
                1 - shrug / 2,
                "Pop’s share is squared in the fine: take a root.",
            ),
        ),
    )


@spare(
    "Better than a shrug",
    minutes=6,
    text="""
    A song is Rock. One forecast is a shrug, a quarter for each of four genres. Another gives
    Rock $x$ and all the rest to Pop. What do the two scores charge for the shrug? From which
    $x$ on does the second forecast beat it by the log score, and from which by the Brier
    score?
    """,
    hints=(
        "The Brier score is a sum over all four genres.",
        "The second forecast is off by 1 − x twice.",
        "The log score looks at one number only.",
    ),
)
def spare_better_than_a_shrug() -> Parts:
    shrug = np.full(4, 0.25)
    charged = np.array([log_score(shrug, 0), brier_score(shrug, 0)])
    by_brier = 1 - math.sqrt(charged[1] / 2)
    yield Vector(
        name="shrug",
        label="What the shrug pays",
        labels=("log, in nats", "Brier"),
        answer=charged,
        mistakes=(
            Mistake(
                "binary form",
                (charged[0], 0.75**2),
                "Three genres more are off, by a quarter each.",
            ),
            Mistake(
                "bits",
                (charged[0] / math.log(2), charged[1]),
                "The log score in nats, please.",
            ),
            Mistake(
                "mean",
                (charged[0], charged[1] / 4),
                "The Brier score here is the sum, not the mean.",
            ),
            Mistake(
                "distance",
                (charged[0], 1.5),
                "Squares of the distances, not the distances.",
            ),
        ),
    )
    yield Number(
        name="log",
        label="The x from which it wins by the log score",
        answer=0.25,
        mistakes=(
            Mistake(
                "half", 0.5, "It need not be the favourite: the shrug gave Rock less."
            ),
            Mistake(
                "as Brier",
                by_brier,
                "That is where Brier turns. The log score sees no rest.",
            ),
        ),
    )
    yield _from_brier(charged[1])
    yield Solution(
        rf"""
        The shrug pays $\ln 4 = {charged[0]:.4f}$ nats, and by Brier
        $(\tfrac34)^2 + 3 (\tfrac14)^2 = {charged[1]:.2f}$. The log score sees what Rock got:
        the second forecast is better from $x = \tfrac14$ on. Brier charges it $2 (1 - x)^2$,
        which is less than {charged[1]:.2f} from
        $x = 1 - \sqrt{{{charged[1] / 2:.3f}}} = {by_brier:.4f}$ on. In between, the two
        scores disagree: Brier minds being sure of Pop.
        """
    )


@spare(
    "Three new fines",
    minutes=9,
    text="""
    A forecaster believes that a song is Rock with probability 0.8. Somebody proposes new
    fines for what she says of Rock or not: (a) the mean of her log score and her Brier score,
    (b) the log score, but never more than 2 nats, (c) one over the probability that she gave
    to what happened. What must she expect to pay under (b) if she claims to be certain of
    Rock, and what if she says what she believes? What is her cheapest report under (c)? Which
    of the three are proper?
    """,
    hints=(
        "Under (b) a certain forecaster pays 0 or 2 nats. How often each?",
        "Under (c) she expects 0.8/q + 0.2/(1 − q). Where is its slope 0?",
        "A fine is proper if no report is cheaper than the belief.",
    ),
)
def spare_three_new_fines() -> Parts:
    certain, honest = 0.2 * 2, float(entropy([0.8, 0.2]))
    root = math.sqrt(0.8) / (math.sqrt(0.8) + math.sqrt(0.2))
    yield Vector(
        name="capped",
        label="What she expects to pay under (b)",
        labels=("certain", "honest"),
        answer=(certain, honest),
        unit="nats",
        mistakes=(
            Mistake(
                "no cap",
                (math.inf, honest),
                "The fine ends at 2 nats, whatever she said.",
            ),
            Mistake(
                "swapped",
                (0.8 * 2, honest),
                "She is wrong in the two of ten, not in the eight.",
            ),
            Mistake("if wrong", (2, honest), "How often does she pay that?"),
            Mistake(
                "Rock alone", (certain, -math.log(0.8)), "Now and then it is not Rock."
            ),
        ),
    )
    yield Number(
        name="report",
        label="Her cheapest report under (c)",
        answer=root,
        probability=True,
        mistakes=(
            Mistake("belief", 0.8, "Put it in, and try a little less."),
            Mistake("squares", 0.64 / 0.68, "The other way: roots, not squares."),
            Mistake("not scaled", math.sqrt(0.8), "The two reports must sum to 1."),
            Mistake(
                "half", 0.5, "The fine still grows when the likelier answer gets less."
            ),
        ),
    )
    yield Choice(
        name="proper",
        label="Proper are",
        answer="a",
        options=(
            Option(
                "a",
                "(a) alone",
                "A mean of two fines that are lowest at the belief is lowest there.",
            ),
            Option(
                "ab", "(a) and (b)", "Compare what certainty and honesty pay under (b)."
            ),
            Option("ac", "(a) and (c)", "Is the belief the cheapest report under (c)?"),
            Option("all", "all three", "Compare certainty and honesty under (b)."),
        ),
    )
    yield Solution(
        rf"""
        (b) Certain, she pays $(1 - 0.8) \cdot 2 = {certain:.1f}$ nats on average; honest,
        $H(0.8, 1 - 0.8) = {honest:.4f}$, as no price of hers reaches 2. The cap makes
        certainty cheaper, so it is not proper. (c) The slope of $p/q + (1 - p)/(1 - q)$ is 0
        where $(1 - q)/q = \sqrt{{(1 - p)/p}}$, a half at 0.8: she says {root:.4f}, too
        little. (a) Both scores are lowest at the belief, and so is their mean: proper.
        """
    )

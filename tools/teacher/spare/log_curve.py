"""The −log q curve."""

import math

import numpy as np

from ce_lib.information import surprisal
from ce_lib.practice import mistakes
from ce_lib.practice.exercise import Choice, Mistake, Number, Option, Vector
from teacher.spares import Parts, Solution, spare


@spare(
    "One percentage point",
    minutes=5,
    text="""
    Two models each give the truth of one song one percentage point more than before: the
    first goes from 5 % to 6 %, the second from 50 % to 51 %. How many nats does each of them
    save? And from which probability would one more point save exactly $\\ln 2$?
    """,
    hints=(
        "What is saved is the difference of two prices.",
        "A difference of logarithms is the logarithm of a ratio.",
        "For the last part: what is 2 as a ratio of the two probabilities?",
    ),
)
def spare_one_point() -> Parts:
    start = np.array([0.05, 0.5])
    saved = surprisal(start) - surprisal(start + 0.01)
    yield Vector(
        name="saved",
        label="What each of them saves",
        labels=("from 5 %", "from 50 %"),
        answer=saved,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(saved),
            Mistake(
                "slope at the start",
                0.01 / start,
                "That follows the tangent at the start. The curve bends away from "
                "it: take "
                "the difference of the two prices.",
            ),
            Mistake(
                "prices after",
                surprisal(start + 0.01),
                "Those are the prices after the step. What were they before?",
            ),
            Mistake(
                "points for nats",
                (0.01, 0.01),
                "That is the step in probability, the same for both. The curve "
                "prices ratios.",
            ),
            mistakes.opposite(
                saved, "Each of them pays less than before: what it saves is positive."
            ),
        ),
    )
    yield Number(
        name="start",
        label="One more point saves ln 2 from",
        answer=0.01,
        probability=True,
        mistakes=(
            Mistake("after", 0.02, "That is where the step ends. Where does it begin?"),
            Mistake(
                "chance",
                0.5,
                "One half costs ln 2. Here it is the difference of two prices that "
                "is ln 2.",
            ),
            Mistake(
                "slope",
                0.01 / math.log(2),
                "That follows the tangent, and the curve bends away from it.",
            ),
        ),
    )
    yield Solution(
        f"""
        Equal ratios save equal amounts. From 5 % to 6 % is a factor of 6/5, and saves
        $\\ln (6/5) = {saved[0]:.4f}$ nats. From 50 % to 51 % is a factor of 51/50, and saves
        $\\ln (51/50) = {saved[1]:.4f}$ nats, {saved[0] / saved[1]:.1f} times less. To save
        $\\ln 2$ the point must double what was there: from 1 % to 2 %.
        """
    )


@spare(
    "Two tools, two slopes",
    minutes=6,
    text="""
    Two tools watch the same song in the same training run, and each prints “gradient” for the
    true genre: one says −4, the other a number between −1 and 0. The loss is $-\\ln q$. Which
    slope is the −4? What did the model give to the truth? And which number does the other
    tool print?
    """,
    hints=(
        "One slope is with respect to q, the other with respect to the logit of the "
        "truth.",
        "Which of the two can be larger in size than 1?",
    ),
)
def spare_two_slopes() -> Parts:
    q = 1 / 4
    yield Choice(
        name="which",
        label="The −4 is the slope",
        answer="q",
        options=(
            Option("q", "in the probability q", "It is −1/q, and has no bound."),
            Option(
                "z",
                "in the logit of the truth",
                "That slope is q − 1. How far from 0 can it get?",
            ),
            Option(
                "either",
                "it could be either",
                "One of the two is never larger in size than 1.",
            ),
        ),
    )
    yield Number(
        name="given",
        label="What the model gave to the truth",
        answer=q,
        probability=True,
        mistakes=(
            Mistake(
                "price for slope",
                math.exp(-4),
                "That is the probability whose price is 4. Here 4 is a slope.",
            ),
            Mistake("remainder", 1 - q, "That is what all the other genres got."),
            Mistake("sign kept", -q, "A probability is not negative."),
        ),
    )
    yield Number(
        name="other",
        label="What the other tool prints",
        answer=q - 1,
        mistakes=(
            Mistake(
                "turned round", 1 - q, "The size is right. Which way must the logit go?"
            ),
            Mistake(
                "softmax alone",
                q * (1 - q),
                "That is dq/dz alone. Multiply by the slope in q.",
            ),
            Mistake(
                "squared price",
                -2 * q * (1 - q) ** 2,
                "That is the slope of the squared price. This loss is −ln q.",
            ),
        ),
    )
    yield Solution(
        f"""
        The slope in $z$ is $q - 1$, between −1 and 0, so −4 is the slope in $q$: $-1/q = -4$
        and $q = {q}$. The loss is $\\ln 4 = {surprisal(q):.4f}$ nats. The logit feels
        $q - 1 = {q - 1}$, which is the −4 times $dq/dz = q(1 - q) = {q * (1 - q)}$. Whoever
        says “gradient” should say of what, with respect to what.
        """
    )

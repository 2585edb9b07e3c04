"""Choosing a loss."""

import numpy as np

from ce_lib.information import kl_divergence
from ce_lib.practice import mistakes
from ce_lib.practice.exercise import Choice, Mistake, Number, Option, Vector
from teacher.spares import Parts, Solution, spare

#: Numbers that are given, not computed.
GIVEN = (0.5,)


def _quantile(x: np.ndarray, m: float, share: float) -> float:
    """The mean quantile loss of one prediction."""
    return float(np.maximum(share * (x - m), (1 - share) * (m - x)).mean())


@spare(
    "A bound that is seldom exceeded",
    minutes=6,
    text="""
    Five concerts began 2, 4, 6, 8 and 20 minutes late. Somebody foretells the delay with the
    quantile loss for a bound that nine in ten stay below. What is the mean loss of the
    prediction 8, and what that of 20? And what would squared error have foretold?
    """,
    hints=(
        "A minute above the prediction counts 0.9, one below it 0.1.",
        "Squared error is lowest at the mean.",
    ),
)
def spare_seldom_exceeded() -> Parts:
    late = np.array([2.0, 4, 6, 8, 20])
    losses = np.array([_quantile(late, m, 0.9) for m in (8, 20)])
    yield Vector(
        name="losses",
        label="The mean losses",
        labels=("of 8", "of 20"),
        answer=losses,
        mistakes=(
            Mistake("sums", 5 * losses, "Those are the sums of the five."),
            Mistake(
                "turned",
                [_quantile(late, m, 0.1) for m in (8, 20)],
                "To be exceeded is the dearer side.",
            ),
            Mistake(
                "distance",
                [float(np.abs(late - m).mean()) for m in (8, 20)],
                "The two sides do not count alike.",
            ),
            Mistake(
                "nine to one",
                [10 * loss for loss in losses],
                "The factors are 0.9 and 0.1, not 9 and 1.",
            ),
        ),
    )
    yield Number(
        name="squared",
        label="What squared error foretells",
        answer=float(late.mean()),
        mistakes=(
            Mistake(
                "median", 6, "That is the middle one, which the mean distance asks for."
            ),
            Mistake("bound", 20, "Squared error asks for no bound."),
            Mistake(
                "largest left out",
                float(late[:-1].mean()),
                "The long delay counts as well.",
            ),
        ),
    )
    yield Solution(
        rf"""
        For 8 the four that came no later miss by 6, 4, 2 and 0 minutes at a tenth each, and
        the late one by 12 at nine tenths:
        $({12 / 10:.1f} + {9 * 12 / 10:.1f})/5 = {losses[0]:.1f}$. For 20 there are only
        minutes below, {20 * 5 - late.sum():.0f} in all at a tenth each: {losses[1]:.1f}. So
        the bound pays half. Squared error says {late.mean():.0f}, the mean, to which a minute
        too many and a minute too few are alike.
        """
    )


_PREFERRED = (
    Option("a", "A", "Its number is nearer to the truth."),
    Option("b", "B as well", "Which of the two squares is smaller?"),
    Option("none", "neither", "The two squares differ."),
)


_JUDGE = (
    Option(
        "log",
        "the log score",
        "It counts factors, and a quarter of the truth is a large one.",
    ),
    Option(
        "brier",
        "the Brier score",
        "It counts differences, and near 0 all of them are small.",
    ),
    Option(
        "right",
        "the share of right answers",
        "Both always say: they will not fail.",
    ),
)


@spare(
    "Two forecasts of a rare event",
    minutes=8,
    text="""
    The stage lights fail in 2 of 100 concerts. Forecaster A always says 0.5 %, forecaster B
    always 4 %. By how much is each of them dearer than honesty, on average, by the log score
    and by the binary Brier score? Whom does each score prefer? And which score should judge
    if the worst is to have called a failure next to impossible?
    """,
    hints=(
        "By the log score the excess is D of the truth and the report.",
        "By the binary Brier score it is the squared distance.",
    ),
)
def spare_rare_event() -> Parts:
    truth = np.array([0.02, 0.98])
    said = np.array([[0.005, 0.995], [0.04, 0.96]])
    by_log = kl_divergence(np.array([truth, truth]), said)
    by_brier = (said[:, 0] - 0.02) ** 2
    labels = ("A", "B")
    yield Vector(
        name="log",
        label="Dearer by the log score",
        labels=labels,
        answer=by_log,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(by_log),
            Mistake(
                "failures alone",
                0.02 * np.log(0.02 / said[:, 0]),
                "The other concerts cost something, too.",
            ),
            Mistake(
                "swapped",
                kl_divergence(said, np.array([truth, truth])),
                "The truth stands first.",
            ),
            Mistake(
                "if it fails", np.log(0.02 / said[:, 0]), "How often does that happen?"
            ),
        ),
    )
    yield Vector(
        name="brier",
        label="Dearer by the binary Brier score",
        labels=labels,
        answer=by_brier,
        mistakes=(
            Mistake(
                "both classes",
                2 * by_brier,
                "The binary form keeps one of two equal squares.",
            ),
            Mistake("distance", np.sqrt(by_brier), "The square of the distance."),
            Mistake(
                "whole score",
                by_brier + 0.02 * 0.98,
                "That is all they pay. How much more than honesty?",
            ),
        ),
    )
    yield Choice(
        name="preferred",
        label="The log score prefers B, and the Brier score",
        answer="a",
        options=_PREFERRED,
    )
    yield Choice(
        name="judge",
        label="The judge should be",
        answer="log",
        options=_JUDGE,
    )
    yield Solution(
        rf"""
        Log: {by_log[0]:.5f} nats for A, who says a quarter of the truth, {by_log[1]:.5f} for
        B, who says twice the truth, so B is ahead. Brier: ${100 * 0.015:.1f}^2$ against $2^2$
        in squared percentage points, {by_brier[0]:.6f} and {by_brier[1]:.6f}, so A is ahead.
        Near 0 the differences are small and the factors large. Who fears the failure that
        nobody expected judges by factors.
        """
    )

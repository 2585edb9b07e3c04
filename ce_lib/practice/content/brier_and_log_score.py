"""The Brier score and the log score."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ce_lib.losses import focal_loss_with_grad
from ce_lib.numerics import softmax
from ce_lib.practice import mistakes
from ce_lib.practice.define import Fields, Options, exercise, guess, question
from ce_lib.practice.exercise import Choice, Mistake, Number, Option, Vector
from ce_lib.practice.guess import Axis, Drawn, Mark, Remark
from ce_lib.scoring import (
    brier_score,
    expected_brier_score,
    expected_log_score,
    log_score,
)


def _root(slope: Callable[[float], float], low: float, high: float) -> float:
    """Return where an increasing function is 0, by halving."""
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if slope(middle) < 0 else (low, middle)
    return (low + high) / 2


def _focal_report(belief: float, num_classes: int = 2) -> float:
    """The report with the smallest expected focal loss, γ = 2.

    The others share the rest of the belief evenly, and so they do in the best report.
    """
    others = [0.0] * (num_classes - 1)

    def slope(z: float) -> float:
        (_, yes), (_, no) = (focal_loss_with_grad([z, *others], y) for y in (0, 1))
        return float(belief * yes[0] + (1 - belief) * no[0])

    return float(softmax([_root(slope, -9.0, 9.0), *others])[0])


@guess(
    "A friend believes that the next song is Rock with probability 0.7. She names a "
    "probability q, and you fine her by the distance between what she said and what "
    "happens: 1 − q if it is Rock, q if it is not. She would rather pay less. What will "
    "she say?"
)
def guess_brier_and_log_score() -> Drawn:
    belief = 0.7
    q = np.array([0, 1])
    expected = belief * (1 - q) + (1 - belief) * q
    best = float(q[expected.argmin()])
    honest = belief * (1 - belief) + (1 - belief) * belief
    return Drawn(
        label="What she says",
        answer=best,
        low=0,
        high=1,
        near=0.005,
        x=Axis(title="q, what she says", low=0, high=1, ticks=(0, 0.25, 0.5, 0.75, 1)),
        y=Axis(
            title="the fine she must expect",
            low=0,
            high=1,
            ticks=(0, 0.25, 0.5, 0.75, 1),
        ),
        marks=(Mark(label="her belief", points=[(belief, 0)], place=(0.68, 0.06)),),
        shown=(
            Mark(
                label="her fine",
                points=np.stack([q, expected], axis=1),
                place=(0.03, 0.52),
            ),
        ),
        across=True,
        told=f"She says {best:g}. Honesty would cost her {honest:.2f} on average, a boast "
        f"of certainty only {expected.min():.2f}. A fine that looks fair can buy a lie.",
        remarks=(
            Remark(
                upto=belief - 0.005,
                sentence="Less than she believes would cost her more, not less.",
            ),
            Remark(
                upto=belief + 0.005,
                sentence="That is what you would like to hear.",
            ),
            Remark(sentence="The right way. Every step towards 1 saves her some more."),
        ),
    )


@exercise(
    "Two forecasts, and the song is Rock",
    hints=(
        "The log score needs one number of each forecast.",
        "Brier: take 1 from Rock, square all four entries, add.",
        "In both scores, lower is better.",
    ),
)
def exercise_scores_disagree() -> Fields:
    a, b = [0.5, 0.5, 0.0, 0.0], [0.38] + [0.62 / 3] * 3
    log = np.array([log_score(a, 0), log_score(b, 0)])
    brier = np.array([brier_score(a, 0), brier_score(b, 0)])
    yield Vector(
        name="log",
        label="Log scores in nats",
        labels=("A", "B"),
        answer=log,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(log),
            mistakes.no_minus(log),
            Mistake("swapped", log[::-1], "The two are swapped."),
        ),
    )
    yield Vector(
        name="brier",
        label="Brier scores",
        labels=("A", "B"),
        answer=brier,
        mistakes=(
            Mistake(
                "truth only",
                [(1 - 0.5) ** 2, (1 - 0.38) ** 2],
                "Those are the squares of Rock alone. Every genre counts.",
            ),
            Mistake("halved", brier / 2, "The sum is not halved here."),
            Mistake("mean over genres", brier / 4, "It is a sum, not a mean."),
            Mistake(
                "root",
                np.sqrt(brier),
                "Those are distances. The score is squared.",
            ),
            Mistake("swapped", brier[::-1], "The two are swapped."),
        ),
    )
    yield Choice(
        name="better",
        label="Who is preferred?",
        answer="a",
        options=(
            Option(
                "a",
                "A by both",
                "More for Rock makes up for all it puts on one wrong genre.",
            ),
            Option("b", "B by both", "In both scores, lower is better."),
            Option(
                "split",
                "A by the log score, B by the Brier score",
                "Compare the two Brier scores: lower is better.",
            ),
            Option(
                "reverse",
                "B by the log score, A by the Brier score",
                "Compare the two log scores: lower is better.",
            ),
        ),
    )


@exercise(
    "What an honest forecaster expects to pay by Brier",
    hints=(
        "Either it is Rock or it is not. What does each cost her?",
        "The floor is p(1 − p), for both classes.",
        "0.9 times 0.1, twice.",
    ),
)
def exercise_honest_brier() -> Fields:
    belief = [0.9, 0.1]
    _, floor, _ = (float(part) for part in expected_brier_score(belief, belief))
    yield Number(
        name="floor",
        label="Her expected Brier score",
        answer=floor,
        mistakes=(
            Mistake(
                "binary form",
                floor / 2,
                "That is the binary form, one class alone. Sum over both.",
            ),
            Mistake(
                "if it is Rock",
                float(brier_score(belief, 0)),
                "That is what she pays if it is Rock. Now and then it is not.",
            ),
            Mistake(
                "if it is not",
                float(brier_score(belief, 1)),
                "That is what she pays if it is not Rock. Mostly it is.",
            ),
            Mistake(
                "log score",
                float(expected_log_score(belief, belief).score),
                "That is her expected log score. Brier squares.",
            ),
            Mistake(
                "no fine",
                0,
                "Honest is not all-knowing: a song still surprises her.",
            ),
        ),
    )


@exercise(
    "Expected scores of Q when the world is P",
    hints=(
        "The floor is what the forecast Q = P would have to pay.",
        "Brier: the floor is Σ p(1 − p), the excess the squared distance.",
        "Log score: H(P), D(P‖Q), and their sum.",
    ),
)
def exercise_two_splits() -> Fields:
    parts = ("score", "floor", "excess")
    p, q = [0.7, 0.2, 0.05, 0.05], [0.5, 0.3, 0.1, 0.1]
    yield Vector(
        name="brier",
        label="Brier: score, floor and excess",
        labels=parts,
        answer=expected_brier_score(p, q),
        mistakes=(
            Mistake(
                "p and q swapped",
                expected_brier_score(q, p),
                "P and Q are swapped: the average runs over P.",
            ),
            Mistake(
                "halved",
                np.array(expected_brier_score(p, q)) / 2,
                "The sum is not halved here.",
            ),
            Mistake(
                "floor and excess swapped",
                np.array(expected_brier_score(p, q))[[0, 2, 1]],
                "Floor and excess are swapped.",
            ),
        ),
    )
    yield Vector(
        name="log",
        label="Log score: score, floor and excess, in nats",
        labels=parts,
        answer=expected_log_score(p, q),
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(np.array(expected_log_score(p, q))),
            Mistake(
                "p and q swapped",
                expected_log_score(q, p),
                "P and Q are swapped: the average runs over P.",
            ),
            Mistake(
                "floor and excess swapped",
                np.array(expected_log_score(p, q))[[0, 2, 1]],
                "Floor and excess are swapped.",
            ),
        ),
    )


@exercise(
    "Fined by focal loss, believing 0.7, and 0.1 among a hundred",
    hints=(
        "Write the expected fine of a report q, and look for its minimum.",
        "0.7 (1 − q)²(−ln q) + 0.3 q²(−ln(1 − q)).",
        "Try reports between one half and the belief; among many classes, above it.",
    ),
)
def exercise_focal_report() -> Fields:
    focal = _focal_report(0.7)
    yield Number(
        name="report",
        label="The cheapest report",
        answer=focal,
        probability=True,
        mistakes=(
            Mistake("honest", 0.7, "Honesty is cheapest for γ = 0 only."),
            Mistake(
                "of the other",
                1 - focal,
                "That is the report for the other outcome.",
            ),
            Mistake(
                "shrug",
                0.5,
                "That is a shrug. The cheapest report is a little bolder.",
            ),
            Mistake("certain", 1, "Then the other outcome costs ∞."),
        ),
    )
    many = _focal_report(0.1, 100)
    yield Number(
        name="many",
        label="The cheapest report for 0.1, beside 99 others alike",
        answer=many,
        probability=True,
        mistakes=(
            Mistake("honest", 0.1, "Honesty is cheapest for γ = 0 only."),
            Mistake(
                "two classes",
                _focal_report(0.1),
                "That is for one other class. Here 99 share the rest.",
            ),
            Mistake(
                "shrug", 1 / 100, "That is a shrug. The report is bolder than 0.1."
            ),
        ),
    )


@exercise(
    "True probabilities (0.8, 0.2), class weights 1 and 6",
    hints=(
        "The weights act like repeating a class.",
        "Multiply each probability by its weight.",
        "Then normalise.",
    ),
)
def exercise_weighted_report() -> Fields:
    true, weights = np.array([0.8, 0.2]), np.array([1.0, 6.0])
    weighted = true * weights / (true @ weights)
    yield Vector(
        name="report",
        label="The prediction with the smallest expected weighted loss",
        labels=("first", "second"),
        answer=weighted,
        probability=True,
        mistakes=(
            Mistake("honest", true, "That is best without weights."),
            Mistake("weights", weights / weights.sum(), "Those are the weights alone."),
            Mistake(
                "divided",
                true / weights / (true / weights).sum(),
                "The weights were divided by. A weight makes its class count more.",
            ),
            Mistake(
                "not normalised",
                true * weights,
                "In proportion this is right. It has to sum to 1.",
            ),
        ),
    )


@question(
    "Fined by distance, somebody believes 50 % exactly. What is cheapest to say?",
    answer="any",
)
def bet_distance() -> Options:
    yield Option("belief", "50 %", "A step up or down saves as often as it costs.")
    yield Option(
        "low", "0 %", "At 49 % belief, yes. At 50 % the way down saves nothing."
    )
    yield Option(
        "certain", "100 %", "At 51 % belief, yes. At 50 % the way up saves nothing."
    )
    yield Option(
        "any",
        "All reports cost the same.",
        "Each hundredth saves in half of all cases and costs in the other half.",
    )


@question(
    "All four name the same favourite for every song. Which numbers put the honest one first?",
    answer="both",
)
def bet_four_forecasters() -> Options:
    yield Option(
        "both",
        "Both scores, and not the share of right answers",
        "Both are strictly proper, and all four are right equally often.",
    )
    yield Option(
        "log",
        "The log score only",
        "Brier is strictly proper as well: look at its column.",
    )
    yield Option(
        "all", "All three", "The share of right answers looks at the favourite alone."
    )
    yield Option(
        "none",
        "None: the bold one leads",
        "Boldness saves on most songs, and pays on few.",
    )


@question(
    "Rock is true. You move probability from Pop to Jazz. Which score can change?",
    answer="brier",
)
def bet_local() -> Options:
    yield Option("log", "The log score only", "It looks at Rock alone.")
    yield Option("brier", "The Brier score only", "It squares every entry.")
    yield Option("both", "Both", "One of them looks at Rock alone.")
    yield Option("none", "Neither", "One of them squares every entry.")


@question(
    "A forecaster is paid 5 minus twice her Brier score for each song. What should she report?",
    answer="belief",
)
def bet_paid() -> Options:
    yield Option("more", "More than she believes", "Boasting raises what she loses.")
    yield Option(
        "belief",
        "What she believes",
        "Stakes and a fee in advance move no lowest point.",
    )
    yield Option("less", "Less than she believes", "Higher stakes reward no shyness.")
    yield Option(
        "depends",
        "That depends on how often she is right",
        "The cheapest report depends on her belief about this song alone.",
    )

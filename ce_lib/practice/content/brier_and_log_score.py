"""The Brier score and the log score."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ce_lib.losses import focal_loss_with_grad
from ce_lib.numerics import sigmoid
from ce_lib.practice import mistakes
from ce_lib.practice.exercise import (
    Choice,
    Exercise,
    Mistake,
    Number,
    Option,
    Vector,
)
from ce_lib.scoring import (
    brier_decomposition,
    brier_score,
    expected_brier_score,
    expected_log_score,
    log_score,
    log_score_decomposition,
)

_A, _B = [0.4, 0.6, 0.0, 0.0], [0.38] + [0.62 / 3] * 3
_LOG = np.array([log_score(_A, 0), log_score(_B, 0)])
_BRIER = np.array([brier_score(_A, 0), brier_score(_B, 0)])
_P, _Q = [0.7, 0.2, 0.05, 0.05], [0.5, 0.3, 0.1, 0.1]
_PARTS = ("score", "floor", "excess")
_STATED = [0.8] * 5 + [0.2] * 5
_ROCK = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
_SPLIT = np.array(log_score_decomposition(_STATED, _ROCK)[1:])
_BRIER_SPLIT = np.array(brier_decomposition(_STATED, _ROCK)[1:])
_REFINED = (
    brier_decomposition(_STATED, _ROCK).refinement,
    log_score_decomposition(_STATED, _ROCK).refinement,
)


def _root(slope: Callable[[float], float], low: float, high: float) -> float:
    """Return where an increasing function is 0, by halving."""
    for _ in range(80):
        middle = (low + high) / 2
        low, high = (middle, high) if slope(middle) < 0 else (low, middle)
    return (low + high) / 2


def _focal_report(belief: float) -> float:
    """The report with the smallest expected focal loss, γ = 2."""

    def slope(z: float) -> float:
        (_, yes), (_, no) = (focal_loss_with_grad([z, 0.0], y) for y in (0, 1))
        return float(belief * yes[0] + (1 - belief) * no[0])

    return float(sigmoid(_root(slope, -5.0, 5.0)))


_FOCAL = _focal_report(0.7)
_TRUE, _WEIGHTS = np.array([0.9, 0.1]), np.array([1.0, 9.0])
_WEIGHTED = _TRUE * _WEIGHTS / (_TRUE @ _WEIGHTS)

EXERCISES = (
    Exercise(
        id="exercise-scores-disagree",
        prompt="Two forecasts, and the song is Rock",
        fields=(
            Vector(
                name="log",
                label="Log scores in nats",
                labels=("A", "B"),
                answer=_LOG,
                unit="nats",
                mistakes=(
                    mistakes.bits_for_nats(_LOG),
                    mistakes.no_minus(_LOG),
                    Mistake("swapped", _LOG[::-1], "The two are swapped."),
                ),
            ),
            Vector(
                name="brier",
                label="Brier scores",
                labels=("A", "B"),
                answer=_BRIER,
                mistakes=(
                    Mistake(
                        "truth only",
                        [(1 - 0.4) ** 2, (1 - 0.38) ** 2],
                        "Those are the squares of Rock alone. Every genre counts.",
                    ),
                    Mistake("halved", _BRIER / 2, "The sum is not halved here."),
                    Mistake("mean over genres", _BRIER / 4, "It is a sum, not a mean."),
                    Mistake(
                        "root",
                        np.sqrt(_BRIER),
                        "Those are distances. The score is squared.",
                    ),
                    Mistake("swapped", _BRIER[::-1], "The two are swapped."),
                ),
            ),
            Choice(
                name="better",
                label="Who is preferred?",
                answer="split",
                options=(
                    Option(
                        "a",
                        "A by both",
                        "Compare the two Brier scores: lower is better.",
                    ),
                    Option(
                        "b", "B by both", "Compare the two log scores: lower is better."
                    ),
                    Option(
                        "split",
                        "A by the log score, B by the Brier score",
                        "The log score looks at Rock alone, the Brier score at all four.",
                    ),
                    Option(
                        "reverse",
                        "B by the log score, A by the Brier score",
                        "In both scores, lower is better.",
                    ),
                ),
            ),
        ),
        hints=(
            "The log score needs one number of each forecast.",
            "Brier: take 1 from Rock, square all four entries, add.",
            "In both scores, lower is better.",
        ),
    ),
    Exercise(
        id="exercise-two-splits",
        prompt="Expected scores of Q when the world is P",
        fields=(
            Vector(
                name="brier",
                label="Brier: score, floor and excess",
                labels=_PARTS,
                answer=expected_brier_score(_P, _Q),
                mistakes=(
                    Mistake(
                        "p and q swapped",
                        expected_brier_score(_Q, _P),
                        "P and Q are swapped: the average runs over P.",
                    ),
                    Mistake(
                        "halved",
                        np.array(expected_brier_score(_P, _Q)) / 2,
                        "The sum is not halved here.",
                    ),
                    Mistake(
                        "floor and excess swapped",
                        np.array(expected_brier_score(_P, _Q))[[0, 2, 1]],
                        "Floor and excess are swapped.",
                    ),
                ),
            ),
            Vector(
                name="log",
                label="Log score: score, floor and excess, in nats",
                labels=_PARTS,
                answer=expected_log_score(_P, _Q),
                unit="nats",
                mistakes=(
                    mistakes.bits_for_nats(np.array(expected_log_score(_P, _Q))),
                    Mistake(
                        "p and q swapped",
                        expected_log_score(_Q, _P),
                        "P and Q are swapped: the average runs over P.",
                    ),
                    Mistake(
                        "floor and excess swapped",
                        np.array(expected_log_score(_P, _Q))[[0, 2, 1]],
                        "Floor and excess are swapped.",
                    ),
                ),
            ),
        ),
        hints=(
            "The floor is what the forecast Q = P would have to pay.",
            "Brier: the floor is Σ p(1 − p), the excess the squared distance.",
            "Log score: H(P), D(P‖Q), and their sum.",
        ),
    ),
    Exercise(
        id="exercise-ten-forecasts",
        prompt="Ten songs, forecast at 0.8 and 0.2",
        fields=(
            Vector(
                name="parts",
                label="Log score: its three parts in nats",
                labels=("uncertainty", "resolution", "reliability"),
                answer=_SPLIT,
                unit="nats",
                mistakes=(
                    mistakes.bits_for_nats(_SPLIT),
                    Mistake(
                        "Brier",
                        _BRIER_SPLIT,
                        "Those are the parts of the Brier score. Split the log score.",
                    ),
                    Mistake(
                        "swapped",
                        _SPLIT[[0, 2, 1]],
                        "Resolution and reliability are swapped.",
                    ),
                    Mistake(
                        "one group",
                        [_SPLIT[0], _SPLIT[1], 2 * _SPLIT[2]],
                        "Only half of the songs belong to the group that misses.",
                    ),
                    Mistake(
                        "negative resolution",
                        _SPLIT * [1, -1, 1],
                        "Resolution is a positive number, and subtracted only in the sum.",
                    ),
                ),
            ),
            Vector(
                name="refined",
                label="Both scores once she says 0.6 for 0.8",
                labels=("Brier (binary)", "log"),
                answer=_REFINED,
                mistakes=(
                    Mistake(
                        "unchanged",
                        (_BRIER_SPLIT @ [1, -1, 1], _SPLIT @ [1, -1, 1]),
                        "Those are the scores before. Which part vanishes?",
                    ),
                    Mistake(
                        "uncertainty",
                        (_BRIER_SPLIT[0], _SPLIT[0]),
                        "That is uncertainty alone. Resolution still helps her.",
                    ),
                    Mistake(
                        "sum form",
                        (2 * _REFINED[0], _REFINED[1]),
                        "That Brier score counts yes and no. The binary form counts yes alone.",
                    ),
                ),
            ),
        ),
        hints=(
            "Uncertainty is the entropy of 4 in 10.",
            "In each group, compare how often it happened with 4/10, and with what she said.",
            "One group kept its word, so its part in reliability is 0.",
        ),
    ),
    Exercise(
        id="exercise-focal-report",
        prompt="Fined by focal loss, believing 0.7",
        fields=(
            Number(
                name="report",
                label="The cheapest report",
                answer=_FOCAL,
                probability=True,
                mistakes=(
                    Mistake("honest", 0.7, "Honesty is cheapest for γ = 0 only."),
                    Mistake(
                        "of the other",
                        1 - _FOCAL,
                        "That is the report for the other outcome.",
                    ),
                    Mistake(
                        "shrug",
                        0.5,
                        "That is a shrug. The cheapest report is a little bolder.",
                    ),
                    Mistake("certain", 1, "Then the other outcome costs ∞."),
                ),
            ),
        ),
        hints=(
            "Write the expected fine of a report q, and look for its minimum.",
            "0.7 (1 − q)²(−ln q) + 0.3 q²(−ln(1 − q)).",
            "Try reports between one half and the belief.",
        ),
    ),
    Exercise(
        id="exercise-weighted-report",
        prompt="True probabilities (0.9, 0.1), class weights 1 and 9",
        fields=(
            Vector(
                name="report",
                label="The prediction with the smallest expected weighted loss",
                labels=("first", "second"),
                answer=_WEIGHTED,
                probability=True,
                mistakes=(
                    Mistake("honest", _TRUE, "That is best without weights."),
                    Mistake("weights", _WEIGHTS / 10, "Those are the weights alone."),
                    Mistake(
                        "divided",
                        _TRUE / _WEIGHTS / (_TRUE / _WEIGHTS).sum(),
                        "The weights were divided by. A weight makes its class count more.",
                    ),
                    Mistake(
                        "not normalised",
                        _TRUE * _WEIGHTS,
                        "In proportion this is right. It has to sum to 1.",
                    ),
                ),
            ),
        ),
        hints=(
            "The weights act like repeating a class.",
            "Multiply each probability by its weight.",
            "Then normalise.",
        ),
    ),
)

"""Softmax regression: batches, the length of a step, weight decay."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ce_lib.genres import GenreWorld
from ce_lib.losses import softmax_cross_entropy, softmax_cross_entropy_with_grad
from ce_lib.numerics import sigmoid, softmax
from ce_lib.practice import mistakes
from ce_lib.practice.define import Fields, Options, exercise, guess, question
from ce_lib.practice.exercise import Choice, Mistake, Number, Option, Vector
from ce_lib.practice.guess import Axis, Drawn, Mark, Remark

#: Numbers that are given, not computed.
GIVEN = (0.1,)


def _course(scale: float) -> list[float]:
    """Return the mean loss by steps, with one feature counted in units so much smaller.

    Each step is as long as is sure to lead down (the chapter says why: 2/λ).
    """
    songs, genre = GenreWorld(seed=0, features=["brightness", "acousticness"]).sample(
        4000
    )
    x = (songs - songs.mean(axis=0)) / songs.std(axis=0)
    x = np.column_stack([scale * x[:, 0], x[:, 1], np.ones(len(x))])
    rate = 2 / np.linalg.eigvalsh(x.T @ x / len(x))[-1]
    w, losses = np.zeros((4, 3)), []
    for _ in range(201):
        loss, slope = softmax_cross_entropy_with_grad(x @ w.T, genre)
        losses.append(float(loss))
        w -= rate * slope.T @ x
    return losses


@guess(
    "Very many songs, and of each two features of like size. A classifier takes 200 steps, as "
    "long as is safe, and its loss falls as the picture shows. Now one feature is counted in "
    "units 25 times smaller: its numbers are 25 times as large, and the longest safe step is "
    "found anew. The songs are the same. Where is the loss after 200 steps?"
)
def guess_softmax_regression() -> Drawn:
    before, after = _course(1), _course(25)
    reached, answer, chance = before[-1], after[-1], math.log(4)
    return Drawn(
        label="The loss after 200 steps",
        unit="nats",
        answer=answer,
        low=0,
        high=1.5,
        near=0.04,
        x=Axis(
            title="steps of training", low=0, high=200, ticks=(0, 50, 100, 150, 200)
        ),
        y=Axis(title="mean loss in nats", low=0, high=1.5, ticks=(0, 0.5, 1, 1.5)),
        marks=(
            Mark(label="the uniform guess", points=[(0, chance)], place=(6, chance)),
            Mark(
                label="in units of like size",
                points=list(enumerate(before)),
                place=(70, reached - 0.1),
            ),
        ),
        shown=(
            Mark(
                label="in units 25 times smaller",
                points=list(enumerate(after)),
                place=(70, answer + 0.12),
            ),
        ),
        told=f"At about {answer:.2f} nats. A step that is safe for the large feature is "
        "hundreds of times shorter, and every other weight has to make do with it.",
        remarks=(
            Remark(
                upto=reached - 0.02,
                sentence="Larger numbers tell no more about a song than small ones.",
            ),
            Remark(
                upto=reached + 0.06,
                sentence="So it would be if the steps could stay as long.",
            ),
            Remark(
                upto=answer,
                sentence="The large feature learns as fast as ever, and the rest hardly.",
            ),
            Remark(
                upto=chance, sentence="The large feature alone brings it further down."
            ),
            Remark(sentence="A safe step never leads up."),
        ),
    )


_X, _RATE = np.array([1.0, 2.0]), 0.1


def _dW(g: np.ndarray[Any, Any], dw: np.ndarray[Any, Any]) -> Vector:
    return Vector(
        name="dW",
        label="∂L/∂W, row by row",
        labels=("W₁₁", "W₁₂", "W₂₁", "W₂₂", "W₃₁", "W₃₂"),
        answer=dw.reshape(-1),
        mistakes=(
            mistakes.opposite(
                dw.reshape(-1),
                "That is the direction of the step. Turn the signs.",
            ),
            Mistake(
                "transposed",
                dw.T.reshape(-1),
                "The right numbers column by column. A row belongs to a class.",
            ),
            Mistake(
                "no features",
                np.repeat(g, 2),
                "Each entry still needs its feature as a factor.",
            ),
            Mistake(
                "step taken",
                -_RATE * dw.reshape(-1),
                "That is the change of W. ∂L/∂W itself is asked for.",
            ),
        ),
    )


@exercise(
    "One step by hand",
    hints=(
        "With W = 0 and b = 0 every class gets the same probability.",
        "The row of class k is (q − p)ₖ times x.",
        "The logits move by −0.1 (q − p)(x·x + 1); the 1 is the bias.",
    ),
)
def exercise_one_step() -> Fields:
    before, g = softmax_cross_entropy_with_grad(np.zeros(3), 0)
    dw = np.outer(g, _X)
    moved = -_RATE * g * (_X @ _X + 1)
    no_bias = -_RATE * g * (_X @ _X)
    after = float(softmax_cross_entropy(moved, 0))
    yield Number(
        name="before",
        label="Loss before, in nats",
        answer=float(before),
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(before),
            Mistake("zero", 0, "All logits are equal: what is the softmax?"),
            mistakes.no_log(1 / 3),
            mistakes.no_minus(before),
        ),
    )
    yield _dW(g, dw)
    yield Vector(
        name="logits",
        label="The logits after the step",
        labels=("class 1", "class 2", "class 3"),
        answer=moved,
        mistakes=(
            Mistake("no bias", no_bias, "The bias moved, too."),
            mistakes.opposite(moved, "That step went uphill."),
            Mistake(
                "no features",
                -_RATE * g,
                "That is what b alone does. W moved, and meets x again.",
            ),
        ),
    )
    yield Number(
        name="after",
        label="Loss after, in nats",
        answer=after,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(after),
            Mistake(
                "no bias",
                softmax_cross_entropy(no_bias, 0),
                "That is the loss without the bias's step.",
            ),
            Mistake(
                "uphill",
                softmax_cross_entropy(-moved, 0),
                "That is higher than before: the step went uphill.",
            ),
            Mistake(
                "probability",
                softmax(moved)[0],
                "That is the probability of the truth. What does it cost?",
            ),
        ),
    )


@exercise(
    "The safe rate of one feature, ±3, and a bias",
    hints=(
        "The matrix is the mean of (x, 1) times itself: which four entries has it?",
        "It is diagonal. Its largest entry is the mean square of the feature.",
        "The bound on the curvature is half of that.",
    ),
)
def exercise_safe_rate() -> Fields:
    feature = 3.0
    curvature = feature**2 / 2
    yield Number(
        name="rate",
        label="1/C",
        answer=1 / curvature,
        mistakes=(
            Mistake("no half", 1 / feature**2, "The bound is half of that eigenvalue."),
            Mistake("bound", curvature, "That is C. The rate is 1 over it."),
            Mistake("not squared", 2 / feature, "The feature enters with its square."),
            Mistake(
                "trace",
                2 / (feature**2 + 1),
                "That adds the eigenvalues. The largest one counts.",
            ),
        ),
    )


@exercise(
    "The third claim of the best line",
    hints=(
        "The slope in the bias is 0: what do the claims sum to?",
        "The truths sum to three halves.",
    ),
)
def exercise_third_claim() -> Fields:
    truths, claims = (0.2, 0.9, 0.4), (0.4, 0.5)
    yield Number(
        name="claim",
        label="The claim at 1",
        answer=sum(truths) - sum(claims),
        probability=True,
        mistakes=(
            Mistake(
                "truth",
                truths[2],
                "That is the truth. The line was already wrong about the other two.",
            ),
            Mistake(
                "rest of one",
                1 - sum(claims),
                "Those are probabilities of three inputs: they need not sum to 1.",
            ),
            Mistake(
                "mean", sum(truths) / 3, "That is the mean truth. What is the sum?"
            ),
        ),
    )


def _rest(factor: float) -> float:
    """Where σ(−w) meets a line through 0, by halving."""
    low, high = 0.0, 100.0
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (
            (middle, high) if sigmoid(-middle) > factor * middle else (low, middle)
        )
    return low


@exercise(
    "Two songs, with and without a penalty",
    hints=(
        "Both songs cost ln(1 + e^(−w)).",
        "The penalty adds λw to the slope −σ(−w).",
        "Try w between 1 and 2: where is σ(−w) a fifth of w?",
    ),
)
def exercise_two_songs() -> Fields:
    decay = 0.2
    w = _rest(decay)
    loss = math.log1p(math.exp(-w))
    yield Choice(
        name="free",
        label="Without a penalty the lowest point is",
        answer="none",
        options=(
            Option("zero", "at w = 0", "There each song costs ln 2. Try w = 1."),
            Option("one", "at w = 1", "Try w = 2."),
            Option("none", "nowhere", "The loss falls for ever, towards 0."),
        ),
    )
    yield Number(
        name="w",
        label="w at rest, with λ = 0.2",
        answer=w,
        mistakes=(
            Mistake(
                "sum for mean",
                _rest(decay / 2),
                "That takes the sum of the two losses. The penalty joins their mean.",
            ),
            Mistake(
                "no half",
                _rest(2 * decay),
                "The derivative of λ/2·w² is λw, not 2λw.",
            ),
            Mistake(
                "probability",
                float(sigmoid(w)),
                "That is the probability there. What is w?",
            ),
        ),
    )
    yield Number(
        name="loss",
        label="The mean loss there, in nats",
        answer=loss,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(loss),
            Mistake(
                "with penalty",
                loss + decay / 2 * w**2,
                "That counts the penalty. The songs alone are asked for.",
            ),
            Mistake("both", 2 * loss, "That is the sum of the two. Take the mean."),
            Mistake("start", math.log(2), "That is the loss at w = 0."),
        ),
    )


@exercise(
    "A step of Newton's method",
    hints=(
        "First q: at z = 0 it is one half.",
        "The slope is q − p, the curvature q(1 − q).",
        "How far is each of the two from ln(7/3) before the step, and after?",
    ),
)
def exercise_newton_step() -> Fields:
    target = 0.7

    def step(z: float, curvature: float | None = None) -> float:
        q = float(sigmoid(z))
        return z - (q - target) / (curvature or q * (1 - q))

    for name, z in (("near", 0.0), ("far", 3.0)):
        q = float(sigmoid(z))
        yield Number(
            name=name,
            label=f"From z = {z:g} the step leads to",
            answer=step(z),
            mistakes=(
                Mistake(
                    "uphill", 2 * z - step(z), "That step went the other way: subtract."
                ),
                Mistake(
                    "plain",
                    step(z, 1.0),
                    "That is a plain step. Divide the slope by the curvature.",
                ),
                Mistake(
                    "times",
                    z - (q - target) * q * (1 - q),
                    "That multiplies by the curvature. Divide by it.",
                ),
            ),
        )
    yield Choice(
        name="safe",
        label="A good idea it is",
        answer="near",
        options=(
            Option(
                "both", "from both", "Compare how far off each is, before and after."
            ),
            Option("far", "from z = 3", "Compare how far off it is, before and after."),
            Option("near", "from z = 0", "One step, and the goal is near."),
            Option(
                "none", "from neither", "One of the two steps comes close to the goal."
            ),
        ),
    )


@question(
    "You copy every song of a batch, so that it holds each one twice. What becomes of the "
    "slope of the mean loss in W?",
    answer="same",
)
def bet_doubled_batch() -> Options:
    yield Option("double", "It doubles", "So does N, and 1/N stands before the sum.")
    yield Option(
        "root", "It grows by √2", "Noise is what has roots. Nothing is random here."
    )
    yield Option(
        "same", "It stays the same", "Twice the sum, half the share of each song."
    )
    yield Option("half", "It halves", "The sum has doubled as well.")


def _second_moment(x: np.ndarray[Any, Any]) -> float:
    """The largest eigenvalue of the mean of (x, 1) times itself."""
    design = np.column_stack([x, np.ones(len(x))])
    return float(np.linalg.eigvalsh(design.T @ design / len(design))[-1])


@question(
    "Two thousand songs, a tempo in beats per minute among their three features. You scale "
    "each feature to mean 0 and spread 1. How many times longer may a safe step be?",
    answer="7000",
)
def bet_scaled_step() -> Options:
    songs, _ = GenreWorld(seed=0).sample(2000)
    scaled = (songs - songs.mean(axis=0)) / songs.std(axis=0)
    large, small = _second_moment(songs), _second_moment(scaled)
    yield Option("7", "About 7 times", "A tempo near 120 weighs more than that.")
    yield Option(
        "70", "About 70 times", "Curvature grows with the square of the features."
    )
    yield Option(
        "700",
        "About 700 times",
        f"The mean square of the features reaches {large:.0f}.",
    )
    yield Option(
        "7000",
        "About 7000 times",
        f"Largest mean square of raw songs, {large:.0f}; of scaled ones, {small:.1f}.",
    )


@question(
    "You take four times as many songs for each step, drawn at random. How far is their slope "
    "off, compared with before?",
    answer="half",
)
def bet_larger_batch() -> Options:
    yield Option("half", "Half as far", "Four times the songs, √4 times the aim.")
    yield Option(
        "quarter", "A quarter as far", "Errors of both signs cancel, so only √4 counts."
    )
    yield Option(
        "same", "As far", "More songs, better aim: their errors cancel in part."
    )


@question(
    "A third of the training songs are Rock. A softmax regression without a penalty has come "
    "to rest. What is the mean of its probabilities for Rock over these songs?",
    answer="exact",
)
def bet_rest() -> Options:
    yield Option(
        "less", "Below a third", "Then a step would still raise the bias of Rock."
    )
    yield Option(
        "exact", "A third, exactly", "The slope in Rock's bias is that difference."
    )
    yield Option(
        "more", "Above a third", "Then a step would still lower the bias of Rock."
    )
    yield Option("depends", "It depends on the features", "The bias sees to it.")


@question(
    "The penalty on W grows without bound, the bias is spared. What does the trained model say "
    "of every song?",
    answer="shares",
)
def bet_much_decay() -> Options:
    yield Option(
        "even", "A quarter for each genre", "The bias is free, and has learned."
    )
    yield Option(
        "most", "The most frequent genre, for certain", "The others would then cost ∞."
    )
    yield Option(
        "nothing", "Nothing: the loss diverges", "W = 0 costs no penalty at all."
    )
    yield Option(
        "shares",
        "How frequent each genre was",
        "W is 0, and the bias alone gets the shares right.",
    )

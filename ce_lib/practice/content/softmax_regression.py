"""Softmax regression from scratch: checks, the length of a step, weight decay."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from ce_lib.genres import GenreWorld
from ce_lib.information import entropy
from ce_lib.losses import softmax_cross_entropy, softmax_cross_entropy_with_grad
from ce_lib.numerics import sigmoid, softmax
from ce_lib.practice import mistakes, properties, shrink
from ce_lib.practice.code import Args, Failure, Property, Runner, Task
from ce_lib.practice.define import (
    Fields,
    Options,
    code_exercise,
    exercise,
    guess,
    question,
)
from ce_lib.practice.exercise import Choice, Mistake, Number, Option, Vector, Whole
from ce_lib.practice.guess import Axis, Drawn, Mark, Remark

#: Numbers that are given, not computed.
GIVEN = (0.1,)


def _course(scale: float) -> list[float]:
    """Return the mean loss by steps, with one feature counted in units so much smaller.

    The rate is the safe one, 1/C of the chapter: each step is sure to lead down.
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
    "Very many songs, and of each two features of like size. A classifier takes 200 steps at a "
    "rate that never leads up, and its loss falls as the picture shows. Now one feature is "
    "counted in units 25 times smaller: its numbers are 25 times as large, and the rate is "
    "found anew by the same rule. The songs are the same. Where is the loss after 200 steps?"
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
        told=f"At about {answer:.2f} nats. A rate that is safe for the large feature is "
        "hundreds of times lower, and every other weight has to make do with it.",
        remarks=(
            Remark(
                upto=reached - 0.02,
                sentence="Larger numbers tell no more about a song than small ones.",
            ),
            Remark(
                upto=reached + 0.06,
                sentence="So it would be if the rate could stay as high.",
            ),
            Remark(
                upto=answer,
                sentence="The large feature learns as fast as ever, and the rest hardly.",
            ),
            Remark(
                upto=chance, sentence="The large feature alone brings it further down."
            ),
            Remark(sentence="A step at such a rate never leads up."),
        ),
    )


_X, _RATE = np.array([1.0, 2.0]), 0.1


def _dW(g: np.ndarray[Any, Any], dw: np.ndarray[Any, Any]) -> Vector:
    return Vector(
        name="dW",
        label="dL/dW, row by row",
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
                "That is the change of W. dL/dW itself is asked for.",
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
                "That is the loss without the bias’s step.",
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
            Mistake(
                "single logit",
                4 / feature**2,
                "That is the bound for a single logit. Here are four.",
            ),
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
    "The numbers that a model of ten features and five genres learns",
    hints=(
        "How many weights has one genre?",
        "Each genre has a bias besides its weights.",
    ),
)
def exercise_parameters() -> Fields:
    songs, features, genres = 64, 10, 5
    yield Whole(
        name="numbers",
        label="How many numbers",
        answer=genres * (features + 1),
        mistakes=(
            Mistake("no bias", genres * features, "Those are the weights. And b?"),
            Mistake(
                "one bias", genres * features + 1, "Each genre has a bias of its own."
            ),
            Mistake(
                "bias per feature",
                features * (genres + 1),
                "A bias belongs to a genre, not to a feature.",
            ),
            Mistake(
                "scores",
                songs * genres,
                "Those are the scores of the batch. They are computed, not learned.",
            ),
        ),
    )


@exercise(
    "Differences for the slope of ln(1 + exp(−w)) at 0, with h = 1",
    hints=(
        "To both sides: the loss at 1 minus the loss at −1, divided by 2h.",
        "ln(1 + e) is 1 more than ln(1 + 1/e).",
        "To the right: the loss at 1 minus the loss at 0, divided by h.",
    ),
)
def exercise_difference() -> Fields:
    left, here, right = (math.log1p(math.exp(-w)) for w in (-1, 0, 1))
    yield Number(
        name="both",
        label="To both sides",
        answer=(right - left) / 2,
        mistakes=(
            Mistake("not halved", right - left, "The two points are 2h apart."),
            mistakes.opposite((right - left) / 2, "The loss falls to the right."),
            Mistake("mean", (right + left) / 2, "Subtract the two losses."),
        ),
    )
    yield Number(
        name="right",
        label="To the right only",
        answer=right - here,
        mistakes=(
            Mistake("left", here - left, "That is the step to the left."),
            mistakes.opposite(right - here, "The loss falls to the right."),
            Mistake("no difference", right, "Take the loss at 0 off."),
            Mistake("halved", (right - here) / 2, "These two points are h apart."),
        ),
    )


@exercise(
    "One short step from a loss of 0.9",
    hints=(
        "Along the step the loss falls by the gradient’s length for each unit.",
        "How long is the step? The rate times the gradient’s length.",
    ),
)
def exercise_drop() -> Fields:
    before, length = 0.9, 0.6
    yield Number(
        name="after",
        label="The loss after it, in nats",
        answer=before - _RATE * length**2,
        unit="nats",
        mistakes=(
            Mistake(
                "not squared",
                before - _RATE * length,
                "The length comes in twice: once for the step, once for the slope.",
            ),
            Mistake("no rate", before - length**2, "The step is only η times as long."),
            Mistake(
                "uphill",
                before + _RATE * length**2,
                "Against the gradient the loss falls.",
            ),
            Mistake("drop alone", _RATE * length**2, "That is the drop. From where?"),
        ),
    )


@exercise(
    "What counts of ten features and five genres",
    hints=(
        "One vector, added to all rows of W, changes no probability.",
        "How many numbers has that vector? And what of the bias?",
        "Take the idle directions off the 55.",
    ),
)
def exercise_idle() -> Fields:
    features, genres = 10, 5
    yield Whole(
        name="directions",
        label="How many are left",
        answer=(genres - 1) * (features + 1),
        mistakes=(
            Mistake(
                "all", genres * (features + 1), "In some directions it does not curve."
            ),
            Mistake("idle", features + 1, "So many are idle. How many are left?"),
            Mistake(
                "bias idle",
                genres * (features + 1) - features,
                "The bias has an idle direction, too.",
            ),
            Mistake(
                "one idle",
                genres * (features + 1) - 1,
                "That is the bias’s. What may be added to the rows?",
            ),
            Mistake(
                "no bias", (genres - 1) * features, "Those are the weights’. And b’s?"
            ),
        ),
    )


@exercise(
    "A weight of 2 that the loss does not see",
    hints=(
        "Its slope is λ times the weight and nothing else.",
        "One step multiplies it by 1 − ηλ.",
    ),
)
def exercise_decayed() -> Fields:
    start, decay, steps = 2.0, 0.01, 100
    left = start * (1 - _RATE * decay) ** steps
    yield Number(
        name="weight",
        label="The weight after 100 steps",
        answer=left,
        mistakes=(
            Mistake("still", start, "The loss does not see it. The penalty does."),
            Mistake(
                "linear",
                start * (1 - steps * _RATE * decay),
                "Each step takes a share of what is left, not of the start.",
            ),
            Mistake(
                "no rate",
                start * (1 - decay) ** steps,
                "The penalty’s slope is multiplied by η, as every slope.",
            ),
            Mistake(
                "no decay",
                start * (1 - _RATE) ** steps,
                "That takes η off each time. The share is η times λ.",
            ),
        ),
    )


@exercise(
    "A step of Newton’s method",
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
        label="It is a good idea",
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


@exercise(
    "The next letter of ananas",
    hints=(
        "The pairs are an, na, an, na, as. What comes after n? And after a?",
        "The floor is the entropy of what follows a letter, averaged over the five pairs.",
        "After n nothing is in doubt. After a it is two to one.",
    ),
)
def exercise_next_letter() -> Fields:
    doubt = float(entropy([2 / 3, 1 / 3]))
    floor = 3 / 5 * doubt
    first = math.log(3)
    yield Number(
        name="first",
        label="The loss before the first step, in nats",
        answer=first,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(first),
            mistakes.no_minus(first),
            Mistake("two letters", math.log(2), "Three letters may come."),
            Mistake("alphabet", math.log(26), "It knows three letters, not 26."),
        ),
    )
    yield Number(
        name="floor",
        label="What it runs down to, in nats",
        answer=floor,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(floor),
            Mistake("zero", 0, "After a, two letters are possible."),
            Mistake("after a", doubt, "That is after a. How often is an a before?"),
            Mistake(
                "letters alone",
                entropy([2 / 5, 2 / 5, 1 / 5]),
                "That is the doubt of who does not look at the letter before.",
            ),
            Mistake("both alike", doubt / 2, "The a stands before in three of five."),
        ),
    )


def _mean_loss(z: np.ndarray, y: np.ndarray, base: float) -> float:
    return float(softmax_cross_entropy(z, y)) / math.log(base)


def _a_batch(rng: np.random.Generator) -> Args:
    n, k = rng.integers(1, 5), rng.integers(2, 5)
    z = rng.normal(0, 3, (n, k)).round(2)
    return z, rng.integers(0, k, n), float(rng.choice([2, math.e, 10]))


def _simpler(args: Args) -> Iterator[Args]:
    """A song or a class fewer, or a rounder logit; the base stays."""
    z, y, base = args
    for fewer in shrink.logits_and_targets((z, y)):
        yield *fewer, base


def _refuses(run: Runner, reference: Callable[..., Any], args: Args) -> Failure | None:
    """A label that no class has is refused, on either side."""
    z, y, base = args
    for wrong in (-1, z.shape[1]):
        labels = y.copy()
        labels[0] = wrong
        came = run(z, labels, base)
        if not came.error.startswith("ValueError"):
            said = came.error or f"no error for the label {wrong}"
            return Failure(said, "a `ValueError`")
    return None


@code_exercise(
    "`mean_loss(z, y, base)`: the mean cross-entropy of logits `z` (N, K) and class numbers "
    "`y` (N,), with logarithms to the `base`. A `ValueError` for a label outside 0 to K − 1.",
    hints=(
        "Take the largest logit off each row, and the logarithm of the sum of what is left.",
        "Of row n, pick column `y[n]`: `log_q[np.arange(len(y)), y]`.",
        "An index of −1 is the last column to NumPy, so it must be refused before.",
    ),
)
def function_mean_loss() -> Task:
    return Task(
        call="mean_loss",
        reference=_mean_loss,
        chosen=(
            (np.array([[0.0, 0.0]]), np.array([0]), math.e),
            (np.array([[0.0, 0.0]]), np.array([1]), 2.0),
            (np.array([[2.0, 1.0, 0.5]]), np.array([2]), math.e),
            (np.array([[1000.0, -1000.0]]), np.array([1]), 2.0),
            (np.array([[2.1, -0.5, -0.3, -0.1], [0.0] * 4]), np.array([0, 3]), 10.0),
        ),
        random=_a_batch,
        simpler=_simpler,
        properties=(
            *properties.COMMON,
            Property("refuses a label that no class has", _refuses),
        ),
    )


@question(
    "There are three classes. By mistake one label is −1, and the code picks its loss as "
    "`log_q[n, y[n]]`. What happens?",
    answer="last",
)
def bet_minus_one_label() -> Options:
    yield Option(
        "error", "An error stops it", "3 would be one. To NumPy, −1 is a place."
    )
    yield Option(
        "last",
        "It counts as class 2, without a word",
        "−1 is the last column. `F.cross_entropy` refuses it.",
    )
    yield Option(
        "nan", "The loss becomes NaN", "What it picks is a number like any other."
    )
    yield Option(
        "skipped",
        "That song is left out",
        "PyTorch skips −100. Indexing skips nothing.",
    )


@question(
    "Your gradient is right to all digits of float64. You check it in float32, by differences "
    "to both sides, with h = 10⁻⁵. About how far off do they seem?",
    answer="hundredth",
)
def bet_float32_check() -> Options:
    yield Option(
        "tiny",
        "About 10⁻¹⁰, as h² says",
        "That is the curve’s part. Rounding has its own.",
    )
    yield Option(
        "single",
        "About 10⁻⁷, as float32 rounds",
        "The losses are off by that. The difference is divided by 2h.",
    )
    yield Option(
        "hundredth",
        "Nearly 10⁻²",
        "Losses that are off by some 10⁻⁷, divided by 2·10⁻⁵.",
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
    "each feature to mean 0 and spread 1. How many times higher is the safe rate?",
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
        "quarter",
        "A quarter as far",
        "Variances add: theirs is a quarter, the error half.",
    )
    yield Option(
        "same", "As far", "More songs, better aim: their errors cancel in part."
    )


@question(
    "Five songs, two of them alike with two labels. After a thousand steps the loss lies two "
    "thousandths above its floor, and hardly moves. What do the weights do in the next nine "
    "thousand?",
    answer="grow",
)
def bet_flat_loss() -> Options:
    yield Option(
        "rest",
        "They have come to rest",
        "Three songs still get cheaper with every step.",
    )
    yield Option(
        "grow",
        "They grow, by as much as from step 100 to step 1000",
        "For three songs no size is ever enough; it grows like the logarithm of the steps.",
    )
    yield Option(
        "swing", "They swing around the best ones", "Steps of 1/C never lead up."
    )
    yield Option(
        "shrink", "They shrink again", "Smaller weights would cost these songs more."
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
        "exact", "A third, exactly", "The slope in Rock’s bias is that difference."
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

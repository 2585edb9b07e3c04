"""Maximum likelihood."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ce_lib._written import plain, shown
from ce_lib.information import cross_entropy, entropy, kl_divergence, surprisal
from ce_lib.losses import binary_cross_entropy_with_logits
from ce_lib.practice import mistakes, properties, shrink
from ce_lib.practice.code import Args, Task
from ce_lib.practice.define import (
    Fields,
    Options,
    code_exercise,
    exercise,
    guess,
    question,
)
from ce_lib.practice.exercise import Mistake, Number, Option, Vector
from ce_lib.practice.guess import Remark, Typed

_COUNTS = np.array([7, 2, 1])
_EVEN = np.full(3, 1 / 3)


@guess(
    "Ten songs sound exactly alike. Seven turned out to be Rock, two Pop, one Jazz. One model "
    "had said a third for each of the three, of every song. Another had said Rock 70 %, "
    "Pop 20 %, Jazz 10 %. How many times as probable did the second make these ten labels, all "
    "together?"
)
def guess_maximum_likelihood() -> Typed:
    f = _COUNTS / _COUNTS.sum()
    gap = float(kl_divergence(f, _EVEN))
    songs = int(_COUNTS.sum())
    answer = math.exp(songs * gap)
    one = math.exp(gap)
    return Typed(
        label="How many times as probable",
        unit="times",
        answer=answer,
        low=0.01,
        high=1_000_000,
        near=1.1,
        ratio=True,
        told=f"{answer:.1f} times: on average a factor of {one:.2f} for each song, and ten of "
        "them multiply.",
        remarks=(
            Remark(
                upto=1, sentence="The second model knows the shares, the first none."
            ),
            Remark(
                upto=1.1 * one,
                sentence="That is about the factor of one song. Ten factors multiply.",
            ),
            Remark(upto=answer, sentence="The factors of ten songs multiply to more."),
            Remark(sentence="Pop and Jazz are less probable in the second model."),
        ),
    )


_GIVEN = np.array([0.5, 0.2, 0.4])


@exercise(
    "Three labels were given 0.5, 0.2 and 0.4",
    hints=(
        "All three together, independently: which operation joins their probabilities?",
        "The mean of the three −ln is −ln of the product, divided by three.",
    ),
)
def exercise_three_labels() -> Fields:
    product, each = float(_GIVEN.prod()), surprisal(_GIVEN)
    mean = float(each.mean())
    yield Number(
        name="likelihood",
        label="The likelihood",
        answer=product,
        probability=True,
        mistakes=(
            Mistake("sum", _GIVEN.sum(), "Independent probabilities multiply."),
            Mistake(
                "average", _GIVEN.mean(), "That is their average. All must happen."
            ),
            Mistake(
                "geometric mean",
                math.exp(-mean),
                "That is the typical one of the three. What are all together?",
            ),
            Mistake("no exponential", each.sum(), "That is −ln of it already."),
        ),
    )
    yield Number(
        name="mean",
        label="The mean negative log-likelihood in nats",
        answer=mean,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(mean),
            mistakes.no_minus(mean),
            Mistake("sum for mean", each.sum(), "That is the sum of the three."),
            Mistake(
                "log of the average",
                surprisal(_GIVEN.mean()),
                "The logarithm comes first, then the mean.",
            ),
        ),
    )


@exercise(
    "Six Rock, three Pop, one Jazz: the best belief",
    hints=(
        "The mean loss is a floor plus an excess. When is the excess 0?",
        "The best belief is the frequencies. What do they pay on average?",
    ),
)
def exercise_counts() -> Fields:
    counts = np.array([6, 3, 1])
    f = counts / counts.sum()
    softened = (counts + 1) / (counts + 1).sum()
    least = float(entropy(f))
    yield Vector(
        name="q",
        label="The best q",
        labels=("Rock", "Pop", "Jazz"),
        answer=f,
        probability=True,
        mistakes=(
            Mistake("uniform", _EVEN, "That ignores what was counted."),
            Mistake(
                "one more of each", softened, "Those are the counts plus one each."
            ),
            Mistake(
                "the majority",
                [1, 0, 0],
                "Then every Pop and Jazz song costs ∞.",
            ),
            Mistake("the counts", counts, "Those are counts. Divide by their sum."),
        ),
    )
    yield Number(
        name="mean",
        label="Its mean loss in nats",
        answer=least,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(least),
            Mistake("sum for mean", 10 * least, "That is the sum over all ten."),
            Mistake("uniform", math.log(3), "That is what the uniform belief pays."),
            Mistake(
                "one more of each",
                cross_entropy(f, softened),
                "That is what the counts plus one each pay. Something pays less.",
            ),
        ),
    )


def _times(factor: float) -> str:
    if factor < 10:
        return f"{factor:.2f} times"
    return f"About {plain(float(f'{factor:.0e}'))} times"


@question(
    "On the same 1000 songs model A’s mean loss is 0.01 nats below model B’s. How many times "
    "as probable does A make all 1000 labels together?",
    answer="together",
)
def bet_likelihood() -> Options:
    songs, gap = 1000, 0.01
    yield Option(
        "one", _times(math.exp(gap)), "For a single song, yes. There are a thousand."
    )
    yield Option(
        "linear",
        _times(songs * gap),
        "The logarithms add up to that. Now undo the logarithm.",
    )
    yield Option(
        "sum",
        _times(songs * math.exp(gap)),
        "Each song is that much more probable. Factors multiply, they do not add.",
    )
    yield Option(
        "together",
        _times(math.exp(songs * gap)),
        "A thousand small gaps add up to 10 nats, and e to the 10 is "
        f"{shown(math.exp(songs * gap))}.",
    )


@exercise(
    "Four shares, fitted to 60 songs that sound alike",
    hints=(
        "How many of the four shares can be chosen freely?",
        "Free parameters, divided by twice the number of songs.",
    ),
)
def exercise_too_low() -> Fields:
    genres, songs = 4, 60
    free = genres - 1
    gap = free / (2 * songs)
    yield Number(
        name="gap",
        label="About how far below the floor, in nats",
        answer=gap,
        unit="nats",
        mistakes=(
            Mistake(
                "four parameters",
                genres / (2 * songs),
                "The four shares sum to 1: the last one is not free.",
            ),
            Mistake("no half", 2 * gap, "Half of that. The 2 stands below, with N."),
            Mistake(
                "one parameter", 1 / (2 * songs), "That is for one free parameter."
            ),
            Mistake(
                "not per song",
                free / 2,
                "That is the sum over all songs. Take the mean.",
            ),
        ),
    )


@exercise(
    "The logit is 1, and the label is −1",
    hints=(
        "The margin is label times logit.",
        "ln(1 + e to the minus margin), with a margin of −1.",
    ),
)
def exercise_plus_minus() -> Fields:
    z = 1.0
    loss, other = (float(np.logaddexp(0, s * z)) for s in (1, -1))
    yield Number(
        name="loss",
        label="The loss in nats",
        answer=loss,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(loss),
            Mistake("the other label", other, "That is the loss if the label is +1."),
            Mistake(
                "-1 for 0",
                loss + z,
                "That puts −1 into the formula for labels 0 and 1. Which y belongs to −1?",
            ),
            Mistake(
                "no logarithm",
                1 / (1 + math.exp(z)),
                "That is the probability of a no. What does it cost?",
            ),
        ),
    )


@exercise(
    "One line for exclusive or, with a tenth of the labels wrong",
    hints=(
        "By symmetry the best line is flat. Which q does it say everywhere?",
        "What would somebody pay who knows that a label is right nine times in ten?",
        "The excess is what the line pays beyond that.",
    ),
)
def exercise_exclusive_or() -> Fields:
    loss, floor = math.log(2), float(entropy([0.9, 0.1]))
    yield Number(
        name="loss",
        label="The mean loss of the best line in nats",
        answer=loss,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(loss),
            Mistake("floor", floor, "That is the floor. No line gets there."),
            Mistake("no logarithm", 0.5, "That is its q. What does it cost?"),
            Mistake(
                "zero",
                0,
                "No line tells exclusive or, and a tenth of the labels is wrong.",
            ),
        ),
    )
    yield Number(
        name="excess",
        label="Its excess in nats",
        answer=loss - floor,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(loss - floor),
            Mistake("whole loss", loss, "That is the loss. Take the floor off."),
            Mistake("floor", floor, "That is the floor. What is paid on top?"),
            Mistake(
                "zero", 0, "Training ends, but not where the truth is. Compare the q."
            ),
        ),
    )


def _steps(count: int) -> float:
    """The weight of two songs, x = ±1, after so many steps of rate 1 from 0."""
    w = 0.0
    for _ in range(count):
        w += 1 / (1 + math.exp(w))
    return w


@question(
    "One weight, no penalty; x = 1 is a yes and x = −1 a no. After a thousand steps of rate 1 "
    f"the weight is {_steps(1000):.1f}, and the loss falls with a slope of {1 / 1000:g}. "
    "Where is the weight after a million steps?",
    answer="log",
)
def bet_separable() -> Options:
    thousand = _steps(1000)
    yield Option(
        "rest",
        f"At {thousand:.1f}: it has come to rest",
        "A small slope, added up a million times, is not small.",
    )
    yield Option(
        "log",
        f"At about {math.log(1e6):.1f}",
        "A thousand times as many steps add ln 1000 to the weight, and so will the next "
        "thousand times.",
    )
    yield Option(
        "root",
        f"At about {thousand * math.sqrt(1000):.0f}",
        "Each step is e to the minus w. The larger the weight, the shorter the step.",
    )
    yield Option(
        "line",
        f"At about {1000 * thousand:.0f}",
        "It would if the steps stayed as long as they were. They shrink.",
    )


@exercise(
    "The prior behind λ = 0.02 and 500 songs",
    hints=(
        "λ stands beside a mean. What stands beside the sum of all songs?",
        "The sum has Nλ/2 · w²; a normal density has w²/(2s²).",
    ),
)
def exercise_prior() -> Fields:
    decay, songs = 0.02, 500
    variance = 1 / (songs * decay)
    deviation = math.sqrt(variance)
    yield Number(
        name="deviation",
        label="The standard deviation of the prior",
        answer=deviation,
        mistakes=(
            Mistake("variance", variance, "That is the variance. Take its root."),
            Mistake(
                "sum for mean",
                1 / math.sqrt(decay),
                "That is the prior if λ stands beside a sum of losses.",
            ),
            Mistake(
                "turned over", 1 / deviation, "Turn it over: large λ, small weights."
            ),
            Mistake(
                "twice",
                math.sqrt(2 * variance),
                "The ½ stands before λ and in the density. It cancels.",
            ),
        ),
    )


@exercise(
    "Eighty of a hundred say yes",
    hints=(
        "What is the curvature of one label’s loss in the logit, at the best q?",
        "Add up a hundred such curvatures; the variance is 1 over that.",
    ),
)
def exercise_information() -> Fields:
    labels, f = 100, 0.8
    information = labels * f * (1 - f)
    error = 1 / math.sqrt(information)
    yield Number(
        name="error",
        label="The standard error of the logit",
        answer=error,
        mistakes=(
            Mistake(
                "of the probability",
                math.sqrt(f * (1 - f) / labels),
                "That is the error of the probability. The logit moves more.",
            ),
            Mistake(
                "information",
                information,
                "That is the information. Take 1 over its root.",
            ),
            Mistake("variance", error**2, "That is the variance. Take its root."),
            Mistake(
                "one label",
                1 / math.sqrt(f * (1 - f)),
                "That is what one label tells. There are a hundred.",
            ),
        ),
    )


_A = np.array([0.9, 0.8, 0.7, 0.6, 0.9, 0.3, 0.8, 0.5, 0.95, 0.2])
_B = np.array([0.92, 0.85, 0.75, 0.6, 0.93, 0.35, 0.82, 0.55, 0.96, 0.25])


def _error(losses: np.ndarray[Any, Any]) -> float:
    return float(losses.std(ddof=1)) / math.sqrt(len(losses))


@exercise(
    "Models A and B on the same ten songs",
    hints=(
        "Take −ln of every probability, and then the difference song by song.",
        "The standard error is the deviation of the ten differences over √10.",
        "For the deviation divide the squares by 9: the mean came from the same songs.",
    ),
)
def exercise_ten_songs() -> Fields:
    a, b = surprisal(_A), surprisal(_B)
    gap = a - b
    mean, error = float(gap.mean()), _error(gap)
    yield Number(
        name="difference",
        label="The mean loss of A minus that of B, in nats",
        answer=mean,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(mean),
            Mistake("sum for mean", gap.sum(), "That is the sum over the ten songs."),
            mistakes.opposite(mean, "That is B minus A."),
            Mistake(
                "no logarithm",
                (_B - _A).mean(),
                "That is a difference of probabilities. What do they cost?",
            ),
        ),
    )
    yield Number(
        name="error",
        label="Its standard error in nats",
        answer=error,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(error),
            Mistake(
                "not paired",
                math.hypot(_error(a), _error(b)),
                "That is for songs of their own. Here a hard song is hard for both.",
            ),
            Mistake(
                "deviation",
                float(gap.std(ddof=1)),
                "That is how far a single difference strays. Their mean strays less.",
            ),
            Mistake(
                "divided by ten",
                float(gap.std()) / math.sqrt(len(gap)),
                "Divide the squares by 9: the mean was taken from the same songs.",
            ),
            Mistake("of A alone", _error(a), "That is the error of A’s own loss."),
        ),
    )


@exercise(
    "Loud or not, Rock or not: a table of four shares",
    hints=(
        "Half of the songs are Rock. What does somebody pay who knows only that?",
        "Of the loud ones four in five are Rock; of the others one in five.",
        "What the feature saves is the first price minus the second.",
    ),
)
def exercise_loud() -> Fields:
    joint = np.array([0.4, 0.1, 0.1, 0.4])
    paid, before, together = float(entropy([0.8, 0.2])), math.log(2), entropy(joint)
    saved = before - paid
    yield Number(
        name="paid",
        label="The least that one pays who hears the loudness, in nats",
        answer=paid,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(paid),
            Mistake("without it", before, "That is paid by one who hears nothing."),
            Mistake(
                "both together",
                together,
                "That is the entropy of both. The loudness is heard, and costs nothing.",
            ),
            Mistake(
                "loud Rock",
                surprisal(0.8),
                "That is the price of the likelier case alone.",
            ),
        ),
    )
    yield Number(
        name="saved",
        label="The mutual information in nats",
        answer=saved,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(saved),
            Mistake("what is paid", paid, "That is what is left to pay."),
            Mistake("both together", together, "That is the entropy of both."),
            Mistake("without it", before, "That would be saved if loudness told all."),
        ),
    )


def _labelled(rng: np.random.Generator) -> Args:
    songs = int(rng.integers(1, 6))
    return rng.normal(scale=4, size=songs).round(2), rng.choice([-1.0, 1.0], size=songs)


@code_exercise(
    "`logistic_loss(z, s)`: the mean loss in nats of logits `z` (N,), labels `s` (N,) of ±1.",
    hints=(
        "One song costs ln(1 + e to the minus s·z).",
        "e to the 1000 is too large for a float, and the loss is only 1000.",
        "`np.logaddexp(0, -s * z)` is ln(exp(0) + exp(−s·z)), and forms no large power.",
    ),
)
def function_logistic_loss() -> Task:
    return Task(
        call="logistic_loss",
        reference=lambda z, s: binary_cross_entropy_with_logits(z, (s + 1) / 2),
        chosen=tuple(
            (np.array(z, dtype=float), np.array(s, dtype=float))
            for z, s in (
                ([0], [1]),
                ([2], [1]),
                ([2], [-1]),
                ([-2], [-1]),
                ([1000], [-1]),
                ([-1000], [1]),
                ([1000, -3], [1, -1]),
            )
        ),
        random=_labelled,
        simpler=shrink.elementwise,
        properties=properties.COMMON,
    )

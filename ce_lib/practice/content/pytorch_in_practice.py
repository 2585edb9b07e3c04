"""PyTorch in practice."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from ce_lib.checks import Float64
from ce_lib.losses import softmax_cross_entropy
from ce_lib.practice import mistakes, properties
from ce_lib.practice.code import Args, Failure, Property, Runner, Task
from ce_lib.practice.define import (
    Fields,
    Options,
    code_exercise,
    exercise,
    guess,
    question,
)
from ce_lib.practice.exercise import Choice, Mistake, Number, Option
from ce_lib.practice.guess import Remark, Typed

#: Numbers that are given, not computed.
GIVEN = (0.1, 0.2, 0.6, 1.47, 2.30)

#: Two songs, three genres: the logits of the whole chapter.
_LOGITS = ((2, 1, 0.5), (0.5, 2.5, 1))


@guess(
    "A batch of texts is too large for the memory, so it goes through in two parts. Short "
    "texts are padded; real tokens are all others. The first part holds 2 real tokens, with a "
    "mean loss of 1 nat. The second holds 6, with a mean loss of 2 nats. What is the mean loss "
    "over all real tokens?"
)
def guess_pytorch_in_practice() -> Typed:
    means, counts = np.array([1.0, 2.0]), np.array([2, 6])
    answer, of_means = float(means @ counts / counts.sum()), float(means.mean())
    return Typed(
        label="The mean loss of a real token",
        unit="nats",
        answer=answer,
        low=0,
        high=10,
        near=0.01,
        told=f"{answer:g} nats: 14 nats over 8 tokens. The mean of the two means is another "
        "number. It is what a loop takes that averages its parts’ means.",
        remarks=(
            Remark(
                upto=0.999,
                sentence="No mean lies below both of its parts.",
            ),
            Remark(
                upto=of_means - 0.01,
                sentence="Most of the tokens are in the second part, whose mean is higher.",
            ),
            Remark(
                upto=of_means + 0.01,
                sentence="You took the mean of the two means. It counts 2 tokens as much as 6.",
            ),
            Remark(
                upto=answer,
                sentence="The second part has three times as many tokens as the first.",
            ),
            Remark(
                upto=2,
                sentence="The first part has a quarter of the tokens, and they were cheap.",
            ),
            Remark(sentence="No mean lies above both of its parts."),
        ),
    )


@exercise(
    "The two songs, with the labels 1 and 2 instead of 0 and 1",
    hints=(
        "The loss of a song is the LogSumExp of its logits, minus the logit of its label.",
        "Count from 0: label 1 of the first song is the logit 1, label 2 of the second is 1, "
        "too.",
        "The values of LogSumExp are ln(e² + e + √e) and ln(√e + e² · √e + e).",
    ),
)
def exercise_labels_from_one() -> Fields:
    shown = softmax_cross_entropy(_LOGITS, [1, 2], reduction="none")
    mean, right = float(shown.mean()), float(softmax_cross_entropy(_LOGITS, [0, 1]))
    yield Number(
        name="mean",
        label="The mean loss, in nats",
        answer=mean,
        unit="nats",
        mistakes=(
            Mistake(
                "counted from one",
                right,
                "That is the loss of the right labels. PyTorch does not know that somebody "
                "counts from 1.",
            ),
            Mistake("sum", float(shown.sum()), "That is the sum. Take the mean."),
            Mistake(
                "first song", float(shown[0]), "That is the first song. There are two."
            ),
            Mistake(
                "second song",
                float(shown[1]),
                "That is the second song. There are two.",
            ),
            mistakes.bits_for_nats(mean),
        ),
    )


@exercise(
    "Ten classes, a softmax twice, sure of every answer and right 95 times in 100",
    hints=(
        "The second softmax sees a 1 for the favourite and nine zeros.",
        "What does a hit cost, and what a miss? They differ by 1 nat.",
    ),
)
def exercise_sure_hits() -> Fields:
    classes, right = 10, 0.95
    miss = math.log(math.e + classes - 1)
    answer = miss - right
    yield Number(
        name="mean",
        label="The mean loss it shows, in nats",
        answer=answer,
        unit="nats",
        mistakes=(
            Mistake(
                "hits alone", miss - 1, "That is what a hit costs. Five in 100 miss."
            ),
            Mistake("misses alone", miss, "That is what a miss costs. Most are hits."),
            Mistake(
                "ln K",
                math.log(classes),
                "That is the price of knowing nothing. The second softmax sees a 1 and "
                "nine zeros.",
            ),
            Mistake(
                "wrong way",
                miss - (1 - right),
                "Hits and misses are swapped.",
            ),
            mistakes.bits_for_nats(answer),
        ),
    )


@question(
    "16 texts of 10 tokens each, over 10 symbols. The network returns (16, 10, 10): text, "
    "token, symbol. It goes into `F.cross_entropy` as it is, with a target (16, 10). What "
    "comes?",
    answer="silent",
)
def bet_silent_shape() -> Options:
    yield Option(
        "error",
        "An error: Expected target size",
        "Which size would be wrong? The target should be (16, 10), and it is.",
    )
    yield Option(
        "right",
        "The right loss: the classes stand last",
        "In PyTorch they stand second. The symbols would have to be there.",
    )
    yield Option(
        "warning",
        "The right loss, with a warning",
        "PyTorch cannot know which of two axes of 10 holds the symbols.",
    )
    yield Option(
        "silent",
        "A number, and the wrong one",
        "Every shape fits. Tokens compete for a place where symbols should.",
    )


@exercise(
    "The losses 1 and 3 with the weights 1 and 2, and the weights as a column",
    hints=(
        "The sum of weight times loss, over the sum of the weights.",
        "A column of two times a row of two has four entries. Write them down and add them up.",
    ),
)
def exercise_column_of_weights() -> Fields:
    loss, weight = np.array([1.0, 3.0]), np.array([1.0, 2.0])
    row = float(weight @ loss / weight.sum())
    column = float((weight[:, None] * loss).sum() / weight.sum())
    plain = Mistake(
        "no weights", float(loss.mean()), "That is the mean without weights."
    )
    by_count = Mistake(
        "divided by the count",
        float(weight @ loss / len(loss)),
        "That divides by the number of songs. Divide by the sum of the weights.",
    )
    yield Number(
        name="row",
        label="The weighted mean",
        answer=row,
        mistakes=(
            plain,
            by_count,
            Mistake("column", column, "That is what the column leads to."),
            Mistake("sum", float(weight @ loss), "That is the sum. Divide it."),
        ),
    )
    yield Number(
        name="column",
        label="With the weights as a column",
        answer=column,
        mistakes=(
            plain,
            Mistake("row", row, "That is with the weights as a row."),
            Mistake(
                "all four",
                float((weight[:, None] * loss).sum()),
                "That is the sum of all four products. Divide it by the sum of the weights.",
            ),
            Mistake(
                "mean of four",
                float((weight[:, None] * loss).mean()),
                "That is the plain mean of all four. Divide by the sum of the weights.",
            ),
        ),
    )


@exercise(
    "8 places, 5 of them padding, and a mean over all of 0.6 nats",
    hints=(
        "What is the sum of the eight losses? Padding added nothing to it.",
        "Divide the sum by the number of real tokens.",
    ),
)
def exercise_padded_mean() -> Fields:
    places, padding, shown = 8, 5, 0.6
    real = places - padding
    answer = shown * places / real
    yield Number(
        name="mean",
        label="The mean loss of a real token, in nats",
        answer=answer,
        unit="nats",
        mistakes=(
            Mistake("as shown", shown, "That mean counts the padding, too."),
            Mistake(
                "the padding",
                shown * places / padding,
                "That divides by the padding. How many tokens are real?",
            ),
            Mistake(
                "wrong way",
                shown * real / places,
                "Padding makes the mean look smaller, not larger.",
            ),
            Mistake("sum", shown * places, "That is the sum of the losses."),
        ),
    )


@exercise(
    "Process A: 3 tokens, mean 2. Process B: 5 tokens, mean 1",
    hints=(
        "Write down the sum of each, and the count of both together.",
        "The gradients are averaged over two processes. What undoes the average?",
    ),
)
def exercise_scaled_ranks() -> Fields:
    means, counts, ranks = np.array([2.0, 1.0]), np.array([3, 5]), 2
    sums, count = means * counts, counts.sum()
    for name, i in (("a", 0), ("b", 1)):
        answer = float(sums[i] * ranks / count)
        yield Number(
            name=name,
            label=f"The loss of {name.upper()}, in nats",
            answer=answer,
            unit="nats",
            mistakes=(
                Mistake(
                    "its mean",
                    float(means[i]),
                    "That is its own mean. Averaged, it gives a mean of means.",
                ),
                Mistake(
                    "no factor",
                    float(sums[i] / count),
                    "The gradients are averaged over two processes: that would be half "
                    "of what is meant.",
                ),
                Mistake(
                    "not divided",
                    float(sums[i] * ranks),
                    "Divide by the count of both together.",
                ),
                Mistake(
                    "its sum",
                    float(sums[i]),
                    "That is the sum of its losses. Divide by the count of both together.",
                ),
            ),
        )


@question(
    "The logits take most of the memory: 50,257 symbols for each token. What helps most?",
    answer="fewer",
)
def bet_memory() -> Options:
    yield Option(
        "fewer",
        "Half as many tokens at a time",
        "Half as many rows in the logits, in their log-softmax, and in the slopes of both.",
    )
    yield Option(
        "sum",
        "`reduction='sum'`, divided by hand: no loss of each token is kept",
        "The losses of the tokens are one number each, beside 50,257 logits.",
    )
    yield Option(
        "pick",
        "Picking by hand the entry of the truth, before the logarithm",
        "The softmax is as large as the log-softmax, and is kept instead of it.",
    )
    yield Option(
        "bits",
        "Autocast: the last layer then makes bfloat16 logits",
        "The loss takes them back to float32. Its log-softmax is as large as ever.",
    )


@exercise(
    "A loss that returns the sum instead of the mean, and three of the checks",
    hints=(
        "What do five rows of zeros cost, summed?",
        "gradcheck asks whether dL/dz is the slope of the loss that is there.",
    ),
)
def exercise_which_check() -> Fields:
    found, missed = ("found", "finds it"), ("missed", "does not")
    asked = (
        ("zeros", "zeros: ln K", "found", "Five rows of zeros: what is their sum?"),
        (
            "gradcheck",
            "gradcheck",
            "missed",
            "It compares the slope with the loss that is there, and that is a sum.",
        ),
        (
            "far",
            "±1000",
            "found",
            "What does it expect of rows that are sure and wrong?",
        ),
    )
    for name, check, answer, why in asked:
        yield Choice(
            name=name,
            label=f"The check “{check}”",
            answer=answer,
            options=tuple(
                Option(key, text, "That is so." if key == answer else why)
                for key, text in (found, missed)
            ),
        )


@exercise(
    "Three logs of ten classes",
    hints=(
        "A: which floor lies just below 1.47, for ten classes?",
        "B: which call takes no logarithm?",
        "C: what does a wrong answer cost at least?",
    ),
)
def exercise_three_logs() -> Fields:
    causes = (
        ("cases", "the two numbers are of different cases"),
        ("twice", "a softmax twice"),
        ("scores", "logits in `nll_loss`"),
    )
    floor = "A softmax twice never gets below a floor well above 0."
    logs = (
        (
            "a",
            "From 2.30 to 1.47, 99 % right",
            "twice",
            {
                "cases": "The same cases can show both, if something keeps a hit from "
                "being cheap.",
                "scores": "That loss has no floor, and would soon be below 0.",
            },
        ),
        (
            "b",
            "First −0.1, then ever lower",
            "scores",
            {
                "cases": "There is only one number here, and no cross-entropy is below 0.",
                "twice": floor,
            },
        ),
        (
            "c",
            "0.2 nats, half of the answers wrong",
            "cases",
            {
                "twice": floor,
                "scores": "That loss falls below 0. What does a wrong answer cost at least?",
            },
        ),
    )
    for name, label, answer, why in logs:
        yield Choice(
            name=name,
            label=label,
            answer=answer,
            options=tuple(
                Option(key, text, why.get(key, "That fits.")) for key, text in causes
            ),
        )


@exercise(
    "Ten classes, a mean loss of 0.2 nats",
    hints=(
        "The truth was not the favourite. How much can it have had, at most?",
        "So a wrong answer costs ln 2 or more. How many can the mean pay for?",
    ),
)
def exercise_least_accuracy() -> Fields:
    loss, classes = 0.2, 10
    answer = 1 - loss / math.log(2)
    yield Number(
        name="accuracy",
        label="At least how many are right",
        answer=answer,
        probability=True,
        mistakes=(
            Mistake(
                "typical probability",
                math.exp(-loss),
                "That is the typical probability of the truth. What does a wrong answer "
                "cost at least?",
            ),
            Mistake(
                "a nat a miss",
                1 - loss,
                "A wrong answer may cost less than 1 nat. How much at least?",
            ),
            Mistake(
                "ln K a miss",
                1 - loss / math.log(classes),
                "A wrong answer may cost less than knowing nothing does. The truth may "
                "have been nearly tied with the favourite.",
            ),
            Mistake("wrong ones", 1 - answer, "That is the share of wrong answers."),
        ),
    )


def _token_mean(means: Float64, counts: Float64) -> float:
    if not counts.any():
        raise ValueError("counts: expected at least one token")
    real = counts > 0
    return float((means[real] * counts[real]).sum() / counts.sum())


def _refuses(run: Runner, reference: Callable[..., Any], args: Args) -> Failure | None:
    means, counts = args
    done = run(np.full_like(means, np.nan), np.zeros_like(counts))
    if done.error.startswith("ValueError"):
        return None
    return Failure(done.error or "a result", "a `ValueError` where there is no token")


def _micro_batches(rng: np.random.Generator) -> Args:
    size = int(rng.integers(1, 6))
    counts = rng.integers(0, 9, size).astype(float)
    counts[rng.integers(size)] += 1
    return np.where(counts > 0, rng.exponential(2, size), np.nan), counts


def _fewer(args: Args) -> Iterator[Args]:
    """A micro-batch or a token fewer, a rounder mean; never without any token."""
    means, counts = args
    for i in range(len(counts)) if len(counts) > 1 else ():
        if np.delete(counts, i).any():
            yield np.delete(means, i), np.delete(counts, i)
    for i in map(int, np.flatnonzero(counts > 1)):
        yield means, np.where(np.arange(len(counts)) == i, 1.0, counts)
    for rounder in (np.round(means, 1), np.round(means)):
        if not np.array_equal(rounder, means, equal_nan=True):
            yield rounder, counts


@code_exercise(
    "`token_mean(means, counts)`: the mean loss over all tokens of some micro-batches, from "
    "the mean and the number of tokens of each. A micro-batch without tokens has the mean "
    "`nan`, and changes nothing. Where there is no token at all, it raises `ValueError`.",
    hints=(
        "A mean times its count is a sum. Add up the sums, and divide once.",
        "`nan` times 0 is `nan`. Leave out the micro-batches without tokens first.",
        "Check `counts.any()` before all that.",
    ),
)
def function_token_mean() -> Task:
    return Task(
        call="token_mean",
        reference=_token_mean,
        chosen=tuple(
            (np.array(means, dtype=float), np.array(counts, dtype=float))
            for means, counts in (
                ([1, 2], [2, 6]),
                ([3], [1]),
                ([2, np.nan], [3, 0]),
                ([np.nan, 1, 4], [0, 1, 3]),
                ([0, 5], [7, 1]),
                ([1, 1], [1, 1000]),
            )
        ),
        random=_micro_batches,
        simpler=_fewer,
        properties=(
            *properties.COMMON,
            Property("refuses to average nothing", _refuses),
        ),
    )

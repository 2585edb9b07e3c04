"""Temperature and distillation."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from ce_lib.information import cross_entropy, entropy, kl_divergence, surprisal
from ce_lib.losses import distillation_loss_with_grad, softmax_cross_entropy
from ce_lib.numerics import softmax
from ce_lib.practice import mistakes, properties
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
from ce_lib.practice.guess import Axis, Drawn, Mark, Remark

#: Numbers that are given, not computed.
GIVEN = (0.015, 0.1, 0.4)

_STUDENT, _TEACHER = (1.0, 2.0, 3.0), (3.0, 1.0, 0.0)


def _length(temperature: float) -> float:
    """The length of the push on the student, without the T² of the loss."""
    _, scaled = distillation_loss_with_grad(
        _STUDENT, _TEACHER, 0, temperature=temperature, alpha=1
    )
    return float(np.linalg.norm(scaled)) / temperature**2


@guess(
    "A student gives three genres the logits 1, 2 and 3; its teacher gives them 3, 1 and 0. "
    "The teacher’s softmax is the target, so the slope in each of the student’s logits is "
    "prediction minus target, and descent pushes the other way. The dot shows the length of "
    "the three pushes together, as of an arrow. "
    "Now both divide their logits by T = 4 before the softmax. How long is the push on "
    "the student’s logits then?"
)
def guess_temperature_and_distillation() -> Drawn:
    answer = _length(4)
    return Drawn(
        label="The length of the push",
        answer=answer,
        low=0,
        high=1.5,
        near=0.03,
        x=Axis(title="divided by T", low=0, high=5, ticks=(1, 2, 3, 4, 5)),
        y=Axis(title="length of the push", low=0, high=1.5, ticks=(0, 0.5, 1, 1.5)),
        marks=(
            Mark(
                label=f"T = 1: {_length(1):.3f}",
                points=[(1, _length(1))],
                place=(1.2, 1.03),
            ),
        ),
        at=4,
        told=f"{answer:.3f}: {_length(1) / answer:.0f} times shorter, and not 4 times. The "
        "4 acts twice, nearly to the full 16, and the dashed curve shows what undoes it.",
        remarks=(
            Remark(
                upto=answer,
                sentence="It does not shrink so much: the 4 acts twice, but here that is "
                "at most 16 times.",
            ),
            Remark(upto=0.15, sentence="It acts more than once."),
            Remark(
                upto=0.35,
                sentence="So it would be if the 4 came in once. It comes in a second "
                "time: flatter predictions differ less.",
            ),
            Remark(
                sentence="Flatter predictions differ less from each other, so there is "
                "less to push."
            ),
        ),
    )


@exercise(
    "A model that says 0.8 and 0.2, at T = 1/2",
    hints=(
        "Dividing the logits by ½ doubles the gap between them.",
        "A doubled gap squares the ratio of the two probabilities.",
    ),
)
def exercise_sharpened() -> Fields:
    q = np.array([0.8, 0.2])
    cold, hot = (softmax(np.log(q), temperature=T)[0] for T in (0.5, 2))
    yield Number(
        name="q",
        label="The first class’s probability at T = ½",
        answer=cold,
        probability=True,
        mistakes=(
            Mistake(
                "squared", q[0] ** 2, "That is its square. Do both squares sum to 1?"
            ),
            Mistake("wrong way", hot, "That is T = 2. Which way does a small T go?"),
            Mistake(
                "halved",
                q[0] / 2,
                "The logits are divided, not the probability.",
            ),
            Mistake("stays", q[0], "The order stays, the probabilities do not."),
        ),
    )


@exercise(
    "Four genres with the logits 2, 1, 1 and 0",
    hints=(
        "Divide the logits by 2, and take the softmax.",
        "Write x for exp(1/T). Which powers of x does the top probability hold?",
        "The sum of the four is a square, too. So take the root of both sides.",
    ),
)
def exercise_down_to_half() -> Fields:
    z = np.array([2.0, 1, 1, 0])
    x = 1 + math.sqrt(2)
    yield Vector(
        name="q",
        label="The four probabilities at T = 2",
        labels=("first", "second", "third", "fourth"),
        answer=softmax(z, temperature=2),
        probability=True,
        mistakes=(
            Mistake("T = 1", softmax(z), "That is T = 1."),
            Mistake(
                "wrong way",
                softmax(2 * z),
                "That is T = ½: the logits were multiplied.",
            ),
            Mistake(
                "no exponential",
                z / z.sum(),
                "Those are shares of the logits. Take the exponentials first.",
            ),
        ),
    )
    yield Number(
        name="temperature",
        label="The T at which the largest is ½",
        answer=1 / math.log(x),
        mistakes=(
            Mistake(
                "two classes",
                1 / math.log(2),
                "There the largest is twice the second. All the others together must "
                "be as large as it.",
            ),
            Mistake("upside down", math.log(x), "That is 1/T."),
            Mistake("x", x, "That is x = exp(1/T). Solve for T."),
            Mistake("nearly", 1, "There it is a little more than ½."),
        ),
    )


@question(
    "A network has learned its training labels by heart: every one right. On these same "
    "labels you fit a temperature by the log score. Which T comes out?",
    answer="none",
)
def bet_training_temperature() -> Options:
    yield Option("one", "About 1", "Then it would say what it means to these labels.")
    yield Option(
        "above",
        "Well above 1, as on held-out labels",
        "On new labels it is over-confident. On these it has been right each time.",
    )
    yield Option(
        "none",
        "As near to 0 as the search goes",
        "Who is always right cannot be too sure: every cut of T makes these labels cheaper.",
    )


@exercise(
    "A teacher that says 0.8, 0.15 and 0.05",
    hints=(
        "Which student pays least? What is the price then called?",
        "The entropy of the teacher, −Σ p ln p.",
    ),
)
def exercise_teacher_floor() -> Fields:
    p = np.array([0.8, 0.15, 0.05])
    floor = float(entropy(p))
    yield Number(
        name="floor",
        label="The least cross-entropy of any student, in nats",
        answer=floor,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(floor),
            Mistake("zero", 0, "Zero is the divergence. What is left of the price?"),
            Mistake(
                "favourite only",
                surprisal(0.8),
                "That is the favourite’s price. The teacher asks for the others, too.",
            ),
            Mistake(
                "even tail",
                entropy([0.8, 0.1, 0.1]),
                "That is another teacher, whose rest is shared evenly.",
            ),
        ),
    )


@exercise(
    "The student (1, 2, 3) and its teacher (3, 1, 0), at an endless T",
    hints=(
        "At a large T, q − p is close to the difference of the logits, divided by K·T.",
        "A softmax does not see a constant: take the mean off the difference first.",
        "Its length, divided by the number of classes.",
    ),
)
def exercise_push_limit() -> Fields:
    difference = np.subtract(_STUDENT, _TEACHER)
    away = difference - difference.mean()
    limit = float(np.linalg.norm(away)) / 3
    yield Number(
        name="limit",
        label="T² times the length of the push tends to",
        answer=limit,
        mistakes=(
            Mistake(
                "no K", 3 * limit, "That is the length of the difference. And the K?"
            ),
            Mistake(
                "not centred",
                float(np.linalg.norm(difference)) / 3,
                "Take the mean off the difference first: a softmax does not see it.",
            ),
            Mistake(
                "divergence",
                float(away @ away) / 6,
                "That is where T² times the divergence goes.",
            ),
            Mistake("zero", 0, "The push itself goes there. T² keeps it from that."),
        ),
    )


@exercise(
    "The whole loss, T = 4 and α = 0.5",
    hints=(
        "The soft part at T = 4 is the divergence from teacher to student.",
        "Multiply it by T², and take the label’s part at T = 1.",
        "Half of the one and half of the other.",
    ),
)
def exercise_distilled_loss() -> Fields:
    q, p = (softmax(z, temperature=4) for z in (_STUDENT, _TEACHER))
    soft, hard = float(kl_divergence(p, q)), float(softmax_cross_entropy(_STUDENT, 0))
    hot = float(softmax_cross_entropy(np.array(_STUDENT) / 4, 0))
    yield Number(
        name="loss",
        label="The loss in nats",
        answer=0.5 * 16 * soft + 0.5 * hard,
        unit="nats",
        mistakes=(
            Mistake("no T²", 0.5 * (soft + hard), "The soft part lacks its T²."),
            Mistake("T", 0.5 * (4 * soft + hard), "That is T. The factor is T²."),
            Mistake(
                "hot label",
                0.5 * (16 * soft + hot),
                "The label’s part is taken at T = 1.",
            ),
            Mistake("sum", 16 * soft + hard, "Each part counts by one half."),
            Mistake(
                "cross-entropy",
                0.5 * (16 * float(cross_entropy(p, q)) + hard),
                "That has the cross-entropy to the teacher. The push is the same, the "
                "number is not.",
            ),
        ),
    )


@exercise(
    "A narrow model on the larger of two bumps",
    hints=(
        "Where the model is, it holds all of its probability, and the truth 4/5 as much.",
        "The logarithm of q/p is the same everywhere there.",
    ),
)
def exercise_one_bump() -> Fields:
    large, small = float(surprisal(0.8)), float(surprisal(0.2))
    yield Number(
        name="reverse",
        label="The reverse divergence D(q‖p), in nats",
        answer=large,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(large),
            Mistake(
                "small bump", small, "That is what sitting on the smaller one costs."
            ),
            Mistake(
                "forward",
                math.inf,
                "That is what ruling out the other bump costs forwards.",
            ),
            Mistake(
                "entropy", entropy([0.8, 0.2]), "The model never visits the other."
            ),
        ),
    )


@exercise(
    "Ten songs, four genres, and `kl_div` with `reduction='mean'`",
    hints=(
        "'mean' divides by all the numbers there are, not by the songs.",
        "How many numbers are there for each song?",
    ),
)
def exercise_mean_of_kl() -> Fields:
    yield Number(
        name="kl",
        label="The mean divergence of a song, in nats",
        answer=4 * 0.015,
        unit="nats",
        mistakes=(
            Mistake("as printed", 0.015, "That was divided by songs and genres."),
            Mistake("songs", 10 * 0.015, "It is a mean over the songs already."),
            Mistake("all numbers", 40 * 0.015, "That is the sum over all ten songs."),
            Mistake("divided", 0.015 / 4, "It was divided once too often already."),
        ),
    )


@exercise(
    "The two best of a teacher who says 0.4 and 0.2 to them",
    hints=(
        "What is each of the two divided by, to make the sum 1?",
        "ln of the new over the old is the same for both.",
    ),
)
def exercise_top_two() -> Fields:
    kept = 0.6
    nats = float(surprisal(kept))
    yield Number(
        name="nats",
        label="D(cut‖teacher), in nats",
        answer=nats,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(nats),
            mistakes.no_minus(nats),
            Mistake(
                "what is lost", surprisal(1 - kept), "That is the price of the rest."
            ),
            Mistake("share", 1 - kept, "That is the share that is lost. And in nats?"),
            Mistake("the other way", math.inf, "That is D(teacher‖cut)."),
        ),
    )


@question(
    "A teacher of 1000 digits teaches small students on 100 of them at T = 4. A second "
    "teacher was trained with smoothed labels, ε = 0.1, and gets more new digits right than "
    "the first. Whose students get more right?",
    answer="plain",
)
def bet_smoothed_teacher() -> Options:
    yield Option(
        "smoothed",
        "The smoothed one’s: the better teacher",
        "What it knows better it no longer tells. Look at its wrong classes.",
    )
    yield Option("same", "About the same", "The runs keep them apart.")
    yield Option(
        "plain",
        "The other one’s",
        "The students live on what the teacher says about the wrong digits, and smoothing "
        "has evened that out.",
    )


def _distilled(
    student: np.ndarray, teacher: np.ndarray, y: np.ndarray, T: float, alpha: float
) -> float:
    p = softmax(teacher, temperature=T)
    student = np.asarray(student, dtype=np.float64)
    price = softmax_cross_entropy(student / T, p, reduction="none")
    soft = T**2 * float(np.mean(price - entropy(p)))
    return alpha * soft + (1 - alpha) * float(softmax_cross_entropy(student, y))


def _a_lesson(rng: np.random.Generator) -> Args:
    n, k = rng.integers(1, 5), rng.integers(2, 5)
    student, teacher = rng.normal(0, 3, (2, n, k)).round(2)
    return student, teacher, rng.integers(0, k, n), float(rng.integers(1, 9)), 0.5


def _simpler(args: Args) -> Iterator[Args]:
    """A song fewer, a rounder temperature or share, rounder logits."""
    student, teacher, y, T, alpha = args
    for row in range(len(y)) if len(y) > 1 else ():
        yield (
            *(np.delete(part, row, axis=0) for part in (student, teacher, y)),
            T,
            alpha,
        )
    if T != 1:
        yield student, teacher, y, 1.0, alpha
    yield from (
        (student, teacher, y, T, share) for share in (1.0, 0.0) if share != alpha
    )
    rounder = np.round(student), np.round(teacher)
    if not all(map(np.array_equal, rounder, (student, teacher))):
        yield *rounder, y, T, alpha


@code_exercise(
    "`distil(student, teacher, y, T, alpha)`: the mean over the songs of "
    "α·T²·D(teacher at T‖student at T) + (1 − α)·CE(label, student at T = 1), in nats. "
    "`student` and `teacher` are logits (N, K), `y` holds N class numbers.",
    hints=(
        "The soft part is Σ p (ln p − ln q), with both logits divided by T.",
        "Take ln q and ln p from `log_softmax`: the logarithm of a softmax may be −∞.",
        "Average each part over the songs, then α·T² of one plus 1 − α of the other.",
    ),
)
def exercise_write_distil() -> Task:
    one = np.array([0])
    lesson = np.array([_STUDENT]), np.array([_TEACHER])
    sure = np.array([[1000.0, 0.0, 0.0]]), np.array([[0.0, 900.0, 0.0]])
    return Task(
        call="distil",
        reference=_distilled,
        chosen=(
            (*lesson, one, 1.0, 0.0),
            (*lesson, one, 1.0, 1.0),
            (*lesson, one, 4.0, 0.5),
            (*lesson[::-1], one, 2.0, 1.0),
            (*sure, one, 4.0, 0.5),
        ),
        random=_a_lesson,
        simpler=_simpler,
        properties=properties.COMMON,
    )

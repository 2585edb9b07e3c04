"""The logits you never store."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from ce_lib.losses import softmax_cross_entropy
from ce_lib.numerics import logsumexp
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
from ce_lib.practice.exercise import Mistake, Number, Option, Whole
from ce_lib.practice.guess import Axis, Drawn, Mark, Remark

#: Numbers that are given, not computed.
GIVEN = (0.1, 0.5)

_READ = np.array([2.0, 1.0, 0.5])


@guess(
    "You read logits one at a time, and may keep two numbers: the largest so far, and the sum "
    "of exp(z − largest) so far. The curve is this sum after 2, after 1 and after 0.5: the "
    f"largest is 2, and the sum has grown to {1 + math.exp(-1) + math.exp(-1.5):.3f}. The next "
    "logit is 3, the largest of all. Where is the sum then?"
)
def guess_logits_you_never_store() -> Drawn:
    sums = np.cumsum(np.exp(_READ - 2))
    answer = float(sums[-1]) * math.exp(-1) + 1
    return Drawn(
        label="The sum after the fourth logit",
        answer=answer,
        low=0,
        high=5,
        near=0.03,
        x=Axis(title="logits read", low=0, high=5, ticks=(1, 2, 3, 4)),
        y=Axis(
            title="sum of exp(z − largest)", low=0, high=5, ticks=(0, 1, 2, 3, 4, 5)
        ),
        marks=(
            Mark(
                label="2, 1 and 0.5",
                points=np.column_stack([np.arange(1, 4), sums]),
                place=(1.2, 2.3),
            ),
        ),
        at=4,
        told=f"{answer:.3f}: what was there shrinks by the factor e, for it is now relative "
        "to 3, and the newcomer adds 1. A term more, and hardly another sum.",
        remarks=(
            Remark(
                upto=1,
                sentence="The largest logit alone gives exp(0) = 1.",
            ),
            Remark(upto=answer, sentence="Something is missing: all four terms count."),
            Remark(
                upto=2.2,
                sentence="Each of the old terms was relative to 2. Relative to 3 it is "
                "smaller by the factor e.",
            ),
            Remark(
                upto=3,
                sentence="You added the newcomer, and left the others relative to 2: they "
                "have to shrink.",
            ),
            Remark(
                sentence="That is relative to 2, where the newcomer counts e. Relative to "
                "the new largest it counts 1.",
            ),
        ),
    )


@exercise(
    "The logits of four texts",
    hints=(
        "Tokens × vocabulary × bytes of a number.",
        "Four times 2048 tokens, 50,000 each, four bytes each.",
    ),
)
def exercise_how_large() -> Fields:
    gb = 4 * 2048 * 50_000 * 4 / 1e9
    yield Number(
        name="gb",
        label="The logits, in GB",
        unit="GB",
        answer=gb,
        mistakes=(
            Mistake("one text", gb / 4, "That is one text. There are four."),
            Mistake("two bytes", gb / 2, "A float32 takes four bytes."),
            Mistake("bits", 8 * gb, "That is in bits: a byte has eight."),
            Mistake(
                "three copies", 3 * gb, "So much a training step holds at its peak."
            ),
        ),
    )


@exercise(
    "Two pieces, (0, 2) and (1, 3)",
    hints=(
        "The largest of both is 1. What is the first sum relative to it?",
        "s = 2/e + 3, and LSE = m + ln s.",
    ),
)
def exercise_merge_pairs() -> Fields:
    lse = 1 + math.log(3 + 2 / math.e)
    one, two = math.log(2), 1 + math.log(3)
    yield Number(
        name="lse",
        label="LSE of all logits",
        answer=lse,
        mistakes=(
            Mistake(
                "sum of LSEs",
                one + two,
                "You added the two LSE. Exponentials add up, logarithms do not.",
            ),
            Mistake(
                "not rescaled",
                1 + math.log(5),
                "The first sum is relative to 0. Make it relative to 1 first.",
            ),
            Mistake(
                "wrong way",
                1 + math.log(3 + 2 * math.e),
                "A sum shrinks when the maximum that it is relative to grows.",
            ),
            Mistake("larger piece", two, "That is the second piece alone."),
            Mistake("no maximum", math.log(3 + 2 / math.e), "That is ln s. Add m."),
        ),
    )


@exercise(
    "8192 tokens, 128 at a time",
    hints=(
        "Each piece of tokens meets every class, so it needs all of W.",
        "How many pieces are there?",
        "The weights take 128,256 × 4096 × 2 bytes, once for every piece.",
    ),
)
def exercise_how_often() -> Fields:
    times, gb = 8192 // 128, 128_256 * 4096 * 2 / 1e9
    yield Whole(
        name="times",
        label="How often W is read",
        answer=times,
        mistakes=(
            Mistake("per token", 8192, "One reading serves all tokens of a piece."),
            Mistake("per piece size", 128, "That is how many tokens share a reading."),
            Mistake("once", 1, "Then all tokens would be one piece."),
        ),
    )
    yield Number(
        name="gb",
        label="Bytes read, in GB",
        unit="GB",
        answer=times * gb,
        mistakes=(
            Mistake("one reading", gb, "That is one reading."),
            Mistake("four bytes", 2 * times * gb, "These weights have two bytes each."),
            Mistake(
                "one byte", times * gb / 2, "That counts weights. Each has two bytes."
            ),
        ),
    )


@question(
    "Pieces need a second forward pass: the logits are made again for the gradients. When?",
    answer="vocabulary",
)
def bet_second_forward() -> Options:
    yield Option(
        "always",
        "Always: what was forgotten must be made again",
        "By tokens the gradients are made before the piece is forgotten.",
    )
    yield Option(
        "vocabulary",
        "By vocabulary, not by tokens",
        "q needs the LSE of the whole row. By tokens the row is there, by vocabulary it is "
        "not, until all pieces have been read.",
    )
    yield Option(
        "tokens",
        "By tokens, not by vocabulary",
        "By tokens each row is whole, and its q is known while it is there.",
    )
    yield Option(
        "never",
        "Never: LSE is enough",
        "LSE is one number. q = exp(z − LSE) needs z as well.",
    )


@exercise(
    "A piece of 64 MiB",
    hints=(
        "One token has 2¹⁷ logits of four bytes.",
        "64 MiB are 2²⁶ bytes.",
    ),
)
def exercise_own_chunk() -> Fields:
    tokens = 2**26 // (4 * 2**17)
    yield Whole(
        name="tokens",
        label="Tokens in a piece",
        answer=tokens,
        mistakes=(
            Mistake("one byte", 4 * tokens, "A float32 takes four bytes."),
            Mistake("two bytes", 2 * tokens, "So many fit with two bytes each."),
            Mistake("twice", tokens // 2, "Is it float64 that you count with?"),
        ),
    )


@question(
    "Two machines hold half of the classes each. A row has one true class. Which is the "
    "least of these that is enough, sent for each token, to know the loss?",
    answer="three",
)
def bet_what_travels() -> Options:
    yield Option(
        "half",
        "Half of the logits",
        "Enough, but half a row of numbers, where three do.",
    )
    yield Option(
        "largest",
        "Each machine’s largest logit, and the true one",
        "The sums beside the largest are missing: they are up to ln K of the loss.",
    )
    yield Option(
        "lse",
        "The mean of the two LSE, and the true logit",
        "LSE does not average: exponentials add up.",
    )
    yield Option(
        "three",
        "Each machine’s largest logit and sum, and the true logit",
        "The pairs merge, and only one machine knows the true logit.",
    )


@exercise(
    "Six logits in two pieces, and smoothed labels",
    hints=(
        "The smoothed loss is LSE − (1 − ε)·z_y − ε·z̄, with the mean of all six logits.",
        "It is the plain loss plus ε·(z_y − z̄).",
    ),
)
def exercise_smoothed_pieces() -> Fields:
    z = np.array([2.0, 1, 0.5, 0, -1, 3])
    plain = float(softmax_cross_entropy(z, 0))
    loss = float(softmax_cross_entropy(z, 0, label_smoothing=0.1))
    yield Number(
        name="loss",
        label="The smoothed loss, in nats",
        unit="nats",
        answer=loss,
        mistakes=(
            mistakes.bits_for_nats(loss),
            Mistake("plain", plain, "That is the loss without smoothing."),
            Mistake(
                "sum for mean",
                float(logsumexp(z)) - 0.9 * 2 - 0.1 * 5.5,
                "That takes the sum of the logits. Each class gets ε/K.",
            ),
            Mistake(
                "own piece",
                plain + 0.1 * (2 - 3.5 / 3),
                "That is the mean of the first piece. All six share ε.",
            ),
            Mistake(
                "truth apart",
                plain + 0.1 * (2 - 3.5 / 5),
                "That spreads ε over the five others. Here the truth has a share, too.",
            ),
        ),
    )


@exercise(
    "The smallest loss above 0",
    hints=(
        "LSE and z_y are both whole multiples of 2⁻¹⁴.",
        "Which is the smallest difference of two different ones?",
    ),
)
def exercise_late_step() -> Fields:
    step = 2.0**-14
    yield Number(
        name="loss",
        label="The smallest loss above 0",
        unit="nats",
        answer=step,
        mistakes=(
            Mistake("half", step / 2, "A difference of half a step cannot come out."),
            Mistake("beside 1", 2.0**-23, "That is the step beside 1, not beside 512."),
            Mistake("bits of 512", 2.0**-9, "That is 1/512. What is given is 2⁻¹⁴."),
            Mistake(
                "smallest float",
                2.0**-149,
                "Between 512 and 1024 floats are far apart.",
            ),
        ),
    )


@exercise(
    "A soft cap of 30",
    hints=(
        "The first logit becomes 30·tanh(1); the others stay 0.",
        "LSE of that, minus the capped true logit, which is 0.",
        "The slope of c·tanh(z/c) is 1 − tanh²(z/c).",
    ),
)
def exercise_capped() -> Fields:
    z = 30 * np.tanh(np.array([1.0, 0, 0]))
    loss = float(softmax_cross_entropy(z, 1))
    factor = 1 - math.tanh(1) ** 2
    yield Number(
        name="loss",
        label="The loss, in nats",
        unit="nats",
        answer=loss,
        mistakes=(
            mistakes.bits_for_nats(loss),
            Mistake("uncapped", 30, "That is the loss without the cap."),
            Mistake("even", math.log(3), "That is chance. The cap is at 30, not at 0."),
            Mistake("tanh", math.tanh(1), "Multiply by c: the cap is c·tanh(z/c)."),
        ),
    )
    yield Number(
        name="factor",
        label="The factor on the first logit’s slope",
        answer=factor,
        mistakes=(
            Mistake("tanh", math.tanh(1), "That is tanh. Which is its slope?"),
            Mistake(
                "square", math.tanh(1) ** 2, "That is tanh². The slope is 1 minus it."
            ),
            Mistake(
                "no cap", 1, "That is the factor at z = 0, where a cap does nothing."
            ),
        ),
    )


@exercise(
    "A z-loss of four zeros",
    hints=(
        "LSE of four zeros is ln 4, and q is a quarter each.",
        "The slope of λ·LSE² is 2λ·LSE times the slope of LSE, which is q.",
    ),
)
def exercise_z_loss_slope() -> Fields:
    lse = math.log(4)
    yield Number(
        name="each",
        label="The slope of the z-loss in each logit",
        answer=lse / 4,
        mistakes=(
            Mistake("no q", lse, "That is 2λ·LSE. Each logit moves LSE by its q."),
            Mistake("no 2", lse / 8, "A square has a 2 in its slope."),
            Mistake("value", lse**2 / 2, "That is the z-loss itself."),
        ),
    )
    yield Number(
        name="total",
        label="The sum of all slopes of both losses",
        answer=lse,
        mistakes=(
            Mistake("zero", 0, "The cross-entropy’s alone sum to 0."),
            Mistake("one logit", lse / 4, "That is one of the four."),
            Mistake(
                "with the loss", 2 * lse, "The cross-entropy’s slopes add nothing."
            ),
        ),
    )


def _merged(m1: object, s1: object, m2: object, s2: object) -> np.ndarray:
    a, b = (np.asarray(m, dtype=np.float64) for m in (m1, m2))
    m = np.maximum(a, b)
    safe = np.where(np.isfinite(m), m, 0.0)
    return np.array([m, s1 * np.exp(a - safe) + s2 * np.exp(b - safe)])


def _two_pieces(rng: np.random.Generator) -> Args:
    m = rng.normal(0, 3, 2).round(1)
    s = rng.uniform(1, 5, 2).round(1)
    return float(m[0]), float(s[0]), float(m[1]), float(s[1])


def _simpler(args: Args) -> Iterator[Args]:
    """Rounder numbers, one at a time; of a vector a row fewer."""
    if np.ndim(args[0]):
        for row in range(len(args[0])):
            yield tuple(float(part[row]) for part in args)
        return
    for place, value in enumerate(args):
        least = 1.0 if place % 2 else 0.0
        for rounder in (least, float(np.round(value))):
            if (
                rounder != value
                and np.isfinite(value)
                and (rounder >= 1 or place % 2 == 0)
            ):
                yield (*args[:place], rounder, *args[place + 1 :])


@code_exercise(
    "`merge(m1, s1, m2, s2)`: the pair (m, s) of two pieces of logits together. Each m is the "
    "largest logit of a piece, and s the sum of exp(z − m) over it; a piece with nothing in "
    "it is (−∞, 0). Numbers, or arrays of one shape.",
    hints=(
        "The new m is the larger of the two, element by element.",
        "Each old sum is multiplied by exp(its m − new m).",
        "Where both pieces are empty, −∞ − (−∞) is NaN: subtract something finite there.",
    ),
)
def exercise_write_merge() -> Task:
    empty = (-math.inf, 0.0)
    return Task(
        call="merge",
        reference=_merged,
        chosen=(
            (0.0, 1.0, 0.0, 1.0),
            (0.0, 2.0, 1.0, 3.0),
            (3.0, 1.5, -1.0, 2.0),
            (1000.0, 1.5, 998.0, 2.0),
            (-1000.0, 1.5, -1001.0, 2.0),
            (2.0, 1.5, *empty),
            (*empty, 2.0, 1.5),
            (*empty, *empty),
            (
                np.array([0.0, 5]),
                np.array([1.0, 2]),
                np.array([3.0, 4]),
                np.array([1.0, 1]),
            ),
        ),
        random=_two_pieces,
        simpler=_simpler,
        properties=properties.parts("m", "s"),
    )

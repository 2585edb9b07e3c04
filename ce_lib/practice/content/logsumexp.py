"""LogSumExp and stable numerics."""

from __future__ import annotations

import itertools
import math

import numpy as np

from ce_lib.losses import binary_cross_entropy_with_logits, softmax_cross_entropy
from ce_lib.numerics import logsumexp, softmax
from ce_lib.practice import mistakes
from ce_lib.practice.define import Fields, Options, exercise, guess, question
from ce_lib.practice.exercise import Mistake, Number, Option, Vector, Whole
from ce_lib.practice.guess import Remark, Typed

#: Numbers that are given, not computed.
GIVEN = (0.2, 0.3, 0.5, 2.1, 3.4)

_Z = np.array([1000.0, 1001.0, 999.0])
_LABELS = ("class 1", "class 2", "class 3")


def _lost() -> int:
    """The first whole d at which 1 + exp(−d) is 1 in float32."""
    one = np.float32(1)
    return next(d for d in itertools.count(1) if one + np.float32(math.exp(-d)) == one)


def _gone() -> int:
    """The first whole d at which exp(−d) is 0 in float32."""
    return next(d for d in itertools.count(1) if np.float32(math.exp(-d)) == 0)


@guess(
    "A classifier’s loss begins with e to the power z, for each of its logits z. In "
    "float32, in which PyTorch computes unless you say otherwise, the largest number is "
    "about 3.4·10³⁸. How large may a logit be before e to the z no longer fits?"
)
def guess_logsumexp() -> Typed:
    largest = float(np.log(np.float64(np.finfo(np.float32).max)))
    half = float(np.log(np.float64(np.finfo(np.float16).max)))
    return Typed(
        label="The largest logit",
        answer=largest,
        low=0,
        high=1e40,
        near=1.5,
        ratio=True,
        told=f"{largest:.1f}. A logit of 89 is too much. In float16, which halves the "
        f"memory, the end comes at {half:.1f}.",
        remarks=(
            Remark(upto=37, sentence=""),
            Remark(
                upto=40,
                sentence=f"You counted digits: float32 ends near 10³⁸. Each power of ten is "
                f"ln 10 = {math.log(10):.1f} steps of z, and {math.log(10):.3f} times "
                f"{largest / math.log(10):.2f} is {largest:.2f}.",
            ),
            Remark(upto=300, sentence=""),
            Remark(
                sentence="An exponential eats digits: each "
                f"{math.log(10):.1f} that you add to z make one "
                "more.",
            ),
        ),
    )


@exercise(
    "A softmax that cannot be one",
    hints=(
        "A softmax has one property that needs only addition to check.",
        "Subtract 1001 first: the exponentials are e⁻¹, 1 and e⁻².",
        "Divide e⁻¹ by 0.268, and see which of the three are in the divisor.",
    ),
)
def exercise_sums() -> Fields:
    claim = np.array([0.268, 0.665, 0.099])
    e = np.exp(_Z - 1001)
    right = softmax(_Z)
    yield Number(
        name="sum",
        label="Sum of the three reported numbers",
        answer=claim.sum(),
        mistakes=(
            Mistake("the rule", 1, "That is what it should be. Add them up."),
            Mistake("two", claim[:2].sum(), "There are three."),
            Mistake(
                "without the largest",
                claim[0] + claim[2],
                "The one in the middle belongs to the sum, too.",
            ),
        ),
    )
    yield Vector(
        name="softmax",
        label="The true softmax",
        labels=_LABELS,
        answer=right,
        probability=True,
        mistakes=(
            Mistake(
                "claim normalised",
                claim / claim.sum(),
                "That mends the sum, not the numbers.",
            ),
            Mistake(
                "logits normalised",
                _Z / _Z.sum(),
                "Exponentiate before dividing, after subtracting 1001.",
            ),
            Mistake("not divided", e, "Those are the shifted exponentials."),
            Mistake(
                "softmax twice",
                softmax(right),
                "The softmax was taken twice.",
            ),
        ),
    )
    yield Number(
        name="divisor",
        label="What they divided the first exponential by",
        answer=1 + math.exp(-1),
        mistakes=(
            Mistake(
                "the right one",
                e.sum(),
                "That is the right divisor. With it the first number would be smaller.",
            ),
            Mistake(
                "the others",
                1 + math.exp(-2),
                "That leaves the first class itself out. Try another one.",
            ),
            Mistake(
                "one class",
                math.exp(-1) + math.exp(-2),
                "That leaves out the largest. The quotient would be far above 0.268.",
            ),
        ),
    )


def _above(above: float) -> Number:
    return Number(
        name="above",
        label="How far above 1001 does it lie?",
        answer=above,
        mistakes=(
            Mistake(
                "maximum",
                0,
                "The maximum alone is a little too small. Who adds?",
            ),
            Mistake(
                "all alike",
                math.log(3),
                "That would be it if all three were 1001.",
            ),
            Mistake(
                "from the first",
                above + 1,
                "That is how far it lies above 1000.",
            ),
            Mistake(
                "without the largest",
                math.log(math.exp(-1) + math.exp(-2)),
                "The largest is in the sum as well: e⁰ = 1.",
            ),
            Mistake(
                "no logarithm",
                math.exp(-1) + math.exp(-2),
                "Nearly. The logarithm of 1 plus this is asked for.",
            ),
        ),
    )


@exercise(
    "LSE(1000, 1001, 999)",
    hints=(
        "Take e¹⁰⁰¹ out of the sum.",
        "LSE = 1001 + ln(1 + e⁻¹ + e⁻²).",
        "A loss is LSE minus the true logit.",
    ),
)
def exercise_lse_by_hand() -> Fields:
    right = softmax(_Z)
    losses = softmax_cross_entropy(np.tile(_Z, (3, 1)), [0, 1, 2], reduction="none")
    above = float(logsumexp(_Z) - 1001)
    near = float(softmax_cross_entropy([1000.0, 1000.1, 999.9], 1))
    yield _above(above)
    yield Vector(
        name="losses",
        label="The three losses in nats",
        labels=_LABELS,
        answer=losses,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(losses),
            mistakes.no_minus(losses),
            Mistake(
                "from the largest",
                1001 - _Z,
                "Those are distances from the largest logit. LSE lies above it.",
            ),
            Mistake(
                "probabilities",
                right,
                "Those are probabilities. What does each cost?",
            ),
        ),
    )
    yield Number(
        name="near",
        label="The loss of the second of (1000, 1000.1, 999.9), in nats",
        answer=near,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(near),
            Mistake(
                "chance",
                math.log(3),
                "That is chance. The truth leads a little.",
            ),
            Mistake(
                "wrong step",
                math.log(1 + 2 * math.exp(-0.1)),
                "One of the two others is 0.2 below, not 0.1.",
            ),
            Mistake("first set", above, "That is the loss in the first set."),
        ),
    )


@exercise(
    "The stable form of one logit’s loss",
    hints=(
        "At z = −200 and t = 1 only one of the three terms is of any size.",
        "At z = 20 and t = 0 the first term is 20; the last is tiny.",
        "At z = 0 both outcomes are equally likely.",
    ),
)
def exercise_stable_binary() -> Fields:
    cases = (np.array([-200.0, 20.0, 0.0]), np.array([1.0, 0.0, 1.0]))
    binary = binary_cross_entropy_with_logits(*cases, reduction="none")
    other = binary_cross_entropy_with_logits(cases[0], 1 - cases[1], reduction="none")
    yield Vector(
        name="values",
        label="L at (−200, 1), (20, 0) and (0, 1), in nats",
        labels=("first", "second", "third"),
        answer=binary,
        unit="nats",
        mistakes=(
            Mistake(
                "targets swapped",
                other,
                "Those are the losses with yes and no exchanged.",
            ),
            Mistake(
                "overflow",
                [math.inf, binary[1], binary[2]],
                "The first is large, but finite: its q is merely too small to write.",
            ),
            Mistake(
                "no logarithm",
                [200, 20, 0],
                "The last term, ln(1 + exp(−|z|)), is not 0 at z = 0.",
            ),
            Mistake(
                "sign of z t",
                np.maximum(cases[0], 0)
                + cases[0] * cases[1]
                + np.log1p(np.exp(-np.abs(cases[0]))),
                "A loss of −200? Look at the sign of z·t.",
            ),
        ),
    )


@exercise(
    "The first whole d that breaks float32",
    hints=(
        "Two different things break: the 1 swallows a small number, or it becomes 0.",
        "1 + exp(−d) is 1 when exp(−d) is at most half a last digit.",
        "The smallest float32 above 0 is 2⁻¹⁴⁹; less than half of it becomes 0.",
    ),
)
def exercise_first_break() -> Fields:
    lost, gone = _lost(), _gone()
    yield Whole(
        name="zero",
        label="log-softmax loss of class 0 at (d, 0) is exactly 0 from d =",
        answer=lost,
        mistakes=(
            Mistake("one early", lost - 1, "There one last digit is still left."),
            Mistake("one late", lost + 1, "It is 0 one step earlier already."),
            Mistake(
                "bits",
                24,
                "24 counts powers of 2. How many powers of e is that?",
            ),
            Mistake(
                "double",
                next(d for d in range(1, 99) if 1 + math.exp(-d) == 1),
                "That is where float64 gives up.",
            ),
        ),
    )
    yield Whole(
        name="gone",
        label="log(softmax) of class 1 at (d, 0, 0) is −∞ from d =",
        answer=gone,
        mistakes=(
            Mistake(
                "one early",
                gone - 1,
                "There the smallest number is still left.",
            ),
            Mistake("one late", gone + 1, "It is −∞ one step earlier already."),
            Mistake(
                "overflow",
                89,
                "There exp(d) overflows. exp(−d) stays above 0 for longer.",
            ),
            Mistake(
                "normal numbers",
                88,
                "There exp(−d) begins to lose digits. It is not yet 0.",
            ),
        ),
    )


@exercise(
    "A loss that log-softmax prints as 0",
    hints=(
        "Gap plus doubt: how far is the truth behind the favourite?",
        "R is the sum over the other class alone.",
        "ln(1 + x) is almost x for a small x.",
    ),
)
def exercise_vanished() -> Fields:
    loss = math.log1p(math.exp(-40))
    yield Number(
        name="loss",
        label="The loss, in nats",
        answer=loss,
        unit="nats",
        mistakes=(
            Mistake(
                "as printed", 0, "That is what was printed. No finite logits pay 0."
            ),
            Mistake("of the rival", 40, "That is what the second class would pay."),
            Mistake("two rivals", 2 * loss, "There is one rival, not two."),
            mistakes.bits_for_nats(loss),
        ),
    )


@question(
    "float32: you add 1000 to each of the song’s logits, 2.1, −0.5, −0.3 and −0.1, and "
    "take the log-softmax. What does that do to the loss?",
    answer="digits",
)
def bet_shift() -> Options:
    yield Option(
        "nothing",
        "Nothing at all",
        "In exact arithmetic. But what is left of such a logit once it is stored?",
    )
    yield Option(
        "digits",
        "It changes the last digits.",
        "The larger a logit, the fewer digits are kept behind its point.",
    )
    yield Option(
        "nan",
        "It makes it NaN.",
        "Log-softmax subtracts the largest logit in time.",
    )
    yield Option(
        "large",
        "It adds 1000.",
        "LSE grows by 1000, and so does the true logit.",
    )


@question(
    "float32, no precautions: what is exp(z) / Σ exp(z) for z = (−1000, −1001, −999)?",
    answer="nan",
)
def bet_naive() -> Options:
    yield Option(
        "right",
        "The right softmax",
        "That needs three exponentials above 0. Are they, in float32?",
    )
    yield Option(
        "nan",
        "NaN, three times",
        "All underflow, and 0 divided by 0 has no value.",
    )
    yield Option("zeros", "0, three times", "Below the line stands 0 as well.")
    yield Option("even", "1/3, three times", "Equal shares of what? The sum is 0.")


@question(
    "float16, z = (20, 0), the second class is true. What is minus the logarithm of its "
    "softmax, and what its loss by log-softmax?",
    answer="saved",
)
def bet_two_ways() -> Options:
    yield Option(
        "both", "20, and 20", "e to the −20 is below half the smallest float16."
    )
    yield Option("saved", "∞, and 20", "The first forms a probability that becomes 0.")
    yield Option(
        "lost", "∞, and ∞", "Log-softmax subtracts logits, and forms no probability."
    )
    yield Option(
        "nan", "NaN, and 20", "Nothing overflows: the largest exponential is 1."
    )


@question(
    "Two models are sure and wrong: one gave the truth a probability of 10⁻²⁰, one 10⁻³⁰⁰. The "
    "loss clips at 10⁻¹⁵. What do they pay, and how hard are they pushed?",
    answer="alike",
)
def bet_clipped() -> Options:
    yield Option(
        "more", "The second pays more, and is pushed more", "Both lie below the clip."
    )
    yield Option(
        "pushed",
        "They pay alike, the second is pushed more",
        "Below the clip the loss is flat.",
    )
    yield Option(
        "infinite",
        "Both pay ∞",
        "The clip is there so that nobody does.",
    )
    yield Option(
        "alike",
        "They pay alike, and nothing pushes them",
        "Below the clip the loss is flat: it no longer depends on the logits.",
    )

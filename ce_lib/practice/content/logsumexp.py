"""LogSumExp and stable numerics."""

from __future__ import annotations

import itertools
import math

import numpy as np

from ce_lib.losses import binary_cross_entropy_with_logits, softmax_cross_entropy
from ce_lib.numerics import logsumexp, softmax
from ce_lib.practice import mistakes
from ce_lib.practice.exercise import Exercise, Mistake, Number, Vector, Whole

_Z = np.array([1000.0, 1001.0, 999.0])
_E = np.exp(_Z - 1001)
_CLAIM = np.array([0.268, 0.665, 0.099])
_SOFTMAX = softmax(_Z)
_LABELS = ("class 1", "class 2", "class 3")
_LOSSES = softmax_cross_entropy(np.tile(_Z, (3, 1)), [0, 1, 2], reduction="none")
_ABOVE = float(logsumexp(_Z) - 1001)
_NEAR = float(softmax_cross_entropy([1000.0, 1000.1, 999.9], 1))
_CASES = (np.array([-200.0, 20.0, 0.0]), np.array([1.0, 0.0, 1.0]))
_BINARY = binary_cross_entropy_with_logits(*_CASES, reduction="none")
_OTHER = binary_cross_entropy_with_logits(_CASES[0], 1 - _CASES[1], reduction="none")


def _lost() -> int:
    """The first whole d at which 1 + exp(−d) is 1 in float32."""
    one = np.float32(1)
    return next(d for d in itertools.count(1) if one + np.float32(math.exp(-d)) == one)


def _gone() -> int:
    """The first whole d at which exp(−d) is 0 in float32."""
    return next(d for d in itertools.count(1) if np.float32(math.exp(-d)) == 0)


_LOST, _GONE = _lost(), _gone()

EXERCISES = (
    Exercise(
        id="exercise-sums",
        prompt="A softmax that cannot be one",
        fields=(
            Number(
                name="sum",
                label="Sum of the three reported numbers",
                answer=_CLAIM.sum(),
                mistakes=(
                    Mistake("the rule", 1, "That is what it should be. Add them up."),
                    Mistake("two", _CLAIM[:2].sum(), "There are three."),
                    Mistake(
                        "without the largest",
                        _CLAIM[0] + _CLAIM[2],
                        "The one in the middle belongs to the sum, too.",
                    ),
                ),
            ),
            Vector(
                name="softmax",
                label="The true softmax",
                labels=_LABELS,
                answer=_SOFTMAX,
                probability=True,
                mistakes=(
                    Mistake(
                        "claim normalised",
                        _CLAIM / _CLAIM.sum(),
                        "That mends the sum, not the numbers.",
                    ),
                    Mistake(
                        "logits normalised",
                        _Z / _Z.sum(),
                        "Exponentiate before dividing, after subtracting 1001.",
                    ),
                    Mistake("not divided", _E, "Those are the shifted exponentials."),
                    Mistake(
                        "softmax twice",
                        softmax(_SOFTMAX),
                        "The softmax was taken twice.",
                    ),
                ),
            ),
            Number(
                name="divisor",
                label="What they divided the first exponential by",
                answer=1 + math.exp(-1),
                mistakes=(
                    Mistake(
                        "the right one",
                        _E.sum(),
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
            ),
        ),
        hints=(
            "A softmax has one property that needs only addition to check.",
            "Subtract 1001 first: the exponentials are e⁻¹, 1 and e⁻².",
            "Divide e⁻¹ by 0.268, and see which of the three are in the divisor.",
        ),
    ),
    Exercise(
        id="exercise-lse-by-hand",
        prompt="LSE(1000, 1001, 999)",
        fields=(
            Number(
                name="above",
                label="How far above 1001 does it lie?",
                answer=_ABOVE,
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
                        _ABOVE + 1,
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
            ),
            Vector(
                name="losses",
                label="The three losses in nats",
                labels=_LABELS,
                answer=_LOSSES,
                unit="nats",
                mistakes=(
                    mistakes.bits_for_nats(_LOSSES),
                    mistakes.no_minus(_LOSSES),
                    Mistake(
                        "from the largest",
                        1001 - _Z,
                        "Those are distances from the largest logit. LSE lies above it.",
                    ),
                    Mistake(
                        "probabilities",
                        _SOFTMAX,
                        "Those are probabilities. What does each cost?",
                    ),
                ),
            ),
            Number(
                name="near",
                label="The loss of the second of (1000, 1000.1, 999.9), in nats",
                answer=_NEAR,
                unit="nats",
                mistakes=(
                    mistakes.bits_for_nats(_NEAR),
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
                    Mistake("first set", _ABOVE, "That is the loss in the first set."),
                ),
            ),
        ),
        hints=(
            "Take e¹⁰⁰¹ out of the sum.",
            "LSE = 1001 + ln(1 + e⁻¹ + e⁻²).",
            "A loss is LSE minus the true logit.",
        ),
    ),
    Exercise(
        id="exercise-stable-binary",
        prompt="The stable form of one logit's loss",
        fields=(
            Vector(
                name="values",
                label="L at (−200, 1), (20, 0) and (0, 1), in nats",
                labels=("first", "second", "third"),
                answer=_BINARY,
                unit="nats",
                mistakes=(
                    Mistake(
                        "targets swapped",
                        _OTHER,
                        "Those are the losses with yes and no exchanged.",
                    ),
                    Mistake(
                        "overflow",
                        [math.inf, _BINARY[1], _BINARY[2]],
                        "The first is large, but finite: its q is merely too small to write.",
                    ),
                    Mistake(
                        "no logarithm",
                        [200, 20, 0],
                        "The last term, ln(1 + e^(−|z|)), is not 0 at z = 0.",
                    ),
                    Mistake(
                        "sign of z t",
                        np.maximum(_CASES[0], 0)
                        + _CASES[0] * _CASES[1]
                        + np.log1p(np.exp(-np.abs(_CASES[0]))),
                        "A loss of −200? Look at the sign of z·t.",
                    ),
                ),
            ),
        ),
        hints=(
            "At z = −200 and t = 1 only one of the three terms is of any size.",
            "At z = 20 and t = 0 the first term is 20; the last is tiny.",
            "At z = 0 both outcomes are equally likely.",
        ),
    ),
    Exercise(
        id="exercise-first-break",
        prompt="The first whole d that breaks float32",
        fields=(
            Whole(
                name="zero",
                label="log-softmax loss of class 0 at (d, 0) is exactly 0 from d =",
                answer=_LOST,
                mistakes=(
                    Mistake(
                        "one early", _LOST - 1, "There one last digit is still left."
                    ),
                    Mistake("one late", _LOST + 1, "It is 0 one step earlier already."),
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
            ),
            Whole(
                name="gone",
                label="log(softmax) of class 1 at (d, 0, 0) is −∞ from d =",
                answer=_GONE,
                mistakes=(
                    Mistake(
                        "one early",
                        _GONE - 1,
                        "There the smallest number is still left.",
                    ),
                    Mistake(
                        "one late", _GONE + 1, "It is −∞ one step earlier already."
                    ),
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
            ),
        ),
        hints=(
            "Two different things break: the 1 swallows a small number, or it becomes 0.",
            "1 + e^(−d) is 1 when e^(−d) is at most half a last digit.",
            "The smallest float32 above 0 is 2⁻¹⁴⁹; less than half of it becomes 0.",
        ),
    ),
)

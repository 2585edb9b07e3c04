"""The lab on a classifier that claims too much.

What it asks of the digits is asked of functions that the students write: the digits
themselves come with scikit-learn, which the library does not import.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from ce_lib.calibration import expected_calibration_error, fit_temperature
from ce_lib.checks import Float64
from ce_lib.losses import softmax_cross_entropy
from ce_lib.numerics import softmax
from ce_lib.practice import properties, shrink
from ce_lib.practice.code import Args, Failure, Property, Runner, Task, show
from ce_lib.practice.define import Fields, code_exercise, exercise
from ce_lib.practice.exercise import Choice, Mistake, Number, Option

#: A bin of an honest forecaster, and how far it may stray instead.
_CLAIM, _CASES, _STRAY = 0.9, 36, 0.01

#: How near a temperature has to come to the best one, in proportion.
_NEAR = 1e-2

_SCALES = (1.0, 3.0, 300.0)


def _random_batch(rng: np.random.Generator) -> Args:
    N, K = rng.integers(1, 5), rng.integers(2, 5)
    z = np.round(rng.normal(size=(N, K)) * rng.choice(_SCALES), 2)
    return z, rng.integers(0, K, N)


_BATCHES: tuple[Args, ...] = (
    (np.array([[0.0, 1.0]]), np.array([1])),
    (np.array([[0.0, 1.0]]), np.array([0])),
    (np.array([[1.0, 2.0, 3.0]]), np.array([0])),
    (np.array([[2.0, 1.0], [4.0, 1.0]]), np.array([1, 0])),
    (np.array([[0.0, 1000.0]]), np.array([0])),
    (np.array([[0.0, 800.0, 1.0], [3.0, 0.0, 1.0]]), np.array([0, 2])),
)


# What it claims, and what it gets right


@code_exercise(
    "`report(z, y)`: the mean log loss in nats, the share right, and the mean claim, for "
    "logits `z` (N, K) and classes `y` (N,).",
    hints=(
        "A claim is the largest probability of a row. It is right where the largest logit "
        "stands at y.",
        "`log_softmax(z)[np.arange(len(y)), y]` are the logarithms that the loss needs. The "
        "logarithm of a probability that became 0 would be −∞.",
    ),
)
def lab_digits_report() -> Task:
    def reference(z: Any, y: Any) -> Float64:
        right = (z.argmax(axis=1) == y).mean()
        claim = softmax(z).max(axis=1).mean()
        return np.array([softmax_cross_entropy(z, y), right, claim])

    return Task(
        call="report",
        reference=reference,
        chosen=_BATCHES,
        random=_random_batch,
        simpler=shrink.logits_and_targets,
        properties=properties.parts(
            "the mean log loss", "the share right", "the mean claim"
        ),
    )


# The gap, in bins


def _gaps(claims: Any, hits: Any, n_bins: int) -> Float64:
    return np.array(
        [
            expected_calibration_error(claims, hits, n_bins, norm=norm)
            for norm in ("l1", "max")
        ]
    )


def _claims(rng: np.random.Generator) -> Args:
    """Draw claims off the borders of all bins, and what came true."""
    cases = int(rng.integers(1, 9))
    claims = rng.integers(0, 20, cases) / 20 + rng.choice([0.011, 0.023, 0.037])
    return claims, rng.integers(0, 2, cases), int(rng.choice([2, 4, 5, 10]))


def _fewer_claims(args: Args) -> Iterator[Args]:
    claims, hits, n_bins = args
    for at in range(len(claims)) if len(claims) > 1 else ():
        yield np.delete(claims, at), np.delete(hits, at), n_bins
    for new in (1.0, 0.8):
        for one in np.eye(len(claims), dtype=bool)[claims != new]:
            yield np.where(one, new, claims), hits, n_bins
    if n_bins > 2:
        yield claims, hits, 2


@code_exercise(
    "`gaps(claims, hits, n_bins)`: the mean gap over the bins, a bin counting by its share of "
    "the cases, and the largest gap of any bin.",
    hints=(
        "A bin’s gap is the distance of its mean claim from its share of hits.",
        "`np.ceil(claims * n_bins)` is 1 in the first bin and `n_bins` in the last. Loop over "
        "them, and leave the empty ones out.",
        "`inside.mean() * abs(claims[inside].mean() - hits[inside].mean())` is what one bin "
        "adds to the mean gap.",
    ),
)
def lab_gaps() -> Task:
    def said(claims: list[float], hits: list[int], n_bins: int) -> Args:
        return np.array(claims), np.array(hits), n_bins

    return Task(
        call="gaps",
        reference=_gaps,
        chosen=(
            said([1], [1], 2),
            said([1], [0], 2),
            said([0.8], [1], 2),
            said([0.8, 0.8, 0.8, 0.8], [1, 1, 0, 0], 5),
            said([0.72, 0.78], [1, 0], 10),
            said([0.72, 0.78], [1, 0], 2),
            said([0.9, 0.3, 0.9], [1, 0, 0], 5),
            said([0.9, 0.9, 0.9, 0.3], [1, 1, 1, 0], 2),
        ),
        random=_claims,
        simpler=_fewer_claims,
        properties=properties.parts("the mean gap", "the largest gap"),
    )


@exercise(
    "A forecaster who keeps her word says nine in ten, 36 times.",
    hints=(
        "One yes or no with probability q has the variance q(1 − q).",
        "A frequency over n cases strays by the root of q(1 − q)/n.",
        "Solve that for n.",
    ),
)
def lab_stray() -> Fields:
    variance = _CLAIM * (1 - _CLAIM)
    stray = math.sqrt(variance / _CASES)
    yield Number(
        name="stray",
        label="how far the frequency strays, one standard error",
        answer=stray,
        probability=True,
        mistakes=(
            Mistake(
                "variance",
                variance / _CASES,
                "That is the variance of the frequency. Take its root.",
            ),
            Mistake(
                "one case",
                math.sqrt(variance),
                "That is how far one case strays. There are 36.",
            ),
            Mistake(
                "divided by n",
                math.sqrt(variance) / _CASES,
                "Divide the variance by 36, and take the root after it.",
            ),
            Mistake("two", 2 * stray, "That is two standard errors."),
        ),
    )
    yield Number(
        name="cases",
        label="how many cases it takes to stray by a hundredth",
        answer=variance / _STRAY**2,
        mistakes=(
            Mistake(
                "in proportion",
                _CASES * stray / _STRAY,
                "Five times as exact takes more than five times the cases.",
            ),
            Mistake(
                "not squared",
                variance / _STRAY,
                "The hundredth is a root. Square it before you divide.",
            ),
            Mistake(
                "one case",
                math.sqrt(variance) / _STRAY,
                "Square both sides before you solve for n.",
            ),
            Mistake(
                "two",
                4 * variance / _STRAY**2,
                "That is for two standard errors.",
            ),
        ),
    )


# One number mends it


def _slope(z: Any, y: Any, b: float) -> float:
    q = softmax(b * z)
    return float(((q * z).sum(axis=1) - z[np.arange(len(y)), y]).mean())


def _at_a_temperature(rng: np.random.Generator) -> Args:
    z, y = _random_batch(rng)
    return z, y, float(rng.choice([0.25, 0.5, 1, 2]))


def _simpler_at_one(args: Args) -> Iterator[Args]:
    z, y, b = args
    for logits, classes in shrink.logits_and_targets((z, y)):
        yield logits, classes, b


def _slope_at(sentence: str, asked: Callable[[float], bool]) -> Property:
    """The slope agrees at some b: a step on the way to all."""

    def test(run: Runner, reference: Callable[..., Any], args: Args) -> Failure | None:
        if not asked(args[2]):
            return None
        return properties.agrees().test(run, reference, args)

    return Property(sentence, test, step=True)


@code_exercise(
    "`slope(z, y, b)`: how fast the mean loss of logits b·z grows with `b`, for `z` (N, K) and "
    "classes `y` (N,).",
    hints=(
        "The loss of a row is ln Σ exp(b·z_k) − b·z_y. Take the slope in b.",
        "The mean over rows of Σ q_k z_k − z_y, with q = softmax(b·z): the z are not "
        "multiplied by b.",
    ),
)
def lab_loss_slope() -> Task:
    return Task(
        call="slope",
        reference=_slope,
        chosen=(
            *((z, y, 1.0) for z, y in _BATCHES),
            (np.array([[0.0, 1.0]]), np.array([1]), 0.5),
            (np.array([[2.0, 1.0], [4.0, 1.0]]), np.array([1, 0]), 2.0),
        ),
        random=_at_a_temperature,
        simpler=_simpler_at_one,
        properties=(
            properties.RUNS,
            properties.SHAPE,
            _slope_at("agrees with the reference at b = 1", lambda b: b == 1),
            _slope_at("agrees with the reference at every other b", lambda b: b != 1),
            properties.QUIET,
            properties.KEEPS_INPUT,
        ),
    )


def _best(z: Any, y: Any) -> float:
    """Return the temperature with the lowest mean loss, or 0 if there is none."""
    try:
        return fit_temperature(z, y)
    except ValueError:
        return 0.0


def _fair(args: Args) -> bool:
    """Whether there is a best temperature, and none that a search would overlook."""
    return 1 / 8 < _best(*args) < 8


def _cases(rng: np.random.Generator) -> Args:
    """Draw logits, and classes that came as logits of another size say."""
    while True:
        z = np.round(rng.normal(size=(int(rng.integers(12, 30)), 3)) * 2, 1)
        q = softmax(z, temperature=float(rng.choice([0.5, 1, 2, 4])))
        y = (q.cumsum(axis=1) < rng.random((len(z), 1))).sum(axis=1)
        if _fair((z, y)):
            return z, y


def _fewer_cases(args: Args) -> Iterator[Args]:
    """One case fewer: a search takes its time, and rounder logits would take more."""
    z, y = args
    for at in range(len(y)):
        fewer = np.delete(z, at, axis=0), np.delete(y, at)
        if len(y) > 1 and _fair(fewer):
            yield fewer


def _too_sure(run: Runner, reference: Callable[..., Any], args: Args) -> Failure | None:
    came, want = properties.array(run(*args)), reference(*args)
    if isinstance(came, Failure):
        return came
    if came.shape == () and (came > 1) == (want > 1):
        return None
    return Failure(show(came), f"{'more' if want > 1 else 'less'} than 1")


@code_exercise(
    "`temperature(z, y)`: the T with the lowest mean log loss of logits z/T, to a hundredth of "
    "it; it lies between 1/8 and 8.",
    hints=(
        "With b = 1/T the slope rises with b. So where it is below 0, b is too small.",
        "Begin with b between 1/100 and 100, and halve: look at the slope in the middle, and "
        "keep the half in which it passes 0. Fifty steps are plenty. Return 1/b.",
    ),
)
def lab_temperature_by_hand() -> Task:
    def case(z: list[list[float]], y: list[int]) -> Args:
        return np.array(z, dtype=np.float64), np.array(y)

    return Task(
        call="temperature",
        reference=fit_temperature,
        chosen=(
            case([[2, 1], [2, 1], [2, 1], [2, 1]], [0, 0, 0, 1]),
            case([[3, 0], [3, 0], [3, 0], [3, 0]], [0, 0, 0, 1]),
            case([[0, 4], [4, 0], [0, 4]], [1, 0, 0]),
        ),
        random=_cases,
        random_inputs=3,
        simpler=_fewer_cases,
        properties=(
            properties.RUNS,
            properties.SHAPE,
            Property(
                "is above 1 for who is too sure, and below 1 for who is too modest",
                _too_sure,
                step=True,
            ),
            Property(
                "is within a hundredth of the best",
                properties.agrees(rtol=_NEAR).test,
                step=True,
            ),
            properties.QUIET,
            properties.KEEPS_INPUT,
        ),
    )


@exercise(
    "All logits of a classifier of ten classes are divided by the same T above 1.",
    hints=(
        "Which logit of a row is the largest, before and after?",
        "Two pictures may have the same lead over the second class, and different ones over "
        "the other eight.",
    ),
)
def lab_what_stays() -> Fields:
    parts = (
        (
            "right",
            "The share of right answers",
            "stays",
            "The largest logit of a row stays the largest.",
            "Which logit of a row is the largest? Dividing all of them does not change that.",
        ),
        (
            "loss",
            "The log loss",
            "moves",
            "The truth’s probability moves, and its price.",
            "Every probability moves. Does the price of the truth?",
        ),
        (
            "order",
            "Which of two pictures is claimed more surely",
            "moves",
            "It may: one picture has a single rival, another has nine, and a temperature "
            "weighs them otherwise.",
            "With two classes it would. With ten, rivals add up, and a temperature weighs "
            "near and far ones otherwise.",
        ),
    )
    for name, label, answer, right, wrong in parts:
        yield Choice(
            name=name,
            label=label,
            answer=answer,
            options=tuple(
                Option(key, text, right if key == answer else wrong)
                for key, text in (("stays", "It stays."), ("moves", "It can change."))
            ),
        )


@exercise(
    "A calibration error of 0, in ten bins.",
    hints=(
        "In every bin the mean claim is the share of hits. What may be added up from that?",
        "Who says the same of every digit can have this error, too.",
    ),
)
def lab_what_follows() -> Fields:
    parts = (
        (
            "on_average",
            "Over all digits, the mean claim is the share of right answers.",
            "follows",
            "It does: it holds in every bin, and the whole is a mean over the bins.",
            "It holds in every bin. So what about the mean over the bins?",
        ),
        (
            "scanners",
            "It keeps its word on each of the two scanners.",
            "open",
            "It may be too sure on the one and too modest on the other, within each bin.",
            "A bin holds digits of both. Can one’s excess be the other’s lack?",
        ),
        (
            "cheaper",
            "It has a lower log loss than a model whose error is larger.",
            "open",
            "It may not tell one digit from another, and pay for that.",
            "What does it pay who says one tenth for each digit, every time?",
        ),
    )
    for name, label, answer, right, wrong in parts:
        yield Choice(
            name=name,
            label=label,
            answer=answer,
            options=tuple(
                Option(key, text, right if key == answer else wrong)
                for key, text in (
                    ("follows", "It follows."),
                    ("open", "It does not follow."),
                )
            ),
        )

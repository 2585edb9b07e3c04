"""The lab on losses, starts, ways down and rates, measured in steps."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from ce_lib.information import entropy, surprisal
from ce_lib.numerics import sigmoid
from ce_lib.practice import mistakes, properties
from ce_lib.practice.code import Args, Task
from ce_lib.practice.define import Fields, code_exercise, exercise
from ce_lib.practice.exercise import Choice, Mistake, Number, Option, Vector, Whole

Array = np.ndarray[Any, Any]
Pull = Callable[[Any, Any], Any]
Way = Callable[[Any, Any, Any, int], tuple[Any, Any, Any]]

#: Where the unit starts, sure of no, and how sure of yes it has to become.
_START, _DONE = -8, 0.9
#: The rates that are tried, and one for the careful.
_RATES = 2.0 ** np.arange(-12, 8)
_CAREFUL = 1 / 8


def _log_pull(q: Any, y: Any) -> Any:
    return y - q


def _squared_pull(q: Any, y: Any) -> Any:
    return 2 * (y - q) * q * (1 - q)


def _plain(push: Any, m: Any, v: Any, t: int) -> tuple[Any, Any, Any]:
    return push, m, v


def _momentum(push: Any, m: Any, v: Any, t: int) -> tuple[Any, Any, Any]:
    m = 0.9 * m + push
    return m, m, v


def _adam(push: Any, m: Any, v: Any, t: int) -> tuple[Any, Any, Any]:
    m = 0.9 * m + 0.1 * push
    v = 0.999 * v + 0.001 * push**2
    step = (m / (1 - 0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)
    return step, m, v


def _race(z: float, pull: Pull) -> int:
    """How many plain steps one unit takes from z until it says yes."""
    steps = 0
    while (q := float(sigmoid(z))) < _DONE:
        z, steps = z + pull(q, 1), steps + 1
    return steps


class _Songs(NamedTuple):
    """Songs with three features and a 1, their answers, and how probable a yes was."""

    X: Array
    y: Array
    truth: Array


@cache
def _songs(bias: float) -> _Songs:
    rng = np.random.default_rng(1)
    X = np.column_stack([rng.standard_normal((500, 3)), np.ones(500)])
    truth = np.asarray(sigmoid(X @ [1.5, -1, 0.5, bias]))
    return _Songs(X, (rng.random(500) < truth).astype(float), truth)


@cache
def _arrive(
    bias: float, pull: Pull, way: Way, start: float, near: float
) -> dict[float, float]:
    """After how many steps, at each rate, the claims are near the truth and stay there."""
    X, y, truth = _songs(bias)
    w, m, v, off = np.zeros((len(_RATES), 4)), 0, 0, []
    w[:, 3] = start
    for t in range(1, 301):
        q = np.asarray(sigmoid(w @ X.T))
        off.append(np.abs(q - truth).mean(axis=1))
        step, m, v = way(pull(q, y) @ X / len(X), m, v, t)
        w = w + _RATES[:, None] * step
    late = np.array(off)[::-1] > near
    steps = np.where(late[0], np.inf, 300 - late.argmax(axis=0))
    return dict(zip(_RATES.tolist(), steps.tolist(), strict=True))


def _fewest(way: Way, start: float) -> list[float]:
    """The fewest steps at any rate, by cross-entropy and by squared error."""
    return [
        min(_arrive(0.5, pull, way, start, 0.08).values())
        for pull in (_log_pull, _squared_pull)
    ]


@exercise(
    "How hard either loss pushes a sure mistake.",
    hints=(
        "q = σ(−8). The push is minus the slope in z, not in q: the chain rule brings "
        "dq/dz = q(1 − q).",
        "Cross-entropy pushes by 1 − q, and squared error by that times 2q(1 − q).",
    ),
    show="squared-error#logit-lab?z=-8&rate=1&steps=0",
)
def lab_pushes() -> Fields:
    q = float(sigmoid(_START))
    yield Number(
        name="log",
        label="the push of −ln q in z",
        answer=1 - q,
        mistakes=(
            Mistake("in q", 1 / q, "That is the push in q. What does z feel of it?"),
            Mistake(
                "the price", float(surprisal(q)), "That is the loss, not its push."
            ),
            Mistake("the other side", q, "That is q itself. The truth is yes."),
        ),
    )
    push = 2 * q * (1 - q) ** 2
    yield Number(
        name="squared",
        label="the push of (1 − q)² in z",
        answer=push,
        mistakes=(
            Mistake(
                "in q", 2 * (1 - q), "That is the push in q. What does z feel of it?"
            ),
            Mistake("no 2", push / 2, "The square brings a factor 2."),
            Mistake("the loss", (1 - q) ** 2, "That is the loss, not its push."),
        ),
    )


@exercise(
    "The wait of squared error: foretold, and measured.",
    hints=(
        "1/q is about e⁸ at the start, and falls by about 2 with each step.",
        "`race(-8, squared_pull)` measures it.",
    ),
    show="squared-error#logit-lab?z=-8&rate=1&steps=19",
)
def lab_wait() -> Fields:
    yield Number(
        name="foretold",
        label="the steps that the rule of thumb foretells",
        answer=math.exp(-_START) / 2,
        # Whole steps are right, and so is who takes 1/q at the start exactly.
        tolerance=1e-3,
        mistakes=(
            Mistake(
                "one a step",
                math.exp(-_START),
                "That is 1/q at the start. How much of it goes with each step?",
            ),
            Mistake(
                "a distance",
                -_START / 2,
                "The logit has 8 to go. It is 1/q that falls by 2 with each step.",
            ),
            Mistake(
                "a smaller start",
                math.exp(-_START / 2) / 2,
                "That would be the wait from −4.",
            ),
        ),
    )
    yield Whole(
        name="measured",
        label="the steps that squared error needs from −8 at rate 1",
        answer=_race(_START, _squared_pull),
        mistakes=(
            Mistake(
                "cross-entropy",
                _race(_START, _log_pull),
                "That is cross-entropy. Hand over the other pull.",
            ),
            Mistake(
                "from −4", _race(_START / 2, _squared_pull), "That is the wait from −4."
            ),
        ),
    )


def _pushed(rng: np.random.Generator) -> Args:
    push, m = np.round(rng.normal(size=(2, 2)) * 10.0 ** rng.integers(-6, 2), 8)
    return push, m, np.round(m**2, 8), int(rng.integers(1, 50))


def _simpler(args: Args) -> Iterator[Args]:
    """A rounder push, no memory, and the first step."""
    push, m, v, t = args
    if np.ndim(push) and len(push) > 1:
        yield push[:1], m[:1], v[:1], t
    yield push, m, v, 1
    yield push, m, 0 * v, t
    yield push, 0 * m, v, t
    yield np.round(push), m, v, t


@code_exercise(
    "`adam(push, m, v, t)`: the step, and the new `m` and `v`, from the `push` of step `t`.",
    hints=(
        "First the two memories, then the step from the new ones. What is 1 − 0.9ᵗ for the "
        "first step, and what does it undo?",
        "`m = 0.9 * m + 0.1 * push`, `v = 0.999 * v + 0.001 * push**2`, then `(m / (1 - "
        "0.9**t)) / (np.sqrt(v / (1 - 0.999**t)) + 1e-8)`.",
    ),
)
def lab_adam() -> Task:
    none = np.zeros(1)
    return Task(
        call="adam",
        reference=lambda push, m, v, t: np.array(_adam(push, m, v, t)),
        chosen=(
            (np.ones(1), none, none, 1),
            (none, none, none, 1),
            (np.array([1e-6]), none, none, 1),
            (np.ones(1), np.ones(1), np.ones(1), 10),
        ),
        random=_pushed,
        simpler=_simpler,
        properties=properties.parts("the step", "m", "v"),
    )


@exercise(
    "The hundredth step under a push of 0.001 that stays, at rate 1.",
    hints=(
        "Momentum adds up: 0.001 times the sum of 1, 0.9, 0.9² and so on.",
        "Adam divides a mean of pushes by the root of a mean of squares. What is that, if "
        "all pushes are the same?",
    ),
)
def lab_same_push() -> Fields:
    push, steps = 0.001, []
    for way in (_plain, _momentum, _adam):
        m = v = step = 0.0
        for t in range(1, 101):
            step, m, v = way(push, m, v, t)
        steps.append(float(step))
    yield Vector(
        name="steps",
        label="the hundredth step",
        answer=steps,
        labels=("plain", "momentum", "Adam"),
        mistakes=(
            Mistake(
                "momentum averages",
                [push, push, steps[2]],
                "This momentum does not average, it adds up: nine tenths of what was, and "
                "the push.",
            ),
            Mistake(
                "Adam averages",
                [push, steps[1], push],
                "Adam’s m is such a mean. But it is divided by the root of v.",
            ),
            Mistake(
                "no root",
                [push, steps[1], 1 / push],
                "Adam divides by the root of the mean square.",
            ),
            Mistake(
                "all added",
                [push, 100 * push, steps[2]],
                "Momentum forgets a tenth with each step: it adds up to ten pushes, not a "
                "hundred.",
            ),
        ),
    )


@exercise(
    "Why squared error overtakes with Adam.",
    hints=(
        "For which loss does the push grow on the way, and for which does it shrink?",
        "The step is the push over the recent size of the push. When is that above 1?",
    ),
)
def lab_overtaken() -> Fields:
    yield Choice(
        name="why",
        label="With Adam, from −8, squared error needs fewer steps. Why?",
        answer="b",
        options=(
            Option(
                "a",
                "Its push is the larger one.",
                "It is the smaller one all the way, at first by more than a thousand "
                "times.",
            ),
            Option(
                "b",
                "Its push grows on the way, that of cross-entropy shrinks.",
                "Right. Adam compares a push with those before it. Who pushes harder than "
                "before steps further.",
            ),
            Option(
                "c",
                "Adam sees which loss is used.",
                "It sees pushes, and nothing else.",
            ),
            Option(
                "d",
                "Squared error has less far to go.",
                "Both start and end at the same logits.",
            ),
        ),
    )


@exercise(
    "The fewest steps at any of the rates, from a bias of −8.",
    hints=(
        "arrive(...) returns a dict from rates to steps.",
        "`min(arrive(rock, log_pull, plain, -8, 0.08).values())` is the first of the four.",
    ),
)
def lab_own_rates() -> Fields:
    names = ("cross-entropy", "squared error")
    momentum = _fewest(_momentum, _START)
    for name, way, spoken in (
        ("plain", _plain, "plain gradient descent"),
        ("adam", _adam, "Adam"),
    ):
        answer = _fewest(way, _START)
        yield Vector(
            name=name,
            label=f"the fewest steps of {spoken}",
            answer=answer,
            labels=names,
            mistakes=(
                Mistake(
                    "from 0", _fewest(way, 0), "That is from a bias of 0. Start at −8."
                ),
                Mistake(
                    "momentum", momentum, "That is momentum. Another way is asked for."
                ),
                Mistake(
                    "their rates",
                    [
                        min(rates, key=lambda rate: rates[rate])
                        for pull in (_log_pull, _squared_pull)
                        for rates in [_arrive(0.5, pull, way, _START, 0.08)]
                    ],
                    "Those are the best rates. How many steps do they need?",
                ),
                Mistake(
                    "the keys",
                    [_RATES[0], _RATES[0]],
                    "That is the smallest rate. The steps are the values of the dict.",
                ),
                Mistake(
                    "swapped", answer[::-1], f"The order is {names[0]}, {names[1]}."
                ),
            ),
        )


@exercise(
    "What the four numbers bear out.",
    hints=(
        "Hold each sentence against all four numbers, and against the start at 0.",
        "Compare the two ways for each loss by itself, not only the losses.",
    ),
)
def lab_borne_out() -> Fields:
    yield Choice(
        name="sentence",
        label="Which sentence do the numbers bear out?",
        answer="c",
        options=(
            Option(
                "a",
                "Squared error only lacked a rate of its own.",
                "It has one now, and still needs many times as many steps.",
            ),
            Option(
                "b",
                "Adam is the faster way down, whatever the loss.",
                "At their best rates both arrive sooner without it.",
            ),
            Option(
                "c",
                "After a bad start cross-entropy is ahead either way. Adam makes the gap "
                "smaller, and neither faster.",
                "Right. Adam slows cross-entropy down more than squared error. That is how "
                "the gap shrinks.",
            ),
            Option(
                "d",
                "Cross-entropy is always ahead.",
                "From a bias of 0 each needs a single step, at the best of the rates shown.",
            ),
        ),
    )


def _share() -> float:
    return float(_songs(-5).y.mean())


@exercise(
    "The bias that says the share, and the first loss with it.",
    hints=(
        "Which logit has the share as its σ?",
        "ln(share / (1 − share)). With all weights 0 every song pays the entropy of the "
        "shares, on average.",
    ),
)
def lab_base_rate() -> Fields:
    share = _share()
    yield Number(
        name="bias",
        label="the logit of the share",
        answer=math.log(share / (1 - share)),
        mistakes=(
            Mistake(
                "wrong sign",
                math.log((1 - share) / share),
                "That says the share of the others. Which is rarer?",
            ),
            Mistake(
                "logarithm of the share",
                math.log(share),
                "Close, for rare tags. The logit compares with the others.",
            ),
            Mistake(
                "odds",
                share / (1 - share),
                "Those are the odds. The logit is their logarithm.",
            ),
        ),
    )
    price = float(entropy([share, 1 - share]))
    yield Number(
        name="first_loss",
        label="the first mean loss with that bias",
        answer=price,
        unit="nats",
        mistakes=(
            Mistake(
                "bias 0",
                math.log(2),
                "That is the first loss with a bias of 0.",
            ),
            Mistake(
                "tagged songs alone",
                float(surprisal(share)),
                "That is what a tagged song pays. Most songs have no tag.",
            ),
            Mistake(
                "the others alone",
                float(surprisal(1 - share)),
                "That is what the other songs pay. Some have the tag.",
            ),
            mistakes.bits_for_nats(price),
        ),
    )


@exercise(
    "Steps from a bias of 0, and from the base rate.",
    hints=(
        "`arrive(rare, log_pull, adam, 0, 0.02)[1 / 8]` is the first of the four.",
        "For plain gradient descent take the fewest over all rates, from each start.",
    ),
)
def lab_good_start() -> Fields:
    bias = math.log(_share() / (1 - _share()))
    starts = ("from 0", "from the base rate")
    adam = [_arrive(-5, _log_pull, _adam, start, 0.02) for start in (0, bias)]
    plain = [_arrive(-5, _log_pull, _plain, start, 0.02) for start in (0, bias)]
    careful = [steps[_CAREFUL] for steps in adam]
    bold = [min(steps.values()) for steps in plain]
    yield Vector(
        name="careful",
        label="Adam with the rate 1/8",
        answer=careful,
        labels=starts,
        mistakes=(
            Mistake(
                "best rate",
                [min(steps.values()) for steps in adam],
                "That is Adam at its best rates. The careful rate is 1/8.",
            ),
            Mistake("swapped", careful[::-1], "The start at 0 comes first."),
        ),
    )
    yield Vector(
        name="bold",
        label="plain gradient descent at its best rate",
        answer=bold,
        labels=starts,
        mistakes=(
            Mistake(
                "rate 1",
                [steps[1.0] for steps in plain],
                "That is rate 1. Each start may choose its own rate.",
            ),
            Mistake("swapped", bold[::-1], "The start at 0 comes first."),
        ),
    )

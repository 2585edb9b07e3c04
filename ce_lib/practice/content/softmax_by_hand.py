"""The lab that builds softmax regression by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial
from typing import Any, NamedTuple

import numpy as np

from ce_lib.checks import Float64
from ce_lib.genres import GENRES, GenreWorld
from ce_lib.information import entropy, kl_divergence, surprisal
from ce_lib.numerics import log_softmax, softmax
from ce_lib.practice import mistakes, properties, shrink
from ce_lib.practice.code import (
    Args,
    Failure,
    Property,
    Runner,
    Task,
    difference,
    show,
)
from ce_lib.practice.define import Fields, code_exercise, exercise
from ce_lib.practice.exercise import Choice, Mistake, Number, Option

#: How the lab trains: the rate, the steps, and λ of the weight decay.
_RATE, _STEPS, _DECAY = 1, 500, 0.01

Slopes = Callable[[Float64, Float64, Float64], Float64]


def _bordered(X: Float64) -> Float64:
    """The features with a 1 for the bias."""
    return np.column_stack([X, np.ones(len(X))])


def _scores(theta: Float64, X: Float64) -> Float64:
    """XWᵀ + b, with W and b side by side in the table θ."""
    scores: Float64 = _bordered(X) @ theta.T
    return scores


def _log_probabilities(theta: Float64, X: Float64) -> Float64:
    logs: Float64 = log_softmax(_scores(theta, X))
    return logs


def _mean_loss(theta: Float64, X: Float64, Y: Float64) -> float:
    return float((Y * -_log_probabilities(theta, X)).sum(axis=1).mean())


def _gradient(
    theta: Float64, X: Float64, Y: Float64, *, ln_base: float = 1.0
) -> Float64:
    Q = softmax(ln_base * _scores(theta, X))
    table: Float64 = (Q - Y).T @ _bordered(X) / len(X)
    return table


#: The lab's wrong gradient, whose softmax takes powers of 2.
_in_base_2 = partial(_gradient, ln_base=float(np.log(2)))


def _differences(theta: Float64, X: Float64, Y: Float64, h: float) -> Float64:
    table = np.zeros_like(theta)
    for at in np.ndindex(theta.shape):
        moved = [theta.copy(), theta.copy()]
        moved[0][at] += h
        moved[1][at] -= h
        up, down = (_mean_loss(each, X, Y) for each in moved)
        table[at] = (up - down) / (2 * h)
    return table


def _lightest(theta: Float64) -> Float64:
    table: Float64 = theta - theta.mean(axis=0)
    return table


class _Lab(NamedTuple):
    """The lab's songs, scaled, and what the truth pays for the fresh ones."""

    X: Float64
    Y: Float64
    fresh_X: Float64
    fresh_Y: Float64
    raw: Float64  #: the fresh songs as they came
    truth: Float64  #: their true probabilities

    def pays(self, theta: Float64) -> float:
        return _mean_loss(theta, self.fresh_X, self.fresh_Y)


@cache
def _lab() -> _Lab:
    world = GenreWorld(seed=0)
    songs, y = world.sample(2000)
    raw, fresh_y = world.sample(20_000)
    middle, spread = songs.mean(axis=0), songs.std(axis=0)
    one_hot = np.eye(len(GENRES))
    return _Lab(
        (songs - middle) / spread,
        one_hot[y],
        (raw - middle) / spread,
        one_hot[fresh_y],
        raw,
        world.posterior(raw),
    )


#: The tables of the lab: no weights, and some.
_ZERO = np.zeros((4, 4))
_SOME = np.random.default_rng(1).normal(size=(4, 4)).round(1)


@cache
def _trained(slopes: Slopes, rate: float = _RATE, steps: int = _STEPS) -> Float64:
    theta = _ZERO
    for _ in range(steps):
        theta = theta - rate * slopes(theta, _lab().X, _lab().Y)
    return theta


def _a_table(rng: np.random.Generator, classes: int, features: int) -> Float64:
    size = rng.choice([1, 1, 300])
    table: Float64 = (rng.normal(size=(classes, features + 1)) * size).round(1)
    return table


def _some_songs(rng: np.random.Generator) -> Args:
    songs, features, classes = int(rng.integers(1, 5)), int(rng.integers(1, 4)), 3
    X = rng.normal(size=(songs, features)).round(1)
    Y = np.eye(classes)[rng.integers(0, classes, songs)]
    return _a_table(rng, classes, features), X, Y


def _songs_and_step(rng: np.random.Generator) -> Args:
    theta, X, Y = _some_songs(rng)
    return theta / np.abs(theta).max(), X, Y, float(rng.choice([1, 0.1, 0.01]))


def _simpler(args: Args) -> Iterator[Args]:
    """A song or a feature fewer, or a rounder number; a step h stays."""
    theta, X, *rest = args
    for song in range(len(X)) if len(X) > 1 else ():
        Y = [np.delete(part, song, axis=0) for part in rest[:1]]
        yield theta, np.delete(X, song, axis=0), *Y, *rest[1:]
    for feature in range(X.shape[1]) if X.shape[1] > 1 else ():
        fewer = (np.delete(table, feature, axis=1) for table in (theta, X))
        yield *fewer, *rest
    for table in shrink.entries(theta):
        yield table, X, *rest
    for songs in shrink.entries(X):
        yield theta, songs, *rest


def _of_shape(
    run: Runner, reference: Callable[..., Any], args: Args
) -> Float64 | Failure:
    """What came, if it has the shape that was asked for."""
    came, want = properties.array(run(*args)), np.asarray(reference(*args))
    if isinstance(came, Failure) or came.shape == want.shape:
        return came
    return Failure(f"shape {came.shape}", f"shape {want.shape}")


def _sum_to_1(run: Runner, reference: Callable[..., Any], args: Args) -> Failure | None:
    came = _of_shape(run, reference, args)
    if isinstance(came, Failure):
        return came
    with np.errstate(over="ignore"):
        sums, over_songs = (np.exp(came).sum(axis=axis) for axis in (1, 0))
        in_base_2 = np.exp2(came).sum(axis=1)
    if np.allclose(sums, 1):
        return None
    said = f"e to the results sums to {show(sums)}"
    for known, sentence in (
        (in_base_2, "2 to the results sums to 1: which logarithm is it?"),
        (came.sum(axis=1), "the results themselves sum to 1: take the logarithm"),
        (over_songs, "the songs share out a sum of 1, not the genres of a song"),
    ):
        if np.allclose(known, 1):
            said = sentence
    return Failure(said, "e to the results sums to 1 for each song")


def _sum_to_0(run: Runner, reference: Callable[..., Any], args: Args) -> Failure | None:
    came = _of_shape(run, reference, args)
    if isinstance(came, Failure):
        return came
    sums = came.sum(axis=0)
    if np.allclose(sums, 0, atol=1e-9):
        return None
    return Failure(f"sums of {show(sums)}", "0 for each column")


def _same_claims(
    run: Runner, reference: Callable[..., Any], args: Args
) -> Failure | None:
    came = _of_shape(run, reference, args)
    if isinstance(came, Failure):
        return came
    (theta,) = args
    apart, wanted = came - came[0], theta - theta[0]
    if np.allclose(apart, wanted):
        return None
    return Failure(
        f"rows that differ from the first by {show(apart[1:])}",
        f"the differences that they had, {show(wanted[1:])}",
    )


def _columns(name: str, place: slice) -> Property:
    """Some columns equal the reference's: a step on the way to all of them."""

    def test(run: Runner, reference: Callable[..., Any], args: Args) -> Failure | None:
        came, want = _of_shape(run, reference, args), reference(*args)
        if isinstance(came, Failure):
            return came
        came, want = came[:, place], want[:, place]
        if np.allclose(came, want, rtol=1e-9, atol=1e-12):
            return None
        return difference(came, want)

    return Property(f"the slopes in {name} agree with the reference", test, step=True)


_SUM_TO_1 = Property("the probabilities of each song sum to 1", _sum_to_1)
_SUM_TO_0 = Property("each of its columns sums to 0", _sum_to_0)
_SAME_CLAIMS = Property("makes the same predictions", _same_claims)
_TWICE = properties.invariant(
    "stays the same when every song comes twice",
    lambda args: (args[0], *(np.vstack([part, part]) for part in args[1:])),
)

#: One song with one feature, and two genres: small enough for paper.
_PAPER = np.zeros((2, 2)), np.array([[1.0]]), np.array([[1.0, 0]])
_PAIR = (
    np.array([[1.0, 0, 2], [0, -1, 0]]),
    np.array([[1.0, 2], [-1, 0]]),
    np.array([[0.0, 1], [1, 0]]),
)
_LARGE = np.array([[1000.0, 0], [0, 0]]), np.array([[1.0], [-1]]), np.eye(2)


@code_exercise(
    "`log_probabilities(theta, X)`: ln q for every song and genre, (N, K), of the table "
    "`theta` (K, D + 1) and the features `X` (N, D).",
    hints=(
        "First the scores: `X @ theta[:, :-1].T + theta[:, -1]`.",
        "A song is a row: maximum and sum run along `axis=1`, with `keepdims=True`.",
        "Take each row’s maximum off Z; then Z − ln Σ exp(Z).",
    ),
)
def lab_log_probabilities() -> Task:
    return Task(
        call="log_probabilities",
        reference=_log_probabilities,
        chosen=tuple((theta, X) for theta, X, _ in (_PAPER, _PAIR, _LARGE)),
        random=lambda rng: _some_songs(rng)[:2],
        random_inputs=20,
        simpler=_simpler,
        properties=(
            properties.RUNS,
            properties.SHAPE,
            _SUM_TO_1,
            properties.agrees(),
            properties.QUIET,
            properties.KEEPS_INPUT,
        ),
    )


@exercise(
    "What the two thousand songs cost with no weights, and with some.",
    hints=(
        "Multiply Y with the log-probabilities, sum over the genres of a song, and average.",
        "The sum over the genres is `.sum(axis=1)`, the average over the songs `.mean()`.",
    ),
)
def lab_first_losses() -> Fields:
    X, Y = _lab().X, _lab().Y
    songs, genres = Y.shape
    for name, what, theta in (("at_zero", "zero", _ZERO), ("at_some", "some", _SOME)):
        loss = _mean_loss(theta, X, Y)
        known = [
            mistakes.bits_for_nats(loss),
            mistakes.no_minus(loss),
            Mistake(
                "sum for mean",
                loss * songs,
                "That is the bill for all songs. What does one cost, on average?",
            ),
            Mistake(
                "entries for songs",
                loss / genres,
                "You averaged over all entries of the table. Sum over the genres of "
                "a song first.",
            ),
        ]
        if theta is _ZERO:
            known += [
                mistakes.no_log(1 / genres),
                Mistake(
                    "shares",
                    float(entropy(Y.mean(axis=0))),
                    "That is the price of who knows how common each genre is. "
                    "This model has learned nothing yet.",
                ),
            ]
        else:
            own = Y.astype(bool)
            Z = _scores(theta, X)
            known += [
                Mistake(
                    "softmax twice",
                    float(-log_softmax(softmax(Z))[own].mean()),
                    "That is a softmax of a softmax. One of the two has to go.",
                ),
                Mistake(
                    "softmax over the songs",
                    -float(log_softmax(Z, axis=0)[own].mean()),
                    "There the songs share out a sum of 1. The genres of one song should.",
                ),
                Mistake(
                    "no bias",
                    _mean_loss(theta * [1, 1, 1, 0], X, Y),
                    "That is without the last column of `theta`, the bias.",
                ),
                Mistake(
                    "a column for a genre",
                    _mean_loss(theta.T, X, Y),
                    "You took the columns of `theta` for genres. Its rows are.",
                ),
            ]
        yield Number(
            name=name,
            label=f"the mean loss at `theta = {what}`",
            answer=loss,
            unit="nats",
            mistakes=known,
        )


@code_exercise(
    "`gradient(theta, X, Y)`: the slopes of the mean loss in every number of `theta`, a table "
    "of its shape, (K, D + 1).",
    hints=(
        "Begin with the table (Q − Y)/N. Q is e to your log-probabilities.",
        "In W: the transpose of that table, times X. In b: the sum of each of its columns.",
        "`np.column_stack([dW, db])` puts them side by side.",
    ),
)
def lab_gradient() -> Task:
    return Task(
        call="gradient",
        reference=_gradient,
        chosen=(_PAPER, _PAIR, _LARGE),
        random=_some_songs,
        random_inputs=20,
        simpler=_simpler,
        properties=(
            properties.RUNS,
            properties.SHAPE,
            _SUM_TO_0,
            _TWICE,
            _columns("W", slice(None, -1)),
            _columns("b", slice(-1, None)),
            properties.QUIET,
            properties.KEEPS_INPUT,
        ),
    )


@code_exercise(
    "`differences(theta, X, Y, h)`: for every number of `theta`, the mean loss with `h` "
    "added to it, minus that with `h` taken off, divided by `2 * h`; a table of `theta`’s "
    "shape.",
    hints=(
        "`for at in np.ndindex(theta.shape):` runs through all places of the table.",
        "Move a copy: `up = theta.copy()`, then `up[at] += h`. And another for `down`.",
        "`(mean_loss(up, X, Y) - mean_loss(down, X, Y)) / (2 * h)` goes to the same place.",
    ),
)
def lab_differences() -> Task:
    return Task(
        call="differences",
        reference=_differences,
        chosen=(
            (*_PAPER, 1.0),
            (_PAPER[0] + [[1.0, 0], [0, 0]], *_PAPER[1:], 1.0),
            (*_PAIR, 0.5),
        ),
        random=_songs_and_step,
        random_inputs=12,
        simpler=_simpler,
        properties=(
            properties.RUNS,
            properties.SHAPE,
            properties.agrees(rtol=1e-6, atol=1e-9),
            properties.QUIET,
            properties.KEEPS_INPUT,
        ),
    )


@exercise(
    "Which colleague’s gradient is wrong, and by how much?",
    hints=(
        "Compare each with your differences, at `theta = zero` and at `theta = some`.",
        "`np.abs(theirs - ours).max()` is the largest gap between two tables.",
    ),
)
def lab_wrong_gradient() -> Fields:
    X, Y = _lab().X, _lab().Y
    right = _gradient(_SOME, X, Y)
    gaps = _in_base_2(_SOME, X, Y) - right
    off = float(np.abs(gaps).max())
    yield Choice(
        name="which",
        label="Wrong is",
        answer="second",
        options=(
            Option(
                "first",
                "the first",
                "It agrees with your differences to ten digits, wherever you look.",
            ),
            Option(
                "second",
                "the second",
                "Right. It takes powers of 2. At `theta = zero` all scores are 0, and "
                "there every base agrees.",
            ),
            Option(
                "third",
                "the third",
                "It agrees with your differences to ten digits, wherever you look.",
            ),
            Option("none", "none of them", "Compare them at `theta = some`, too."),
        ),
    )
    yield Number(
        name="off",
        label="the largest gap between it and the differences, at `theta = some`",
        answer=off,
        mistakes=(
            Mistake(
                "mean gap",
                float(np.abs(gaps).mean()),
                "That is the mean gap. One wrong slope is enough: take the largest.",
            ),
            Mistake(
                "sum of gaps",
                float(np.abs(gaps).sum()),
                "That adds all gaps. Which single one is the largest?",
            ),
            Mistake(
                "with its sign",
                min(float(gaps.max()), -float(gaps.min())),
                "Gaps have signs. The largest in size is asked for.",
            ),
            Mistake(
                "length",
                float(np.linalg.norm(gaps)),
                "That is the length of all gaps together. Which single one is the largest?",
            ),
            Mistake(
                "in proportion",
                off / float(np.abs(right).max()),
                "That is divided by the largest slope. Give the gap itself.",
            ),
        ),
    )


@exercise(
    "The mean loss after five hundred steps.",
    hints=(
        "A step goes against the slopes.",
        "`theta = theta - rate * slopes(theta, X, Y)`",
    ),
)
def lab_trained() -> Fields:
    X, Y = _lab().X, _lab().Y
    last = _mean_loss(_trained(_gradient), X, Y)
    yield Number(
        name="last",
        label="the mean loss on its own songs, at the end",
        answer=last,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(last),
            Mistake(
                "first",
                _mean_loss(_ZERO, X, Y),
                "That is where it began. Does each step change `theta`?",
            ),
            Mistake(
                "uphill",
                _mean_loss(_trained(_gradient, -_RATE), X, Y),
                "These steps went uphill. Which sign has a step against the slope?",
            ),
            Mistake(
                "one step",
                _mean_loss(_trained(_gradient, steps=1), X, Y),
                "That is after one step. Does each step begin where the last one ended?",
            ),
            Mistake(
                "fifty steps",
                _mean_loss(_trained(_gradient, steps=50), X, Y),
                "That is after fifty steps. Take five hundred.",
            ),
            Mistake(
                "wrong gradient",
                _mean_loss(_trained(_in_base_2), X, Y),
                "That is where the wrong gradient ends. Hand your own to train.",
            ),
        ),
    )


@exercise(
    "What the model pays for fresh songs, and how far that is above the best.",
    hints=(
        "The fresh songs are scaled by the same middle and spread as the old ones.",
        "`world.posterior(fresh)` is the truth. It pays −ln of what it gives each song’s "
        "genre.",
        "above is what the model pays, less what the truth pays for the same songs.",
    ),
)
def lab_above_the_floor() -> Fields:
    lab = _lab()
    theta = _trained(_gradient)
    fresh = lab.pays(theta)
    truth = float(surprisal(lab.truth[lab.fresh_Y.astype(bool)]).mean())
    floor = GenreWorld().conditional_entropy().value
    claims = softmax(_scores(theta, lab.fresh_X))
    own = _mean_loss(theta, lab.X, lab.Y)
    yield Number(
        name="fresh",
        label="the model’s mean loss on the fresh songs",
        answer=fresh,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(fresh),
            Mistake(
                "own songs",
                own,
                "That is the loss on its own songs. These are fresh.",
            ),
            Mistake(
                "the best",
                truth,
                "That is what the best possible pays. And the model?",
            ),
            Mistake(
                "not scaled",
                _mean_loss(theta, lab.raw, lab.fresh_Y),
                "The model has learned from scaled features, and you gave it raw ones.",
            ),
            Mistake(
                "accuracy",
                float(
                    (claims.argmax(axis=1) == lab.fresh_Y.argmax(axis=1)).mean(),
                ),
                "That is how many it names rightly. What does it pay?",
            ),
        ),
    )
    yield Number(
        name="above",
        label="how far it is above the truth, on the same songs",
        answer=fresh - truth,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(fresh - truth),
            mistakes.opposite(
                fresh - truth,
                "Nobody pays less than the truth, on average. Subtract the other way.",
            ),
            Mistake(
                "above the floor",
                fresh - floor,
                "That still has the luck of these songs’ labels in it. Let the truth pay "
                "for the same songs.",
            ),
            Mistake(
                "own songs",
                own - floor,
                "That is its own songs against the floor. Take the fresh ones.",
            ),
            Mistake(
                "divergence",
                float(kl_divergence(lab.truth, claims).mean()),
                "That is the mean divergence, without the labels. It tells the same; asked "
                "for is the difference of two bills.",
            ),
            Mistake("the whole bill", fresh, "How much of that pays the truth, too?"),
        ),
    )


@code_exercise(
    "`lightest(theta)`: of all tables that make the same predictions as `theta`, the one whose "
    "entries have the smallest sum of squares.",
    hints=(
        "You may add one row to all rows. So each column may be moved up or down as a whole.",
        "Which number c makes Σ (a + c)² smallest, for the entries a of one column?",
        "Minus their mean. `theta.mean(axis=0)` is the row of the columns’ means.",
    ),
)
def lab_lightest() -> Task:
    return Task(
        call="lightest",
        reference=_lightest,
        chosen=tuple(
            (np.array(table, dtype=np.float64),)
            for table in (
                [[0, 0], [0, 0]],
                [[2, 0], [0, 0]],
                [[1, 3], [1, 1]],
                [[1, 2, 3], [3, 2, 1], [5, 5, 5]],
            )
        ),
        random=lambda rng: (_a_table(rng, int(rng.integers(2, 5)), 2),),
        simpler=lambda args: ((table,) for table in shrink.entries(args[0])),
        properties=(
            properties.RUNS,
            properties.SHAPE,
            _SAME_CLAIMS,
            properties.agrees(),
            properties.QUIET,
            properties.KEEPS_INPUT,
        ),
    )


@exercise(
    "What weight decay leaves of what the loss does not see.",
    hints=(
        "The columns of the loss’s gradient sum to 0: they change no column’s sum. "
        "What the penalty adds does.",
        "Each step takes the share rate · λ off every weight, and so off the sum of a "
        "column.",
        "Five hundred times in a row: the rest is a power.",
    ),
)
def lab_decayed() -> Fields:
    kept = 1 - _RATE * _DECAY
    left = kept**_STEPS
    yield Number(
        name="left",
        label="what is left of the sum of a column of W, as a share",
        answer=left,
        probability=True,
        mistakes=(
            Mistake(
                "nothing", 0, "Each step takes a share of what is left. Is it ever 0?"
            ),
            Mistake(
                "all of it",
                1,
                "So it would be without the penalty. What does λW do to the sum?",
            ),
            Mistake(
                "in a straight line",
                1 - _STEPS * _RATE * _DECAY,
                "Each step takes its share of what is left, not of the start.",
            ),
            Mistake(
                "one step", kept, "That is after one step. There are five hundred."
            ),
            Mistake("taken", 1 - left, "That is the share that is gone. What is left?"),
            Mistake(
                "exponential",
                float(np.exp(-_STEPS * _RATE * _DECAY)),
                "That is for very many very small steps. Multiply the shares that "
                "these steps leave.",
            ),
        ),
    )
    yield Number(
        name="bias",
        label="what is left of the sum of b",
        answer=1,
        probability=True,
        mistakes=(
            Mistake("as the weights", left, "The penalty spares the bias."),
            Mistake(
                "nothing",
                0,
                "The penalty spares the bias, and the loss does not see it.",
            ),
        ),
    )

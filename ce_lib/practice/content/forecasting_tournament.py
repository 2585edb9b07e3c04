"""The lab of the forecasting tournament."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from ce_lib.calibration import fit_temperature
from ce_lib.genres import GENRES, GenreWorld
from ce_lib.information import cross_entropy, kl_divergence, surprisal
from ce_lib.models import SoftmaxRegression
from ce_lib.numerics import softmax
from ce_lib.practice import mistakes, properties
from ce_lib.practice.code import Args, Failure, Property, Runner, Task
from ce_lib.practice.define import Fields, code_exercise, exercise
from ce_lib.practice.exercise import Choice, Mistake, Number, Option, Vector
from ce_lib.scoring import brier_score, log_score

#: The belief of the second part, and the same belief half given up.
_P = np.array([0.7, 0.2, 0.05, 0.05])
_HEDGED = (_P + 0.25) / 2

Songs = tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]


class _Lab(NamedTuple):
    """The songs of the lab as (X, y), in its order, and some that nobody has seen."""

    world: GenreWorld
    past: Songs
    coming: Songs
    unseen: Songs

    def shares(self) -> np.ndarray[Any, Any]:
        """Return how often each genre came among the past songs."""
        y = self.past[1]
        return np.bincount(y, minlength=len(GENRES)) / len(y)


@cache
def _lab() -> _Lab:
    world = GenreWorld(seed=2026)
    return _Lab(world, world.sample(400), world.sample(1000), world.sample(2000))


def _song(rng: np.random.Generator) -> Args:
    """Draw a forecast over four genres, sometimes with a zero, and what happened."""
    q = rng.dirichlet(np.ones(4))
    if rng.random() < 0.3:
        q = np.where(q == q.min(), 0, q) / (1 - q.min())
    return q, int(rng.integers(4))


def _rounder_forecast(args: Args) -> Iterator[Args]:
    q, y = args
    for new in (
        np.full(4, 1 / 4),
        *np.eye(4),
        np.array([0.5, 0.5, 0, 0]),
        np.round(q, 1),
    ):
        if abs(new.sum() - 1) < 1e-9:
            yield new, y
            yield new, 0
    yield q, 0


def _forecast(run: Runner, X: Any) -> np.ndarray[Any, Any] | Failure:
    """Return the forecasts for X as rows of probabilities, or what is wrong with them."""
    q = properties.array(run(X))
    if isinstance(q, Failure):
        return q
    if q.shape != (len(X), len(GENRES)):
        return Failure(f"shape {q.shape}", f"shape {(len(X), len(GENRES))}")
    good = (q >= 0).all(axis=1) & np.isclose(q.sum(axis=1), 1, atol=1e-9)
    if not good.all():
        row = q[int(np.argmin(good))]  # the first that is not
        return Failure(
            f"{row}, which sums to {row.sum():g}", "parts of 1, none negative"
        )
    return q


def _proper(run: Runner, _: Callable[..., Any], args: Args) -> Failure | None:
    q = _forecast(run, args[0])
    return q if isinstance(q, Failure) else None


def _finite(run: Runner, _: Callable[..., Any], args: Args) -> Failure | None:
    if len(args[0]) > 1:
        return None  # once is enough
    X, y = _lab().unseen
    q = _forecast(run, X)
    if isinstance(q, Failure):
        return q
    ruled_out = int((q[np.arange(len(q)), y] == 0).sum())
    if not ruled_out:
        return None
    return Failure(f"{ruled_out} of {len(q)} songs called impossible", "none")


def _beats(rival: str, other: np.ndarray[Any, Any]) -> Property:
    """It scores better than a constant forecast on songs that nobody has seen."""
    X, y = _lab().unseen
    bar = float(log_score(np.tile(other, (len(y), 1)), y))

    def test(run: Runner, _: Callable[..., Any], args: Args) -> Failure | None:
        if len(args[0]) > 1:
            return None  # once is enough
        q = _forecast(run, X)
        if isinstance(q, Failure):
            return q
        own = float(log_score(q, y))
        if own < bar:
            return None
        return Failure(f"{own:.4f} nats on {len(y)} new songs", f"less than {bar:.4f}")

    return Property(f"beats {rival} on songs nobody has seen", test)


_SONG = Property("returns one row per song, four probabilities that sum to 1", _proper)
_POSSIBLE = Property("calls nothing impossible that happens", _finite)


_LEARN = (
    "`SoftmaxRegression().fit(past_X, past_y)` learns from the past songs.",
    "Its `predict_proba(X)` returns one row of probabilities per song.",
)


def _forecasting(rival: str, other: np.ndarray[Any, Any]) -> Task:
    X, _ = _lab().unseen
    return Task(
        call="forecast",
        reference=_lab().world.posterior,
        chosen=((X[:1],), (X[:3],)),
        random=lambda rng: (X[:2],),
        random_inputs=0,
        simpler=lambda args: iter(()),
        properties=(_SONG, properties.KEEPS_INPUT, _POSSIBLE, _beats(rival, other)),
        shown="X",
    )


@exercise(
    "Does it pay to say something else than you believe?",
    hints=(
        "Under the linear score, what does one more per cent on Rock save, and what "
        "does it cost?",
        "The price of hedging is a difference of two expected scores.",
    ),
    show="brier-and-log-score#scores?belief=0.7&report=0.9&distance=true",
)
def lab_lying() -> Fields:
    yield Vector(
        name="best_linear",
        label="the forecast with the lowest expected linear score",
        answer=[1, 0, 0, 0],
        labels=GENRES,
        probability=True,
        mistakes=(
            Mistake(
                "honest",
                _P,
                "That is what you believe. Try moving a little more to Rock.",
            ),
            Mistake("shrug", [0.25] * 4, "Try the other direction."),
            Mistake(
                "wrong class",
                [0, 1, 0, 0],
                "All on one genre, yes. Why this one?",
            ),
        ),
    )
    yield Number(
        name="price_of_hedging",
        label="what hedging costs on average, in the log score",
        answer=float(kl_divergence(_P, _HEDGED)),
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(float(kl_divergence(_P, _HEDGED))),
            Mistake(
                "the whole price",
                float(cross_entropy(_P, _HEDGED)),
                "That is the whole expected score. How much of it did the hedging add?",
            ),
            Mistake(
                "swapped",
                float(kl_divergence(_HEDGED, _P)),
                "You believe P: the expectation runs over P.",
            ),
            Mistake(
                "for Rock only",
                float(surprisal(_HEDGED[0]) - surprisal(_P[0])),
                "That is what it costs when the song is Rock. What about the rest?",
            ),
        ),
    )


@exercise(
    "The shares of the four genres among the past songs.",
    hints=(
        "`np.bincount` counts whole numbers.",
        "Divide the counts by how many songs there are.",
    ),
    show="maximum-likelihood#likelihood?counts=7,2,1&q=0.7,0.2,0.1",
)
def lab_shares() -> Fields:
    lab = _lab()
    shares, coming = lab.shares(), lab.coming[1]
    yield Vector(
        name="shares",
        label="four shares",
        answer=shares,
        labels=GENRES,
        probability=True,
        mistakes=(
            Mistake(
                "counts",
                shares * len(lab.past[1]),
                "Those are counts. A forecast sums to 1.",
            ),
            Mistake(
                "25 % everywhere",
                [0.25] * 4,
                "That forecaster has not looked at the past songs.",
            ),
            Mistake(
                "coming songs",
                np.bincount(coming, minlength=len(GENRES)) / len(coming),
                "You counted the songs you are about to forecast.",
            ),
            Mistake(
                "the world’s own",
                lab.world.prior,
                "Those are the true shares. Nobody told you; count.",
            ),
        ),
    )


@exercise(
    "The temperature that mends the boaster.",
    hints=(
        "The logarithm of a probability is a logit that leads to it.",
        "Use the first 500 songs only.",
    ),
    show="calibration#reliability?stated=0.9,0.1&cases=50,50&hits=35,15&temperature=2",
)
def lab_temperature() -> Fields:
    X, y = _lab().coming
    trained = SoftmaxRegression(progress=False).fit(*_lab().past).predict_proba(X)
    boaster = softmax(np.log(trained) / 0.4)
    t = fit_temperature(np.log(boaster[:500]), y[:500])
    yield Number(
        name="T",
        label="T",
        answer=t,
        mistakes=(
            Mistake(
                "inverse",
                1 / t,
                "Below 1 would make the boaster louder still.",
            ),
            Mistake(
                "from the recipe",
                1 / 0.4,
                "That undoes the boasting as it was made. Fit it to what happened: "
                "the regression underneath boasts a little, too.",
            ),
            Mistake(
                "all songs",
                fit_temperature(np.log(boaster), y),
                "You used all songs, also those that the ranking needs fresh.",
            ),
        ),
    )


@exercise(
    "What does the forecaster “shares” lack?",
    hints=("Compare what it says of a slow acoustic song and of a fast bright one.",),
    show="calibration#reliability?stated=0.6&cases=50&hits=30",
)
def lab_useless() -> Fields:
    yield Choice(
        name="lacks",
        label="The forecaster “shares” …",
        answer="c",
        options=(
            Option(
                "a",
                "… is not calibrated.",
                "What it gives a genre is about how often that genre comes. That "
                "is calibration.",
            ),
            Option(
                "b",
                "… is too sure of itself.",
                "It never says more than the largest share, and keeps its word.",
            ),
            Option(
                "c",
                "… says the same about every song.",
                "Right. It keeps its word and tells songs apart by nothing: no "
                "resolution.",
            ),
            Option(
                "d",
                "… was unlucky.",
                "On a thousand songs luck does not explain a gap that wide.",
            ),
        ),
    )


@code_exercise(
    "`scores(q, y)`: log score and Brier score of one forecast `q` (K,) and outcome `y`.",
    hints=(
        "The log score looks at `q[y]` only. The Brier score looks at every entry.",
        "Brier: the sum over genres of (q − onehot)².",
        "`np.log(0)` warns. Return `np.inf` yourself when `q[y]` is 0.",
    ),
    show="brier-and-log-score#scores?view=triangle&truth=0"
    "&a=0.4,0.6,0&b=0.38,0.31,0.31",
)
def lab_scores() -> Task:
    return Task(
        call="scores",
        reference=lambda q, y: np.array(
            [
                log_score([q], [y], reduction="none")[0],
                brier_score([q], [y], reduction="none")[0],
            ]
        ),
        chosen=(
            (np.full(4, 1 / 4), 0),
            (np.array([1.0, 0, 0, 0]), 0),
            (np.array([1.0, 0, 0, 0]), 2),
            (np.array([0.5, 0.5, 0, 0]), 1),
            (np.array([0.7, 0.1, 0.1, 0.1]), 3),
        ),
        random=_song,
        simpler=_rounder_forecast,
        properties=properties.parts("the log score", "the Brier score"),
    )


@code_exercise(
    "forecast(X): probabilities of the genres (N, 4) that beat 25 % everywhere.",
    hints=_LEARN,
    show="brier-and-log-score#scores?belief=0.7&report=1",
)
def lab_forecast() -> Task:
    return _forecasting("25 % everywhere", np.full(4, 1 / 4))


@code_exercise(
    "forecast(X): probabilities of the genres (N, 4) that beat the shares of the past.",
    hints=_LEARN,
)
def lab_forecast_shares() -> Task:
    return _forecasting("the shares of the past", _lab().shares())

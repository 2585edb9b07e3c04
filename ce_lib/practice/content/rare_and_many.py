"""The lab on rare classes and on many labels at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple

import numpy as np

from ce_lib.checks import Float64
from ce_lib.genres import GenreWorld
from ce_lib.information import entropy, surprisal
from ce_lib.models import SoftmaxRegression
from ce_lib.numerics import sigmoid
from ce_lib.practice import mistakes, properties
from ce_lib.practice.code import Args, Failure, Property, Runner, Task, show
from ce_lib.practice.define import Fields, code_exercise, exercise
from ce_lib.practice.exercise import Choice, Mistake, Number, Option, Vector, Whole

#: Numbers that are given, not computed.
GIVEN = (0.02, 0.1, 0.9)

#: The station's shares, how often each genre counts, and what a miss costs in letters.
_STATION = np.array([0.40, 0.35, 0.23, 0.02])
_WEIGHT = np.array([1, 1, 1, 24])
_MISS = 24

_TAGS = ("loud", "sung", "live", "remix", "choir", "organ", "harp", "yodel")
_RATES = np.array([0.4, 0.3, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005])

#: Focal loss's γ, and into how many steps the grid of claims is cut.
_GAMMA, _GRID = 2, 100_000


def _asked(p: Float64, w: Float64) -> Float64:
    """What the weights w ask for where p is true."""
    share = p * w
    asked: Float64 = share / share.sum(axis=1, keepdims=True)
    return asked


def _pays(q: Float64, y: np.ndarray[Any, Any]) -> float:
    return float(surprisal(q[np.arange(len(y)), y]).mean())


def _unnormalised(q: Float64, y: np.ndarray[Any, Any]) -> float:
    """The same where the rows of q are no distributions."""
    return float(-np.log(q[np.arange(len(y)), y]).mean())


class _Lab(NamedTuple):
    """The lab's songs, and what two models say of them."""

    X: Float64
    y: np.ndarray[Any, Any]
    fresh_y: np.ndarray[Any, Any]
    plain: Float64  #: of the fresh songs
    heavy: Float64  #: the same, by the model with weights
    moved_y: np.ndarray[Any, Any]
    moved: Float64  #: what the plain model says of songs from elsewhere
    there: Float64  #: the truth about those

    def letters(self, yes: np.ndarray[Any, Any], miss: float = _MISS) -> float:
        """The cost per fresh song of announcing these as Classical."""
        is_one = self.fresh_y == 3
        return float((miss * (is_one & ~yes) + (~is_one & yes)).mean())


@cache
def _lab() -> _Lab:
    world = GenreWorld()

    def songs(shares: Float64, n: int, seed: int) -> tuple[Float64, Any]:
        rng = np.random.default_rng(seed)
        y = rng.choice(4, size=n, p=shares)
        return world.means[y] + rng.normal(size=(n, 3)) * world.deviations, y

    X, y = songs(_STATION, 2000, 0)
    fresh, fresh_y = songs(_STATION, 20_000, 1)
    moved, moved_y = songs(world.prior, 20_000, 2)
    plain = SoftmaxRegression(progress=False).fit(X, y)
    heavy = SoftmaxRegression(progress=False).fit(X, y, sample_weight=_WEIGHT[y])
    return _Lab(
        X,
        y,
        fresh_y,
        plain.predict_proba(fresh),
        heavy.predict_proba(fresh),
        moved_y,
        plain.predict_proba(moved),
        world.posterior(moved),
    )


def _rows(rng: np.random.Generator) -> Args:
    n, k = int(rng.integers(1, 4)), int(rng.integers(2, 5))
    return rng.dirichlet(np.ones(k), n), rng.integers(1, 100, k).astype(float)


def _simpler_rows(args: Args) -> Iterator[Args]:
    """A row or a class fewer, a weight of 1, rounder rows."""
    p, w = args
    for row in range(len(p)) if len(p) > 1 else ():
        yield np.delete(p, row, axis=0), w
    for k in range(len(w)) if len(w) > 2 else ():
        rest = np.delete(p, k, axis=1)
        yield rest / rest.sum(axis=1, keepdims=True), np.delete(w, k)
    for k in map(int, np.flatnonzero(w != 1)):
        yield p, np.where(np.arange(len(w)) == k, 1.0, w)
    for rounder in (np.round(p, 1), np.full_like(p, 1 / p.shape[1])):
        if np.allclose(rounder.sum(axis=1), 1) and (rounder > 0).all():
            yield rounder, w


def _sum_to_1(run: Runner, reference: Callable[..., Any], args: Args) -> Failure | None:
    came, want = properties.array(run(*args)), reference(*args)
    if isinstance(came, Failure):
        return came
    if came.shape != want.shape:
        return Failure(f"shape {came.shape}", f"shape {want.shape}")
    sums = came.sum(axis=1)
    if np.allclose(sums, 1):
        return None
    return Failure(f"rows that sum to {show(sums)}", "1 for each row")


@code_exercise(
    "`asked(p, w)`: what a model claims that is perfect under the class weights `w` (K,), "
    "where the rows of `p` (N, K) are true. The result has the shape of `p`.",
    hints=(
        "Each claim is proportional to weight times truth.",
        "p * w multiplies every column by its weight. Then each row has to sum to 1 again.",
        "Divide by the sum of each row: `.sum(axis=1, keepdims=True)`.",
    ),
)
def lab_asked_for() -> Task:
    return Task(
        call="asked",
        reference=_asked,
        chosen=tuple(
            (np.array(p, dtype=np.float64), np.array(w, dtype=np.float64))
            for p, w in (
                ([[0.5, 0.5]], [1, 1]),
                ([[0.5, 0.5]], [1, 3]),
                ([[0.9, 0.1], [0.5, 0.5]], [1, 9]),
                ([[0.7, 0.2, 0.1]], [1, 2, 5]),
                ([[1, 0]], [1, 9]),
            )
        ),
        random=_rows,
        simpler=_simpler_rows,
        properties=(
            properties.RUNS,
            properties.SHAPE,
            Property("each row sums to 1", _sum_to_1),
            properties.invariant(
                "stays the same when all weights are doubled",
                lambda args: (args[0], 2 * args[1]),
            ),
            properties.agrees(),
            properties.QUIET,
            properties.KEEPS_INPUT,
        ),
    )


def _claim_mistakes(lab: _Lab, undone: Float64) -> tuple[Mistake, ...]:
    """What is taken for the weighted model's mean claim."""
    return (
        Mistake(
            "plain",
            float(lab.plain[:, 3].mean()),
            "That is what the plain model claims. Take the weighted one.",
        ),
        Mistake(
            "of nothing",
            _asked(_STATION[None], _WEIGHT)[0, 3],
            "That is the claim for a song of which nothing is known. The model has heard "
            "these songs; let it speak.",
        ),
        Mistake(
            "times the weight",
            _WEIGHT[3] * _STATION[3],
            "That multiplies the share by the weight. The others count, too.",
        ),
        Mistake(
            "undone",
            float(undone[:, 3].mean()),
            "That is undone already. What does the weighted model itself claim?",
        ),
        Mistake(
            "its favourite",
            float((lab.heavy.argmax(axis=1) == 3).mean()),
            "That is how often Classical is its favourite. How probable does it call "
            "Classical, on average?",
        ),
        Mistake(
            "another genre",
            float(lab.heavy[:, 0].mean()),
            "That is Rock’s column. Classical is the last of the four.",
        ),
    )


@exercise(
    "What the weighted model claims, and what it pays when undone.",
    hints=(
        "The last column of what the weighted model says is Classical. Take its mean.",
        "To undo weights, divide by them: that is `asked()` with other weights.",
        "`asked(heavy, 1 / weight)` says what is true; `pays(..., fresh_y)` says what it "
        "costs.",
    ),
)
def lab_weighted() -> Fields:
    lab = _lab()
    claimed = float(lab.heavy[:, 3].mean())
    undone = _asked(lab.heavy, 1 / _WEIGHT)
    loss = _pays(undone, lab.fresh_y)
    yield Number(
        name="claimed",
        label="the weighted model’s mean claim for Classical, on the fresh songs",
        answer=claimed,
        probability=True,
        mistakes=_claim_mistakes(lab, undone),
    )
    yield Number(
        name="undone_loss",
        label="the mean loss of the undone claims, on the fresh songs",
        answer=loss,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(loss),
            Mistake(
                "not undone",
                _pays(lab.heavy, lab.fresh_y),
                "That is what the weighted claims pay as they are. Undo them first.",
            ),
            Mistake(
                "plain",
                _pays(lab.plain, lab.fresh_y),
                "That is what the plain model pays.",
            ),
            Mistake(
                "weighted twice",
                _pays(_asked(lab.heavy, _WEIGHT), lab.fresh_y),
                "You gave it the weights once more. Undoing divides by them.",
            ),
            Mistake(
                "not normalised",
                _unnormalised(lab.heavy / _WEIGHT, lab.fresh_y),
                "You divided by the weights, and the rows no longer sum to 1.",
            ),
        ),
    )


@exercise(
    "From which probability on, and what it costs.",
    hints=(
        "At the threshold a yes and a no cost the same, on average.",
        "A yes costs 1 − p there, a no 24 p. Where are they equal?",
        "`letters(plain[:, 3] > threshold).mean()` is what the rule costs per song.",
    ),
)
def lab_threshold() -> Fields:
    lab, threshold = _lab(), 1 / (1 + _MISS)
    chance = lab.plain[:, 3]
    cost = lab.letters(chance > threshold)
    yield Number(
        name="threshold",
        label="announce from this probability on",
        answer=threshold,
        probability=True,
        mistakes=(
            Mistake(
                "one over the cost",
                1 / _MISS,
                "Those are the odds at which both cost the same. Which probability has "
                "these odds?",
            ),
            Mistake(
                "the other way",
                _MISS / (1 + _MISS),
                "Then hardly any song is announced. What is dear here?",
            ),
            Mistake("one half", 1 / 2, "That is for mistakes that cost the same."),
            Mistake(
                "the share",
                _STATION[3],
                "That is how common Classical is. What do the mistakes cost?",
            ),
        ),
    )
    yield Number(
        name="cost",
        label="letters per song, with that rule and the plain model",
        answer=cost,
        mistakes=(
            Mistake("half", lab.letters(chance > 0.5), "That is the rule “from ½ on”."),
            Mistake(
                "never",
                lab.letters(chance > 1),
                "That is what it costs never to announce any.",
            ),
            Mistake(
                "always",
                lab.letters(chance > 0),
                "That is what it costs to announce every song.",
            ),
            Mistake(
                "one over the cost",
                lab.letters(chance > 1 / _MISS),
                "That is the rule “from 1/24 on”. Which probability has odds of 1 to 24?",
            ),
            Mistake(
                "mistakes counted",
                lab.letters(chance > threshold, miss=1),
                "That counts mistakes. A missed song costs more than a false one.",
            ),
            Mistake(
                "weighted model",
                lab.letters(lab.heavy[:, 3] > threshold),
                "That is the weighted model. Its claims are not true: use the plain one.",
            ),
            Mistake(
                "all songs",
                cost * len(lab.fresh_y),
                "That is the cost of all songs. Give that of one, on average.",
            ),
        ),
    )


@exercise(
    "The plain model where Classical is more common.",
    hints=(
        "The old share of each genre is a factor of what the model says. Put the new one "
        "in its place.",
        "Multiply by new shares, divide by old ones: `asked(there, world.prior / old)`.",
    ),
)
def lab_moved() -> Fields:
    lab = _lab()
    new = GenreWorld().prior
    old = np.bincount(lab.y, minlength=4) / len(lab.y)
    loss = _pays(_asked(lab.moved, new / old), lab.moved_y)
    yield Number(
        name="loss",
        label="the mean loss there, with the new shares put in",
        answer=loss,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(loss),
            Mistake(
                "as it is",
                _pays(lab.moved, lab.moved_y),
                "That is the loss without the new shares.",
            ),
            Mistake(
                "the other way",
                _pays(_asked(lab.moved, old / new), lab.moved_y),
                "That divides by the new shares. They multiply, and the old ones divide.",
            ),
            Mistake(
                "new shares alone",
                _pays(_asked(lab.moved, new), lab.moved_y),
                "The old shares are still in there as a factor. Divide by them.",
            ),
            Mistake(
                "not normalised",
                _unnormalised(lab.moved * new / old, lab.moved_y),
                "That is less than the truth pays, so it cannot be: your rows do not sum "
                "to 1.",
            ),
            Mistake(
                "the truth",
                _pays(lab.there, lab.moved_y),
                "That is what the truth pays there. And the model?",
            ),
        ),
    )


@exercise(
    "What eight tags cost, for who knows nothing and for who knows the shares.",
    hints=(
        "Eight questions of yes or no. What does one half cost in each?",
        "Each tag costs −π ln π − (1 − π) ln(1 − π). Sum over the tags.",
    ),
)
def lab_tags_alone() -> Fields:
    tags = len(_RATES)
    half = tags * float(np.log(2))
    each = entropy(np.stack([_RATES, 1 - _RATES], axis=1))
    shares = float(each.sum())
    mean = _RATES.mean()
    yield Number(
        name="half",
        label="one half said to every tag, per song",
        answer=half,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(half),
            Mistake(
                "one tag", half / tags, "That is one tag. There are eight on each song."
            ),
            Mistake(
                "which one",
                float(np.log(tags)),
                "That is for exactly one of eight. Here each tag is a question of its own.",
            ),
        ),
    )
    yield Number(
        name="shares",
        label="the shares alone, per song",
        answer=shares,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(shares),
            Mistake(
                "mean over tags",
                shares / tags,
                "That is the mean over the tags. Sum them.",
            ),
            Mistake(
                "the yes alone",
                float((_RATES * surprisal(_RATES)).sum()),
                "That leaves out what every no costs.",
            ),
            Mistake(
                "one of eight",
                float(entropy(_RATES / _RATES.sum())),
                "That is for exactly one of eight. Here each tag is a question of its own.",
            ),
            Mistake(
                "one share for all",
                tags * float(entropy([mean, 1 - mean])),
                "That is who knows only how common tags are on average. Take each tag’s "
                "own share.",
            ),
        ),
    )


def _tag_losses(steps: int) -> list[float]:
    """The summed loss by steps at a rate of 1, from weights and biases of 0."""
    lab = _lab()
    x = (lab.X - lab.X.mean(axis=0)) / lab.X.std(axis=0)
    rng = np.random.default_rng(1)
    score = x @ rng.normal(size=(3, len(_RATES))) + rng.logistic(
        size=(len(x), len(_RATES))
    )
    cuts = [np.quantile(s, 1 - rate) for s, rate in zip(score.T, _RATES, strict=True)]
    tags = (score > cuts).astype(np.float64)
    x = np.column_stack([x, np.ones(len(x))])
    theta, losses = np.zeros((len(_RATES), 4)), []
    for _ in range(steps):
        z = x @ theta.T
        losses.append(float((np.logaddexp(0, z) - tags * z).sum(axis=1).mean()))
        theta = theta - (sigmoid(z) - tags).T @ x / len(x)
    return losses


@exercise(
    "Where to start, and what it saves.",
    hints=(
        "The bias whose σ is π: solve σ(b) = π for b.",
        "b = ln(π / (1 − π)), for each tag.",
        "`(from_zero < from_shares[0]).argmax()` is the first step with a smaller loss.",
    ),
)
def lab_start() -> Fields:
    bias = np.log(_RATES / (1 - _RATES))
    alone = float(entropy(np.stack([_RATES, 1 - _RATES], axis=1)).sum())
    walk = int(np.argmax(np.array(_tag_losses(40)) < alone))
    yield Vector(
        name="bias",
        label="the eight biases",
        answer=bias,
        labels=_TAGS,
        mistakes=(
            mistakes.opposite(
                bias, "That calls the rare tags common. Turn the fraction."
            ),
            Mistake(
                "logarithm of the share",
                np.log(_RATES),
                "Its σ is not the share. A logit is the logarithm of the odds.",
            ),
            Mistake(
                "odds", _RATES / (1 - _RATES), "Those are the odds. Take the logarithm."
            ),
            Mistake(
                "base 2",
                bias / np.log(2),
                "The sigmoid takes powers of e. Which logarithm belongs to it?",
            ),
            Mistake(
                "shares",
                _RATES,
                "Those are the shares themselves. Which logits does σ turn into them?",
            ),
        ),
    )
    yield Whole(
        name="walk",
        label="steps until the start from zero pays less than the other’s first loss",
        answer=walk,
        mistakes=(
            Mistake(
                "step by step",
                0,
                "At the same step it never pays less. Compare it with what the other start "
                "pays at once.",
            ),
            Mistake(
                "one too few",
                walk - 1,
                "After that many it still pays more. The first of the losses is that before "
                "any step.",
            ),
            Mistake(
                "one too many",
                walk + 1,
                "One step earlier it paid less already. The first of the losses is that "
                "before any step.",
            ),
        ),
    )


def _h(q: Float64 | float, gamma: float) -> Any:
    """What pulls at a claim q under focal loss, in proportion to its true rate."""
    return (1 - q) ** gamma / q - gamma * (1 - q) ** (gamma - 1) * np.log(q)


def _claim(p: float, classes: int, gamma: float = _GAMMA) -> float:
    """The claim with the lowest expected focal loss; the others share the rest evenly."""
    low, high = 0.0, 1.0
    others = classes - 1
    for _ in range(60):
        q = (low + high) / 2
        pulls_up = p * _h(q, gamma) > (1 - p) / others * _h((1 - q) / others, gamma)
        low, high = (q, high) if pulls_up else (low, q)
    return low


def _expected(q: float, p: float, classes: int) -> float:
    """The expected focal loss of a claim q that is true with p; the others share the rest."""

    def price(claim: float) -> float:
        return (1 - claim) ** _GAMMA * float(surprisal(claim))

    return p * price(q) + (1 - p) * price((1 - q) / (classes - 1))


@exercise(
    "What a perfect model claims under focal loss with γ = 2.",
    hints=(
        "Write the expected loss as a function of q, on a fine grid, and take its argmin.",
        "Yes comes with p and costs −(1 − q)² ln q; no comes with 1 − p and has the claim "
        "1 − q.",
        "Of a hundred classes each of the 99 others has the claim (1 − q)/99.",
    ),
)
def lab_focal_claims() -> Fields:
    two, hundred = _claim(0.9, 2), _claim(0.1, 100)
    lowest = "That is the lowest expected loss. At which claim does it lie?"
    place = "That is a place in the grid. Which claim stands there?"
    yield Number(
        name="two",
        label="yes or no, and nine in ten are a yes",
        answer=two,
        probability=True,
        mistakes=(
            Mistake("truth", 0.9, "So it would be with γ = 0."),
            Mistake("the no", 1 - two, "That is what it claims for a no."),
            Mistake(
                "γ = 1", _claim(0.9, 2, 1), "That is for γ = 1. Square the factor."
            ),
            Mistake("the loss", _expected(two, 0.9, 2), lowest),
            Mistake("a place", round(two * _GRID) - 1, place),
            Mistake(
                "one factor",
                1 - 1 / _GRID,
                "That rises to the end of the grid. Has the no a factor of its own claim?",
            ),
        ),
    )
    yield Number(
        name="hundred",
        label="one of a hundred classes, and its true rate is one in ten",
        answer=hundred,
        probability=True,
        mistakes=(
            Mistake("truth", 0.1, "So it would be with γ = 0."),
            Mistake(
                "two classes",
                _claim(0.1, 2),
                "That is for a yes or no. Here 99 others share the rest.",
            ),
            Mistake(
                "γ = 1", _claim(0.1, 100, 1), "That is for γ = 1. Square the factor."
            ),
            Mistake("the loss", _expected(hundred, 0.1, 100), lowest),
            Mistake("a place", round(hundred * _GRID) - 1, place),
        ),
    )


def _honest(q: Float64) -> Float64:
    yes, no = 1 / _h(q, _GAMMA), 1 / _h(1 - q, _GAMMA)
    truth: Float64 = yes / (yes + no)
    return truth


def _some_claims(rng: np.random.Generator) -> Args:
    return (rng.uniform(0.001, 0.999, int(rng.integers(1, 5))).round(3),)


def _simpler_claims(args: Args) -> Iterator[Args]:
    (q,) = args
    for one in range(len(q)) if len(q) > 1 else ():
        yield (np.delete(q, one),)
    for at in range(len(q)):
        for value in (0.5, round(float(q[at]), 1)):
            if 0 < value < 1:
                yield (np.where(np.arange(len(q)) == at, value, q),)


def _mirrors(run: Runner, reference: Callable[..., Any], args: Args) -> Failure | None:
    """A claim for the no is worth what is left of the claim for the yes."""
    (q,) = args
    came, other = properties.array(run(q)), properties.array(run(1 - q))
    for each in (came, other):
        if isinstance(each, Failure):
            return each
        if each.shape != q.shape:
            return Failure(f"shape {each.shape}", f"shape {q.shape}")
    if np.allclose(came + other, 1):  # type: ignore[operator]
        return None
    return Failure(f"{show(came)} for q and {show(other)} for 1 − q", "a sum of 1")


@code_exercise(
    "`honest(q)`: what is true if a model that is perfect under focal loss with γ = 2 claims "
    "the probabilities `q` (N,) of a yes.",
    hints=(
        "The truth of each answer is proportional to 1/h of its claim.",
        "A yes has the claim q, a no 1 − q: compute 1/h for both.",
        "yes / (yes + no), with yes = 1/h(q) and no = 1/h(1 − q).",
    ),
)
def lab_honest() -> Task:
    return Task(
        call="honest",
        reference=_honest,
        chosen=tuple(
            (np.array(q),)
            for q in ([0.5], [0.9], [0.1], [0.25, 0.75], [0.01, 0.5, 0.99])
        ),
        random=_some_claims,
        simpler=_simpler_claims,
        properties=(
            properties.RUNS,
            properties.SHAPE,
            Property("gives yes and no a sum of 1", _mirrors),
            properties.agrees(),
            properties.QUIET,
            properties.KEEPS_INPUT,
        ),
    )


@exercise(
    "What γ = 2 has bought at this station.",
    hints=(
        "Compare the undone column with the plain one, in the loss and in the letters.",
        "A difference smaller than two of its standard errors is none.",
    ),
)
def lab_focal_bought() -> Fields:
    yield Choice(
        name="bought",
        label="It has bought",
        answer="c",
        options=(
            Option(
                "a",
                "better probabilities, as it claims them",
                "Compare the losses. As they are, its claims pay far more than the plain "
                "ones.",
            ),
            Option(
                "b",
                "fewer letters, as it claims them",
                "Compare the letters. Its claims are far too high for that threshold.",
            ),
            Option(
                "c",
                "once its claims are undone, neither a lower loss nor fewer letters",
                "Right: undone, it is where the plain one is. A large network in a flood of "
                "easy cases is another matter, to be measured there.",
            ),
            Option(
                "d",
                "claims that need no undoing",
                "It claims several times as many Classical songs as there are.",
            ),
        ),
    )

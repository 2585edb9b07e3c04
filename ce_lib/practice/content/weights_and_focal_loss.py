"""Rare classes: weights and focal loss."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from ce_lib.checks import Float64
from ce_lib.information import entropy, surprisal
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
from ce_lib.practice.exercise import Mistake, Number, Option, Vector
from ce_lib.practice.guess import Remark, Typed

#: Numbers that are given, not computed.
GIVEN = (0.001, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8, 0.9, 0.99)

_GENRES = ("Rock", "Pop", "Jazz")


def _weighted(p: float, weight: float) -> float:
    """What a perfect model claims for a yes of rate p that counts ``weight`` times."""
    return weight * p / (weight * p + 1 - p)


@guess(
    "One song in ten is Jazz, and nothing else is known about a song. In training each Jazz "
    "song counts nine times, each other song once. The model learns all there is to learn. "
    "How probable does it call Jazz then, in percent?"
)
def guess_weights_and_focal_loss() -> Typed:
    truth, weight = 0.1, 9
    answer = 100 * _weighted(truth, weight)
    return Typed(
        label="The probability of Jazz, it says",
        unit="%",
        answer=answer,
        low=0,
        high=100,
        near=1,
        told=f"{answer:.0f} %. One Jazz song to nine others, and the one counts as much as the "
        "nine: to this loss, both are equally common.",
        remarks=(
            Remark(
                upto=100 * truth - 1,
                sentence="A weight on Jazz never makes the model say less than the truth, "
                "one in ten.",
            ),
            Remark(
                upto=100 * truth + 1,
                sentence="That is the truth, and what the model says without a weight.",
            ),
            Remark(
                upto=answer, sentence="The nine others together count as the one does."
            ),
            Remark(
                upto=100 * truth * weight - 1,
                sentence="The one counts as much as the nine others, and no more.",
            ),
            Remark(
                upto=100 * truth * weight,
                sentence="Nine times the probability is too much: the other songs still count.",
            ),
            Remark(sentence="The nine others still count as much as the one."),
        ),
    )


@exercise(
    "Somebody says Jazz from 0.2 on",
    hints=(
        "At the threshold a yes and a no cost the same, on average.",
        "A yes is wrong with 0.8 there, a no with 0.2.",
    ),
)
def exercise_threshold() -> Fields:
    threshold = 0.2
    yield Number(
        name="ratio",
        label="How many false alarms a miss costs",
        answer=(1 - threshold) / threshold,
        mistakes=(
            Mistake(
                "one over it",
                1 / threshold,
                "That is what a miss and a false alarm cost together.",
            ),
            Mistake(
                "wrong way",
                threshold / (1 - threshold),
                "That is a false alarm, counted in misses. She says yes early: "
                "what is dear to her?",
            ),
            Mistake(
                "the threshold",
                threshold,
                "That is the threshold. At it, both answers cost the same.",
            ),
            Mistake("the same", 1, "Then she would say yes from one half on."),
        ),
    )


@exercise(
    "Trained with `pos_weight` 5, a model says 0.8",
    hints=(
        "The weight has multiplied something. Which odds belong to 0.8?",
        "4 to 1; divide them by 5, and write them as a probability again.",
    ),
)
def exercise_undo_pos_weight() -> Fields:
    said, weight = 0.8, 5
    truth = _weighted(said, 1 / weight)
    yield Number(
        name="truth",
        label="The probability in the world",
        answer=truth,
        probability=True,
        mistakes=(
            Mistake(
                "divided",
                said / weight,
                "The weight multiplies the odds, not the probability.",
            ),
            Mistake("as said", said, "That is still the weighted model’s claim."),
            Mistake(
                "wrong way",
                _weighted(said, weight),
                "That counts the weight twice. Take it away.",
            ),
            Mistake(
                "the other",
                1 - truth,
                "That is the probability of a no.",
            ),
        ),
    )


@exercise(
    "Trained with the weights 1, 2 and 5, a model says 50 %, 30 % and 20 %",
    hints=(
        "What it says is proportional to weight times truth.",
        "Divide each by its weight. Do the three sum to 1?",
    ),
)
def exercise_undo_classes() -> Fields:
    said, weights = np.array([5, 3, 2]) / 10, np.array([1, 2, 5])
    share = said / weights
    again = said * weights
    yield Vector(
        name="truth",
        label="The probabilities in the world",
        labels=_GENRES,
        answer=share / share.sum(),
        probability=True,
        mistakes=(
            Mistake("as said", said, "That is still the weighted model’s claim."),
            Mistake(
                "wrong way",
                again / again.sum(),
                "That counts the weights twice. Take them away.",
            ),
            Mistake(
                "not normalised",
                share,
                "In proportion this is right. It has to sum to 1.",
            ),
            Mistake(
                "the weights",
                weights / weights.sum(),
                "Those are the weights alone.",
            ),
        ),
    )


@exercise(
    "Four songs in two halves, with class weights",
    hints=(
        "Each song’s loss is −ln of what its label got. Multiply by its weight.",
        "A weighted mean divides by the sum of the weights of these labels.",
        "For the second number do that in each half, and average the two results.",
    ),
)
def exercise_micro_batches() -> Fields:
    price = surprisal(np.array([[9, 9], [9, 3]]) / 10)
    weight = np.array([[1, 1], [1, 5]])
    whole = float((weight * price).sum() / weight.sum())
    halves = float(((weight * price).sum(axis=1) / weight.sum(axis=1)).mean())
    plain, by_count = float(price.mean()), float((weight * price).mean())
    no_weights = Mistake(
        "no weights",
        plain,
        "That is the mean without weights. The last counts five times.",
    )
    divided = Mistake(
        "divided by the count",
        by_count,
        "That divides by the number of songs. Here it is the sum of the weights.",
    )
    yield Number(
        name="whole",
        label="The weighted mean of all four, in nats",
        answer=whole,
        unit="nats",
        mistakes=(
            Mistake("halves", halves, "That is the average of the two halves."),
            no_weights,
            divided,
            mistakes.bits_for_nats(whole),
        ),
    )
    yield Number(
        name="halves",
        label="The average of the two halves’ weighted means, in nats",
        answer=halves,
        unit="nats",
        mistakes=(
            Mistake("whole", whole, "That is all four at once."),
            no_weights,
            divided,
            mistakes.bits_for_nats(halves),
        ),
    )


@exercise(
    "Trained where three genres are equally common, used where they are not",
    hints=(
        "The share of each genre in training was a factor. Put the new one in its place.",
        "Multiply by the new share, divide by the old one, and make the sum 1.",
    ),
)
def exercise_new_shares() -> Fields:
    said, new = np.array([6, 3, 1]) / 10, np.array([1, 3, 6]) / 10
    share, other = said * new, said / new
    yield Vector(
        name="truth",
        label="The probabilities there",
        labels=_GENRES,
        answer=share / share.sum(),
        probability=True,
        mistakes=(
            Mistake("as said", said, "That holds where all are equally common."),
            Mistake(
                "not normalised",
                share,
                "In proportion this is right. It has to sum to 1.",
            ),
            Mistake(
                "wrong way",
                other / other.sum(),
                "Divide by the old shares. The new ones multiply.",
            ),
            Mistake(
                "shares alone", new, "That forgets what the model heard in this song."
            ),
        ),
    )


def _total(q: float, gamma: float, songs: int = 1) -> float:
    return float(songs * (1 - q) ** gamma * surprisal(q))


@exercise(
    "A thousand easy cases at 0.99, one hard case at 0.1",
    hints=(
        "Add up the thousand losses, and compare them with all 1001.",
        "Focal loss multiplies each −ln q by (1 − q)², so by 0.01² and by 0.9².",
    ),
)
def exercise_easy_cases() -> Fields:
    def share(gamma: float, songs: int = 1000) -> float:
        easy, hard = _total(0.99, gamma, songs), _total(0.1, gamma)
        return easy / (easy + hard)

    factors = 1000 * 0.01**2, 0.9**2
    yield Number(
        name="plain",
        label="The easy cases’ share of the whole cross-entropy",
        answer=share(0),
        probability=True,
        mistakes=(
            Mistake("one easy case", share(0, 1), "There are a thousand of them."),
            Mistake("the hard one", 1 - share(0), "That is the hard case’s share."),
            Mistake(
                "ratio",
                _total(0.99, 0, 1000) / _total(0.1, 0),
                "That is their ratio. Which part of the whole are they?",
            ),
            Mistake(
                "counted",
                1000 / 1001,
                "That counts cases. How large is the loss of each?",
            ),
        ),
    )
    yield Number(
        name="focal",
        label="Their share of the whole focal loss, γ = 2",
        answer=share(2),
        probability=True,
        mistakes=(
            Mistake("γ = 1", share(1), "The factor is squared."),
            Mistake("cross-entropy", share(0), "That is without the factors."),
            Mistake("the hard one", 1 - share(2), "That is the hard case’s share."),
            Mistake(
                "factors alone",
                factors[0] / sum(factors),
                "Those are the factors. Multiply each with its −ln q.",
            ),
        ),
    )


@exercise(
    "α = 0.1, no γ, and a true rate of 0.9",
    hints=(
        "α weights a yes, 1 − α a no. Their ratio multiplies the odds.",
        "Odds of 9 to 1, times one ninth.",
    ),
)
def exercise_alpha_alone() -> Fields:
    truth, alpha = 0.9, 0.1
    yield Number(
        name="claim",
        label="A perfect model claims",
        answer=_weighted(truth, alpha / (1 - alpha)),
        probability=True,
        mistakes=(
            Mistake("truth", truth, "That would be without α. The two weights differ."),
            Mistake(
                "wrong way",
                _weighted(truth, (1 - alpha) / alpha),
                "Here the smaller of the two weights, α, belongs to a yes.",
            ),
            Mistake(
                "multiplied",
                alpha * truth,
                "The weights multiply the odds, not the probability.",
            ),
            Mistake(
                "α as the weight",
                _weighted(truth, alpha),
                "A no has a weight, too: 1 − α.",
            ),
        ),
    )


@exercise(
    "Four genres, and a tenth of the labels replaced by one of the other three",
    hints=(
        "How probable is each label for somebody who knows the genre?",
        "The floor is the entropy of that, with three equal small entries.",
        "The gap of the logits is ln of the large entry over a small one.",
    ),
)
def exercise_noise_floor() -> Fields:
    rate, classes = 0.1, 4
    each = rate / (classes - 1)
    label = np.array([1 - rate, *[each] * (classes - 1)])
    floor, gap = float(entropy(label)), math.log((1 - rate) / each)
    own = np.full(classes, rate / classes)
    own[0] += 1 - rate
    yield Number(
        name="floor",
        label="The lowest expected loss, in nats",
        answer=floor,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(floor),
            Mistake(
                "two classes",
                entropy([0.9, 0.1]),
                "That is for one other genre. Here three share the errors.",
            ),
            Mistake(
                "right labels alone",
                surprisal(0.9),
                "That is the loss of a right label. The wrong ones have more.",
            ),
            Mistake(
                "all four",
                entropy(own),
                "A wrong label is one of the other three, never the true one.",
            ),
            Mistake("zero", 0, "Nobody can foretell which labels are wrong."),
        ),
    )
    yield Number(
        name="gap",
        label="The gap of the logits there, in nats",
        answer=gap,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(gap),
            Mistake(
                "two classes",
                math.log(9),
                "That compares with all errors. Compare with one genre’s share.",
            ),
            Mistake(
                "all four",
                math.log(own[0] / own[1]),
                "A wrong label is one of the other three, never the true one.",
            ),
            Mistake(
                "no logarithm", 0.9 / each, "That is the ratio. Take its logarithm."
            ),
        ),
    )


@exercise(
    "A prediction (0.6, 0.4), sent through the errors",
    hints=(
        "How often is a label “first”? It may come from either class.",
        "0.6 · 0.9 from the first class, 0.4 · 0.3 from the second.",
        "The loss is −ln of that.",
    ),
)
def exercise_forward() -> Fields:
    q, errors = np.array([6, 4]) / 10, np.array([[9, 1], [3, 7]]) / 10
    noisy, turned = q @ errors, errors @ q
    loss = float(surprisal(noisy[0]))
    yield Vector(
        name="labels",
        label="What it expects of the labels",
        labels=("first", "second"),
        answer=noisy,
        probability=True,
        mistakes=(
            Mistake(
                "transposed",
                turned,
                "Those do not sum to 1. A row of the matrix belongs to a true class.",
            ),
            Mistake("as said", q, "That is about the classes, not yet the labels."),
            Mistake("swapped", noisy[::-1], "First and second are swapped."),
        ),
    )
    yield Number(
        name="loss",
        label="The loss if the label says “first”, in nats",
        answer=loss,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(loss),
            Mistake("plain", surprisal(q[0]), "That is the loss without correction."),
            Mistake(
                "transposed",
                surprisal(turned[0]),
                "That mixes a row. Take the column of the label “first”: it can come from "
                "either class.",
            ),
            Mistake("second", surprisal(noisy[1]), "That is for a label “second”."),
        ),
    )


@question(
    "A counts every rare song 99 times, B puts 99 copies of it into the data. Both train in "
    "small batches, drawn at random. What differs?",
    answer="noise",
)
def bet_oversampling() -> Options:
    yield Option(
        "nothing", "Nothing", "Over all songs, yes. What does a batch of 32 hold?"
    )
    yield Option(
        "noise",
        "A’s steps jump about more; the best parameters are the same",
        "A rare song comes seldom in A, and pulls 99 times as hard when it does.",
    )
    yield Option(
        "optimum",
        "The best parameters: B learns from real songs",
        "The two sums over all songs are equal, term by term.",
    )
    yield Option(
        "honest",
        "A’s probabilities are shifted, B’s are not",
        "To B’s loss rare songs are common, too. It learns that they are.",
    )


@question(
    "Two linear models learn to tell the digit 8, which is 2 % of all. A plain one says yes "
    "from 1/50 on; the other, with the same penalty of λ = 0.001, counts every 8 as 49 and "
    "says yes from 1/2 on. A missed 8 costs 49 times a false alarm. Whose mistakes cost less, "
    "on new digits?",
    answer="plain",
)
def bet_rare_digits() -> Options:
    yield Option(
        "plain",
        "The plain one’s",
        "At this λ it missed fewer eights, and was the cheaper one in most of the runs. "
        "Another λ can turn that round.",
    )
    yield Option(
        "weighted",
        "The weighted one’s: it has seen what an 8 is worth",
        "It has looked hardest at 16 eights. How many new ones does it miss?",
    )
    yield Option(
        "same",
        "The same: for a perfect model both rules agree",
        "For a perfect model they do. A line through 16 eights is not one.",
    )


@question(
    "A fifth of 400 labels of ten digits is wrong, at random. So even who knows every digit "
    "has a loss: the floor. The training loss falls to half of it. What has the network "
    "learned?",
    answer="heart",
)
def bet_below_floor() -> Options:
    yield Option(
        "seen",
        "The true digits: it has seen through the errors",
        "Then it would expect a fifth of the labels to be wrong, and stop at the floor.",
    )
    yield Option(
        "heart",
        "The errors, by heart",
        "Nobody can foretell them. Who is below the floor has remembered them.",
    )
    yield Option(
        "luck",
        "Nothing more: it was lucky",
        "With four hundred labels that is no luck.",
    )
    yield Option(
        "floor",
        "The floor must be wrong",
        "It holds for labels that were not trained on.",
    )


def _undone(q: Float64, weight: Float64) -> Float64:
    if not np.allclose(q.sum(axis=1), 1):
        raise ValueError("q: expected rows that sum to 1")
    share = q / weight
    undone: Float64 = share / share.sum(axis=1, keepdims=True)
    return undone


def _refuses(run: Runner, reference: Callable[..., Any], args: Args) -> Failure | None:
    q, weight = args
    done = run(0.9 * q, weight)
    if done.error.startswith("ValueError"):
        return None
    return Failure(
        done.error or "a result", "a `ValueError` for a tenth less of each q"
    )


def _predictions(rng: np.random.Generator) -> Args:
    n, k = rng.integers(1, 4), rng.integers(2, 5)
    return rng.dirichlet(np.ones(k), n), rng.integers(1, 100, k).astype(float)


def _simpler(args: Args) -> Iterator[Args]:
    """A row or a class fewer, a weight of 1, a row without doubts."""
    q, weight = args
    for row in range(len(q)) if len(q) > 1 else ():
        yield np.delete(q, row, axis=0), weight
    for k in range(len(weight)) if len(weight) > 2 else ():
        rest = np.delete(q, k, axis=1)
        if (rest.sum(axis=1) > 0).all():
            yield rest / rest.sum(axis=1, keepdims=True), np.delete(weight, k)
    for k in map(int, np.flatnonzero(weight != 1)):
        yield q, np.where(np.arange(len(weight)) == k, 1.0, weight)
    for rounder in (np.round(q, 1), np.full_like(q, 1 / q.shape[1])):
        if np.allclose(rounder.sum(axis=1), 1) and not np.array_equal(rounder, q):
            yield rounder, weight


@code_exercise(
    "`undo(q, weight)`: what a model trained with the class weights (K,) says of the world. "
    "`q` (N, K) is what it claims, the result (N, K) what is true if it is perfect. Tiny "
    "probabilities stay as they are, and rows that do not sum to 1 raise `ValueError`.",
    hints=(
        "What it claims is proportional to weight times truth. Divide.",
        "Each row has to sum to 1 again: divide it by its own sum, with `keepdims=True`.",
        "Check the sums of `q` before all that: `np.allclose(q.sum(axis=1), 1)`.",
    ),
)
def function_undo_weights() -> Task:
    return Task(
        call="undo",
        reference=_undone,
        chosen=tuple(
            (np.array(q, dtype=float), np.array(weight, dtype=float))
            for q, weight in (
                ([[0.5, 0.5]], [1, 9]),
                ([[0.2, 0.8]], [1, 5]),
                ([[1, 0]], [1, 9]),
                ([[0.5, 0.3, 0.2]], [1, 2, 5]),
                ([[1, 1e-30], [1e-30, 1]], [1, 1000]),
                ([[0.6, 0.4], [0.1, 0.9]], [0.25, 0.75]),
            )
        ),
        random=_predictions,
        simpler=_simpler,
        properties=(
            *properties.COMMON,
            properties.KEEPS_DIGITS,
            Property("refuses rows that do not sum to 1", _refuses),
        ),
    )

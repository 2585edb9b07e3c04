"""The lab on floor and excess."""

from __future__ import annotations

import numpy as np

from ce_lib.genres import BATCH_Q, BATCH_Y, GENRES, GenreWorld
from ce_lib.information import cross_entropy, entropy, kl_divergence, surprisal
from ce_lib.models import SoftmaxRegression
from ce_lib.practice import mistakes, properties, shrink
from ce_lib.practice.code import Args, Task
from ce_lib.practice.define import Fields, code_exercise, exercise
from ce_lib.practice.exercise import Choice, Mistake, Number, Option, Vector

#: Numbers that are given, not computed.
GIVEN = (0.62,)

#: What the station plays, and what the colleague believes.
_P = np.array([0.7, 0.2, 0.05, 0.05])
_Q = np.array([1 / 8, 1 / 2, 1 / 4, 1 / 8])
_FOR_P = np.array([1, 2, 3, 3])


def _two_distributions(rng: np.random.Generator) -> Args:
    """Draw P and Q over equally many classes; now and then P rules one out."""
    p, q = rng.dirichlet(np.ones(int(rng.integers(2, 6))), 2)
    if rng.random() < 0.3:
        p = np.where(p == p.min(), 0, p) / (1 - p.min())
    return p, q


@exercise(
    "The prices of the five songs, in nats.",
    hints=(
        "For each row, take the probability in the column of the true genre.",
        "`BATCH_Q[np.arange(5), BATCH_Y]` takes one entry from every row.",
        "`np.log` is the natural logarithm. Mind the sign.",
    ),
    show="log-curve#loss-curve?q=0.1",
)
def lab_prices() -> Fields:
    songs = tuple(f"song {i}" for i in range(1, 6))
    own = BATCH_Q[np.arange(len(BATCH_Y)), BATCH_Y]
    prices = surprisal(own)
    yield Vector(
        name="prices",
        label="the five prices",
        answer=prices,
        labels=songs,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(prices),
            mistakes.no_minus(prices),
            Mistake(
                "winner for truth",
                surprisal(BATCH_Q.max(axis=1)),
                "You priced each row’s largest probability. What did the song "
                "turn out to be?",
            ),
            Mistake(
                "no logarithm",
                own,
                "Those are the right probabilities. What does each cost?",
            ),
            Mistake(
                "distance for price",
                1 - own,
                "That is how far each is from 1. The price is a logarithm.",
            ),
        ),
    )


@exercise(
    "The batch as one number, twice.",
    hints=(
        "The mean loss is the mean of the five prices.",
        "Undo the logarithm: which probability has the mean loss as its price?",
    ),
    show="maximum-likelihood#likelihood?counts=7,2,1&q=0.7,0.2,0.1",
)
def lab_batch() -> Fields:
    own = BATCH_Q[np.arange(len(BATCH_Y)), BATCH_Y]
    prices = surprisal(own)
    yield Number(
        name="mean_loss",
        label="the mean loss",
        answer=float(prices.mean()),
        unit="nats",
        mistakes=(
            Mistake(
                "sum for mean",
                float(prices.sum()),
                "That is the bill for all five. What does one song cost, on average?",
            ),
            Mistake(
                "price of the mean",
                float(surprisal(own.mean())),
                "You averaged the probabilities first. Average the prices.",
            ),
            mistakes.bits_for_nats(float(prices.mean())),
        ),
    )
    yield Number(
        name="typical_q",
        label="the one probability that costs as much every time",
        answer=float(np.exp(-prices.mean())),
        probability=True,
        mistakes=(
            Mistake(
                "arithmetic mean",
                float(own.mean()),
                "That is the arithmetic mean. Its price is lower than the mean loss.",
            ),
            Mistake(
                "product",
                float(own.prod()),
                "That is all five at once. Which equal factors have that product?",
            ),
            Mistake(
                "perplexity",
                float(np.exp(prices.mean())),
                "A probability is at most 1. Which sign belongs in the exponent?",
            ),
        ),
    )


@exercise(
    "The lengths of your best code for P, in bits.",
    hints=(
        "The shortest word belongs to the genre that is played most.",
        "With one bit gone to Rock, half of all words are left for three genres.",
    ),
    show="surprise-and-cross-entropy#code?p=0.7,0.2,0.05,0.05&q=0.7,0.2,0.05,0.05",
)
def lab_code_lengths() -> Fields:
    yield Vector(
        name="lengths",
        label="four whole numbers",
        answer=_FOR_P,
        labels=GENRES,
        unit="bits",
        mistakes=(
            Mistake(
                "two bits each",
                [2, 2, 2, 2],
                "It works, at two bits per song, in every world. This world plays "
                "Rock seven times in ten.",
            ),
            Mistake(
                "one after another",
                [1, 2, 3, 4],
                "Possible, but some words are left unused: kraft is below 1. "
                "Which length can shrink?",
            ),
            Mistake(
                "parts of a bit",
                -np.log2(_P),
                "Ideal, if words could have parts of a bit. Yours are whole.",
            ),
            Mistake(
                "rounded up",
                np.ceil(-np.log2(_P)),
                "Possible, but rounding up leaves words unused: kraft is below 1.",
            ),
            Mistake(
                "too short",
                [1, 2, 2, 2],
                "No such code exists: kraft is above 1. One word would begin another.",
            ),
            Mistake(
                "too short for one",
                [1, 2, 2, 3],
                "No such code exists: kraft is above 1. One word would begin another.",
            ),
            Mistake(
                "too short for two",
                [1, 1, 2, 2],
                "No such code exists: kraft is above 1. Two words of one bit use up "
                "every word there is.",
            ),
            Mistake(
                "as long as frequent",
                [3, 3, 2, 1],
                "You gave the longest word to what is played most.",
            ),
        ),
    )


@exercise(
    "The colleague’s code, and what it costs.",
    hints=(
        "A half is one halving, a quarter two, an eighth three.",
        "The lengths come from Q, the shares of the songs from P.",
    ),
    show="surprise-and-cross-entropy#code?p=0.7,0.2,0.05,0.05&q=0.125,0.5,0.25,0.125",
)
def lab_wrong_code() -> Fields:
    for_q = np.array([3, 1, 2, 3])
    yield Vector(
        name="lengths",
        label="the lengths of the best code for Q",
        answer=for_q,
        labels=GENRES,
        unit="bits",
        mistakes=(
            Mistake("for P", _FOR_P, "That is the code for P. Who builds this one?"),
            Mistake(
                "two bits each",
                [2, 2, 2, 2],
                "Does a colleague who expects Pop every second song do that?",
            ),
            Mistake(
                "too short",
                [2, 1, 2, 2],
                "No such code exists: kraft is above 1.",
            ),
        ),
    )
    yield Number(
        name="bill",
        label="bits per song",
        answer=float(_P @ for_q),
        unit="bits",
        mistakes=(
            Mistake(
                "paid under Q",
                float(_Q @ for_q),
                "That is what the colleague expects to pay. The songs come from P.",
            ),
            Mistake(
                "right code",
                float(_P @ _FOR_P),
                "That is the bill of the code for P.",
            ),
            Mistake(
                "unweighted",
                float(for_q.mean()),
                "Not every genre is played equally often.",
            ),
        ),
    )


@exercise(
    "Floor and excess of this P and Q, in bits.",
    hints=("1 bit is ln 2 nats. Divide.",),
    show="floor-plus-excess#two-distributions?p=0.7,0.2,0.05,0.05"
    "&q=0.125,0.5,0.25,0.125&units=bits",
)
def lab_bits() -> Fields:
    yield Number(
        name="floor",
        label="H(P)",
        answer=float(entropy(_P, base=2)),
        unit="bits",
        mistakes=(
            mistakes.nats_for_bits(float(entropy(_P, base=2))),
            Mistake(
                "entropy of Q",
                float(entropy(_Q, base=2)),
                "That is H(Q), the floor of a world in which the colleague is right.",
            ),
            Mistake(
                "whole bits",
                float(_P @ _FOR_P),
                "That is the bill of a code with whole words. The floor lies below.",
            ),
        ),
    )
    yield Number(
        name="excess",
        label="D(P‖Q)",
        answer=float(kl_divergence(_P, _Q)) / np.log(2),
        unit="bits",
        mistakes=(
            mistakes.nats_for_bits(float(kl_divergence(_P, _Q)) / np.log(2)),
            Mistake(
                "swapped",
                float(kl_divergence(_Q, _P)) / np.log(2),
                "That is D(Q‖P): the songs came from the colleague’s head.",
            ),
            Mistake(
                "the whole bill",
                float(cross_entropy(_P, _Q, base=2)),
                "That is the whole bill. How much of it is not the floor?",
            ),
        ),
    )


@exercise(
    "The floor and the excess of a trained model.",
    hints=(
        "One row of truth is the distribution of one song’s genre.",
        "`entropy` and `kl_divergence` take all rows at once. Then take the mean.",
    ),
    show="floor-plus-excess#training?steps=200&floor=shown",
)
def lab_world() -> Fields:
    world = GenreWorld(seed=0)
    model = SoftmaxRegression(progress=False).fit(*world.sample(2000))
    fresh_x, fresh_y = world.sample(20_000)
    truth = world.posterior(fresh_x)
    guess = model.predict_proba(fresh_x)
    floor = float(entropy(truth).mean())
    excess = float(kl_divergence(truth, guess).mean())
    fresh_loss = float(surprisal(guess[np.arange(len(fresh_y)), fresh_y]).mean())
    yield Number(
        name="floor",
        label="the mean entropy of the true probabilities",
        answer=floor,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(floor),
            Mistake(
                "entropy of the mean",
                float(entropy(truth.mean(axis=0))),
                "You averaged the songs before the entropy. That is somebody who "
                "does not look at the features.",
            ),
            Mistake(
                "entropy of the model",
                float(entropy(guess).mean()),
                "Those are the model’s doubts. The floor is made of the world’s.",
            ),
            Mistake(
                "sum for mean",
                floor * len(fresh_y),
                "That is the sum over all songs.",
            ),
        ),
    )
    yield Number(
        name="excess",
        label="the mean divergence of the model from the truth",
        answer=excess,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(excess),
            Mistake(
                "swapped",
                float(kl_divergence(guess, truth).mean()),
                "The songs come from the truth. Which argument goes first?",
            ),
            Mistake(
                "the whole price",
                float(cross_entropy(truth, guess).mean()),
                "That is floor and excess together.",
            ),
            Mistake(
                "difference with luck in it",
                fresh_loss - floor,
                "That difference still has the luck of the labels in it. Compare "
                "the two distributions of each song, without its label.",
            ),
        ),
    )


@exercise(
    "A mean loss of 0.62 nats on 100,000 fresh songs of this world.",
    hints=("Compare it with the floor.",),
    show="floor-plus-excess#training?steps=200&floor=shown",
)
def lab_too_good() -> Fields:
    yield Choice(
        name="verdict",
        label="What do you say?",
        answer="b",
        options=(
            Option(
                "a",
                "A better model than ours.",
                "No model can do that by knowing the world: perfect knowledge of it "
                "pays the floor.",
            ),
            Option(
                "b",
                "The songs were not fresh, or the genre leaked into the features.",
                "Right. Below the floor somebody knows more than the features tell.",
            ),
            Option(
                "c",
                "Luck with the labels.",
                "On a hundred thousand songs luck moves the mean by a few "
                "thousandths, not by this much.",
            ),
            Option(
                "d",
                "It is a deeper network.",
                "Depth buys a better Q. The floor does not depend on Q.",
            ),
        ),
    )


@code_exercise(
    "`split(p, q)`: floor and excess in nats of distributions (K,); entries may be 0.",
    hints=(
        "What never happens costs nothing, whatever its q: leave out where p is 0.",
        "floor = −Σ p ln p and excess = Σ p ln(p/q), over the entries with p > 0.",
        "Return `inf` for the excess if one of those entries has q = 0.",
    ),
    show="floor-plus-excess#two-distributions?p=0.5,0.5&q=1,0",
)
def lab_split() -> Task:
    return Task(
        call="split",
        reference=lambda p, q: np.array([entropy(p), kl_divergence(p, q)]),
        chosen=(
            (np.array([0.5, 0.5]), np.array([0.5, 0.5])),
            (np.array([0.7, 0.3]), np.array([0.4, 0.6])),
            (np.array([1.0, 0.0]), np.array([0.5, 0.5])),
            (np.array([0.5, 0.5]), np.array([1.0, 0.0])),
            (np.array([1.0, 0.0]), np.array([1.0, 0.0])),
            (_P, _Q),
        ),
        random=_two_distributions,
        simpler=shrink.distributions,
        properties=properties.parts("the floor", "the excess"),
    )

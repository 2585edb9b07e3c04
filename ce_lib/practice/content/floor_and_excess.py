"""Lab 1: floor and excess."""

from __future__ import annotations

import numpy as np

from ce_lib.genres import BATCH_Q, BATCH_Y, GenreWorld
from ce_lib.information import cross_entropy, entropy, kl_divergence, surprisal
from ce_lib.models import SoftmaxRegression
from ce_lib.practice import mistakes, properties, shrink
from ce_lib.practice.code import Args, CodeExercise
from ce_lib.practice.exercise import Choice, Exercise, Mistake, Number, Option, Vector

_OWN = BATCH_Q[np.arange(len(BATCH_Y)), BATCH_Y]
_PRICES = surprisal(_OWN)
_SONGS = tuple(f"song {i}" for i in range(1, 6))
_GENRES = ("Rock", "Pop", "Jazz", "Classical")

#: What the station plays, and what the colleague believes.
_P = np.array([0.7, 0.2, 0.05, 0.05])
_Q = np.array([1 / 8, 1 / 2, 1 / 4, 1 / 8])
_FOR_P = np.array([1, 2, 3, 3])
_FOR_Q = np.array([3, 1, 2, 3])

_WORLD = GenreWorld(seed=0)
_MODEL = SoftmaxRegression().fit(*_WORLD.sample(2000))
_FRESH_X, _FRESH_Y = _WORLD.sample(20_000)
_TRUTH = _WORLD.posterior(_FRESH_X)
_GUESS = _MODEL.predict_proba(_FRESH_X)
_FLOOR = float(entropy(_TRUTH).mean())
_EXCESS = float(kl_divergence(_TRUTH, _GUESS).mean())
_FRESH_LOSS = float(surprisal(_GUESS[np.arange(len(_FRESH_Y)), _FRESH_Y]).mean())


def _two_distributions(rng: np.random.Generator) -> Args:
    """Draw P and Q over equally many classes; now and then P rules one out."""
    p, q = rng.dirichlet(np.ones(int(rng.integers(2, 6))), 2)
    if rng.random() < 0.3:
        p = np.where(p == p.min(), 0, p) / (1 - p.min())
    return p, q


EXERCISES = (
    Exercise(
        id="lab-prices",
        prompt="The prices of the five songs, in nats.",
        fields=(
            Vector(
                name="prices",
                label="the five prices",
                answer=_PRICES,
                labels=_SONGS,
                unit="nats",
                mistakes=(
                    mistakes.bits_for_nats(_PRICES),
                    mistakes.no_minus(_PRICES),
                    Mistake(
                        "winner for truth",
                        surprisal(BATCH_Q.max(axis=1)),
                        "You priced each row's largest probability. What did the song "
                        "turn out to be?",
                    ),
                    Mistake(
                        "no logarithm",
                        _OWN,
                        "Those are the right probabilities. What does each cost?",
                    ),
                    Mistake(
                        "distance for price",
                        1 - _OWN,
                        "That is how far each is from 1. The price is a logarithm.",
                    ),
                ),
            ),
        ),
        hints=(
            "For each row, take the probability in the column of the true genre.",
            "BATCH_Q[np.arange(5), BATCH_Y] takes one entry from every row.",
            "np.log is the natural logarithm. Mind the sign.",
        ),
    ),
    Exercise(
        id="lab-batch",
        prompt="The batch as one number, twice.",
        fields=(
            Number(
                name="mean_loss",
                label="the mean loss",
                answer=float(_PRICES.mean()),
                unit="nats",
                mistakes=(
                    Mistake(
                        "sum for mean",
                        float(_PRICES.sum()),
                        "That is the bill for all five. What does one song cost, on average?",
                    ),
                    Mistake(
                        "price of the mean",
                        float(surprisal(_OWN.mean())),
                        "You averaged the probabilities first. Average the prices.",
                    ),
                    mistakes.bits_for_nats(float(_PRICES.mean())),
                ),
            ),
            Number(
                name="typical_q",
                label="the one probability that costs as much every time",
                answer=float(np.exp(-_PRICES.mean())),
                probability=True,
                mistakes=(
                    Mistake(
                        "arithmetic mean",
                        float(_OWN.mean()),
                        "That is the arithmetic mean. Its price is lower than the mean loss.",
                    ),
                    Mistake(
                        "product",
                        float(_OWN.prod()),
                        "That is all five at once. Which equal factors have that product?",
                    ),
                    Mistake(
                        "perplexity",
                        float(np.exp(_PRICES.mean())),
                        "A probability is at most 1. Which sign belongs in the exponent?",
                    ),
                ),
            ),
        ),
        hints=(
            "The mean loss is the mean of the five prices.",
            "Undo the logarithm: which probability has the mean loss as its price?",
        ),
    ),
    Exercise(
        id="lab-code-lengths",
        prompt="The lengths of your best code for P, in bits.",
        fields=(
            Vector(
                name="lengths",
                label="four whole numbers",
                answer=_FOR_P,
                labels=_GENRES,
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
                        "No such code exists: kraft is above 1. One word would begin "
                        "another.",
                    ),
                    Mistake(
                        "as long as frequent",
                        [3, 3, 2, 1],
                        "You gave the longest word to what is played most.",
                    ),
                ),
            ),
        ),
        hints=(
            "The shortest word belongs to the genre that is played most.",
            "With one bit gone to Rock, half of all words are left for three genres.",
        ),
    ),
    Exercise(
        id="lab-wrong-code",
        prompt="The colleague's code, and what it costs.",
        fields=(
            Vector(
                name="lengths",
                label="the lengths of the best code for Q",
                answer=_FOR_Q,
                labels=_GENRES,
                unit="bits",
                mistakes=(
                    Mistake(
                        "for P", _FOR_P, "That is the code for P. Who builds this one?"
                    ),
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
            ),
            Number(
                name="bill",
                label="bits per song",
                answer=float(_P @ _FOR_Q),
                unit="bits",
                mistakes=(
                    Mistake(
                        "paid under Q",
                        float(_Q @ _FOR_Q),
                        "That is what the colleague expects to pay. The songs come from P.",
                    ),
                    Mistake(
                        "right code",
                        float(_P @ _FOR_P),
                        "That is the bill of the code for P.",
                    ),
                    Mistake(
                        "unweighted",
                        float(_FOR_Q.mean()),
                        "Not every genre is played equally often.",
                    ),
                ),
            ),
        ),
        hints=(
            "A half is one halving, a quarter two, an eighth three.",
            "The lengths come from Q, the shares of the songs from P.",
        ),
    ),
    Exercise(
        id="lab-bits",
        prompt="Floor and excess of this P and Q, in bits.",
        fields=(
            Number(
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
            ),
            Number(
                name="excess",
                label="D(P‖Q)",
                answer=float(kl_divergence(_P, _Q)) / np.log(2),
                unit="bits",
                mistakes=(
                    mistakes.nats_for_bits(float(kl_divergence(_P, _Q)) / np.log(2)),
                    Mistake(
                        "swapped",
                        float(kl_divergence(_Q, _P)) / np.log(2),
                        "That is D(Q‖P): the songs came from the colleague's head.",
                    ),
                    Mistake(
                        "the whole bill",
                        float(cross_entropy(_P, _Q, base=2)),
                        "That is the whole bill. How much of it is not the floor?",
                    ),
                ),
            ),
        ),
        hints=("1 bit is ln 2 nats. Divide.",),
    ),
    Exercise(
        id="lab-world",
        prompt="The floor and the excess of a trained model.",
        fields=(
            Number(
                name="floor",
                label="the mean entropy of the true probabilities",
                answer=_FLOOR,
                unit="nats",
                mistakes=(
                    mistakes.bits_for_nats(_FLOOR),
                    Mistake(
                        "entropy of the mean",
                        float(entropy(_TRUTH.mean(axis=0))),
                        "You averaged the songs before the entropy. That is somebody who "
                        "does not look at the features.",
                    ),
                    Mistake(
                        "entropy of the model",
                        float(entropy(_GUESS).mean()),
                        "Those are the model's doubts. The floor is made of the world's.",
                    ),
                    Mistake(
                        "sum for mean",
                        _FLOOR * len(_FRESH_Y),
                        "That is the sum over all songs.",
                    ),
                ),
            ),
            Number(
                name="excess",
                label="the mean divergence of the model from the truth",
                answer=_EXCESS,
                unit="nats",
                mistakes=(
                    mistakes.bits_for_nats(_EXCESS),
                    Mistake(
                        "swapped",
                        float(kl_divergence(_GUESS, _TRUTH).mean()),
                        "The songs come from the truth. Which argument goes first?",
                    ),
                    Mistake(
                        "the whole price",
                        float(cross_entropy(_TRUTH, _GUESS).mean()),
                        "That is floor and excess together.",
                    ),
                    Mistake(
                        "difference with luck in it",
                        _FRESH_LOSS - _FLOOR,
                        "That difference still has the luck of the labels in it. Compare "
                        "the two distributions of each song, without its label.",
                    ),
                ),
            ),
        ),
        hints=(
            "One row of truth is the distribution of one song's genre.",
            "entropy and kl_divergence take all rows at once. Then take the mean.",
        ),
    ),
    Exercise(
        id="lab-too-good",
        prompt="A mean loss of 0.62 nats on 100 000 fresh songs of this world.",
        fields=(
            Choice(
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
            ),
        ),
        hints=("Compare it with the floor.",),
    ),
)

FUNCTIONS = (
    CodeExercise(
        id="lab-split",
        prompt="split(p, q): floor and excess in nats of distributions (K,); entries may be 0.",
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
        properties=properties.COMMON,
        hints=(
            "What never happens costs nothing, whatever its q: leave out where p is 0.",
            "floor = −Σ p ln p and excess = Σ p ln(p/q), over the entries with p > 0.",
            "Return inf for the excess if one of those entries has q = 0.",
        ),
    ),
)

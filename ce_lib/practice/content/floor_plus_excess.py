"""Floor plus excess."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ce_lib.information import cross_entropy, entropy, kl_divergence, surprisal
from ce_lib.numerics import softmax
from ce_lib.practice import mistakes
from ce_lib.practice.define import Fields, Options, exercise, guess, question
from ce_lib.practice.exercise import Choice, Mistake, Number, Option, Vector
from ce_lib.practice.guess import Axis, Drawn, Mark, Remark

_P, _Q = np.array([0.5, 0.5]), np.array([0.9, 0.1])
_SEVEN = np.array([0.7, 0.3])


def _both(function: str) -> np.ndarray:
    """Return entropies, cross-entropies or divergences, both ways round, in bits."""
    p, q = np.array([0.5, 0.5]), np.array([0.2, 0.8])
    if function == "entropy":
        return np.array([entropy(p, base=2), entropy(q, base=2)])
    measure = cross_entropy if function == "cross" else kl_divergence
    return np.array([measure(p, q, base=2), measure(q, p, base=2)])


def _pair(name: str, function: str, labels: tuple[str, str], *more: Mistake) -> Vector:
    answer = _both(function)
    return Vector(
        name=name,
        label=f"{labels[0]} and {labels[1]} in bits",
        labels=labels,
        answer=answer,
        unit="bits",
        mistakes=(
            mistakes.nats_for_bits(answer),
            Mistake("swapped", answer[::-1], "The two are swapped."),
            *more,
        ),
    )


def _terms(terms: np.ndarray[Any, Any]) -> Vector:
    return Vector(
        name="terms",
        label="The two terms of D(P‖Q) in nats",
        labels=("first", "second"),
        answer=terms,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(terms),
            mistakes.opposite(terms, "Turn the ratio over: p stands above q."),
            Mistake(
                "no weights",
                terms / _P,
                "Those are the logarithms alone. Weight each by how often.",
            ),
            Mistake("positive", np.abs(terms), "A single term may be negative."),
            Mistake(
                "p and q swapped",
                _Q * np.log(_Q / _P),
                "Those are the terms of D(Q‖P). Whose world is it?",
            ),
            Mistake(
                "whole price",
                -_P * np.log(_Q),
                "Those are the terms of H(P, Q). From each, take that of H(P) off.",
            ),
        ),
    )


@guess(
    "Of the songs that sound exactly like this one, 70 in 100 are Rock, 20 Pop, 5 Jazz "
    "and 5 Classical, and nothing in the sound tells more. A model trains on very many "
    "of them, from the uniform guess on. Where does its mean loss end, however long it "
    "trains?"
)
def guess_floor_plus_excess() -> Drawn:
    shares = np.array([0.7, 0.2, 0.05, 0.05])
    z, losses = np.zeros(4), []
    for _ in range(61):
        q = softmax(z)
        losses.append(cross_entropy(shares, q))
        z -= 0.3 * (q - shares)
    floor, chance = entropy(shares), math.log(4)
    return Drawn(
        label="The loss in the end",
        unit="nats",
        answer=floor,
        low=0,
        high=1.5,
        near=0.05,
        x=Axis(title="steps of training", low=0, high=60, ticks=(0, 20, 40, 60)),
        y=Axis(title="mean loss in nats", low=0, high=1.5, ticks=(0, 0.5, 1, 1.5)),
        marks=(
            Mark(
                label="the first steps",
                points=list(enumerate(losses[:9])),
                place=(2.5, losses[0]),
            ),
        ),
        shown=(
            Mark(
                label="",  # the same curve, gone on
                points=[(step, losses[step]) for step in range(8, 61)],
                place=(0, 0),
            ),
        ),
        told=f"It ends at {floor:.3f} nats. Nobody can pay less on these songs, not even "
        "somebody who knows the four shares exactly: three songs in ten will be a "
        "surprise.",
        remarks=(
            Remark(
                upto=0.1,
                sentence="0 would take a model that is sure of every single song, and "
                "right.",
            ),
            Remark(
                upto=floor,
                sentence="To pay less one would have to know more than there is to know.",
            ),
            Remark(
                upto=chance,
                sentence="A model that knows the shares has more to save than that.",
            ),
            Remark(sentence="It starts lower than that, at the uniform guess."),
        ),
    )


@exercise(
    "The gap between P = (0.5, 0.5) and Q = (0.9, 0.1)",
    hints=(
        "One term per outcome: p · ln(p/q).",
        "The first outcome is more likely under Q than under P: what sign has its term?",
        "For the reverse, swap the letters everywhere, weights included.",
    ),
)
def exercise_gap() -> Fields:
    terms = _P * np.log(_P / _Q)
    forward, reverse = float(kl_divergence(_P, _Q)), float(kl_divergence(_Q, _P))
    yield _terms(terms)
    yield Number(
        name="forward",
        label="D(P‖Q) in nats",
        answer=forward,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(forward),
            Mistake(
                "p and q swapped",
                reverse,
                "That is D(Q‖P). Which of the two says how often?",
            ),
            Mistake(
                "whole price",
                cross_entropy(_P, _Q),
                "That is H(P, Q). Take the floor off.",
            ),
            Mistake(
                "all positive",
                np.abs(terms).sum(),
                "One of the two terms is negative.",
            ),
        ),
    )
    yield Number(
        name="reverse",
        label="D(Q‖P) in nats",
        answer=reverse,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(reverse),
            Mistake(
                "p and q swapped",
                forward,
                "That is D(P‖Q). Now Q is the world.",
            ),
            Mistake("entropy of Q", entropy(_Q), "That is the entropy of Q alone."),
            Mistake(
                "whole price",
                cross_entropy(_Q, _P),
                "That is H(Q, P). Take the floor off.",
            ),
        ),
    )
    yield Choice(
        name="trained",
        label="If P is the data, training lowers",
        answer="forward",
        options=(
            Option(
                "forward",
                "D(P‖Q)",
                "The data say how often each price is paid.",
            ),
            Option(
                "reverse",
                "D(Q‖P)",
                "Here the average would run over what the model says.",
            ),
        ),
    )


@exercise(
    "A loss falls from 1 nat to 0.8, above a floor of 0.6",
    hints=(
        "Take the floor off both losses.",
        "What is left is the excess, before and after.",
        "Before it is 1 minus 0.6, afterwards 0.8 minus 0.6.",
    ),
)
def exercise_excess_share() -> Fields:
    floor, before, after = 0.6, 1.0, 0.8
    excess = before - floor
    yield Number(
        name="share",
        label="The share of the excess that is gone",
        answer=(before - after) / excess,
        probability=True,
        mistakes=(
            Mistake(
                "of the loss",
                (before - after) / before,
                "That is the share of the whole loss. Take the floor off first.",
            ),
            Mistake(
                "what is left of the loss",
                after / before,
                "That is what is left of the whole loss. Take the floor off first.",
            ),
            Mistake(
                "of the floor",
                (before - after) / floor,
                "That is the fall as a share of the floor. What was the excess?",
            ),
            Mistake("the excess", excess, "That is the excess before, in nats."),
        ),
    )


@exercise(
    "Ten songs, once the labels are mended",
    hints=(
        "The floor is the doubt that stays when everything in the features is used.",
        "All ten are Rock now: what is the best prediction?",
        "Each song now costs the model −ln 0.7.",
    ),
)
def exercise_noise() -> Fields:
    floor = float(entropy(_SEVEN))
    yield Number(
        name="floor",
        label="The floor in nats",
        answer=0.0,
        unit="nats",
        mistakes=(
            Mistake(
                "old floor",
                floor,
                "That was the floor with 7 to 3. What is left in doubt now?",
            ),
            Mistake(
                "loss",
                surprisal(0.7),
                "That is what the model pays. What would the best one pay?",
            ),
            Mistake(
                "even odds",
                np.log(2),
                "That is the floor of even odds. Which labels are there now?",
            ),
        ),
    )
    yield Number(
        name="loss",
        label="The loss in nats of the model that says 0.7",
        answer=surprisal(0.7),
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(surprisal(0.7)),
            Mistake(
                "old loss",
                floor,
                "That was its loss on the old labels, where it lost three times.",
            ),
            mistakes.miss(0.7),
            mistakes.no_log(0.7),
            mistakes.no_minus(surprisal(0.7)),
        ),
    )


@exercise(
    "Ten identical inputs, labelled 7 to 3",
    hints=(
        "All ten inputs are alike, so there is one prediction for all.",
        "Mean loss: seven tenths of −ln q plus three tenths of −ln(1 − q).",
        "The best q is the frequency; the mean is then an entropy.",
    ),
)
def exercise_label_noise() -> Fields:
    floor = float(entropy(_SEVEN))
    yield Number(
        name="mean",
        label="Smallest possible mean loss in nats",
        answer=floor,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(floor),
            mistakes.no_log(0.7),
            Mistake("zero", 0, "No single prediction suits both labels."),
            Mistake(
                "majority only",
                surprisal(0.7),
                "That is the price of the seven. The three are paid as well.",
            ),
            Mistake(
                "even odds",
                surprisal(0.5),
                "That is the price of shrugging. The labels are not even.",
            ),
            Mistake("sum for mean", 10 * floor, "That is the sum over all ten."),
        ),
    )
    yield Number(
        name="at",
        label="It is reached where the q of Rock is",
        answer=0.7,
        probability=True,
        mistakes=(
            Mistake("certain", 1, "Then each of the three costs ∞."),
            Mistake("even", 0.5, "That wastes what the ten labels say."),
            Mistake("the three", 0.3, "That is the probability for the three."),
        ),
    )


@exercise(
    "A pays 0.02 nats less than B, on 400 songs",
    hints=(
        "What is the standard deviation of a mean of 400 independent numbers?",
        "Standard error: the deviation divided by the root of the number of songs.",
        "For the last part, set 2 · 0.3/√N equal to 0.02 and solve for N.",
    ),
)
def exercise_how_sure() -> Fields:
    gap, deviation, songs = 0.02, 0.3, 400
    error = deviation / math.sqrt(songs)
    yield Number(
        name="error",
        label="The standard error of the difference in nats",
        answer=error,
        unit="nats",
        mistakes=(
            Mistake(
                "deviation",
                deviation,
                "That is how far single songs stray. Their mean strays less.",
            ),
            Mistake(
                "no root",
                deviation / songs,
                "With four times the songs a mean strays half as far, not a quarter.",
            ),
            Mistake(
                "two errors", 2 * error, "That is two standard errors. What is one?"
            ),
            Mistake(
                "not paired",
                math.sqrt(2) * error,
                "0.3 is already the deviation of the differences, not of each loss.",
            ),
        ),
    )
    yield Choice(
        name="better",
        label="Is A better?",
        answer="open",
        options=(
            Option("yes", "Yes", "How many standard errors is the difference?"),
            Option(
                "open",
                "These songs do not tell",
                "The difference is less than two standard errors.",
            ),
            Option("no", "No, they are equal", "A small difference may still be real."),
        ),
    )
    needed = (2 * deviation / gap) ** 2
    yield Number(
        name="songs",
        label="Songs that make 0.02 nats two standard errors",
        answer=needed,
        mistakes=(
            Mistake(
                "one error",
                needed / 4,
                "There the difference is one standard error. Two are asked for.",
            ),
            Mistake("no square", 2 * deviation / gap, "That is √N. Square it."),
            Mistake(
                "in proportion",
                2 * error / gap * songs,
                "Half the error takes four times the songs, not twice as many.",
            ),
        ),
    )


@exercise(
    "P = (0.5, 0.5) and Q = (0.2, 0.8), both ways round",
    hints=(
        "First the two entropies: what each world costs with its own code.",
        "The first distribution says how often, the second at what price.",
        "D(P‖Q) = H(P, Q) − H(P).",
    ),
)
def exercise_both_ways() -> Fields:
    yield _pair(
        "entropies",
        "entropy",
        ("H(P)", "H(Q)"),
        mistakes.no_minus(_both("entropy")),
    )
    yield _pair(
        "cross",
        "cross",
        ("H(P, Q)", "H(Q, P)"),
        Mistake(
            "excess",
            _both("kl"),
            "Those are the divergences. The floor belongs to the price, too.",
        ),
    )
    yield _pair(
        "divergences",
        "kl",
        ("D(P‖Q)", "D(Q‖P)"),
        Mistake("whole price", _both("cross"), "Take the floor off each."),
        Mistake(
            "wrong floor",
            _both("cross") - _both("entropy")[::-1],
            "Each floor was taken from the other one’s price.",
        ),
    )


@question(
    "Every label is one-hot. How low can the mean loss on fresh songs get, on average?",
    answer="conditional",
)
def bet_floor() -> Options:
    yield Option("zero", "To 0.", "Equal features may carry different labels.")
    yield Option(
        "chance",
        "To ln K.",
        "That is the price of knowing nothing. Features do better.",
    )
    yield Option(
        "prior",
        "To H(Y).",
        "That is the price without looking at the features.",
    )
    yield Option(
        "conditional",
        "To H(Y | X).",
        "What the features leave open is paid by everybody.",
    )


@question(
    "A training loss ends a little below H(Y | X), which is known exactly here. What does "
    "that say?",
    answer="sample",
)
def bet_below_the_floor() -> Options:
    yield Option(
        "better",
        "The model is better than the true probabilities.",
        "On these songs it pays less. On fresh ones nothing does, on average.",
    )
    yield Option(
        "error",
        "Somebody made a mistake.",
        "The floor bounds the loss over all songs. These are some of them.",
    )
    yield Option(
        "sample",
        "These songs are a sample, and the model was fitted to them.",
        "They may be easy, and their accidents were learned.",
    )
    yield Option(
        "unfinished",
        "More training would bring it back up.",
        "More training brings the training loss further down.",
    )


@question(
    "Which of two models is better? You may measure 1000 losses of each. On which songs?",
    answer="same",
)
def bet_paired() -> Options:
    yield Option(
        "own",
        "Each on 1000 songs of its own",
        "That is twice as many songs, and one model’s may be harder than the other’s.",
    )
    yield Option(
        "same",
        "Both on the same 1000 songs",
        "What makes a song hard is hard for both, and cancels in the difference.",
    )
    yield Option(
        "equal",
        "It comes to the same",
        "Compare how far the difference strays, with and without the luck of the songs.",
    )


@question(
    "P is the data, Q the model. Which divergence does cross-entropy training lower?",
    answer="forward",
)
def bet_direction() -> Options:
    yield Option(
        "forward",
        "D(P‖Q)",
        "H(P, Q) is H(P) plus this, and H(P) does not depend on the model.",
    )
    yield Option("reverse", "D(Q‖P)", "The average runs over the data, not the model.")
    yield Option(
        "both",
        "Both by the same amount",
        "Only one of the two stands in H(P, Q).",
    )
    yield Option("none", "Neither", "The excess is what training can lower.")

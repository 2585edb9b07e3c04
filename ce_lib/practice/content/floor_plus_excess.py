"""Floor plus excess."""

from __future__ import annotations

import numpy as np

from ce_lib.information import cross_entropy, entropy, kl_divergence, surprisal
from ce_lib.practice import mistakes
from ce_lib.practice.exercise import (
    Choice,
    Exercise,
    Mistake,
    Number,
    Option,
    Vector,
)

_P, _Q = np.array([0.5, 0.5]), np.array([0.9, 0.1])
_TERMS = _P * np.log(_P / _Q)
_FORWARD, _REVERSE = float(kl_divergence(_P, _Q)), float(kl_divergence(_Q, _P))
_SEVEN = np.array([0.7, 0.3])
_FLOOR = float(entropy(_SEVEN))

EXERCISES = (
    Exercise(
        id="exercise-gap",
        prompt="The gap between P = (0.5, 0.5) and Q = (0.9, 0.1)",
        fields=(
            Vector(
                name="terms",
                label="The two terms of D(P‖Q) in nats",
                labels=("first", "second"),
                answer=_TERMS,
                unit="nats",
                mistakes=(
                    mistakes.bits_for_nats(_TERMS),
                    mistakes.opposite(_TERMS, "Turn the ratio over: p stands above q."),
                    Mistake(
                        "no weights",
                        _TERMS / _P,
                        "Those are the logarithms alone. Weight each by how often.",
                    ),
                    Mistake(
                        "positive", np.abs(_TERMS), "A single term may be negative."
                    ),
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
            ),
            Number(
                name="forward",
                label="D(P‖Q) in nats",
                answer=_FORWARD,
                unit="nats",
                mistakes=(
                    mistakes.bits_for_nats(_FORWARD),
                    Mistake(
                        "p and q swapped",
                        _REVERSE,
                        "That is D(Q‖P). Which of the two says how often?",
                    ),
                    Mistake(
                        "whole price",
                        cross_entropy(_P, _Q),
                        "That is H(P, Q). Take the floor off.",
                    ),
                    Mistake(
                        "all positive",
                        np.abs(_TERMS).sum(),
                        "One of the two terms is negative.",
                    ),
                ),
            ),
            Number(
                name="reverse",
                label="D(Q‖P) in nats",
                answer=_REVERSE,
                unit="nats",
                mistakes=(
                    mistakes.bits_for_nats(_REVERSE),
                    Mistake(
                        "p and q swapped",
                        _FORWARD,
                        "That is D(P‖Q). Now Q is the world.",
                    ),
                    Mistake(
                        "entropy of Q", entropy(_Q), "That is the entropy of Q alone."
                    ),
                    Mistake(
                        "whole price",
                        cross_entropy(_Q, _P),
                        "That is H(Q, P). Take the floor off.",
                    ),
                ),
            ),
            Choice(
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
            ),
        ),
        hints=(
            "One term per outcome: p · ln(p/q).",
            "The first outcome is more likely under Q than under P: what sign has its term?",
            "For the reverse, swap the letters everywhere, weights included.",
        ),
    ),
    Exercise(
        id="exercise-noise",
        prompt="Ten songs, once the labels are mended",
        fields=(
            Number(
                name="floor",
                label="The floor in nats",
                answer=0.0,
                unit="nats",
                mistakes=(
                    Mistake(
                        "old floor",
                        _FLOOR,
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
            ),
            Number(
                name="loss",
                label="The loss in nats of the model that says 0.7",
                answer=surprisal(0.7),
                unit="nats",
                mistakes=(
                    mistakes.bits_for_nats(surprisal(0.7)),
                    Mistake(
                        "old loss",
                        _FLOOR,
                        "That was its loss on the old labels, where it lost three times.",
                    ),
                    mistakes.miss(0.7),
                    mistakes.no_log(0.7),
                    mistakes.no_minus(surprisal(0.7)),
                ),
            ),
        ),
        hints=(
            "The floor is the doubt that stays when everything in the features is used.",
            "All ten are Rock now: what is the best prediction?",
            "Each song now costs the model −ln 0.7.",
        ),
    ),
    Exercise(
        id="exercise-label-noise",
        prompt="Ten identical inputs, labelled 7 to 3",
        fields=(
            Number(
                name="mean",
                label="Smallest possible mean loss in nats",
                answer=_FLOOR,
                unit="nats",
                mistakes=(
                    mistakes.bits_for_nats(_FLOOR),
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
                    Mistake(
                        "sum for mean", 10 * _FLOOR, "That is the sum over all ten."
                    ),
                ),
            ),
            Number(
                name="at",
                label="It is reached with a probability for the seven of",
                answer=0.7,
                probability=True,
                mistakes=(
                    Mistake("certain", 1, "Then each of the three costs ∞."),
                    Mistake("even", 0.5, "That wastes what the ten labels say."),
                    Mistake("the three", 0.3, "That is the probability for the three."),
                ),
            ),
        ),
        hints=(
            "All ten inputs are alike, so there is one prediction for all.",
            "Mean loss: seven tenths of −ln q plus three tenths of −ln(1 − q).",
            "The best q is the frequency; the mean is then an entropy.",
        ),
    ),
)

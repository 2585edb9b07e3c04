"""The −log q curve."""

from __future__ import annotations

import math

import numpy as np

from ce_lib.information import surprisal
from ce_lib.practice import mistakes
from ce_lib.practice.exercise import (
    Choice,
    Exercise,
    Mistake,
    Number,
    Option,
    Vector,
)

_Q = np.array([0.8, 0.25, 0.02])
_LABELS = ("0.8", "0.25", "0.02")
_NATS, _BITS = surprisal(_Q), surprisal(_Q, base=2)
_TENS = Mistake(
    "base 10",
    -np.log10(_Q),
    "Those are logarithms to base 10. Which base gives the unit asked for?",
)
_K = 50257
_CHANCE, _CHANCE_BITS = math.log(_K), math.log2(_K)
_SLOPES = {"q": -1 / 0.01, "z": 0.01 - 1}
_SQUARED = {"q": -2 * 0.99, "z": -2 * 0.01 * 0.99**2}
_STEEPEST = 1 / 3
_TOKEN = 3.2

EXERCISES = (
    Exercise(
        id="exercise-prices",
        prompt="Three prices",
        fields=(
            Vector(
                name="nats",
                label="The prices in nats",
                labels=_LABELS,
                answer=_NATS,
                unit="nats",
                mistakes=(
                    mistakes.bits_for_nats(_NATS),
                    mistakes.no_minus(_NATS),
                    _TENS,
                    Mistake(
                        "distance",
                        1 - _Q,
                        "Those are distances from 1. A price is a logarithm.",
                    ),
                    Mistake(
                        "no logarithm",
                        _Q,
                        "Those are the probabilities. What do they cost?",
                    ),
                ),
            ),
            Vector(
                name="bits",
                label="The prices in bits",
                labels=_LABELS,
                answer=_BITS,
                unit="bits",
                mistakes=(
                    mistakes.nats_for_bits(_BITS),
                    mistakes.no_minus(_BITS),
                    _TENS,
                    Mistake(
                        "multiplied",
                        _NATS * math.log(2),
                        "A bit is less than a nat, so there are more of them.",
                    ),
                ),
            ),
            Choice(
                name="head",
                label="Which price in bits needs no calculator?",
                answer="quarter",
                options=(
                    Option("high", "That of 0.8", "0.8 is no power of one half."),
                    Option("quarter", "That of 0.25", "A quarter is two halvings."),
                    Option("low", "That of 0.02", "0.02 is no power of one half."),
                ),
            ),
        ),
        hints=(
            "A price in nats is minus the natural logarithm of the probability.",
            "A bit is ln 2 nats, which is less than one. So are there more bits, or fewer?",
            "How often must 1 be halved to reach a quarter?",
        ),
    ),
    Exercise(
        id="exercise-first-loss",
        prompt="The first loss of a language model",
        fields=(
            Number(
                name="chance",
                label="The chance line for 50257 tokens, in nats",
                answer=_CHANCE,
                unit="nats",
                mistakes=(
                    mistakes.bits_for_nats(_CHANCE),
                    mistakes.log10(_CHANCE),
                    mistakes.no_minus(_CHANCE),
                    mistakes.no_log(1 / _K),
                    Mistake(
                        "reported",
                        10.9,
                        "That is what the first model reports. What does chance cost?",
                    ),
                ),
            ),
            Choice(
                name="low",
                label="A first loss of 10.9 nats is",
                answer="fine",
                options=(
                    Option("fine", "fine", "It is the price of knowing nothing."),
                    Option("high", "far too high", "Compare it with the chance line."),
                    Option("leak", "far too low", "Compare it with the chance line."),
                ),
            ),
            Choice(
                name="high",
                label="A first loss of 14.2 nats says that the model is",
                answer="sure",
                options=(
                    Option(
                        "nothing", "ignorant", "Ignorance costs ln K. This is more."
                    ),
                    Option(
                        "sure",
                        "sure of wrong answers",
                        "Only confidence in the wrong tokens costs more than chance.",
                    ),
                    Option("good", "already learning", "A lower loss would say that."),
                ),
            ),
            Number(
                name="bits",
                label="The chance line in bits",
                answer=_CHANCE_BITS,
                unit="bits",
                mistakes=(
                    mistakes.nats_for_bits(_CHANCE_BITS),
                    Mistake(
                        "multiplied",
                        _CHANCE * math.log(2),
                        "A bit is less than a nat, so there are more of them.",
                    ),
                    Mistake(
                        "base 10",
                        math.log10(_K),
                        "That is the logarithm to base 10. Bits take base 2.",
                    ),
                ),
            ),
        ),
        hints=(
            "What does spreading belief evenly over all tokens cost?",
            "The chance line is ln K, with K the number of tokens.",
            "To change nats into bits, divide by ln 2.",
        ),
    ),
    Exercise(
        id="exercise-slopes",
        prompt="Four slopes at q = 0.01",
        fields=(
            Vector(
                name="log",
                label="Slopes of −ln q",
                labels=("in q", "in z"),
                answer=(_SLOPES["q"], _SLOPES["z"]),
                mistakes=(
                    mistakes.opposite(
                        (_SLOPES["q"], _SLOPES["z"]),
                        "Both curves fall as q grows: what sign has the slope?",
                    ),
                    Mistake(
                        "swapped", (_SLOPES["z"], _SLOPES["q"]), "They are swapped."
                    ),
                    Mistake(
                        "no chain rule",
                        (_SLOPES["q"], _SLOPES["q"]),
                        "The logit moves q through the sigmoid: a factor q(1 − q) is missing.",
                    ),
                ),
            ),
            Vector(
                name="squared",
                label="Slopes of (1 − q)²",
                labels=("in q", "in z"),
                answer=(_SQUARED["q"], _SQUARED["z"]),
                mistakes=(
                    mistakes.opposite(
                        (_SQUARED["q"], _SQUARED["z"]),
                        "Both curves fall as q grows: what sign has the slope?",
                    ),
                    Mistake(
                        "half",
                        (_SQUARED["q"] / 2, _SQUARED["z"] / 2),
                        "A factor 2 from the square is missing.",
                    ),
                    Mistake(
                        "no chain rule",
                        (_SQUARED["q"], _SQUARED["q"]),
                        "The logit moves q through the sigmoid: a factor q(1 − q) is missing.",
                    ),
                    Mistake(
                        "chain rule twice",
                        (_SQUARED["q"], _SQUARED["z"] * 0.01 * 0.99),
                        "The factor q(1 − q) came in twice.",
                    ),
                ),
            ),
            Number(
                name="steepest",
                label="The q at which the slope of (1 − q)² in z is largest in size",
                answer=_STEEPEST,
                probability=True,
                mistakes=(
                    Mistake(
                        "half",
                        0.5,
                        "There q(1 − q) alone is largest. One more factor 1 − q counts.",
                    ),
                    Mistake(
                        "zero", 0, "In q that is where it is steepest. In z it is flat."
                    ),
                    Mistake(
                        "other root",
                        1,
                        "There the slope is 0: the smallest in size, not the largest.",
                    ),
                    Mistake(
                        "complement", 2 / 3, "That is 1 − q at the place asked for."
                    ),
                ),
            ),
        ),
        hints=(
            "In q, differentiate each curve as it stands.",
            "In z, multiply by dq/dz = q(1 − q).",
            "For the last part, set the derivative of q(1 − q)² to 0.",
        ),
    ),
    Exercise(
        id="exercise-perplexity",
        prompt="A language model pays 3.2 nats per token",
        fields=(
            Number(
                name="bits",
                label="Bits per token",
                answer=_TOKEN / math.log(2),
                unit="bits",
                mistakes=(
                    Mistake(
                        "multiplied",
                        _TOKEN * math.log(2),
                        "A bit is less than a nat, so there are more of them.",
                    ),
                    Mistake("unchanged", _TOKEN, "That is still in nats."),
                    Mistake(
                        "perplexity",
                        math.exp(_TOKEN),
                        "That is the perplexity. Bits only change the unit.",
                    ),
                ),
            ),
            Number(
                name="perplexity",
                label="Perplexity",
                answer=math.exp(_TOKEN),
                mistakes=(
                    Mistake(
                        "2 to the nats", 2**_TOKEN, "2 goes with bits, e with nats."
                    ),
                    Mistake(
                        "e to the bits",
                        math.exp(_TOKEN / math.log(2)),
                        "e goes with nats, 2 with bits.",
                    ),
                    Mistake("10 to the nats", 10**_TOKEN, "The base is e, not 10."),
                ),
            ),
        ),
        hints=(
            "A bit is ln 2 nats.",
            "Perplexity undoes the logarithm.",
            "e to the loss in nats, or 2 to the loss in bits: the same number.",
        ),
    ),
)

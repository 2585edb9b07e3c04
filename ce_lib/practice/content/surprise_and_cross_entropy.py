"""Surprise, entropy and cross-entropy."""

from __future__ import annotations

import heapq
import math

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


def _huffman_cost(p: np.ndarray) -> float:
    """Mean codeword length of a Huffman code: the sum of all merged weights."""
    heap, total = [float(weight) for weight in p], 0.0
    heapq.heapify(heap)
    while len(heap) > 1:
        merged = heapq.heappop(heap) + heapq.heappop(heap)
        heapq.heappush(heap, merged)
        total += merged
    return total


_EVEN, _TILTED = np.array([0.5, 0.5]), np.array([0.9, 0.1])
_QUARTER = np.array([0.25, 0.75])
_RADIO = np.array([1 / 2] + [1 / 14] * 7)
_H_RADIO = float(entropy(_RADIO, base=2))
_HUFFMAN = _huffman_cost(_RADIO)
_CROSS = float(cross_entropy(_EVEN, _TILTED, base=2))
_SIGMA = 1 / math.sqrt(2 * math.pi * math.e)


def _both(function: str) -> np.ndarray:
    p, q = _EVEN, _QUARTER
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


EXERCISES = (
    Exercise(
        id="exercise-asymmetry",
        prompt="A fair world, and a code for a tilted one",
        fields=(
            Number(
                name="floor",
                label="H(P) in bits",
                answer=entropy(_EVEN, base=2),
                unit="bits",
                mistakes=(
                    mistakes.nats_for_bits(1.0),
                    Mistake(
                        "entropy of Q",
                        entropy(_TILTED, base=2),
                        "That is the entropy of Q. Whose world is it?",
                    ),
                    Mistake(
                        "one term",
                        0.5,
                        "That is one outcome's share. The other one surprises as well.",
                    ),
                ),
            ),
            Number(
                name="cross",
                label="H(P, Q) in bits",
                answer=_CROSS,
                unit="bits",
                mistakes=(
                    mistakes.nats_for_bits(_CROSS),
                    Mistake(
                        "p and q swapped",
                        cross_entropy(_TILTED, _EVEN, base=2),
                        "That is H(Q, P). The average runs over what happens.",
                    ),
                    Mistake(
                        "excess only",
                        kl_divergence(_EVEN, _TILTED, base=2),
                        "That is only what comes on top of H(P).",
                    ),
                    Mistake(
                        "sum for mean",
                        2 * _CROSS,
                        "The two prices were added. Weight each by how often it is paid.",
                    ),
                    Mistake(
                        "one term",
                        surprisal(0.1, base=2) / 2,
                        "That is the share of one outcome. The other one is paid as well.",
                    ),
                ),
            ),
            Choice(
                name="damage",
                label="Which outcome does most of the damage?",
                answer="second",
                options=(
                    Option(
                        "first",
                        "The first",
                        "Q calls it likely, so it is cheap. Look at the other.",
                    ),
                    Option(
                        "second",
                        "The second",
                        "It happens half of the time, and Q had all but ruled it out.",
                    ),
                ),
            ),
        ),
        hints=(
            "What does each outcome cost under Q, and how often is it paid?",
            "Price with Q, average with P.",
            "Half of −log₂ 0.9 plus half of −log₂ 0.1.",
        ),
    ),
    Exercise(
        id="exercise-uniform-code",
        prompt="Eight genres, one of them on air half of the time",
        fields=(
            Number(
                name="cross",
                label="H(P, Q) in bits",
                answer=cross_entropy(_RADIO, np.full(8, 1 / 8), base=2),
                unit="bits",
                mistakes=(
                    Mistake(
                        "entropy",
                        _H_RADIO,
                        "That is H(P). What does the code at hand spend?",
                    ),
                    mistakes.nats_for_bits(3.0),
                    Mistake("count", 8, "That is how many there are, not a length."),
                ),
            ),
            Number(
                name="entropy",
                label="H(P) in bits",
                answer=_H_RADIO,
                unit="bits",
                mistakes=(
                    mistakes.nats_for_bits(_H_RADIO),
                    Mistake(
                        "uniform", 3, "That would be H(P) if all were equally likely."
                    ),
                    Mistake(
                        "one of the others",
                        0.5 + surprisal(1 / 14, base=2) / 14,
                        "There are seven others, not one.",
                    ),
                    Mistake(
                        "a seventh",
                        0.5 + math.log2(7) / 2,
                        "That prices each of the others at log₂ 7. How often is one on air?",
                    ),
                ),
            ),
            Number(
                name="huffman",
                label="Mean length of a Huffman code, in bits",
                answer=_HUFFMAN,
                unit="bits",
                mistakes=(
                    Mistake(
                        "entropy",
                        _H_RADIO,
                        "That is the entropy. Codewords have whole lengths.",
                    ),
                    Mistake(
                        "all of length 4",
                        0.5 + 4 * 0.5,
                        "One of the seven can have a shorter codeword than the others.",
                    ),
                    Mistake(
                        "uniform", 3, "The genre on air most deserves a shorter word."
                    ),
                ),
            ),
        ),
        hints=(
            "Under the uniform code every genre costs the same.",
            "The entropy has one term for the frequent genre and seven equal ones.",
            "Huffman: the frequent genre gets 1 bit. Merge the seven others in pairs.",
        ),
    ),
    Exercise(
        id="exercise-continuous",
        prompt="Where a density has entropy 0",
        fields=(
            Number(
                name="sigma",
                label="The standard deviation σ",
                answer=_SIGMA,
                mistakes=(
                    Mistake(
                        "variance",
                        _SIGMA**2,
                        "That is the variance. The question asks for its root.",
                    ),
                    Mistake(
                        "forgotten e",
                        1 / math.sqrt(2 * math.pi),
                        "There the density peaks at 1. In the logarithm a factor e is missing.",
                    ),
                    Mistake("one", 1, "With σ = 1 the entropy is ½ ln(2πe), above 1."),
                    Mistake(
                        "zero",
                        0,
                        "As σ goes to 0, the entropy falls without end, past 0.",
                    ),
                    Mistake(
                        "upside down",
                        1 / _SIGMA,
                        "That is 1/σ: turn the fraction round.",
                    ),
                ),
            ),
        ),
        hints=(
            "The entropy of a normal variable is ½ ln(2πe σ²).",
            "A logarithm is 0 where what stands inside is 1.",
            "Solve 2πe σ² = 1.",
        ),
    ),
    Exercise(
        id="exercise-both-ways",
        prompt="P = (0.5, 0.5) and Q = (0.25, 0.75), both ways round",
        fields=(
            _pair(
                "entropies",
                "entropy",
                ("H(P)", "H(Q)"),
                mistakes.no_minus(_both("entropy")),
            ),
            _pair(
                "cross",
                "cross",
                ("H(P, Q)", "H(Q, P)"),
                Mistake(
                    "excess",
                    _both("kl"),
                    "Those are the divergences. The floor belongs to the price, too.",
                ),
            ),
            _pair(
                "divergences",
                "kl",
                ("D(P‖Q)", "D(Q‖P)"),
                Mistake("whole price", _both("cross"), "Take the floor off each."),
                Mistake(
                    "wrong floor",
                    _both("cross") - _both("entropy")[::-1],
                    "Each floor was taken from the other one's price.",
                ),
            ),
        ),
        hints=(
            "First the two entropies: what each world costs with its own code.",
            "The first distribution says how often, the second at what price.",
            "D(P‖Q) = H(P, Q) − H(P).",
        ),
    ),
)

"""Surprise, entropy and cross-entropy."""

from __future__ import annotations

import heapq
import math

import numpy as np

from ce_lib.information import cross_entropy, entropy, kl_divergence, surprisal
from ce_lib.practice import mistakes
from ce_lib.practice.define import Fields, Options, exercise, guess, question
from ce_lib.practice.exercise import Choice, Mistake, Number, Option
from ce_lib.practice.guess import Remark, Typed

#: Numbers that are given, not computed.
GIVEN = (0.4, 1.2)


def _huffman_cost(p: np.ndarray) -> float:
    """Mean codeword length of a Huffman code: the sum of all merged weights."""
    heap, total = [float(weight) for weight in p], 0.0
    heapq.heapify(heap)
    while len(heap) > 1:
        merged = heapq.heappop(heap) + heapq.heappop(heap)
        heapq.heappush(heap, merged)
        total += merged
    return total


@guess(
    "A radio station plays Rock 60 %, Pop 30 % and Jazz 10 % of the time, in random "
    "order. You report every genre over a line that charges per bit. How few bits a song "
    "can you get away with, on average over a long day?"
)
def guess_surprise_and_cross_entropy() -> Typed:
    shares, words = [0.6, 0.3, 0.1], [1, 2, 2]
    single = sum(p * bits for p, bits in zip(shares, words, strict=True))
    least, equal = entropy(shares, base=2), math.log2(3)
    return Typed(
        label="Bits a song",
        unit="bits",
        answer=least,
        low=0,
        high=100,
        near=0.03,
        told=f"It is {least:.3f} bits a song, and no code does better.",
        remarks=(
            Remark(
                upto=least,
                sentence="Some songs can cost less than a bit, but not all of them.",
            ),
            Remark(
                upto=1.45,
                sentence=f"The best code for one song at a time needs {single:.1f} bits. Songs "
                "that share a codeword do better.",
            ),
            Remark(
                upto=1.7,
                sentence=f"Three equally frequent genres would need {equal:.3f}. These "
                "are not equally frequent, and that saves bits.",
            ),
            Remark(
                sentence="A word of two bits for each genre would do. Short words for "
                "frequent genres do better.",
            ),
        ),
    )


@exercise(
    "A fair world, and a code for a tilted one",
    hints=(
        "What does each outcome cost under Q, and how often is it paid?",
        "Price with Q, average with P.",
        "Half of −log₂ 0.9 plus half of −log₂ 0.1.",
    ),
)
def exercise_asymmetry() -> Fields:
    even, tilted = np.array([0.5, 0.5]), np.array([0.9, 0.1])
    cross = float(cross_entropy(even, tilted, base=2))
    yield Number(
        name="floor",
        label="H(P) in bits",
        answer=entropy(even, base=2),
        unit="bits",
        mistakes=(
            mistakes.nats_for_bits(1.0),
            Mistake(
                "entropy of Q",
                entropy(tilted, base=2),
                "That is the entropy of Q. Whose world is it?",
            ),
            Mistake(
                "one term",
                0.5,
                "That is one outcome’s share. The other one surprises as well.",
            ),
        ),
    )
    yield Number(
        name="cross",
        label="H(P, Q) in bits",
        answer=cross,
        unit="bits",
        mistakes=(
            mistakes.nats_for_bits(cross),
            Mistake(
                "p and q swapped",
                cross_entropy(tilted, even, base=2),
                "That is H(Q, P). The average runs over what happens.",
            ),
            Mistake(
                "excess only",
                kl_divergence(even, tilted, base=2),
                "That is only what comes on top of H(P).",
            ),
            Mistake(
                "sum for mean",
                2 * cross,
                "The two prices were added. Weight each by how often it is paid.",
            ),
            Mistake(
                "one term",
                surprisal(0.1, base=2) / 2,
                "That is the share of one outcome. The other one is paid as well.",
            ),
        ),
    )
    yield Choice(
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
    )


@exercise(
    "Eight genres, one of them on air half of the time",
    hints=(
        "Under the uniform code every genre costs the same.",
        "The entropy has one term for the frequent genre and seven equal ones.",
        "Huffman: the frequent genre gets 1 bit. Merge the seven others in pairs.",
    ),
)
def exercise_uniform_code() -> Fields:
    radio = np.array([1 / 2] + [1 / 14] * 7)
    h_radio = float(entropy(radio, base=2))
    huffman = _huffman_cost(radio)
    yield Number(
        name="cross",
        label="H(P, Q) in bits",
        answer=cross_entropy(radio, np.full(8, 1 / 8), base=2),
        unit="bits",
        mistakes=(
            Mistake(
                "entropy",
                h_radio,
                "That is H(P). What does the code at hand spend?",
            ),
            mistakes.nats_for_bits(3.0),
            Mistake("count", 8, "That is how many there are, not a length."),
        ),
    )
    yield Number(
        name="entropy",
        label="H(P) in bits",
        answer=h_radio,
        unit="bits",
        mistakes=(
            mistakes.nats_for_bits(h_radio),
            Mistake("uniform", 3, "That would be H(P) if all were equally likely."),
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
    )
    yield Number(
        name="huffman",
        label="Mean length of a Huffman code, in bits",
        answer=huffman,
        unit="bits",
        mistakes=(
            Mistake(
                "entropy",
                h_radio,
                "That is the entropy. Codewords have whole lengths.",
            ),
            Mistake(
                "all of length 4",
                0.5 + 4 * 0.5,
                "One of the seven can have a shorter codeword than the others.",
            ),
            Mistake("uniform", 3, "The genre on air most deserves a shorter word."),
        ),
    )


@exercise(
    "The surprise of two songs",
    hints=(
        "What does each of them surprise you by?",
        "The surprises of independent events add.",
        "A half is 1 bit, a quarter 2 bits, an eighth 3.",
    ),
)
def exercise_two_surprises() -> Fields:
    first, second = (float(surprisal(q, base=2)) for q in (1 / 8, 1 / 4))
    together = first + second
    yield Number(
        name="bits",
        label="The surprise of both together",
        answer=together,
        unit="bits",
        mistakes=(
            mistakes.nats_for_bits(together),
            Mistake(
                "multiplied",
                first * second,
                "The probabilities are multiplied. What do their logarithms do?",
            ),
            Mistake(
                "either",
                float(surprisal(1 / 8 + 1 / 4, base=2)),
                "That is the price of one or the other. Both come.",
            ),
            Mistake(
                "one of them",
                first,
                "That is the surprise of the rarer one. The other one surprises, too.",
            ),
            Mistake(
                "probability",
                1 / 32,
                "That is the probability of both. How much does it surprise?",
            ),
        ),
    )


@exercise(
    "From nats per token to bits per byte",
    hints=(
        "One step changes the unit, the other one what it is counted per.",
        "A bit is ln 2 nats, so there are more bits than nats.",
        "Divide by ln 2, and by the bytes in a token.",
    ),
)
def exercise_bits_per_byte() -> Fields:
    nats, size = 2.1, 3
    answer = nats / math.log(2) / size
    yield Number(
        name="bits",
        label="Bits per byte",
        answer=answer,
        unit="bits",
        mistakes=(
            mistakes.nats_for_bits(answer),
            Mistake(
                "per token",
                answer * size,
                "That is per token. A token has three bytes to share it.",
            ),
            Mistake(
                "multiplied by ln 2",
                nats * math.log(2) / size,
                "A bit is less than a nat, so there are more of them.",
            ),
            Mistake(
                "multiplied by the bytes",
                nats / math.log(2) * size,
                "The three bytes share the price. None of them pays all of it.",
            ),
        ),
    )


@exercise(
    "Where a density has entropy 0",
    hints=(
        "The entropy of a normal variable is ½ ln(2πe s²).",
        "A logarithm is 0 where what stands inside is 1.",
        "Solve 2πe s² = 1.",
    ),
)
def exercise_continuous() -> Fields:
    deviation = 1 / math.sqrt(2 * math.pi * math.e)
    yield Number(
        name="deviation",
        label="The standard deviation s",
        answer=deviation,
        mistakes=(
            Mistake(
                "variance",
                deviation**2,
                "That is the variance. The question asks for its root.",
            ),
            Mistake(
                "forgotten e",
                1 / math.sqrt(2 * math.pi),
                "There the density peaks at 1. In the logarithm a factor e is missing.",
            ),
            Mistake("one", 1, "With s = 1 the entropy is ½ ln(2πe), above 1."),
            Mistake(
                "zero",
                0,
                "As s goes to 0, the entropy falls without end, past 0.",
            ),
            Mistake(
                "upside down",
                1 / deviation,
                "That is 1/s: turn the fraction round.",
            ),
        ),
    )


@question(
    "Five genres come up with probabilities ½, ⅛, ⅛, ⅛ and ⅛. How many bits per song "
    "does the best code need on average?",
    answer="entropy",
)
def bet_codewords() -> Options:
    length = float(entropy([1 / 2, *[1 / 8] * 4], base=2))
    even = math.log2(5)
    yield Option(
        "even", f"{even:.1f}", "That is the entropy of five equally likely genres."
    )
    yield Option("three", "3", "Rock can do with one bit, and it comes half the time.")
    yield Option(
        "entropy",
        f"{length:g}",
        "One bit for Rock, three for each other: every surprise is a whole number.",
    )
    yield Option("less", "1½", "That is below the entropy, which no code can be.")


@question(
    "The station plays more Rock and less Jazz. Your colleague believes what he believed. "
    "What changes in his bill?",
    answer="often",
)
def bet_more_rock() -> Options:
    yield Option(
        "price",
        "What each genre costs him",
        "A price is −log of what he believes, and that stays.",
    )
    yield Option(
        "both", "Prices and frequencies", "The prices hang on his belief alone."
    )
    yield Option(
        "often",
        "How often he pays each price",
        "P says how often, Q says at what price.",
    )
    yield Option("none", "Nothing", "He pays Rock’s price more often now.")


@question(
    "Two people know their worlds exactly. One pays 1.2 bits a song, the other 0.4. Why?",
    answer="world",
)
def bet_with_itself() -> Options:
    yield Option(
        "world",
        "The first world is harder to foresee.",
        "Who believes the truth pays H(P), and that is the world’s alone.",
    )
    yield Option(
        "belief",
        "The first belief is less exact.",
        "Both believe exactly what is true.",
    )
    yield Option(
        "luck", "The first person was unlucky.", "Over many songs luck evens out."
    )
    yield Option(
        "code",
        "The first person’s codewords are too long.",
        "Who believes the truth has the right code for it.",
    )


@question(
    "The differential entropy of a density is negative. What does that say?",
    answer="narrow",
)
def bet_density() -> Options:
    yield Option(
        "error",
        "Somebody made a mistake.",
        "A density may exceed 1, and then −ln of it is negative.",
    )
    yield Option(
        "narrow",
        "The density is narrow in the unit chosen.",
        "Measured in a smaller unit, the same variable has a positive one.",
    )
    yield Option(
        "code",
        "A code needs less than no bits.",
        "A differential entropy is no code length.",
    )
    yield Option(
        "certain",
        "The outcome is certain.",
        "Then it would be −∞. A narrow density still leaves doubt.",
    )

"""Surprise, entropy and cross-entropy."""

import math

import numpy as np

from ce_lib.information import cross_entropy, entropy
from ce_lib.practice import mistakes
from ce_lib.practice.exercise import Choice, Mistake, Number, Option
from teacher.spares import Parts, Solution, spare

#: Numbers that are given, not computed.
GIVEN = (1.3, 1.35, 1.4, 1.58)


@spare(
    "A code is a belief",
    minutes=6,
    text="""
    A colleague’s codewords for Rock, Pop, Jazz and Classical have 1, 2, 3 and 3 bits. The
    station plays the four with probabilities 0.4, 0.3, 0.2 and 0.1. How many bits a song does
    he send, on average? And how many of them would the right belief save, if songs are coded
    in long blocks?
    """,
    hints=(
        "The mean length weighs each word by how often it is sent.",
        "The least is the entropy of the station, in bits.",
    ),
)
def spare_code_is_a_belief() -> Parts:
    p, lengths = np.array([0.4, 0.3, 0.2, 0.1]), np.array([1, 2, 3, 3])
    q = 0.5**lengths
    bits = float(p @ lengths)
    floor = float(entropy(p, base=2))
    yield Number(
        name="bits",
        label="Bits a song",
        answer=bits,
        unit="bits",
        mistakes=(
            mistakes.nats_for_bits(bits),
            Mistake(
                "plain mean",
                float(lengths.mean()),
                "The words are not sent equally often.",
            ),
            Mistake(
                "his world",
                float(q @ lengths),
                "That is the mean where his belief is true. The station decides how "
                "often.",
            ),
            Mistake(
                "entropy", floor, "That is the least there is. What does his code need?"
            ),
        ),
    )
    yield Number(
        name="saved",
        label="What the right belief saves",
        answer=bits - floor,
        unit="bits",
        mistakes=(
            mistakes.nats_for_bits(bits - floor),
            Mistake(
                "units", bits - floor * math.log(2), "Both numbers in bits, please."
            ),
            Mistake(
                "the least",
                floor,
                "So much is left. How much of his bill is that less?",
            ),
            Mistake(
                "entropy of his belief",
                bits - float(entropy(q, base=2)),
                "The least is the entropy of the station, not of what he believes.",
            ),
        ),
    )
    yield Solution(
        rf"""
        $0.4 \cdot 1 + 0.3 \cdot 2 + 0.2 \cdot 3 + 0.1 \cdot 3 = {bits:.1f}$ bits. Words of 1,
        2, 3 and 3 bits are the code of somebody who believes one half, a quarter, an eighth
        and an eighth, so this is $H(P, Q)$ with that $Q$. The least is $H(P) = {floor:.5f}$
        bits: the right belief would save {bits - floor:.5f} bits a song.
        """
    )


_WHO_PAYS_IT = (
    Option(
        "words",
        "a codeword for every song",
        "Words of 1, 2 and 2 bits: whole bits cost.",
    ),
    Option(
        "belief",
        "the belief (0.5, 0.3, 0.2)",
        "What does this belief cost on average, in bits?",
    ),
    Option(
        "none",
        "no idea of the shares",
        "A third for each costs the logarithm of 3, in bits.",
    ),
)


@spare(
    "Four bills",
    minutes=8,
    text="""
    A station plays Rock, Pop and Jazz 60 %, 30 % and 10 % of the time. Four colleagues report
    its songs, and on average over many days they pay 1.30, 1.35, 1.40 and 1.58 bits a song.
    One of them knows the shares and uses an arithmetic coder, one has a coder and the belief
    (0.5, 0.3, 0.2), one a coder and no idea of the shares, and one knows the shares and sends
    a codeword of its own for every song. Who pays 1.40? What would help the one who pays
    1.35? And how many bits a song is it worth to know the shares, beside having no idea?
    """,
    hints=(
        "Compute what each of the four must pay.",
        "A codeword of its own has a whole number of bits.",
        "No idea is a third for each: what does that cost?",
    ),
)
def spare_four_bills() -> Parts:
    p = np.array([0.6, 0.3, 0.1])
    floor, none = float(entropy(p, base=2)), math.log2(3)
    worth = none - floor
    yield Choice(
        name="single",
        label="1.40 bits a song are paid by the colleague with",
        answer="words",
        options=_WHO_PAYS_IT,
    )
    yield Choice(
        name="help",
        label="The one who pays 1.35 pays less with",
        answer="belief",
        options=(
            Option(
                "belief",
                "a better belief",
                "All above the entropy is the price of the belief.",
            ),
            Option(
                "blocks",
                "longer blocks",
                "An arithmetic coder already takes the day as one block.",
            ),
            Option(
                "fewer",
                "other codewords for the same belief",
                "The coder is at the cross-entropy already.",
            ),
        ),
    )
    yield Number(
        name="worth",
        label="What knowing the shares is worth",
        answer=worth,
        unit="bits",
        mistakes=(
            mistakes.nats_for_bits(worth),
            Mistake("no idea", none, "That is what no idea pays. What is saved?"),
            Mistake("the least", floor, "That is what is still paid. What is saved?"),
            Mistake(
                "belief",
                none - float(cross_entropy(p, [0.5, 0.3, 0.2], base=2)),
                "That is what the wrong belief is worth.",
            ),
        ),
    )
    yield Solution(
        rf"""
        Who knows the shares and codes long blocks pays $H(P) = {floor:.4f}$ bits. The belief
        (0.5, 0.3, 0.2) pays $H(P, Q) = {cross_entropy(p, [0.5, 0.3, 0.2], base=2):.4f}$, and
        no idea $\log_2 3 = {none:.4f}$. The best words for single songs have 1, 2 and 2 bits,
        {p @ [1, 2, 2]:.2f} on average: a right belief, and bits lost to rounding, which
        longer blocks win back. At 1.35 the blocks are long, and only the belief can be
        mended. Knowing the shares is worth ${none:.4f} - {floor:.4f} = {worth:.4f}$ bits a
        song.
        """
    )

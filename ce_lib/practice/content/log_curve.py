"""The −log q curve."""

from __future__ import annotations

import math

import numpy as np

from ce_lib.information import entropy, surprisal
from ce_lib.practice import mistakes
from ce_lib.practice.define import Fields, Options, exercise, guess, question
from ce_lib.practice.exercise import Choice, Mistake, Number, Option, Vector
from ce_lib.practice.guess import Axis, Drawn, Mark, Remark

#: Numbers that are given, not computed.
GIVEN = (6.9, 13.4)

#: What a first loss may point to.
_CAUSES = (
    Option("nothing", "a model that knows nothing", "Knowing nothing costs ln K."),
    Option(
        "scattered",
        "logits that scatter widely",
        "Noise in the logits leads above the chance line.",
    ),
    Option(
        "padding",
        "a mean that counts padding",
        "What is no token costs little, and pulls the mean down.",
    ),
)


@guess(
    f"The song is Rock. One model gave Rock 10 % and pays {-math.log(0.1):.3f} nats, "
    f"another gave it 1 % and pays {-math.log(0.01):.3f}. A third gave it one in a million. "
    "What does that one pay?"
)
def guess_log_curve() -> Drawn:
    ten, one, rare = surprisal([0.1, 0.01, 1e-6])
    return Drawn(
        label="The price of one in a million",
        unit="nats",
        answer=rare,
        low=0,
        high=40,
        near=0.5,
        x=Axis(
            title="what the model gave to Rock",
            low=0,
            high=1,
            ticks=(0, 0.25, 0.5, 0.75, 1),
        ),
        y=Axis(title="price in nats", low=0, high=40, ticks=(0, 10, 20, 30, 40)),
        marks=(
            Mark(label="10 %", points=[(0.1, ten)], place=(0.17, 1)),
            Mark(label="100 % costs 0", points=[(1, 0)], place=(0.97, 1.8)),
        ),
        at=1e-6,
        told=f"It pays {rare:.3f} nats, three times the price of 1 %. Each tenth costs "
        f"another {ten:.3f}: equal factors cost equal amounts.",
        remarks=(
            Remark(upto=one, sentence="It gave the truth less, so it pays more."),
            Remark(upto=rare, sentence="The curve never levels off."),
            Remark(sentence="A tenth of the probability is not ten times the price."),
        ),
    )


@exercise(
    "Three prices",
    hints=(
        "A price in nats is minus the natural logarithm of the probability.",
        "A bit is ln 2 nats, which is less than one. So are there more bits, or fewer?",
        "How often must 1 be halved to reach a quarter?",
    ),
)
def exercise_prices() -> Fields:
    labels = ("0.8", "0.25", "0.02")
    q = np.array([0.8, 0.25, 0.02])
    nats, bits = surprisal(q), surprisal(q, base=2)
    tens = Mistake(
        "base 10",
        -np.log10(q),
        "Those are logarithms to base 10. Which base gives the unit asked for?",
    )
    yield Vector(
        name="nats",
        label="The prices in nats",
        labels=labels,
        answer=nats,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(nats),
            mistakes.no_minus(nats),
            tens,
            Mistake(
                "distance",
                1 - q,
                "Those are distances from 1. A price is a logarithm.",
            ),
            Mistake(
                "no logarithm",
                q,
                "Those are the probabilities. What do they cost?",
            ),
        ),
    )
    yield Vector(
        name="bits",
        label="The prices in bits",
        labels=labels,
        answer=bits,
        unit="bits",
        mistakes=(
            mistakes.nats_for_bits(bits),
            mistakes.no_minus(bits),
            tens,
            Mistake(
                "multiplied",
                nats * math.log(2),
                "A bit is less than a nat, so there are more of them.",
            ),
        ),
    )
    yield Choice(
        name="head",
        label="Which price in bits needs no calculator?",
        answer="quarter",
        options=(
            Option("high", "That of 0.8", "0.8 is no power of one half."),
            Option("quarter", "That of 0.25", "A quarter is two halvings."),
            Option("low", "That of 0.02", "0.02 is no power of one half."),
        ),
    )


@exercise(
    "The first loss of a language model",
    hints=(
        "What does spreading belief evenly over all tokens cost?",
        "The chance line is ln K, with K the number of tokens.",
        "To change nats into bits, divide by ln 2.",
    ),
)
def exercise_first_loss() -> Fields:
    k = 32000
    chance, chance_bits = math.log(k), math.log2(k)
    yield Number(
        name="chance",
        label="The chance line for 32,000 tokens, in nats",
        answer=chance,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(chance),
            mistakes.log10(chance),
            mistakes.no_minus(chance),
            mistakes.no_log(1 / k),
            Mistake(
                "reported",
                13.4,
                "That is what the second model reports. What does chance cost?",
            ),
        ),
    )
    yield Choice(
        name="low",
        label="A first loss of 6.9 nats points to",
        answer="padding",
        options=_CAUSES,
    )
    yield Choice(
        name="high",
        label="A first loss of 13.4 nats points to",
        answer="scattered",
        options=_CAUSES,
    )
    yield Number(
        name="bits",
        label="The chance line in bits",
        answer=chance_bits,
        unit="bits",
        mistakes=(
            mistakes.nats_for_bits(chance_bits),
            Mistake(
                "multiplied",
                chance * math.log(2),
                "A bit is less than a nat, so there are more of them.",
            ),
            Mistake(
                "base 10",
                math.log10(k),
                "That is the logarithm to base 10. Bits take base 2.",
            ),
        ),
    )


@exercise(
    "Nine songs in ten are Rock, and a model pays 0.25 nats",
    hints=(
        "What does somebody pay who knows the shares alone?",
        "The entropy of nine to one, in nats.",
        "One minus the loss divided by that entropy.",
    ),
)
def exercise_skill() -> Fields:
    loss, shares = 0.25, [0.9, 0.1]
    floor = float(entropy(shares))
    yield Number(
        name="skill",
        label="The skill",
        answer=1 - loss / floor,
        mistakes=(
            Mistake(
                "chance line",
                1 - loss / math.log(2),
                "That compares with knowing nothing. The shares are known.",
            ),
            Mistake(
                "ratio",
                loss / floor,
                "That is the share it still pays. What share does it save?",
            ),
            Mistake(
                "mixed units",
                1 - loss / float(entropy(shares, base=2)),
                "The loss is in nats, and that entropy is in bits.",
            ),
            Mistake(
                "difference",
                floor - loss,
                "That is what it saves in nats. As a share of H(Y)?",
            ),
        ),
    )


def _steepest() -> Number:
    return Number(
        name="steepest",
        label="The q at which the slope of (1 − q)² in z is largest in size",
        answer=1 / 3,
        probability=True,
        mistakes=(
            Mistake(
                "half",
                0.5,
                "There q(1 − q) alone is largest. One more factor 1 − q counts.",
            ),
            Mistake("zero", 0, "In q that is where it is steepest. In z it is flat."),
            Mistake(
                "other root",
                1,
                "There the slope is 0: the smallest in size, not the largest.",
            ),
            Mistake("complement", 2 / 3, "That is 1 − q at the place asked for."),
        ),
    )


@exercise(
    "Four slopes at q = 0.01",
    hints=(
        "In q, differentiate each curve as it stands.",
        "In z, multiply by dq/dz = q(1 − q).",
        "For the last part, set the derivative of q(1 − q)² to 0.",
    ),
)
def exercise_slopes() -> Fields:
    squared = {"q": -2 * 0.99, "z": -2 * 0.01 * 0.99**2}
    slopes = {"q": -1 / 0.01, "z": 0.01 - 1}
    yield Vector(
        name="log",
        label="Slopes of −ln q",
        labels=("in q", "in z"),
        answer=(slopes["q"], slopes["z"]),
        mistakes=(
            mistakes.opposite(
                (slopes["q"], slopes["z"]),
                "Both curves fall as q grows: what sign has the slope?",
            ),
            Mistake("swapped", (slopes["z"], slopes["q"]), "They are swapped."),
            Mistake(
                "no chain rule",
                (slopes["q"], slopes["q"]),
                "The logit moves q through the sigmoid: a factor q(1 − q) is missing.",
            ),
            Mistake(
                "odds",
                (slopes["z"] / 0.01, slopes["z"]),
                "In q the curve is −ln q and nothing else: the factor 1 − q comes with z.",
            ),
        ),
    )
    yield Vector(
        name="squared",
        label="Slopes of (1 − q)²",
        labels=("in q", "in z"),
        answer=(squared["q"], squared["z"]),
        mistakes=(
            mistakes.opposite(
                (squared["q"], squared["z"]),
                "Both curves fall as q grows: what sign has the slope?",
            ),
            Mistake(
                "half",
                (squared["q"] / 2, squared["z"] / 2),
                "A factor 2 from the square is missing.",
            ),
            Mistake(
                "no chain rule",
                (squared["q"], squared["q"]),
                "The logit moves q through the sigmoid: a factor q(1 − q) is missing.",
            ),
            Mistake(
                "chain rule twice",
                (squared["q"], squared["z"] * 0.01 * 0.99),
                "The factor q(1 − q) came in twice.",
            ),
        ),
    )
    yield _steepest()


@exercise(
    "A language model pays 2.5 nats per token",
    hints=(
        "A bit is ln 2 nats.",
        "Perplexity undoes the logarithm.",
        "e to the loss in nats, or 2 to the loss in bits: the same number.",
    ),
)
def exercise_perplexity() -> Fields:
    token = 2.5
    yield Number(
        name="bits",
        label="Bits per token",
        answer=token / math.log(2),
        unit="bits",
        mistakes=(
            Mistake(
                "multiplied",
                token * math.log(2),
                "A bit is less than a nat, so there are more of them.",
            ),
            Mistake("unchanged", token, "That is still in nats."),
            Mistake(
                "perplexity",
                math.exp(token),
                "That is the perplexity. Bits only change the unit.",
            ),
        ),
    )
    yield Number(
        name="perplexity",
        label="Perplexity",
        least=1.0,
        answer=math.exp(token),
        mistakes=(
            Mistake("2 to the nats", 2**token, "2 goes with bits, e with nats."),
            Mistake(
                "e to the bits",
                math.exp(token / math.log(2)),
                "e goes with nats, 2 with bits.",
            ),
            Mistake("10 to the nats", 10**token, "The base is e, not 10."),
        ),
    )


@question(
    "The truth had 1 % and now has a hundredth of that. How does the push on its logit change?",
    answer="hardly",
)
def bet_more_wrong() -> Options:
    yield Option(
        "hundred",
        "It grows a hundredfold.",
        "So does the slope in q. The softmax takes that back.",
    )
    yield Option("doubles", "It doubles.", "The price does. The push has nearly all.")
    yield Option(
        "hardly",
        "It hardly changes.",
        "The push is 1 − q: close to 1 before, and closer now.",
    )
    yield Option(
        "vanishes",
        "It nearly vanishes.",
        "That is what the squared price does.",
    )


@question(
    "A model gives 90 % to yes. What is the slope in q of the price of no there?",
    answer="ten",
)
def bet_certain() -> Options:
    no = 1 / (1 - 0.9)
    yes = 1 / 0.9
    yield Option("ten", f"+{no:.0f}", "The price is −ln(1 − q). It rises with q.")
    yield Option(
        "minus", f"−{no:.0f}", "The size is right. Does no get dearer or cheaper?"
    )
    yield Option("yes", f"−{yes:.2f}", "That is the slope of the price of yes.")
    yield Option("mirror", f"+{yes:.2f}", "Its mirror image is at 10 %, not at 90 %.")


@question(
    "One model doubles what it gives to the truth of two songs, from 1 % to 2 % each. Another "
    "helps a single song, from 20 % to 80 %. Which of them saves more nats in all?",
    answer="same",
)
def bet_doubling() -> Options:
    yield Option("first", "The first", "Two doublings. How many are 20 % to 80 %?")
    yield Option(
        "second",
        "The second",
        "Thirty times the points, but what factor?",
    )
    yield Option(
        "same",
        "Both the same",
        "Two doublings save 2 ln 2, and a factor of 4 saves ln 4.",
    )

"""Language models."""

import numpy as np

from ce_lib.information import entropy, surprisal
from ce_lib.practice import mistakes
from ce_lib.practice.exercise import Choice, Mistake, Number, Option, Whole
from teacher.spares import Parts, Solution, spare

#: Numbers that are given, not computed, or quoted from what a test holds them to.
GIVEN = (0.5623,)


@spare(
    "Mixed with a shorter memory",
    minutes=6,
    text="""
    In the text that was read, 20 letters followed a certain context, of 5 different kinds,
    and 8 of them were an *e*. With one letter less in view, *e* has a probability of 0.12 and
    *z* one of 0.05. What does the mixture of Witten and Bell give to *e*? And what does *z*
    cost, which never followed?
    """,
    hints=(
        "The mixture keeps d/(m + d) for the shorter context.",
        "With m = 20 and d = 5: what is kept, and what is left to the counts?",
    ),
)
def spare_shorter_memory() -> Parts:
    e, z = (8 + 5 * 0.12) / 25, 5 * 0.05 / 25
    price = float(surprisal(z))
    yield Number(
        name="e",
        label="What e gets",
        answer=e,
        probability=True,
        mistakes=(
            Mistake("counts alone", 8 / 20, "A part is kept for the shorter context."),
            Mistake("not shared", 8 / 25, "What is kept says something of e, too."),
            Mistake(
                "halves", (8 / 20 + 0.12) / 2, "The two are not mixed half and half."
            ),
            Mistake(
                "added", 8 / 20 + 0.12, "The counts have to give something away for it."
            ),
        ),
    )
    yield Number(
        name="price",
        label="The price of z",
        answer=price,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(price),
            Mistake(
                "counts alone",
                np.inf,
                "So it would be by the counts. What is kept for it?",
            ),
            Mistake(
                "shorter alone",
                float(surprisal(0.05)),
                "Only a part is kept for the shorter context.",
            ),
            Mistake(
                "kept alone",
                float(surprisal(5 / 25)),
                "That is all that is kept. How much of it is for z?",
            ),
        ),
    )
    yield Solution(
        rf"""
        A fifth is kept, $5/(20 + 5)$, and the counts share the rest:
        $(8 + 5 \cdot 0.12)/25 = {e:.3f}$ for *e*. The *z* has only its share of what is kept,
        $5 \cdot 0.05/25 = {z:.2f}$, and costs {price:.4f} nats: dear, and not ∞.
        """
    )


_WHAT_B_KNOWS = (
    Option(
        "shares",
        "the shares, and nothing of the song before",
        "It pays the entropy of the shares.",
    ),
    Option("nothing", "nothing", "Then it would pay ln 2."),
    Option("all", "all there is to know", "Then it would pay the entropy rate."),
)


_WHAT_C_DID = (
    Option(
        "seen",
        "its target in view",
        "On very many fresh songs nobody is so far below the floor.",
    ),
    Option(
        "better",
        "a longer memory",
        "The station looks back one song: no more is there to know.",
    ),
    Option("luck", "had easy songs", "A few songs may be easy, very many are not."),
)


@spare(
    "Three reports on a station",
    minutes=9,
    text="""
    A station plays Rock and Jazz. After Rock comes Jazz two times in ten, after Jazz comes
    Rock six times in ten; in the long run three songs in four are Rock. Three reports on very
    many fresh songs, in nats a song: (a) 0.5498, by a model that can be right, in windows
    without overlap; (b) 0.5623; (c) 0.2. What is the entropy rate? How long were the windows
    of (a)? What does (b) know? What has (c) done?
    """,
    hints=(
        "After Rock and after Jazz the next song has an entropy of its own.",
        "The first song of each window is paid as if nothing were in view.",
        "What does the entropy of the shares alone come to?",
    ),
)
def spare_three_reports() -> Parts:
    shares, after = np.array([0.75, 0.25]), np.array([[0.8, 0.2], [0.6, 0.4]])
    rate, alone = float(shares @ entropy(after)), float(entropy(shares))
    window = round((alone - rate) / (0.5498 - rate))
    yield Number(
        name="rate",
        label="The entropy rate",
        answer=rate,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(rate),
            Mistake("shares", alone, "That is for who does not know the song before."),
            Mistake(
                "plain mean",
                float(entropy(after).mean()),
                "Rock and Jazz do not come equally often.",
            ),
            Mistake(
                "weights swapped",
                float(shares[::-1] @ entropy(after)),
                "Three songs in four are Rock.",
            ),
        ),
    )
    yield Whole(
        name="window",
        label="Songs in a window",
        answer=window,
        mistakes=(
            Mistake(
                "no window", 1, "Windows of one song pay the entropy of the shares."
            ),
            Mistake("two", 2, "Then it would be halfway between the two."),
            Mistake("four", 4, "Then a quarter of the difference would be left."),
        ),
    )
    yield Choice(
        name="b",
        label="(b) knows",
        answer="shares",
        options=_WHAT_B_KNOWS,
    )
    yield Choice(
        name="c",
        label="(c) has",
        answer="seen",
        options=_WHAT_C_DID,
    )
    yield Solution(
        rf"""
        $h = \tfrac34 \cdot {entropy(after[0]):.4f} + \tfrac14 \cdot {entropy(after[1]):.4f}$,
        which is ${rate:.4f}$ nats. With nothing in view a song costs $H(\pi) = {alone:.4f}$,
        which is (b). A window of $w$ songs pays $h + (H(\pi) - h)/w$, and
        ${alone - rate:.5f}/{0.5498 - rate:.5f}$ is about {window}: so many songs were in a
        window. No model pays less than $h$ on average; (c) reads what it is asked for.
        """
    )

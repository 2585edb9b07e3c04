"""Rare classes: weights and focal loss."""

import math

from ce_lib.explorers import WeightsAndFocal
from ce_lib.information import cross_entropy, entropy
from ce_lib.practice.exercise import Choice, Mistake, Number, Option
from teacher.spares import Parts, Solution, spare


@spare(
    "A threshold behind a weight",
    minutes=5,
    text="""
    A model was trained with a weight of 9 on Jazz, and is perfect but for that. A missed Jazz
    song costs four times as much as a false alarm. From which claim of *this* model on should
    you say Jazz? With which weight would that have been one half?
    """,
    hints=(
        "From which true probability on would you say Jazz?",
        "The weight multiplies the odds of that.",
    ),
)
def spare_threshold_behind_a_weight() -> Parts:
    odds = 9 / 4
    claim = odds / (1 + odds)
    yield Number(
        name="claim",
        label="Say Jazz from a claim of",
        answer=claim,
        probability=True,
        mistakes=(
            Mistake(
                "true rate",
                0.2,
                "That is for an honest model. What does this one say there?",
            ),
            Mistake(
                "half",
                0.5,
                "There the odds are even. Are they, for this model, at the threshold?",
            ),
            Mistake(
                "divided", (1 / 36) / (1 + 1 / 36), "The weight made the claims larger."
            ),
            Mistake("costs turned", 36 / 37, "The miss is the dearer mistake."),
            Mistake(
                "the weight’s own",
                0.9,
                "That is what it claims where the truth is one half.",
            ),
        ),
    )
    yield Number(
        name="weight",
        label="One half would belong to the weight",
        answer=4,
        mistakes=(
            Mistake("turned", 0.25, "The rare class counts more, not less."),
            Mistake("costs added", 5, "Odds are a ratio of the two costs."),
            Mistake("divided", odds, "That is the odds of the other answer."),
        ),
    )
    yield Solution(
        rf"""
        An honest model says yes from $1/(1 + 4) = \tfrac15$ on, odds of 1 to 4. The weight
        makes that 9 to 4, a claim of $\tfrac9{{13}} = {claim:.4f}$. Where a claim of one
        half, odds of 1 to 1, belongs to 1 to 4, the weight is 4: the ratio of the costs. So a
        weight is a threshold in disguise, and two of them should not be stacked.
        """
    )


_WHICH_IS_FOCAL = (
    Option(
        "first",
        "the one that says 0.1",
        "That is the true rate. Who asks for it?",
    ),
    Option(
        "second",
        "the one that says 0.5",
        "It pulls towards one half, but does not get there.",
    ),
    Option("third", "the one that says 0.306", "A γ makes a faint yes less faint."),
)


@spare(
    "Nothing to hear",
    minutes=8,
    text="""
    Three models hear nothing of a song, so each says one number to all of them: 0.1, 0.5 and
    0.306. One song in ten is Jazz, and all three were trained to the end, one with plain
    cross-entropy, one with a weight, one with focal loss, $\\gamma = 2$ and no α. Which
    number is the focal one’s? Which weight had the other? What does a song cost on average,
    by plain $-\\ln q$, if a model says 0.306? And which of the three can sort songs by how
    likely they are Jazz?
    """,
    hints=(
        "A weight multiplies the odds of the true rate.",
        "γ pulls towards one half.",
        "One song in ten pays −ln q, nine pay −ln(1 − q).",
    ),
)
def spare_nothing_to_hear() -> Parts:
    focal = WeightsAndFocal(rate=0.1, weight=1, gamma=2).readout()["claim"]
    paid = float(cross_entropy([0.1, 0.9], [0.306, 1 - 0.306]))
    floor = float(entropy([0.1, 0.9]))
    yield Choice(
        name="focal",
        label="Focal loss trained",
        answer="third",
        options=_WHICH_IS_FOCAL,
    )
    yield Number(
        name="weight",
        label="The weight",
        answer=9,
        mistakes=(
            Mistake("ratio", 5, "Odds are multiplied, not probabilities."),
            Mistake("share", 10, "Odds of one in ten are 1 to how many?"),
            Mistake("turned", 1 / 9, "The rare one was made to count more."),
        ),
    )
    yield Number(
        name="paid",
        label="The mean price of 0.306",
        answer=paid,
        unit="nats",
        mistakes=(
            Mistake("floor", floor, "So much it costs who says 0.1."),
            Mistake(
                "own belief",
                float(entropy([0.306, 0.694])),
                "The songs come as often as they come.",
            ),
            Mistake("yes alone", -math.log(0.306), "Nine songs in ten are not Jazz."),
            Mistake("bits", paid / math.log(2), "In nats, please."),
        ),
    )
    yield Choice(
        name="sorts",
        label="Songs can be sorted by",
        answer="none",
        options=(
            Option(
                "none",
                "none of them",
                "Each says the same of every song: no loss makes up for hearing "
                "nothing.",
            ),
            Option(
                "plain",
                "the one that says 0.1",
                "It is honest, and says the same of every song.",
            ),
            Option(
                "weight",
                "the one with the weight",
                "It says Jazz louder, of every song alike.",
            ),
        ),
    )
    yield Solution(
        rf"""
        Plain cross-entropy asks for the true rate. Odds of 1 to 9 become even by a weight
        of 9. What is left is focal: $\gamma = 2$ asks for {focal:.4f}. Saying 0.306 costs
        $-\tfrac1{{10}} \ln 0.306 - \tfrac9{{10}} \ln (1 - 0.306) = {paid:.4f}$ nats, and the
        honest number {floor:.4f}. All three give every song the same, so none finds any Jazz:
        a larger number is not better hearing.
        """
    )

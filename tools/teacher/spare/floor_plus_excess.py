"""Floor plus excess."""

import numpy as np

from ce_lib.information import cross_entropy, entropy, kl_divergence
from ce_lib.practice import mistakes
from ce_lib.practice.exercise import Choice, Mistake, Number, Option
from teacher.spares import Parts, Solution, spare

#: Numbers that are given, not computed, or quoted from what a test holds them to.
GIVEN = (0.8343,)


@spare(
    "Ten votes a song",
    minutes=6,
    text="""
    Ten listeners vote on each of two songs, Rock or Pop: 8 to 2 on the first, 5 to 5 on the
    second. A model is trained on the shares of the votes, and says 0.7 for Rock to both. What
    is the floor of its mean loss, and what its excess?
    """,
    hints=(
        "Each song has a floor of its own.",
        "The loss of a song is the cross-entropy of its votes and the prediction.",
        "Excess is loss minus floor.",
    ),
)
def spare_ten_votes() -> Parts:
    votes = np.array([[0.8, 0.2], [0.5, 0.5]])
    said = np.array([[0.7, 0.3], [0.7, 0.3]])
    pooled, paid = votes.mean(axis=0), cross_entropy(votes, said)
    floor = float(entropy(votes).mean())
    excess = float(kl_divergence(votes, said).mean())
    yield Number(
        name="floor",
        label="The floor",
        answer=floor,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(floor),
            Mistake(
                "pooled",
                float(entropy(pooled)),
                "Who hears the songs can tell them apart.",
            ),
            Mistake("sum", 2 * floor, "That is the sum of two songs. The mean?"),
            Mistake("one-hot", 0, "A vote of 8 to 2 is not one-hot."),
            Mistake(
                "loss",
                floor + excess,
                "That is the whole loss. What can no model avoid?",
            ),
        ),
    )
    yield Number(
        name="excess",
        label="The excess",
        answer=excess,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(excess),
            Mistake("sum", 2 * excess, "That is the sum of two songs. The mean?"),
            Mistake(
                "swapped",
                float(kl_divergence(said, votes).mean()),
                "The votes stand first: they are what happens.",
            ),
            Mistake(
                "pooled",
                float(paid.mean() - entropy(pooled)),
                "The floor is not that of the votes thrown together.",
            ),
        ),
    )
    yield Solution(
        rf"""
        The floor is the mean of two entropies,
        $({entropy(votes[0]):.5f} + {entropy(votes[1]):.5f})/2 = {floor:.5f}$ nats. The model
        pays $-\tfrac8{{10}} \ln 0.7 - \tfrac2{{10}} \ln (1 - 0.7) = {paid[0]:.5f}$ on the
        first song and $-\tfrac12 \ln 0.7 - \tfrac12 \ln (1 - 0.7) = {paid[1]:.5f}$ on the
        second, on average {floor + excess:.5f}, so the excess is {excess:.5f} nats. All of it
        comes from saying the same of two songs that can be told apart.
        """
    )


_WHY_MORE = (
    Option(
        "harder",
        "these 400 happen to be harder than the average",
        "A sample strays, by more than fitting it wins back.",
    ),
    Option(
        "bug",
        "training has gone wrong",
        "The excess on fresh songs is small: it has learned well.",
    ),
    Option(
        "heart",
        "it has learned its songs by heart",
        "Then it would pay less on them, not more.",
    ),
)


@spare(
    "Two runs above one floor",
    minutes=8,
    text="""
    The explorer *Training*, after two hundred steps, in nats:

    | songs | loss on its own songs | loss on fresh songs | floor |
    |---|---|---|---|
    | 30 | 0.6079 | 0.8470 | 0.7721 |
    | 400 | 0.8343 | 0.7869 | 0.7721 |

    What share of the excess on fresh songs did the further songs remove? Why may the second
    run pay *more* on its own songs than on fresh ones? And what could lower the last column?
    """,
    hints=(
        "Excess on fresh songs is what stands above the floor.",
        "Four hundred songs are a sample, too.",
        "Whose is the floor: the model’s, or that of what it hears?",
    ),
)
def spare_two_runs() -> Parts:
    few, many, floor = 0.8470, 0.7869, 0.7721
    share = 1 - (many - floor) / (few - floor)
    yield Number(
        name="share",
        label="The share of the excess that is gone",
        answer=share,
        probability=True,
        mistakes=(
            Mistake(
                "of the loss",
                1 - many / few,
                "That is a share of the loss, floor and all.",
            ),
            Mistake("what is left", 1 - share, "That is the share that is left."),
            Mistake(
                "in nats",
                few - many,
                "That is what is gone in nats. As a share of the excess?",
            ),
            Mistake(
                "own songs",
                (0.8470 - 0.6079) / 0.8470,
                "The loss on its own songs has no part in it.",
            ),
        ),
    )
    yield Choice(
        name="own",
        label="It pays more on its own songs than on fresh ones because",
        answer="harder",
        options=_WHY_MORE,
    )
    yield Choice(
        name="lower",
        label="The floor is lowered by",
        answer="hears",
        options=(
            Option(
                "hears",
                "a further feature of the songs",
                "Who hears more has less surprise left.",
            ),
            Option(
                "more",
                "more songs",
                "They lower the excess. The floor belongs to the world.",
            ),
            Option(
                "longer", "more steps", "No step changes what the songs leave open."
            ),
        ),
    )
    yield Solution(
        rf"""
        The excess falls from $0.8470 - 0.7721 = {few - floor:.4f}$ to
        $0.7869 - 0.7721 = {many - floor:.4f}$ nats: {100 * share:.0f} % of it is gone,
        although the loss fell by {100 * (1 - many / few):.0f} % only. The 400 songs are a
        draw, and a hard one; their loss says little about the floor. The floor is
        $H(Y \mid X)$: only another $X$, such as one feature more, moves it.
        """
    )

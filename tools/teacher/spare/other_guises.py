"""Cross-entropy in other guises."""

import math

import numpy as np

from ce_lib.information import kl_divergence
from ce_lib.practice.exercise import Choice, Mistake, Number, Option
from teacher.spares import Parts, Solution, spare


@spare(
    "A bet on every genre",
    minutes=5,
    text="""
    The next song is Rock, Pop or Jazz with probability 0.5, 0.3 and 0.2. A bet on Rock pays 2
    for 1, one on Pop or Jazz 4 for 1, and you stake all your money every time. Split as the
    genres are likely: how fast does the logarithm of your money grow, per song? About how
    many times as much have you after 100 songs, if they come as often as they should?
    """,
    hints=(
        "What is your money multiplied by if the song is Rock, if it is Pop, if it "
        "is Jazz?",
        "The mean of the logarithms.",
        "After 100 songs the logarithm has grown a hundred times as much.",
    ),
)
def spare_bet_on_every_genre() -> Parts:
    p, pays = np.array([0.5, 0.3, 0.2]), np.array([2, 4, 4])
    growth = float(p @ np.log(pays * p))
    yield Number(
        name="growth",
        label="Growth per song",
        answer=growth,
        unit="nats",
        mistakes=(
            Mistake(
                "log of the mean",
                math.log(p @ (pays * p)),
                "The mean of the logarithms, not the logarithm of the mean.",
            ),
            Mistake(
                "plain mean",
                float(np.log(pays * p).mean()),
                "The genres are not equally likely.",
            ),
            Mistake("no odds", float(p @ np.log(p)), "What do the bets pay?"),
            Mistake(
                "arithmetic",
                float(p @ (pays * p)) - 1,
                "That is the mean gain of one song. Money multiplies.",
            ),
        ),
    )
    yield Number(
        name="times",
        label="So many times as much after 100",
        answer=math.exp(100 * growth),
        mistakes=(
            Mistake("added", 1 + 100 * growth, "Growth is compounded: e to it."),
            Mistake(
                "mean",
                (p @ (pays * p)) ** 100,
                "That is the mean over all that may happen, made by a few lucky runs.",
            ),
            Mistake("logarithm", 100 * growth, "That is the logarithm of it."),
        ),
    )
    odds = 1 / pays
    yield Solution(
        rf"""
        Your money is multiplied by 1, by {4 * 0.3:.1f} or by {4 * 0.2:.1f}:
        $0.3 \ln {4 * 0.3:.1f} + 0.2 \ln {4 * 0.2:.1f} = {growth:.5f}$ nats per song, and
        $e^{{{100 * growth:.4f}}} = {math.exp(100 * growth):.3f}$ times as much after 100. The
        bets pay as if the genres had ½, ¼ and ¼, and your gain is
        $D(p \,\|\, (\tfrac12, \tfrac14, \tfrac14)) = {kl_divergence(p, odds):.5f}$: what you
        know better than who set them.
        """
    )


_AFTER_AN_HOUR = (
    Option("worse", "worse", "The sum has risen."),
    Option(
        "better",
        "better: the reconstruction has fallen",
        "The other part has risen by more.",
    ),
    Option("tight", "at the true value", "Add the two parts up."),
)


_WHAT_ZERO_SAYS = (
    Option(
        "same",
        "the guess is the same for every song",
        "It has learned nothing from the song: the hidden cause is not used.",
    ),
    Option(
        "perfect",
        "the guess is perfect",
        "That would be a divergence of 0 from Bayes’ answer.",
    ),
    Option(
        "error",
        "there is a mistake in the code",
        "It may be right: the decoder does without the cause.",
    ),
)


@spare(
    "A bound and what it hides",
    minutes=8,
    text="""
    A network that guesses hidden causes reports, per song, a reconstruction of 0.40 nats and
    a divergence from $q(h)$ of 0.25. The true $-\\ln q(x)$ is known here: 0.60. What is
    $-$ELBO, and how far is the guess from the best one? After an hour the reconstruction is
    0.30 and the divergence 0.38. Is that better? In another run the divergence has become 0
    on every song. What does that say?
    """,
    hints=(
        "−ELBO is the sum of the two parts.",
        "What stands above −ln q(x) is a divergence from Bayes’ answer.",
        "A guess that never differs from what was known before has learned what from "
        "the song?",
    ),
)
def spare_bound() -> Parts:
    bound = 0.40 + 0.25
    yield Number(
        name="bound",
        label="−ELBO",
        answer=bound,
        unit="nats",
        mistakes=(
            Mistake("difference", 0.40 - 0.25, "The two parts are added."),
            Mistake("reconstruction", 0.40, "The guess costs something, too."),
            Mistake(
                "three",
                0.40 + 0.25 + 0.60,
                "The bound stands above −ln q(x), and is not added to it.",
            ),
        ),
    )
    yield Number(
        name="apart",
        label="How far the guess is from the best one",
        answer=bound - 0.60,
        unit="nats",
        mistakes=(
            Mistake(
                "from the prior",
                0.25,
                "That is how far it is from what was known before the song.",
            ),
            Mistake("sign", 0.60 - bound, "A divergence is never below 0."),
            Mistake(
                "reconstruction", 0.60 - 0.40, "Compare −ln q(x) with the whole bound."
            ),
        ),
    )
    yield Choice(
        name="later",
        label="After an hour it is",
        answer="worse",
        options=_AFTER_AN_HOUR,
    )
    yield Choice(
        name="zero",
        label="A divergence of 0 on every song says that",
        answer="same",
        options=_WHAT_ZERO_SAYS,
    )
    yield Solution(
        rf"""
        $0.40 + 0.25 = {bound:.2f}$ nats, {bound - 0.60:.2f} above $-\ln q(x)$: so far is the
        guess from Bayes’ answer. Later the sum is {0.30 + 0.38:.2f}, so the bound has become
        worse, whatever one of its parts did. A divergence of 0 from $q(h)$ means that the
        guess ignores the song; then the reconstruction alone is the price, and no cause
        explains anything.
        """
    )

"""The genre classifier."""

from __future__ import annotations

import numpy as np

from ce_lib.genres import BATCH_Q, BATCH_Y, GENRES
from ce_lib.information import surprisal
from ce_lib.numerics import softmax
from ce_lib.practice import mistakes
from ce_lib.practice.define import Fields, Options, exercise, guess, question
from ce_lib.practice.exercise import Choice, Mistake, Number, Option, Vector
from ce_lib.practice.guess import Spread
from ce_lib.targets import one_hot

#: Numbers that are given, not computed.
GIVEN = (0.5, 0.69, 1.9)

#: The logits of the misprinted softmax.
_MISPRINTED = np.array([1.9, -0.5, -0.3, -0.1])

_EXPONENTIALS = ", ".join(f"{value:.2f}" for value in np.exp(_MISPRINTED))

_POP, _JAZZ, _CLASSICAL = 1, 2, 3


def _cost(name: str, label: str, q: float, *more: Mistake) -> Number:
    answer = float(surprisal(q))
    known = (
        mistakes.bits_for_nats(answer),
        mistakes.no_minus(answer),
        mistakes.log10(answer),
        mistakes.no_log(q),
        mistakes.miss(q),
    )
    return Number(
        name=name, label=label, answer=answer, unit="nats", mistakes=(*more, *known)
    )


def _gradient(q: np.ndarray, y: int) -> np.ndarray:
    return q - one_hot(y, len(q))


def _slope_mistakes(q: np.ndarray, y: int) -> tuple[Mistake, ...]:
    right = _gradient(q, y)
    return (
        mistakes.opposite(
            right, "That is truth minus model. With it, a step of descent would climb."
        ),
        Mistake("no target", q, "That is q alone. What happens at the true genre?"),
        Mistake(
            "dL/dq",
            -one_hot(y, len(q)) / q,
            "That is dL/dq, the slope in the probabilities. The logits feel another one.",
        ),
        *(
            Mistake(
                f"1 from {genre}",
                _gradient(q, k),
                f"The 1 was taken from {genre}. Which genre is the true one?",
            )
            for k, genre in enumerate(GENRES)
            if k != y
        ),
    )


@guess(
    "A song: 128 beats a minute, distorted guitars, and in the middle a saxophone plays "
    "for two whole minutes. Which genre is on its label? Spread 100 % over the four."
)
def guess_genre_classifier() -> Spread:
    return Spread(
        answer="jazz",
        options=(
            Option("rock", "Rock", ""),
            Option("pop", "Pop", ""),
            Option("jazz", "Jazz", ""),
            Option("classical", "Classical", ""),
        ),
        told="The label says Jazz. You pay −ln of what you gave to Jazz.",
    )


@exercise(
    "Read the prediction",
    hints=(
        "Only one of the four probabilities sets the price.",
        "The price is minus the natural logarithm of the true genre’s probability.",
        "In the logits the slope is q, with 1 taken from the true genre.",
    ),
)
def exercise_reading() -> Fields:
    read = np.array([0.15, 0.60, 0.20, 0.05])
    yield _cost("pop", "Price in nats if the song is Pop", read[_POP])
    yield _cost("classical", "Price in nats if the song is Classical", read[_CLASSICAL])
    yield Vector(
        name="gradient",
        label="dL/dz if the song is Pop",
        labels=GENRES,
        answer=_gradient(read, _POP),
        mistakes=_slope_mistakes(read, _POP),
    )
    yield Choice(
        name="moving",
        label="Does moving 0.1 from Jazz to Rock change the entry for Pop?",
        answer="no",
        options=(
            Option("yes", "Yes", "It is q − 1, with Pop’s own q. Did that move?"),
            Option("no", "No", "It is q − 1, and Pop kept its q."),
        ),
    )


@exercise(
    "Catch the misprints",
    hints=(
        "Every softmax has one property that needs only addition to check.",
        "Four exponentials, each divided by the sum of all four.",
        f"e to the power of the logits, in their order: {_EXPONENTIALS}.",
    ),
)
def exercise_disprove() -> Fields:
    printed_gradient = np.array([-0.30, 0.05, 0.06, 0.08])
    printed = np.array([0.70, 0.05, 0.06, 0.08])
    yield Number(
        name="sum_softmax",
        label="Sum of the four printed probabilities",
        answer=printed.sum(),
        mistakes=(
            Mistake("the rule", 1, "That is what it should be. Add them up."),
            Mistake(
                "without the first",
                printed[1:].sum(),
                "The first one belongs to the sum, too.",
            ),
            Mistake(
                "without the last",
                printed[:-1].sum(),
                "There are four of them, to the last.",
            ),
        ),
    )
    yield Number(
        name="sum_gradient",
        label="Sum of the four printed slopes",
        answer=printed_gradient.sum(),
        mistakes=(
            Mistake("the rule", 0, "That is what it should be. Add them up."),
            Mistake(
                "without the sign",
                np.abs(printed_gradient).sum(),
                "One of them is negative.",
            ),
            Mistake(
                "without the first",
                printed_gradient[1:].sum(),
                "The first one belongs to the sum, too.",
            ),
        ),
    )
    yield Vector(
        name="softmax",
        label="The true softmax of (1.9, −0.5, −0.3, −0.1)",
        labels=GENRES,
        answer=softmax(_MISPRINTED),
        probability=True,
        mistakes=(
            Mistake(
                "softmax twice",
                softmax(softmax(_MISPRINTED)),
                "The softmax was taken twice, which flattens it.",
            ),
            Mistake(
                "not divided",
                np.exp(_MISPRINTED),
                "Those are the exponentials. Divide each by their sum.",
            ),
            Mistake(
                "no exponential",
                _MISPRINTED / _MISPRINTED.sum(),
                "Logits divided by their sum can be negative. Exponentiate first.",
            ),
            Mistake(
                "base 2",
                softmax(_MISPRINTED * np.log(2)),
                "Those are powers of 2. The softmax takes powers of e.",
            ),
        ),
    )


@exercise(
    "The mean over five songs",
    hints=(
        "Every song has the same share in the mean.",
        "The gradient of one song’s own loss is q − p. Its share in the mean is smaller.",
        "Only one of the five prices changes, from −ln 0.2 to −ln 0.4.",
    ),
)
def exercise_batch() -> Fields:
    step = _gradient(BATCH_Q[4], int(BATCH_Y[4]))
    prices = surprisal(BATCH_Q[np.arange(5), BATCH_Y])
    changed = np.array([*prices[:4], surprisal(BATCH_Q[4][0])])
    yield Vector(
        name="gradient",
        label="Gradient of the mean loss in the logits of song 5",
        labels=GENRES,
        answer=step / 5,
        mistakes=(
            Mistake(
                "sum for mean",
                step,
                "That is the gradient of song 5’s own loss. Whose mean is asked for?",
            ),
            mistakes.opposite(
                step / 5, "The signs are reversed: it is model minus truth."
            ),
            Mistake(
                "divided by K",
                step / 4,
                "That was divided by the number of genres. Count songs instead.",
            ),
            Mistake(
                "no target",
                BATCH_Q[4] / 5,
                "That is q alone, shared out. What happens at the truth?",
            ),
        ),
    )
    yield Number(
        name="mean_if_rock",
        label="Mean loss in nats if song 5 had been Rock",
        answer=changed.mean(),
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(changed.mean()),
            Mistake(
                "sum for mean",
                changed.sum(),
                "That is the bill for all five. What is the mean?",
            ),
            Mistake(
                "unchanged",
                prices.mean(),
                "That is the mean with song 5 as Classical.",
            ),
            Mistake(
                "log of the mean",
                surprisal(np.exp(-changed).mean()),
                "That is the price of the mean probability. Average the prices.",
            ),
            Mistake(
                "one song",
                changed[4],
                "That is the price of song 5. What is the mean of all?",
            ),
            Mistake(
                "typical probability",
                np.exp(-changed.mean()),
                "That is the typical probability. What does it cost?",
            ),
        ),
    )


@exercise(
    "Logits (1, 0, 0, 0), and the song is Rock",
    hints=(
        "The logarithm of a sum of four exponentials, minus one logit.",
        "Of which genre is the logit that is taken off?",
        "ln(e + 3) − 1.",
    ),
)
def exercise_four_logits() -> Fields:
    z = np.array([1.0, 0, 0, 0])
    answer = float(surprisal(softmax(z)[0]))
    yield Number(
        name="nats",
        label="The loss in nats",
        answer=answer,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(answer),
            mistakes.no_minus(answer),
            Mistake(
                "nothing taken off",
                answer + 1,
                "That is the price of a genre with logit 0. Which logit is the true one’s?",
            ),
            Mistake(
                "no logarithm",
                softmax(z)[0],
                "That is what the softmax gives to Rock. What does it cost?",
            ),
            Mistake(
                "one term",
                0,
                "Then Rock would be certain. The other logits are 0, and e to the 0 is 1.",
            ),
        ),
    )


@exercise(
    "The typical probability of two songs",
    hints=(
        "It undoes the logarithm of the mean loss.",
        "The mean of logarithms is the logarithm of a geometric mean.",
        "The root of one half times one eighth.",
    ),
)
def exercise_typical() -> Fields:
    given = np.array([1 / 2, 1 / 8])
    losses = surprisal(given)
    answer = float(np.exp(-losses.mean()))
    yield Number(
        name="typical",
        label="e to minus the mean loss",
        answer=answer,
        probability=True,
        mistakes=(
            Mistake(
                "plain average",
                given.mean(),
                "That is the plain average. The loss averages logarithms.",
            ),
            Mistake(
                "product",
                given.prod(),
                "That is e to minus the sum of both losses. What is their mean?",
            ),
            Mistake(
                "upside down",
                1 / answer,
                "That is e to plus the mean loss. A probability is at most 1.",
            ),
            Mistake(
                "mean loss",
                losses.mean(),
                "That is the mean loss itself. Undo its logarithm.",
            ),
        ),
    )


@exercise(
    "A model says (0.1, 0.2, 0.3, 0.4), and the song is Jazz",
    hints=(
        "Which of the four numbers belongs to Jazz?",
        "Minus its natural logarithm.",
        "For the slopes, take 1 from the entry of Jazz.",
    ),
)
def exercise_jazz() -> Fields:
    four = np.array([0.1, 0.2, 0.3, 0.4])
    yield _cost(
        "nats",
        "The loss in nats",
        four[_JAZZ],
        Mistake(
            "argmax",
            surprisal(four.max()),
            "That is the price of Classical, the model’s favourite. The song is Jazz.",
        ),
        Mistake(
            "off by one",
            surprisal(four[_JAZZ - 1]),
            "That is the price of Pop. Jazz stands one place later.",
        ),
    )
    yield Vector(
        name="gradient",
        label="dL/dz",
        labels=GENRES,
        answer=_gradient(four, _JAZZ),
        mistakes=_slope_mistakes(four, _JAZZ),
    )


@question(
    "The song is Rock. Model A says (0.4, 0.6, 0, 0), model B (0.3, 0.3, 0.2, 0.2): for B "
    "Rock shares the lead. Which of them pays less?",
    answer="a",
)
def bet_other_genres() -> Options:
    yield Option("a", "A", "0.4 for what happened beats 0.3.")
    yield Option("b", "B", "Whether Rock leads is not charged.")
    yield Option(
        "equal",
        "They pay the same.",
        "What did each of them give to Rock?",
    )
    yield Option(
        "unknown",
        "The four numbers do not tell.",
        "They do: only what was given to Rock is charged.",
    )


@question("Which of these costs ∞?", answer="truth")
def bet_ruled_out() -> Options:
    yield Option(
        "other",
        "Jazz was given 0, and the song is Rock.",
        "Ruled out and not true: 0 times the logarithm of 0 counts as nothing.",
    )
    yield Option(
        "even",
        "All four were given the same.",
        "That costs ln 4, whatever the song is.",
    )
    yield Option(
        "truth",
        "Rock was given 0, and the song is Rock.",
        "Its truth was called impossible.",
    )
    yield Option(
        "logit",
        "Rock’s logit is 0, and the song is Rock.",
        "A logit of 0 rules nothing out: e to the 0 is 1.",
    )


@question(
    "On one song, model A pays 0.69 nats less than model B. What follows?",
    answer="ratio",
)
def bet_gap() -> Options:
    yield Option(
        "ratio",
        "A gave the truth twice B’s probability.",
        "A difference of prices is the logarithm of a ratio, and ln 2 is 0.69.",
    )
    yield Option(
        "points",
        "A gave the truth 69 points more.",
        "From 1 % to 2 % the gap is ln 2, and from 40 % to 80 % as well.",
    )
    yield Option(
        "right",
        "A was right and B was wrong.",
        "Both may have put the same genre first.",
    )
    yield Option(
        "often",
        "A will be right twice as often.",
        "One song says little about the next.",
    )

"""Label smoothing."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from ce_lib.genres import GENRES
from ce_lib.information import cross_entropy, entropy, kl_divergence, surprisal
from ce_lib.losses import softmax_cross_entropy
from ce_lib.practice import mistakes
from ce_lib.practice.define import Fields, Options, exercise, guess, question
from ce_lib.practice.exercise import Choice, Mistake, Number, Option, Vector
from ce_lib.practice.guess import Spread
from ce_lib.targets import one_hot, smooth_labels

#: Numbers that are given, not computed.
GIVEN = (
    0.03,
    2.5,
    92.5,
)


_Q = np.array([0.95, 0.02, 0.02, 0.01])


def _entropy_bonus(alpha: float) -> float:
    """How much the best q of the truth lacks to 1, under the bonus, for four classes."""
    low, high = 0.0, 0.5
    for _ in range(200):
        middle = (low + high) / 2
        slope = 1 / (1 - middle) - alpha * math.log(3 * (1 - middle) / middle)
        low, high = (middle, high) if slope < 0 else (low, middle)
    return (low + high) / 2


def _smoothed(
    t: np.ndarray[Any, Any], others: np.ndarray[Any, Any], hard: float, smoothed: float
) -> Number:
    return Number(
        name="smoothed",
        label="The price in nats with ε = 0.1",
        answer=smoothed,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(smoothed),
            Mistake(
                "ε′/(K−1)",
                cross_entropy(others, _Q),
                "That spreads ε over the other three. Here all four share it.",
            ),
            Mistake(
                "Rock only",
                0.925 * hard,
                "The other genres have a share in the target, too.",
            ),
            Mistake(
                "excess only",
                kl_divergence(t, _Q),
                "That is the excess. The floor belongs to the price.",
            ),
            Mistake(
                "p and q swapped",
                cross_entropy(_Q, t),
                "Target and model are swapped.",
            ),
        ),
    )


def _floor(others: np.ndarray[Any, Any], floor: float) -> Number:
    return Number(
        name="floor",
        label="The floor of the second, in nats",
        answer=floor,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(floor),
            Mistake(
                "ε′/(K−1)",
                entropy(others),
                "That spreads ε over the other three. Here all four share it.",
            ),
            Mistake(
                "entropy of Q",
                entropy(_Q),
                "That is the entropy of the prediction.",
            ),
            Mistake("zero", 0, "Only a hard target has the floor 0."),
        ),
    )


@guess(
    "The song is Rock, but the label asks for a little less: 92.5 % Rock, and 2.5 % for "
    "each other genre. A model gives Rock 99 % already, and the others share the rest "
    "evenly. Now it takes one small step of training on this song. What happens to its "
    "99 %?"
)
def guess_label_smoothing() -> Spread:
    target, q = smooth_labels(one_hot(0, 4), 0.1), np.array([0.99, *[0.01 / 3] * 3])
    push = float(target[0] - q[0])
    return Spread(
        answer="falls" if push < 0 else "rises",
        options=(
            Option(
                "rises",
                "It rises",
                "It would with the label that asks for 100 %.",
            ),
            Option("stays", "It stays", "Only at 92.5 % would nothing push."),
            Option("falls", "It falls", "99 % is more than was asked for."),
        ),
        told=f"It falls: Rock’s logit is pushed down, by {-push:.3f}. The model is right, "
        "and surer than it was asked to be.",
    )


@exercise(
    "(0.95, 0.02, 0.02, 0.01), and the song is Rock",
    hints=(
        "The target is (1 − ε) times the one-hot label, plus ε/4 everywhere.",
        "Price each genre with the model, and average with the target.",
        "The floor is the entropy of the target; the slope is model minus target.",
    ),
)
def exercise_smoothed_song() -> Fields:
    t = smooth_labels(one_hot(0, 4), 0.1)
    others = smooth_labels(one_hot(0, 4), 0.1, "others")
    hard = float(surprisal(0.95))
    smoothed = float(cross_entropy(t, _Q))
    floor = float(entropy(t))
    yield Number(
        name="hard",
        label="The price in nats with the hard label",
        answer=hard,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(hard),
            mistakes.no_minus(hard),
            Mistake(
                "distance",
                1 - 0.95,
                "That is 1 − q: close, for a sure prediction. Take −ln q.",
            ),
        ),
    )
    yield _smoothed(t, others, hard, smoothed)
    yield _floor(others, floor)
    yield Vector(
        name="slopes",
        label="dL/dz with ε = 0.1",
        labels=GENRES,
        answer=_Q - t,
        mistakes=(
            mistakes.opposite(_Q - t, "That is target minus model."),
            Mistake(
                "hard label",
                _Q - one_hot(0, 4),
                "That is the slope with the hard label.",
            ),
            Mistake(
                "ε′/(K−1)",
                _Q - others,
                "That spreads ε over the other three. Here all four share it.",
            ),
        ),
    )
    yield Choice(
        name="push",
        label="With ε = 0.1 a step of descent moves Rock",
        answer="down",
        options=(
            Option("up", "up", "Compare 0.95 with Rock’s share in the target."),
            Option("down", "down", "The model says more than the target asks for."),
            Option("stay", "not at all", "Its slope is not 0."),
        ),
    )


@exercise(
    "Signs under smoothing",
    hints=(
        "Write down the target for ε = 0.1 first.",
        "A wrong genre’s slope is q − ε/4.",
        "A step of descent raises a logit whose slope is negative.",
    ),
)
def exercise_smoothing_signs() -> Fields:
    even = np.array([0.85, 0.05, 0.05, 0.05])
    t = smooth_labels(one_hot(0, 4), 0.1)
    others = smooth_labels(one_hot(0, 4), 0.1, "others")
    yield Vector(
        name="slopes",
        label="dL/dz for (0.85, 0.05, 0.05, 0.05), ε = 0.1",
        labels=GENRES,
        answer=even - t,
        mistakes=(
            mistakes.opposite(even - t, "That is target minus model."),
            Mistake(
                "hard label",
                even - one_hot(0, 4),
                "That is the slope with the hard label.",
            ),
            Mistake(
                "ε′/(K−1)",
                even - others,
                "That spreads ε over the other three. Here all four share it.",
            ),
        ),
    )
    yield Number(
        name="turn",
        label="The ε at which a wrong genre’s sign turns",
        answer=0.2,
        probability=True,
        mistakes=(
            Mistake("no K", 0.05, "A wrong genre gets ε/4, not ε."),
            Mistake("ε′/(K−1)", 0.15, "A wrong genre gets ε/4 here, not ε/3."),
            Mistake("times five", 0.25, "There are four genres, Rock among them."),
        ),
    )
    yield Choice(
        name="raises",
        label="(0.8, 0.15, 0.04, 0.01), ε = 0.1: a step raises",
        answer="two",
        options=(
            Option("rock", "Rock only", "Compare every entry with its target."),
            Option(
                "two",
                "Rock and Classical",
                "Both hold less than their target gives them.",
            ),
            Option("wrong", "all but Rock", "Rock holds less than its target."),
            Option("all", "all of them", "The slopes sum to 0: some must fall."),
        ),
    )


def _gap(five: np.ndarray[Any, Any]) -> Number:
    return Number(
        name="gap",
        label="The gap of the logits at the floor",
        answer=math.log(five[0] / five[1]),
        mistakes=(
            Mistake(
                "ratio",
                five[0] / five[1],
                "That is the ratio of the two.",
            ),
            Mistake(
                "ε′/(K−1)",
                math.log(0.8 / 0.05),
                "That is the gap in the other convention.",
            ),
            Mistake(
                "difference",
                five[0] - five[1],
                "Take logarithms first.",
            ),
            Mistake(
                "hard label",
                math.inf,
                "Only a hard label asks for that.",
            ),
        ),
    )


@exercise(
    "Five classes, ε = 0.2",
    hints=(
        "The share ε = 0.2 goes to all five classes alike.",
        "At the floor the model is the target; what are its logits, up to a constant?",
        "In the other convention ε′ is what the true class gives away.",
    ),
)
def exercise_smoothing_five() -> Fields:
    five = smooth_labels(one_hot(0, 5), 0.2)[:2]
    five_floor = float(entropy(smooth_labels(one_hot(0, 5), 0.2)))
    yield Vector(
        name="target",
        label="The target’s entries",
        labels=("true class", "each other"),
        answer=five,
        probability=True,
        mistakes=(
            Mistake(
                "ε′/(K−1)",
                smooth_labels(one_hot(0, 5), 0.2, "others")[:2],
                "That spreads ε over the other four. Here all five share it.",
            ),
            Mistake(
                "sum above 1",
                (1.0, 0.04),
                "The sum is above 1: the true class gives up ε first.",
            ),
            Mistake("all of ε", (0.8, 0.2), "All five share ε."),
            Mistake("does not sum", (0.8, 0.04), "Add up all five: what is missing?"),
        ),
    )
    yield Number(
        name="floor",
        label="Its floor in nats",
        answer=five_floor,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(five_floor),
            Mistake(
                "ε′/(K−1)",
                entropy(smooth_labels(one_hot(0, 5), 0.2, "others")),
                "That is the floor in the other convention.",
            ),
            Mistake(
                "truth only",
                surprisal(five[0]),
                "That is the price of the true class alone.",
            ),
            Mistake("zero", 0, "Only a hard target has the floor 0."),
        ),
    )
    yield _gap(five)
    yield Number(
        name="epsilon",
        label="The same target’s ε′, in the convention ε′/(K − 1)",
        answer=0.2 * 4 / 5,
        probability=True,
        mistakes=(
            Mistake(
                "the same",
                0.2,
                "There the true class gets no part of ε′ back.",
            ),
            Mistake("other way", 0.2 * 5 / 4, "The factor is the other way up."),
            Mistake("one entry", 0.04, "That is what each other class gets."),
        ),
    )


@exercise(
    "The entropy bonus, four classes",
    hints=(
        "At the minimum 1/q = ε ln(3q/(1 − q)), with ε the strength of the bonus.",
        "For ε = 0.1, q is nearly 1, so the logarithm must be about 10.",
        "For the second, put q = 0.925 in and solve for ε.",
    ),
)
def exercise_entropy_bonus() -> Fields:
    t = smooth_labels(one_hot(0, 4), 0.1)
    lacks = _entropy_bonus(0.1)
    alpha = 1 / (t[0] * math.log(3 * t[0] / (1 - t[0])))
    yield Number(
        name="lacks",
        label="1 − q of the truth, at the minimum for a bonus of 0.1",
        answer=lacks,
        probability=True,
        tolerance=1e-3,
        mistakes=(
            Mistake(
                "smoothing",
                1 - t[0],
                "That is the doubt smoothing asks for. The bonus asks for far less.",
            ),
            Mistake(
                "the best q",
                1 - lacks,
                "That is q. What is missing to 1?",
            ),
            Mistake("zero", 0, "The bonus pays for doubt, so a little remains."),
        ),
    )
    yield Number(
        name="alpha",
        label="The bonus that asks for the same q as smoothing with 0.1",
        answer=alpha,
        mistakes=(
            Mistake("the same", 0.1, "A bonus of 0.1 leaves far less doubt."),
            Mistake(
                "without q",
                1 / math.log(37),
                "A factor 1/q is missing.",
            ),
            Mistake(
                "without the 3",
                1 / (t[0] * math.log(t[0] / (1 - t[0]))),
                "The doubt is shared by three rivals: a factor 3 inside the logarithm.",
            ),
        ),
    )


@exercise(
    "The charge on a lead",
    hints=(
        "What is the mean of the four logits?",
        "The charge is ε times the true logit’s lead over that mean.",
    ),
)
def exercise_lead_charge() -> Fields:
    z, epsilon = (4.0, 0.0, 0.0, 0.0), 0.1
    charge = epsilon * (z[0] - sum(z) / len(z))
    yield Number(
        name="charge",
        label="Smoothing adds, in nats",
        answer=charge,
        unit="nats",
        mistakes=(
            Mistake(
                "over the others",
                epsilon * z[0],
                "That is the lead over the other classes. The mean counts the true one.",
            ),
            Mistake(
                "lead", charge / epsilon, "That is the lead. What part is charged?"
            ),
            Mistake(
                "share of a class",
                charge / len(z),
                "The charge is ε for each nat, not ε/K.",
            ),
            mistakes.bits_for_nats(charge),
        ),
    )


@question(
    "Four classes. You double ε, from 0.1 to 0.2. What becomes of the lowest smoothed loss "
    "that a model can reach?",
    answer="less",
)
def bet_smooth_floor() -> Options:
    low, high = (float(entropy(smooth_labels(one_hot(0, 4), e))) for e in (0.1, 0.2))
    yield Option("stays", "It stays", "The target has changed, and so has its entropy.")
    yield Option(
        "doubles",
        "It doubles",
        "ε is a share of probability, not a price: prices bend.",
    )
    yield Option(
        "less",
        "It grows, but does not double",
        f"From {low:.3f} to {high:.3f} nats: what more is spread is less of a surprise.",
    )
    yield Option(
        "falls", "It falls", "A target that is less sure has more entropy, not less."
    )


@question(
    "Ten classes, ε = 0.2. Of the wrong classes one holds 0.03, another 0.01. Where does a "
    "step of descent move their logits?",
    answer="apart",
)
def bet_smooth_push() -> Options:
    share = float(smooth_labels(one_hot(0, 10), 0.2)[1])
    yield Option(
        "down", "Both down", "So the hard label would: it asks for 0 everywhere else."
    )
    yield Option(
        "apart",
        "The first down, the second up",
        f"Each is drawn to its share of the target, ε/10 = {share:g}.",
    )
    yield Option(
        "up", "Both up", f"Only what holds less than ε/10 = {share:g} is pushed up."
    )
    yield Option(
        "crossed", "The first up, the second down", "That leads away from the target."
    )


@question(
    "Rock is true, and its logit leads three equal others by 20. It gains one nat more. Which "
    "loss changes most: the hard one, the smoothed one, the one with an entropy bonus "
    "(ε = 0.1 in both)?",
    answer="smoothed",
)
def bet_certain_and_right() -> Options:
    z, t = [[20, 0, 0, 0], [21, 0, 0, 0]], smooth_labels(one_hot([0, 0], 4), 0.1)
    before, after = softmax_cross_entropy(z, t, reduction="none")
    yield Option(
        "hard", "The hard one", "Its price is all but 0: nothing is left to gain."
    )
    yield Option(
        "smoothed",
        "The smoothed one",
        f"It rises by {after - before:.3f} nats: ε for each nat of lead over the mean logit.",
    )
    yield Option(
        "bonus",
        "The one with the bonus",
        "The entropy is all but 0, so little of the bonus is left to lose.",
    )
    yield Option("alike", "All three alike", "Two of them have run flat by then.")


@question(
    "Eight networks on digits, with ε = 0.1 instead of the hard label. What happens on new "
    "digits, on average?",
    answer="apart",
)
def bet_smoothed_digits() -> Options:
    yield Option(
        "better", "More right answers, and a lower plain loss", "The answers, yes."
    )
    yield Option(
        "worse", "Fewer right answers, and a higher plain loss", "The loss, yes."
    )
    yield Option(
        "apart",
        "More right answers, and a higher plain loss",
        "It aims at modest claims, and gets them, also where it is right.",
    )
    yield Option(
        "cross", "Fewer right answers, and a lower plain loss", "The other way round."
    )

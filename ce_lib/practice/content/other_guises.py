"""Cross-entropy in other guises."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from ce_lib.information import entropy, surprisal
from ce_lib.losses import softmax_cross_entropy, softmax_cross_entropy_with_grad
from ce_lib.practice import mistakes, properties
from ce_lib.practice.code import Args, Task
from ce_lib.practice.define import (
    Fields,
    Options,
    code_exercise,
    exercise,
    guess,
    question,
)
from ce_lib.practice.exercise import Choice, Mistake, Number, Option
from ce_lib.practice.guess import Axis, Drawn, Mark, Remark

#: Numbers that are given, not computed.
GIVEN = (0.1, 0.2, 0.3, 4.6, 5.5, 10.0, 10.2)


def _least(candidates: int, gap: float) -> float:
    """The loss of a true logit that is ``gap`` above each of the other candidates'."""
    return float(softmax_cross_entropy([gap] + [0.0] * (candidates - 1), 0))


@guess(
    "A network scores how well a clip of a song fits each of 256 descriptions, one of them "
    "its own. Each score is a cosine, from −1 to 1. A softmax makes probabilities of the 256 "
    "scores, and the loss is −ln of what its own description gets. Training ends as well as "
    "it can: its own scores 1, all 255 others −1. Where is the loss then?"
)
def guess_other_guises() -> Drawn:
    counts = [*range(1, 16), *range(16, 257, 8)]
    least, chance = _least(256, 2), _least(256, 0)
    return Drawn(
        label="The loss at best",
        unit="nats",
        answer=least,
        low=0,
        high=6,
        near=0.1,
        x=Axis(title="descriptions", low=0, high=300, ticks=(1, 64, 128, 192, 256)),
        y=Axis(title="loss in nats", low=0, high=6, ticks=(0, 2, 4, 6)),
        marks=(
            Mark(
                label="chance, ln N",
                points=[(n, _least(n, 0)) for n in counts],
                place=(228, 3.9),
            ),
        ),
        shown=(
            Mark(
                label="at best",
                points=[(n, _least(n, 2)) for n in counts],
                place=(120, 2.2),
            ),
        ),
        at=256,
        told=f"{least:.2f} nats. Knowing nothing costs {chance:.2f}, and with scores from −1 "
        "to 1 nobody gets more than 2 nats below that.",
        remarks=(
            Remark(
                upto=_least(2, 2),
                sentence="That is about what a single rival would leave. There are 255.",
            ),
            Remark(
                upto=least,
                sentence="It is more: a rival has only e⁻² of the true one’s weight, but "
                "there are 255 of them.",
            ),
            Remark(
                upto=chance,
                sentence="Not so much: the true one has e² times the weight of a rival.",
            ),
            Remark(sentence="That is more than knowing nothing costs."),
        ),
    )


@exercise(
    "One clip, ten descriptions, T = 1/2",
    hints=(
        "At best the true cosine is 1 and all nine others are −1. What are the logits?",
        "Divided by ½ the gap of 2 is 4.",
        "−ln of a softmax is ln(1 + the others’ weights over the true one’s).",
    ),
)
def exercise_least_contrast() -> Fields:
    least = _least(10, 4)
    yield Number(
        name="least",
        label="The least loss, in nats",
        answer=least,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(least),
            Mistake(
                "T = 1", _least(10, 2), "That is T = 1. What does ½ do to the gap?"
            ),
            Mistake(
                "times T",
                _least(10, 1),
                "That is the gap times ½. The cosines are divided by it.",
            ),
            Mistake(
                "one rival", _least(2, 4), "That is one rival. There are nine of them."
            ),
            Mistake(
                "ten rivals",
                _least(11, 4),
                "That is ten rivals. One of the ten is true.",
            ),
            Mistake("zero", 0, "Only a gap without end would bring it there."),
        ),
    )


@question(
    "A language model is tuned on pairs of answers, one of each preferred. The preference "
    "loss falls from its start, ln 2. What has become of the preferred answers?",
    answer="either",
)
def bet_both_answers() -> Options:
    yield Option(
        "either",
        "Either: the loss does not tell",
        "It falls as soon as the other answer loses more than the preferred one does.",
    )
    yield Option(
        "likelier",
        "They are likelier than before",
        "Nothing in the loss asks for that. It sees how far apart the two have come.",
    )
    yield Option(
        "rarer",
        "They are less likely than before",
        "It happens, and so does the opposite. The loss sees how far apart they are.",
    )


@exercise(
    "Jazz, then Pop",
    hints=(
        "The advantage is the reward less the baseline. What is it for Jazz?",
        "For each draw dL/dz is A (q − onehot). Pop’s entry, if Pop was drawn: A (1/3 − 1).",
        "The mean of the two draws.",
    ),
)
def exercise_drawn_pop() -> Fields:
    _, slope = softmax_cross_entropy_with_grad([0.0, 0, 0], 1)
    mean = -0.5 * float(slope[1]) / 2
    yield Number(
        name="slope",
        label="The mean of dL/dz for Pop’s logit",
        answer=mean,
        mistakes=(
            mistakes.opposite(mean, "That is the push. dL/dz is A times q − onehot."),
            Mistake("one draw", 2 * mean, "That is of one draw. There were two."),
            Mistake(
                "no advantage",
                float(slope[1]) / 2,
                "That has the advantage 1 for Pop. What did Pop earn, less the baseline?",
            ),
            Mistake(
                "without the baseline",
                0.5 * float(slope[0]) / 2,
                "Those are the rewards. Take the baseline off each.",
            ),
        ),
    )


@question(
    "A coin shows heads six times in ten, and a bet on heads doubles the stake. You stake "
    "three fifths of your money on heads, toss after toss. After very many tosses, what have "
    "you?",
    answer="poor",
)
def bet_good_coin() -> Options:
    lost = -float(math.log(2) + 0.6 * math.log(0.8) + 0.4 * math.log(0.2))
    yield Option(
        "rich",
        "Much more than at the start",
        "Each bet is in your favour, and so is the mean over all who bet like this: a few "
        "of them are immensely rich.",
    )
    yield Option(
        "same",
        "About what you had",
        "A win multiplies your money by 8/5, a loss by 2/5. Ten tosses have six wins and "
        "four losses.",
    )
    yield Option(
        "poor",
        "Next to nothing",
        f"The logarithm of your money falls by {lost:.4f} a toss. The stake says heads comes "
        "four times in five, and that belief costs more than the coin pays.",
    )


@exercise(
    "CTC by hand: two frames, one letter",
    hints=(
        "There are three ways: a a, a blank, blank a.",
        "The probability of a way is a product over the frames. Add up the three, then −ln.",
        "The target of the first frame is the share of those ways that have a there.",
    ),
)
def exercise_ctc_by_hand() -> Fields:
    a, b = 0.5, 0.2
    total = a * b + a * (1 - b) + (1 - a) * b
    loss = float(surprisal(total))
    sung = a / total
    yield Number(
        name="loss",
        label="The loss, in nats",
        answer=loss,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(loss),
            mistakes.no_minus(loss),
            mistakes.no_log(total),
            Mistake(
                "best way",
                surprisal(a * (1 - b)),
                "That is the likeliest way alone. All three sing the text.",
            ),
            Mistake(
                "a a forgotten",
                surprisal(total - a * b),
                "One way is missing: the letter may fill both frames.",
            ),
            Mistake(
                "frame by frame",
                surprisal(a * b),
                "That asks for the letter in both frames. It may stand in one alone.",
            ),
            Mistake(
                "sum of prices",
                surprisal(a * b) + surprisal(a * (1 - b)) + surprisal((1 - a) * b),
                "Add up the probabilities first, and take the logarithm once.",
            ),
        ),
    )
    yield Number(
        name="slope",
        label="dL/dz of a at the first frame",
        answer=a - sung,
        mistakes=(
            mistakes.opposite(a - sung, "That is the push. dL/dz is q − target."),
            Mistake(
                "label",
                a - 1,
                "That takes a for the label of this frame. Nobody said so: it may be blank.",
            ),
            Mistake(
                "target", sung, "That is the target. Take it from what the model says."
            ),
            Mistake(
                "half",
                a - 2 / 3,
                "Two of three ways have a there, but they are not equally likely.",
            ),
        ),
    )


_LOGS = {
    "classifier": "A classifier",
    "contrast": "A contrastive loss without a temperature",
    "siglip": "SigLIP",
    "preference": "A preference loss",
    "policy": "A policy gradient",
}


def _log(name: str, label: str, answer: str, why: dict[str, str]) -> Choice:
    options = [Option(key, text, why[key]) for key, text in _LOGS.items()]
    return Choice(name=name, label=label, answer=answer, options=options)


@exercise(
    "Three logs, and whose losses they are",
    hints=(
        "Which of the five starts at the logarithm of something that is not a class?",
        "Which starts at a number that hardly depends on what is counted?",
        "Which has a sign of its own?",
    ),
)
def exercise_whose_log() -> Fields:
    chance, pair = _least(256, 0), float(entropy([0.5, 0.5]))
    yield _log(
        "a",
        "A: from 5.5 to 4.6",
        "contrast",
        {
            "classifier": "It would start there with 256 classes, but nothing would stop it.",
            "contrast": f"ln 256 is {chance:.2f}, and cosines cannot bring a batch lower.",
            "siglip": "That starts at 10.",
            "preference": f"That starts at {pair:.2f}.",
            "policy": "That would change its sign now and then.",
        },
    )
    yield _log(
        "b",
        "B: 10.0, then 10.2 with a larger batch",
        "siglip",
        {
            "classifier": "With some 20,000 classes, but what would the batch have to do "
            "with it?",
            "contrast": "That starts at the logarithm of the batch size: much lower, and "
            "growing with it.",
            "siglip": "Its bias of −10 is paid once by each partner.",
            "preference": f"That starts at {pair:.2f}.",
            "policy": "That would be around 0.",
        },
    )
    yield _log(
        "c",
        "C: 0.1, −0.2, 0.3, −0.1",
        "policy",
        {
            "classifier": "The price of a label is never negative.",
            "contrast": "A price of one among many is never negative.",
            "siglip": "A sum of yes and no is never negative.",
            "preference": "The price of a yes or no is never negative.",
            "policy": "Its sign is the advantage’s, and its value means nothing.",
        },
    )


def _two_way(S: np.ndarray, T: float) -> float:
    partners = np.arange(len(S))
    rows, columns = (softmax_cross_entropy(s / T, partners) for s in (S, S.T))
    return float(rows + columns) / 2


def _similarities(rng: np.random.Generator) -> Args:
    n = rng.integers(1, 5)
    return rng.uniform(-1, 1, (n, n)).round(1), float(rng.choice([1, 0.5, 0.1]))


def _simpler(args: Args) -> Iterator[Args]:
    """A pair fewer, a temperature of 1, rounder similarities."""
    S, T = args
    for k in range(len(S)) if len(S) > 1 else ():
        yield np.delete(np.delete(S, k, axis=0), k, axis=1), T
    if T != 1:
        yield S, 1.0
    if not np.array_equal(np.round(S), S):
        yield np.round(S), T


@code_exercise(
    "`two_way(S, T)`: the mean of two losses of the similarities `S`, of shape (N, N), divided "
    "by `T`. One prices the partner of each row, the other that of each column, both as a mean "
    "over N, in nats. Partners stand on the diagonal.",
    hints=(
        "For the rows: `log_softmax` along axis 1, and of that the diagonal.",
        "For the columns the same along axis 0.",
        "Minus the mean of both diagonals.",
    ),
)
def function_two_way() -> Task:
    uneven = np.array([[0.9, 0.2, 0.1], [0.3, 0.8, 0.0], [0.1, 0.4, 0.7]])
    return Task(
        call="two_way",
        reference=_two_way,
        chosen=(
            (np.array([[0.5]]), 1.0),
            (np.zeros((4, 4)), 1.0),
            (np.array([[1.0, -1.0], [0.0, 1.0]]), 0.5),
            (uneven, 1.0),
            (uneven, 0.1),
            (-uneven, 0.001),
        ),
        random=_similarities,
        simpler=_simpler,
        properties=properties.COMMON,
    )

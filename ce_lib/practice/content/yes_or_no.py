"""Yes or no, and many at once."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from ce_lib.checks import Float64
from ce_lib.information import entropy, surprisal
from ce_lib.losses import (
    binary_cross_entropy_with_logits,
    binary_cross_entropy_with_logits_with_grad,
)
from ce_lib.numerics import sigmoid, softmax
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
from ce_lib.practice.exercise import Choice, Mistake, Number, Option, Vector
from ce_lib.practice.guess import Remark, Typed

#: Numbers that are given, not computed.
GIVEN = (0.2, 0.3, 0.5, 0.7, 0.8)


def _coin(share: float) -> float:
    """The entropy in nats of a yes that comes with this share."""
    return float(entropy([share, 1 - share]))


def _logit(share: float) -> float:
    return math.log(share / (1 - share))


@guess(
    "Every song wears 3 of 80 tags, all tags equally often. For each tag a network says how "
    "probable a yes is. One network has heard nothing: to every tag of every song it says "
    "3/80. What does it pay per tag, on average?"
)
def guess_yes_or_no() -> Typed:
    paid = _coin(3 / 80)
    return Typed(
        label="The mean price of a tag",
        unit="nats",
        answer=paid,
        low=0,
        high=5,
        near=0.02,
        told=f"{paid:.3f} nats. Nothing but how often a yes comes was learned, and the loss "
        "has left ln 2 far behind.",
        remarks=(
            Remark(upto=paid, sentence="A yes is rare, but it is dear."),
            Remark(upto=0.25, sentence="Most answers are no, and a no is nearly free."),
            Remark(
                upto=1,
                sentence="ln 2 is what one half to every tag costs. It does know that a yes "
                "is rare.",
            ),
            Remark(
                sentence="That is what a yes costs, or more. Most answers are no, and a no "
                "is nearly free."
            ),
        ),
    )


@exercise(
    "The logits 3, 0 and 0, and two questions",
    hints=(
        "Which question makes the three share one sum, and which looks at one logit alone?",
        "e to the 3, divided by the sum of all three exponentials, answers the one.",
        "σ(3) answers the other.",
    ),
)
def exercise_same_logit() -> Fields:
    z = np.array([3.0, 0.0, 0.0])
    one, alone = float(softmax(z)[0]), float(sigmoid(z[0]))
    yield Number(
        name="which_one",
        label="Rock, if exactly one is true",
        answer=one,
        probability=True,
        mistakes=(
            Mistake("which ones", alone, "That asks Rock alone. Here three share."),
            Mistake("even", 1 / 3, "So it is for equal logits. Rock leads by 3."),
            Mistake("no exponential", 1, "That shares the logits. Exponentials first."),
            Mistake("no truth left", 1 - one, "That is the share of the two others."),
        ),
    )
    yield Number(
        name="which_ones",
        label="Rock, if any number may be true",
        answer=alone,
        probability=True,
        mistakes=(
            Mistake("which one", one, "There the three share. Here nobody shares."),
            Mistake("one half", 0.5, "That is said by a logit of 0."),
            Mistake("no", 1 - alone, "That is the probability of a no."),
            Mistake("odds", math.exp(z[0]), "Those are the odds of a yes, e to the 3."),
        ),
    )


@exercise(
    "Two outputs, −0.5 for no and 0.7 for yes",
    hints=(
        "What does softmax see of two logits?",
        "The gap, yes minus no, is the one logit.",
        "The price of a yes is ln(1 + e to the minus that).",
    ),
)
def exercise_two_into_one() -> Fields:
    no, yes = -0.5, 0.7
    gap = yes - no
    loss = float(binary_cross_entropy_with_logits(gap, 1))
    yield Number(
        name="logit",
        label="The one logit that says the same",
        answer=gap,
        mistakes=(
            Mistake("sum", yes + no, "That is the sum. What does softmax see?"),
            mistakes.opposite(gap, "That is the logit of a no."),
            Mistake("yes alone", yes, "So it would be if the other output were 0."),
            Mistake(
                "probability", sigmoid(gap), "That is the probability, not the logit."
            ),
        ),
    )
    yield Number(
        name="loss",
        label="The loss if it is a yes, in nats",
        answer=loss,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(loss),
            mistakes.no_minus(loss),
            Mistake(
                "it is a no",
                binary_cross_entropy_with_logits(gap, 0),
                "That is the price of a no.",
            ),
            Mistake(
                "yes alone",
                binary_cross_entropy_with_logits(yes, 1),
                "That is the price of the logit 0.7 alone. The other output counts, too.",
            ),
            Mistake(
                "both",
                binary_cross_entropy_with_logits([no, yes], [0, 1], reduction="sum"),
                "Those are two yes-or-no questions. Here is one, with two outputs.",
            ),
            mistakes.no_log(float(sigmoid(gap))),
        ),
    )


@question(
    "A network for yes or no has a single output, and somebody puts a softmax over it, with "
    "−ln q as the loss. What does the training print?",
    answer="zero",
)
def bet_one_output() -> Options:
    yield Option(
        "error",
        "An error: a softmax needs two outputs",
        "It divides a number by itself, and nobody objects.",
    )
    yield Option(
        "usual",
        "What a sigmoid would print",
        "A softmax over (z, 0) would do that. Over z alone there is nothing to share with.",
    )
    yield Option(
        "zero",
        "0 from the first step to the last",
        "e to the z, divided by e to the z, is 1 for every song. So −ln q is 0, and no "
        "logit is pushed.",
    )


@exercise(
    "Two tags, the logits 1 and −2, and both tags are true",
    hints=(
        "A yes costs ln(1 + e to the −z), tag by tag.",
        "The price of the song is the sum over its tags.",
        "The slope of a tag is σ of its own logit, minus 1 for a yes.",
    ),
)
def exercise_two_tags() -> Fields:
    z, p = np.array([1.0, -2.0]), np.ones(2)
    each, slopes = binary_cross_entropy_with_logits_with_grad(z, p, reduction="none")
    price = float(np.sum(each))
    yield Number(
        name="price",
        label="The price of the song, summed, in nats",
        answer=price,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(price),
            Mistake("mean", price / 2, "That is the mean over the two tags."),
            Mistake(
                "which one",
                np.sum(surprisal(softmax(z))),
                "That is a softmax, in which the two tags share.",
            ),
            Mistake(
                "two noes",
                binary_cross_entropy_with_logits(z, 1 - p, reduction="sum"),
                "That is the price of two noes.",
            ),
            Mistake(
                "second a no",
                binary_cross_entropy_with_logits(z, [1, 0], reduction="sum"),
                "There the second tag is a no. It is a yes at a logit below 0.",
            ),
        ),
    )
    slope = float(np.asarray(slopes)[1])
    yield Number(
        name="slope",
        label="dL/dz of the second tag",
        answer=slope,
        mistakes=(
            mistakes.opposite(slope, "That is the push. The slope is σ(z) − p."),
            Mistake("a no", float(sigmoid(-2.0)), "For a yes subtract 1."),
            Mistake("halved", slope / 2, "That is the slope of the mean of two tags."),
            Mistake(
                "shared",
                2 * softmax(z)[1] - 1,
                "That is a softmax’s, in which the tags share.",
            ),
        ),
    )


@question(
    "A song is Rock and Pop. A softmax over Rock, Pop and Jazz is trained on this song with "
    "the target (1, 1, 0), step by step, without end. What does the loss −Σ p ln q come to?",
    answer="two",
)
def bet_both_true() -> Options:
    yield Option(
        "zero",
        "To 0: both are predicted, Jazz is not",
        "Both would have to get the probability 1, and the three share a sum of 1.",
    )
    yield Option(
        "one",
        "To ln 2",
        "So it would for the target (½, ½, 0). Two whole ones pay it twice.",
    )
    yield Option(
        "two",
        "To 2 ln 2",
        "The two share alike, ½ each, and each of the two ones in the target pays ln 2.",
    )


@exercise(
    "Twenty tags, each on one song in eight",
    hints=(
        "Who knows only the shares says 1/8 to each tag, and pays an entropy for it.",
        "The song pays for twenty tags.",
        "σ(b) = 1/8. What are the odds?",
    ),
)
def exercise_twenty_tags() -> Fields:
    share = 1 / 8
    price, bias = 20 * _coin(share), _logit(share)
    yield Number(
        name="price",
        label="The price of a song, all tags summed, in nats",
        answer=price,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(price),
            Mistake("per tag", _coin(share), "That is the price of one tag."),
            Mistake("shrug", 20 * math.log(2), "That is one half said to every tag."),
            Mistake("one yes", surprisal(share), "That is the price of one yes."),
            Mistake(
                "one of twenty",
                math.log(20),
                "That is the price of which one of twenty.",
            ),
            Mistake(
                "noes alone",
                20 * surprisal(1 - share),
                "Those are twenty noes. One in eight is a yes.",
            ),
        ),
    )
    yield Number(
        name="bias",
        label="The bias that says so from the start",
        answer=bias,
        mistakes=(
            mistakes.opposite(bias, "That says yes nearly always."),
            Mistake("log", math.log(share), "Divide by the probability of a no first."),
            Mistake("zero", 0, "A bias of 0 says one half."),
            Mistake("share", share, "That is the probability. Which logit gives it?"),
        ),
    )


@exercise(
    "A target of 0.2",
    hints=(
        "At the lowest point the slope σ(z) − t is 0.",
        "There the price is the entropy of the target itself.",
    ),
)
def exercise_grey() -> Fields:
    target = 0.2
    floor, logit = _coin(target), _logit(target)
    yield Number(
        name="floor",
        label="The lowest loss, in nats",
        answer=floor,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(floor),
            Mistake("zero", 0, "Only targets of 0 and 1 let it come near to that."),
            Mistake("yes alone", surprisal(target), "That is the price of a sure yes."),
            Mistake("half", target * surprisal(target), "And the part of the no?"),
            Mistake("shrug", math.log(2), "That is what one half costs."),
        ),
    )
    yield Number(
        name="logit",
        label="The logit where it is reached",
        answer=logit,
        mistakes=(
            mistakes.opposite(logit, "There it says 0.8."),
            Mistake("target", target, "That is the probability. Which logit gives it?"),
            Mistake(
                "log", math.log(target), "Divide by the probability of a no first."
            ),
            Mistake(
                "infinite", -math.inf, "There it says never, and yes costs without end."
            ),
        ),
    )


@question(
    "A network marks, pixel by pixel, where the drummer is on album covers. The masks are "
    "files with 0 and 255. The first loss of `BCEWithLogitsLoss` is ln 2. Then it sinks, and "
    "goes through −1980. What is going on?",
    answer="targets",
)
def bet_below_zero() -> Options:
    yield Option(
        "good",
        "An excellent model: the lower the better",
        "No price of a yes or a no is below 0. This is no price any more.",
    )
    yield Option(
        "digits",
        "Large logits: the arithmetic has lost its digits",
        "The digits are all right. The formula does what it is told.",
    )
    yield Option(
        "targets",
        "Targets of 255 where 1 was meant",
        "With a target above 1 a higher logit is always cheaper, without end. At the start "
        "the logits are near 0, and there every target costs ln 2.",
    )


def _cumulative(q: Float64) -> Float64:
    """Probabilities of at most k, for every k but the last."""
    return np.cumsum(q, axis=-1)[..., :-1]


def _ranked(q: Float64, y: Float64) -> Float64:
    """The ranked probability score of predictions (N, K) and class numbers (N,)."""
    q, y = np.asarray(q, dtype=np.float64), np.asarray(y)
    at_most = y[:, None] <= np.arange(q.shape[1] - 1)
    scores: Float64 = ((_cumulative(q) - at_most) ** 2).sum(axis=1)
    return scores


@exercise(
    "One, two or three stars, said with 0.2, 0.3 and 0.5",
    hints=(
        "Two questions: at most one star? At most two?",
        "The model says 0.2 to the first. What does it say to the second?",
        "Square the distance of each from what was true, and add the two.",
    ),
)
def exercise_stars() -> Fields:
    q = np.array([0.2, 0.3, 0.5])
    low, high = (float(_ranked(q[None], np.array([y]))[0]) for y in (0, 2))
    yield Number(
        name="one_star",
        label="The ranked probability score if it is one star",
        answer=low,
        mistakes=(
            Mistake("other end", high, "That is its score for three stars."),
            Mistake(
                "Brier",
                float(((q - [1, 0, 0]) ** 2).sum()),
                "That is the Brier score. Add the probabilities up first.",
            ),
            Mistake(
                "mean", low / 2, "That is the mean of the two. Here it is the sum."
            ),
            Mistake(
                "log", surprisal(0.2), "That is the log price, which sees no order."
            ),
            Mistake(
                "no squares",
                float(np.abs(_cumulative(q) - 1).sum()),
                "Square the two distances.",
            ),
        ),
    )
    yield Number(
        name="three_stars",
        label="And if it is three stars",
        answer=high,
        mistakes=(
            Mistake("other end", low, "That is its score for one star."),
            Mistake(
                "Brier",
                float(((q - [0, 0, 1]) ** 2).sum()),
                "That is the Brier score. Add the probabilities up first.",
            ),
            Mistake(
                "mean", high / 2, "That is the mean of the two. Here it is the sum."
            ),
            Mistake(
                "last", high + 1, "At most three is always true, and 1 is said to it."
            ),
            Mistake(
                "no squares",
                float(_cumulative(q).sum()),
                "Square the two distances.",
            ),
        ),
    )


@exercise(
    "Four genres, one song in four each, as four yes-or-no questions",
    hints=(
        "Who says one quarter to every genre pays an entropy for each.",
        "A song has four answers. Which one of four, knowing nothing, costs ln 4.",
    ),
)
def exercise_four_genres() -> Fields:
    per_answer = _coin(0.25)
    summed, which_one = 4 * per_answer, math.log(4)
    yield Number(
        name="summed",
        label="The price of a song, its four answers summed, in nats",
        answer=summed,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(summed),
            Mistake("per answer", per_answer, "That is one of four answers."),
            Mistake("which one", which_one, "That asks which one of four."),
            Mistake("shrug", 4 * math.log(2), "That says one half to every genre."),
            Mistake("noes alone", 4 * surprisal(0.75), "One of the four is a yes."),
        ),
    )
    more = summed - which_one
    yield Number(
        name="more",
        label="How much more that is than “which one?” costs, in nats",
        answer=more,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(more),
            mistakes.opposite(more, "The sum is the dearer one."),
            Mistake(
                "per answer",
                which_one - per_answer,
                "That compares one answer with a song. Sum the four first.",
            ),
            Mistake(
                "shrug",
                4 * math.log(2) - which_one,
                "That says one half to every genre. The shares are known.",
            ),
            Mistake("ratio", summed / which_one, "That is a ratio. Subtract."),
        ),
    )


def _hinge(margin: Float64) -> Float64:
    return np.maximum(0, 1 - margin)


@exercise(
    "The hinge loss beside the logistic loss",
    hints=(
        "max(0, 1 − m), margin by margin.",
        "The logistic loss is ln(1 + e to the −m). Is it ever 0?",
        "A yes has probability p. What does a score from −1 to 1 cost on average, with the "
        "hinge? Where on that line is it least, for p of 60 % and of 90 %?",
    ),
)
def exercise_hinge() -> Fields:
    margin = np.array([-1.0, 0.0, 1.0, 4.0])
    labels = tuple(f"m = {m:g}".replace("-", "−") for m in margin)
    hinge = _hinge(margin)
    logistic = binary_cross_entropy_with_logits(margin, np.ones(4), reduction="none")
    yield Vector(
        name="hinge",
        label="The hinge loss",
        labels=labels,
        answer=hinge,
        mistakes=(
            Mistake("logistic", logistic, "That is the logistic loss."),
            Mistake("not cut", 1 - margin, "It is never below 0."),
            Mistake("at zero", np.maximum(0, -margin), "It bends at 1, not at 0."),
            Mistake("wrong way", _hinge(-margin), "A large margin is cheap, not dear."),
        ),
    )
    price = float(np.asarray(logistic)[3])
    yield Number(
        name="logistic",
        label="The logistic loss at m = 4, in nats",
        answer=price,
        unit="nats",
        mistakes=(
            mistakes.bits_for_nats(price),
            Mistake("hinge", 0, "That is the hinge. This one never gets there."),
            Mistake(
                "wrong way",
                binary_cross_entropy_with_logits(margin[3], 0),
                "That is m = −4.",
            ),
            Mistake(
                "probability", float(sigmoid(margin[3])), "That is σ(4). And its price?"
            ),
        ),
    )
    yield Choice(
        name="says",
        label="Which of the two tells 60 % from 90 %?",
        answer="logistic",
        options=(
            Option(
                "logistic",
                "the logistic loss",
                "Its best logit for a yes of probability p is ln(p/(1 − p)).",
            ),
            Option(
                "hinge",
                "the hinge loss",
                "Its best score is +1 or −1, whichever answer is likelier, by how much or "
                "how little.",
            ),
            Option("both", "both", "Only one of the two tells 60 % from 90 %."),
        ),
    )


def _cases(rng: np.random.Generator) -> Args:
    n, k = int(rng.integers(1, 5)), int(rng.integers(2, 6))
    parts = rng.integers(1, 11, (n, k))
    return parts / parts.sum(axis=1, keepdims=True), rng.integers(0, k, n)


def _simpler(args: Args) -> Iterator[Args]:
    """A case fewer, or a uniform or certain prediction."""
    q, y = args
    for row in range(len(q)) if len(q) > 1 else ():
        yield np.delete(q, row, axis=0), np.delete(y, row)
    plainer = np.tile(np.eye(q.shape[1])[0], (len(q), 1))
    if not np.array_equal(plainer, q):
        yield plainer, y


@code_exercise(
    "`ranked(q, y)`: the ranked probability score of each of N predictions `q` (N, K), over "
    "classes in their order, with class numbers `y` (N,) from 0. It returns (N,).",
    hints=(
        "`np.cumsum` along the classes gives the probabilities of at most k.",
        "What was true is a row, too: `y[:, None] <= k` for every `k`.",
        "The last column is 1 in both. Square the differences, and sum along the classes.",
    ),
)
def exercise_write_ranked() -> Task:
    stars = np.array(
        [
            [0.05, 0.25, 0.4, 0.25, 0.05],
            [0.3, 0, 0.4, 0, 0.3],
            [0.1, 0.6, 0.1, 0.1, 0.1],
        ]
    )
    return Task(
        call="ranked",
        reference=_ranked,
        chosen=(
            (np.array([[1.0, 0.0]]), np.array([0])),
            (np.array([[1.0, 0.0]]), np.array([1])),
            (np.array([[0.2, 0.3, 0.5]]), np.array([0])),
            (np.array([[1.0, 0.0, 0.0]]), np.array([2])),
            (stars, np.array([2, 2, 4])),
        ),
        random=_cases,
        simpler=_simpler,
        properties=properties.COMMON,
    )

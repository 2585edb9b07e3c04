"""The number and the accuracy.

What a loss and a share of right answers say together: a miss costs at least ln 2, because
the truth has at most one half of the probability.
"""

from __future__ import annotations

from ce_lib._written import plain
from ce_lib.clinic import _landmarks as landmarks
from ce_lib.clinic._run import NEAR, Run, is_near
from ce_lib.clinic._symptom import (
    BROKEN,
    IMPOSSIBLE,
    SUSPICIOUS,
    Cause,
    Found,
    symptom,
    values,
)
from ce_lib.clinic.symptoms.number import clipped

ORDER = 3

#: Numbers as readers see them, not computed.
GIVEN = (0.325,)

#: Above this multiple of the honest price, accuracy and loss do not fit each other.
OVERPAID = 1.05
#: A loss that passes a softmax twice lies within so much of its floor and its misses, and
#: is so many times the honest price.
ABOVE_TWICE, TWICE_HONEST = 0.1, 1.5

TWICE = "pytorch-in-practice#a-softmax-too-many-a-softmax-too-few"
CALIBRATION = "calibration#does-a-real-classifier-keep-its-word"
NOT_COUNTED = "pytorch-in-practice#rows-that-should-not-count"


@symptom(
    "The loss is lower than this accuracy allows",
    Cause(
        "The two are not of the same cases: padding, or ignored rows, count in one of "
        "them.",
        "`k = y != -100; F.cross_entropy(z[k], y[k]), (z[k].argmax(1) == "
        "y[k]).double().mean()`",
        NOT_COUNTED,
    ),
    Cause(
        "It is no plain cross-entropy: a focal loss, or class weights. Both may be "
        "lower.",
        "`F.cross_entropy(z, y)`, without them",
        "weights-and-focal-loss#focal-loss-the-easy-cases-fall-silent",
    ),
    Cause(
        "The accuracy is taken after a threshold, a decoding, or with the classes in "
        "another order.",
        "`z.argmax(1)[:10], y[:10]`",
    ),
    Cause(
        "The loss is divided by more than the cases: by all pixels, all entries, all "
        "processes.",
        "Your own loss, averaged as you do it, of `0 * z`: is it ln K?",
        "pytorch-in-practice#one-batch-in-several-parts",
    ),
    Cause(
        "It is the mean over an epoch, and the accuracy is of its end, or of other "
        "data.",
        "Switch training off, and go through the same data once for both.",
    ),
    verdict=IMPOSSIBLE,
    says="{accuracy:percent} right and a {which} loss of {loss} do not go together: a "
    "miss costs at least {miss}, so the mean is at least {least}. {loss} needs "
    "{needed:percent} right.",
    asked=(
        "loss low but accuracy low",
        "loss is small but accuracy is bad",
        "loss too small for the accuracy",
    ),
)
def lower_than_possible(run: Run) -> Found:
    for pair in run.pairs():
        if run.is_lower(pair):
            one = pair.classes, run.smoothing
            yield (
                "",
                values(
                    **pair.told,
                    least=landmarks.least_loss(pair.accuracy, *one),
                    miss=landmarks.least_miss(*one),
                    needed=landmarks.least_accuracy(pair.loss, *one),
                ),
            )


@symptom(
    "The loss stops far above 0, and nearly all is right",
    Cause(
        "A softmax too many: the model ends in one, and the loss has one inside. Then "
        "no loss "
        f"is below ln(e + K − 1) − 1, which is {plain(landmarks.twice_floor(10), 4)} "
        f"for ten "
        "classes.",
        "`z.sum(1)`, of what the loss gets: is it 1 for all?",
        TWICE,
    ),
    Cause(
        "The targets are no certainties: smoothed, mixed up, votes, a teacher’s. Their "
        "entropy stays.",
        "`torch.special.entr(p).sum(1).mean()`, of the targets",
        "floor-plus-excess#where-it-bites-teachers-and-soft-labels",
    ),
    Cause(
        "The logits are bounded: cosines, or behind a tanh, without a temperature.",
        "`logits.abs().max()`",
        "temperature-and-distillation#t-divides-the-logits",
    ),
    verdict=SUSPICIOUS,
    says={
        "": "{accuracy:percent} right, yet the {which} loss is {loss}. Of "
        "{classes:plain} classes, a loss that passes a softmax twice never falls below "
        "{twice}.",
        "alone": "Of {classes:plain} classes, a loss that passes a softmax twice never "
        "falls below {twice}. The {which} loss, {loss}, is just above.",
    },
    asked=(
        "loss stuck at 1.46",
        "loss stuck at 1.47",
        "high accuracy but loss does not go below 1.46",
        "cross entropy 0.9048",
        "loss 0.9048 with a perfect prediction",
        "loss does not reach zero although accuracy is 100 %",
    ),
)
def stops_far_above_zero(run: Run) -> Found:
    if run.classes is None:
        return
    twice = landmarks.twice_floor(run.classes)
    more = values(twice=twice, classes=run.classes)
    for pair in run.pairs():
        honest = landmarks.honest_loss(pair.accuracy, run.classes, run.smoothing)
        most = twice + 1 - pair.accuracy + ABOVE_TWICE
        if (
            twice * (1 - NEAR) <= pair.loss <= most
            and pair.loss > TWICE_HONEST * honest
        ):
            yield "", values(**pair.told) | more
    known = {pair.which for pair in run.pairs()}
    for which, loss in run.now():
        near = twice * (1 - NEAR) <= loss <= twice + ABOVE_TWICE / 2
        if which not in known and run.classes > 2 and near:
            yield "alone", values(which=which, loss=loss) | more


@symptom(
    "The accuracy is good, and the loss is not",
    Cause(
        "A few sure mistakes cost more than all the rest: the model is over-confident, "
        "as it becomes when it trains on.",
        "`ce_lib.fit_temperature(logits, y)`, on data kept apart: is it far above 1?",
        CALIBRATION,
    ),
    Cause(
        "Some labels are wrong: the model is sure of them, and right.",
        "Look at the ten rows with the largest loss.",
        "weights-and-focal-loss#labels-that-are-wrong",
    ),
    Cause(
        "It is right, and timid: smoothed or mixed labels, a softmax too many, few "
        "steps.",
        "The mean of the largest probability, beside the accuracy",
        "label-smoothing#two-ways-to-read-the-loss",
    ),
    verdict=SUSPICIOUS,
    says="{accuracy:percent} right, yet the {which} loss is {loss}; saying "
    "{accuracy:percent} of every favourite would cost {honest}. A miss costs up to "
    "{miss} nats on average.",
    asked=(
        "accuracy stable but loss ever worse",
        "good accuracy but high loss",
        "network gets too sure",
        "few sure mistakes",
        "overconfident",
    ),
)
def dearer_than_honest(run: Run) -> Found:
    for pair in run.pairs():
        honest = landmarks.honest_loss(pair.accuracy, pair.classes, run.smoothing)
        is_chance = is_near(pair.loss, landmarks.chance(pair.classes))
        is_dear = pair.accuracy < 1 and pair.loss > OVERPAID * honest
        if is_dear and not is_chance and not clipped(pair):
            miss = pair.loss / (1 - pair.accuracy)
            yield "", values(**pair.told, honest=honest, miss=miss)


@symptom(
    "Ten classes, a loss of 0.325 and 90 % right from the beginning",
    Cause(
        "Each class is a yes-or-no question of its own, and no is the usual answer: "
        "always no is right in all questions but one.",
        "`(q.argmax(1) == y).double().mean()`: is that the accuracy it shows?",
        "yes-or-no#where-it-bites-ninety-per-cent-or-ten",
    ),
    verdict=BROKEN,
    says="A {which} loss of {loss} is what one yes in {classes:plain} costs, per "
    "question: {classes:plain} yes-or-no losses, of which always no has "
    "{always:percent} right.",
    asked=(
        "80 % accuracy with binary and 50 % with categorical",
        "binary_accuracy of ten classes",
        "accuracy 90 % at the first epoch",
        "loss stuck at 0.325",
        "binary_crossentropy and categorical_crossentropy give different performances",
    ),
)
def yes_or_no_per_class(run: Run) -> Found:
    if run.classes is None or run.classes <= 2:
        return
    always = 1 - 1 / run.classes
    for which, loss in run.now():
        if is_near(loss, landmarks.shared(1 / run.classes, 2)):
            told = values(which=which, loss=loss, classes=run.classes)
            yield "", told | {"always": always}


@symptom(
    "The accuracy is the share of the commonest class",
    Cause(
        "The model always says that class.",
        "`logits.argmax(1).bincount()`",
        "genre-classifier#what-accuracy-does-not-see",
    ),
    Cause(
        "It ranks well, and a threshold of one half hides it.",
        "The area under the curve, or a threshold from what mistakes cost",
        "weights-and-focal-loss#first-ask-what-a-mistake-costs",
    ),
    verdict=SUSPICIOUS,
    says="{accuracy:percent} right is what the commonest class has by itself: always "
    "saying it does as well.",
    asked=(
        "accuracy equals majority class",
        "99 % accuracy imbalanced",
        "accuracy does not change",
    ),
)
def share_of_the_commonest(run: Run) -> Found:
    if run.largest is None or not run.is_uneven:
        return
    for accuracy in (run.accuracy, run.val_accuracy):
        if accuracy is not None and abs(accuracy - run.largest) <= NEAR / 2:
            yield "", values(accuracy=accuracy)
            return

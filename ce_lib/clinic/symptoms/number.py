"""The number you see.

What a loss says by itself, beside what knowing nothing costs, and beside the accuracy.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from ce_lib._written import plain
from ce_lib.clinic import _landmarks as landmarks
from ce_lib.clinic._run import FORMATS, NEAR, Pair, Run, is_near
from ce_lib.clinic._symptom import (
    BROKEN,
    IMPOSSIBLE,
    KNOWN,
    SUSPICIOUS,
    Cause,
    Found,
    complaint,
    symptom,
)

ORDER = 2

LN_2 = math.log(2)

#: Above this multiple of the honest price, accuracy and loss do not fit each other; below
#: a share of it they do by luck alone.
OVERPAID = 1.05
#: A loss that passes a softmax twice lies within so much of its floor and its misses, and
#: is so many times the honest price.
ABOVE_TWICE, TWICE_HONEST = 0.1, 1.5
#: How much of a smoothed loss is floor before that is worth a word.
MOSTLY = 2 / 3
#: A rounding error below 0 is no larger, and a reading of a clip agrees to this.
TINY, SAME = 1e-3, 1e-4

#: What libraries that clip a probability charge at most, in nats.
CLIPS = {
    "BCELoss of PyTorch, which stops at 100": 100.0,
    "Keras, which clips at 1e-7": -math.log(1e-7),
    "a clip at 1e-8": -math.log(1e-8),
    "a clip at 1e-10": -math.log(1e-10),
    "a clip at 1e-12": -math.log(1e-12),
    "a clip at 1e-15": -math.log(1e-15),
    "scikit-learn, at the smallest step of float64": -math.log(2.0**-52),
    "scikit-learn, at the smallest step of float32": -math.log(2.0**-23),
}

BROKEN_NUMBERS = "logsumexp#three-failures-three-repairs"
TWICE = "pytorch-in-practice#a-softmax-too-many-a-softmax-too-few"
CHANCE = "log-curve#where-it-starts-ends-and-stands-for-chance"
CALIBRATION = "calibration#does-a-real-classifier-keep-its-word"
NOT_COUNTED = "pytorch-in-practice#rows-that-should-not-count"


@symptom(
    "The loss is nan",
    Cause(
        "An eᶻ overflowed: ∞ ÷ ∞. A softmax, or a LogSumExp, was written by hand without "
        "subtracting the largest logit.",
        "`F.cross_entropy(logits.double(), y)`: is that a number?",
        "logsumexp#overflow-and-the-shift",
    ),
    Cause(
        "The logits are nan or ∞ themselves: a step was too long, or the layer overflowed in "
        "float16.",
        "`logits.isfinite().all()`; then the weights, then the inputs",
        BROKEN_NUMBERS,
    ),
    Cause(
        "A logarithm met a 0, and a 0 multiplied it: log(sigmoid(z)) or y · log(q) by hand, "
        "often under autocast.",
        "`F.cross_entropy(logits, y)` or `F.binary_cross_entropy_with_logits(z, y)`",
        "logsumexp#underflow-and-log-softmax",
    ),
    Cause(
        "There is nothing to average: every target of the batch is ignored, all weights are "
        "0, or the batch is empty.",
        "`(y != -100).sum()`",
        NOT_COUNTED,
    ),
    Cause(
        "A forbidden class, of logit −∞, meets a target of 0 in a row of floats; or all "
        "classes of a row are forbidden.",
        "Hand over class numbers; `logits.isneginf().all(1).any()`",
        "pytorch-in-practice#what-a-target-may-be",
    ),
    Cause(
        "`kl_div` got ln p as its target, a focal loss has γ below 1, or the input has nan.",
        "`log_target=True`; `torch.isnan(x).any()`",
        "temperature-and-distillation#one-argument-is-a-logarithm-the-other-is-not",
    ),
    verdict=BROKEN,
    says="The {which} loss is nan: somewhere ∞ − ∞, 0 · ∞ or 0 ÷ 0 was formed.",
    asked=(
        "loss is nan",
        "nan loss",
        "NaN",
        "loss becomes nan after some steps",
        "nan when all labels are ignored",
        "masked logits -inf nan",
        "mixed precision nan",
    ),
)
def nan(run: Run) -> Found:
    for which, loss in run.losses():
        if math.isnan(loss):
            yield "", {"which": which}


@symptom(
    "The loss is inf",
    Cause(
        "The truth got probability 0, in a float that cannot hold what it got: a softmax, then "
        "a logarithm.",
        "`F.log_softmax(logits, 1)` in their place",
        "logsumexp#underflow-and-log-softmax",
    ),
    Cause(
        "The truth really got 0: counts without smoothing, a class that is forbidden by −∞.",
        "`logits.gather(1, y[:, None]).isneginf().any()`",
        "pytorch-in-practice#what-a-target-may-be",
    ),
    Cause(
        "A sum or a logit is beyond the largest float, which is 65504 in float16.",
        "`logits.abs().max()`",
        "logsumexp#how-much-room-a-format-has",
    ),
    verdict=BROKEN,
    says="The {which} loss is ∞: somebody's truth got probability 0.",
    asked=("loss is inf", "infinite loss", "log of zero inf", "inf loss fp16"),
)
def infinite(run: Run) -> Found:
    for which, loss in run.losses():
        if loss == math.inf:
            yield "", {"which": which}


@symptom(
    "The loss is below −1",
    Cause(
        "`nll_loss` got logits. It takes no logarithm, only the sign: they need a "
        "`log_softmax` before it.",
        "`F.cross_entropy(logits, y)`: is that above 0?",
        TWICE,
    ),
    Cause(
        "A yes-or-no target lies outside 0 and 1: a mask of 0 and 255, labels of −1 and 1, "
        "class numbers.",
        "`y.min(), y.max()`",
        "yes-or-no#a-loss-that-fell-through-0",
    ),
    Cause(
        "It is a score, turned so that more is better: scikit-learn's `neg_log_loss` is minus "
        "the loss, in `cross_val_score` and in searches.",
        "`-cross_val_score(model, X, y, scoring=\"neg_log_loss\")`",
        "maximum-likelihood#one-product-one-sum",
    ),
    Cause(
        "`kl_div` got logits or probabilities where it wants logarithms.",
        "`F.kl_div(F.log_softmax(z, 1), p, reduction=\"batchmean\")`",
        "temperature-and-distillation#one-argument-is-a-logarithm-the-other-is-not",
    ),
    Cause(
        "It is no cross-entropy of labels: a density may be above 1, and a reward may have "
        "any sign.",
        "What is the logarithm taken of?",
        "surprise-and-cross-entropy#densities-not-a-code-length",
    ),
    verdict=BROKEN,
    says="A {which} loss of {loss} is below 0, and −ln q never is: no probability is above 1.",
    asked=(
        "negative loss",
        "loss is negative",
        "BCE loss is -1980",
        "binary cross entropy below zero",
        "NLLLoss negative",
        "log loss negative in cross validation",
        "can cross entropy be negative",
    ),
)
def below_minus_one(run: Run) -> Found:
    for which, loss in run.losses():
        if loss < -1 - NEAR:
            yield "", {"which": which, "loss": loss}


@symptom(
    "The loss is between −1 and 0",
    Cause(
        "`nll_loss` got probabilities, and shows minus their mean: −1 is a perfect prediction.",
        "`F.nll_loss(q.log(), y)`, or better `F.cross_entropy(logits, y)`",
        TWICE,
    ),
    Cause(
        "A yes-or-no target lies a little outside 0 and 1, or the logits of `nll_loss` are "
        "still small.",
        "`y.min(), y.max()`",
        "yes-or-no#a-loss-that-fell-through-0",
    ),
    Cause(
        "It is scikit-learn's `neg_log_loss`: minus the loss.",
        "Turn the sign.",
        "maximum-likelihood#one-product-one-sum",
    ),
    Cause(
        "It is a divergence, whose target does not sum to 1.",
        "`p.sum(1)`",
        "softmax-gradient#exercise-off-the-simplex",
    ),
    verdict=BROKEN,
    says="A {which} loss of {loss} lies between −1 and 0, as minus a probability does: is a "
    "logarithm missing?",
    asked=(
        "NLLLoss returns -1",
        "loss is -1",
        "negative loss",
        "loss goes from 0 to -1",
        "KL divergence is -0.06",
    ),
)
def between_minus_one_and_zero(run: Run) -> Found:
    for which, loss in run.losses():
        if -1 - NEAR <= loss < -TINY:
            yield "", {"which": which, "loss": loss}


@symptom(
    "The loss is a hair below 0",
    Cause(
        "An ε was added inside the logarithm, ln(q + ε), and q is 1.",
        "Leave it out, and start from the logits.",
        "logsumexp#what-you-see-and-what-broke",
    ),
    Cause(
        "A divergence was formed as the difference H(P, Q) − H(P) of equals.",
        "`ce_lib.kl_divergence(p, q)`",
        "floor-plus-excess#in-code-never-form-the-difference",
    ),
    Cause(
        "`-0.0` is −(1 · ln 1), and harmless: adding 0 removes it.",
        "`loss + 0`",
        "logsumexp#what-you-see-and-what-broke",
    ),
    verdict=KNOWN,
    says="A {which} loss of {loss} is 0, and a rounding error: an ε inside the logarithm makes "
    "one.",
    asked=("tiny negative loss", "loss -1e-7", "loss is -0.0", "negative KL rounding"),
)
def just_below_zero(run: Run) -> Found:
    for which, loss in run.losses():
        if -TINY <= loss < 0:
            yield "", {"which": which, "loss": loss}


@symptom(
    "The loss is exactly 0",
    Cause(
        "One output behind a softmax: its only class gets 1, whatever the weights are, and "
        "nothing is learned.",
        "`logits.shape[1]`: is it 1?",
        "yes-or-no#two-outputs-or-one",
    ),
    Cause(
        "The lead of the truth is so large that the rest vanished beside 1, and the digits "
        f"are gone. In float32 that takes {plain(24 * LN_2, 3)}.",
        "`F.cross_entropy(logits.double(), y)`",
        "logsumexp#rounding-and-log1p",
    ),
    Cause(
        "Nothing counts: all targets are ignored, and the loss is a sum.",
        "`(y != -100).sum()`",
        NOT_COUNTED,
    ),
    Cause(
        "There is only one class in the labels, or the labels stand in the input.",
        "`len(set(y.tolist()))`",
    ),
    verdict=BROKEN,
    says="A {which} loss of exactly 0 would be certainty, every time.",
    asked=(
        "loss is 0",
        "loss is exactly 0",
        "loss prints 0",
        "loss stays at zero from the beginning",
        "7e-44 printed as 0",
    ),
)
def exactly_zero(run: Run) -> Found:
    for which, loss in run.losses():
        if loss == 0:
            yield "", {"which": which}


@symptom(
    "The loss is lower than this accuracy allows",
    Cause(
        "The two are not of the same cases: padding, or ignored rows, count in one of them.",
        "Compute both from the same logits: `F.cross_entropy(z, y), (z.argmax(1) == y)"
        ".double().mean()`",
        NOT_COUNTED,
    ),
    Cause(
        "The accuracy is taken after a threshold, a decoding, or with the classes in another "
        "order.",
        "`z.argmax(1)[:10], y[:10]`",
    ),
    Cause(
        "The loss is divided by more than the cases: by all pixels, all entries, all processes.",
        "`F.cross_entropy(0 * z, y)`: is it ln K?",
        "pytorch-in-practice#one-batch-in-several-parts",
    ),
    Cause(
        "It is the mean over an epoch, and the accuracy is of its end, or of other data.",
        "Switch training off, and go through the same data once for both.",
    ),
    verdict=IMPOSSIBLE,
    says="{accuracy:percent} right and a {which} loss of {loss} are not of the same cases: a miss "
    "costs at least {miss}, so the mean is at least {least}. {loss} needs {needed:percent} right.",
    asked=(
        "loss low but accuracy low",
        "loss is small but accuracy is bad",
        "loss too small for the accuracy",
    ),
)
def lower_than_possible(run: Run) -> Found:
    for pair, classes in _counted(run):
        least = landmarks.least_loss(pair.accuracy, classes, run.smoothing)
        if _is_lower(run, pair, classes):
            yield "", {
                **_of(pair),
                "least": least,
                "miss": landmarks.least_miss(classes, run.smoothing),
                "needed": landmarks.least_accuracy(pair.loss, classes, run.smoothing),
            }


@symptom(
    "The loss is below the floor of its smoothed labels",
    Cause(
        "What is shown is not smoothed, what is trained on is: two losses.",
        "`F.cross_entropy(z, y), F.cross_entropy(z, y, label_smoothing=eps)`",
        "label-smoothing#where-it-bites-comparing-masking-teaching",
    ),
    Cause(
        "ε has the other meaning: in one convention the truth keeps 1 − ε, in PyTorch's it "
        "keeps 1 − ε + ε/K.",
        "Print a row of the smoothed targets.",
        "label-smoothing#two-conventions",
    ),
    Cause(
        "The mean counts padding as losses of 0.",
        "`(y != -100).double().mean()`",
        NOT_COUNTED,
    ),
    verdict=IMPOSSIBLE,
    says="With label smoothing {smoothing} over {classes:plain} classes no loss is below its "
    "floor, {floor}: {loss} is not of these targets.",
    asked=("loss below label smoothing floor", "smoothed loss too low"),
)
def below_the_smoothed_floor(run: Run) -> Found:
    for which, loss, floor in _smoothed(run):
        if 0 <= loss < (1 - NEAR) * floor:
            yield "", {"which": which, "loss": loss, "floor": floor} | _asked(run)


@symptom(
    "The loss stops far above 0, and nearly all is right",
    Cause(
        "A softmax too many: the model ends in one, and the loss has one inside. Then no loss "
        f"is below ln(e + K − 1) − 1, which is {plain(landmarks.twice_floor(10), 4)} for ten "
        "classes.",
        "Is there a `Softmax` in the model, or a `softmax=` or `from_logits=` at the loss?",
        TWICE,
    ),
    Cause(
        "The targets are no certainties: smoothed, mixed up, votes, a teacher's. Their entropy "
        "stays.",
        "`-(p * p.log()).sum(1).mean()`, of the targets",
        "floor-plus-excess#where-it-bites-teachers-and-soft-labels",
    ),
    Cause(
        "The logits are bounded: cosines, or behind a tanh, without a temperature.",
        "`logits.abs().max()`",
        "temperature-and-distillation#t-divides-the-logits",
    ),
    verdict=SUSPICIOUS,
    says={
        "": "{accuracy:percent} right, yet the {which} loss is {loss}. Of {classes:plain} classes, a "
        "loss that passes a softmax twice never falls below {twice}.",
        "alone": "Of {classes:plain} classes, a loss that passes a softmax twice never falls below "
        "{twice}. The {which} loss, {loss}, is just above.",
    },
    asked=(
        "loss stuck at 1.46",
        "loss stuck at 1.47",
        "high accuracy but loss does not go below 1.46",
        "cross entropy 0.9048",
        "loss 0.9048 with a perfect prediction",
        "loss does not reach zero although accuracy is 100 %",
        "softmax before CrossEntropyLoss",
    ),
)
def stops_far_above_zero(run: Run) -> Found:
    for pair, classes in _counted(run):
        twice = landmarks.twice_floor(classes)
        honest = landmarks.honest_loss(pair.accuracy, classes, run.smoothing)
        near = twice * (1 - NEAR) <= pair.loss <= twice + 1 - pair.accuracy + ABOVE_TWICE
        if near and pair.loss > TWICE_HONEST * honest:
            yield "", _of(pair) | {"twice": twice, "classes": float(classes)}
    known = {pair.which for pair in run.pairs()}
    for which, loss in run.now():
        if which not in known and (run.classes or 0) > 2:
            twice = landmarks.twice_floor(run.classes or 2)
            if twice * (1 - NEAR) <= loss <= twice + ABOVE_TWICE / 2:
                yield (
                    "alone",
                    {
                        "which": which,
                        "loss": loss,
                        "twice": twice,
                        "classes": float(run.classes or 2),
                    },
                )


@symptom(
    "A loss of ten classes stays at 2.303, or of K classes at ln K",
    Cause(
        "No signal comes through: a learning rate of 0 or far too small, a layer that is frozen, "
        "detached or dead, an optimiser that holds other parameters.",
        "`[p.grad.abs().max() for p in model.parameters()]` after one `backward()`",
        CHANCE,
    ),
    Cause(
        "The labels do not belong to the inputs: shuffled apart, or all the same.",
        "Can it learn ten cases by heart?",
        CHANCE,
    ),
    Cause(
        "A softmax too many makes the push so weak that it seems to stand.",
        "Is there a `Softmax` in the model?",
        "softmax-gradient#exercise-softmax-twice",
    ),
    Cause(
        "The learning rate is far too large: all units are dead, or the logits are equal.",
        "A rate a hundred times smaller; `logits.std()`",
        "softmax-regression#how-long-a-step-may-be",
    ),
    Cause(
        "The inputs tell nothing of the classes, which are equally common.",
        "What does a simple model reach on them?",
        "maximum-likelihood#what-features-save-mutual-information",
    ),
    verdict=BROKEN,
    says="A {which} loss of {loss} is ln {classes:plain}, the price of knowing nothing.",
    asked=(
        "2.303",
        "loss stuck at 2.303",
        "loss stays at 2.30",
        "loss stuck",
        "loss does not decrease",
        "cross entropy loss is not decreasing",
        "loss stuck at ln K",
        "loss stuck at 4.605",
    ),
)
def stays_at_ln_k(run: Run) -> Found:
    for which, loss in run.now():
        if run.classes is not None and run.classes > 2 and _is_chance(run, which, loss):
            yield (
                "",
                {"which": which, "loss": loss, "classes": float(run.classes)},
            )


@symptom(
    "The loss sits at 0.693, which is ln 2",
    Cause(
        "Yes or no, and no signal yet: the logits are still near 0. A rate far too small, a "
        "frozen layer, symmetric initial weights.",
        "`logits.abs().max()`, and the gradients after one `backward()`",
        CHANCE,
    ),
    Cause(
        "It sits, then falls: the first layers are still to find anything. A larger rate, "
        "scaled inputs or other initial weights shorten it.",
        "Can it learn ten cases by heart?",
        "softmax-regression#where-it-bites-the-features-nobody-scaled",
    ),
    Cause(
        "Yes and no are equally common, and the inputs tell nothing: then ln 2 is all there is "
        "to know.",
        "`y.double().mean()`",
        "log-curve#a-second-baseline-the-shares",
    ),
    Cause(
        "A pair is compared, and both sides are still alike: the first loss of a preference "
        "loss, and of a discriminator that cannot tell.",
        "What stands inside the sigmoid?",
        # other-guises explains it, when it is there.
    ),
    verdict=BROKEN,
    says={
        "": "A {which} loss of {loss} is ln 2, the price of not knowing yes from no.",
        "many": "A {which} loss of {loss} is ln 2, what a coin costs. With {classes:plain} "
        "classes nothing says it should stop there: is it the mean of yes-or-no losses?",
    },
    asked=(
        "0.693",
        "loss stuck at 0.693",
        "bce loss stuck at .693",
        "loss 0.6931",
        "ln 2",
        "why is the loss ln(2)",
        "binary loss does not change",
    ),
)
def sits_at_ln_2(run: Run) -> Found:
    for which, loss in run.now():
        if run.classes is not None and run.classes > 2:
            if is_near(loss, LN_2) and run.price is None and run.accuracy is None:
                values = {"which": which, "loss": loss, "classes": float(run.classes)}
                yield "many", values
        elif _is_chance(run, which, loss):
            yield "", {"which": which, "loss": loss}


@symptom(
    "The loss is what the class shares cost",
    Cause(
        "The model has learned how common the classes are, and nothing from the inputs.",
        "`diagnose(loss=..., shares=...)`; the accuracy is then that of the commonest class",
        "log-curve#a-second-baseline-the-shares",
    ),
    Cause(
        "It looks small because one class is so common: at 99 to 1 knowing nothing else costs "
        f"{plain(landmarks.shared(0.99, 2), 3)} nats.",
        "The share of the entropy that is saved, 1 − L/H(Y)",
        "yes-or-no#what-knowing-nothing-costs",
    ),
    verdict=BROKEN,
    says="A {which} loss of {loss} is what the shares of the classes cost by themselves, "
    "{price}: it is worth nothing yet, however small it looks.",
    asked=(
        "loss equals entropy of the class frequencies",
        "model predicts only the majority class",
        "always predicts the same class",
        "rare class loss small but useless",
        "loss 0.056 with 1 % positives",
    ),
)
def what_the_shares_cost(run: Run) -> Found:
    for which, loss in run.now():
        if _is_uneven(run) and is_near(loss, run.price or 0.0):
            yield "", {"which": which, "loss": loss, "price": run.price or 0.0}


@symptom(
    "The loss is above ln K",
    Cause(
        "It is sure, and wrong: over-confidence, or a step that was too long.",
        "The rows with the largest loss: `F.cross_entropy(z, y, reduction=\"none\").topk(5)`",
        "genre-classifier#where-it-bites-sure-and-wrong",
    ),
    Cause(
        "The classes have another order, or another beginning, than the labels.",
        "`z.argmax(1)[:10], y[:10]`",
        "pytorch-in-practice#one-batch-one-right-loss",
    ),
    Cause(
        "It is a sum, or holds a penalty or a second loss.",
        "`F.cross_entropy(z, y)` by itself",
        NOT_COUNTED,
    ),
    Cause(
        "The data are not those of training: other inputs, another scaling, dropout still on.",
        "`model.training`",
    ),
    verdict=SUSPICIOUS,
    says="A {which} loss of {loss} is more than ln {classes:plain} = {chance}: saying nothing "
    "would be cheaper.",
    asked=(
        "loss higher than random guessing",
        "loss larger than ln K",
        "loss explodes",
        "loss increases instead of decreasing",
    ),
)
def above_ln_k(run: Run) -> Found:
    for which, loss in run.now():
        if run.chance is not None and loss > (1 + NEAR) * run.chance:
            yield (
                "",
                {
                    "which": which,
                    "loss": loss,
                    "chance": run.chance,
                    "classes": float(run.classes or 2),
                },
            )


@symptom(
    "The loss is above what the class shares cost",
    Cause(
        "It has not learned even how common the classes are: too few steps, or a last layer "
        "without a bias.",
        "`logits.mean(0)`, beside the logarithms of the shares",
        "log-curve#a-second-baseline-the-shares",
    ),
    Cause(
        "It squanders by over-confidence what it has learned.",
        "`ce_lib.fit_temperature(logits, y)`, on data kept apart: is it far above 1?",
        CALIBRATION,
    ),
    verdict=SUSPICIOUS,
    says="A {which} loss of {loss} is more than the shares of the classes cost, {price}: "
    "counting alone would do better.",
    asked=("worse than base rate", "loss above the entropy of the labels"),
)
def above_the_shares(run: Run) -> Found:
    for which, loss in run.now():
        beaten = _is_uneven(run) and loss > (1 + NEAR) * (run.price or 0.0)
        if beaten and not (run.chance and loss > (1 - NEAR) * run.chance):
            yield "", {"which": which, "loss": loss, "price": run.price or 0.0}


@symptom(
    "The accuracy is good, and the loss is not",
    Cause(
        "A few sure mistakes cost more than all the rest: the model is over-confident, as it "
        "becomes when it trains on.",
        "`ce_lib.fit_temperature(logits, y)`, on data kept apart: is it far above 1?",
        CALIBRATION,
    ),
    Cause(
        "Some labels are wrong: the model is sure of them, and right.",
        "Look at the ten rows with the largest loss.",
        "weights-and-focal-loss#labels-that-are-wrong",
    ),
    Cause(
        "It is right, and timid: smoothed or mixed labels, a softmax too many, few steps.",
        "The mean of the largest probability, beside the accuracy",
        "label-smoothing#two-ways-to-read-the-loss",
    ),
    verdict=SUSPICIOUS,
    says="{accuracy:percent} right, yet the {which} loss is {loss}; saying {accuracy:percent} of every "
    "favourite would cost {honest}. A miss costs up to {miss} nats on average.",
    asked=(
        "accuracy stable but loss ever worse",
        "good accuracy but high loss",
        "network gets too sure",
        "few sure mistakes",
        "overconfident",
    ),
)
def dearer_than_honest(run: Run) -> Found:
    for pair, classes in _counted(run):
        honest = landmarks.honest_loss(pair.accuracy, classes, run.smoothing)
        if pair.accuracy < 1 and pair.loss > OVERPAID * honest:
            yield "", _of(pair) | {"honest": honest} | _miss(pair)


@symptom(
    "Ten classes, a loss of 0.325 and 90 % right from the beginning",
    Cause(
        "Each class is a yes-or-no question of its own, and no is the usual answer: always no is "
        "right in all questions but one.",
        "`(probabilities.argmax(1) == y).mean()`: is that the accuracy it shows?",
        "yes-or-no#where-it-bites-ninety-per-cent-or-ten",
    ),
    verdict=BROKEN,
    says="A {which} loss of {loss} is what one yes in {classes:plain} costs, per question: "
    "{classes:plain} yes-or-no losses, of which always no has {always:percent} right.",
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
    price = landmarks.shared(1 / run.classes, 2)
    for which, loss in run.now():
        if is_near(loss, price):
            yield (
                "",
                {
                    "which": which,
                    "loss": loss,
                    "classes": float(run.classes),
                    "always": 1 - 1 / run.classes,
                },
            )


@symptom(
    "One large loss comes again and again",
    Cause(
        "A probability was clipped before its logarithm: the truth got 0, or nearly, and the "
        "clip sets the price.",
        "Start from logits: no clip is needed.",
        "logsumexp#where-it-bites-what-a-clip-hides",
    ),
    verdict=KNOWN,
    says="A {which} loss of {loss} is the most that {who} charges.",
    asked=(
        "log_loss eps",
        "clip probabilities 1e-15",
        "loss 34.54",
        "loss 16.118",
        "loss is always 100",
        "BCELoss 100",
        "log_loss 8.63 or 1.16 with another eps",
    ),
)
def one_large_loss(run: Run) -> Found:
    for which, loss in run.losses():
        for who, most in CLIPS.items():
            if abs(loss - most) <= SAME * most:
                yield "", {"which": which, "loss": loss, "who": who}


@symptom(
    "Most of the loss is floor",
    Cause(
        "The labels are smoothed: the floor stays, whatever is learned, and only the excess "
        "can go.",
        "`F.cross_entropy(z, y)`, without smoothing",
        "label-smoothing#two-ways-to-read-the-loss",
    ),
    verdict=KNOWN,
    says="Of a {which} loss of {loss}, {floor} is the floor of labels smoothed by {smoothing}: "
    "only {excess} is left to learn.",
    asked=(
        "smoothed loss stays at 0.6 while plain loss falls",
        "label smoothing loss higher",
        "loss with label smoothing does not go to zero",
    ),
)
def mostly_floor(run: Run) -> Found:
    for which, loss, floor in _smoothed(run):
        if floor * (1 - NEAR) <= loss <= floor / MOSTLY:
            excess = max(0.0, loss - floor)
            values = {"which": which, "loss": loss, "floor": floor, "excess": excess}
            yield "", values | _asked(run)


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
    says="{accuracy:percent} right is what the commonest class has by itself: always saying it "
    "does as well.",
    asked=("accuracy equals majority class", "99 % accuracy imbalanced", "accuracy does not change"),
)
def share_of_the_commonest(run: Run) -> Found:
    if run.largest is None or not _is_uneven(run):
        return
    for accuracy in (run.accuracy, run.val_accuracy):
        if accuracy is not None and abs(accuracy - run.largest) <= NEAR / 2:
            yield "", {"accuracy": accuracy}
            return


@symptom(
    "Losses move in steps, or stop at a step",
    Cause(
        "The loss is computed, or printed, in a narrow format, which has few digits.",
        "`loss.dtype`; `F.cross_entropy(logits.float(), y)`",
        "pytorch-in-practice#fewer-bits-less-memory",
    ),
    verdict=KNOWN,
    says="Near {loss} nats {dtype} goes in steps of {step}: smaller progress cannot be seen.",
    asked=("bfloat16 loss", "loss changes in steps", "loss plateau bfloat16"),
)
def coarse_steps(run: Run) -> Found:
    if run.dtype not in ("float16", "bfloat16"):
        return
    behind, *_ = FORMATS[run.dtype]
    for _, loss in run.now():
        if loss > 0:
            step = 2.0 ** (math.frexp(loss)[1] - 1 - behind)
            yield "", {"loss": loss, "dtype": run.dtype, "step": step}
            return


@symptom(
    "A format has too little room for eᶻ",
    Cause(
        "Exponentials of logits leave the range of the format: subtract the largest first, or "
        "let `log_softmax` do it.",
        "`logits.abs().max()`",
        "logsumexp#how-much-room-a-format-has",
    ),
    verdict=KNOWN,
    says="In {dtype} eᶻ overflows above z = {over}, is 0 below {under}, and a lead of {lead} "
    "leaves a loss of 0.",
    asked=("fp16 overflow", "log softmax fp16 overflow", "half precision exp overflow"),
)
def too_little_room(run: Run) -> Found:
    broken = any(not math.isfinite(loss) or loss == 0 for _, loss in run.losses())
    if run.dtype is None or not broken:
        return
    behind, least, most = FORMATS[run.dtype]
    yield (
        "",
        {
            "dtype": run.dtype,
            "over": most * LN_2 + math.log(2 - 2.0**-behind),
            "under": (least - behind - 1) * LN_2,
            "lead": (behind + 1) * LN_2,
        },
    )


@symptom(
    "A loss with class weights says nothing about the plain one",
    Cause(
        "The mean counts rare classes more, and divides by the sum of the weights; the model "
        "learns weighted shares.",
        "`F.cross_entropy(z, y)` beside it, without weights",
        "weights-and-focal-loss#divided-by-what",
    ),
    verdict=KNOWN,
    says="With class weights this is a mean of other shares: compare it with weighted losses "
    "only, and undo the weights before you read a probability.",
    asked=(
        "class weights change the loss",
        "do class weights spoil the probabilities",
        "weighted loss higher",
    ),
)
def weighted(run: Run) -> Found:
    if run.weighted:
        yield "", {}


@symptom(
    "Is this loss good?",
    Cause(
        "Hold it against what knowing nothing costs: ln K, or the entropy of the class shares; "
        "and against what nobody can beat, if that is known.",
        "`diagnose(num_classes=..., loss=..., shares=...)`",
        CHANCE,
    ),
    Cause(
        "e to the minus loss is the typical probability of the truth. A loss may exceed 1: that "
        "is a probability below 1/e, and nothing special.",
        "`math.exp(-loss)`",
        "genre-classifier#a-batch-is-read-by-its-mean-loss",
    ),
    Cause(
        "Whether another model is better: take the differences, case by case.",
        "Their mean, and their deviation over √N",
        "floor-plus-excess#how-sure-is-a-measured-loss",
    ),
    verdict=KNOWN,
    says="A {which} loss of {loss} saves {saved:percent} of {baseline}, what knowing nothing "
    "costs. The truth gets a probability of {q:percent}, typically.",
    asked=(
        "what is a good log loss",
        "is 0.5 a good loss",
        "is my loss good",
        "can cross entropy loss be greater than 1",
        "is a loss above one possible",
    ),
)
def is_it_good(run: Run) -> Found:
    baseline = run.price if run.price is not None else run.chance
    lower = {pair.which for pair, classes in _counted(run) if _is_lower(run, pair, classes)}
    for which, loss in run.now():
        if baseline and 0 < loss < (1 - NEAR) * baseline and which not in lower:
            yield (
                "",
                {
                    "which": which,
                    "loss": loss,
                    "saved": 1 - loss / baseline,
                    "baseline": baseline,
                    "q": math.exp(-loss),
                },
            )


late_zero = complaint(
    "The loss cannot reach 0",
    Cause(
        "The targets are no certainties, or the same input has several labels: their entropy "
        "stays, and training loses nothing by it.",
        "`-(p * p.log()).sum(1).mean()`, of the targets",
        "floor-plus-excess#the-floor-that-one-hot-labels-hide",
    ),
    Cause(
        "Labels are certainties: then 0 is the limit, and no finite logits are there. It falls "
        "for ever, ever more slowly.",
        "Does it still fall on a logarithmic axis?",
        "maximum-likelihood#separable-data-have-no-best-parameters",
    ),
    Cause(
        "A softmax too many has a floor of its own.",
        "Is there a `Softmax` in the model?",
        TWICE,
    ),
    asked=(
        "minimum not zero soft labels",
        "loss does not reach zero",
        "minimum cost is not zero on soft labels",
        "loss plateau",
        "training loss has a floor",
    ),
)


def _counted(run: Run) -> Iterator[tuple[Pair, int]]:
    """Yield the pairs with the number of classes, if that is known."""
    if run.classes is not None:
        yield from ((pair, run.classes) for pair in run.pairs())


def _is_lower(run: Run, pair: Pair, classes: int) -> bool:
    """Whether a loss is above its floor, and too low for its accuracy."""
    least = landmarks.least_loss(pair.accuracy, classes, run.smoothing)
    floor = landmarks.smoothed_floor(classes, run.smoothing)
    return (1 - NEAR) * floor <= pair.loss < (1 - NEAR) * least


def _of(pair: Pair) -> dict[str, float | str]:
    return {"which": pair.which, "loss": pair.loss, "accuracy": pair.accuracy}


def _miss(pair: Pair) -> dict[str, float | str]:
    """Return what the misses may cost, were the hits free."""
    return {"miss": pair.loss / (1 - pair.accuracy)}


def _smoothed(run: Run) -> Iterator[tuple[str, float, float]]:
    """Yield each loss with the floor of the smoothed labels, if they are smoothed."""
    if run.classes is not None and run.smoothing > 0:
        floor = landmarks.smoothed_floor(run.classes, run.smoothing)
        yield from ((which, loss, floor) for which, loss in run.now())


def _asked(run: Run) -> dict[str, float | str]:
    return {"smoothing": run.smoothing, "classes": float(run.classes or 2)}


def _is_uneven(run: Run) -> bool:
    """Whether the shares of the classes are known, and tell something."""
    if run.price is None or run.chance is None:
        return False
    return 0 < run.price < (1 - 2 * NEAR) * run.chance


def _is_chance(run: Run, which: str, loss: float) -> bool:
    """Whether a loss is ln K, or ln 2 where K is not known, and no accuracy speaks against it."""
    chance = LN_2 if run.chance is None else run.chance
    accuracy = run.val_accuracy if which == "validation" else run.accuracy
    best = 2 / (run.classes or 2) if (run.classes or 2) > 2 else 0.6
    return is_near(loss, chance) and (accuracy is None or accuracy <= best)

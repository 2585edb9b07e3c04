"""The number you see.

What a loss says by itself, and beside what knowing nothing costs.
"""

from __future__ import annotations

import math

from ce_lib._written import plain
from ce_lib.clinic import _landmarks as landmarks
from ce_lib.clinic._run import NEAR, Pair, Run, is_near
from ce_lib.clinic._symptom import (
    BROKEN,
    KNOWN,
    SUSPICIOUS,
    Cause,
    Found,
    Values,
    complaint,
    symptom,
    values,
)

ORDER = 2

#: Numbers as readers see them, not computed.
GIVEN = (0.693, 2.303)

LN_2 = math.log(2)

#: A rounding error below 0 is no larger, and a reading of a clip agrees to this.
TINY, SAME = 1e-3, 1e-4

#: What libraries that clip a probability charge at most, in nats.
CLIPS = {
    "`BCELoss` of PyTorch, which stops at 100,": 100.0,
    "Keras, which clips at 1e-7,": -math.log(1e-7),
    "a clip at 1e-8": -math.log(1e-8),
    "a clip at 1e-10": -math.log(1e-10),
    "a clip at 1e-12": -math.log(1e-12),
    "a clip at 1e-15": -math.log(1e-15),
    "scikit-learn, at the smallest step of float64,": -math.log(2.0**-52),
    "scikit-learn, at the smallest step of float32,": -math.log(2.0**-23),
}

BROKEN_NUMBERS = "logsumexp#three-failures-three-repairs"
TWICE = "pytorch-in-practice#a-softmax-too-many-a-softmax-too-few"
CHANCE = "log-curve#where-it-starts-ends-and-stands-for-chance"
CALIBRATION = "calibration#does-a-real-classifier-keep-its-word"
NOT_COUNTED = "pytorch-in-practice#rows-that-should-not-count"


def clipped(pair: Pair) -> list[tuple[str, float]]:
    """Return the clips that set the price of every miss, if hits are free."""
    if not 0 < pair.accuracy < 1:
        return []
    miss = pair.loss / (1 - pair.accuracy)
    return [one for one in CLIPS.items() if abs(miss - one[1]) <= SAME * one[1]]


@symptom(
    "The loss is nan",
    Cause(
        "The logits are nan or ∞ themselves: a step was too long, the layer overflowed "
        "in float16, or the inputs hold nan.",
        "`logits.isfinite().all()`; then the weights, then the inputs",
        BROKEN_NUMBERS,
    ),
    Cause(
        "An exp z overflowed: ∞ ÷ ∞. A softmax, or a LogSumExp, was written by hand "
        "without subtracting the largest logit.",
        "`F.cross_entropy(logits.double(), y)`: is that a number?",
        "logsumexp#overflow-and-the-shift",
    ),
    Cause(
        "A logarithm met a 0, and a 0 multiplied it: log(sigmoid(z)) or y · log(q) by "
        "hand, often under autocast.",
        "`F.cross_entropy(logits, y)` or `F.binary_cross_entropy_with_logits(z, y)`",
        "logsumexp#underflow-and-log-softmax",
    ),
    Cause(
        "There is nothing to average: every target of the batch is ignored, all "
        "weights are 0, or the batch is empty.",
        "`(y != -100).sum()`",
        NOT_COUNTED,
    ),
    Cause(
        "A forbidden class, of logit −∞, meets a target of 0 in a row of floats; or "
        "all classes of a row are forbidden.",
        "Hand over class numbers; `logits.isneginf().all(1).any()`",
        "pytorch-in-practice#what-a-target-may-be",
    ),
    Cause(
        "`kl_div` got ln p as its target, or a focal loss has γ below 1.",
        "`p.min()`, of the targets: is it below 0? And which γ?",
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
            yield "", values(which=which)


@symptom(
    "The loss is inf",
    Cause(
        "The truth got probability 0, in a float that cannot hold what it got: a "
        "softmax, then a logarithm.",
        "`F.log_softmax(logits, 1)` in their place",
        "logsumexp#underflow-and-log-softmax",
    ),
    Cause(
        "The truth really got 0: counts with nothing kept for the unseen, a class that "
        "is forbidden by −∞.",
        "`logits.gather(1, y[:, None]).isneginf().any()`",
        "pytorch-in-practice#what-a-target-may-be",
    ),
    Cause(
        "A sum or a logit is beyond the largest float, which is 65,504 in float16.",
        "`logits.abs().max()`",
        "logsumexp#how-much-room-a-format-has",
    ),
    Cause(
        "A CTC loss: the text, with a blank between equal letters, is too long for the "
        "frames.",
        "`input_lengths - target_lengths`: is one below the number of equal neighbours?",
        "other-guises#speech-a-sum-over-ways",
    ),
    verdict=BROKEN,
    says="The {which} loss is ∞: somebody’s truth got probability 0.",
    asked=("loss is inf", "infinite loss", "log of zero inf", "inf loss fp16"),
)
def infinite(run: Run) -> Found:
    for which, loss in run.losses():
        if loss == math.inf:
            yield "", values(which=which)


@symptom(
    "The loss is negative, and below −1",
    Cause(
        "`nll_loss` got logits. It takes no logarithm, only the sign: they need a "
        "`log_softmax` before it.",
        "`x.exp().sum(1)`, of the x that `nll_loss` gets: is it 1 for all?",
        TWICE,
    ),
    Cause(
        "A yes-or-no target lies outside 0 and 1: a mask of 0 and 255, labels of −1 "
        "and 1, class numbers.",
        "`y.min(), y.max()`",
        "yes-or-no#a-loss-that-fell-through-0",
    ),
    Cause(
        "It is a score, turned so that more is better: scikit-learn’s `neg_log_loss` "
        "is minus the loss, in `cross_val_score` and in searches.",
        '`-cross_val_score(model, X, y, scoring="neg_log_loss")`',
        "maximum-likelihood#one-product-one-sum",
    ),
    Cause(
        "`kl_div` got logits or probabilities where it wants logarithms.",
        '`F.kl_div(F.log_softmax(z, 1), p, reduction="batchmean")`',
        "temperature-and-distillation#one-argument-is-a-logarithm-the-other-is-not",
    ),
    Cause(
        "It is no cross-entropy of labels: a density may be above 1, and a reward may "
        "have any sign.",
        "What is the logarithm taken of?",
        "surprise-and-cross-entropy#densities-not-a-code-length",
    ),
    verdict=BROKEN,
    says="A {which} loss of {loss} is below 0, and −ln q never is: no probability is "
    "above 1.",
    asked=(
        "negative loss",
        "loss is negative",
        "BCE loss is -1980",
        "my loss is negative",
        "binary cross entropy below zero",
        "NLLLoss negative",
        "log loss negative in cross validation",
        "can cross entropy be negative",
    ),
)
def below_minus_one(run: Run) -> Found:
    for which, loss in run.losses():
        if loss < -1 - NEAR:
            yield "", values(which=which, loss=loss)


@symptom(
    "The loss is negative, between −1 and 0",
    Cause(
        "`nll_loss` got probabilities, and shows minus their mean: −1 is a perfect "
        "prediction.",
        "`F.nll_loss(q.log(), y)`, or better `F.cross_entropy(logits, y)`",
        TWICE,
    ),
    Cause(
        "A yes-or-no target lies a little outside 0 and 1, or the logits of `nll_loss` "
        "are still small.",
        "`y.min(), y.max()`",
        "yes-or-no#a-loss-that-fell-through-0",
    ),
    Cause(
        "It is scikit-learn’s `neg_log_loss`: minus the loss.",
        "`-loss`: is that a log loss as others have it?",
        "maximum-likelihood#one-product-one-sum",
    ),
    Cause(
        "It is a divergence, whose target does not sum to 1.",
        "`p.sum(1)`",
        "temperature-and-distillation#where-it-bites-a-teacher-cut-short",
    ),
    verdict=BROKEN,
    says="A {which} loss of {loss} lies between −1 and 0, as minus a probability does: "
    "is a logarithm missing?",
    asked=(
        "NLLLoss returns -1",
        "loss is -1",
        "negative loss",
        "loss goes from 0 to -1",
        "divergence is -0.06",
    ),
)
def between_minus_one_and_zero(run: Run) -> Found:
    for which, loss in run.losses():
        if -1 - NEAR <= loss < -TINY:
            yield "", values(which=which, loss=loss)


@symptom(
    "The loss is a hair below 0",
    Cause(
        "An ε was added inside the logarithm, ln(q + ε), and q is 1.",
        "Without it, from the logits: is it 0, or above?",
        "folklore#add-inside-the-log",
    ),
    Cause(
        "A divergence was formed as the difference H(P, Q) − H(P) of equals.",
        "`ce_lib.kl_divergence(p, q)`",
        "floor-plus-excess#in-code-never-form-the-difference",
    ),
    verdict=KNOWN,
    says="A {which} loss of {loss} is 0, and a rounding error: an ε inside the "
    "logarithm makes one.",
    asked=("tiny negative loss", "loss -1e-7", "negative KL rounding"),
)
def just_below_zero(run: Run) -> Found:
    for which, loss in run.losses():
        if -TINY <= loss < 0:
            yield "", values(which=which, loss=loss)


@symptom(
    "The loss is exactly 0",
    Cause(
        "One output behind a softmax: its only class gets 1, whatever the weights are, "
        "and nothing is learned. It may print as `-0.0`.",
        "`logits.shape[1]`: is it 1?",
        "yes-or-no#two-outputs-or-one",
    ),
    Cause(
        "The lead of the truth is so large that the rest vanished beside 1, and the "
        "digits "
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
    Cause(
        "It is not 0, but printed with too few digits.",
        "`print(loss.item())`",
    ),
    verdict=BROKEN,
    says="A {which} loss of exactly 0 would be certainty, every time.",
    asked=(
        "loss is 0",
        "loss is exactly 0",
        "loss is zero",
        "loss is -0.0",
        "loss prints 0",
        "loss stays at zero from the beginning",
        "loss is zero from the first step",
        "7e-44 printed as 0",
    ),
)
def exactly_zero(run: Run) -> Found:
    for which, loss in run.losses():
        if loss == 0:
            yield "", values(which=which)


@symptom(
    "A loss of ten classes stays at 2.303, or of K classes at ln K",
    Cause(
        "No signal comes through: a learning rate of 0 or far too small, a layer that "
        "is frozen, detached or dead, an optimiser that holds other parameters.",
        "`[n for n, p in model.named_parameters() if p.grad is None or not "
        "p.grad.any()]` after one `backward()`; then whether one `step()` changes a "
        "weight",
        CHANCE,
    ),
    Cause(
        "The labels do not belong to the inputs: shuffled apart, or all the same.",
        "Can it learn ten cases by heart?",
        CHANCE,
    ),
    Cause(
        "A softmax too many makes the push so weak that it seems to stand.",
        "`z.sum(1)`, of what the loss gets: is it 1 for all?",
        "softmax-gradient#exercise-softmax-twice",
    ),
    Cause(
        "The learning rate is far too large: all units are dead, or the logits are "
        "equal.",
        "A rate a hundred times smaller; `logits.std()`",
        "softmax-regression#how-long-a-step-may-be",
    ),
    Cause(
        "The inputs tell nothing of the classes, which are equally common.",
        "What does a simple model reach on them?",
        "maximum-likelihood#what-features-save-mutual-information",
    ),
    verdict=BROKEN,
    says={
        "": "A {which} loss of {loss} is ln {classes:plain}, the price of knowing "
        "nothing.",
        "right": "A {which} loss of {loss} is ln {classes:plain}, the price of knowing "
        "nothing, though {accuracy:percent} are right: are the favourites hardly "
        "believed?",
    },
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
        if run.classes is not None and run.classes > 2 and _is_chance(run, loss):
            kind, more = _is_right(run, which)
            yield kind, values(which=which, loss=loss, classes=run.classes) | more


@symptom(
    "The loss sits at 0.693, which is ln 2",
    Cause(
        "Yes or no, and no signal yet: the logits are still near 0. A rate far too "
        "small, a frozen layer, symmetric initial weights.",
        "`logits.abs().max()`, and the gradients after one `backward()`",
        CHANCE,
    ),
    Cause(
        "It sits, then falls: the first layers are still to find anything. A larger "
        "rate, scaled inputs or other initial weights shorten it.",
        "Can it learn ten cases by heart?",
        "softmax-regression#where-it-bites-the-features-nobody-scaled",
    ),
    Cause(
        "Yes and no are equally common, and the inputs tell nothing: then ln 2 is all "
        "there is to know.",
        "`y.double().mean()`",
        "log-curve#a-second-baseline-the-shares",
    ),
    Cause(
        "A pair is compared, and both sides are still alike: the first loss of a "
        "preference loss, and of a discriminator that cannot tell.",
        "What stands inside the sigmoid?",
        "other-guises#preference-loss",
    ),
    verdict=BROKEN,
    says={
        "": "A {which} loss of {loss} is ln 2, the price of not knowing yes from no.",
        "right": "A {which} loss of {loss} is ln 2, the price of not knowing yes from "
        "no, though {accuracy:percent} are right: are the favourites hardly believed?",
        "many": "A {which} loss of {loss} is ln 2, what a coin costs. With "
        "{classes:plain} classes nothing says it should stop there: is it the mean of "
        "yes-or-no losses?",
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
    alone = run.price is None and run.accuracy is None
    for which, loss in run.now():
        if run.classes is not None and run.classes > 2:
            if alone and is_near(loss, LN_2):
                yield "many", values(which=which, loss=loss, classes=run.classes)
        elif _is_chance(run, loss):
            kind, more = _is_right(run, which)
            yield kind, values(which=which, loss=loss) | more


@symptom(
    "The loss is what the class shares cost",
    Cause(
        "The model has learned how common the classes are, and nothing from the inputs.",
        "`diagnose(loss=..., shares=...)`; the accuracy is then that of the commonest "
        "class",
        "log-curve#a-second-baseline-the-shares",
    ),
    Cause(
        "It looks small because one class is so common: at 99 to 1 knowing nothing "
        "else costs "
        f"{plain(landmarks.shared(0.99, 2), 3)} nats.",
        "The share of the entropy that is saved, 1 − L/H(Y)",
        "yes-or-no#what-knowing-nothing-costs",
    ),
    verdict=BROKEN,
    says="A {which} loss of {loss} is what the shares of the classes cost by "
    "themselves, {price}: it is worth nothing yet, however small it looks.",
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
        if run.price is not None and run.is_uneven and is_near(loss, run.price):
            yield "", values(which=which, loss=loss, price=run.price)


@symptom(
    "The loss is above ln K",
    Cause(
        "It is sure, and wrong: over-confidence, or a step that was too long.",
        "The rows with the largest loss: `F.cross_entropy(z, y, "
        'reduction="none").topk(5)`',
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
        "The data are not those of training: other inputs, another scaling, dropout "
        "still on.",
        "`model.training`",
    ),
    verdict=SUSPICIOUS,
    says="A {which} loss of {loss} is more than ln {classes:plain} = {chance}: saying "
    "nothing would be cheaper.",
    asked=(
        "loss higher than random guessing",
        "loss larger than ln K",
        "loss explodes",
        "loss increases instead of decreasing",
    ),
)
def above_ln_k(run: Run) -> Found:
    for which, loss in run.now():
        if run.classes is None or run.chance is None:
            return
        if loss > (1 + NEAR) * run.chance:
            told = values(which=which, loss=loss, chance=run.chance)
            yield "", told | {"classes": float(run.classes)}


@symptom(
    "The loss is above what the class shares cost",
    Cause(
        "It has not learned even how common the classes are: too few steps, or a last "
        "layer without a bias.",
        "`logits.mean(0)`, beside the logarithms of the shares (up to a constant)",
        "log-curve#a-second-baseline-the-shares",
    ),
    Cause(
        "It squanders by over-confidence what it has learned.",
        "`ce_lib.fit_temperature(logits, y)`, on data kept apart: is it far above 1?",
        CALIBRATION,
    ),
    verdict=SUSPICIOUS,
    says="A {which} loss of {loss} is more than the shares of the classes cost, "
    "{price}: counting alone would do better.",
    asked=(
        "worse than always saying the commonest class",
        "loss above the entropy of the labels",
    ),
)
def above_the_shares(run: Run) -> Found:
    if run.price is None or run.chance is None or not run.is_uneven:
        return
    for which, loss in run.now():
        if (1 + NEAR) * run.price < loss <= (1 - NEAR) * run.chance:
            yield "", values(which=which, loss=loss, price=run.price)


@symptom(
    "One large loss comes again and again",
    Cause(
        "A probability was clipped before its logarithm: the truth got 0, or nearly, "
        "and the clip sets the price.",
        "From logits, where no clip is needed: is it more?",
        "logsumexp#where-it-bites-what-a-clip-hides",
    ),
    verdict=KNOWN,
    says={
        "": "A {which} loss of {loss} is the most that {who} charges.",
        "misses": "{accuracy:percent} right and a {which} loss of {loss}: every miss "
        "costs {most}, the most that {who} charges. Are the outputs 0 and 1?",
    },
    asked=(
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
                yield "", values(which=which, loss=loss, who=who)
    for pair in run.pairs():
        for who, most in clipped(pair):
            yield "misses", values(**pair.told, who=who, most=most)


@symptom(
    "May a loss be above 1, and is this one good?",
    Cause(
        "Hold it against what knowing nothing costs: ln K, or the entropy of the class "
        "shares; and against what nobody can beat, if that is known.",
        "`diagnose(num_classes=..., loss=..., shares=...)`",
        CHANCE,
    ),
    Cause(
        "e to the minus loss is the typical probability of the truth. A loss may "
        "exceed 1: that is a probability below 1/e, and nothing special.",
        "`math.exp(-loss)`",
        "genre-classifier#a-batch-is-read-by-its-mean-loss",
    ),
    Cause(
        "Whether another model is better: take the differences, case by case.",
        "Their mean, and their deviation over √N",
        "floor-plus-excess#how-sure-is-a-measured-loss",
    ),
    verdict=KNOWN,
    says={
        "": "A {which} loss of {loss} saves {saved:percent} of {baseline}, what "
        "knowing nothing costs. The truth gets a probability of {q:percent}, typically.",
        "other": "A {which} loss of {loss} saves {saved:percent} of {baseline}, what "
        "knowing nothing costs.",
    },
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
    lower = {pair.which for pair in run.pairs() if run.is_lower(pair)}
    for which, loss in run.now():
        if baseline and 0 < loss < (1 - NEAR) * baseline and which not in lower:
            told = values(which=which, loss=loss, baseline=baseline)
            kind = "other" if run.weighted or run.smoothing else ""
            yield kind, told | {"saved": 1 - loss / baseline, "q": math.exp(-loss)}


late_zero = complaint(
    "The loss cannot reach 0",
    Cause(
        "The targets are no certainties, or the same input has several labels: their "
        "entropy stays, and training loses nothing by it.",
        "`torch.special.entr(p).sum(1).mean()`, of the targets; or: do equal inputs "
        "have other labels?",
        "floor-plus-excess#the-floor-that-one-hot-labels-hide",
    ),
    Cause(
        "Labels are certainties: then 0 is the limit, and no finite logits are there. "
        "It falls for ever, ever more slowly.",
        "Does it still fall on a logarithmic axis?",
        "maximum-likelihood#separable-data-have-no-best-parameters",
    ),
    Cause(
        "A softmax too many has a floor of its own.",
        "`z.sum(1)`, of what the loss gets: is it 1 for all?",
        TWICE,
    ),
    asked=(
        "loss does not reach zero",
        "minimum cost is not zero on soft labels",
        "loss plateau",
    ),
)


def _is_chance(run: Run, loss: float) -> bool:
    """Whether a loss is ln K, or ln 2 where K is not known."""
    return is_near(loss, LN_2 if run.chance is None else run.chance)


def _is_right(run: Run, which: str) -> tuple[str, Values]:
    """Return "right", and the accuracy, where more is right than chance explains."""
    accuracy = run.val_accuracy if which == "validation" else run.accuracy
    best = 2 / (run.classes or 2) if (run.classes or 2) > 2 else 0.6
    if accuracy is None or accuracy <= best:
        return "", {}
    return "right", {"accuracy": accuracy}

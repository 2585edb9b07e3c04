"""The shape of the curve.

What two curves say beside each other, and one over its steps.
"""

from __future__ import annotations

from ce_lib.clinic._run import NEAR, Run
from ce_lib.clinic._symptom import KNOWN, SUSPICIOUS, Cause, Found, complaint, symptom

ORDER = 5

#: So many times the training loss, a validation loss has parted from it.
PARTED = 1.25

EARLY_AND_LATE = "softmax-regression#early-late-and-after-the-curve-is-flat"
SURE_MISSES = "calibration#does-a-real-classifier-keep-its-word"

training_falls_validation_rises = complaint(
    "The training loss falls, and the validation loss rises",
    Cause(
        "It learns the cases by heart. What it says of new ones becomes surer than it "
        "should, and stopping earlier would have been better.",
        "The validation loss by epoch: where is it lowest?",
        EARLY_AND_LATE,
    ),
    Cause(
        "Only its sureness is too much: the favourites of new cases are as good as "
        "before.",
        "`ce_lib.fit_temperature(logits, y)`, on data kept apart: does the loss come "
        "back?",
        "temperature-and-distillation#calibration-fitted-once-on-labels-kept-apart",
    ),
    Cause(
        "The new cases are of another kind: other inputs, other shares of the classes.",
        "Does a model trained on both tell them apart?",
        "weights-and-focal-loss#other-shares-than-in-training",
    ),
    asked=(
        "training loss decreases validation loss increases",
        "validation loss increases",
        "overfitting",
        "overfit",
        "when to stop training",
    ),
)

both_rise = complaint(
    "Validation loss and validation accuracy both rise",
    Cause(
        "More answers become right, and the wrong ones ever surer: accuracy asks who "
        "leads, the loss asks how much was believed.",
        '`F.cross_entropy(z, y, reduction="none")`: do a few rows hold most of it?',
        SURE_MISSES,
    ),
    Cause(
        "The logits only grow: all claims climb, right or wrong.",
        "`ce_lib.fit_temperature(logits, y)`, on data kept apart",
        "temperature-and-distillation#calibration-fitted-once-on-labels-kept-apart",
    ),
    Cause(
        "Some labels of the validation data are wrong, and cost more the surer the "
        "model is.",
        "Look at the ten rows with the largest loss.",
        "weights-and-focal-loss#labels-that-are-wrong",
    ),
    asked=(
        "validation loss and accuracy both increase",
        "validation loss increases but accuracy increases too",
        "loss rises but accuracy rises",
        "validation loss deteriorates more than accuracy",
    ),
)


@symptom(
    "The validation loss is below the training loss",
    Cause(
        "Dropout, augmentation, mixed or smoothed labels, class weights make training "
        "harder, and are switched off in validation.",
        "`model.eval()`, and the plain loss over the training data",
    ),
    Cause(
        "The training loss is a mean over an epoch in which the model still learned; "
        "the validation loss is of its end.",
        "The training loss once more, at the end of the epoch",
    ),
    Cause(
        "Chance: the validation cases are few.",
        "The deviation of their losses over √N",
        "floor-plus-excess#how-sure-is-a-measured-loss",
    ),
    Cause(
        "They are easier, or stand in the training data; or the two means count "
        "differently.",
        "Are any cases in both? Is padding in one of the means?",
        "pytorch-in-practice#rows-that-should-not-count",
    ),
    verdict=KNOWN,
    says="A validation loss of {val} below a training loss of {train} is no wonder, if "
    "dropout, smoothing or weights are in the one only.",
    asked=(
        "validation loss lower than training loss",
        "validation loss below training loss",
        "test loss smaller than train loss",
    ),
)
def validation_below_training(run: Run) -> Found:
    both = dict(run.now())
    if len(both) == 2 and 0 < both["validation"] < (1 - NEAR) * both["training"]:
        yield "", {"val": both["validation"], "train": both["training"]}


@symptom(
    "The validation loss is far above the training loss",
    Cause(
        "The model knows its training cases by heart.",
        "The validation loss by epoch: was it lower before?",
        EARLY_AND_LATE,
    ),
    Cause(
        "The labels, or what gives them away, stand in the training inputs.",
        "The score of a simple model, feature by feature",
        "maximum-likelihood#what-features-save-mutual-information",
    ),
    Cause(
        "Inputs are prepared otherwise: another scaling, other tokens, another order "
        "of classes.",
        "The loss of training cases that go the way of the validation cases",
    ),
    verdict=SUSPICIOUS,
    says="A validation loss of {val} is {times} times the training loss, {train}: what "
    "was learned does not carry over.",
    asked=("large gap between training and validation loss", "generalisation gap"),
)
def validation_above_training(run: Run) -> Found:
    both = dict(run.now())
    if len(both) == 2 and both["validation"] > PARTED * both["training"] > 0:
        train, val = both["training"], both["validation"]
        yield "", {"val": val, "train": train, "times": val / train}


falls_slowly = complaint(
    "The loss falls, but slowly",
    Cause(
        "The features have different scales, or a mean far from 0: one rate cannot "
        "suit all.",
        "`X.mean(0), X.std(0)`",
        "softmax-regression#where-it-bites-the-features-nobody-scaled",
    ),
    Cause(
        "The rate is too small.",
        "Ten times as much: does it fall faster?",
        "softmax-regression#how-long-a-step-may-be",
    ),
    Cause(
        "The push is weak: squared error behind a sigmoid, or a softmax too many.",
        "`logits.retain_grad()` before `backward()`; then `logits.grad.abs().mean()`, "
        "beside that of `F.cross_entropy`",
        "squared-error#what-the-logit-feels-in-numbers",
    ),
    asked=("loss decreases slowly", "training is slow", "loss converges slowly"),
)

stands_then_falls = complaint(
    "The loss stands for long, then falls",
    Cause(
        "The first layers have to find something before the last can use it. Until "
        "then the logits are near 0, and the loss is ln K, or ln 2.",
        "Print the gradient of the first layer: is it tiny?",
        "log-curve#where-it-starts-ends-and-stands-for-chance",
    ),
    Cause(
        "A rate that warms up, or that a schedule changes.",
        "`scheduler.get_last_lr()`",
    ),
    Cause(
        "Features without a scale make the first steps go the wrong way.",
        "`X.mean(0), X.std(0)`",
        "softmax-regression#where-it-bites-the-features-nobody-scaled",
    ),
    asked=("loss plateau then drops", "loss stuck for thousands of steps then falls"),
)

jumps = complaint(
    "The loss jumps up and down",
    Cause(
        "A batch is a sample: its mean goes up and down as 1/√B.",
        "A batch four times as large: half the jumps?",
        "softmax-regression#a-part-of-the-songs-at-a-time",
    ),
    Cause(
        "The rate is near the longest that can settle.",
        "A third of it: does the loss settle?",
        "softmax-regression#how-long-a-step-may-be",
    ),
    Cause(
        "Parts of unequal counts are averaged: short texts count as much as long ones.",
        "How many tokens does each part have?",
        "pytorch-in-practice#one-batch-in-several-parts",
    ),
    asked=("loss fluctuates", "noisy training loss", "loss oscillates", "loss spikes"),
)

explodes = complaint(
    "The loss was fine, and explodes",
    Cause(
        "A step was too long: the rate, or one odd batch.",
        "The loss of that batch, row by row",
        "softmax-regression#how-long-a-step-may-be",
    ),
    Cause(
        "The logits have drifted away together, which no softmax sees, to where a "
        "narrow format loses its digits.",
        "`logits.logsumexp(1).mean()`",
        "logits-you-never-store#what-else-must-pass-through-the-pieces",
    ),
    Cause(
        "A wrong label, which costs the more the surer the model becomes.",
        '`F.cross_entropy(z, y, reduction="none").topk(5)`',
        "softmax-gradient#how-hard-can-one-example-pull",
    ),
    asked=("loss suddenly explodes", "loss diverges", "training becomes unstable"),
)

training_below_the_floor = complaint(
    "The training loss is below the floor",
    Cause(
        "The parameters fit the chance of the sample: on average the loss of the "
        "training cases lies below the floor by about the number of parameters over 2N.",
        "The loss on fresh cases: on average it cannot be below",
        "maximum-likelihood#what-you-measure-is-a-sample-mean",
    ),
    Cause(
        "A sample mean goes up and down.",
        "Its deviation over √N",
        "floor-plus-excess#how-sure-is-a-measured-loss",
    ),
    Cause(
        "The labels are noisy, and are learned by heart.",
        "The loss on cases whose labels were checked",
        "weights-and-focal-loss#labels-that-are-wrong",
    ),
    asked=(
        "loss below the entropy",
        "training loss below the floor",
        "loss lower than H(Y|X)",
    ),
)

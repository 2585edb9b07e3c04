"""The first number of a run.

Before anything is learned a loss has to be about ln K, the price of knowing nothing.
"""

from __future__ import annotations

import math

from ce_lib.clinic import _landmarks as landmarks
from ce_lib.clinic._run import Run, is_near
from ce_lib.clinic._symptom import (
    BROKEN,
    FINE,
    KNOWN,
    SUSPICIOUS,
    Cause,
    Found,
    Values,
    symptom,
)

ORDER = 1

#: First logits that scatter by so much are usual, and what they cost is no symptom: with
#: PyTorch's own weights and inputs of deviation 1, a linear layer's have s = 1/√3.
USUAL_SCATTER = 1.0
#: Below this share of ln K it is too low; so near a whole multiple of it, a sum; and from so
#: many times on, hardly anything else.
TOO_LOW, WHOLE, MANY = 0.95, 0.01, 3

FOCAL = "weights-and-focal-loss#focal-loss-the-easy-cases-fall-silent"
FIRST = "log-curve#where-it-bites-the-first-number-of-a-training-run"


def _place(run: Run) -> str:
    """Say where the first loss lies, beside ln K: "above", "about" or "below"; or ""."""
    if run.first is None or run.chance is None or not 0 <= run.first < math.inf:
        return ""
    if run.first > run.chance + _usual(run.classes or 2):
        return "above"
    return "below" if run.first < TOO_LOW * run.chance else "about"


def _usual(classes: int) -> float:
    """Return what usual first logits cost above ln K; of few classes, less than s²/2."""
    return USUAL_SCATTER**2 / 2 * (1 - 1 / classes)


def _times(run: Run) -> float:
    """Return how many times ln K the first loss is."""
    return (run.first or 0.0) / (run.chance or 1.0)


def _is_sum(run: Run) -> bool:
    """Whether the first loss is above ln K, and a whole multiple of it."""
    whole = math.floor(_times(run) + 0.5)
    near = abs(_times(run) - whole) <= WHOLE
    return _place(run) == "above" and whole >= 2 and near


def _is_in_bits(run: Run) -> bool:
    """Whether the first loss is ln K in bits; that of two classes may be anything."""
    if run.first is None or run.chance is None or (run.classes or 0) <= 2:
        return False
    return is_near(run.first, run.chance / math.log(2))


@symptom(
    "The first loss is about ln K",
    Cause(
        "Nothing is known yet, and every class gets the same: that is what ln K costs.",
        "`math.log(K)`",
        FIRST,
    ),
    verdict=FINE,
    says={
        "": "A first loss of {first} is about ln {classes:plain} = {chance}: it knows "
        "nothing yet, as it should.",
        "scattered": "A first loss of {first} is ln {classes:plain} = {chance}, and "
        "{excess} for first logits that scatter a little, as those of fresh layers do.",
    },
    asked=("expected initial loss", "loss at step 0"),
)
def first_loss_is_ln_k(run: Run) -> Found:
    if _place(run) == "about":
        yield "scattered" if _times(run) > 2 - TOO_LOW else "", _first(run)


@symptom(
    "The first loss is far above ln K",
    Cause(
        "The first logits scatter: initial weights or inputs are too large. Normal "
        "logits of deviation s cost ln K + s²/2.",
        "`logits.std(dim=1).mean()` before the first step",
        FIRST,
    ),
    Cause(
        "The weights are not fresh: they learned something else, and are sure and "
        "wrong.",
        "`logits.softmax(1).max(1).values.mean()`: is it near 1?",
        FIRST,
    ),
    Cause(
        "The loss is a sum, or holds a penalty on the weights.",
        "Your own loss of `0 * logits`: is it ln K, or N times that, or more?",
        "pytorch-in-practice#rows-that-should-not-count",
    ),
    verdict=SUSPICIOUS,
    says="A first loss of {first} lies {excess} above ln {classes:plain} = {chance}. "
    "Logits that scatter by s = {scatter} before the first step would cost that.",
    asked=(
        "initial loss too high",
        "first loss much larger than ln K",
    ),
)
def first_loss_above_ln_k(run: Run) -> Found:
    is_other = _is_in_bits(run) or _is_sum(run) or _times(run) >= MANY
    if _place(run) == "above" and not is_other:
        yield "", _first(run)


@symptom(
    "The first loss is many times ln K",
    Cause(
        "The loss is a sum over the batch, or over tokens, or holds a penalty on the "
        "weights.",
        "Your own loss of `0 * logits`: is it ln K, or N times that, or more?",
        "pytorch-in-practice#rows-that-should-not-count",
    ),
    Cause(
        "The first logits scatter far: initial weights or inputs are much too large.",
        "`logits.std(dim=1).mean()` before the first step",
        FIRST,
    ),
    Cause(
        "The weights are not fresh: they learned something else, and are sure and "
        "wrong.",
        "`logits.softmax(1).max(1).values.mean()`: is it near 1?",
        FIRST,
    ),
    Cause(
        "It is a sum over boxes divided by the objects, or over pairs divided by the "
        "batch.",
        "What is it divided by?",
        "other-guises#boxes-one-yes-or-no-for-each",
    ),
    verdict=SUSPICIOUS,
    says="A first loss of {first} is about {times:plain} times ln {classes:plain} = "
    "{chance}: a sum over so many? Else the first logits scatter by s = {scatter}.",
    asked=(
        "first loss 26 with 27 characters",
        "first loss many times ln K",
        "initial loss is huge",
    ),
)
def first_loss_many_times_ln_k(run: Run) -> Found:
    if _place(run) == "above" and _times(run) >= MANY and not _is_sum(run):
        yield "", _first(run) | {"times": float(math.floor(_times(run) + 0.5))}


@symptom(
    "The first loss is below ln K",
    Cause(
        "It is no first loss: the mean over an epoch, or weights that have learned "
        "before.",
        "Print the loss of the first batch, before the first step.",
        FIRST,
    ),
    Cause(
        "The mean counts padding, or rows that are ignored, as losses of 0.",
        "Your own loss, averaged as you do it, of `0 * logits`: is it ln K?",
        "pytorch-in-practice#rows-that-should-not-count",
    ),
    Cause(
        "It is no plain cross-entropy: a focal loss, or class weights whose mean "
        "divides by the cases.",
        "`F.cross_entropy(logits, y)`, without them",
        FOCAL,
    ),
    Cause(
        "The softmax runs over the cases of the batch instead of the classes.",
        "`q.sum(1)`, of what the logarithm is taken of: is it 1 for all?",
        "pytorch-in-practice#a-softmax-too-many-a-softmax-too-few",
    ),
    Cause(
        "There are fewer classes than you think, or the labels stand in the input.",
        "`len(set(y.tolist()))`",
        FIRST,
    ),
    verdict=SUSPICIOUS,
    says="A first loss of {first} is below ln {classes:plain} = {chance}, and a fresh "
    "network cannot know so much. If padding were counted, {real:percent} of the slots "
    "would be real.",
    asked=("initial loss too low", "first loss below ln K"),
)
def first_loss_below_ln_k(run: Run) -> Found:
    if _place(run) == "below" and not _is_price(run):
        yield "", _first(run)


@symptom(
    "The first loss is the entropy of the class shares",
    Cause(
        "The last bias starts at the logarithms of the shares: the run begins with all "
        "that counting tells.",
        "`F.cross_entropy(bias.expand(len(y), -1), y)`",
        "yes-or-no#what-knowing-nothing-costs",
    ),
    verdict=FINE,
    says="A first loss of {first} is what the shares of the classes cost, {price}: the "
    "last bias knows them already.",
    asked=("initial bias from class shares", "first loss lower after setting the bias"),
)
def first_loss_is_the_shares(run: Run) -> Found:
    if _place(run) == "below" and _is_price(run):
        yield "", _first(run) | {"price": run.price or 0.0}


def _is_price(run: Run) -> bool:
    """Whether the first loss is the entropy of the shares, if both are known."""
    known = run.first is not None and run.price is not None
    return known and is_near(run.first or 0.0, run.price or 0.0)


@symptom(
    "The first loss is the logarithm of K to the base 2",
    Cause(
        "It is printed in bits. One nat is 1/ln 2 bits.",
        "`loss * math.log(2)`: is it ln K?",
        "surprise-and-cross-entropy#bits-and-nats",
    ),
    verdict=KNOWN,
    says="A first loss of {first} is log₂ {classes:plain}: these are bits, and ln "
    "{classes:plain} = {chance} in nats.",
    asked=("loss printed in bits", "loss off by a factor of 1.44", "loss 3.32"),
)
def first_loss_in_bits(run: Run) -> Found:
    if _is_in_bits(run):
        yield "", _first(run)


@symptom(
    "The first loss is a whole multiple of ln K",
    Cause(
        "It is the sum over a batch of so many.",
        "`F.cross_entropy(logits, y)`: its own mean",
        "pytorch-in-practice#rows-that-should-not-count",
    ),
    Cause(
        "It is the sum of so many losses: of tokens, of pixels, of heads.",
        "Print each part by itself.",
        "yes-or-no#which-ones-a-sum-of-yes-and-no",
    ),
    verdict=KNOWN,
    says="A first loss of {first} is {times:plain} times ln {classes:plain}: a sum "
    "over so many, not a mean?",
    asked=(
        "loss is huge at the start",
        "loss is in the hundreds",
        "sum instead of mean",
    ),
)
def first_loss_is_a_sum(run: Run) -> Found:
    if _is_sum(run):
        yield "", _first(run) | {"times": float(math.floor(_times(run) + 0.5))}


@symptom(
    "The first loss is ln K divided by K",
    Cause(
        "The mean runs over all entries of the rows, not over the rows: `F.kl_div` "
        "does so by default.",
        'With `reduction="batchmean"`, or summed over the classes first: is it ln K?',
        "temperature-and-distillation#one-argument-is-a-logarithm-the-other-is-not",
    ),
    verdict=BROKEN,
    says="A first loss of {first} is ln {classes:plain} divided by {classes:plain}: "
    "the mean runs over all entries, and each row counts one part in {classes:plain}.",
    asked=("loss too small by a factor K", "loss divided by the number of classes"),
)
def first_loss_is_a_share(run: Run) -> Found:
    if run.first is None or run.chance is None or run.classes is None:
        return
    if run.classes > 2 and is_near(run.first, run.chance / run.classes):
        yield "", _first(run)


def _first(run: Run) -> Values:
    first, chance, classes = run.first or 0.0, run.chance or 1.0, run.classes or 2
    return {
        "first": first,
        "classes": float(classes),
        "chance": chance,
        "excess": first - chance,
        "scatter": landmarks.scatter(first, classes),
        "real": first / chance,
    }

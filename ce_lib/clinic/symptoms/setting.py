"""The way the loss is set up.

Smoothed labels, class weights, and the format of the numbers.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from ce_lib._formats import FORMATS
from ce_lib.clinic import _landmarks as landmarks
from ce_lib.clinic._run import NEAR, Run
from ce_lib.clinic._symptom import (
    IMPOSSIBLE,
    KNOWN,
    Cause,
    Found,
    Values,
    symptom,
    values,
)

ORDER = 4


#: How much of a smoothed loss is floor before that is worth a word.
MOSTLY = 2 / 3

NOT_COUNTED = "pytorch-in-practice#rows-that-should-not-count"


@symptom(
    "The loss is below the floor of its smoothed labels",
    Cause(
        "What is shown is not smoothed, what is trained on is: two losses.",
        "`F.cross_entropy(z, y), F.cross_entropy(z, y, label_smoothing=eps)`",
        "label-smoothing#where-it-bites-comparing-masking-teaching",
    ),
    Cause(
        "ε has the other meaning: in one convention the truth keeps 1 − ε, in "
        "PyTorch’s it keeps 1 − ε + ε/K.",
        "Print a row of the smoothed targets.",
        "label-smoothing#two-conventions",
    ),
    Cause(
        "The mean counts padding as losses of 0.",
        "`(y != -100).double().mean()`",
        NOT_COUNTED,
    ),
    verdict=IMPOSSIBLE,
    says="With label smoothing {smoothing} over {classes:plain} classes no loss of "
    "smoothed targets is below {floor}: is {loss} of plain ones?",
    asked=("loss below label smoothing floor", "smoothed loss too low"),
)
def below_the_smoothed_floor(run: Run) -> Found:
    for told, loss, floor in _smoothed(run):
        if 0 <= loss < (1 - NEAR) * floor:
            yield "", told


@symptom(
    "Most of the loss is floor",
    Cause(
        "The labels are smoothed: the floor stays, whatever is learned, and only the "
        "excess can go.",
        "`F.cross_entropy(z, y)`, without smoothing",
        "label-smoothing#two-ways-to-read-the-loss",
    ),
    verdict=KNOWN,
    says="Of a {which} loss of {loss}, {floor} is the floor of labels smoothed by "
    "{smoothing}: only {excess} is left to learn.",
    asked=(
        "smoothed loss stays at 0.6 while plain loss falls",
        "label smoothing loss higher",
        "loss with label smoothing does not go to zero",
    ),
)
def mostly_floor(run: Run) -> Found:
    for told, loss, floor in _smoothed(run):
        if floor * (1 - NEAR) <= loss <= floor / MOSTLY:
            yield "", told | {"excess": max(0.0, loss - floor)}


@symptom(
    "A loss with class weights says nothing about the plain one",
    Cause(
        "The mean counts rare classes more, and divides by the sum of the weights; the "
        "model learns weighted shares.",
        "`F.cross_entropy(z, y)` beside it, without weights",
        "weights-and-focal-loss#divided-by-what",
    ),
    verdict=KNOWN,
    says="With class weights this is a mean of other shares: compare it with weighted "
    "losses only, and undo the weights before you read a probability.",
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
    "Losses move in steps, or stop at a step",
    Cause(
        "The loss is computed, or printed, in a narrow format, which has few digits.",
        "`loss.dtype`; `F.cross_entropy(logits.float(), y)`",
        "pytorch-in-practice#fewer-bits-less-memory",
    ),
    verdict=KNOWN,
    says="Near {loss} nats {dtype} goes in steps of {step}: smaller progress cannot be "
    "seen.",
    asked=("bfloat16 loss", "loss changes in steps", "loss plateau bfloat16"),
)
def coarse_steps(run: Run) -> Found:
    if run.dtype not in ("float16", "bfloat16"):
        return
    bits = FORMATS[run.dtype].bits
    for _, loss in run.now():
        if loss > 0:
            step = 2.0 ** (math.frexp(loss)[1] - bits)
            yield "", values(loss=loss, dtype=run.dtype, step=step)
            return


@symptom(
    "A format has too little room for exp z",
    Cause(
        "Exponentials of logits leave the range of the format: subtract the largest "
        "first, or let `log_softmax` do it.",
        "`logits.abs().max()`",
        "logsumexp#how-much-room-a-format-has",
    ),
    verdict=KNOWN,
    says="In {dtype} exp z overflows above z = {over}, is 0 below {under}, and a lead "
    "of {lead} leaves a loss of 0.",
    asked=("fp16 overflow", "log softmax fp16 overflow", "half precision exp overflow"),
)
def too_little_room(run: Run) -> Found:
    broken = any(not math.isfinite(loss) or loss == 0 for _, loss in run.losses())
    if run.dtype is None or not broken:
        return
    form = FORMATS[run.dtype]
    yield (
        "",
        values(
            dtype=run.dtype,
            over=form.overflow_above,
            under=form.zero_below,
            lead=-math.log(form.lost_beside_one),
        ),
    )


def _smoothed(run: Run) -> Iterator[tuple[Values, float, float]]:
    """Yield what to tell of each loss of smoothed labels, the loss, and their floor."""
    if run.classes is None or run.smoothing <= 0:
        return
    floor = landmarks.smoothed_floor(run.classes, run.smoothing)
    for which, loss in run.now():
        told = values(which=which, loss=loss, floor=floor, classes=run.classes)
        yield told | {"smoothing": run.smoothing}, loss, floor

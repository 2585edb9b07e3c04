"""Losses of one example, with every class as the truth."""

from collections.abc import Iterator

import numpy as np

from ce_lib import losses, numerics

from . import Case
from .numerics import LOGITS


def cases() -> Iterator[Case]:
    for z in LOGITS:
        for y in range(len(z)):
            loss, dz = losses.softmax_cross_entropy_with_grad([z], [y])
            yield "softmaxCrossEntropy", (z, y), loss
            yield "logitGradient", (numerics.softmax(z), y), dz[0]
        p = np.arange(1, len(z) + 1) / sum(range(1, len(z) + 1))
        soft, dz = losses.softmax_cross_entropy_with_grad([z], [p])
        yield "softTargetCrossEntropy", (z, p), soft
        yield "softTargetGradient", (z, p), dz[0]
    for z in (-200.0, -1.0, 0.0, 20.0):
        for t in (0.0, 0.3, 1.0):
            loss = losses.binary_cross_entropy_with_logits([z], [t])
            yield "binaryCrossEntropyWithLogits", (z, t), loss

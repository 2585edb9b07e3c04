"""Training on songs of both worlds, with both losses, and before any step."""

from collections.abc import Iterator

import numpy as np

from ce_lib.explorers import training
from ce_lib.explorers.songs import sample
from ce_lib.targets import one_hot

from . import Case


def cases() -> Iterator[Case]:
    for world, n, scale, classes in (("songs", 12, 25, 4), ("grid", 20, 1, 3)):
        x, y = sample(world, 3, n)
        x, targets, weight = x * [scale, 1], one_hot(y, classes), np.full(n, 1 / n)
        there = training.Cases(np.stack([*x.T, np.ones(n)]), targets.T, weight)
        given = {"x": x.T, "targets": targets.T, "weight": weight}
        yield "eigenvalues", (given,), training.eigenvalues(there)
        size = 1 / training.eigenvalues(there)[-1]
        for loss, smoothing, steps in (
            ("cross-entropy", 0.0, 0),
            ("cross-entropy", 0.1, 40),
            ("squared", 0.0, 40),
        ):
            arguments = (size, steps, loss, smoothing)
            weights = training.descend(there, *arguments)
            yield "descend", (given, *arguments), weights
            yield "meanLoss", (given, weights), training.mean_loss(there, weights)
            yield "sureness", (given, weights), training.sureness(there, weights)

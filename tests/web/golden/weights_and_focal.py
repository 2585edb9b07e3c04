"""Weights and focal loss: plain, weighted, focal, of two classes and of very many."""

import math
from collections.abc import Iterator

from ce_lib.explorers import weights_and_focal as explorer

from . import Case

GAMMAS = (0.0, 1e-6, 0.5, 2.0, 10.0)
RATES = (0.0, 1e-250, 1e-9, 0.1, 0.5, 0.9, 1 - 1e-15, 1.0)


def cases() -> Iterator[Case]:
    for rate in RATES:
        truth = explorer.logit_of(rate)
        if math.isfinite(truth):
            yield "logitOf", (rate,), truth
        for gamma in GAMMAS:
            yield "pushRatio", (rate, gamma), explorer.push_ratio(rate, gamma)
            for classes, weights in (
                (2, (1.0, 1.0)),
                (2, (1000.0, 1.0)),
                (100, (0.25, 0.75)),
                (100_000, (0.01, 1.0)),
            ):
                kind = (weights[0] / weights[1], gamma, classes)
                claimed = explorer.claimed_logit(truth, *kind)
                if math.isfinite(truth):
                    yield "claimedLogit", (truth, *kind), claimed
                    again = explorer.honest_logit(claimed, *kind)
                    yield "honestLogit", (claimed, *kind), again
                    loss_of = (rate, weights, gamma, classes)
                    loss = explorer.expected_loss(claimed, *loss_of)
                    yield "expectedLoss", (claimed, *loss_of), loss
    for gamma in GAMMAS[1:]:
        yield "crossing", (gamma,), explorer.crossing(gamma)

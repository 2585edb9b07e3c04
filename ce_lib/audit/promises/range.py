"""Far out: no overflow, no 0·log 0, nothing cut off."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ce_lib.audit._loss import Loss
from ce_lib.audit._registry import promise
from ce_lib.audit._verdict import Claim
from ce_lib.audit.cases import ORDINARY, case


@promise(
    "it stays right far out, at logits of ±1000 and beyond",
    about="value",
    usual="An exponential or a logarithm leaves the range of floats on the way.",
)
def far_out(loss: Loss) -> Iterator[Claim]:
    for row in loss.rows():
        if row.reach >= ORDINARY:
            yield loss.value(row)


@promise(
    "rows far from each other do not disturb each other",
    about="value",
    usual="Something is taken over the whole batch that belongs to a row.",
)
def far_rows(loss: Loss) -> Iterator[Claim]:
    for by in (50, 800, -800, 5000):
        z = np.array([[1.0, 0, 0], [0, 2, 0]])
        for k in (2, 3):
            far = z[:, :k] + [[0.0], [by]]
            yield from map(loss.value, loss.cases([case(far, [0, 1])]))


@promise(
    "a logit of −∞ rules a class out, and spoils nothing else",
    about="value",
    usual="−∞ meets a 0 or another −∞: 0·∞ and ∞ − ∞ are no numbers.",
)
def impossible(loss: Loss) -> Iterator[Claim]:
    inf = np.inf
    for z in ([0, -inf], [-inf, 0], [2, -inf, 1], [-inf, 0, -inf], [-3, -inf]):
        for y in range(len(z)):
            yield from map(loss.value, loss.cases([case(z, y)]))

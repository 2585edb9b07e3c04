"""Rows that do not count."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ce_lib.audit._loss import Loss
from ce_lib.audit._registry import promise
from ce_lib.audit._verdict import Claim
from ce_lib.audit.cases import Case


def _with_ignored(loss: Loss, extra: list[float]) -> Iterator[Case]:
    """Yield batches with an ignored row of these logits, first or last."""
    if loss.ignored is None:
        return
    for batch in loss.batches():
        k = batch.z.shape[1]
        row = np.resize(extra, k)
        for place in (len(batch.y), 0):
            z = np.insert(batch.z, place, row, axis=0)
            yield Case(z, np.insert(batch.y, place, loss.ignored))


@promise(
    "an ignored row counts for nothing",
    about="ignored",
    usual="The ignored rows' prices, or their number, are still in the mean.",
)
def absent(loss: Loss) -> Iterator[Claim]:
    yield from map(loss.value, _with_ignored(loss, [3.0, 1.0, 0.0]))


@promise(
    "what stands in an ignored row is not looked at",
    about="ignored",
    usual="A mask multiplies: 0·∞ and 0·NaN are NaN. Take the rows that count, or use where.",
)
def unseen(loss: Loss) -> Iterator[Claim]:
    for extra in ([np.inf, 0.0], [-np.inf], [np.nan]):
        yield from map(loss.value, _with_ignored(loss, extra))

"""A batch: its rows, their mean, and an input that stays as it was."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ce_lib.audit._loss import Loss
from ce_lib.audit._registry import promise
from ce_lib.audit._verdict import Claim


@promise(
    "a batch costs the mean, the sum or the list of what its rows cost",
    about="value",
    usual="Rows are mixed, or the sum is divided by something else than their number.",
)
def of_its_rows(loss: Loss) -> Iterator[Claim]:
    for batch in loss.batches():
        alone = [loss.value(row) for row in batch.rows()]
        failed = next((claim for claim in alone if claim.raised), None)
        if failed:
            yield failed
        elif all(claim.got.size == 1 for claim in alone):
            each = np.array([claim.got.item() for claim in alone])
            yield loss.value(batch)._replace(want=loss.reduce(each))


@promise(
    "it leaves its input as it was",
    about="input",
    usual="It writes into the caller's array, as z -= z.max() does. Write z = z - z.max().",
)
def untouched(loss: Loss) -> Iterator[Claim]:
    for batch in loss.batches():
        came = loss.said(loss.predictions(batch), batch.y)
        if not isinstance(came, Exception):
            claim = loss.claim(batch, came, came.value)
            yield claim._replace(raised="changes it" if came.changed else "")

"""What the number means: minus the logarithm of the true class's share."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ce_lib.audit._loss import Loss
from ce_lib.audit._registry import promise
from ce_lib.audit._verdict import Claim
from ce_lib.audit.cases import ORDINARY, case


@promise(
    "equal shares cost ln K",
    about="value",
    usual="It is no cross-entropy in nats: look for a missing log, another base, a factor.",
)
def equal_shares(loss: Loss) -> Iterator[Claim]:
    for k in (2, 3, 4, 10):
        for some in loss.cases(
            [case(np.zeros(k), 0), case(np.zeros((3, k)), [0, 1, 1])]
        ):
            yield loss.value(some)


@promise(
    "a row costs −ln of the true class's share",
    about="value",
    usual="None of the known faults returns these numbers: work the input out by hand.",
)
def price(loss: Loss) -> Iterator[Claim]:
    for row in loss.rows():
        if row.reach < ORDINARY:
            yield loss.value(row)
    for batch in loss.batches():
        yield loss.value(batch)


@promise(
    "no loss is below 0",
    about="value",
    usual="A probability above 1, a target that does not sum to 1, or a wrong sign.",
)
def never_negative(loss: Loss) -> Iterator[Claim]:
    for row in loss.rows():
        claim = loss.value(row)
        if claim.got.shape == claim.want.shape and np.isfinite(claim.got).all():
            rounding = 16 * np.sqrt(claim.eps)
            yield claim._replace(want=np.maximum(claim.got, 0), scale=rounding)

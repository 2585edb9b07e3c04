"""The gradient: prediction minus truth."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ce_lib.audit._arrays import Result
from ce_lib.audit._loss import Loss
from ce_lib.audit._registry import promise
from ce_lib.audit._verdict import Claim
from ce_lib.audit.cases import ORDINARY, Case
from ce_lib.checks import Float64


@promise(
    "dL/d{x} is right",
    about="gradient",
    usual="It is not the slope of cross-entropy: compare it with prediction minus truth.",
)
def right(loss: Loss) -> Iterator[Claim]:
    if loss.has_gradient:
        near = [row for row in loss.rows() if row.reach < ORDINARY]
        yield from map(loss.slope, [*near, *loss.batches()])


@promise(
    "dL/d{x} stays right far out",
    about="gradient",
    usual="An exponential or a logarithm leaves the range of floats, or a clip is flat.",
)
def far_out(loss: Loss) -> Iterator[Claim]:
    if loss.has_gradient:
        yield from map(loss.slope, (r for r in loss.rows() if r.reach >= ORDINARY))


@promise(
    "dL/dz sums to 0 over the classes of a row",
    about="gradient",
    usual="The push on the true class does not balance those on the others.",
)
def balanced(loss: Loss) -> Iterator[Claim]:
    if not loss.has_gradient or loss.given.name != "logits":
        return
    for batch in loss.batches():
        claim = loss.slope(batch)
        if claim.got.shape == claim.want.shape:
            sums = claim.got.sum(axis=1)
            yield claim._replace(got=sums, want=np.zeros_like(sums))


@promise(
    "dL/d{x} is the slope of the loss that is returned",
    about="gradient",
    usual="Value and gradient are those of two losses: a factor, or a part cut out of one.",
)
def of_this_loss(loss: Loss) -> Iterator[Claim]:
    if not loss.has_gradient:
        return
    for batch in loss.batches():
        came = loss.said(loss.predictions(batch), batch.y)
        if not isinstance(came, Exception):
            slope = differences(loss, batch)
            scale = 30 * np.abs(slope).max()  # a difference is not the slope itself
            yield loss.claim(batch, came, slope, gradient=True, scale=scale)


def differences(loss: Loss, batch: Case) -> Float64:
    """Return the slope of what a loss returns, summed over rows, by central differences."""
    x = loss.predictions(batch)
    h = x.dtype.type(2.0 ** round(np.log2(loss.eps) / 3))
    slope = np.full(x.shape, np.nan)
    for i in np.ndindex(x.shape):
        ends = []
        for sign in (1, -1):
            moved = x.copy()
            moved[i] += sign * h
            came = loss.said(moved, batch.y)
            ends.append(came.value.sum() if isinstance(came, Result) else np.nan)
        slope[i] = (ends[0] - ends[1]) / (2 * h)
    return slope

"""What may change without changing the loss."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ce_lib.audit._loss import Loss, replace_z
from ce_lib.audit._registry import promise
from ce_lib.audit._verdict import Claim
from ce_lib.audit.cases import Case


def same(loss: Loss, before: Case, after: Case, given: str) -> Claim:
    """Claim that a loss says of two cases the same."""
    first, then = loss.value(before), loss.value(after)
    if first.raised:
        return first
    return then._replace(want=first.got, given=given)


@promise(
    "a constant on all logits of a row changes nothing",
    about="value",
    usual="The scores are not normalised, or by something that does not move with them.",
)
def shifted(loss: Loss) -> Iterator[Claim]:
    if loss.given.name != "logits":
        return
    for before in loss.batches():
        for by in (1, -1, 10, -40):
            yield same(loss, before, replace_z(before, before.z + by), f"after {by:+d}")


@promise(
    "renaming the classes changes nothing",
    about="value",
    usual="A class is treated in a way of its own: the first, the last, or a weighted one.",
)
def renamed(loss: Loss) -> Iterator[Claim]:
    if loss.given.binary:
        return
    for before in loss.batches():
        k = before.z.shape[1]
        for turn in range(1, k):
            after = Case(np.roll(before.z, turn, axis=1), (before.y + turn) % k)
            if loss.ignored not in after.y:
                yield same(loss, before, after, f"classes moved by {turn}")


@promise(
    "swapping yes and no, and the sign of z, changes nothing",
    about="value",
    usual="Yes and no are not priced alike: a weight, or a log that is cut off on one side.",
)
def swapped(loss: Loss) -> Iterator[Claim]:
    if loss.given.name == "logit":
        for before in (row for row in loss.rows() if row.reach < 30):
            mirrored = Case(before.z[:, ::-1] - before.z[:, 1:], 1 - before.y)
            yield same(loss, before, mirrored, "yes and no swapped")


@promise(
    "the order of the rows does not matter",
    about="value",
    usual="Rows and labels lose each other, or a row is treated in a way of its own.",
)
def reordered(loss: Loss) -> Iterator[Claim]:
    for before in loss.batches():
        claim = same(
            loss,
            before,
            Case(before.z[::-1].copy(), before.y[::-1].copy()),
            "rows reversed",
        )
        if claim.want.ndim and not claim.raised:
            claim = claim._replace(want=claim.want[::-1])
        yield claim

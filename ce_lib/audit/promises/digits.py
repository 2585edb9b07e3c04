"""The digits of what is small: of a sure and right prediction, and of its slope."""

from __future__ import annotations

from collections.abc import Iterator

from ce_lib.audit._loss import Loss
from ce_lib.audit._registry import promise
from ce_lib.audit._verdict import Claim


@promise(
    "at least half the digits are right, however small the loss",
    about="digits",
    usual="The true class's own term is in the sum, where it swallows the others: "
    "log1p(rest/own) keeps them. PyTorch's and SciPy's lose them, too.",
    digits=True,
)
def of_the_loss(loss: Loss) -> Iterator[Claim]:
    if loss.given.symbol == "z":
        for row in loss.rows():
            yield loss.value(row)._replace(scale=1.0)


@promise(
    "the loss of a share near 1 keeps half its digits at least",
    about="digits",
    usual="The share is clipped, rounded or moved on the way to the logarithm.",
    digits=True,
)
def of_a_share(loss: Loss) -> Iterator[Claim]:
    if loss.given.symbol != "z":
        for row in loss.rows():
            yield loss.value(row)._replace(scale=1.0)


@promise(
    "at least half the digits of dL/d{x} are right, however small it is",
    about="digits",
    usual="q − 1 cancels where q is close to 1: minus the sum of the others keeps the "
    "digits. PyTorch's loses them, too.",
    digits=True,
)
def of_the_slope(loss: Loss) -> Iterator[Claim]:
    if loss.has_gradient:
        for row in loss.rows():
            yield loss.slope(row)._replace(scale=1.0)

"""Smoothed labels, if there is a keyword for them."""

from __future__ import annotations

from collections.abc import Iterator

from ce_lib.audit._loss import Loss
from ce_lib.audit._registry import promise
from ce_lib.audit._verdict import Claim


@promise(
    "smoothing by ε gives every class ε/K, and 1 − ε more to the true one",
    about="smoothed",
    usual="The smoothed target is another one, or does not sum to 1.",
)
def smoothed(loss: Loss) -> Iterator[Claim]:
    if loss.smoothing:
        for epsilon in (0.1, 0.3, 1.0):
            for batch in loss.batches():
                given = f"{loss.smoothing}={epsilon:g}"
                yield loss.value(batch, epsilon)._replace(given=given)

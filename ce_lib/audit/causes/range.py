"""Faults that show only far out: a range that is left, or an end that is cut off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from ce_lib.audit._registry import cause
from ce_lib.audit._verdict import Claim
from ce_lib.audit.causes._pieces import hot, own, prices, softmax
from ce_lib.checks import IntArray

NO_SHIFT = (
    "The exponentials run out of range: nothing is subtracted before exp. Subtract each "
    "row's largest logit, or use logsumexp."
)
LOG_OF_SHARE = (
    "The logarithm is taken of a share that has become 0. Stay in logs: log_softmax, never "
    "log(softmax)."
)
ZERO_TIMES_INFINITY = (
    "0·log 0: a one-hot row multiplies the log of a share that is 0, which is NaN. Pick the "
    "true class's entry, or use where."
)


@cause(NO_SHIFT, about="value of logits")
def sum_unshifted(z: Any, y: IntArray) -> Any:
    return np.log(np.exp(z).sum(axis=1)) - own(z, y)


@cause(NO_SHIFT, about="value of logits")
def quotient_unshifted(z: Any, y: IntArray) -> Any:
    return -np.log(own(_unshifted(z), y))


@cause(NO_SHIFT, about="value of logits")
def mask_unshifted(z: Any, y: IntArray) -> Any:
    return -(hot(y, z.shape[1]) * np.log(_unshifted(z))).sum(axis=1)


@cause(NO_SHIFT, about="value of logits")
def sigmoid_unshifted(z: Any, y: IntArray) -> Any:
    """Log(1 + exp z) - y·z, or the sigmoid as exp z / (1 + exp z)."""
    if z.shape[1] != 2:
        return np.full(len(y), np.inf)
    d = z[:, 1] - z[:, 0]
    return np.log(1 + np.exp(d)) - d * y


def _unshifted(z: Any) -> Any:
    e = np.exp(z)
    return e / e.sum(axis=1, keepdims=True)


@cause(LOG_OF_SHARE, about="value")
def log_of_share(z: Any, y: IntArray) -> Any:
    return -np.log(own(softmax(z), y))


@cause(LOG_OF_SHARE, about="value")
def log_of_flushed_share(z: Any, y: IntArray) -> Any:
    """The same where the smallest numbers count as 0, as on many processors."""
    q = softmax(z)
    return -np.log(own(np.where(q < np.finfo(q.dtype).tiny, 0, q), y))


@cause(ZERO_TIMES_INFINITY, about="value")
def masked_log(z: Any, y: IntArray) -> Any:
    return -(hot(y, z.shape[1]) * np.log(softmax(z))).sum(axis=1)


@cause(ZERO_TIMES_INFINITY, about="value")
def masked_log_softmax(z: Any, y: IntArray) -> Any:
    return (hot(y, z.shape[1]) * prices(z)).sum(axis=1)


@cause(ZERO_TIMES_INFINITY, about="value")
def both_masked_logs(z: Any, y: IntArray) -> Any:
    """The yes-or-no form: -y·log q - (1 - y)·log(1 - q)."""
    if z.shape[1] != 2:
        return np.full(len(y), 0.0)
    q = 1 / (1 + np.exp(z[:, 0] - z[:, 1]))
    return -y * np.log(q) - (1 - y) * np.log(1 - q)


@cause(
    "The largest logit of the whole batch is subtracted from every row, not each row's own.",
    about="value of logits",
)
def largest_of_the_batch(z: Any, y: IntArray) -> Any:
    far = z - z.max()
    return np.log(np.exp(far).sum(axis=1)) - own(far, y)


def _ceiling(claims: Sequence[Claim]) -> Iterator[float]:
    """Yield the share below which nothing costs more."""
    most = max(
        (
            float(np.abs(c.got).max())
            for c in claims
            if len(c.case.y) == 1 and c.got.size and np.isfinite(c.got).all()
        ),
        default=0.0,
    )
    if 2 < most < 745:
        yield float(np.exp(-most))


@cause(
    "Shares are clipped, to {amount:.2g} at least: below it everything costs the same, and "
    "the slope is 0.",
    about="value",
    amounts=_ceiling,
)
def clipped(z: Any, y: IntArray, epsilon: float) -> Any:
    return -np.log(np.maximum(own(softmax(z), y), epsilon))


@cause(
    "{amount:.2g} is added inside the log: a small share costs too little, and a sure and "
    "right one less than 0.",
    about="value",
    amounts=_ceiling,
)
def added(z: Any, y: IntArray, epsilon: float) -> Any:
    return -np.log(own(softmax(z), y) + epsilon)

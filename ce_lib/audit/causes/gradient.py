"""Faults of the gradient. Each returns what it would be, for rows of logits, (N, K)."""

from __future__ import annotations

from typing import Any

import numpy as np

from ce_lib.audit._registry import cause
from ce_lib.audit.causes._pieces import hot, own, softmax
from ce_lib.checks import Float64, IntArray


def push(z: Any, y: IntArray) -> Any:
    """Return prediction minus truth."""
    return softmax(z) - hot(y, z.shape[1])


@cause("The value is divided by N and the gradient is not.", about="gradient of mean")
def not_divided(z: Any, y: IntArray) -> Any:
    return push(z, y) * len(y)


@cause("The gradient is divided by N twice.", about="gradient of mean")
def divided_twice(z: Any, y: IntArray) -> Any:
    return push(z, y) / len(y)


@cause(
    "The gradient is divided by N where the value is a sum.", about="gradient of sum"
)
def divided(z: Any, y: IntArray) -> Any:
    return push(z, y) / len(y)


@cause("The sign is turned: it is prediction minus truth.", about="gradient")
def turned(z: Any, y: IntArray) -> Any:
    return -push(z, y)


@cause(
    "The truth is missing: this is the prediction, without − 1 at the true class.",
    about="gradient",
)
def without_truth(z: Any, y: IntArray) -> Any:
    return softmax(z)


@cause("Only the true class is pushed: the others' q is missing.", about="gradient")
def only_the_true(z: Any, y: IntArray) -> Any:
    return push(z, y) * hot(y, z.shape[1])


@cause("It is dL/dq, with respect to the probabilities, not dL/dz.", about="gradient")
def of_shares(z: Any, y: IntArray) -> Any:
    return -hot(y, z.shape[1]) / softmax(z)


@cause(
    "q·(1 − q) is multiplied in, as for squared error: for cross-entropy it has cancelled.",
    about="gradient",
)
def with_sigmoid_slope(z: Any, y: IntArray) -> Any:
    q = softmax(z)
    return push(z, y) * q * (1 - q)


@cause("It is divided by K: the mean runs over all entries.", about="gradient")
def divided_by_classes(z: Any, y: IntArray) -> Any:
    return push(z, y) / z.shape[1]


@cause(
    "0·∞ on the way back: the log of a share that has become 0. Use log_softmax; where() "
    "after the log does not help, the slope is NaN already.",
    about="gradient",
)
def infinite(z: Any, y: IntArray) -> Any:
    q = softmax(z)
    lost = (own(q, y) == 0)[:, None]
    return np.where(lost, np.nan, push(z, y))


@cause("The exponentials run out of range, and the slope with them.", about="gradient")
def unshifted(z: Any, y: IntArray) -> Any:
    e: Float64 = np.exp(z)
    return e / e.sum(axis=1, keepdims=True) - hot(y, z.shape[1])

"""What faulty losses are made of: the textbook's steps."""

from __future__ import annotations

from typing import Any

import numpy as np

from ce_lib.checks import Float64, IntArray


def softmax(z: Any, axis: int | None = -1) -> Any:
    """Return shares, with the largest logit subtracted."""
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def prices(z: Any) -> Any:
    """Return -log softmax, (N, K), without a logarithm of a share."""
    far = z - z.max(axis=-1, keepdims=True)
    return np.log(np.exp(far).sum(axis=-1, keepdims=True)) - far


def own(array: Any, y: IntArray) -> Any:
    """Return each row's entry of its class."""
    return array[np.arange(len(y)), y]


def hot(y: IntArray, k: int) -> Float64:
    """Return one-hot rows."""
    return np.eye(k)[y]


def cross_entropy(z: Any, y: IntArray) -> Any:
    """Return the textbook's loss of each row."""
    return own(prices(z), y)


def softplus(z: Any) -> Any:
    """Return log(1 + exp z)."""
    return np.logaddexp(0, z)

"""What a loss may be given, and what is right for exactly these numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from ce_lib.checks import Float64
from ce_lib.losses import (
    binary_cross_entropy_with_logits_with_grad,
    softmax_cross_entropy_with_grad,
)
from ce_lib.numerics import log_softmax, sigmoid, softmax

#: Every row's price, and its slope with respect to what is given.
Prices = tuple[Any, Any]


class Given(NamedTuple):
    """A form of prediction: ``of`` logits, back to ``logits``, and its ``price``.

    ``price(x, t)`` takes predictions and one distribution per row.
    """

    name: str
    symbol: str
    of: Callable[[Float64], Float64]
    logits: Callable[[Float64], Float64]
    price: Callable[[Float64, Float64], Prices]
    binary: bool = False


def _from_logits(z: Float64, t: Float64) -> Prices:
    if ((t == 0) | (t == 1)).all():
        y = t.argmax(axis=1)
        return softmax_cross_entropy_with_grad(z, y, reduction="none")
    return softmax_cross_entropy_with_grad(z, t, reduction="none")


def _from_log_probabilities(x: Float64, t: Float64) -> Prices:
    return -np.where(t > 0, t * x, 0).sum(axis=1), -t


def _from_probabilities(q: Float64, t: Float64) -> Prices:
    price = -np.where(t > 0, t * np.log(q), 0).sum(axis=1)
    return price, np.where(t > 0, -t / q, 0)


def _from_logit(x: Float64, t: Float64) -> Prices:
    yes = t[:, 1]
    return binary_cross_entropy_with_logits_with_grad(x, yes, reduction="none")


def _from_probability(q: Float64, t: Float64) -> Prices:
    no, yes = t.T
    price = -np.where(yes > 0, yes * np.log(q), 0)
    price -= np.where(no > 0, no * np.log1p(-q), 0)
    return price, np.where(no > 0, no / (1 - q), 0) - np.where(yes > 0, yes / q, 0)


def _two(x: Float64) -> Float64:
    return np.stack([np.zeros_like(x), x], axis=1)


def _same(x: Any) -> Any:
    return x


#: The forms, by the words of the option ``--from``. One number means yes or no.
FORMS = {
    form.name: form
    for form in (
        Given("logits", "z", _same, _same, _from_logits),
        Given("probabilities", "q", softmax, np.log, _from_probabilities),
        Given("log-probabilities", "ln q", log_softmax, _same, _from_log_probabilities),
        Given("logit", "z", lambda z: z[:, 1] - z[:, 0], _two, _from_logit, True),
        Given(
            "probability",
            "q",
            lambda z: sigmoid(z[:, 1] - z[:, 0]),
            lambda q: np.stack([np.log1p(-q), np.log(q)], axis=1),
            _from_probability,
            True,
        ),
    )
}

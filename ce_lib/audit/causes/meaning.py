"""Faults of meaning: another number than cross-entropy, for every input."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np

from ce_lib.audit._registry import cause
from ce_lib.audit._verdict import Claim
from ce_lib.audit.causes._pieces import (
    cross_entropy,
    hot,
    own,
    prices,
    softmax,
    softplus,
)
from ce_lib.checks import IntArray


@cause(
    "Softmax is applied twice: hand the loss raw logits, or take the softmax out of it.",
    about="value",
)
def twice(z: Any, y: IntArray) -> Any:
    return cross_entropy(softmax(z), y)


@cause(
    "Sigmoid is applied twice: hand the loss the raw logit, or take the sigmoid out of it.",
    about="value",
)
def sigmoid_twice(z: Any, y: IntArray) -> Any:
    if z.shape[1] != 2:
        return np.full(len(y), np.nan)
    q = softmax(z)[:, 1]
    return cross_entropy(np.stack([np.zeros_like(q), q], axis=1), y)


@cause(
    "Softmax runs over the batch, down the columns, and not over the classes: the axis is "
    "the other one.",
    about="value",
)
def over_the_batch(z: Any, y: IntArray) -> Any:
    return -np.log(own(softmax(z, axis=0), y))


@cause(
    "The sum of exponentials runs over all entries of the batch: an axis is missing.",
    about="value",
)
def over_everything(z: Any, y: IntArray) -> Any:
    return -np.log(own(softmax(z, axis=None), y))


@cause(
    "Raw scores are taken for log-probabilities: log_softmax is missing.",
    about="value",
)
def raw_scores(z: Any, y: IntArray) -> Any:
    return -own(z, y)


@cause("The logarithm is missing: this is minus the probability.", about="value")
def without_log(z: Any, y: IntArray) -> Any:
    return -own(softmax(z), y)


@cause("The minus is missing: this is the log-likelihood.", about="value")
def without_minus(z: Any, y: IntArray) -> Any:
    return -cross_entropy(z, y)


@cause(
    "The mean runs over all N·K entries, not over the N rows: sum over the classes first.",
    about="value",
)
def mean_of_entries(z: Any, y: IntArray) -> Any:
    return cross_entropy(z, y) / z.shape[1]


@cause(
    "It is the sum over the batch: the division by N is missing.", about="value of mean"
)
def summed(z: Any, y: IntArray) -> Any:
    return cross_entropy(z, y).sum()


@cause("It is the mean over the batch, not the sum.", about="value of sum")
def averaged(z: Any, y: IntArray) -> Any:
    return cross_entropy(z, y).mean()


@cause("It is divided by N, and again by N.", about="value of mean")
def mean_of_mean(z: Any, y: IntArray) -> Any:
    return cross_entropy(z, y).mean() / len(y)


@cause("It counts in bits: log2 where the natural logarithm is meant.", about="value")
def in_bits(z: Any, y: IntArray) -> Any:
    return cross_entropy(z, y) / np.log(2)


@cause(
    "Labels are taken to start at 1: every row pays for the class before its own.",
    about="value",
)
def labels_from_one(z: Any, y: IntArray) -> Any:
    return cross_entropy(z, y - 1)


@cause(
    "Labels are one too high: every row pays for the class after its own.",
    about="value",
)
def one_too_high(z: Any, y: IntArray) -> Any:
    return cross_entropy(z, (y + 1) % z.shape[1])


@cause(
    "z[:, y] takes every row's score of every label: it is z[range(N), y] that pairs them.",
    about="value",
)
def every_pair(z: Any, y: IntArray) -> Any:
    return prices(z)[:, y].mean()


@cause(
    "The price is that of the largest share, whatever the label says.",
    about="value",
)
def of_the_favourite(z: Any, y: IntArray) -> Any:
    return prices(z).min(axis=1)


@cause(
    "K yes-or-no losses, a sigmoid each, where one softmax over K classes is meant.",
    about="value",
)
def sigmoids(z: Any, y: IntArray) -> Any:
    return _yes_or_no(z, y).sum(axis=1)


@cause(
    "K yes-or-no losses, a sigmoid each and their mean, where one softmax over K classes is "
    "meant.",
    about="value",
)
def mean_of_sigmoids(z: Any, y: IntArray) -> Any:
    return _yes_or_no(z, y).mean(axis=1)


def _yes_or_no(z: Any, y: IntArray) -> Any:
    return softplus(z) - z * hot(y, z.shape[1])


@cause("It is the squared error of the shares.", about="value")
def squares(z: Any, y: IntArray) -> Any:
    return ((softmax(z) - hot(y, z.shape[1])) ** 2).sum(axis=1)


@cause(
    "It is the squared error of the shares, averaged over the classes.", about="value"
)
def mean_squares(z: Any, y: IntArray) -> Any:
    return ((softmax(z) - hot(y, z.shape[1])) ** 2).mean(axis=1)


def smoothed(z: Any, y: IntArray, epsilon: float) -> Any:
    """Return the loss of labels smoothed by ε/K."""
    each = prices(z)
    return (1 - epsilon) * own(each, y) + epsilon * each.mean(axis=1)


def smoothed_over_others(z: Any, y: IntArray, epsilon: float) -> Any:
    """Return the loss of labels smoothed by ε/(K − 1), the true class left out."""
    k = z.shape[1]
    return smoothed(z, y, epsilon * k / (k - 1))


def _smoothing(form: Callable[..., Any]) -> Callable[..., Iterator[float]]:
    """Return what finds the ε that explains the price of one row."""

    def amounts(claims: Sequence[Claim]) -> Iterator[float]:
        for claim in claims:
            z, y = claim.case
            if len(y) == 1 and 1 < claim.case.reach < 51 and claim.got.size == 1:
                none, one = (float(form(z, y, e)[0]) for e in (0, 1))
                if abs(one - none) > 0.5:
                    epsilon = (claim.got.item() - none) / (one - none)
                    if 1e-3 < epsilon <= 1:
                        yield epsilon
                    return

    return amounts


@cause(
    "Labels are smoothed by {amount:.2g}, asked or not: compare with the smoothed loss.",
    about="value",
    amounts=_smoothing(smoothed),
)
def always_smoothed(z: Any, y: IntArray, epsilon: float) -> Any:
    return smoothed(z, y, epsilon)


@cause(
    "Labels are smoothed by {amount:.2g}, asked or not, spread over the K − 1 other classes: "
    "compare with the smoothed loss.",
    about="value",
    amounts=_smoothing(smoothed_over_others),
)
def always_smoothed_over_others(z: Any, y: IntArray, epsilon: float) -> Any:
    return smoothed_over_others(z, y, epsilon)

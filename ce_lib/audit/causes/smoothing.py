"""Faults of smoothed labels. Each sees ε."""

from __future__ import annotations

from typing import Any

from ce_lib.audit._registry import cause
from ce_lib.audit.causes._pieces import cross_entropy, own, prices
from ce_lib.checks import IntArray


@cause(
    "ε is spread over the K − 1 other classes, ε/(K − 1) each: the original and PyTorch give "
    "ε/K to all K, the true one among them.",
    about="smoothed",
)
def over_the_others(z: Any, y: IntArray, epsilon: float) -> Any:
    each = prices(z)
    others = each.sum(axis=1) - own(each, y)
    return (1 - epsilon) * own(each, y) + epsilon * others / (z.shape[1] - 1)


@cause(
    "The keyword does nothing: the loss is that of the labels as they are.",
    about="smoothed",
)
def not_at_all(z: Any, y: IntArray, epsilon: float) -> Any:
    return cross_entropy(z, y)


@cause(
    "The targets sum to more than 1: ε/K is added to the one-hot row, and 1 − ε is missing.",
    about="smoothed",
)
def on_top(z: Any, y: IntArray, epsilon: float) -> Any:
    each = prices(z)
    return own(each, y) + epsilon * each.mean(axis=1)


@cause(
    "The targets sum to more than 1: ε is given to every class, not ε/K.",
    about="smoothed",
)
def epsilon_each(z: Any, y: IntArray, epsilon: float) -> Any:
    each = prices(z)
    return (1 - epsilon) * own(each, y) + epsilon * each.sum(axis=1)


@cause(
    "The targets sum to less than 1: the true class's share of ε, ε/K, is missing.",
    about="smoothed",
)
def true_class_left_out(z: Any, y: IntArray, epsilon: float) -> Any:
    each = prices(z)
    others = each.sum(axis=1) - own(each, y)
    return (1 - epsilon) * own(each, y) + epsilon * others / z.shape[1]

"""Losses that mean something: what knowing nothing costs, and what cannot be less.

All in nats. ``classes`` is K; ``smoothing`` is the ε of label smoothing, in PyTorch's
convention: the target is 1 − ε + ε/K for the truth and ε/K for each other class.
``web/maths/loss-clinic.js`` has the same functions.
"""

from __future__ import annotations

import math


def chance(classes: int) -> float:
    """Return ln K, the price of knowing nothing."""
    return math.log(classes)


def shared(share: float, classes: int) -> float:
    """Return the entropy of one share and of the rest, evenly over the K − 1 others.

    It is also what a model pays whose favourite is right so often, if it says so each
    time: no honest forecast of fixed confidence is cheaper.
    """
    rest = 1 - share
    return -_xlogx(share) - _xlogx(rest) + rest * math.log(classes - 1)


def asked_of(share: float, classes: int, smoothing: float) -> float:
    """Return a share of right answers as the smoothed targets count it."""
    return (1 - smoothing) * share + smoothing / classes


def smoothed_floor(classes: int, smoothing: float) -> float:
    """Return the entropy of a smoothed label, which no model is below."""
    return shared(asked_of(1, classes, smoothing), classes)


def least_miss(classes: int, smoothing: float) -> float:
    """Return what a miss costs at least: the truth is no favourite, so at most tied.

    Without smoothing that is ln 2.
    """
    other = smoothing / classes
    both = 1 - smoothing + 2 * other
    tied = -both * math.log(both / 2) if both else 0.0
    return tied - (classes - 2) * _xlogx(other)


def least_loss(accuracy: float, classes: int, smoothing: float) -> float:
    """Return the least mean loss with so many right: hits at the floor, misses tied."""
    hits = accuracy * smoothed_floor(classes, smoothing)
    return hits + (1 - accuracy) * least_miss(classes, smoothing)


def least_accuracy(loss: float, classes: int, smoothing: float) -> float:
    """Return how many must be right at a mean loss: the reverse of `least_loss`."""
    miss, hit = least_miss(classes, smoothing), smoothed_floor(classes, smoothing)
    if math.isclose(miss, hit):  # targets that ask for nothing
        return 0.0
    return min(1.0, max(0.0, (miss - loss) / (miss - hit)))


def honest_loss(accuracy: float, classes: int, smoothing: float) -> float:
    """Return what a model pays that says of each favourite how often it is right."""
    return shared(asked_of(accuracy, classes, smoothing), classes)


def twice_floor(classes: int) -> float:
    """Return ln(e + K − 1) − 1, the least loss of a softmax twice; 1 more is the most."""
    return math.log(math.e + classes - 1) - 1


def scatter(first: float, classes: int) -> float:
    """Return the standard deviation of normal logits with this first loss, ln K + s²/2.

    Machines differ in the last digit of ln K, which is no scatter.
    """
    if math.isclose(first, chance(classes)):
        return 0.0
    return math.sqrt(max(0.0, 2 * (first - chance(classes))))


def _xlogx(x: float) -> float:
    return x * math.log(x) if x > 0 else 0.0

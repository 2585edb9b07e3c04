"""Mistakes that come back in every chapter, each with its sentence."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike

from ce_lib.practice.exercise import Mistake


def bits_for_nats(answer: ArrayLike) -> Mistake:
    """The logarithm to base 2 where the natural one was meant."""
    value = np.asarray(answer, dtype=np.float64) / math.log(2)
    return Mistake(
        "bits for nats", value, "That is in bits. Which logarithm gives nats?"
    )


def nats_for_bits(answer: ArrayLike) -> Mistake:
    """The natural logarithm where base 2 was meant."""
    value = np.asarray(answer, dtype=np.float64) * math.log(2)
    return Mistake(
        "nats for bits", value, "That is in nats. Which logarithm gives bits?"
    )


def log10(answer: ArrayLike) -> Mistake:
    """The logarithm to base 10 where the natural one was meant."""
    value = np.asarray(answer, dtype=np.float64) / math.log(10)
    sentence = (
        "That is the logarithm to base 10. On many calculators ln has its own key."
    )
    return Mistake("base 10", value, sentence)


def no_minus(answer: ArrayLike) -> Mistake:
    """The minus in front of the logarithm was forgotten."""
    value = -np.asarray(answer, dtype=np.float64)
    sentence = (
        "A price is never negative. The logarithm of a probability is: turn its sign."
    )
    return Mistake("forgotten minus", value, sentence)


def opposite(answer: ArrayLike, sentence: str) -> Mistake:
    """All signs turned round."""
    return Mistake("wrong sign", -np.asarray(answer, dtype=np.float64), sentence)


def no_log(q: float) -> Mistake:
    """The probability itself was given."""
    return Mistake("no logarithm", q, "That is the probability. What does it cost?")


def miss(q: float) -> Mistake:
    """One minus the probability: a distance instead of a price."""
    sentence = "That is how far the probability is from 1. The price is a logarithm."
    return Mistake("distance for price", 1 - q, sentence)

"""The −log q curve."""

from __future__ import annotations

import math

from ce_lib.information import surprisal
from ce_lib.practice import mistakes
from ce_lib.practice.exercise import Exercise, Mistake, Number


def _price(name: str, q: float, bits: bool) -> Number:
    unit = "bits" if bits else "nats"
    answer = float(surprisal(q, base=2 if bits else math.e))
    other = mistakes.nats_for_bits if bits else mistakes.bits_for_nats
    return Number(
        name=name,
        label=f"The price of probability {q:g}, in {unit}",
        answer=answer,
        unit=unit,
        mistakes=(
            other(answer),
            mistakes.no_minus(answer),
            Mistake(
                "base 10",
                -math.log10(q),
                "That is the logarithm to base 10. Which one gives the unit asked for?",
            ),
            mistakes.miss(q),
        ),
    )


_CHANCE = math.log(50257)

EXERCISES = (
    Exercise(
        id="exercise-prices",
        prompt="What does the truth cost?",
        fields=(
            _price("nats_high", 0.8, False),
            _price("nats_quarter", 0.25, False),
            _price("nats_low", 0.02, False),
            _price("bits_high", 0.8, True),
            _price("bits_quarter", 0.25, True),
            _price("bits_low", 0.02, True),
        ),
        hints=(
            "A price in nats is minus the natural logarithm of the probability.",
            "A bit is ln 2 nats, which is less than one. So are there more bits, or fewer?",
            "How often must 1 be halved to reach a quarter? That many bits.",
        ),
    ),
)

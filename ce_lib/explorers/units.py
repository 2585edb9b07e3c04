"""What a price is counted in."""

import math


def nats_per(units: str) -> float:
    """How many nats one of these ``units`` holds: "nats" or "bits"."""
    return {"nats": 1.0, "bits": math.log(2)}[units]

"""The one baseline every classifier has, in words."""

import math


def against_chance(loss: float, classes: int) -> str:
    """Compare a loss in nats with ln K, the price of the uniform guess."""
    chance = math.log(classes)
    if math.isclose(loss, chance, rel_tol=1e-12):
        return "as dear as a uniform guess"
    return f"{'cheaper' if loss < chance else 'dearer'} than a uniform guess"

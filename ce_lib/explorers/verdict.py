"""A price beside that of the uniform guess, in words."""

import math

#: Numbers closer than this, relatively, are the same but for rounding. An explorer that
#: compares has it among its `constants`.
SAME = 1e-12

#: What `against_chance` may say. An explorer that says it has these among its `words`.
AGAINST_CHANCE = {
    "at_chance": "as dear as a uniform guess",
    "below_chance": "cheaper than a uniform guess",
    "above_chance": "dearer than a uniform guess",
}


def against_chance(loss: float, classes: int) -> str:
    """Compare a loss in nats with ln K, the price of the uniform guess."""
    chance = math.log(classes)
    if math.isclose(loss, chance, rel_tol=SAME):
        return AGAINST_CHANCE["at_chance"]
    return AGAINST_CHANCE["below_chance" if loss < chance else "above_chance"]

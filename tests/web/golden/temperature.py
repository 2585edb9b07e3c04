"""A model and its teacher: apart, alike but for a constant, and far apart."""

from collections.abc import Iterator

import numpy as np

from ce_lib.explorers import temperature

from . import Case


def cases() -> Iterator[Case]:
    for z, teacher in (
        ((1.0, 2.0, 3.0), (3.0, 1.0, 0.0)),
        ((1.1, 2.1, 3.1), (0.1, 1.1, 2.1)),
        ((10.0, -10.0), (-10.0, 10.0)),
        ((2.1, -0.5, -0.3, -0.1), (0.0, 0.0, 0.0, 0.0)),
    ):
        away = temperature.gap(z, teacher)
        yield "gap", (z, teacher), away
        yield "length", (away,), np.linalg.norm(away)
        for t in (0.25, 1.0, 4.0, 20.0):
            yield "price", (z, teacher, 1.0, t), temperature.price(z, teacher, 1, t)
            yield "push", (z, teacher, t), temperature.push(z, teacher, t)

"""Logits on both sides, and short races from sure, unsure and right beginnings."""

from collections.abc import Iterator

import numpy as np

from ce_lib.explorers import logit_lab

from . import Case


def cases() -> Iterator[Case]:
    for z in (-8.0, -4.0, -0.69315, 0.0, 2.5, 9.0):
        pair = np.array([z, z / 2])
        yield "losses", (pair,), logit_lab.losses(pair)
        yield "slopes", (pair,), logit_lab.slopes(pair)
    for z, rate, steps in ((-4.0, 1.0, 20), (-2.0, 10.0, 5), (8.0, 0.1, 3)):
        path = logit_lab.race(z, rate, steps)
        yield "race", (z, rate, steps), path
        for column in path.T:
            for goal in (0.9, 0.05):
                steps = logit_lab.steps_to_goal(column, goal)
                yield "stepsToGoal", (column, goal), steps

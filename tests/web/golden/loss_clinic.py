"""Runs at and beside every landmark, with all readings and with few."""

import itertools
import math
from collections.abc import Iterator
from dataclasses import asdict

from ce_lib.clinic import _landmarks as landmarks
from ce_lib.clinic._run import Run
from ce_lib.clinic._symptom import symptoms
from ce_lib.explorers.loss_clinic import LIMITS

from . import Case

RUNS = (
    Run(classes=10, first=2.3, loss=1.51115, accuracy=0.95),
    Run(classes=2, first=0.693147, loss=0.693147, accuracy=0.5),
    Run(classes=50257, first=14.2),
    Run(classes=10, first=2.3, loss=0.9, accuracy=0.9),
    Run(classes=10, first=2.3, loss=0.2, accuracy=0.5),
    Run(
        classes=2, first=0.69, loss=0.056, accuracy=0.99, price=0.0560015, largest=0.99
    ),
    Run(classes=10, first=3.33, loss=-1980.0, val_loss=-0.5, dtype="float16"),
    Run(classes=10, first=23.02, loss=0.0, val_loss=float("inf"), dtype="bfloat16"),
    Run(classes=10, first=0.2302, loss=2.3, val_loss=2.9, accuracy=0.1),
    Run(classes=27, first=26.0, loss=3.3, val_loss=1.46, val_accuracy=0.4),
    Run(classes=10, first=1.6, loss=0.325, val_loss=1.47, dtype="bfloat16"),
    Run(classes=4, loss=0.36, val_loss=0.3, smoothing=0.1, accuracy=1.0),
    Run(classes=4, loss=0.5, smoothing=0.1, accuracy=0.5, price=1.0, largest=0.6),
    Run(classes=4, first=1.0, loss=1.1, val_loss=1.4, price=1.0, largest=0.6),
    Run(classes=4, loss=0.7, weighted=True, accuracy=0.1),
    Run(loss=0.693, val_loss=34.5388),
    Run(classes=10, first=147.84, loss=14.506, accuracy=0.1),
    Run(classes=10, first=9.24, loss=2.303, accuracy=0.95),
    Run(classes=50257, first=10.9886),
    Run(classes=10, first=2.6, val_loss=50.0, val_accuracy=0.5),
    Run(classes=2, first=0.94, loss=0.693, accuracy=0.95),
    Run(classes=2, first=0.95, val_loss=0.693, val_accuracy=0.95),
    Run(classes=1000, loss=1.9, smoothing=0.1, accuracy=0.7),
    Run(classes=3, loss=0.69, val_loss=100.0),
    Run(classes=2, loss=-0.0005, val_loss=16.118, dtype="float16"),
)


def cases() -> Iterator[Case]:
    for classes in (2, 4, 10, 50257):
        yield "chance", (classes,), landmarks.chance(classes)
        yield "twiceFloor", (classes,), landmarks.twice_floor(classes)
        above = math.nextafter(math.log(classes), 99)  # no scatter, on any machine
        for first in (0.5, 14.2, above):
            yield "scatter", (first, classes), landmarks.scatter(first, classes)
        for share, smoothing in itertools.product(
            (0.0, 0.3, 0.95, 1.0), (0.0, 0.1, 0.7)
        ):
            one = (share, classes, smoothing)
            yield "shared", one[:2], landmarks.shared(*one[:2])
            yield "askedOf", one, landmarks.asked_of(*one)
            yield "smoothedFloor", one[1:], landmarks.smoothed_floor(*one[1:])
            yield "leastMiss", one[1:], landmarks.least_miss(*one[1:])
            yield "leastLoss", one, landmarks.least_loss(*one)
            yield "leastAccuracy", one, landmarks.least_accuracy(*one)
            yield "honestLoss", one, landmarks.honest_loss(*one)
    for run in RUNS:
        yield "found", (asdict(run), LIMITS), found(run)


def found(run: Run) -> list[tuple[str, str, list[tuple[str, float | str]]]]:
    """What the rules of all symptoms say, as the script's."""
    return [
        (symptom.name, kind, sorted(values.items()))
        for symptom in symptoms().values()
        if symptom.rule
        for kind, values in symptom.rule(run)
    ]

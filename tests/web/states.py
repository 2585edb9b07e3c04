"""Random and extreme states of any explorer, made from its own description."""

import contextlib
import itertools
import math
import random
from typing import Any

from ce_lib.clinic import _landmarks as landmarks
from ce_lib.explorers import Explorer, StateError
from ce_lib.explorers.state import Field


def random_value(field: Field, rng: random.Random, lengths: dict[Any, int]) -> Any:
    """Draw a value; lists within the same bounds have the same length in ``lengths``."""
    options = field.options
    match field.kind:
        case "number":
            return _number(options["low"], options["high"], rng)
        case "whole":
            return rng.randint(options["low"], options["high"])
        case "flag":
            return rng.random() < 0.5
        case "choice":
            return rng.choice(options["names"])
        case "text":
            return _text(options, rng)
        case "vector":
            count = _length(options, rng, lengths)
            return [_number(options["low"], options["high"], rng) for _ in range(count)]
        case "wholes":
            count = _length(options, rng, lengths)
            return [rng.randint(options["low"], options["high"]) for _ in range(count)]
        case "distribution":
            count = _length(options, rng, lengths)
            return _distribution(count, rng)
    raise AssertionError(f"no random value for the kind {field.kind!r}")


def _text(options: dict[str, Any], rng: random.Random) -> str:
    """Some words that everybody writes, or any symbols."""
    longest = options["longest"]
    words = [
        "the",
        "of",
        "and",
        "that",
        "we",
        "here",
        "people",
        "said",
        "queen",
        "xyzzy",
    ]
    said = " ".join(rng.choices(words, k=rng.randint(1, longest // 4)))[:longest]
    return rng.choice([said, "".join(rng.choices(options["symbols"], k=len(said)))])


def _length(
    options: dict[str, Any], rng: random.Random, lengths: dict[Any, int]
) -> int:
    bounds = options["shortest"], options["longest"]
    return lengths.setdefault(bounds, rng.randint(*bounds))


def extreme_values(field: Field) -> list[Any]:
    options = field.options
    match field.kind:
        case "number" | "whole":
            return [options["low"], options["high"]]
        case "flag":
            return [False, True]
        case "choice":
            return list(options["names"])
        case "text":
            symbols, longest = options["symbols"], options["longest"]
            return [symbols[0], symbols[-1] * longest, symbols[:longest]]
        case "vector" | "wholes":
            counts = {options["shortest"], options["longest"]}
            low, high = options["low"], options["high"]
            return [
                values
                for count in sorted(counts)
                for values in (
                    [low] * count,
                    [high] * count,
                    [high] + [low] * (count - 1),
                    [low] * (count - 1) + [high],
                )
            ]
        case "distribution":
            counts = {options["shortest"], options["longest"]}
            return [
                values
                for count in sorted(counts)
                for values in (
                    [1.0] + [0.0] * (count - 1),
                    [0.0] * (count - 1) + [1.0],
                    [1 / count] * count,
                    [0.5, 0.5] + [0.0] * (count - 2),
                )
            ]
    raise AssertionError(f"no extreme values for the kind {field.kind!r}")


def _groups_of_forecasts(rng: random.Random) -> dict[str, Any]:
    """Forecasts that repeat, that are sure, that are calibrated, and any others."""
    groups = []
    for _ in range(rng.randint(1, 8)):
        cases = rng.randint(1, 50)
        hits = rng.choice([0, cases, *[rng.randint(0, cases)] * 4])
        rounded = round(rng.random(), 2)
        stated = [0, 1, 0.5, hits / cases, *[rounded, rng.random()] * 4]
        stated += [stated for stated, _, _ in groups]
        groups.append((rng.choice(stated), cases, hits))
    stated, cases, hits = map(list, zip(*groups, strict=True))
    return {"stated": stated, "cases": cases, "hits": hits}


def _run_beside_landmarks(rng: random.Random) -> dict[str, Any]:
    """Losses at and near what they mean, so that every symptom of the clinic is met."""
    classes = rng.choice([2, 2, 3, 10, 10, 27, 1000, 50257])
    chance = landmarks.chance(classes)
    twice = landmarks.twice_floor(classes)
    marks = [chance, chance, twice, math.log(2), chance / math.log(2), chance / classes]
    marks += [
        landmarks.shared(0.99, classes),
        landmarks.shared(1 / classes, 2),
        34.5388,
    ]
    marks += [0, -0.5, -1980, 3 * chance, 2 * chance * rng.random()]

    def loss() -> float:
        return rng.choice(marks) * rng.choice([1, 1, 1 + 0.05 * rng.gauss(0, 1)])

    return {
        "classes": classes,
        "first": rng.choice([chance, loss()]),
        "loss": loss(),
        "val_loss": loss(),
        "accuracy": rng.choice([1 / classes, 0.95, 0.99, rng.random()]),
        "largest": rng.choice([1 / classes, 0.99, rng.random()]),
        "smoothing": rng.choice([0, 0, 0.1, rng.random()]),
        "printed": rng.choice(["number"] * 6 + ["nan", "inf"]),
        "weighted": rng.random() < 0.1,
    }


#: Explorers whose parts would hardly ever fit each other by chance draw them together.
TOGETHER = {
    "loss-clinic": _run_beside_landmarks,
    "reliability": _groups_of_forecasts,
}


def random_states(kind: type[Explorer], count: int, seed: int = 0) -> list[Explorer]:
    """Explorers in random states; the parts are drawn until they fit each other."""
    rng = random.Random(f"{kind.name}{seed}")
    found: list[Explorer] = []
    while len(found) < count:
        # Lists mostly of one length, as explorers need them; at times each of its own.
        together, lengths = rng.random() < 0.8, {}
        state = {
            name: random_value(field, rng, lengths if together else {})
            for name, field in kind.fields().items()
        }
        if kind.name in TOGETHER:
            state |= TOGETHER[kind.name](rng)
        _keep(kind, state, found)
    return found


def told_and_drawn(kind: type[Explorer], count: int, seed: int) -> list[Explorer]:
    """The opening state, those of the buttons, and some drawn at random."""
    tried = [kind(**item.state) for item in kind.try_this]
    return [kind(), *tried, *random_states(kind, count, seed)]


def corner_states(kind: type[Explorer], limit: int = 600) -> list[Explorer]:
    """Explorers at the corners of the state space: all of them, or a spread."""
    fields = kind.fields()
    corners = list(itertools.product(*map(extreme_values, fields.values())))
    random.Random(kind.name).shuffle(corners)
    found: list[Explorer] = []
    for values in corners[:limit]:
        _keep(kind, dict(zip(fields, values, strict=True)), found)
    return found


def _keep(kind: type[Explorer], state: dict[str, Any], found: list[Explorer]) -> None:
    with contextlib.suppress(StateError):  # parts that do not fit each other
        found.append(kind(**state))


def _number(low: float, high: float, rng: random.Random) -> float:
    choice = rng.random()
    if choice < 0.1:
        return rng.choice([low, high])
    if choice < 0.5 and low > 0:
        return low * (high / low) ** rng.random()  # spread over the factors
    if choice < 0.5:
        return min(high, max(low, rng.gauss(0, 3)))
    return rng.uniform(low, high)


def _distribution(count: int, rng: random.Random) -> list[float]:
    weights = [rng.random() ** rng.choice([1, 1, 8]) for _ in range(count)]
    if rng.random() < 0.2:
        weights[rng.randrange(count)] = 0.0
    total = sum(weights)
    return (
        [weight / total for weight in weights] if total else _distribution(count, rng)
    )

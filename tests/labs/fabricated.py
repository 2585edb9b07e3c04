"""A class of twelve that never was: records of bets as the page "Your record" saves them."""

import json
from pathlib import Path
from typing import Any

import numpy as np
from forecasting.questions import Bet, every_bet

#: Each student: how much they know, how loud they are, what share of the bets they make,
#: and whether they go all in.
STUDENTS = {
    "Ada Lovelace": (1.6, 1.0, 0.9, False),
    "Blaise Pascal": (1.1, 1.0, 0.8, False),
    "Carl Gauß": (1.4, 1.2, 0.7, False),
    "Dora": (0.7, 2.6, 0.9, False),
    "Emil": (0.3, 3.0, 0.6, True),
    "Fay": (0.9, 0.5, 0.8, False),
    "Grete Hermann": (1.2, 0.8, 0.9, False),
    "Hal": (0.0, 0.0, 0.5, False),
    "Ines": (0.8, 1.5, 0.7, False),
    "Jun": (1.0, 2.0, 0.9, True),
    "Kim": (0.5, 1.0, 0.4, False),
    "Lou": (1.3, 1.1, 0.05, False),
}

#: The moment before the first bet, in milliseconds.
BEGIN = 1_760_000_000_000


def forecast(
    rng: np.random.Generator, bet: Bet, knows: float, loud: float, all_in: bool
):
    """Whole shares of a belief that leans to the truth, made louder or softer."""
    z = rng.normal(size=len(bet.options))
    z[bet.answer] += knows
    belief = np.exp(loud * z)
    least = 0 if all_in else 1
    parts = np.maximum(np.round(100 * belief / belief.sum()), least)
    parts[parts.argmax()] += 100 - parts.sum()
    return [part / 100 for part in parts.tolist()]


def record(seed: int, knows: float, loud: float, often: float, all_in: bool) -> Any:
    """One student's record."""
    rng, at, bets = np.random.default_rng(seed), BEGIN, {}
    for bet in every_bet().values():
        at += int(rng.integers(10_000, 600_000))
        if rng.random() < often:
            q = forecast(rng, bet, knows, loud, all_in)
            bets[bet.id] = {"at": at, "q": q, "y": bet.answer}
    return {"version": 2, "cleared": 0, "answers": {}, "bets": bets}


def class_of_twelve() -> dict[str, Any]:
    """Twelve records by their owners' names, the same each time."""
    return {
        name: record(seed, *kind) for seed, (name, kind) in enumerate(STUDENTS.items())
    }


def handed_in(folder: Path, records: dict[str, Any]) -> Path:
    """A folder for each student, with the record in it under the page's own name."""
    for name, held in records.items():
        (folder / name).mkdir(parents=True)
        file = folder / name / "cross-entropy-record.json"
        file.write_text(json.dumps(held), encoding="utf-8")
    return folder

"""What a student's record says about the exercises in the book: how often each was tried.

A record is what the page "Your record" saves (web/practice/store.js). It is a help to look
at a class, not a proof: who keeps it can write into it.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from ce_lib.practice.catalogue import EXERCISES

LARGEST = 1_000_000  #: bytes, as on the page


@dataclass(frozen=True)
class Answered:
    """An exercise that was tried."""

    right: bool  #: when it was last tried
    tries: int

    @property
    def at_once(self) -> bool:
        return self.right and self.tries == 1


def read(path: Path) -> dict[str, Answered] | None:
    """The exercises in a record, or None if a file is none."""
    try:
        if path.stat().st_size > LARGEST:
            return None
        record = json.loads(path.read_bytes())
        answers, _ = record["answers"].items(), record["bets"].items()
    except (
        OSError,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        RecursionError,
    ):
        return None
    return {id: found for id, entry in answers if (found := _answered(id, entry))}


def _answered(id: str, entry: object) -> Answered | None:
    if id not in EXERCISES or not isinstance(entry, dict):
        return None
    tries, status = entry.get("tries"), entry.get("status")
    if not isinstance(tries, int) or tries < 1 or status not in ("right", "wrong"):
        return None
    return Answered(status == "right", tries)

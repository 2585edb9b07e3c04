"""What a student's record holds: the exercises of the book that were tried, and the bets.

A record is what the page "Your record" saves (web/practice/store.js). It is a help to look
at a class, not a proof: who keeps it can write into it.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ce_lib.practice.catalogue import EXERCISES

LARGEST = 1_000_000  #: bytes, as on the page

VERSIONS = (1, 2)  #: of the page's records

#: Answers that a question may have, the latest moment in milliseconds, and how far from 1
#: the sum of a bet may lie: as on the page (web/practice/entries.js).
OPTIONS, LATEST, NEARLY = range(2, 21), 1e14, 1e-9


class NotARecord(Exception):
    """Why a file is no record, as a sentence."""


@dataclass(frozen=True)
class Answered:
    """An exercise that was tried."""

    right: bool  #: when it was last tried
    tries: int

    @property
    def at_once(self) -> bool:
        return self.right and self.tries == 1


@dataclass(frozen=True)
class Staked:
    """The first bet on a question."""

    at: float  #: the moment, in milliseconds
    q: tuple[float, ...]
    y: int  #: the option that was true


def load(path: Path) -> dict[str, Any]:
    """A record as it was saved; of its entries nothing is checked yet.

    Raises
    ------
    NotARecord
        If a file is none.
    """
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise NotARecord(f"The file is too large for a record: {size:,} bytes.")
        record = json.loads(path.read_bytes())
    except OSError as problem:
        raise NotARecord(f"It cannot be read: {problem.strerror}.") from None
    except RecursionError:
        raise NotARecord("The file is no record: it is nested too deep.") from None
    except ValueError:
        raise NotARecord("The file is no record, or not all of one.") from None
    parts = ("answers", "bets")
    if not isinstance(record, dict) or not all(
        isinstance(record.get(part), dict) for part in parts
    ):
        raise NotARecord("The file is no record of this book.")
    return record


def read(path: Path) -> dict[str, Answered] | None:
    """The exercises in a record, or None if a file is none."""
    try:
        answers = load(path)["answers"].items()
    except NotARecord:
        return None
    return {id: found for id, entry in answers if (found := _answered(id, entry))}


def bets(record: Mapping[str, Any]) -> tuple[dict[str, Staked], int]:
    """The bets in a record, and how many are broken.

    Raises
    ------
    NotARecord
        If it was made by another version of the book.
    """
    if record.get("version") not in VERSIONS:
        raise NotARecord("This record was made by another version of this book.")
    found = {id: _staked(entry) for id, entry in record["bets"].items()}
    good = {id: bet for id, bet in found.items() if bet}
    return good, len(found) - len(good)


def _answered(id: str, entry: object) -> Answered | None:
    if id not in EXERCISES or not isinstance(entry, dict):
        return None
    tries, status = entry.get("tries"), entry.get("status")
    if not isinstance(tries, int) or tries < 1 or status not in ("right", "wrong"):
        return None
    return Answered(status == "right", tries)


def _staked(entry: object) -> Staked | None:
    if not isinstance(entry, dict):
        return None
    at, q, y = entry.get("at"), entry.get("q"), entry.get("y")
    if not (_is_number(at) and 0 <= at < LATEST):
        return None
    if not (isinstance(q, list) and len(q) in OPTIONS and all(map(_is_share, q))):
        return None
    if type(y) is not int or not 0 <= y < len(q):
        return None
    near = abs(math.fsum(q) - 1) < NEARLY
    return Staked(at, tuple(map(float, q)), y) if near else None


def _is_share(part: object) -> bool:
    return _is_number(part) and 0 <= part <= 1


def _is_number(value: Any) -> bool:
    return type(value) in (int, float)  # True is none

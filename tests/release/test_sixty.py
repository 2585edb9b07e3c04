"""A class's hand-ins, many of them hostile, are graded to the points they deserve."""

import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

import bubblewrap

sys.path[:0] = [str(bubblewrap.ROOT / "tests/labs")]

import hand_ins as made  # noqa: E402
from grading.grade import grade, report  # noqa: E402
from hand_ins import BUGS, FLOOR, FORECAST, MISTAKES, Edit, put  # noqa: E402
from labs import release  # noqa: E402

Expected = dict[tuple[str, str], float | None]

#: What is done to a solved bug hunt, and what is left of its points.
EDITED: dict[str, tuple[tuple[Edit, ...], float]] = {
    "busy": ((made.answer("softmax", made.BUSY),), 9),
    "forever": ((made.answer("softmax", made.FOREVER),), 9),
    "stubborn": ((made.answer("log-softmax", made.STUBBORN),), 2),
    "prints": ((made.first(made.PRINTS),), 10),
    "memory": ((made.answer("softmax", made.MEMORY),), 9),
    "forks": ((made.answer("log-softmax", made.FORKS),), 2),
    "disk": ((made.answer("log-softmax", made.DISK),), 2),
    "exit": ((made.answer("log-softmax", made.EXIT),), 2),
    "student 4's neighbour": ((made.answer("log-softmax", made.CROWD),), 2),
    "unseen memory": ((made.answer("log-softmax", made.UNSEEN_MEMORY),), 2),
    "unseen disk": ((made.answer("log-softmax", made.UNSEEN_DISK),), 2),
    "nonsense": ((made.answer("log-softmax", made.NONSENSE),), 2),
    "deleted": ((made.deleted,), 10),
    "emptied": ((made.emptied,), 10),
    "stripped": ((made.stripped,), 10),
    "in words": ((made.in_words,), 10),
    "wrong kernel": ((made.wrong_kernel,), 10),
    "odd metadata": ((made.odd_metadata,), 10),
    "old format": ((made.old_format,), 10),
    "Zoë \U0001f3b7 | x": ((made.odd_letters,), 10),
    '=HYPERLINK("x")': ((), 10),
}

#: Why some were stopped.
STOPPED = {
    "stubborn": "a cell took too long and would not be interrupted",
    "unseen memory": "more memory than it may",
    "unseen disk": "more to the disk than it may",
    "nonsense": "is no message",
    "exit": "the kernel died",
}

#: What is done to a blank one. All that it earns is a flag.
CHEATS: dict[str, tuple[Edit, ...]] = {
    "patched": (made.emptied, made.first(made.PATCHED)),
    "all is true": (
        made.first(made.YES + made.PATCHED.replace(".require =", ".other =")),
    ),
}


def honest(folder: Path, handed_out: Path) -> Expected:
    """Eight students with every lab, and some mistakes."""
    rng = random.Random(0)
    expected: Expected = {}
    for number in range(8):
        for lab in (FLOOR, FORECAST, BUGS):
            cells = rng.sample(sorted(MISTAKES[lab]), rng.randint(0, 2))
            student, right = f"student {number}", made.solved(handed_out, lab)
            put(right, folder / student / f"{lab}.ipynb", *made.wrong(lab, *cells))
            expected[student, lab] = made.left(lab, *cells)
    return expected


def hostile(folder: Path, handed_out: Path) -> Expected:
    """Thirty-six labs to choke on."""
    right, blank = made.solved(handed_out, BUGS), made.blank(handed_out, BUGS)
    floor, forecast = (made.solved(handed_out, lab) for lab in (FLOOR, FORECAST))
    expected: Expected = {}
    for student, (edits, points) in EDITED.items():
        put(right, folder / student / f"{BUGS}.ipynb", *edits)
        expected[student, BUGS] = points
    for student, edits in CHEATS.items():
        put(blank, folder / student / f"{BUGS}.ipynb", *edits)
        expected[student, BUGS] = 0
    for student, edit in (("split", made.split), ("pasted", made.repasted)):
        put(floor, folder / student / f"{FLOOR}.ipynb", edit)
        expected[student, FLOOR] = 10
    forged = made.blank(handed_out, FORECAST)
    put(forged, folder / f"forger/{FORECAST}.ipynb", made.first(made.FORGED))
    expected["forger", FORECAST] = 0
    slow = made.answer("forecast", made.SLOW)
    put(forecast, folder / f"slow/{FORECAST}.ipynb", slow)
    expected["slow", FORECAST] = 10
    both = {**floor, "cells": [*floor["cells"], *right["cells"]]}
    put(both, folder / "two in one/both.ipynb")
    expected |= {("two in one", FLOOR): 10, ("two in one", BUGS): 10}
    put(right, folder / "nested/in/here/renamed.ipynb")
    put(right, folder / f"flat {BUGS}.ipynb")
    put(right, folder / f"again/{BUGS} (1).ipynb")
    os.utime(put(blank, folder / f"again/{BUGS}.ipynb"), (0, 0))
    expected |= dict.fromkeys([("nested", BUGS), ("flat", BUGS), ("again", BUGS)], 10)
    whole = (folder / f"again/{BUGS}.ipynb").read_bytes()
    breaks: dict[str, Callable[[Path], object]] = {
        "truncated": lambda path: path.write_bytes(whole[: len(whole) // 2]),
        "list": lambda path: path.write_text("[]"),
        "folder": lambda path: path.mkdir(),
        "deep": lambda path: path.write_text("[" * 100_000),
    }
    for student, spoil in breaks.items():
        (folder / student).mkdir()
        spoil(folder / student / f"{BUGS}.ipynb")
        expected[student, BUGS] = None
    return expected


def test_a_class_gets_what_it_deserves(tmp_path: Path) -> None:
    handed_out, folder, out = (
        tmp_path / name for name in ("labs", "hand ins", "grades")
    )
    release(handed_out)
    expected = honest(folder, handed_out) | hostile(folder, handed_out)
    assert len(expected) == 60
    assert bubblewrap.trouble() == ""
    began = time.monotonic()
    graded = grade(folder, out, 2, tell=print)
    took = time.monotonic() - began
    report(graded, out)
    stopped = {r.student: " ".join(r.remarks) for r in graded.results}
    longest = max(graded.results, key=lambda result: result.seconds)
    print(f"{len(graded.results)} hand-ins in {took:.0f} s with -j 2;", end=" ")
    print(
        f"the longest, {longest.student}: {longest.lab}, took {longest.seconds:.0f} s."
    )
    came = {(r.student, r.lab): None if r.trouble else r.total for r in graded.results}
    assert came == expected
    assert {r.student for r in graded.results if r.flags} == set(CHEATS)
    for student, why in STOPPED.items():
        assert why in stopped[student]
    # What the limits are there for; how fast this machine is does not matter to them.
    assert longest.seconds < 60
    assert took < 15 * 60

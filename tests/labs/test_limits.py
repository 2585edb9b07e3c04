"""A hand-in's limits count all that it takes, wherever it hides it."""

import contextlib
import mmap
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from bubblewrap import ROOT
from grading.grade import longest
from grading.kernel import Limits, processor, unlinked

SIZE = 2**20


@contextlib.contextmanager
def in_memory(own: Path) -> Iterator[None]:
    with os.fdopen(os.memfd_create("hidden"), "wb", 0) as file:
        file.write(bytes(SIZE))
        yield


@contextlib.contextmanager
def mapped(own: Path) -> Iterator[None]:
    """Memory that several processes would share, and that no file stands for."""
    with mmap.mmap(-1, SIZE):
        yield


@contextlib.contextmanager
def on_disk(own: Path) -> Iterator[None]:
    with (own / "gone").open("wb", 0) as file:
        (own / "gone").unlink()
        file.write(bytes(SIZE))
        yield


@pytest.mark.parametrize(
    ("hidden", "expected"),
    [(in_memory, (SIZE, 0)), (mapped, (SIZE, 0)), (on_disk, (0, SIZE))],
)
def test_a_file_without_a_name_counts(tmp_path: Path, hidden, expected) -> None:
    me = [psutil.Process()]
    before = unlinked(me, tmp_path)
    with hidden(tmp_path):
        now = unlinked(me * 2, tmp_path)  # held twice, it is one file all the same
    assert tuple(b - a for a, b in zip(before, now, strict=True)) == expected
    assert unlinked(me, tmp_path) == before


#: Starts two processes in sessions of their own. One is over, and one goes on.
CROWD = """
import os, time
for number in range(2):
    if not os.fork():
        os.setsid()
        while time.process_time() < 0.3:
            pass
        if number:
            print("here", flush=True)
            time.sleep(60)
        os._exit(0)
    if not number:
        os.wait()
time.sleep(60)"""


def test_the_processors_time_counts_in_every_process() -> None:
    command = [sys.executable, "-c", CROWD]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"here\n"
        first = psutil.Process(process.pid)
        family = [first, *first.children(recursive=True)]
        assert sum(map(processor, family)) > 0.5
        for each in family:
            each.kill()


def test_a_hand_in_costs_at_most_a_minute_though_it_is_graded_twice() -> None:
    assert 2 * longest(Limits()) <= 60


def test_teachers_are_told_the_limits_that_there_are() -> None:
    text = " ".join((ROOT / "chapters/teaching.md").read_text("utf-8").split())
    (cell,) = re.findall(
        r"A cell that does not end is interrupted after (\d+) seconds", text
    )
    (total,) = re.findall(r"A notebook that takes more than (\d+) seconds", text)
    assert (float(cell), float(total)) == (Limits().cell, Limits().total)

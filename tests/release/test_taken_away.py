"""Every notebook runs where nothing of the clone is: from a copy of the book, on a bare Python.

Two environments serve all of them. In one there is never more than the library's wheel; what
PyTorch and its like are needed for runs in the other, with the wheel's extra [book]. Each
starts with what runs notebooks and nothing else: the first cells install the rest.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest

from bookext import ROOT, wheel

SOURCES = ROOT / "_build/html/_sources"
EXTRA = "ce_lib[book] @"


class Environment:
    """A fresh environment, and a folder with nothing but the book's notebooks and wheel."""

    def __init__(self, folder: Path) -> None:
        self.book, self.bin = folder / "a book", folder / "env/bin"
        shutil.copytree(SOURCES, self.book, ignore=shutil.ignore_patterns("*.md"))
        subprocess.run([sys.executable, "-m", "venv", folder / "env"], check=True)
        self.run("pip", "install", "--quiet", "ipykernel", "nbclient")

    def run(self, command: str, *arguments: str | Path) -> str:
        clean = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
        clean["PATH"] = os.pathsep.join([str(self.bin), clean["PATH"]])
        done = subprocess.run(
            [self.bin / command, *arguments],
            cwd=self.book,
            env=clean,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def installed(self) -> set[str]:
        listed = json.loads(self.run("pip", "list", "--format=json"))
        return {entry["name"].lower().replace("_", "-") for entry in listed}


def notebooks(extra: bool) -> list[str]:
    """The notebooks whose first cell asks for the extra, or those whose does not."""
    return [
        path.relative_to(SOURCES).as_posix()
        for path in sorted(SOURCES.rglob("*.ipynb"))
        if (EXTRA in nbformat.read(path, 4).cells[0].source) == extra
    ]


@pytest.fixture(scope="module")
def wheel_alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Environment]:
    made = Environment(tmp_path_factory.mktemp("alone"))
    yield made
    shutil.rmtree(made.bin.parent)


@pytest.fixture(scope="module")
def wheel_and_extra(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Environment]:
    made = Environment(tmp_path_factory.mktemp("extra"))
    yield made
    shutil.rmtree(made.bin.parent)


@pytest.mark.parametrize("path", notebooks(extra=False))
def test_it_runs_with_the_wheel_alone(wheel_alone: Environment, path: str) -> None:
    wheel_alone.run("jupyter", "execute", path)


def test_nothing_more_was_installed_than_was_needed(wheel_alone: Environment) -> None:
    there = wheel_alone.installed()
    assert "ce-lib" in there
    assert not there & {"torch", "scipy", "scikit-learn", "mpmath"}


def test_it_finds_the_wheel_at_the_books_address(
    wheel_alone: Environment, book_url: str
) -> None:
    wheel_alone.run("pip", "uninstall", "--yes", "--quiet", "ce_lib")
    away = wheel_alone.book.with_name("away")
    away.mkdir()
    alone = away / "index.ipynb"
    notebook = nbformat.read(SOURCES / "index.ipynb", 4)
    notebook.cells[0].source = wheel.first_cell([], book_url)
    nbformat.write(notebook, alone)
    wheel_alone.run("jupyter", "execute", alone)


@pytest.mark.parametrize("path", notebooks(extra=True))
def test_it_runs_with_the_extra(wheel_and_extra: Environment, path: str) -> None:
    wheel_and_extra.run("jupyter", "execute", path)

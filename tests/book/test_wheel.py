"""The book carries its library, and a notebook's first cell installs what it needs."""

import re
import zipfile
from email.parser import Parser
from pathlib import Path
from typing import Any

import pytest
from IPython.core.inputtransformer2 import TransformerManager

from bookext import wheel
from ce_lib import __version__

ROOT = Path(__file__).resolve().parents[2]


def run(cell: str) -> tuple[list[str], dict[str, Any]]:
    """Run a cell where nothing can be installed; return what it asked for, and its names."""
    asked: list[str] = []

    class Shell:
        def run_line_magic(self, name: str, line: str) -> None:
            asked.append(f"{name} {line}")

    names: dict[str, Any] = {"get_ipython": Shell}
    exec(TransformerManager().transform_cell(cell), names)
    return asked, names


def test_the_wheel_holds_the_library_and_nothing_else(book: Path) -> None:
    with zipfile.ZipFile(book / "_sources" / wheel.NAME) as packed:
        names = {name for name in packed.namelist() if ".dist-info/" not in name}
        assert names == {
            path.relative_to(ROOT).as_posix()
            for path in (ROOT / "ce_lib").rglob("*")
            if path.is_file() and path.suffix != ".pyc"
        }
        for name in names:
            assert packed.read(name) == (ROOT / name).read_bytes()
        (about,) = (n for n in packed.namelist() if n.endswith(".dist-info/METADATA"))
        said = Parser().parsestr(packed.read(about).decode())
    assert said["Version"] == __version__
    assert said.get_all("Provides-Extra") == ["book"]


def test_where_the_library_is_there_nothing_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run(wheel.first_cell(["torch"]))[0] == []


@pytest.mark.parametrize("place", [".", ".."])
def test_the_wheel_beside_the_notebook_is_installed(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "a folder"
    here.mkdir()
    monkeypatch.chdir(here)
    (here / place / wheel.NAME).touch()
    asked, names = run(wheel.first_cell(["missing"], "https://example.org/book"))
    assert asked == ['pip install --quiet "ce_lib[book] @ {address}"']
    assert names["address"] == (here / place / wheel.NAME).resolve().as_uri()


def test_without_it_the_books_address_serves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    names = run(wheel.first_cell(["missing"], "https://example.org/book/"))[1]
    assert names["address"] == f"https://example.org/book/_sources/{wheel.NAME}"


def test_without_an_address_the_cell_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(FileNotFoundError, match=f"Put {re.escape(wheel.NAME)} beside"):
        run(wheel.first_cell(["missing"]))


def test_an_older_library_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / wheel.NAME).touch()
    monkeypatch.setattr("importlib.metadata.version", lambda name: "0.0.1")
    assert run(wheel.first_cell([]))[0] == ['pip install --quiet "ce_lib @ {address}"']


def test_an_import_that_nothing_brings_is_named() -> None:
    with pytest.raises(ValueError, match=r"\[book\].*got pandas$"):
        wheel.needs(["import json, numpy", "def f():\n    import pandas as pd"], ROOT)

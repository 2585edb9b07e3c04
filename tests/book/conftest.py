"""The pages of the built book, and small books to break."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from small_book import Build

from bookext.moved import moved

ROOT = Path(__file__).resolve().parents[2]
BOOK = ROOT / "_build/html"


def pages() -> list[str]:
    """The pages a reader can open, as paths below the book's folder."""
    skip = ("_static", "_sources", *(f"{page}.html" for page in moved(ROOT)))
    found = (path.relative_to(BOOK).as_posix() for path in BOOK.rglob("*.html"))
    return sorted(path for path in found if not path.startswith(skip))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for ``path`` runs once for every page."""
    if "path" in metafunc.fixturenames:
        metafunc.parametrize("path", pages() or ["index.html"])


HEAD = """\
---
jupytext:
  text_representation: {extension: .md, format_name: myst}
kernelspec: {display_name: Python 3, language: python, name: python3}
---

# A small book

"""


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """Build a book of one page, given its text, with this book's own configuration."""
    for name in (
        "_config.yml",
        "references.bib",
        "requirements.txt",
        "constraints.txt",
    ):
        shutil.copy(ROOT / name, tmp_path / name)
    for name in ("bookext", "ce_lib"):
        ignored = shutil.ignore_patterns("__pycache__", "src")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignored)
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: index\n")

    def run(text: str) -> subprocess.CompletedProcess[str]:
        index = tmp_path / "index.md"
        if not index.exists() or index.read_text(encoding="utf-8") != HEAD + text:
            index.write_text(HEAD + text, encoding="utf-8")
        jupyter_book = Path(sys.executable).with_name("jupyter-book")
        command = [str(jupyter_book), "build", ".", "-W", "-n"]
        return subprocess.run(
            [*command, "--keep-going"],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(tmp_path), "NO_COLOR": "1"},
            capture_output=True,
            text=True,
            check=False,
        )

    return run

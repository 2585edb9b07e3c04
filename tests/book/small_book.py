"""Small books to break: this book's own configuration, and pages given as text."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SETTINGS = ("_config.yml", "references.bib", "requirements.txt", "constraints.txt")

HEAD = """\
---
jupytext:
  text_representation: {extension: .md, format_name: myst}
kernelspec: {display_name: Python 3, language: python, name: python3}
---

"""

#: From the first page's text to a finished build.
Build = Callable[[str], subprocess.CompletedProcess[str]]


def small_book(folder: Path) -> Build:
    """Put what a book needs besides its pages into a folder; return what builds it."""
    for name in SETTINGS:
        shutil.copy(ROOT / name, folder / name)
    for name in ("bookext", "ce_lib"):
        ignored = shutil.ignore_patterns("__pycache__", "src")
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    (folder / "_toc.yml").write_text("format: jb-book\nroot: index\n")

    def run(text: str) -> subprocess.CompletedProcess[str]:
        write_page(folder / "index.md", f"# A small book\n\n{text}")
        return build(folder)

    return run


def write_page(path: Path, text: str) -> None:
    """Write a page, with a kernel if it computes; leave it alone if it is the same."""
    if "{code-cell}" in text or "{eval}" in text:
        text = HEAD + text
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def build(folder: Path) -> subprocess.CompletedProcess[str]:
    """Build the book in a folder, with the library that lies beside it."""
    jupyter_book = Path(sys.executable).with_name("jupyter-book")
    return subprocess.run(
        [str(jupyter_book), "build", ".", "-W", "-n", "--keep-going"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder), "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=400,
    )

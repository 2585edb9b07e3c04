"""No stale outputs: a page is executed again when something changes that it computes with.

Sphinx rereads (and so executes) the pages whose own text changed. This part tells it which
other files a page depends on: the modules of the library that its cells import, directly or
not, those behind its exercises and its links into explorers, those whose docstrings it shows,
this extension, and the pins.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from sphinx.application import Sphinx

from bookext.imports import PACKAGE, ROOT, exists, module_needs, needs
from ce_lib.practice.catalogue import found

#: What every page depends on.
ALWAYS = (
    "bookext/**/*.py",
    "bookext/units.json",
    "_config.yml",
    "pyproject.toml",
    "requirements.txt",
    "constraints.txt",
)

CELL = re.compile(r"^```\{code-cell\}[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
IMPORT = re.compile(rf"^[ \t]*((?:from|import) {PACKAGE}\b[^\n(]*(?:\([^)]*\))?)", re.M)
IDENTIFIER = re.compile(r"\b(?:exercise|bet|check|lab)-[\w-]+")
LIBRARY = re.compile(r"^```\{library\}(?: (\w+))?", re.MULTILINE)
RECORD = re.compile(r"^```\{div\} record", re.MULTILINE)
STATE = re.compile(r"[<#]([a-z][a-z-]*)\?[^>\s]*>`")


def sources(text: str, root: Path = ROOT) -> set[Path]:
    """The files of the library that a page with this text depends on."""
    files: set[Path] = set()
    for cell in CELL.findall(text):
        for statement in IMPORT.findall(cell):
            files |= needs(statement, root)
    for module in (*_content(text), *_explorers(text, root), *_documented(text, root)):
        files |= module_needs(module, root)
    return files


def _content(text: str) -> Iterator[str]:
    """The modules that define the exercises and questions a page names, or records."""
    names = set(IDENTIFIER.findall(text))
    if RECORD.search(text):
        names |= found().keys()
    for name in names:
        if name in found():
            yield found()[name].module


def _explorers(text: str, root: Path) -> Iterator[str]:
    """The modules of the explorers a page links into."""
    for name in set(STATE.findall(text)):
        stem = name.replace("-", "_")
        if (root / PACKAGE / f"explorers/{stem}.py").is_file():
            yield f"{PACKAGE}.explorers.{stem}"


def _documented(text: str, root: Path) -> Iterator[str]:
    """The modules whose docstrings a page shows: one, or all of them."""
    for name in LIBRARY.findall(text):
        module = f"{PACKAGE}.{name}" if name else PACKAGE
        if exists(module, root):
            yield module


def note_sources(app: Sphinx, docname: str, source: list[str]) -> None:
    root = Path(app.srcdir)
    for path in sources(source[0], root):
        app.env.note_dependency(str(path))
    for pattern in ALWAYS:
        for path in root.glob(pattern):
            app.env.note_dependency(str(path))


def setup(app: Sphinx) -> None:
    app.connect("source-read", note_sources)

"""The book's own style sheets as a page on paper takes them, and what paper adds."""

import re
from pathlib import Path

from printed.pages import BOOK

STATIC = BOOK / "_static"
HERE = Path(__file__).parent / "static"

#: What paper adds for all, and for an explorer's picture.
OWN, STILL = HERE / "paper.css", HERE / "explorers.css"

#: In the order of the book's pages.
SHEETS = ["page", "later"]

ADDRESS = re.compile(r"""url\(['"]?(?!data:|#|file:)([^)'"]+)['"]?\)""")


def sheets() -> list[str]:
    own = [path.read_text(encoding="utf-8") for path in (STILL, OWN)]
    return [*map(sheet, SHEETS), *own]


def sheet(name: str) -> str:
    """A sheet of the book, whose type and fonts are there before anything is printed."""
    path = STATIC / f"{name}.css"
    text = path.read_text(encoding="utf-8")
    here = path.parent.as_uri()
    text = ADDRESS.sub(rf'url("{here}/\1")', text)
    return text.replace("font-display:optional", "font-display:block")

"""Which pages of the built book are in it, in which order, and their text.

Left out is what lives on a screen alone: the gallery and the reader's record; and the pages of
the library, which are there to be searched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from bs4 import BeautifulSoup, Tag
from teacher.course import chapters, other_pages

ROOT = Path(__file__).resolve().parents[2]
BOOK = ROOT / "_build/html"

LEFT_OUT = frozenset({"gallery", "your-record", "library"})

#: The part of the pages behind the chapters, and the name of the cover's page.
AT_HAND, COVER = "At hand", "cover"

ARTICLE = re.compile(r'<article class="bd-article">.*?</article>', re.DOTALL)
SPAN = re.compile(r"<(/?)span\b[^>]*>")
PAINTED = '<span class="katex-html" aria-hidden="true">'


class Unmade(ValueError):
    """A page of which nothing can be made, with the reason in a sentence."""


@dataclass(frozen=True)
class Page:
    """A page of the book: its name here, its file in the built book, its place in the order."""

    name: str
    file: str
    part: str
    number: int | None = None


def every() -> list[Page]:
    """The cover, the chapters, and the pages behind them."""
    numbered = [
        Page(
            chapter.name, f"chapters/{chapter.name}.html", chapter.part, chapter.number
        )
        for chapter in chapters()
    ]
    behind = [
        Page(name, f"chapters/{name}.html", AT_HAND)
        for name in other_pages()
        if name not in LEFT_OUT
    ]
    return [Page(COVER, "index.html", ""), *numbered, *behind]


def address() -> str:
    """Where the book is on the web: what ``html: baseurl`` in _config.yml says, or nothing."""
    settings = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    return str(settings["html"].get("baseurl") or "").rstrip("/")


def text_of(page: Page, *, painted: bool) -> Tag:
    """The text of a page, with its formulas as they are painted or as MathML alone."""
    path = BOOK / page.file
    if not path.exists():
        raise Unmade(
            f"expected the built page {page.file}, found none: run `make book`"
        )
    found = ARTICLE.search(path.read_text(encoding="utf-8"))
    if found is None:
        raise Unmade(f"{page.file} has no article")
    html = found[0] if painted else without_painted(found[0])
    section = BeautifulSoup(html, "html.parser").find("section")
    assert isinstance(section, Tag)
    return section


def without_painted(html: str) -> str:
    """Leave out what KaTeX painted, before anything reads it: most of a page is that."""
    return "".join(_kept(html))


def _kept(html: str) -> Iterator[str]:
    at = 0
    while (begin := html.find(PAINTED, at)) >= 0:
        yield html[at:begin]
        depth = 0
        for tag in SPAN.finditer(html, begin):
            depth += -1 if tag[1] else 1
            if not depth:
                at = tag.end()
                break
        else:
            raise Unmade("a painted formula does not end")
    yield html[at:]

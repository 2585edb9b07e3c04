"""A page that nothing moves on: all folds open, nothing to press, nothing given away.

What answers a question leaves the page, for the solutions at the end (`answers`). Explorers,
formulas and figures stay as they are: each medium shows them in its own way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from posixpath import basename, dirname, join, normpath
from urllib.parse import quote

from bs4 import BeautifulSoup, Comment, PageElement, Tag

from printed.pages import Page

#: What a page has for a hand, a script or a screen.
GONE = """script, style, button, nav, noscript:not(.ce-guess-box *), .ce-svg, .ce-said,
.ce-back, .letters, .sd-summary-state-marker, .ce-answer-box, .ce-claim, .ce-address, .ce-score,
.ce-own-run-box, .ce-fold, .toctree-wrapper,
details:is(.hide, .ce-claim-code, .ce-verdict) > summary"""

#: Attributes that name elements of the page, besides those that link them.
NAMING = "id", "for", "aria-labelledby", "aria-describedby"
PLACE = re.compile(r"url\(#([^)]+)\)")
STRANGE = re.compile(r"[^\w.-]")

#: What an address on the web may hold as it is; a DOI may hold more.
WRITTEN = "%/:?#[]@!$&'()*+,;=~"


def made(html: str) -> list[PageElement]:
    """Elements out of their text."""
    return list(BeautifulSoup(html, "html.parser").contents)


def name_in(page: str, name: str) -> str:
    """What an element of a page is called in the whole book: nothing else is, anywhere."""
    return f"{page}--{STRANGE.sub('-', name)}"


class Whole:
    """Where links lead to: the pages that are in it, and the address for all others."""

    def __init__(self, pages: Iterable[Page], address: str) -> None:
        self.pages = {page.file: page for page in pages}
        self.address = address

    def lead(self, link: Tag, page: Page) -> None:
        """Let a link lead to its place in the whole, or to the web, or be no link."""
        href = str(link["href"])
        if re.match(r"[a-z]+:", href):
            link["href"] = quote(href, safe=WRITTEN)
            return
        path, _, place = href.partition("#")
        file = normpath(join(dirname(page.file), path)) if path else page.file
        for attribute in ("class", "title", "aria-label", "download"):
            del link[attribute]
        if name := self.name_of(f"{file}#{place}"):
            link["href"] = f"#{name}"
        elif self.address:
            link["href"] = f"{self.address}/{file}{'#' if place else ''}{place}"
        else:
            link.unwrap()

    def name_of(self, href: str) -> str:
        """What a link from the book's folder leads to in the whole, or nothing."""
        file, _, place = href.partition("#")
        to = self.pages.get(file)
        if to is None or "?" in place:  # a state of an explorer
            return ""
        return name_in(to.name, place) if place else to.name

    def page(self, name: str) -> Page:
        return next(page for page in self.pages.values() if page.name == name)

    def alive(self, name: str, link: str, pressed: str) -> str:
        """Say where an explorer of a page is alive, and what sets it as its picture is."""
        file = self.page(name).file
        where = f"{self.address}/{file}#{link}" if self.address else f"{file}#{link}"
        shown = escape(re.sub("^https?://", "", where).partition("?")[0])
        if self.address:
            shown = f'<a href="{escape(quote(where, safe=WRITTEN))}">{shown}</a>'
        by = f". There “{escape(pressed)}” sets this state" if pressed else ""
        return f"Alive at {shown}{by}."


def still(section: Tag, page: Page, whole: Whole) -> Tag:
    """Take from a page what moves, and give all that has a name one of its own."""
    for mark in section.find_all(string=lambda text: isinstance(text, Comment)):
        mark.extract()
    for link in section.select("figure a.ce-svg"):
        name_file(link)
    for part in section.select(GONE):
        part.decompose()
    for fold in section.select("details"):
        unfold(fold)
    for element in section.find_all(True):
        rename(element, page.name)
    for link in section.select("a[href]"):
        whole.lead(link, page)
    return section


def name_file(link: Tag) -> None:
    """A figure keeps the name of the file that its caption links."""
    figure = link.find_parent("figure")
    picture = figure.select_one("svg.ce-figure") if figure else None
    if picture:
        picture["data-file"] = basename(str(link["href"]))


def unfold(fold: Tag) -> None:
    """A fold is a box with its title."""
    fold.name = "div"
    for attribute in ("name", "open"):
        del fold[attribute]
    fold["class"] = ["fold", *fold.get("class", [])]
    if handle := fold.find("summary", recursive=False):
        handle.name = "p"
        handle["class"] = ["fold-title"]


def rename(element: Tag, page: str) -> None:
    for attribute in NAMING:
        if said := element.get(attribute):
            element[attribute] = " ".join(name_in(page, n) for n in str(said).split())
    for attribute, value in element.attrs.items():
        if isinstance(value, str) and "url(#" in value:
            element[attribute] = PLACE.sub(
                lambda m: f"url(#{name_in(page, m[1])})", value
            )
    inner = element.get("xlink:href", "")
    if str(inner).startswith("#"):
        element["xlink:href"] = f"#{name_in(page, str(inner)[1:])}"


def mend_links(parts: Iterable[Tag], names: Iterable[str]) -> None:
    """A link to something that was left out leads to the beginning of its page."""
    known = set(names)
    parts = list(parts)
    for part in parts:
        known |= {str(element["id"]) for element in part.select("[id]")}
    for part in parts:
        for link in part.select('a[href^="#"]'):
            to = str(link["href"])[1:]
            if to not in known:
                link["href"] = f"#{to.partition('--')[0]}"

"""The course as a collecting page sees it: its parts, its chapters, what each of them says."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from os.path import relpath
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

#: A definition list: terms, one a line, and below them what they mean, after a colon.
ENTRY = re.compile(r"(?P<terms>\S.*?)\n:[ ](?P<meaning>.*)", re.DOTALL)


@dataclass
class Part:
    """A part of the table of contents."""

    title: str
    numbered: bool
    pages: list[str]


@dataclass
class Course:
    """What the pages say, in the order of the table of contents.

    ``page`` is the one that collects, ``said`` holds texts by page and kind, and ``places``
    what the collecting page has a place of its own for.
    """

    app: Sphinx
    page: str
    said: Mapping[str, Mapping[str, list[str]]]
    places: Collection[str] = ()
    parts: list[Part] = field(init=False)

    def __post_init__(self) -> None:
        toc: Any = self.app.config.external_site_map

        def below(page: str) -> Iterator[str]:
            yield page
            for inner in toc[page].child_files() if page in toc else ():
                yield from below(inner)

        self.parts = [
            Part(
                tree.caption or "",
                bool(tree.numbered),
                [page for file in tree.files() for page in below(file)],
            )
            for tree in toc.root.subtrees
        ]

    def pages(self) -> list[str]:
        return [page for part in self.parts for page in part.pages]

    def texts(self, kind: str) -> Iterator[tuple[str, str]]:
        """Each page that says something of this kind, with its text."""
        for page in self.pages():
            for text in self.said.get(page, {}).get(kind, []):
                yield page, text

    def explorers(self) -> dict[str, str]:
        """Each explorer the course shows, in order, with the first chapter that shows it."""
        chapters = {page for part in self.parts if part.numbered for page in part.pages}
        first: dict[str, str] = {}
        for page, name in self.texts("explorers"):
            if page in chapters:
                first.setdefault(name, page)
        return first

    def title(self, page: str) -> str:
        """What a page that was read before is called."""
        titles = self.app.env.titles
        name = f"chapters/{page}"
        return titles[name].astext() if name in titles else page

    def note(self, kind: str, text: str) -> None:
        """Say something of the collecting page itself, for others to use."""
        self.said[self.page][kind].append(text)

    def address(self, page: str) -> str:
        """A page as the collecting page links to it."""
        return Path(relpath(page, Path(self.page).parent)).as_posix() + ".md"


def number_link(page: str) -> str:
    """The role that says a chapter's number, briefly."""
    return f"{{chapter}}`ch. <{page.removeprefix('chapters/')}>`"


def entries(text: str) -> Iterator[tuple[list[str], str]]:
    """Split a definition list into terms and meaning.

    What is not one, a paragraph or a table, comes with no terms.
    """
    for block in re.split(r"\n\s*\n(?!\s)", text.strip()):
        if match := ENTRY.fullmatch(block):
            yield match["terms"].split("\n"), match["meaning"]
        else:
            yield [], block

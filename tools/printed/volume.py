"""The book in one piece: its pages in their order, still, and the solutions behind them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from operator import attrgetter

from bs4 import BeautifulSoup, Tag

from printed import pages
from printed.answers import Answer, set_aside
from printed.pages import Unmade
from printed.still import Whole, made, mend_links, still

SOLUTIONS = "solutions"

INTRODUCTION = (
    "Each answer leads back to its question. The bets are priced: what you gave the right "
    "answer costs you −ln of it."
)


@dataclass
class Part:
    """A page as it stands in the whole: its name, its place, its title and its text."""

    name: str
    group: str
    number: int | None
    title: str
    body: Tag

    @property
    def heading(self) -> str:
        """Its number and its title, as plain text."""
        return f"{self.number}. {self.title}" if self.number else self.title

    @property
    def sections(self) -> list[tuple[str, str]]:
        """The names and the headings of its sections."""
        return [
            (str(section["id"]), words(section.find("h2", recursive=False)))
            for section in self.body.find_all("section", id=True)
            if section.find("h2", recursive=False)
        ]

    @property
    def xhtml(self) -> str:
        """Its text, as XML too can be read."""
        return self.body.decode(formatter="minimal")


@dataclass
class Volume:
    """The cover's words, the parts, and where what moves is found."""

    cover: Part
    parts: list[Part]
    whole: Whole

    def groups(self) -> list[tuple[str, list[Part]]]:
        """The parts by what the table of contents calls a part."""
        return [
            (group, list(listed))
            for group, listed in groupby(self.parts, key=attrgetter("group"))
        ]

    def told(self) -> dict[str, str]:
        """What the cover's page says: what the book is, whom it is for, what it is about."""

        def found(query: str) -> Tag:
            part = self.cover.body.select_one(query)
            if part is None:
                raise Unmade(f"expected {query} on the cover's page, found none")
            return part

        return {
            "lead": found(".cover-lead").decode_contents(),
            "in_short": words(found(".cover-lead")),
            "whom": found(".cover-whom").decode_contents(),
            "about": found("section > .cell ~ p").decode_contents(),
        }


def words(element: Tag | None) -> str:
    return " ".join(element.get_text().split()) if element else ""


def volume(*, painted: bool) -> Volume:
    """Put the book together, with painted formulas or with MathML alone."""
    listed = pages.every()
    whole = Whole(listed, pages.address())
    parts, answers, has_rule = [], [], False
    for page in listed:
        section = still(pages.text_of(page, painted=painted), page, whole)
        for rule in section.select(".ce-rule"):
            if has_rule:  # it is the same on every page
                rule.decompose()
            has_rule = True
        found = set_aside(section, page)
        part = Part(page.name, page.part, page.number, title_of(section), section)
        parts.append(part)
        if found:
            answers.append((part, found))
    cover, *parts = parts
    parts.append(solutions(answers))
    mend_links([part.body for part in parts], [part.name for part in parts])
    return Volume(cover, parts, whole)


def title_of(section: Tag) -> str:
    title = words(section.find("h1"))
    return re.sub(r"^\d+\.\s+", "", title)


def solutions(answers: Sequence[tuple[Part, list[Answer]]]) -> Part:
    """All answers, by the pages that ask for them."""
    body = new("section")
    body.extend(made(f"<h1>Solutions</h1><p>{INTRODUCTION}</p>"))
    for part, found in answers:
        section = new("section")
        section["id"] = f"{SOLUTIONS}--{part.name}"
        heading = f'<h2><a href="#{part.name}">{escape(part.heading)}</a></h2>'
        section.extend(made(heading))
        for answer in found:
            section.append(answered(answer))
        body.append(section)
    return Part(SOLUTIONS, pages.AT_HAND, None, "Solutions", body)


def answered(answer: Answer) -> Tag:
    box = new("div")
    box["class"], box["id"] = ["answer"], answer.name
    box.extend(made(f'<h3><a href="#{answer.asked}">{escape(answer.title)}</a></h3>'))
    box.extend(answer.body)
    return box


def new(name: str) -> Tag:
    return BeautifulSoup("", "html.parser").new_tag(name)

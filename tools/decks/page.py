"""The slides of a chapter, out of its page in the built book.

What every chapter has goes on slides by itself: its title with what one learns, the question
that opens it, the explorer with its steps, and what to remember. The rest is marked in the
chapter (bookext/slides.py).
"""

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from bs4 import BeautifulSoup, Comment, Tag

from ce_lib._backticks import as_html

#: Marks of a block that begins a slide, and of one that goes on the slide before.
MARKS = BEGIN, ADD = "slide", "same slide"

#: What a slide shows nothing of: code and what is folded, the rule of the bets, links to files.
LEFT_OUT = ".cell_input, details.hide, .ce-svg"

#: What ends a formula in a sentence.
SENTENCE_MARKS = ",.:;"

#: Where the sections are that every chapter has.
PLAY, REMEMBER = "play", "what-to-remember"

EXPLORER, PICTURE = ".ce-explorer", "svg.ce-figure"


@dataclass(frozen=True)
class Slide:
    """A slide: its kind, its heading and what stands below it (HTML), its part of the page."""

    kind: str
    heading: str
    body: str
    part: str


class Unmade(ValueError):
    """A page of which no slides can be made, with the reason in a sentence."""


def slides_of(html: str, address: str) -> list[Slide]:
    """Return a chapter's slides; its links lead to the page at ``address``."""
    begin, end = html.find("<article"), html.find("</article>")
    article = BeautifulSoup(html[begin:end], "html.parser").find("section")
    if not isinstance(article, Tag):
        raise Unmade("the page has no article")
    play = section(article, PLAY)
    made = [title(article), question(article, play), explorer(play)]
    for blocks in marked(article):
        made += slides(blocks)
    made.append(remember(section(article, REMEMBER)))
    return [replace(slide, body=for_room(slide.body, address)) for slide in made]


def section(article: Tag, name: str) -> Tag:
    found = article.find("section", id=name)
    if not isinstance(found, Tag):
        raise Unmade(f"the page has no part called {name!r}")
    return found


# What a page says to a reader, and a slide not to a room


def for_room(body: str, address: str) -> str:
    """Leave out code and what is folded; let links lead to the book."""
    soup = BeautifulSoup(body, "html.parser")
    for part in soup.select(LEFT_OUT):
        part.decompose()
    for formula in soup.find_all("div", class_="math"):
        end_without_stop(formula)
    for link in soup.find_all("a", href=True):
        link["href"] = in_book(str(link["href"]), address, link.get("class", []))
    return str(soup)


def in_book(href: str, address: str, kinds: list[str]) -> str:
    """Where a link of the page leads from a slide; to an explorer it leads on the slides."""
    if "://" in href or (href.startswith("#") and "ce-link" in kinds):
        return href
    folder = address.rpartition("/")[0]
    return address + href if href.startswith("#") else f"{folder}/{href}"


def end_without_stop(formula: Tag) -> None:
    """Take the comma or full stop away that ties a formula to its sentence."""
    painted = formula.find(class_="katex-html")
    texts = (
        painted.find_all(string=lambda text: text.strip("\u200b\n ")) if painted else []
    )
    if texts and str(texts[-1]) in SENTENCE_MARKS:
        texts[-1].replace_with("")


# What every chapter has


def title(article: Tag) -> Slide:
    emblem = article.find("svg", class_="ce-emblem")
    goals = article.find(class_="goals")
    return Slide("title", inside(article.h1), f"{emblem or ''}{goals or ''}", "")


def question(article: Tag, play: Tag) -> Slide:
    """What is asked before the first section, and what the reader is to guess."""
    opening = [
        part
        for part in article.find_all(recursive=False)
        if part.name in ("p", "ul", "ol") and "minutes" not in part.get("class", [])
    ]
    body = "".join(map(str, opening))
    if guess := play.select_one(".ce-guess-box"):
        body += f'<div class="asked">{"".join(map(str, asked(guess)))}</div>'
    return Slide("question", "", body, str(play["id"]))


def asked(guess: Tag) -> list[Tag]:
    """The question of a guess and what there is to choose from, without the answer."""
    return [
        part for part in guess.find_all(recursive=False) if part.name in ("p", "ol")
    ]


def explorer(play: Tag) -> Slide:
    """The explorer, with its guess above it and the steps that belong to it."""
    place = play.select_one(EXPLORER)
    if place is None:
        raise Unmade("nothing can be played with")
    block = next(part for part in (place, *place.parents) if part.parent is play)
    steps = block.find_next_sibling()
    with_steps = [block, steps] if steps and steps.name == "ol" else [block]
    return Slide("explorer", "", "".join(map(str, with_steps)), str(play["id"]))


def remember(part: Tag) -> Slide:
    body = "".join(str(block) for block in part.find_all(recursive=False)[1:])
    return Slide("remember", inside(part.h2), body, str(part["id"]))


# What is marked


def marked(article: Tag) -> Iterator[list[Tag]]:
    """The marked blocks, those of a slide together."""
    slide: list[Tag] = []
    for mark in article.find_all(string=is_mark):
        block = mark.find_next_sibling(is_block)
        if block is None:
            raise Unmade(f"no block follows a mark in {part_of(mark)!r}")
        if mark.strip() == BEGIN and slide:
            yield slide
            slide = []
        slide.append(block)
    if slide:
        yield slide


def is_mark(text: Any) -> bool:
    return isinstance(text, Comment) and text.strip() in MARKS


def is_block(part: Tag) -> bool:
    """Whether a part is the block of a mark; the first bet has its rule before it."""
    return "ce-rule" not in part.get("class", [])


def is_bet(block: Tag) -> bool:
    return "ce-bet-box" in block.get("class", [])


def part_of(block: Any) -> str:
    """The address of the section in which a block stands."""
    return str(block.find_parent("section")["id"])


def slides(blocks: list[Tag]) -> list[Slide]:
    first, part = blocks[0], part_of(blocks[0])
    heading = (
        "" if part == PLAY else inside(first.find_parent("section").find(["h2", "h3"]))
    )
    if is_bet(first):
        return bet(first, part)
    body = "".join(map(str, blocks))
    return [Slide(kind_of(blocks), heading, body, part)]


def kind_of(blocks: list[Tag]) -> str:
    """What is largest on a slide."""
    for kind, what in (
        ("explorer", EXPLORER),
        ("picture", PICTURE),
        ("table", "table"),
        ("formula", "div.math"),
    ):
        if any(block.select_one(what) or block.css.match(what) for block in blocks):
            return kind
    return "words"


def bet(box: Tag, part: str) -> list[Slide]:
    """The question, and on a slide of its own the answer with its reasons."""
    definition = json.loads(base64.b64decode(str(box["data-definition"])))
    soup = BeautifulSoup("", "html.parser")

    def told(*, answered: bool) -> str:
        options = soup.new_tag("ol", attrs={"class": "options"})
        for number, (text, why) in enumerate(definition["options"]):
            option = soup.new_tag("li")
            option.append(element(soup, "span", text))
            if answered:
                option["class"] = "true" if number == definition["answer"] else "false"
                option.append(element(soup, "small", why))
            options.append(option)
        return f"{element(soup, 'p', definition['prompt'])}{options}"

    return [
        Slide("bet", "A bet", told(answered=False), part),
        Slide("answer", "The bet", told(answered=True), part),
    ]


def element(soup: BeautifulSoup, name: str, text: str) -> Tag:
    made = soup.new_tag(name)
    made.extend(list(BeautifulSoup(as_html(text), "html.parser").contents))
    return made


def inside(heading: Any) -> str:
    return heading.decode_contents() if heading else ""

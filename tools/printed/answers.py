"""What answers a question: it leaves its page, and stands in the solutions at the end.

Of each page: the answer to its guess, what is said of each bet, and the solutions of its
exercises. The question links its answer, and the answer its question.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from string import ascii_lowercase

from bs4 import PageElement, Tag

from ce_lib._backticks import as_html
from printed.pages import Page, Unmade
from printed.still import made


@dataclass
class Answer:
    """An answer: what it is called, its name, the name of what asks, and what it says."""

    title: str
    name: str
    asked: str
    body: list[PageElement] = field(default_factory=list)


def set_aside(section: Tag, page: Page) -> list[Answer]:
    """Take the answers out of a page, in the order in which they are listed."""
    found = [*_guesses(section), *_bets(section), *_exercises(section, page)]
    for answer in found:
        asks = section.find(id=answer.asked)
        assert isinstance(asks, Tag)
        asks.extend(made(f'<p class="to-answer">{see(answer)}</p>'))
    return found


def see(answer: Answer) -> str:
    """The link to an answer; on paper with its page (`printing`)."""
    return (
        f'<a href="#{answer.name}">The answer</a>'
        f'<a class="page-of" href="#{answer.name}"></a>'
    )


def _guesses(section: Tag) -> Iterator[Answer]:
    for box in section.select(".ce-guess-box"):
        _title(box, "Guess first")
        told = box.find("noscript")
        name = str(box["id"])
        answer = Answer("The guess", f"{name}-answer", name)
        if isinstance(told, Tag):
            answer.body = [part.extract() for part in told.select("p:not(.fold-title)")]
            told.decompose()
        del box["data-definition"]
        yield answer


def _bets(section: Tag) -> Iterator[Answer]:
    for number, box in enumerate(section.select(".ce-bet-box"), 1):
        title = f"Bet {number}"
        _title(box, f"{title}. Spread 100 % over the answers")
        for rest in box.find_all("noscript"):
            rest.decompose()
        said = json.loads(base64.b64decode(str(box["data-definition"])))
        del box["data-definition"]
        name = str(box["id"])
        right = int(said["answer"])
        text, why = said["options"][right]
        others = "".join(
            f"<li><em>{as_html(other)}</em> {as_html(reason)}</li>"
            for place, (other, reason) in enumerate(said["options"])
            if place != right
        )
        html = (
            f"<p><strong>{ascii_lowercase[right]}. {as_html(text)}</strong> {as_html(why)}</p>"
            f'<ul class="others">{others}</ul>'
        )
        yield Answer(title, f"{name}-answer", name, made(html))


def _exercises(section: Tag, page: Page) -> Iterator[Answer]:
    boxes = section.select(".exercise")
    asked = {_words(box.find(class_="admonition-title")): box for box in boxes}
    for fold in section.select(".solution"):
        handle = fold.find(class_="fold-title")
        title = _words(handle).removeprefix("Solution to ")
        if title not in asked:
            raise Unmade(
                f"{page.file} has a solution, {title!r}, of no exercise of its own"
            )
        assert isinstance(handle, Tag)
        handle.decompose()
        exercise = str(asked[title]["id"])
        name = str(fold.attrs.pop("id", f"{exercise}-solution"))
        yield Answer(title, name, exercise, [fold.extract()])


def _words(part: object) -> str:
    return " ".join(part.get_text().split()) if isinstance(part, Tag) else ""


def _title(box: Tag, text: str) -> None:
    box.insert(0, made(f'<p class="box-title">{escape(text)}</p>')[0])

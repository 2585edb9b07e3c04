"""The index says where: behind a term stand the chapters that explain it, as in print."""

import re
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from bookext.numbers import number_of

#: What Sphinx writes behind a name of the library.
BEHIND = re.compile(r"^(?P<name>\S*?)(?:\(\))? ?\((?:(?P<of>\w+) \w+|.* ce_lib)\)$")


def entry(env: BuildEnvironment, words: str, links: list[tuple[str, str]]) -> Any:
    """Return a term as the template shows it, its places in the order of the book."""
    found = BEHIND.match(words)
    places = sorted({place_of(env, uri): uri for _, uri in reversed(links)}.items())
    return {
        "words": found["name"] if found else words,
        "is_code": bool(found and found["name"]),
        "of": found["of"] if found else None,
        "places": [(name, uri) for (_, name), uri in places],
    }


def place_of(env: BuildEnvironment, uri: str) -> tuple[int, str]:
    """Return where in the order, and what a page is called: a chapter by its number."""
    page = uri.partition(".html")[0]
    number = number_of(env, page)
    if number is not None:
        return number, f"ch.\N{NO-BREAK SPACE}{number}"
    if page.startswith("reference/"):
        return 1000, "library"
    return 999, env.titles[page].astext().partition(",")[0].lower()


def give_places(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any
) -> None:
    if page != "genindex":
        return
    context["letters"] = [
        (
            letter,
            [
                entry(app.env, words, links)
                | {"below": [entry(app.env, *sub) for sub in below]}
                for words, (links, below, _) in entries
            ],
        )
        for letter, entries in context["genindexentries"]
    ]


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", give_places)

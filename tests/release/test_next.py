"""The book that plain Sphinx 9 builds says, page by page, what Jupyter Book's says.

`make book-next` has built it before, in an environment of its own.
"""

import re
import runpy
from importlib.metadata import distributions
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup, Tag
from built import BOOK, pages
from jupyter_book.config import get_final_config
from sphinx.errors import ConfigError

ROOT = Path(__file__).resolve().parents[2]
NEXT = ROOT / "_build/next"
TOOLS = ROOT / "tools/next"

CONF = runpy.run_path(str(TOOLS / "conf.py"))
ENVIRONMENT = runpy.run_path(str(TOOLS / "environment.py"))

#: The packages that are newer there, each with its pin.
NEWER = dict(ENVIRONMENT["pins"](TOOLS / "requirements.txt"))

#: The page that says of a package what the one says that is installed.
LICENCES = "chapters/licences.html"

#: What is counted on each page.
COUNTED = {
    "explorers": ".ce-explorer",
    "figures": "figure",
    "pictures": "svg, img",
    "exercises": ".exercise",
    "boxes": ".ce-practice",
    "claims": ".ce-claim",
    "folds": "details",
    "cells": ".cell",
    "outputs": ".cell_output",
    "formulas": ".katex",
    "tables": "table",
    "sections": "section",
}


@pytest.fixture(scope="module")
def next_book() -> Path:
    folder = NEXT / "html"
    if not (folder / "index.html").exists():
        pytest.fail("the book is not built with Sphinx 9: run `make book-next` first")
    return folder


def article(book: Path, path: str) -> Tag:
    parsed = BeautifulSoup((book / path).read_text(encoding="utf-8"), "html.parser")
    found = parsed.select_one("article.bd-article")
    assert found is not None, f"{path} has no article"
    # A formula's source, which nobody sees: myst-parser 5 cuts the lines before and behind it.
    for source in found.select("annotation"):
        source.string = f" {source.get_text().strip()} "
    for heading in found.select("section > h3") if path == LICENCES else ():
        name = heading.get_text().partition(" ")[0]
        if name.lower() in NEWER:
            heading.parent.replace_with(name)
    return found


@pytest.fixture(scope="module", params=pages())
def both(request: pytest.FixtureRequest, next_book: Path) -> tuple[Tag, Tag]:
    """The text of one page, as either book has it; read once for all tests of the page."""
    return article(BOOK, request.param), article(next_book, request.param)


def first_difference(ours: list[str], theirs: list[str]) -> str:
    """Where two texts part, with a few words around; nothing if they do not."""
    for at, (one, other) in enumerate(zip_longest(ours, theirs)):
        if one != other:
            around = slice(max(0, at - 8), at + 8)
            return f"{' '.join(ours[around])}\n≠\n{' '.join(theirs[around])}"
    return ""


def test_it_has_the_same_pages(book: Path, next_book: Path) -> None:
    both = [
        {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}
        for folder in (book, next_book)
    ]
    assert both[0] == both[1]


def test_a_page_says_the_same(both: tuple[Tag, Tag]) -> None:
    ours, theirs = (text.get_text().split() for text in both)
    assert not first_difference(ours, theirs)


def test_a_page_shows_as_many(both: tuple[Tag, Tag]) -> None:
    ours, theirs = (
        {what: len(text.select(how)) for what, how in COUNTED.items()} for text in both
    )
    assert ours == theirs


def test_every_address_on_a_page_is_kept(both: tuple[Tag, Tag]) -> None:
    """A link that somebody saved, or another page has, still leads to its part."""
    ours, theirs = ({part["id"] for part in text.select("[id]")} for text in both)
    assert ours - theirs == set()


def test_links_lead_to_the_same_places(both: tuple[Tag, Tag]) -> None:
    ours, theirs = ([a["href"] for a in text.select("a[href]")] for text in both)
    assert not first_difference(ours, theirs)


#: What Jupyter Book sets and nobody reads here: the defaults of what reads it, printing by
#: LaTeX, comments.
NEEDLESS = {
    "comments_config",
    "html_baseurl",
    "html_logo",
    "latex_engine",
    "nb_execution_allow_errors",
    "nb_execution_cache_path",
    "nb_execution_excludepatterns",
    "nb_execution_in_temp",
    "use_jupyterbook_latex",
}


def test_the_settings_are_those_that_jupyter_book_makes() -> None:
    made, _ = get_final_config(
        user_yaml=ROOT / "_config.yml", cli_config={"latex_individualpages": False}
    )
    made = {name: value for name, value in made.items() if name not in NEEDLESS}
    ours = CONF["translated"](settings())
    for name in CONF["PATHS"]:
        made[name] = CONF["absolute"](made[name])
    # Jupyter Book adds what no page has, and sphinx_external_toc loads the numbering.
    assert set(made.pop("exclude_patterns")) - set(ours.pop("exclude_patterns")) == {
        "Thumbs.db",
        ".DS_Store",
    }
    assert set(made.pop("extensions")) - set(ours.pop("extensions")) == {
        "jupyter_book",
        "sphinx_jupyterbook_latex",
        "sphinx_multitoc_numbering",
    }
    assert ours == made


def settings() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))


def test_a_setting_without_a_translation_stops_the_build() -> None:
    with pytest.raises(
        ConfigError, match=r"translates \(title, .*got html\.announcement"
    ):
        CONF["translated"](settings() | {"html": {"announcement": "New!"}})


def installed() -> dict[str, str]:
    places = [str(path) for path in NEXT.glob("env/lib/python*/site-packages")]
    return {
        # A build for processors alone says so behind its version: 2.13.0+cpu.
        re.sub(r"[-_.]+", "-", one.name).lower(): one.version.partition("+")[0]
        for one in distributions(path=places)
    }


def test_its_environment_is_without_jupyter_book(next_book: Path) -> None:
    found = installed()
    assert found["sphinx"].split(".")[0] == "9"
    assert "jupyter-book" not in found


def test_its_environment_differs_from_the_books_in_what_is_pinned_there_alone(
    next_book: Path,
) -> None:
    found = installed()
    own = {
        name: pin.split("==")[1]
        for file in ENVIRONMENT["OWN"]
        for name, pin in ENVIRONMENT["pins"](ROOT / file)
    }
    differing = {name for name in found if own.get(name) != found[name]}
    assert differing - {"ce-lib", "pip"} == NEWER.keys()
    assert {
        name: pin.split("==")[1] for name, pin in NEWER.items()
    }.items() <= found.items()

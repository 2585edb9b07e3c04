"""A first visit to a page loads what it shows: little, and every glyph that is set."""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from fontTools.ttLib import TTFont
from playwright.sync_api import Browser
from visits import loaded, weight

from bookext.faces import FOLDER
from bookext.glyphs import SHEET, WHOLE, Font, Sheet

pytestmark = pytest.mark.xdist_group("page")

FIRST_VISIT_LIMIT = 250_000  # bytes, text gzipped
TYPE_LIMIT = 60_000  # of these, the book's own type; the mathematics' is apart

# What the browser wants: each character of the text, and of the formulas in it, in the font it
# chose for it. A space of no width and the like paint nothing, and no font needs them.
WANTED = """() => {
  const wanted = { formulas: {}, text: {} };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { parentNode: at, data } = texts.currentNode;
    if (at.closest("script, style, noscript, .katex-mathml")) continue;
    const style = getComputedStyle(at);
    const family = style.fontFamily.split(",")[0].replaceAll('"', "");
    const font = [family, style.fontStyle, style.fontWeight].join();
    const of = wanted[at.closest(".katex-html") ? "formulas" : "text"];
    of[font] = (of[font] ?? "") + data.replaceAll(/[\\u200b\\u2061\\n]/g, "");
  }
  return wanted;
}"""

#: Signs that no face of the book has: any font of the system may set them.
SIGNS = frozenset("‖ᵀ⁻↻⚠")


class Visit(NamedTuple):
    loaded: dict[Path, int]  #: all that was loaded, with its bytes
    wanted: dict[str, dict[str, str]]  #: characters by font, of formulas and of text


@pytest.fixture(scope="module")
def first_visit(browser: Browser, book: Path, book_url: str, path: str) -> Visit:
    tab = browser.new_page()
    found = loaded(tab, book, book_url, path)
    wanted = tab.evaluate(WANTED)
    tab.close()
    return Visit(found, wanted)


@pytest.mark.in_turn(2)
def test_a_first_visit_to_any_page_is_light(first_visit: Visit) -> None:
    sizes = first_visit.loaded
    heaviest = sorted((size, file.name) for file, size in sizes.items())[-5:]
    assert len(sizes) > 1
    assert sum(sizes.values()) <= FIRST_VISIT_LIMIT, heaviest
    faces = [
        file for file in sizes if file.parent.name == FOLDER and file.suffix == ".woff2"
    ]
    assert 0 < sum(map(weight, faces)) <= TYPE_LIMIT


def face(family: str, style: str, weight: str) -> str:
    """The file of one of the book's faces, as `book.css` shares them out."""
    if family != "Book Text":
        return {"Book Interface": "interface", "Book Code": "code"}[family]
    if style == "italic":
        return "text-italic"
    return "text-semibold" if int(weight) >= 600 else "text"


def test_every_glyph_of_a_page_is_shipped(
    first_visit: Visit, book: Path, path: str
) -> None:
    wanted = first_visit.wanted
    formulas = "katex-html" in (book / path).read_text(encoding="utf-8")
    assert bool(wanted["formulas"]) == formulas
    sheet = Sheet((WHOLE / SHEET).read_text(encoding="utf-8"))
    for font, characters in wanted["formulas"].items():
        file = sheet.file(Font(*font.split(",")))
        assert file is not None, font
        assert lacking(book / "_static/katex" / file, characters) == set(), file
    for font, characters in wanted["text"].items():
        file = f"_static/{FOLDER}/{face(*font.split(','))}.woff2"
        assert lacking(book / file, characters) <= SIGNS, f"{file}: run tools/faces.py"


@cache
def glyphs(font: Path) -> frozenset[int]:
    return frozenset(TTFont(font).getBestCmap())


def lacking(font: Path, characters: str) -> set[str]:
    return {c for c in characters if ord(c) not in glyphs(font)}


def test_a_page_loads_the_scripts_of_what_it_shows(book: Path, path: str) -> None:
    page = (book / path).read_text(encoding="utf-8")
    place = re.compile(r'<div class="ce-explorer" data-explorer="([\w-]+)"')
    loaded = re.findall(r'<script [^>]*src="[^"]*_static/explorers/([\w-]+)\.js', page)
    folds = re.compile(r'<details class="ce-fold".*?</details>', re.DOTALL)
    assert loaded == list(dict.fromkeys(place.findall(folds.sub("", page))))
    assert ("_static/core.js" in page) == bool(place.search(page))
    # What is folded only says where its script is.
    for fold in folds.findall(page):
        scripts = re.findall(r'data-script="([^"?]+)\?v=', fold)
        assert [Path(script).stem for script in scripts] == place.findall(fold)
        assert all(((book / path).parent / script).exists() for script in scripts)
    kinds = set(re.findall(r'data-practice="(\w+)"', page))
    assert ("_static/practice.js" in page) == bool(kinds - {"record"})
    assert ("_static/report.js" in page) == ("record" in kinds)
    assert ("_static/claims.js" in page) == ("data-claim=" in page)

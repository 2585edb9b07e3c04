"""The fonts of the mathematics and of the text hold what the book needs, and little else."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from playwright.sync_api import Browser

from bookext.faces import FOLDER
from bookext.glyphs import SHEET, WHOLE, Font, Sheet, ship

FORMULA = '<span class="katex"><span class="katex-html">{}</span></span>'


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


def face(family: str, style: str, weight: str) -> str:
    """The file of one of the book's faces, as `book.css` shares them out."""
    if family != "Book Text":
        return {"Book Interface": "interface", "Book Code": "code"}[family]
    if style == "italic":
        return "text-italic"
    return "text-semibold" if int(weight) >= 600 else "text"


def test_every_glyph_of_a_page_is_shipped(
    browser: Browser, book: Path, path: str
) -> None:
    tab = browser.new_page()
    tab.goto((book / path).as_uri())
    wanted = tab.evaluate(WANTED)
    tab.close()
    formulas = "katex-html" in (book / path).read_text(encoding="utf-8")
    assert bool(wanted["formulas"]) == formulas
    sheet = Sheet((book / "_static/katex" / SHEET).read_text(encoding="utf-8"))
    for font, characters in wanted["formulas"].items():
        file = sheet.file(Font(*font.split(",")))
        assert file is not None, font
        assert lacking(book / "_static/katex" / file, characters) == set(), file
    for font, characters in wanted["text"].items():
        file = f"_static/{FOLDER}/{face(*font.split(','))}.woff2"
        assert lacking(book / file, characters) <= SIGNS, f"{file}: run tools/faces.py"


def lacking(font: Path, characters: str) -> set[str]:
    there = TTFont(font).getBestCmap()
    return {c for c in characters if ord(c) not in there}


def shipped(folder: Path) -> dict[str, str]:
    """The characters of each font in a folder, by the font's name."""
    fonts = sorted((folder / "fonts").glob("*.woff2"))
    return {
        font.stem.removeprefix("KaTeX_"): "".join(map(chr, TTFont(font).getBestCmap()))
        for font in fonts
    }


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    (tmp_path / "_static/katex/fonts").mkdir(parents=True)
    (tmp_path / "chapters").mkdir()
    return tmp_path


def write(page: Path, formula: str) -> None:
    page.write_text(f"<p>Words {FORMULA.format(formula)}</p>", encoding="utf-8")


def test_a_font_holds_what_is_set_in_it_by_the_style_sheet(pages: Path) -> None:
    write(
        pages / "index.html",
        '<span class="mord mathnormal">q</span><span class="mord mathbf">y</span>='
        '<span class="mop op-symbol large-op">∑</span>'
        '<span class="mord text"><span class="mord textit">a</span>b</span>'
        '<span class="delimsizing mult"><span class="delim-size4"><span>⎧</span></span></span>',
    )
    write(pages / "chapters/one.html", '<span class="mathbf"><span>Q</span>2</span>')
    ship(pages, pages / "_static/katex")
    assert shipped(pages / "_static/katex") == {
        "Main-Bold": "2Qy",
        "Main-Italic": "a",
        "Main-Regular": "=b",
        "Math-Italic": "q",
        "Size2-Regular": "∑",
        "Size4-Regular": "⎧",
    }


def test_a_page_that_is_not_written_again_keeps_its_glyphs(pages: Path) -> None:
    static = pages / "_static/katex"
    write(pages / "index.html", "p+1")
    write(pages / "chapters/one.html", '<span class="mathbb">E</span>')
    ship(pages, static)
    write(pages / "index.html", "q")
    ship(pages, static)
    assert shipped(static) == {"Main-Regular": "q", "AMS-Regular": "E"}
    write(pages / "chapters/one.html", "p")
    ship(pages, static)
    assert shipped(static) == {"Main-Regular": "pq"}
    write(pages / "chapters/one.html", '<span class="mathbb">ER</span>')
    ship(pages, static)
    assert shipped(static) == {"Main-Regular": "q", "AMS-Regular": "ER"}


def test_the_style_sheet_names_the_fonts_that_are_shipped_and_no_others(
    book: Path,
) -> None:
    static = book / "_static/katex"
    sheet = (static / SHEET).read_text(encoding="utf-8")
    fonts = [font.name for font in (static / "fonts").iterdir()]
    assert sheet.count("@font-face") == len(fonts) > 0
    for font in fonts:
        assert f"url(fonts/{font})" in sheet
        assert (static / "fonts" / font).stat().st_size < (
            (WHOLE / "fonts" / font).stat().st_size
        )

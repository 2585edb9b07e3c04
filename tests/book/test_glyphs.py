"""The mathematics' fonts hold what the book's formulas need, and little else."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from playwright.sync_api import Browser

from bookext.glyphs import SHEET, WHOLE, Font, Sheet, ship

FORMULA = '<span class="katex"><span class="katex-html">{}</span></span>'


# What the browser wants: each character of a formula, in the font it chose for it. A
# space of no width paints nothing, and KaTeX's fonts do not have it.
WANTED = """() => {
  const wanted = {};
  for (const formula of document.querySelectorAll(".katex-html")) {
    const texts = document.createTreeWalker(formula, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const style = getComputedStyle(texts.currentNode.parentNode);
      const family = style.fontFamily.split(",")[0].replaceAll('"', "");
      const font = [family, style.fontStyle, style.fontWeight].join();
      wanted[font] = (wanted[font] ?? "") + texts.currentNode.data.replaceAll("\u200b", "");
    }
  }
  return wanted;
}"""


def test_every_glyph_of_a_formula_is_shipped(
    browser: Browser, book: Path, path: str
) -> None:
    tab = browser.new_page()
    tab.goto((book / path).as_uri())
    wanted = tab.evaluate(WANTED)
    tab.close()
    assert bool(wanted) == ("katex-html" in (book / path).read_text(encoding="utf-8"))
    sheet = Sheet((book / "_static/katex" / SHEET).read_text(encoding="utf-8"))
    for font, characters in wanted.items():
        file = sheet.file(Font(*font.split(",")))
        assert file is not None, font
        there = TTFont(book / "_static/katex" / file).getBestCmap()
        assert {c for c in characters if ord(c) not in there} == set(), file


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

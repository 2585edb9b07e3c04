"""The fonts of the mathematics and of the text hold what the book needs, and little else."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from bookext.glyphs import WHOLE, ship
from bookext.sheets import SHEET as PAGE_SHEET

FORMULA = '<span class="katex"><span class="katex-html">{}</span></span>'


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
    fonts_at = book / "_static/katex/fonts"
    sheet = (book / "_static" / PAGE_SHEET).read_text(encoding="utf-8")
    fonts = [font.name for font in fonts_at.iterdir()]
    assert sheet.count("url(katex/fonts/") == len(fonts) > 0
    for font in fonts:
        assert f"url(katex/fonts/{font})" in sheet
        assert (fonts_at / font).stat().st_size < (
            (WHOLE / "fonts" / font).stat().st_size
        )

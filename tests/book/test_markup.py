"""The pages are the HTML that they mean to be, and nothing in them stands inline."""

import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from built import pages
from code_as_prose import as_prose
from node import node

from bookext.styles import without_styles

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def test_a_validator_finds_no_id_twice_and_nothing_nested_wrongly(book: Path) -> None:
    done = node(str(HERE / "validate.mjs"), str(book), *pages())
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == []


def test_no_page_has_anything_inline_that_a_strict_policy_forbids(book: Path) -> None:
    for page in pages():
        text = (book / page).read_text(encoding="utf-8")
        # Data in a script's element are never run: no policy forbids them.
        inline = r"<script(?![^>]*\ssrc=| type=\"application/ld\+json\">)"
        assert not re.search(rf"{inline}|<style|<[^<>]*\sstyle=", text), page
        assert not re.search(r"<[^<>]*\son[a-z]+=|href=\"javascript:", text), page
        assert text.count('name="viewport"') == 1, page


def test_no_line_ends_behind_the_sign_that_begins_a_piece_of_code(book: Path) -> None:
    begun = [
        piece
        for page in pages()
        for piece in BeautifulSoup(
            (book / page).read_text(encoding="utf-8"), "html.parser"
        ).select("code .pre")
        if re.match(r"-+\w", piece.get_text())
    ]
    assert begun
    for piece in begun:
        whole = piece.select_one(".ce-whole")
        assert whole is not None, piece
        assert piece.get_text().startswith(whole.get_text())


def test_a_style_becomes_a_class_that_says_the_same() -> None:
    rules: dict[str, str] = {}
    html = (
        '<p>style="x"</p><span class="a" style="top:-1em; left: 2em;">1</span>'
        '<br style="top:-1em"/><td style=" top:-1em">'
    )
    done = without_styles(html, rules)
    both, top = (
        rules["top:-1em!important;left: 2em!important"],
        rules["top:-1em!important"],
    )
    assert both != top
    assert done == (
        f'<p>style="x"</p><span class="a {both}">1</span><br class="{top}"/>'
        f'<td class="{top}">'
    )


#: What is said in the reader's measure: paper has its own, and a drawing its own units.
ELSEWHERE = re.compile(
    r"@media print \{.*?\n\}\n|\.ce-(?:diagram|figure) [^{]*\{.*?\}", re.DOTALL
)


@pytest.mark.parametrize("sheet", ["book.css", "site.css", "practice.css"])
def test_sizes_and_breakpoints_follow_the_readers_font_size(sheet: str) -> None:
    text = (ROOT / "bookext/assets" / sheet).read_text(encoding="utf-8")
    screen = ELSEWHERE.sub("", text)
    assert not re.findall(r"font(?:-size)?:[^;{}]*\d(?:px|pt)\b", screen)
    assert not re.findall(r"@media[^{]*\dpx", screen)


def test_a_word_of_the_glossary_that_is_code_is_set_as_code(book: Path) -> None:
    html = (book / "chapters/glossary.html").read_text(encoding="utf-8")
    terms = BeautifulSoup(html, "html.parser").select("dl.glossary dt")
    assert any(term.select("code") for term in terms)
    for term in terms:
        for code in term.select("code"):
            code.decompose()
        assert as_prose(f"{term.get_text()}.") == []

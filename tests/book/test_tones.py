"""Code has elements for what a rule of the sheet colours, and for nothing else."""

import re
from pathlib import Path

from built import pages

from bookext.tones import CODE, TONED, without_plain_spans

SHEET = Path(__file__).resolve().parents[2] / "bookext/assets/book.css"
SPAN = re.compile(r'<span class="(\w+)">')


def test_what_is_toned_is_what_the_sheet_says() -> None:
    rules = re.findall(r"\.highlight :is\(([^)]*)\)", SHEET.read_text(encoding="utf-8"))
    assert {name.strip(" .") for rule in rules for name in rule.split(",")} == set(
        TONED
    )


def test_a_name_has_no_element_and_an_operator_has() -> None:
    code = (
        '<div class="highlight"><pre><span></span><a class="ce-use" href="#">'
        '<span class="n">entropy</span></a><span class="p">(</span>'
        '<span class="mi">2</span><span class="p">)</span>\n</pre></div>'
    )
    assert without_plain_spans(code) == (
        '<div class="highlight"><pre><span></span><a class="ce-use" href="#">'
        'entropy</a><span class="p">(</span>2<span class="p">)</span>\n</pre></div>'
    )
    words = '<p><span class="pre">x</span></p>'
    assert without_plain_spans(words) == words


def test_no_page_has_more(book: Path) -> None:
    for page in pages():
        html = (book / page).read_text(encoding="utf-8")
        found = {name for code in CODE.findall(html) for name in SPAN.findall(code)}
        assert found <= set(TONED), page

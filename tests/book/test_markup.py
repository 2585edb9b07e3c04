"""The pages are the HTML that they mean to be, and nothing in them stands inline."""

import json
import re
from pathlib import Path

from conftest import pages
from node import node

from bookext.styles import without_styles

HERE = Path(__file__).parent


def test_a_validator_finds_no_id_twice_and_nothing_nested_wrongly(book: Path) -> None:
    done = node(str(HERE / "validate.mjs"), str(book), *pages())
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == []


def test_no_page_has_anything_inline_that_a_strict_policy_forbids(book: Path) -> None:
    for page in pages():
        text = (book / page).read_text(encoding="utf-8")
        assert not re.search(r"<script(?![^>]*\ssrc=)|<style|<[^<>]*\sstyle=", text), (
            page
        )
        assert not re.search(r"<[^<>]*\son[a-z]+=|href=\"javascript:", text), page
        assert text.count('name="viewport"') == 1, page


def test_a_style_becomes_a_class_that_says_the_same() -> None:
    rules: dict[str, str] = {}
    html = (
        '<p>style="x"</p><span class="a" style="top:-1em; left: 2em;">1</span>'
        '<br style="top:-1em"/><td style=" top:-1em">'
    )
    done = without_styles(html, rules)
    names = {said: name for name, said in rules.items()}
    both, top = (
        names["top:-1em!important;left: 2em!important"],
        names["top:-1em!important"],
    )
    assert done == (
        f'<p>style="x"</p><span class="a {both}">1</span><br class="{top}"/>'
        f'<td class="{top}">'
    )

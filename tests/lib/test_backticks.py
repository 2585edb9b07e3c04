"""Code in a text stands between backticks: for Python as for the pages' scripts."""

import json
from html import unescape
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from ce_lib._backticks import as_html, as_words, pieces
from ce_lib.practice.define import Definition, Options, question
from ce_lib.practice.exercise import Option
from ce_lib.practice.verdict import Verdict

#: web/tests/backticks.test.mjs holds the scripts to the same.
CASES = json.loads(
    Path(__file__).parents[1].joinpath("web/backticks.json").read_text("utf-8")
)


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_text_is_taken_apart_at_its_code(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected
    assert as_words(text) == "".join(expected)


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_html_has_the_code_and_escapes_the_rest(text: str, expected: list[str]) -> None:
    read = BeautifulSoup(as_html(text), "html.parser")
    assert read.get_text() == "".join(expected)
    assert [code.get_text() for code in read.find_all(True)] == expected[1::2]
    assert {code.name for code in read.find_all(True)} <= {"code"}


def asked(prompt: str, why: str) -> Definition:
    @question(prompt, answer="a")
    def bet_on_code() -> Options:
        yield Option("a", "`y`", why)

    return bet_on_code


def test_code_that_does_not_end_is_refused_where_it_is_defined() -> None:
    assert asked("Is `z` a logit?", "`z` is.").value.prompt == "Is `z` a logit?"
    for definition in (asked("Is `z a logit?", "Yes."), asked("Is `z`?", "Yes, z`.")):
        with pytest.raises(ValueError, match="bet-on-code: expected two backticks"):
            _ = definition.value


def test_a_notebook_shows_a_verdict_with_its_code_and_what_was_answered_as_text() -> (
    None
):
    verdict = Verdict("lab-x", "wrong", "`z` is no `<b>`. Got <i>")
    html = verdict._repr_html_()
    assert "<code>z</code> is no <code>&lt;b&gt;</code>. Got &lt;i&gt;" in html
    assert "`z`" in unescape(repr(verdict))

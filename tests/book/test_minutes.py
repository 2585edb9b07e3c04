"""A chapter says how long it takes, and takes no longer than twenty minutes."""

import re
from pathlib import Path

import pytest
from contents import ALL, CHAPTERS
from docutils import nodes
from docutils.utils import new_document
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx_design.dropdown import dropdown_main

from bookext.minutes import WORDS_A_MINUTE, minutes
from bookext.practice import PracticeBox
from ce_lib.practice.catalogue import QUESTIONS

LONGEST = 20

SAID = re.compile(r'</h1>\s*<p class="minutes">About (\d+)\s+minutes? to read\.</p>')
EXPLORER = '<div class="ce-explorer" data-explorer="classifier">a table of words</div>'


def prose(of_minutes: float) -> nodes.paragraph:
    return nodes.paragraph("", "word " * round(of_minutes * WORDS_A_MINUTE))


def page(*parts: nodes.Node) -> nodes.document:
    made = new_document("page")
    made += nodes.section("", nodes.title("", "A title"), *parts)
    return made


def test_two_hundred_words_are_a_minute() -> None:
    assert minutes(page()) == 1
    assert minutes(page(prose(3))) == 3
    assert minutes(page(prose(2), prose(1.6))) == 4


@pytest.mark.parametrize(
    "stop",
    [
        nodes.figure("", nodes.image(alt="words " * 900)),
        nodes.container("", nodes.raw("", EXPLORER, format="html")),
    ],
    ids=["figure", "explorer"],
)
def test_a_figure_or_an_explorer_is_a_minute(stop: nodes.Element) -> None:
    assert minutes(page(prose(3), stop)) == 4


@pytest.mark.parametrize("fold", [dropdown_main, HideCodeCellNode])
def test_what_is_folded_can_wait(fold: type[nodes.Element]) -> None:
    inside = nodes.figure("", nodes.caption("", "words"))
    assert minutes(page(prose(3), fold("", prose(5), inside))) == 3


def test_what_nobody_reads_is_not_counted() -> None:
    hidden = [nodes.comment("", "word " * 900), nodes.raw("", "word " * 900)]
    assert minutes(page(prose(3), *hidden)) == 3


def test_a_formula_is_one_word_and_a_question_to_bet_on_is_read() -> None:
    formulas = [nodes.math("", "a b c d e") for _ in range(WORDS_A_MINUTE)]
    assert minutes(page(nodes.paragraph("", "", *formulas))) == 1
    bets = [
        PracticeBox(kind="bet", name=name, definition=QUESTIONS[name].to_json())
        for name in ["bet-gap"] * 40
    ]
    assert minutes(page(*bets)) > 5


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_a_chapter_takes_at_most_twenty_minutes_and_says_how_many(
    book: Path, chapter: str
) -> None:
    (said,) = SAID.findall((book / f"{chapter}.html").read_text("utf-8"))
    assert 1 <= int(said) <= LONGEST


@pytest.mark.parametrize("page", [page for page in ALL if page not in CHAPTERS])
def test_other_pages_are_looked_up_not_read_through(book: Path, page: str) -> None:
    assert 'class="minutes"' not in (book / f"{page}.html").read_text("utf-8")

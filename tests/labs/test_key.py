"""The answer key holds all that is asked, needs nothing else, and is part of no book."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from grading.lab import parts
from teacher import key, printed
from teacher.course import chapters, labs
from teacher.spares import spares

from ce_lib._backticks import as_html, as_words
from ce_lib.practice.catalogue import CODE, EXERCISES, GUESSES, QUESTIONS
from ce_lib.practice.exercise import Choice

pytestmark = [pytest.mark.xdist_group("teacher"), pytest.mark.usefixtures("book")]


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> str:
    return key.write(tmp_path_factory.mktemp("key")).read_text("utf-8")


@pytest.fixture(scope="module")
def page(text: str) -> BeautifulSoup:
    return BeautifulSoup(text, "html.parser")


@pytest.fixture(scope="module")
def entries(page: BeautifulSoup) -> dict[str, Tag]:
    """What is told of each thing that is asked, by its page and its name."""
    return {heading["id"]: heading.parent for heading in page.select("h3[id]")}


def test_all_that_is_asked_is_in_the_key_once(page: BeautifulSoup) -> None:
    asked = {
        f"{s.page(i)}-{i}" for s in (EXERCISES, QUESTIONS, GUESSES, CODE) for i in s
    }
    asked |= {f"{spare.page}-{id}" for id, spare in spares().items()}
    shown = [heading["id"] for heading in page.select("h3[id]")]
    assert len(shown) == len(set(shown))
    folklore = {id for id in shown if id.startswith("folklore-")}
    assert set(shown) - folklore == asked
    assert len(folklore) == len(list(printed.claims("folklore"))) > 0


def test_chapters_and_labs_stand_in_the_order_of_the_course(
    page: BeautifulSoup,
) -> None:
    order = [heading["id"] for heading in page.select("h2[id]")]
    assert order[: len(chapters())] == [chapter.name for chapter in chapters()]
    assert order[-len(labs()) :] == [lab.stem for lab in labs()]


def test_every_known_mistake_is_told_as_the_check_tells_it(
    entries: dict[str, Tag],
) -> None:
    for id in EXERCISES:
        shown = entries[f"{EXERCISES.page(id)}-{id}"].get_text()
        for field in EXERCISES[id].fields:
            assert as_words(field.label) in shown
            if isinstance(field, Choice):
                assert all(as_words(option.why) in shown for option in field.options)
            else:
                for mistake in field.mistakes:
                    assert as_words(mistake.name) in shown
                    assert as_words(mistake.sentence) in shown


def test_the_right_option_is_the_one_that_is_marked(
    entries: dict[str, Tag],
) -> None:
    for id in QUESTIONS:
        (right,) = entries[f"{QUESTIONS.page(id)}-{id}"].select(".right b")
        question = QUESTIONS[id]
        assert right.decode_contents() == as_html(question.options[question.index].text)


def test_an_exercise_of_a_chapter_comes_with_its_solution(
    entries: dict[str, Tag],
) -> None:
    own = {chapter.name for chapter in chapters()}
    for id in EXERCISES:
        if EXERCISES.page(id) in own:
            assert entries[f"{EXERCISES.page(id)}-{id}"].select_one(".solution")


def test_a_task_of_a_lab_comes_with_its_points(entries: dict[str, Tag]) -> None:
    for lab in labs():
        points = {p.required: p.points for p in parts(lab) if p.points is not None}
        for id, most in points.items():
            heading = entries[f"{lab.stem}-{id}"].find("h3").get_text()
            assert re.match(rf"{most:g} points?\b", heading)


def test_the_key_needs_no_network_and_no_other_file(text: str) -> None:
    assert not re.search(r'\b(?:src|href)="(?!#)|url\(|@import|<script', text)
    assert "katex" not in text


def test_the_key_is_part_of_no_book(book: Path) -> None:
    assert not list(book.rglob("key.html"))
    assert not any(id.encode() in file.read_bytes() for id in list(spares())[:2]
                   for file in book.rglob("*.html"))  # fmt: skip


def test_what_cannot_be_printed_is_named() -> None:
    element = BeautifulSoup("<p><img src='a.png'></p>", "html.parser")
    with pytest.raises(ValueError, match="log-curve: there is no way to print a <img>"):
        printed.plain(element, printed.as_mathml, "log-curve")


def test_without_a_built_book_the_key_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printed, "BOOK", tmp_path)
    with pytest.raises(printed.NotBuilt, match="run `make book` first"):
        printed.source("log-curve")

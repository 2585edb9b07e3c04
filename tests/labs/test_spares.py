"""The spare exercises: two for each chapter, for the teacher alone, with nothing typed."""

import ast
import math
import re
import zipfile
from pathlib import Path

import numpy as np
import pytest
from contents import CHAPTERS
from teacher import spare as files
from teacher.spares import Spare, spares

from bookext import wheel
from ce_lib.explorers import Training, WeightsAndFocal
from ce_lib.explorers.two_distributions import code_lengths
from ce_lib.information import cross_entropy, entropy
from ce_lib.losses import softmax_cross_entropy
from ce_lib.practice.catalogue import CODE, EXERCISES
from ce_lib.practice.exercise import Choice

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(Path(files.__file__).parent.glob("[!_]*.py"))
SPARES = spares()

each = pytest.mark.parametrize("spare", SPARES.values(), ids=SPARES)

#: A number with a point, as it is written here.
DECIMAL = re.compile(r"(?<![\w.])\d+\.\d+")
#: A minus sign that is a hyphen, in front of a number.
HYPHEN = re.compile(r"(?<![\w$])-\d")
FORMULA = re.compile(r"\$[^$]+\$")
#: What begins a list, a quotation or a heading.
MARK = re.compile(r"(?:\d+[.)]|[-+*>#=]+)(?: |$)")


def typed(solution: ast.Call) -> str:
    """What stands in a solution as it is, and is not computed."""
    return " ".join(
        node.value
        for node in ast.walk(solution)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def typed_solutions(source: str) -> dict[str, str]:
    """What each function of a file types in its solution."""
    return {
        function.name.replace("_", "-"): typed(call)
        for function in ast.parse(source).body
        if isinstance(function, ast.FunctionDef)
        for call in ast.walk(function)
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "Solution"
    }


TYPED = {
    id: words
    for path in FILES
    for id, words in typed_solutions(path.read_text(encoding="utf-8")).items()
}


def numbers(text: str) -> set[float]:
    return {float(number) for number in DECIMAL.findall(text)}


def own_words(spare: Spare) -> str:
    """The longest piece of a text without markup, as a page would hold it."""
    return max(re.split(r"[$*`|\n]", spare.text), key=len)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_chapter_has_two(chapter: str) -> None:
    page = chapter.removeprefix("chapters/")
    assert len([spare for spare in SPARES.values() if spare.page == page]) == 2


def test_none_belongs_to_another_page() -> None:
    assert {f"chapters/{spare.page}" for spare in SPARES.values()} <= set(CHAPTERS)


@each
def test_a_spare_is_known_from_the_books_own(spare: Spare) -> None:
    assert spare.id.startswith("spare-")
    assert spare.id not in EXERCISES
    assert spare.id not in CODE


@each
def test_a_spare_stands_on_no_page(spare: Spare) -> None:
    pages = [*ROOT.glob("chapters/*.md"), *ROOT.glob("notebooks/*.ipynb")]
    assert [p.name for p in pages if spare.id in p.read_text(encoding="utf-8")] == []


def test_no_spare_is_in_the_built_book(book: Path) -> None:
    pages = [*book.rglob("*.html"), *book.rglob("*.ipynb"), book / "searchindex.js"]
    assert len(pages) > 2 * len(CHAPTERS)
    text = "".join(page.read_text(encoding="utf-8") for page in pages)
    assert [id for id in SPARES if id in text] == []
    assert [words for words in map(own_words, SPARES.values()) if words in text] == []


def test_no_spare_is_in_the_wheel(book: Path) -> None:
    with zipfile.ZipFile(book / "_sources" / wheel.NAME) as packed:
        assert [name for name in packed.namelist() if "teacher" in name] == []


@each
def test_a_spare_takes_four_to_ten_minutes(spare: Spare) -> None:
    assert 4 <= spare.minutes <= 10


def test_a_chapter_has_a_quick_one_to_compute_and_a_slow_one_to_think_about() -> None:
    for chapter in CHAPTERS:
        pair = [s for s in SPARES.values() if f"chapters/{s.page}" == chapter]
        quick, slow = sorted(pair, key=lambda spare: spare.minutes)
        assert quick.minutes <= 6 <= slow.minutes
        assert any(not isinstance(field, Choice) for field in quick.exercise.fields)


@each
def test_a_number_knows_two_to_five_mistakes(spare: Spare) -> None:
    for field in spare.exercise.fields:
        if not isinstance(field, Choice):
            assert 2 <= len(field.mistakes) <= 5, field.name


@each
def test_every_option_has_its_sentence(spare: Spare) -> None:
    for field in spare.exercise.fields:
        if isinstance(field, Choice):
            assert len(field.options) >= 3
            assert all(option.why for option in field.options)


@each
def test_no_number_of_a_solution_is_typed_unless_it_is_given(spare: Spare) -> None:
    assert numbers(TYPED[spare.id]) <= numbers(spare.text)


def test_a_typed_number_would_be_found() -> None:
    source = 'def spare_x():\n    yield Solution(f"It is 0.3567, not {1 / 3:.4f}.")'
    assert numbers(typed_solutions(source)["spare-x"]) == {0.3567}


@each
def test_a_spare_is_written_as_the_book_is(spare: Spare) -> None:
    for words in (spare.text, spare.solution):
        assert len(FORMULA.sub("", words).split("$")) == 1, (
            "a dollar sign without its twin"
        )
        assert not HYPHEN.search(FORMULA.sub("", words)), "a minus, not a hyphen"
        assert not re.search(r"(?<![\d.])\d{5}", words), "a comma at the thousands"
        assert "'" not in FORMULA.sub("", words), "a curled apostrophe"


@each
def test_no_line_of_a_paragraph_is_taken_for_a_list(spare: Spare) -> None:
    for paragraph in f"{spare.text}\n\n{spare.solution}".split("\n\n"):
        first, *others = paragraph.splitlines()
        if not MARK.match(first):
            assert [line for line in others if MARK.match(line)] == []


def said(id: str) -> set[float]:
    """The numbers that the text of an exercise gives."""
    return numbers(SPARES[id].text)


@pytest.mark.parametrize("songs", [30, 400])
def test_the_explorer_shows_what_the_two_runs_are_said_to_pay(songs: int) -> None:
    shown = Training(songs=songs, steps=200, floor="shown").readout()
    kinds = ("train_loss", "fresh_loss", "floor")
    assert {round(shown[kind], 4) for kind in kinds} <= said("spare-two-runs")


def test_the_numbers_of_the_known_batch_come_from_what_was_done_to_it() -> None:
    prices = softmax_cross_entropy(
        [[2, 1, 0.5], [0.5, 2.5, 1]], [0, 1], reduction="none"
    )
    shown = (prices.mean(), prices.sum(), prices.sum() / 4, prices[0] / 2)
    assert {round(float(loss), 6) for loss in shown} <= said("spare-known-batch")


def test_the_bills_are_what_the_four_colleagues_pay() -> None:
    p = [0.6, 0.3, 0.1]
    paid = (
        entropy(p, base=2),
        cross_entropy(p, [0.5, 0.3, 0.2], base=2),
        float(p @ code_lengths(np.array(p))),
        math.log2(3),
    )
    assert {round(bits, 2) for bits in paid} <= said("spare-four-bills")


def test_the_reports_on_the_station_are_what_it_costs() -> None:
    shares, after = np.array([0.75, 0.25]), [[0.8, 0.2], [0.6, 0.4]]
    rate, alone = shares @ entropy(after), entropy(shares)
    reports = {round(float(loss), 4) for loss in (rate + (alone - rate) / 3, alone)}
    assert reports <= said("spare-three-reports")


def test_focal_loss_asks_for_the_number_that_is_said_of_it() -> None:
    claim = WeightsAndFocal(rate=0.1, weight=1, gamma=2).readout()["claim"]
    assert round(float(claim), 3) in said("spare-nothing-to-hear")

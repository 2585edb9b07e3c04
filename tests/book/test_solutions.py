"""A solution and the box above it agree: every number asked for stands in the solution."""

import itertools
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from bs4 import BeautifulSoup, Tag

from ce_lib.practice.catalogue import EXERCISES
from ce_lib.practice.exercise import Choice, Field, Number, Vector, plain
from ce_lib.practice.judge import RIGHT, judge

pytestmark = pytest.mark.xdist_group("solutions")  # which are read once

ROOT = Path(__file__).resolve().parents[2]
PLACED = [
    (source.stem, name)
    for source in sorted((ROOT / "chapters").glob("*.md"))
    for name in re.findall(r"^```\{div\} answer (\S+)", source.read_text("utf-8"), re.M)
]
IDS = [name for _, name in PLACED]

#: A number as a reader sees it, or a fraction. A minus with a space is a subtraction.
NUMBER = re.compile(r"[−+-]?\d+(?:\.\d+)?(?:·10[⁻⁰-⁹¹²³]+)?(?:/\d+)?")


def numbers(solution: Tag) -> list[str]:
    """The numbers that a solution shows: in words, formulas and outputs, not in code."""
    for formula in solution.select(".katex"):
        formula.replace_with(formula.select_one("annotation").get_text())
    for code in solution.select(".cell_input, summary"):
        code.decompose()
    return NUMBER.findall(solution.get_text())


@cache
def page_of(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


@cache
def solution(book: Path, page: str, name: str) -> list[str]:
    box = page_of(book / "chapters" / f"{page}.html").find(id=f"answer-{name}")
    return numbers(box.find_next("details", class_="solution"))


def missing(field: Field, shown: list[str]) -> list[float]:
    """What a field asks for and the solution does not show, digit by digit, in order."""
    if isinstance(field, Choice):
        return []
    wanted = plain(field.answer)
    values = wanted if isinstance(field, Vector) else [wanted]
    lacking, rest = [], iter(shown)
    for value, _ in itertools.groupby(values):  # equal neighbours are shown once
        entry = Number(
            name=field.name,
            label=field.label,
            answer=float(value),
            tolerance=field.tolerance,
        )
        if not any(judge(entry, text)[0] == RIGHT for text in rest):
            lacking.append(value)
    return lacking


@pytest.mark.parametrize(("page", "name"), PLACED, ids=IDS)
def test_a_solution_shows_every_number_its_box_asks_for(
    book: Path, page: str, name: str
) -> None:
    shown = solution(book, page, name)
    lacking = {f.name: missing(f, shown) for f in EXERCISES[name].fields}
    assert {part: found for part, found in lacking.items() if found} == {}, shown


@pytest.mark.parametrize(("page", "name"), PLACED, ids=IDS)
def test_another_answer_would_be_missed(book: Path, page: str, name: str) -> None:
    shown = solution(book, page, name)
    for field in EXERCISES[name].fields:
        if not isinstance(field, Choice):
            other = np.asarray(field.answer) * 1.03 + 0.07
            assert missing(replace(field, answer=other), shown), field.name

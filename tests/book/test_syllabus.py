"""The plans add up, and the table of mistakes counts what the checks know."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from bs4 import BeautifulSoup

from ce_lib.practice.catalogue import EXERCISES

CHAPTERS = Path(__file__).resolve().parents[2] / "chapters"
SYLLABUS = (CHAPTERS / "syllabus.md").read_text("utf-8")
TEACHING = (CHAPTERS / "teaching.md").read_text("utf-8")


def part(page: str, heading: str) -> str:
    """What stands below a heading, up to the next one."""
    return page.split(f"\n## {heading}\n")[1].split("\n## ")[0]


def first_column(text: str) -> list[str]:
    return re.findall(r"^\| (\d[^|]*) \|", text, re.MULTILINE)


def test_the_lecture_fills_its_minutes_without_a_gap() -> None:
    spans = [
        [int(minute) for minute in row.split(" to ")]
        for row in first_column(part(SYLLABUS, "One lecture of 45 minutes"))
    ]
    assert [begin for begin, _ in spans] == [0, *(end for _, end in spans[:-1])]
    assert spans[-1][1] == 45


def test_each_session_is_planned() -> None:
    ten = [str(number) for number in range(1, 11)]
    assert first_column(part(TEACHING, "A course in ten sessions")) == ten
    assert first_column(part(SYLLABUS, "Ten sessions")) == ten
    assert first_column(part(SYLLABUS, "Four sessions")) == ten[:4]


def test_the_table_counts_what_the_checks_know(book: Path) -> None:
    page = BeautifulSoup((book / "chapters/syllabus.html").read_text(), "html.parser")
    shown = [
        [cell.get_text() for cell in row.find_all(["th", "td"])]
        for row in page.select("#where-they-stumble tbody tr")
    ]
    known = defaultdict(set)
    for id, exercise in EXERCISES.items():
        for field in exercise.fields:
            for mistake in getattr(field, "mistakes", ()):
                known[mistake.name].add(id)
    assert len(shown) == 12
    for name, exercises, pages, _ in shown:
        assert int(exercises) == len(known[name])
        assert int(pages) == len({EXERCISES.page(id) for id in known[name]})
    most = sorted(map(len, known.values()), reverse=True)[: len(shown)]
    assert [int(row[1]) for row in shown] == most

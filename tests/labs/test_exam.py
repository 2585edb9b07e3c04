"""The exam takes sixty minutes, asks about the whole course, and its solutions are right."""

from __future__ import annotations

import math
import re
from fractions import Fraction
from pathlib import Path

import pytest
from teacher import exam
from teacher.course import chapters
from teacher.sixty_minutes import tasks

pytestmark = pytest.mark.xdist_group("teacher")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """The questions alone, and with their solutions."""
    paths = exam.write(tmp_path_factory.mktemp("exam"))
    assert [path.name for path in paths] == ["exam.html", "exam-solutions.html"]
    asked, solved = (path.read_text("utf-8") for path in paths)
    return asked, solved


def told(title: str) -> str:
    """The solutions of a task."""
    (task,) = (each for each in tasks() if each.title == title)
    return "\n".join(question.answer for question in task.questions)


def test_a_point_a_minute_makes_sixty() -> None:
    assert sum(task.points for task in tasks()) == 60
    for task in tasks():
        spent = sum(map(int, re.findall(r"\((\d+)\)", task.why)))
        assert spent in (0, task.points), task.title


def test_every_part_of_the_course_is_examined_on_its_own() -> None:
    parts = {chapter.part for chapter in chapters()}
    assert {task.parts[0] for task in tasks() if len(task.parts) == 1} == parts


def test_points_are_earned_as_the_solutions_say() -> None:
    for task in tasks():
        for question in task.questions:
            earned = sum(map(int, re.findall(r"\((\d)\)", question.answer)))
            assert earned in (0, question.points), question.text


def test_who_sits_the_exam_sees_no_solution(pages: tuple[str, str]) -> None:
    asked, solved = pages
    assert 'class="answer"' not in asked
    assert 'class="right"' not in asked
    questions = [question for task in tasks() for question in task.questions]
    assert solved.count('class="answer"') == len(questions)
    ticked = [question for question in questions if question.options]
    assert solved.count('class="right"') == len(ticked)
    for question in questions:
        right = sum(option.right for option in question.options)
        assert right == bool(question.options)
        assert question.options or question.lines


def test_a_page_asks_nobody_for_anything(pages: tuple[str, str]) -> None:
    for page in pages:
        assert not re.search(r'\b(?:src|href)="(?!#)|url\((?!#)|@import|<script', page)


def test_the_numbers_are_what_exact_arithmetic_says() -> None:
    floor = told("Floor and excess")
    for number in (
        "1.5$ bits",
        "1.75$ bits",
        "0.25$ bits",
        f"{1.75 * math.log(2):.4f}",
    ):
        assert number in floor
    step = told("One step")
    q = [Fraction(4, 6), Fraction(1, 6), Fraction(1, 6)]
    push = [q[0], q[1] - 1, q[2]]
    after = [math.exp(float(z)) for z in (-push[0], -push[1], -push[2])]
    after[0] *= 4
    assert "(0.6667, −0.8333, 0.1667)" in step
    assert "(−0.8333, 1.667)" in step
    assert f"{math.log(6):.4f}" in step
    assert f"{math.log(sum(after) / after[1]):.4f}" in step
    assert "(0.1, 0.02, 0.08, 0.16)" in told("A picture of a forecaster")
    assert ": 0.09." in told("A picture of a forecaster")
    odds = Fraction(6, 4) / 9
    assert odds / (1 + odds) == Fraction(1, 7)
    assert f"{1 / 7:.4f}" in told("A rare genre")
    entropy = -0.85 * math.log(0.85) - 3 * 0.05 * math.log(0.05)
    assert f"{entropy:.4f}" in told("A rare genre")
    assert f"{math.log(math.e + 9) - 1:.4f}" in told("A run that stands still")
    per_byte = [nats / math.log(2) / 30 for nats in (20, 6 * 3.2)]
    assert all(f"{each:.4f}" in told("Two language models") for each in per_byte)


def test_the_run_ends_where_its_solution_says() -> None:
    (task,) = (each for each in tasks() if each.title == "A run that stands still")
    shown = [float(loss) for loss in re.findall(r"\| (\d\.\d{4}) \|", task.text)]
    assert shown[0] == round(math.log(10), 4)
    assert shown == sorted(shown, reverse=True)
    assert f"{shown[-1]:.4f}" in told("A run that stands still")


def test_the_exam_needs_no_built_book(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("teacher.printed.BOOK", tmp_path / "nowhere")
    assert exam.write(tmp_path)

"""An exam on two pages: the questions with room to answer, and the same with their solutions.

A task is worth a point a minute; its tasks and texts stand in `sixty_minutes`.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from matplotlib import pyplot as plt
from matplotlib.axes import Axes

from ce_lib.figures.style import styled
from teacher import pages, written


@dataclass(frozen=True)
class Option:
    """What can be ticked."""

    text: str
    right: bool = False


@dataclass(frozen=True)
class Question:
    """One thing to answer, in Markdown.

    ``answer`` says how its points are earned, too, where there is more than one way to
    lose them. ``lines`` is the room to write, in lines.
    """

    text: str
    points: int
    answer: str
    options: Sequence[Option] = ()
    lines: int = 0


@dataclass(frozen=True)
class Task:
    """Questions on one matter.

    ``parts`` are the parts of the course that it examines, ``why`` says where the minutes go.
    ``figure`` is an SVG, and ``alt`` what it shows.
    """

    title: str
    parts: Sequence[str]
    text: str
    questions: Sequence[Question]
    why: str
    figure: str = ""
    alt: str = ""

    @property
    def points(self) -> int:
        """What it is worth, and so how many minutes it takes."""
        return sum(question.points for question in self.questions)


def write(out: Path) -> list[Path]:
    """Write the exam and its solutions into a folder, and return where they lie."""
    from teacher.sixty_minutes import tasks

    asked = tasks()
    told = {
        "tasks": asked,
        "total": sum(task.points for task in asked),
        "html": written.html,
        "inline": written.inline,
    }
    return [
        pages.write(out, "exam", title="Cross-entropy: exam", solved=False, **told),
        pages.write(
            out,
            "exam-solutions",
            "exam",
            title="Cross-entropy: exam, with solutions",
            solved=True,
            **told,
        ),
    ]


@styled
def drawn(ax: Axes) -> str:
    """A figure as SVG that can stand in a page, and the figure closed."""
    file = io.StringIO()
    ax.figure.savefig(file, format="svg", metadata={"Date": None})
    plt.close(ax.figure)
    svg = file.getvalue()
    svg = svg[svg.index("<svg") :]
    return re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)

"""How long a chapter takes to read, said below its title.

The words outside folds, 200 a minute, and one minute for each figure and each explorer.
What is folded can wait: solutions, hints, what a ``{dropdown}`` holds, hidden cells. What is
shown counts as it is read: prose, tables and captions, what the boxes ask, and code with
its output, where a word is what stands between blanks. A formula is one word. Working on
the exercises is not counted: nobody knows how long that takes.

The role ``course-length`` says what all chapters take together: the built pages know.

Only the page says it. In JupyterLab, and in the notebooks, a chapter is worked through.
"""

import re
from pathlib import Path
from typing import Any

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxRole
from sphinx_design.dropdown import dropdown_main

from bookext.collected import EXPLORER
from bookext.notebooks import SILENT
from bookext.numbers import number_of
from bookext.practice import PracticeBox

WORDS_A_MINUTE = 200
FOLDED = (HideCodeCellNode, dropdown_main)

LINE = '\n<p class="minutes">About {} {} to read.</p>'
SAID = re.compile(r'<p class="minutes">About (\d+)\s')

#: The place of what all chapters take, and in it what a notebook says instead.
COURSE = re.compile(r'(<span class="course-length">)[^<]*(</span>)')
COURSE_LINE = "About {}\N{NO-BREAK SPACE}{} to read, in {}\N{NO-BREAK SPACE}chapters."


class CourseLengthRole(SphinxRole):
    """Where it is said how long the whole course takes; its text stands there until then."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        return [nodes.inline("", self.text, classes=["course-length"])], []


def minutes(page: nodes.Node) -> int:
    """Return how long a page takes, out of its resolved doctree."""
    words, stops = _measure(page)
    return max(1, round(words / WORDS_A_MINUTE + stops))


def _measure(node: nodes.Node) -> tuple[int, int]:
    """Count the words, and the figures and explorers, of a part of a page."""
    if isinstance(node, nodes.raw):
        return 0, len(EXPLORER.findall(node.astext()))
    if isinstance(node, PracticeBox):
        return sum(len(text.split()) for text in _asked(node["definition"])), 0
    if isinstance(node, (*FOLDED, *SILENT)):
        return 0, 0
    if isinstance(node, (nodes.math, nodes.math_block)):
        return 1, 0
    if isinstance(node, nodes.Text):
        return len(node.split()), 0
    parts = [_measure(child) for child in node.children]
    figure = isinstance(node, nodes.figure)
    return sum(words for words, _ in parts), figure + sum(stops for _, stops in parts)


def _asked(definition: dict[str, Any]) -> list[str]:
    """What a box of the page asks: its question, and the answers to choose from."""
    fields = [field["label"] for field in definition.get("fields", ())]
    options = [option[0] for option in definition.get("options", ())]
    return [definition.get("prompt", ""), *fields, *options]


def say(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any
) -> None:
    """Write it below the title of a chapter."""
    if doctree is None or number_of(app.env, page) is None:
        return
    n = minutes(doctree)
    line = LINE.format(n, "minute" if n == 1 else "minutes")
    context["body"] = context["body"].replace("</h1>", f"</h1>{line}", 1)


def hours(minutes: int) -> str:
    """Write a time to half an hour: "1", "2½"."""
    halves = max(2, round(minutes / 30))
    return f"{halves // 2}{'½' if halves % 2 else ''}"


def say_of_the_course(app: Sphinx, error: Exception | None) -> None:
    """Sum up what the chapters say, whichever of them were written by this build."""
    if error or app.builder.format != "html":
        return
    chapters = [page for page in app.env.found_docs if number_of(app.env, page)]
    found = [_page(app, page) for page in chapters]
    taken = [int(match[1]) for text in found if (match := SAID.search(text))]
    if not taken:
        return  # the words in its place say it without a number
    long = hours(sum(taken))
    line = COURSE_LINE.format(long, "hour" if long == "1" else "hours", len(taken))
    for page in app.env.found_docs:
        text = _page(app, page)
        if COURSE.search(text):
            path = Path(app.builder.get_outfilename(page))  # type: ignore[attr-defined]
            path.write_text(COURSE.sub(rf"\g<1>{line}\2", text), encoding="utf-8")


def _page(app: Sphinx, page: str) -> str:
    path = Path(app.builder.get_outfilename(page))  # type: ignore[attr-defined]
    return path.read_text(encoding="utf-8")


def setup(app: Sphinx) -> None:
    app.add_role("course-length", CourseLengthRole())
    app.connect("build-finished", say_of_the_course)
    app.connect("html-page-context", say)

"""How long a chapter takes to read, said below its title.

The words outside folds, 200 a minute, and one minute for each figure and each explorer.
What is folded can wait: solutions, hints, what a ``{dropdown}`` holds, hidden cells. What is
shown counts as it is read: prose, tables and captions, what the boxes ask, and code with
its output, where a word is what stands between blanks. A formula is one word. Working on
the exercises is not counted: nobody knows how long that takes.

Only the page says it. In JupyterLab, and in the notebooks, a chapter is worked through.
"""

from typing import Any

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.application import Sphinx
from sphinx_design.dropdown import dropdown_main

from bookext.collected import EXPLORER
from bookext.notebooks import SILENT
from bookext.numbers import number_of
from bookext.practice import PracticeBox

WORDS_A_MINUTE = 200
FOLDED = (HideCodeCellNode, dropdown_main)

LINE = '\n<p class="minutes">About {} {} to read.</p>'


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


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", say)

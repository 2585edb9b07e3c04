"""Markdown with formulas between dollar signs, as HTML that any browser of today prints."""

from functools import cache

from bs4 import BeautifulSoup
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin
from sphinxcontrib import katex

from bookext.mathematics import use_installed_node
from teacher.printed import as_mathml

use_installed_node(None, None)


@cache
def formula(tex: str, display: bool = False) -> str:
    """A formula in MathML, set by the same KaTeX as the book's.

    Raises
    ------
    sphinxcontrib.katex.KaTeXError
        If it cannot be set.
    """
    options = {"output": "mathml", "displayMode": display, "throwOnError": True}
    made = BeautifulSoup(katex.render_latex(tex, options), "html.parser")
    return str(as_mathml(made, display))


@cache
def _markdown() -> MarkdownIt:
    return (
        MarkdownIt("commonmark", {"html": False})
        .enable("table")
        .use(
            dollarmath_plugin,
            renderer=lambda tex, how: formula(tex, how["display_mode"]),
        )
    )


def html(text: str) -> str:
    """Paragraphs, lists, tables, code and formulas; what looks like HTML is text."""
    return _markdown().render(text)


def inline(text: str) -> str:
    """A line of text, without a paragraph around it."""
    return _markdown().renderInline(text)

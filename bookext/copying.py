"""Code that is copied runs: the button brings along what a cell takes from earlier ones.

Which lines these are is read from the page's notebook when the page is written
(`lacking`); they stand in an attribute beside the cell, out of sight.
"""

from html import escape
from pathlib import Path
from typing import Any

import nbformat
from docutils import nodes
from sphinx.application import Sphinx

from bookext.lacking import lacking
from bookext.practice import is_cell

SCRIPT = "copy.js"

#: Where a cell's code begins (MyST-NB), and what a page with code holds (Pygments).
CELL = '<div class="cell_input docutils container">'
CODE = '<div class="highlight">'


def carry(app: Sphinx, page: str, cells: list[int], body: str) -> str:
    """Write beside each visible cell, given by its place in the notebook, what it lacks."""
    executed = Path(app.outdir).parent / "jupyter_execute" / f"{page}.ipynb"
    sources = nbformat.read(executed, as_version=4).cells
    code = [n for n, cell in enumerate(sources) if cell.cell_type == "code"]
    lines = dict(zip(code, lacking(sources[n].source for n in code), strict=True))
    first, *inputs = body.split(CELL)
    return first + "".join(
        CELL.replace(
            ">", f' data-needs="{escape(lines[cell])}">' if lines[cell] else ">"
        )
        + html
        for cell, html in zip(cells, inputs, strict=True)
    )


def visible(doctree: nodes.document) -> list[int]:
    """The cells that show their code, by their place in the notebook."""
    return [
        cell["cell_index"]
        for cell in doctree.findall(is_cell)
        if any(
            "cell_input" in part["classes"] for part in cell.findall(nodes.container)
        )
    ]


def offer(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any
) -> None:
    body = context.get("body", "")
    if CELL in body:
        context["body"] = carry(app, page, visible(doctree), body)
    if CODE in body:
        app.add_js_file(SCRIPT, loading_method="defer")


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", offer)

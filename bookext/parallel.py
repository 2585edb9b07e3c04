"""Pages are read, and so executed, side by side: as many as the machine has cores for.

Sphinx does it where every extension can, and merges what the processes found. What this book
notes of a page is merged here. Jupyter Book has no option for the number of processes.
"""

import multiprocessing
import os
from collections.abc import Set

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.parallel import make_chunks
from sphinxcontrib import katex

from bookext.collected import said
from bookext.practice import asked, claims

#: Each process runs a page's kernel, which holds up to 1 GB with PyTorch.
MOST = 4

#: What Jupyter Book adds of its own and does not say of itself: the one counts when all pages
#: are read, the other does nothing for pages.
SILENT = ("sphinx_multitoc_numbering", "sphinx_jupyterbook_latex")

#: What is noted of each page, by its name.
NOTED = (said, asked.of, claims.of)


def merge(
    app: Sphinx, env: BuildEnvironment, pages: Set[str], other: BuildEnvironment
) -> None:
    for noted in NOTED:
        theirs = noted(other)
        noted(env).update({page: theirs[page] for page in pages if page in theirs})


def share_out(app: Sphinx, env: BuildEnvironment, pages: list[str]) -> None:
    """Deal the pages like cards: neighbours take as long as each other."""
    for name in set(SILENT) & set(app.extensions):
        app.extensions[name].parallel_read_safe = True
    hands = len(make_chunks(pages, app.parallel)) if app.parallel > 1 else 1
    pages[:] = [page for first in range(hands) for page in pages[first::hands]]


def own_node() -> None:
    """Let a process that writes pages ask a Node of its own."""
    katex.KaTeXServer.katex_server = None


def setup(app: Sphinx) -> None:
    if "fork" not in multiprocessing.get_all_start_methods():
        return  # where Sphinx reads one page after the other, too
    if app.parallel == 1:  # as always with Jupyter Book
        app.parallel = min(os.cpu_count() or 1, MOST)
    os.register_at_fork(after_in_child=own_node)
    app.connect("env-merge-info", merge)
    app.connect("env-before-read-docs", share_out, priority=900)

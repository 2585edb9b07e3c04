"""Run notebooks from top to bottom, each in a fork of one Python that starts once.

    python run_notebooks.py NOTEBOOK...

prints, as JSON, what stopped each of them: a traceback, or nothing. After the cells the lines
of Python in the text are run, which open explorers, check answers and place bets. A kernel for
each would spend half of its time on starting, and on importing the same libraries.
"""

import contextlib
import importlib
import io
import json
import multiprocessing
import re
import sys
import traceback
from collections.abc import Iterator

import nbformat
from IPython.core.interactiveshell import InteractiveShell

from ce_lib.explorers import REGISTRY

#: What takes long to import. A notebook still has to import what it names.
SLOW = ("matplotlib.pyplot", "sklearn.datasets", "torch", "ce_lib.explorers")


KINDS = "|".join(kind.__name__ for kind in REGISTRY.values())

#: What readers are told to run. A mention of `check` that imports nothing is no such line.
LINE = re.compile(
    rf"`((?:from ce_lib.explorers import \w+; )?(?:{KINDS})\([^`]*\)"
    r"|from ce_lib.practice import \w+; \w+\([^`]*\))`"
)


def sources(path: str) -> Iterator[str]:
    """A notebook's cells, and then the lines of Python in its text."""
    cells = nbformat.read(path, as_version=4).cells
    yield from (cell.source for cell in cells if cell.cell_type == "code")
    for cell in cells:
        for line in LINE.findall(cell.source if cell.cell_type == "markdown" else ""):
            open_parts = line.count("...")  # a bet has to be filled in
            yield line.replace("...", f"1 / {open_parts}") if "bet(" in line else line


def run(path: str) -> str:
    """Run a notebook in a shell of its own; return the traceback of a failure."""
    shell = InteractiveShell.instance()
    for source in sources(path):
        with contextlib.redirect_stdout(io.StringIO()):
            result = shell.run_cell(source, store_history=True)
        if not result.success:
            error = result.error_before_exec or result.error_in_exec
            return source + "\n" + "".join(traceback.format_exception(error))
    return ""


if __name__ == "__main__":
    for name in SLOW:
        importlib.import_module(name)
    with multiprocessing.get_context("fork").Pool(1, maxtasksperchild=1) as pool:
        print(json.dumps(pool.map(run, sys.argv[1:], chunksize=1)))

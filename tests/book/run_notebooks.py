"""Run notebooks from top to bottom, each in a fork of one Python that starts once.

    python run_notebooks.py NOTEBOOK...

prints, as JSON, what stopped each of them: a traceback, or nothing. A kernel for each would
spend half of its time on starting, and on importing the same libraries.
"""

import contextlib
import importlib
import io
import json
import multiprocessing
import sys
import traceback

import nbformat
from IPython.core.interactiveshell import InteractiveShell

#: What takes long to import. A notebook still has to import what it names.
SLOW = ("matplotlib.pyplot", "sklearn.datasets", "torch", "ce_lib.explorers")


def run(path: str) -> str:
    """Run a notebook's cells in a shell of their own; return the traceback of a failure."""
    shell = InteractiveShell.instance()
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            with contextlib.redirect_stdout(io.StringIO()):
                result = shell.run_cell(cell.source, store_history=True)
            if not result.success:
                error = result.error_before_exec or result.error_in_exec
                return "".join(traceback.format_exception(error))
    return ""


if __name__ == "__main__":
    for name in SLOW:
        importlib.import_module(name)
    with multiprocessing.get_context("fork").Pool(1, maxtasksperchild=1) as pool:
        print(json.dumps(pool.map(run, sys.argv[1:], chunksize=1)))

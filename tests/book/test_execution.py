"""A page says the same, however busy the machine was that built it."""

import nbformat.v4 as notebooks

from bookext.execution import Client

LONG = """\
from ce_lib.models.progress import ProgressLine
line = ProgressLine(10, wanted=True)
line.start -= 3600
line.last -= 3600
line.show(5, 1.0)
"""


def test_no_training_shows_its_progress() -> None:
    cell = notebooks.new_code_cell(LONG)
    Client(notebooks.new_notebook(cells=[cell])).execute()
    assert cell.outputs == []

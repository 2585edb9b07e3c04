"""A page says the same, however busy the machine was that built it."""

import nbformat.v4 as notebooks
import pytest
from nbclient import NotebookClient

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


@pytest.mark.parametrize("dying", [1, 2])
def test_a_kernel_that_dies_at_once_is_started_once_more(
    monkeypatch: pytest.MonkeyPatch, dying: int
) -> None:
    start = NotebookClient.start_new_kernel_client
    tries = []

    def start_or_die(client: Client) -> object:
        tries.append(client.km)
        if len(tries) <= dying:
            client._cleanup_kernel()
            raise RuntimeError("Kernel died before replying to kernel_info")
        return start(client)

    monkeypatch.setattr(NotebookClient, "start_new_kernel_client", start_or_die)
    cell = notebooks.new_code_cell("1 + 1")
    client = Client(notebooks.new_notebook(cells=[cell]))
    client.create_kernel_manager()
    client.start_new_kernel()
    if dying == 2:
        with pytest.raises(RuntimeError, match="Kernel died"):
            client.start_new_kernel_client()
        return
    client.start_new_kernel_client()
    client.execute_cell(cell, 0)
    client._cleanup_kernel()
    assert cell.outputs[0]["data"] == {"text/plain": "2"}
    assert len(tries) == 2

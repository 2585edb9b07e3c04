"""The archive for students gets a lab going with nothing but a Python and its own page."""

import html
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import lab as jupyter
import pytest
from grading.lab import SOURCES, parts
from labs import release
from playwright.sync_api import Browser
from students import PAGE, chosen, pack

LAB = "floor-and-excess"

#: The first task's answer typed into its cell, as a student does.
TYPE = """([name, source]) => {
  const cells = window.jupyterapp.shell.currentWidget.content.widgets;
  const cell = cells.find((cell) => cell.model.getMetadata("nbgrader")?.grade_id === name);
  cell.model.sharedModel.setSource(source);
}"""

#: What the cell of this name printed.
PRINTED = """(name) => window.jupyterapp.shell.currentWidget.content.widgets
  .find((cell) => cell.model.getMetadata("nbgrader")?.grade_id === name)
  .model.outputs.toJSON().map((output) => output.text ?? output.evalue).flat().join("")"""


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive's folder, in a place with a space in its name and no clone around it."""
    place = tmp_path_factory.mktemp("a student's") / "My Documents"
    labs = release(place / "handed-out")
    archive = pack(chosen([LAB]), labs[0].parent, place)
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(place)
    return archive.with_suffix("")


def typed(folder: Path) -> list[str]:
    """The lines that the page says to type where there is a Unix shell."""
    page = (folder / PAGE).read_text(encoding="utf-8")
    blocks = re.findall(r'<pre class="unix">(.*?)</pre>', page, re.DOTALL)
    return [html.unescape(line) for block in blocks for line in block.splitlines()]


def bare() -> dict[str, str]:
    """An environment that knows nothing of this one, but the Python it is made of."""
    python = Path(sys.base_prefix, "bin")
    clean = {k: v for k, v in os.environ.items() if "PYTHON" not in k}
    return clean | {"PATH": os.pathsep.join([str(python), "/usr/bin", "/bin"])}


def first_check(notebook: jupyter.Notebook) -> str:
    """What the first check says once the first task is solved."""
    first = next(part for part in parts(SOURCES / f"{LAB}.ipynb") if part.solution)
    notebook.tab.evaluate(TYPE, [first.name, first.source])
    with pytest.raises(RuntimeError, match="Your turn"):  # the second task
        notebook.run_all()
    return notebook.tab.evaluate(PRINTED, f"{first.name}-check")


def test_what_the_page_says_is_all_it_takes(unpacked: Path, browser: Browser) -> None:
    *set_up, start, shown = typed(unpacked)
    for line in set_up:
        subprocess.run(line, shell=True, cwd=unpacked, env=bare(), check=True)
    assert start.endswith("-m jupyterlab labs")
    said = subprocess.run(
        shown, shell=True, cwd=unpacked, env=bare(), check=True, stdout=subprocess.PIPE
    )
    version = f"Version: {re.search(r'-([0-9.]+)$', unpacked.name)[1]}"
    assert version in said.stdout.decode()
    home = unpacked.parent / "home"
    port = jupyter.free_port()
    url = f"http://127.0.0.1:{port}"
    command = ["sh", "-c", f"exec {start} $0 $@", *jupyter.OPTIONS]
    command.append(f"--ServerApp.port={port}")
    variables = jupyter.environment(home) | bare()
    variables.pop("PYTHONPATH")
    with jupyter.running(command, f"{url}/api", home, variables, unpacked):
        tab = browser.new_page()
        notebook = jupyter.Notebook(tab, url, f"{LAB}.ipynb")
        assert "Right" in first_check(notebook)
        where = notebook.run("import ce_lib; print(ce_lib.__file__)")
        assert where.startswith(str(unpacked))
        tab.close()

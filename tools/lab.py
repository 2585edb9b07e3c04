"""Start a JupyterLab that leaves no trace at home, and drive it in a browser.

For tests and benchmarks::

    with server(folder) as url:
        notebook = Notebook(tab, url, "some.ipynb")
        notebook.run_all()
        print(notebook.run("print(6 * 7)"))
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import nbformat
from playwright.sync_api import Locator, Page

ROOT = Path(__file__).resolve().parent.parent

OPTIONS = (
    "--no-browser",
    "--ServerApp.allow_root=True",
    "--ServerApp.ip=127.0.0.1",
    "--IdentityProvider.token=",
    "--LabApp.expose_app_in_browser=True",  # the commands, without hunting for menus
    "--LabApp.extension_manager=readonly",
)

SETTINGS = {
    # Nothing asks, nothing calls home.
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
    },
    # Cells below the window exist as well.
    "@jupyterlab/notebook-extension:tracker": {"windowingMode": "none"},
}

#: Its debugger complains of every notebook that is left before it has looked at it.
DISABLED = {"@jupyterlab/debugger-extension": True}

PATIENCE = 60.0  # seconds, for a busy machine; nothing is expected to take that long


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """Serve ``folder`` in a JupyterLab with a configuration of its own; yield its URL."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "jupyter", "lab", *OPTIONS]
    command += [f"--ServerApp.port={port}", f"--ServerApp.root_dir={folder}"]
    with tempfile.TemporaryDirectory(prefix="lab-") as own:
        home = Path(own)
        with running(command, f"{url}/api", home, environment(home)):
            yield url


@contextmanager
def running(
    command: Sequence[str],
    url: str,
    home: Path,
    variables: Mapping[str, str],
    folder: Path | None = None,
) -> Iterator[None]:
    """Run a server in ``folder``, its log in ``home``, from its first answer at ``url``."""
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=folder, env=variables, stdout=log, stderr=subprocess.STDOUT
        )
    try:
        _wait(process, url, home / "log")
        yield
    finally:
        process.terminate()  # politely: it shuts its kernels down
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment(home: Path) -> dict[str, str]:
    """Point everything that Jupyter and its kernels write into ``home``."""
    config = home / "config"
    overrides = config / "labconfig/default_setting_overrides.json"
    overrides.parent.mkdir(parents=True)
    overrides.write_text(json.dumps(SETTINGS), encoding="utf-8")
    disabled = json.dumps({"disabledExtensions": DISABLED})
    overrides.with_name("page_config.json").write_text(disabled, encoding="utf-8")
    paths = os.environ.get("PYTHONPATH", "")
    return {
        **os.environ,
        "JUPYTER_CONFIG_DIR": str(config),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "JUPYTERLAB_SETTINGS_DIR": str(home / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"),
        "IPYTHONDIR": str(home / "ipython"),
        # The ce_lib of this clone, whatever else is installed.
        "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), paths])),
    }


def _wait(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    said = log.read_text(encoding="utf-8", errors="replace")[-2000:]
    raise RuntimeError(f"The server did not start. It said:\n{said}")


def write_notebook(path: Path, *cells: str) -> None:
    """Write a notebook with these code cells."""
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source) for source in cells],
        metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}},
    )
    nbformat.write(notebook, path)


_STARTED = """() => {
  window.jupyterapp?.restored.then(() => { window.started = true });
  return window.started;
}"""

_IS_NOTEBOOK = """() => "sessionContext" in window.jupyterapp.shell.currentWidget"""

_READY = """() => {
  const panel = window.jupyterapp?.shell.currentWidget;
  return panel?.context?.isReady && panel.sessionContext?.isReady && panel.isVisible
    && panel.sessionContext.session?.kernel?.status === "idle";
}"""

_LEAVE = """async () => {
  const panel = window.jupyterapp.shell.currentWidget;
  await panel?.sessionContext?.shutdown();
  panel?.dispose();
}"""

_RUN = """async (source) => {
  const app = window.jupyterapp;
  const notebook = app.shell.currentWidget.content;
  notebook.activeCellIndex = notebook.widgets.length - 1;
  if (!notebook.activeCell.model.getMetadata("ours")) {
    await app.commands.execute("notebook:insert-cell-below");
    notebook.activeCell.model.setMetadata("ours", true);
  }
  notebook.activeCell.model.sharedModel.setSource(source);
  await app.commands.execute("notebook:run-cell");
  const outputs = notebook.activeCell.model.outputs.toJSON();
  const failed = outputs.find((output) => output.output_type === "error");
  if (failed) throw new Error(`${failed.ename}: ${failed.evalue}`);
  return outputs.filter((o) => o.name === "stdout").map((o) => o.text).flat().join("");
}"""

_FAILURES = """() => window.jupyterapp.shell.currentWidget.content.widgets
  .flatMap((cell) => cell.model.type === "code" ? cell.model.outputs.toJSON() : [])
  .filter((output) => output.output_type === "error")
  .map((output) => `${output.ename}: ${output.evalue}`)"""


class Notebook:
    """A notebook open in a tab of the browser, with its kernel ready.

    A tab that shows a notebook of the same JupyterLab leaves that one, and its kernel,
    which takes a fraction of the time that starting takes. Whatever the page logs as an
    error is in ``errors``.
    """

    def __init__(self, tab: Page, url: str, path: str) -> None:
        self.tab = tab
        self.errors: list[str] = []
        tab.on("console", lambda m: m.type == "error" and self.errors.append(m.text))
        tab.on("pageerror", lambda error: self.errors.append(str(error)))
        self.open(url, path)
        self.wait()

    def open(self, url: str, path: str) -> None:
        """Open the file as a double click in the file browser does: with its own viewer."""
        if self.tab.url.startswith(f"{url}/lab"):
            self.tab.evaluate(_LEAVE)
        else:
            self.tab.goto(f"{url}/lab?reset")
            self.tab.wait_for_function(_STARTED, timeout=PATIENCE * 1000)
        self.command("docmanager:open", path=path)
        if not self.tab.evaluate(_IS_NOTEBOOK):
            raise RuntimeError(f"JupyterLab opened {path} as something else")

    def wait(self) -> None:
        """Wait until the notebook is shown and its kernel is idle."""
        self.tab.wait_for_function(_READY, timeout=PATIENCE * 1000)

    def command(self, name: str, **arguments: object) -> None:
        """Execute one of JupyterLab's commands, and wait for its end."""
        self.tab.evaluate(
            "async ([name, args]) => {"
            " await window.jupyterapp.commands.execute(name, args) }",
            [name, arguments],
        )

    def run_all(self) -> None:
        """Run all cells; raise what the first failing one raised."""
        self.command("notebook:run-all-cells")
        self.wait()
        if failures := self.tab.evaluate(_FAILURES):
            raise RuntimeError(f"a cell failed: {failures[0]}")

    def run(self, source: str) -> str:
        """Run ``source`` in a last cell of its own; return what it prints."""
        return self.tab.evaluate(_RUN, source)

    def cell(self, index: int) -> Locator:
        """The cell with this index, as it is on the page."""
        return self.tab.locator(".jp-Notebook .jp-Cell").nth(index)

    def set_theme(self, name: str) -> None:
        """Switch to the theme of this name, such as ``JupyterLab Dark``."""
        self.command("apputils:change-theme", theme=name)
        light = str("Dark" not in name).lower()
        body = self.tab.locator(f'body[data-jp-theme-light="{light}"]')
        body.wait_for(state="attached")

"""Every explorer is alive, exact and legible in the hosts that readers have.

Each host has an environment of its own, with the library's wheel in it. A page without a kernel
shows every explorer's table. JupyterLab has its tests in tests/web.

A picture of each host in both themes is in _build/hosts: look at it.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import lab
import pytest
from playwright.sync_api import Browser, Page

from bookext import ROOT, wheel
from ce_lib import palette
from ce_lib.explorers import REGISTRY

sys.path[:0] = [str(ROOT / "tests/web")]

from parity import CLASHES, QUANTITIES, differences, flat  # noqa: E402
from tabs import errors_of, until  # noqa: E402

NAMES = list(REGISTRY)

#: What each environment holds besides the library.
PINS = Path(__file__).with_name("hosts")

#: Where the environments are kept, and the pictures.
BUILT = ROOT / "_build/hosts"

#: The colour of a frame's ink, and of its paper.
COLOURS = """(frame) => {
  const { color, backgroundColor } = getComputedStyle(frame);
  return [color, backgroundColor];
}"""

#: Makes an explorer, and out of sight beside it what Python reads in it.
FIRST = """\
import json

from IPython.display import display
from ipywidgets import Label

from ce_lib.explorers import explorer


def show(name):
    one, heard = explorer(name), Label().add_class("heard")
    heard.layout.display = "none"

    def hear(change=None):
        heard.value = json.dumps(one.readout())

    one.observe(hear)
    hear()
    display(heard, one)"""

#: The same in marimo, where cells that depend on each other run again.
APP = """\
import marimo

app = marimo.App()


@app.cell
def _():
    import html
    import json

    import marimo as mo

    from ce_lib.explorers import explorer

    return explorer, html, json, mo
"""

CELLS = """

@app.cell
def _(explorer, mo):
    {variable} = mo.ui.anywidget(explorer({name!r}))
    {variable}
    return ({variable},)


@app.cell
def _({variable}, html, json, mo):
    {variable}.value
    _text = html.escape(json.dumps({variable}.widget.readout()))
    mo.Html(f'<div class="heard" hidden>{{_text}}</div>')
    return
"""


class Host:
    """An environment with a host and the library in it, and a folder to work in."""

    def __init__(self, name: str, folder: Path) -> None:
        self.folder, self.bin = folder, BUILT / name / "bin"
        self.variables = {
            key: value
            for key, value in lab.environment(folder / "home").items()
            if not key.startswith("PYTHON")
        } | {"PATH": os.pathsep.join([str(self.bin), os.environ["PATH"]])}
        pins, stamp = PINS / f"{name}.txt", BUILT / name / "pins.txt"
        library = ROOT / "_build/html" / wheel.FOLDER / wheel.NAME
        if stamp.exists() and stamp.read_text() == pins.read_text():
            self.run(
                "pip", "install", "--quiet", "--force-reinstall", "--no-deps", library
            )
            return
        shutil.rmtree(BUILT / name, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", BUILT / name], check=True)
        self.run("pip", "install", "--quiet", "--requirement", pins, library)
        shutil.copy(pins, stamp)

    def run(self, command: str, *arguments: str | Path) -> None:
        done = subprocess.run(
            [self.bin / command, *arguments],
            cwd=self.folder,
            env=self.variables,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    @contextmanager
    def serve(self, command: Sequence[str], page: str = "") -> Iterator[str]:
        """Run a server by this command, in which {port} stands for one; yield its URL."""
        port = lab.free_port()
        program, *arguments = (part.format(port=port) for part in command)
        url, home = f"http://127.0.0.1:{port}", self.folder / "home"
        whole = [str(self.bin / program), *arguments]
        with lab.running(whole, f"{url}/{page}", home, self.variables, self.folder):
            yield url


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """A tab that reaches this machine alone: what lies elsewhere is empty."""
    tab = browser.new_page(viewport={"width": 1400, "height": 1000})
    elsewhere = re.compile(r"https?://(?!127\.0\.0\.1[:/])")
    tab.route(elsewhere, lambda route: route.fulfill(body=""))
    yield tab
    tab.close()


def rgb(colour: str) -> str:
    return f"rgb({', '.join(str(int(colour[i : i + 2], 16)) for i in (1, 3, 5))})"


def in_colour(tab: Page, theme: dict[str, str]) -> bool:
    """Whether the first frame has the theme's ink and paper, perhaps after a while."""
    wanted = [rgb(theme["ink"]), rgb(theme["paper"])]
    frame = tab.locator(".ce-frame").first
    return until(lambda: frame.evaluate(COLOURS), lambda seen: seen == wanted) == wanted


def picture(tab: Page, name: str) -> None:
    """Take a picture of all explorers, on a screen that is high enough for them."""
    size = tab.viewport_size
    tab.set_viewport_size({**size, "height": 1000 * len(NAMES)})
    tab.locator(".ce-question").first.scroll_into_view_if_needed()
    tab.screenshot(path=BUILT / f"{name}.png", full_page=True)
    tab.set_viewport_size(size)


def try_all(tab: Page) -> None:
    """Every explorer is there, shows Python's numbers, and obeys a key, in both places."""
    frames, heard = tab.locator(".ce-frame"), tab.locator(".heard")
    for there in (frames, heard):
        last = there.nth(len(NAMES) - 1)
        last.wait_for(state="attached", timeout=lab.PATIENCE * 1000)
    assert frames.count() == heard.count() == len(NAMES)
    assert frames.evaluate_all(CLASHES) == []

    for index, name in enumerate(NAMES):
        frame = frames.nth(index)

        def python(index: int = index) -> dict[str, object]:
            return flat(json.loads(heard.nth(index).text_content()))

        opening = python()
        theirs = [[key, str(value)] for key, value in opening.items()]
        assert not differences(flat(REGISTRY[name]().readout()), theirs), name
        assert not differences(opening, frame.evaluate(QUANTITIES)), name
        frame.get_by_text("More", exact=True).click()
        slider = frame.locator("input[type=range]:visible").first
        at_end = slider.evaluate("(el) => el.value === el.max")
        slider.press("ArrowLeft" if at_end else "ArrowRight")
        assert until(python, lambda now, before=opening: now != before) != opening, name
        assert not differences(python(), frame.evaluate(QUANTITIES)), name


def test_notebook_7(tab: Page, tmp_path: Path) -> None:
    host = Host("notebook", tmp_path)
    lab.write_notebook(tmp_path / "all.ipynb", FIRST, *(f"show({n!r})" for n in NAMES))
    command = (
        "jupyter-notebook",
        "--no-browser",
        "--allow-root",
        "--port={port}",
        "--IdentityProvider.token=",
        "--JupyterNotebookApp.expose_app_in_browser=True",
    )
    with host.serve(command, "api") as url:

        class Notebook(lab.Notebook):
            def open(self, url: str, path: str) -> None:
                self.tab.goto(f"{url}/notebooks/{path}")

        notebook = Notebook(tab, url, "all.ipynb")
        notebook.errors.clear()  # of its own start
        notebook.run_all()
        try_all(tab)
        assert in_colour(tab, palette.LIGHT)
        picture(tab, "notebook-light")
        notebook.set_theme("JupyterLab Dark")
        assert in_colour(tab, palette.DARK)
        picture(tab, "notebook-dark")
    assert notebook.errors == []


def test_voila(tab: Page, tmp_path: Path) -> None:
    host = Host("voila", tmp_path)
    lab.write_notebook(tmp_path / "all.ipynb", FIRST, *(f"show({n!r})" for n in NAMES))
    errors = errors_of(tab)
    command = (
        "voila",
        "--no-browser",
        "--port={port}",
        "--VoilaConfiguration.allow_theme_override=YES",
    )
    with host.serve(command) as url:
        tab.goto(f"{url}/voila/render/all.ipynb")
        try_all(tab)
        assert in_colour(tab, palette.LIGHT)
        picture(tab, "voila-light")
        assert errors == []  # what it says of being left is its own
        tab.goto(f"{url}/voila/render/all.ipynb?theme=dark")
        assert in_colour(tab, palette.DARK)
        picture(tab, "voila-dark")


def test_marimo(tab: Page, tmp_path: Path) -> None:
    host = Host("marimo", tmp_path)
    cells = (CELLS.format(variable=n.replace("-", "_"), name=n) for n in NAMES)
    (tmp_path / "app.py").write_text(APP + "".join(cells), encoding="utf-8")
    settings = '[tool.marimo.display]\ntheme = "system"\n'
    (tmp_path / "pyproject.toml").write_text(settings, encoding="utf-8")
    errors = errors_of(tab)
    command = ("marimo", "run", "--headless", "--no-token", "--port={port}", "app.py")
    with host.serve(command) as url:
        tab.goto(url)
        try_all(tab)
        assert in_colour(tab, palette.LIGHT)
        picture(tab, "marimo-light")
        tab.emulate_media(color_scheme="dark")
        assert in_colour(tab, palette.DARK)
        picture(tab, "marimo-dark")
    assert errors == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nbconvert_shows_the_tables(tab: Page, tmp_path: Path, theme: str) -> None:
    """The plain command, and nothing but the file: an exported page has no kernel."""
    host = Host("notebook", tmp_path)
    first = "from ce_lib.explorers import explorer"
    cells = (f"explorer({name!r})" for name in NAMES)
    lab.write_notebook(tmp_path / "all.ipynb", first, *cells)
    command = (
        "nbconvert",
        "--to",
        "html",
        "--execute",
        "all.ipynb",
        f"--theme={theme}",
    )
    host.run("jupyter", *command)
    tab.goto((tmp_path / "all.html").as_uri())
    tables = tab.locator(".ce-explorer")
    for index, name in enumerate(NAMES):
        kind, shown = REGISTRY[name], tables.nth(index).inner_text()
        assert kind().asked() in shown
        for key, number in flat(kind().readout()).items():
            assert kind.quantities[key.partition("[")[0]].written(number) in shown
    assert tables.count() == len(NAMES)
    picture(tab, f"nbconvert-{theme}")

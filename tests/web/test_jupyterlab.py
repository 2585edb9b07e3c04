"""Every explorer in JupyterLab: alive, exact, and in step with Python both ways."""

import ast
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from lab import Notebook, write_notebook
from parity import CLASHES, QUANTITIES, differences, flat
from playwright.sync_api import Locator
from states import random_states
from tabs import until

from ce_lib.explorers import REGISTRY, Explorer, StateError

pytestmark = pytest.mark.xdist_group("JupyterLab")

NAMES = list(REGISTRY)

PAPER = """(frame) => getComputedStyle(frame).getPropertyValue("--ce-paper")"""


class Shown:
    """One explorer in the notebook, seen from both sides."""

    def __init__(self, notebook: Notebook, name: str) -> None:
        self.notebook, self.kind = notebook, REGISTRY[name]
        self.python = f"shown[{name!r}]"
        self.frame: Locator = notebook.cell(1 + NAMES.index(name)).locator(".ce-frame")
        self.frame.wait_for()
        self.frame.locator(".ce-more").evaluate("(fold) => { fold.open = true }")

    def set(self, state: dict[str, Any]) -> None:
        self.notebook.run(f"{self.python}.update(**{state!r})")

    def state(self) -> dict[str, Any]:
        return ast.literal_eval(self.notebook.run(f"print({self.python}.state)"))

    def readout(self) -> dict[str, Any]:
        """Every quantity as the kernel has it, by the name it has on the page."""
        code = f"import json; print(json.dumps({self.python}.readout()))"
        return flat(json.loads(self.notebook.run(code)))

    def differences(self) -> list[str]:
        """What the page shows otherwise than the kernel, once changes had time."""
        return until(
            lambda: differences(self.readout(), self.frame.evaluate(QUANTITIES)),
            lambda found: not found,
        )


def changed_part(kind: type[Explorer]) -> tuple[str, Any]:
    """A single part of the state, and a value for it that changes the readout."""
    opening = kind()
    for other in random_states(kind, 20, seed=2):
        for name, value in other.state.items():
            try:
                candidate = kind(**{**opening.state, name: value})
            except StateError:
                continue  # it does not fit the other parts
            if candidate.readout() != opening.readout():
                return name, value
    raise AssertionError(
        f"{kind.name}: no single part of the state changes the readout"
    )


@pytest.fixture(scope="module")
def notebook(
    jupyterlab: Callable[[Path], Notebook], tmp_path_factory: pytest.TempPathFactory
) -> Notebook:
    """A notebook that shows every explorer, one per cell, after all cells have run."""
    path = tmp_path_factory.mktemp("explorers") / "explorers.ipynb"
    first = "from ce_lib.explorers import explorer\nshown = {}"
    show = [f"shown[{name!r}] = explorer({name!r})\nshown[{name!r}]" for name in NAMES]
    write_notebook(path, first, *show)
    opened = jupyterlab(path)
    opened.run_all()
    return opened


@pytest.fixture
def shown(notebook: Notebook, name: str) -> Iterator[Shown]:
    """The explorer in its opening state; nothing it does may log an error."""
    one = Shown(notebook, name)
    one.set(one.kind().state)
    assert one.differences() == []
    notebook.errors.clear()
    yield one
    assert notebook.errors == []


def test_every_explorer_comes_alive_without_an_error(notebook: Notebook) -> None:
    alive = notebook.tab.locator(".jp-OutputArea-output .ce-frame")
    assert until(alive.count, lambda count: count == len(NAMES)) == len(NAMES)
    assert notebook.errors == []
    assert alive.evaluate_all(CLASHES) == []


@pytest.mark.in_turn(3)
def test_python_moves_the_browser(shown: Shown) -> None:
    for other in random_states(shown.kind, 3, seed=1):
        shown.set(other.state)
        assert shown.differences() == [], other.link()
    for item in shown.kind.try_this:
        shown.set(dict(item.state))
        assert shown.differences() == [], item.label


@pytest.mark.in_turn(3)
def test_assigning_one_part_moves_the_browser(shown: Shown) -> None:
    before = shown.frame.evaluate(QUANTITIES)
    name, value = changed_part(shown.kind)
    shown.notebook.run(f"{shown.python}.{name} = {value!r}")
    assert shown.differences() == []
    assert shown.frame.evaluate(QUANTITIES) != before


@pytest.mark.in_turn(3)
def test_the_browser_moves_python(shown: Shown) -> None:
    before = shown.state()
    slider = shown.frame.locator("input[type=range]:visible").first
    at_end = slider.evaluate("(el) => el.value === el.max")
    slider.focus()
    for _ in range(3):
        shown.notebook.tab.keyboard.press("ArrowLeft" if at_end else "ArrowRight")
    focused = slider.evaluate("(el) => el === document.activeElement")
    assert focused, "JupyterLab took the arrow keys, and the slider lost the focus"
    assert until(shown.state, lambda state: state != before) != before
    assert shown.differences() == []


def test_colours_follow_the_theme(notebook: Notebook) -> None:
    notebook.tab.locator(".ce-frame").first.wait_for()
    frames = notebook.tab.locator(".ce-frame").all()
    light = [frame.evaluate(PAPER) for frame in frames]
    notebook.set_theme("JupyterLab Dark")
    dark = [frame.evaluate(PAPER) for frame in frames]
    notebook.set_theme("JupyterLab Light")
    assert len(set(light)) == len(set(dark)) == 1
    assert light[0] != dark[0]

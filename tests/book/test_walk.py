"""The walk to a loss: every line of it runs, and it can be walked without scripts."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from playwright.sync_api import Browser, Locator, Page, expect
from window import FRAMES

import ce_lib

ROOT = Path(__file__).resolve().parents[2]
PAGE = "chapters/choosing-a-loss.html"

SOURCE = (ROOT / "chapters/choosing-a-loss.md").read_text(encoding="utf-8")
WALK = re.search(r"^(:+)\{div\} walk\n(.*?)^\1$", SOURCE, re.M | re.S)
assert WALK is not None
ENDS = re.findall(r"^```python\n(.*?)^```$", WALK[2], re.M | re.S)


def given(line: str) -> dict[str, Any]:
    """What the names of a line mean there: logits of five songs and three genres, for most."""
    rng = np.random.default_rng(0)
    songs, classes = 5, 3
    z = rng.normal(size=(songs, classes))
    names = {
        "z": z,
        "y": rng.integers(0, classes, songs),
        "w": np.array([1.0, 2, 5]),
        "pi": np.array([7, 2, 1]) / 10,
        "f": rng.normal(size=songs),
        "theta": np.array([-1.0, 1]),
        "M": np.array([[8, 1, 1], [1, 7, 2], [0, 1, 9]]) / 10,
        "h": rng.normal(size=(songs, 4)),
        "W": rng.normal(size=(classes, 4)),
        "t": rng.integers(0, 2, (songs, classes)).astype(float),
        "p": rng.dirichlet(np.ones(classes), songs),
        "teacher": rng.normal(size=(songs, classes)),
        "x": rng.normal(size=songs),
        "m": rng.normal(size=songs),
        "v": rng.uniform(0.5, 2, songs),
        "a": rng.normal(size=songs),
        "b": rng.normal(size=songs),
        "A": rng.normal(size=songs),
    }
    if "axis=1" in line:  # a mask: two pictures of 4 by 6 pixels
        names["z"] = rng.normal(size=(2, classes, 4, 6))
        names["y"] = rng.integers(0, classes, (2, 4, 6))
    return names


def value(lines: str, names: dict[str, Any]) -> float:
    """Run all lines and return what the last one says."""
    *before, last = lines.strip().splitlines()
    exec("\n".join(before), names)
    return float(eval(last, names))


@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.split("\n")[1][:40])
def test_both_lines_at_an_end_of_the_walk_say_the_same(end: str) -> None:
    parts = re.fullmatch(r"# (?:ce_lib|NumPy)\n(.*)# PyTorch\n(.*)", end, re.S)
    assert parts is not None, "expected the line of ce_lib or NumPy, then PyTorch's"
    numbers = given(end)
    ours = value(parts[1], {**vars(ce_lib), "np": np, **numbers})
    tensors = {name: torch.tensor(number) for name, number in numbers.items()}
    theirs = value(parts[2], {"torch": torch, "F": F, **tensors})
    assert ours == pytest.approx(theirs, rel=1e-12, abs=0)


def test_no_two_ends_stand_under_one_answer() -> None:
    answers = re.findall(r"^:+\{dropdown\} (.*)", WALK[2], re.M)
    questions = WALK[2].count("{accordion}") - 1
    assert len(answers) - questions == len(ENDS)


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def tab(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    context = browser.new_context(
        java_script_enabled=request.param, viewport={"width": 390, "height": 844}
    )
    yield context.new_page()
    context.close()


def answer(tab: Page, words: str) -> Locator:
    return tab.locator(".walk summary").filter(has_text=words)


def test_the_walk_is_walked_by_keyboard_one_way_at_a_time(
    tab: Page, book_url: str
) -> None:
    tab.goto(f"{book_url}/{PAGE}")
    wrong, known = answer(tab, "Some labels are wrong"), answer(tab, "how often each")
    expect(wrong).to_be_hidden()
    answer(tab, "One of K classes").press("Enter")
    wrong.press("Enter")
    known.press("Enter")
    line = tab.locator(".walk pre").filter(has_text="softmax(z) @ M")
    expect(line).to_be_visible()
    answer(tab, "Nothing else").press("Enter")
    expect(line).to_be_hidden()
    expect(wrong).to_be_visible()
    answer(tab, "A mask").press("Enter")
    expect(wrong).to_be_hidden()


def test_an_answer_that_closes_another_above_stays_where_it_was_pressed(
    browser: Browser, book_url: str
) -> None:
    tab = browser.new_page(viewport={"width": 390, "height": 844})
    tab.goto(f"{book_url}/{PAGE}")
    for words in ("One of K classes", "A mask"):
        handle = answer(tab, words)
        handle.focus()
        top = handle.bounding_box()["y"]
        handle.press("Enter")
        tab.evaluate(FRAMES)
        assert handle.bounding_box()["y"] == pytest.approx(top, abs=1)
    tab.close()


def test_on_paper_every_end_of_the_walk_is_open(
    browser: Browser, book_url: str
) -> None:
    tab = browser.new_page()
    tab.emulate_media(media="print")
    tab.goto(f"{book_url}/{PAGE}")
    lines = tab.locator(".walk pre")
    assert lines.count() == len(ENDS)
    heights = lines.evaluate_all(
        "all => all.map(el => el.getBoundingClientRect().height)"
    )
    assert min(heights) > 0
    tab.close()

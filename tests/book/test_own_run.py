"""What a reader last ran comes back on the last page, and nothing else does."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from ce_lib.explorers import Training

CHAPTER, LAST = "chapters/softmax-regression.html", "chapters/choosing-a-loss.html"
KEY = "cross-entropy-practice"
OURS = {"songs": 60, "steps": 200, "floor": "shown"}

#: As a browser that keeps nothing for a page.
FORBIDDEN = """Object.defineProperty(window, "localStorage", {
  get() { throw new DOMException("no", "SecurityError"); } });"""


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 1366, "height": 900})
    context.set_default_timeout(10_000)
    yield context
    context.close()


def opened(context: BrowserContext, address: str) -> Page:
    tab = context.new_page()
    tab.goto(address)
    tab.wait_for_selector("#training .ce-frame")
    return tab


def said(tab: Page) -> str:
    return tab.locator(".ce-own-run-box [role=status]").inner_text()


def move(tab: Page, label: str, value: object) -> None:
    tab.locator("#training").get_by_role("slider", name=label, exact=True).fill(
        str(value)
    )


def kept(tab: Page) -> str:
    """Wait until a hand has rested for a while, and return the run that is kept."""
    tab.wait_for_function(
        "() => self.ceRecord.record.runs.training", polling=50, timeout=5000
    )
    return str(tab.evaluate("self.ceRecord.record.runs.training.state"))


def shows(tab: Page, **state: object) -> None:
    """The explorer shows what Python computes of this state."""
    numbers = Training(**state).readout()
    for key in ("train_loss", "fresh_loss", "floor", "excess"):
        number = tab.locator(f"#training .ce-readouts [data-quantity={key}]")
        found = float(number.get_attribute("data-value") or "nan")
        assert found == pytest.approx(numbers[key], rel=1e-9), key


def test_who_has_run_nothing_is_told_so_and_what_they_then_run_is_kept(
    context: BrowserContext, book_url: str
) -> None:
    tab = opened(context, f"{book_url}/{LAST}")
    assert said(tab).startswith("This browser keeps no run of yours yet")
    shows(tab, **OURS)
    move(tab, "songs to learn from", 120)
    assert "songs=120" in kept(tab)
    expect(tab.locator(".ce-own-run-box")).to_contain_text("Your own run")
    tab.reload()
    tab.wait_for_selector("#training .ce-frame")
    assert said(tab).startswith("Your own run")
    shows(tab, **OURS | {"songs": 120})


def test_a_run_comes_back_as_it_was_left_with_its_floor(
    context: BrowserContext, book_url: str
) -> None:
    start = "#training?songs=40&endless=false&scale=1&steps=5&bet=0.9&floor=shown"
    tab = opened(context, f"{book_url}/{CHAPTER}{start}")
    move(tab, "steps", 57)
    # At once: what was left is kept as the page goes.
    tab.goto(f"{book_url}/index.html")
    tab.goto(f"{book_url}/{LAST}")
    tab.wait_for_selector("#training .ce-frame")
    assert said(tab).startswith("Your own run")
    shows(tab, songs=40, steps=57, bet=0.9, floor="shown")
    expect(tab.locator("#training .tr-told:visible")).to_contain_text("You bet 0.9")


def test_what_no_hand_did_is_no_run(context: BrowserContext, book_url: str) -> None:
    tab = opened(context, f"{book_url}/{LAST}#training?songs=20&steps=100&floor=shown")
    explorer = tab.locator("#training")
    explorer.get_by_role("button", name="Few songs").press("Enter")
    explorer.get_by_text("More", exact=True).click()
    explorer.get_by_role("button", name="Reset").press("Enter")
    move(tab, "steps", 0)
    tab.wait_for_timeout(1000)
    assert tab.evaluate("self.ceRecord.record.runs") == {}
    assert said(tab).startswith("This browser keeps no run of yours yet")


def test_a_run_that_cannot_be_read_is_said_and_stays_until_there_is_another(
    context: BrowserContext, book_url: str
) -> None:
    tab = opened(context, f"{book_url}/{LAST}")
    record = {
        "version": 2,
        "cleared": 0,
        "answers": {},
        "bets": {},
        "runs": {"training": {"at": 1000, "state": "pieces=7"}},
    }
    tab.evaluate(
        "([key, text]) => localStorage.setItem(key, text)", [KEY, json.dumps(record)]
    )
    tab.reload()
    tab.wait_for_selector("#training .ce-frame")
    assert said(tab).startswith("Your last run is of another version of this book")
    shows(tab, **OURS)
    assert kept(tab) == "pieces=7"
    move(tab, "steps", 100)
    expect(tab.locator(".ce-own-run-box")).to_contain_text("Your own run")


def test_where_nothing_may_be_kept_it_is_said_and_the_page_works(
    context: BrowserContext, book_url: str
) -> None:
    context.add_init_script(FORBIDDEN)
    tab = opened(context, f"{book_url}/{LAST}")
    box = tab.locator(".ce-own-run-box")
    expect(box).to_contain_text("does not let the page keep anything")
    move(tab, "steps", 100)
    expect(box).to_contain_text("Your own run")
    shows(tab, **OURS | {"steps": 100})


def test_without_scripts_a_sentence_says_whose_run_it_is(
    browser: Browser, book: Path, book_url: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(f"{book_url}/{LAST}")
    told = tab.locator(".ce-own-run-box p")
    assert "the run below is one of ours" in (told.text_content() or "")
    assert told.bounding_box()["height"] > 0
    table = tab.locator("[data-explorer=training] table").first
    expect(table).to_contain_text("floor")
    context.close()

"""What a page calls the outcomes is what the picture, the sliders and the words call them."""

import html
import json
from pathlib import Path

import pytest
from playground import write
from playwright.sync_api import Browser, expect
from tabs import opened

GENRES = ["Rock", "Pop", "Jazz"]


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    page = write(tmp_path, "two-distributions")
    labels = html.escape(json.dumps(GENRES), quote=True)
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("data-state", f'data-labels="{labels}" data-state'))
    return page


def test_labels_stand_wherever_an_outcome_is_named(
    browser: Browser, labelled: Path
) -> None:
    tab = opened(browser, labelled)
    names = tab.locator(".ce-stage .ce-name")
    expect(names).to_have_text(GENRES)
    expect(tab.get_by_role("slider", name="Q(Jazz)")).to_be_visible()
    picture = tab.locator(".ce-stage svg").get_attribute("aria-label")
    assert picture.startswith("Rock: P 60 %, Q 50 %; Pop: ")
    expect(tab.locator(".ce-two-terms tbody th")).to_have_text(GENRES)
    # One more outcome, and there are no names for all.
    tab.get_by_role("radio", name="4", exact=True).check(force=True)
    expect(names).to_have_text(["A", "B", "C", "D"])
    expect(tab.get_by_role("slider", name="Q(C)")).to_be_visible()
    assert tab.errors == []
    tab.close()

"""A page's scripts: small, in any order, and a missing one leaves the table."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from playground import write
from playwright.sync_api import Browser, Page
from tabs import errors_of

from ce_lib.explorers import REGISTRY

BUILT = Path(__file__).resolve().parents[2] / "bookext/static"
FIRST, SECOND = list(REGISTRY)[:2]

#: The most that a script may weigh, in KB (1000 bytes) when gzipped.
BUDGETS = {
    "core.js": 25,
    "explorers/{name}.js": 9,
    "texts/alice.js": 60,
    "practice.js": 20,
    "claims.js": 6.2,
    "report.js": 10,
    "record.js": 5,
}
#: Of two explorers more: one trains a classifier, draws two worlds with their names kept off
#: lines and songs, and asks for a bet; the other knows what three dozen symptoms say.
BUDGETS_OF_ONE = {"explorers/training.js": 10.5, "explorers/loss-clinic.js": 11}


def weight(path: str) -> float:
    return len(gzip.compress((BUILT / path).read_bytes(), 9)) / 1000


@pytest.mark.parametrize("script", BUDGETS)
def test_every_script_keeps_to_its_budget(script: str) -> None:
    for path in {script.format(name=name) for name in REGISTRY}:
        assert weight(path) <= BUDGETS_OF_ONE.get(path, BUDGETS[script]), path


def scripts(page: Path, *paths: str) -> Path:
    """Let the page load these scripts in this order."""
    head, rest = page.read_text(encoding="utf-8").split("<script", 1)
    _, rest = rest.split("</head>")
    tags = "".join(f'<script defer src="{path}"></script>' for path in paths)
    page.write_text(f"{head}{tags}</head>{rest}", encoding="utf-8")
    return page


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    tab = browser.new_page()
    tab.errors = errors_of(tab)
    yield tab
    tab.close()


def said(tab: Page, name: str) -> str:
    place = tab.locator(f".ce-explorer[data-explorer={name}]")
    assert place.locator(".ce-frame").count() == 0
    assert place.locator("table tr").first.is_visible()
    return place.locator(".ce-message").inner_text()


def test_an_explorer_starts_whichever_script_comes_first(
    tab: Page, tmp_path: Path
) -> None:
    page = write(tmp_path, FIRST)
    for order in (
        ["core.js", f"explorers/{FIRST}.js"],
        [f"explorers/{FIRST}.js", "core.js"],
    ):
        tab.goto(f"{scripts(page, *order).as_uri()}{REGISTRY[FIRST]().link()}")
        tab.wait_for_selector(f"#{FIRST} .ce-frame")
        assert tab.locator(".ce-message").count() == 0
    assert tab.errors == []


def test_a_missing_script_leaves_the_table_and_the_other_explorers(
    tab: Page, tmp_path: Path
) -> None:
    page = write(tmp_path, FIRST)
    other = REGISTRY[SECOND]().static_html()
    page.write_text(page.read_text().replace("</main>", f"{other}</main>"))
    for order in (
        ["core.js", f"explorers/{FIRST}.js"],
        [f"explorers/{FIRST}.js", "core.js"],
    ):
        tab.goto(scripts(page, *order).as_uri())
        tab.wait_for_selector(f"#{FIRST} .ce-frame")
        assert "could not start" in said(tab, SECOND)
        assert SECOND in said(tab, SECOND)
    write(tmp_path, SECOND)
    tab.add_script_tag(url=f"explorers/{SECOND}.js")
    tab.wait_for_selector(f"#{SECOND} .ce-frame")
    assert tab.locator(".ce-message").count() == 0


def test_a_broken_script_leaves_the_table_and_the_other_explorers(
    tab: Page, tmp_path: Path
) -> None:
    page = write(tmp_path, FIRST)
    other = REGISTRY[SECOND]().static_html()
    page.write_text(page.read_text().replace("</main>", f"{other}</main>"))
    broken = tmp_path / "explorers/broken.js"
    broken.write_text("(self.ceExplorers??=[]).push(()=>{throw new Error('broken')})")
    tab.goto(
        scripts(
            page, "explorers/broken.js", f"explorers/{FIRST}.js", "core.js"
        ).as_uri()
    )
    tab.wait_for_selector(f"#{FIRST} .ce-frame")
    assert "could not start" in said(tab, SECOND)
    assert len(tab.errors) == 1
    assert "broken" in tab.errors[0]


def test_without_the_core_the_table_stays(tab: Page, tmp_path: Path) -> None:
    tab.goto(scripts(write(tmp_path, FIRST), f"explorers/{FIRST}.js").as_uri())
    assert tab.locator(".ce-frame").count() == 0
    assert tab.locator("table tr").first.is_visible()


def test_explorers_side_by_side_share_no_id(tab: Page, tmp_path: Path) -> None:
    page = {name: write(tmp_path, name) for name in REGISTRY}[FIRST]
    # The first stands there twice.
    places = "".join(explorer().static_html() for explorer in REGISTRY.values())
    page.write_text(page.read_text().replace("</main>", f"{places}</main>"))
    paths = [f"explorers/{name}.js" for name in REGISTRY]
    tab.goto(scripts(page, "core.js", *paths).as_uri())
    assert tab.locator(".ce-frame").count() == len(REGISTRY) + 1
    ids = tab.evaluate("[...document.querySelectorAll('[id]')].map((el) => el.id)")
    assert len(ids) == len(set(ids)) > len(REGISTRY)

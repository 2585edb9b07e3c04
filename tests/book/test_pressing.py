"""One of each kind of control is pressed, and does what its name says.

By mouse in a wide window and by touch on a phone (`presses` has the kinds; that no control
is of another kind `test_visible` asserts). Then what a press alone does not show: panels
that close in every way, colours where nothing is kept, contents without scripts.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import axe
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from presses import CHAPTER, DARK, KINDS, LIGHT, Hand, colours

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
WINDOWS = {"mouse": {"viewport": {"width": 1400, "height": 900}}, "touch": PHONE}
PATIENCE = 20_000  # ms: how long a press may take on a busy machine


@pytest.fixture
def context(
    browser: Browser, request: pytest.FixtureRequest
) -> Iterator[BrowserContext]:
    options = {"color_scheme": "light"} | getattr(request, "param", PHONE)
    context = browser.new_context(**options)
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture(scope="module", autouse=True)
def patience() -> Iterator[None]:
    expect.set_options(timeout=PATIENCE)
    yield
    expect.set_options(timeout=5_000)


@pytest.mark.in_turn(3)
@pytest.mark.parametrize("context", WINDOWS.values(), ids=WINDOWS, indirect=True)
@pytest.mark.parametrize("selector", KINDS, ids=lambda s: KINDS[s][1].__name__)
def test_a_press_does_what_its_name_says(
    context: BrowserContext,
    book_url: str,
    selector: str,
    request: pytest.FixtureRequest,
) -> None:
    page, press = KINDS[selector]
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    touch = "touch" in request.node.callspec.id
    tab = context.new_page()
    tab.goto(f"{book_url}/{page}")
    press(Hand(tab, book_url, tab.locator(selector).first, touch))


def on_the_button(tab: Page, panel: str) -> None:
    tab.locator(f"#{panel} .closer").tap()


def with_escape(tab: Page, panel: str) -> None:
    tab.keyboard.press("Escape")


def with_escape_on_a_link(tab: Page, panel: str) -> None:
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.tagName") == "A"
    tab.keyboard.press("Escape")


def outside(tab: Page, panel: str) -> None:
    tab.touchscreen.tap(380 if panel == "contents" else 10, 500)


@pytest.mark.parametrize("panel", ["contents", "this-page"])
@pytest.mark.parametrize(
    "close",
    [on_the_button, with_escape, with_escape_on_a_link, outside],
    ids=lambda close: close.__name__,
)
def test_a_panel_closes_and_the_focus_goes_back(
    context: BrowserContext,
    book_url: str,
    panel: str,
    close: Callable[[Page, str], None],
) -> None:
    tab = context.new_page()
    tab.goto(f"{book_url}/{CHAPTER}")
    opener = tab.locator(f".bar [popovertarget={panel}]")
    opener.tap()
    expect(tab.locator(f"#{panel} .closer")).to_be_focused()
    close(tab, panel)
    expect(tab.locator(f"#{panel}")).to_be_hidden()
    expect(opener).to_be_focused()
    assert tab.url == f"{book_url}/{CHAPTER}"


def test_an_open_panel_keeps_the_focus_inside(
    context: BrowserContext, book_url: str
) -> None:
    tab = context.new_page()
    tab.goto(f"{book_url}/{CHAPTER}")
    tab.locator(".for-contents").tap()
    expect(tab.locator("#contents .closer")).to_be_focused()
    inside = "document.activeElement.matches('body, #contents *')"
    for _ in range(tab.locator("#contents a").count() + 2):
        tab.keyboard.press("Tab")
        assert tab.evaluate(inside)


def test_a_panel_closes_when_the_window_grows_wide(
    context: BrowserContext, book_url: str
) -> None:
    tab = context.new_page()
    tab.goto(f"{book_url}/{CHAPTER}")
    tab.locator(".for-contents").tap()
    tab.set_viewport_size({"width": 1400, "height": 900})
    expect(tab.locator("#contents")).to_be_visible()
    assert tab.locator("#contents:popover-open").count() == 0
    tab.locator(".brand").tap()
    expect(tab).to_have_url(f"{book_url}/index.html")


@pytest.mark.parametrize("panel", ["contents", "this-page"])
def test_without_scripts_a_panel_opens(
    browser: Browser, book_url: str, panel: str
) -> None:
    context = browser.new_context(java_script_enabled=False, **PHONE)
    tab = context.new_page()
    tab.goto(f"{book_url}/{CHAPTER}")
    expect(tab.locator(f"#{panel}")).to_be_hidden()
    tab.locator(f".bar [popovertarget={panel}]").tap()
    expect(tab.locator(f"#{panel} li a").first).to_be_visible()
    assert not tab.locator(".colours").is_visible()
    tab.locator(f"#{panel} .closer").tap()
    expect(tab.locator(f"#{panel}")).to_be_hidden()
    context.close()


NOTHING_KEPT = """Object.defineProperty(window, "localStorage",
  { get() { throw new DOMException("no", "SecurityError"); } });"""


def test_where_nothing_is_kept_the_colours_turn_all_the_same(
    context: BrowserContext, strict_book_url: str
) -> None:
    context.add_init_script(NOTHING_KEPT)
    tab = context.new_page()
    tab.goto(f"{strict_book_url}/{CHAPTER}")
    tab.locator(".colours").tap()
    assert colours(tab) == DARK
    tab.locator(".colours").tap()
    assert colours(tab) == LIGHT


def test_who_chooses_what_the_system_says_follows_the_system_again(
    context: BrowserContext, book: Path
) -> None:
    tab = context.new_page()
    tab.goto((book / CHAPTER).as_uri())
    theme = tab.locator("html")
    tab.emulate_media(color_scheme="dark")
    expect(theme).to_have_attribute("data-theme", "dark")
    tab.locator(".colours").tap()
    assert colours(tab) == LIGHT
    tab.locator(".colours").tap()
    assert colours(tab) == DARK
    tab.emulate_media(color_scheme="light")
    expect(theme).to_have_attribute("data-theme", "light")


def test_the_search_has_a_key(context: BrowserContext, book_url: str) -> None:
    tab = context.new_page()
    tab.set_viewport_size({"width": 1400, "height": 900})
    tab.goto(f"{book_url}/{CHAPTER}")
    tab.keyboard.press("Control+k")
    expect(tab.locator(".bar .seek input")).to_be_focused()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_violation_around_the_page(
    context: BrowserContext, book_url: str, theme: str
) -> None:
    tab = context.new_page()
    tab.emulate_media(color_scheme=theme, reduced_motion="reduce")
    tab.goto(f"{book_url}/{CHAPTER}")
    tab.add_script_tag(path=str(axe.SCRIPT))
    around = "{ include: ['.bar', '.neighbours', '.colophon', '.panel', '.skip'] }"
    run = f"async () => (await axe.run({around})).violations"
    found = tab.evaluate(run)
    for panel in ("contents", "this-page"):
        tab.locator(f".bar [popovertarget={panel}]").tap()
        found += tab.evaluate(run)
        tab.keyboard.press("Escape")
    tab.locator(".colophon button").tap()
    found += tab.evaluate("async () => (await axe.run('#mistake')).violations")
    said = [f"{v['id']}: {[n['html'][:120] for n in v['nodes'][:3]]}" for v in found]
    assert said == []

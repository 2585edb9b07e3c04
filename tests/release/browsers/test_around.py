"""In Firefox and WebKit what stands around every page works: colours, search, menus, links."""

import pytest
from steps import fill, press, says, shows, until
from tab import Tab
from watched import WRONG, Served

CURVE = "chapters/log-curve.html"

COLOURS = """() => [document.documentElement.dataset.theme,
  getComputedStyle(document.body).backgroundColor, localStorage.getItem("mode")]"""

LIGHT, DARK = ["light", "rgb(255, 255, 255)"], ["dark", "rgb(20, 24, 30)"]


def turned_over_and_back(
    tab: Tab, book: str, system: list[str], other: list[str]
) -> None:
    """What is chosen against the system stays; what the system says is followed again."""
    tab.goto(f"{book}/{CURVE}")
    assert tab.evaluate(COLOURS) == [*system, None]
    press(tab, ".colours")
    assert tab.evaluate(COLOURS) == [*other, other[0]]
    tab.goto(f"{book}/index.html")
    assert tab.evaluate(COLOURS) == [*other, other[0]]
    press(tab, ".colours")
    assert tab.evaluate(COLOURS) == [*system, None]
    assert tab.evaluate(WRONG) == []


def test_on_a_light_system_the_colours_are_light_and_turn_over(
    tab: Tab, new_book: str
) -> None:
    turned_over_and_back(tab, new_book, LIGHT, DARK)


def test_on_a_dark_system_the_colours_are_dark_and_turn_over(
    dark_tab: Tab, new_book: str
) -> None:
    turned_over_and_back(dark_tab, new_book, DARK, LIGHT)


def test_a_word_is_found_from_the_bar_and_on_the_page_of_the_search(
    tab: Tab, whole_book: Served
) -> None:
    tab.goto(f"{whole_book.url}/{CURVE}")
    tab.keyboard.press("Control+k")
    tab.keyboard.type("perplexity")
    tab.keyboard.press("Enter")
    says(tab, "#found-said", "places")
    first = "() => document.querySelector('#found a')?.getAttribute('href') ?? ''"
    assert tab.evaluate(first).startswith(CURVE)
    fill(tab, "main .seek input", "Huffman")
    page = "chapters/surprise-and-cross-entropy.html"
    assert until(tab, first, None, lambda seen: seen.startswith(page)).startswith(page)
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")
    until(tab, "() => location.pathname", None, lambda seen: seen.endswith(page))
    assert page in tab.url
    assert tab.evaluate(WRONG) == []


#: Where the focus is.
FOCUS = "() => document.activeElement.className"


@pytest.mark.parametrize("panel", ["contents", "this-page"])
def test_on_a_phone_a_menu_opens_closes_and_leads_on(
    phone: Tab, whole_book: Served, panel: str
) -> None:
    phone.goto(f"{whole_book.url}/{CURVE}?questions=off")
    opener = f".bar [popovertarget={panel}]"
    shows(phone, f"#{panel}", shown=False)
    press(phone, opener)
    shows(phone, f"#{panel} .closer")
    assert "closer" in until(phone, FOCUS, None, lambda seen: "closer" in seen)
    phone.keyboard.press("Escape")
    shows(phone, f"#{panel}", shown=False)
    press(phone, opener)
    press(phone, f"#{panel} .closer")
    shows(phone, f"#{panel}", shown=False)
    press(phone, opener)
    link = f"#{panel} li a:not([aria-current], .current)"
    goal = phone.evaluate("(link) => document.querySelector(link).href", link)
    press(phone, link)
    assert until(phone, "() => location.href", None, lambda seen: seen == goal) == goal
    shows(phone, f"#{panel}", shown=False)
    assert phone.evaluate(WRONG) == []


LOSS = "() => document.querySelector('#loss-curve [data-quantity=loss]')?.dataset.value"

IN_VIEW = """() => {
  const stage = document.querySelector("#loss-curve .ce-stage");
  const { top, bottom } = stage.getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight;
}"""


def test_a_link_sets_a_state_and_the_way_back_takes_it_back(
    tab: Tab, whole_book: Served
) -> None:
    tab.goto(f"{whole_book.url}/{CURVE}#loss-curve?q=0.25")
    wanted = "1.3862943611198906"
    assert until(tab, LOSS, None, lambda seen: seen == wanted) == wanted
    tab.evaluate("() => { location.hash = '#loss-curve?q=0.5' }")
    half = "0.6931471805599453"
    assert until(tab, LOSS, None, lambda seen: seen == half) == half
    tab.evaluate("() => history.back()")
    assert until(tab, LOSS, None, lambda seen: seen == wanted) == wanted
    assert until(tab, IN_VIEW, None, bool)
    assert tab.evaluate(WRONG) == []

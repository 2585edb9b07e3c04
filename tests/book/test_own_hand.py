"""Nothing on a page is drawn by a browser or a theme: controls, folds, code, links."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from built import pages
from playwright.sync_api import Browser, Page, expect

CURVE = "chapters/log-curve.html"
OPEN = f"{CURVE}?questions=off"


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    yield context.new_page()
    context.close()


#: The controls that are drawn by the browser, and those of a slider too small for a thumb.
NATIVE = """() => [...document.querySelectorAll("main input")]
  .filter((el) => ["range", "checkbox", "radio"].includes(el.type))
  .filter((el) => el.checkVisibility({ visibilityProperty: true, opacityProperty: true }))
  .filter((el) => getComputedStyle(el).appearance !== "none" ||
    (el.type === "range" && el.offsetHeight < 44))
  .map((el) => `${el.type} ${el.offsetHeight} ${el.parentElement.textContent}`)"""


@pytest.mark.parametrize(
    "name",
    [OPEN, CURVE, "chapters/genre-classifier.html", "chapters/softmax-regression.html"],
)
def test_sliders_and_boxes_are_ours_unless_colours_are_forced(
    phone: Page, book_url: str, name: str
) -> None:
    phone.goto(f"{book_url}/{name}")
    phone.wait_for_selector(".ce-live")
    assert phone.evaluate(NATIVE) == []
    phone.emulate_media(forced_colors="active")
    assert phone.evaluate(NATIVE) != []


#: The folds whose marker is the browser's, or is none.
MARKERS = """() => [...document.querySelectorAll("article summary:not(.ce-fold > summary)")]
  .filter((el) => el.checkVisibility())
  .filter((el) => {
    const { listStyleType, display } = getComputedStyle(el);
    const { content, borderRightWidth, width } = getComputedStyle(el, "::before");
    return (display === "list-item" && listStyleType !== "none") || content === "none" ||
      borderRightWidth !== "2px" || parseFloat(width) > 12 ||
      el.querySelector(".sd-summary-state-marker")?.checkVisibility();
  }).map((el) => el.textContent.trim())"""


@pytest.mark.parametrize("name", [OPEN, CURVE, "chapters/folklore.html"])
def test_every_fold_has_the_same_chevron(phone: Page, book_url: str, name: str) -> None:
    phone.goto(f"{book_url}/{name}")
    phone.wait_for_load_state()
    assert phone.locator("article summary").count() > 0
    assert phone.evaluate(MARKERS) == []


FADE = "(pre) => parseFloat(getComputedStyle(pre).getPropertyValue('--ce-fade'))"


def test_code_that_goes_on_fades_until_its_end_is_seen(
    phone: Page, book_url: str
) -> None:
    phone.goto(f"{book_url}/{OPEN}")
    for pre in phone.locator("div.cell_input pre:visible").all():
        goes_on = pre.evaluate("(pre) => pre.scrollWidth > pre.clientWidth")
        assert (pre.evaluate(FADE) > 0) == goes_on
        pre.evaluate("(pre) => pre.scrollTo(pre.scrollWidth, 0)")
        phone.evaluate("() => new Promise(requestAnimationFrame)")
        assert pre.evaluate(FADE) == 0
    assert phone.locator("div.cell_input pre:visible").count() > 2
    mask = "(pre) => getComputedStyle(pre).maskImage"
    first = phone.locator("div.cell_input pre:visible").first
    assert first.evaluate(mask) != "none"
    phone.emulate_media(media="print")
    assert first.evaluate(mask) == "none"
    phone.emulate_media(media="screen", forced_colors="active")
    assert first.evaluate(mask) == "none"


LINES = """(pre) => {
  const all = document.createRange();
  all.selectNodeContents(pre);
  const { top, right } = all.getBoundingClientRect();
  return [top, right];
}"""


@pytest.mark.parametrize("width", [390, 820])
def test_the_copy_button_covers_no_end_of_a_line(
    phone: Page, book_url: str, width: int
) -> None:
    phone.set_viewport_size({"width": width, "height": 844})
    phone.goto(f"{book_url}/{OPEN}")
    phone.wait_for_selector(".copy")
    for block in phone.locator("div.cell_input .highlight:visible").all():
        room, button = block.bounding_box(), block.locator(".copy").bounding_box()
        bottom = button["y"] + button["height"]
        assert bottom < room["y"] + room["height"]
        assert button["x"] + button["width"] < room["x"] + room["width"]
        block.locator("pre").evaluate("(pre) => pre.scrollTo(pre.scrollWidth, 0)")
        top, end = block.locator("pre").evaluate(LINES)
        assert end <= button["x"] or bottom <= top  # on a phone it stands above them


#: Words of code in a sentence that a line's end cuts, though their parts would fit.
CUT = r"""() => [...document.querySelectorAll("article :not(pre) > code")].filter((el) => {
  const words = document.createTreeWalker(el, NodeFilter.SHOW_TEXT);
  let before = null;
  for (let node; (node = words.nextNode()); ) {
    for (let i = 0; i < node.length; i++) {
      const one = document.createRange();
      one.setStart(node, i);
      one.setEnd(node, i + 1);
      const [{ top } = {}] = one.getClientRects();
      const [letter, whole] = [node.data[i], /[A-Za-z0-9]/];
      const parts = before && top > before.top + 8;
      if (parts && whole.test(before.letter) && /\w/.test(letter)) return true;
      if (top !== undefined || letter === " ") before = { top, letter };
    }
  }
  return false;
}).map((el) => el.textContent)"""


@pytest.mark.in_turn(3)
@pytest.mark.parametrize("name", pages() or [CURVE])
def test_a_name_in_code_breaks_where_its_words_meet(
    phone: Page, book: Path, name: str
) -> None:
    phone.goto((book / name).as_uri())
    assert phone.evaluate(CUT) == []


def test_what_an_address_names_has_room_around_its_words(
    phone: Page, book_url: str
) -> None:
    phone.goto(f"{book_url}/{OPEN}#what-to-remember")
    heading = phone.locator(":target > h2")
    expect(heading).to_have_css("box-shadow", re.compile(r"0px 0px 0px 7\.65px$"))


def test_a_link_into_another_chapter_says_where_it_leads(book: Path) -> None:
    away = 0
    for path in pages():
        html = BeautifulSoup((book / path).read_text("utf-8"), "html.parser")
        for link in html.select("a.ce-link"):
            leaves = not link["href"].startswith("#")
            away += leaves
            assert ("ce-leaves" in link["class"]) == leaves
            assert leaves == link.get("title", "").startswith("Opens in chapter ")
            assert leaves == ("(opens in chapter" in link.get_text())
    assert away > 0


def test_the_arrow_of_a_link_points_to_its_explorer(book: Path) -> None:
    ahead = 0
    for path in pages():
        html = BeautifulSoup((book / path).read_text("utf-8"), "html.parser")
        come: set[object] = set()
        for element in html.select("a.ce-link:not(.ce-leaves), .ce-explorer"):
            if name := element.get("data-explorer"):
                come.add(name)
            else:
                name = str(element["href"]).lstrip("#").split("?")[0]
                assert ("ce-ahead" in element["class"]) == (name not in come), (
                    path,
                    name,
                )
                ahead += name not in come
    assert ahead > 0


def test_a_computed_table_is_as_wide_as_what_it_says(
    browser: Browser, book_url: str
) -> None:
    tab = browser.new_page(viewport={"width": 1366, "height": 650})
    tab.goto(f"{book_url}/{OPEN}")
    table = tab.locator("table.ce-computed").first
    wide = "(el) => el.getBoundingClientRect().width"
    narrowest = table.evaluate(
        "(el) => { el.style.width = 'max-content'; const { width } ="
        " el.getBoundingClientRect(); el.style.width = ''; return width; }"
    )
    assert table.evaluate(wide) == pytest.approx(narrowest, rel=0.01)
    tab.close()

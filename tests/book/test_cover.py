"""The cover says at once what the book is, lets a hand move the price, and leads on."""

import json
import re
import time
from pathlib import Path

import pytest
from contents import CHAPTERS, PARTS
from playwright.sync_api import Browser, BrowserContext, Page, expect

from bookext.minutes import hours

pytestmark = pytest.mark.xdist_group("cover")

SIZES = [(1366, 650), (1400, 900), (820, 1180), (390, 844)]

#: How much of an element the window shows, in pixels from its top; and whether it is all.
SEEN = """(el) => {
  const { top, bottom } = el.getBoundingClientRect();
  const bar = document.querySelector(".bar").getBoundingClientRect().bottom;
  return { seen: innerHeight - top, whole: top >= bar && bottom <= innerHeight };
}"""

#: What an element lets eyes read.
SHOWN = """(el) => [...el.querySelectorAll("*")]
  .filter((one) => one.checkVisibility() && !one.closest(".ce-spoken"))
  .flatMap((one) => [...one.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE))
  .map((node) => node.data).join(" ")"""


@pytest.fixture(scope="module")
def context(browser: Browser) -> BrowserContext:
    return browser.new_context(viewport={"width": 1400, "height": 900})


@pytest.fixture(scope="module")
def cover(context: BrowserContext, book_url: str) -> Page:
    tab = context.new_page()
    tab.goto(f"{book_url}/index.html")
    return tab


@pytest.mark.parametrize("size", SIZES)
def test_without_scrolling_there_are_title_sentence_start_and_living_picture(
    cover: Page, size: tuple[int, int]
) -> None:
    cover.set_viewport_size({"width": size[0], "height": size[1]})
    cover.evaluate("() => new Promise((seen) => requestAnimationFrame(() => seen()))")
    price = "#classifier .ce-sentence"
    for part in ("h1", ".cover-lead", ".cover-start a", ".cover-hint", price):
        assert cover.locator(part).first.evaluate(SEEN)["whole"], part
    picture, start = (
        cover.locator(part).bounding_box() for part in (price, ".cover-start")
    )
    assert picture
    assert start
    beside = start["x"] + start["width"] < picture["x"]
    assert beside or picture["y"] + picture["height"] <= start["y"], "picture first"


def test_the_price_falls_while_a_hand_drags_the_orange_bar(cover: Page) -> None:
    cover.set_viewport_size({"width": 1400, "height": 900})
    loss = cover.locator("#classifier [data-quantity=loss]").first
    before = float(loss.get_attribute("data-value") or "nan")
    grip = cover.locator("#classifier .ce-stage .ce-grip-q").first.bounding_box()
    assert grip
    x, y = grip["x"] + grip["width"] / 2, grip["y"] + grip["height"] / 2
    prices = [before]
    cover.mouse.move(x, y)
    cover.mouse.down()
    for step in range(1, 5):
        cover.mouse.move(x, y - 20 * step)
        cover.evaluate(
            "() => new Promise((seen) => requestAnimationFrame(() => seen()))"
        )
        prices.append(float(loss.get_attribute("data-value") or "nan"))
    cover.mouse.up()
    assert prices == sorted(prices, reverse=True)
    assert prices[-1] < prices[0] / 2


#: How many parts stand in each row and where it ends; and how many chapters begin beside
#: another of their part.
ROWS = """() => {
  const parts = [...document.querySelectorAll("#the-way-through > section")];
  const rows = Object.groupBy(parts, (part) =>
    Math.round(part.querySelector("h3").getBoundingClientRect().top));
  const edges = Object.values(rows).map((row) =>
    Math.round(Math.max(...row.map((part) => part.getBoundingClientRect().right))));
  const box = (el) => el.getBoundingClientRect();
  const beside = parts.flatMap((part) => [...part.querySelectorAll("li + li")]
    .filter((one) => box(one).top < box(one.previousElementSibling).bottom));
  const counts = Object.values(rows).map((row) => row.length);
  return { counts, edges, beside: beside.length };
}"""


@pytest.mark.parametrize(
    ("width", "rows"),
    [(1400, [3, 3, 3]), (820, [2, 2, 2, 1, 2]), (390, [1] * len(PARTS))],
)
def test_the_parts_stand_in_rows_without_a_hole(
    cover: Page, width: int, rows: list[int]
) -> None:
    cover.set_viewport_size({"width": width, "height": 900})
    seen = cover.evaluate(ROWS)
    assert seen["counts"] == rows
    assert len(set(seen["edges"])) == 1, "a row ends sooner than the others"
    assert seen["beside"] == 0


def test_there_is_one_act_one_price_and_one_button(cover: Page) -> None:
    for width, height in SIZES:
        cover.set_viewport_size({"width": width, "height": height})
        frame = cover.locator("#classifier .ce-frame")
        said = frame.evaluate(SHOWN)
        price = frame.locator("[data-quantity=loss]").first.text_content() or ""
        assert said.count(price) == 1, said
        assert not re.search(r"[+−]\d", said), "a signed number that nobody explains"
        assert frame.locator("button:visible").count() == 0
    expect(cover.locator(".cover-start a")).to_have_count(1)


def test_it_says_how_long_the_chapters_take_together(book: Path) -> None:
    texts = [(book / f"{page}.html").read_text(encoding="utf-8") for page in CHAPTERS]
    said = [re.search(r'class="minutes">About (\d+)\s', text) for text in texts]
    taken = [int(match[1]) for match in said if match]
    assert len(taken) == len(CHAPTERS)
    total = hours(sum(taken))
    cover = (book / "index.html").read_text(encoding="utf-8")
    line = f"About {total} hours to read, in {len(CHAPTERS)} chapters."
    spoken = cover.replace("\N{NO-BREAK SPACE}", " ")
    assert f'<span class="course-length">{line}</span>' in spoken


@pytest.mark.parametrize(
    ("minutes", "said"), [(20, "1"), (60, "1"), (100, "1½"), (176, "3"), (200, "3½")]
)
def test_a_time_is_said_to_half_an_hour(minutes: int, said: str) -> None:
    assert hours(minutes) == said


def test_one_button_starts_and_leads_back_to_where_the_reader_was(
    cover: Page, book_url: str
) -> None:
    start = cover.locator(".cover-start a").first
    expect(start).to_have_text("Start")
    expect(start).to_have_attribute("href", f"{CHAPTERS[0]}.html")
    now = 1000 * time.time()
    visits = {CHAPTERS[3]: {"at": now}, CHAPTERS[1]: {"at": now - 1000}}
    visits["chapters/self-check"] = {"at": now}
    record = {"visits": visits, "version": 2, "cleared": 0}
    record |= {"bets": {}, "answers": {}, "guesses": {}, "choices": {}}
    cover.evaluate(
        "(text) => localStorage.setItem('cross-entropy-practice', text)",
        json.dumps(record),
    )
    before = cover.locator(".cover-start").bounding_box()
    cover.reload()
    expect(start).to_have_text("Go on")
    expect(start).to_have_attribute("href", f"{book_url}/{CHAPTERS[3]}.html")
    expect(cover.locator(".ce-where")).to_have_text(re.compile(r"^4\. "))
    again = cover.get_by_role("link", name="from the start")
    expect(again).to_have_attribute("href", f"{book_url}/{CHAPTERS[0]}.html")
    assert cover.locator(".cover-start").bounding_box() == before

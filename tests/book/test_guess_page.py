"""A chapter's opening question in a real browser: the explorer waits for a guess."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from window import resize

from ce_lib.practice.catalogue import GUESSES
from ce_lib.practice.guess import Drawn

AXE = Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js"
CURVE, CODE = "chapters/log-curve.html", "chapters/surprise-and-cross-entropy.html"
KEY = "cross-entropy-practice"

#: Notes what explorers are told, and what moves without a hand having moved it.
WATCH = """
self.told = []; self.shifted = 0;
document.addEventListener("ce-guess", ({ detail }) => told.push(detail), true);
new PerformanceObserver((list) => {
  for (const e of list.getEntries()) if (!e.hadRecentInput) shifted += e.value;
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1366, "height": 900})
    context.set_default_timeout(10_000)
    context.add_init_script(WATCH)
    tab = context.new_page()
    tab.wrong = []  # type: ignore[attr-defined]
    tab.on("pageerror", lambda error: tab.wrong.append(str(error)))
    tab.on(
        "console", lambda m: m.type in ("error", "warning") and tab.wrong.append(m.text)
    )
    yield tab
    assert tab.wrong == []  # type: ignore[attr-defined]
    context.close()


def opened(tab: Page, address: str) -> None:
    tab.goto(address)
    tab.wait_for_selector(".ce-guess-box.ce-live")


def kept(tab: Page) -> dict:
    return json.loads(tab.evaluate("(key) => localStorage.getItem(key)", KEY) or "{}")


def test_the_explorer_waits_for_a_guess_by_keyboard_and_remembers_it(
    tab: Page, book_url: str
) -> None:
    opened(tab, f"{book_url}/{CURVE}")
    explorer = tab.locator("#loss-curve")
    expect(explorer.locator(".ce-frame")).to_be_hidden()
    room = explorer.bounding_box()
    tab.get_by_role("button", name="This is my guess").press("Enter")
    expect(tab.locator(".ce-guess-box .ce-told")).to_have_text(
        "Draw it first, or skip."
    )
    slider = tab.get_by_role("slider", name="The price of one in a million")
    expect(slider).to_be_focused()
    for _ in range(3):
        tab.keyboard.press("ArrowRight")
    assert slider.get_attribute("aria-valuetext") == "0.3 nats"
    expect(tab.locator(".ce-guess-box .ce-told")).to_be_empty()
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    expect(explorer.locator(".ce-frame")).to_be_visible()
    result = tab.locator(".ce-guess-box .ce-result")
    expect(result).to_be_focused()
    expect(result).to_contain_text("You said 0.3 nats: too low by 13.5 nats.")
    expect(result).to_contain_text(GUESSES["guess-log-curve"].asked.told)
    assert explorer.bounding_box()["height"] == pytest.approx(room["height"], abs=40)
    told = [{"kind": "level", "value": 0.3, "unit": "nats", "at": 1e-6}]
    assert tab.evaluate("told") == told
    assert kept(tab)["guesses"]["guess-log-curve"]["value"] == 0.3
    assert tab.evaluate("shifted") < 0.02
    tab.reload()
    expect(result).to_contain_text("You said 0.3 nats")
    expect(explorer.locator(".ce-frame")).to_be_visible()
    tab.wait_for_function("told.length > 0")
    assert tab.evaluate("told") == told
    assert tab.evaluate("shifted") < 0.02


@pytest.mark.parametrize(("width", "height"), [(1366, 650), (390, 844)])
def test_the_picture_that_answers_a_guess_is_in_view_with_what_is_said(
    tab: Page, book_url: str, width: int, height: int
) -> None:
    tab.set_viewport_size({"width": width, "height": height})
    opened(tab, f"{book_url}/chapters/pytorch-in-practice.html")
    tab.locator(".ce-guess-box input").first.fill("1.5")
    tab.get_by_role("button", name="This is my guess").press("Enter")
    expect(tab.locator(".ce-guess-box .ce-result")).to_be_in_viewport(ratio=1)
    expect(tab.locator("#token-averages .ce-stage")).to_be_in_viewport(ratio=1)


@pytest.mark.parametrize(
    "page", ["maximum-likelihood", "label-smoothing", "loss-clinic"]
)
def test_what_waited_stands_whole_in_the_window_after_a_skip(
    tab: Page, book_url: str, page: str
) -> None:
    tab.set_viewport_size({"width": 1366, "height": 650})
    opened(tab, f"{book_url}/chapters/{page}.html")
    tab.get_by_role("button", name="Skip", exact=True).press("Enter")
    pinned = tab.locator(".ce-guess-box + * .ce-pinned")
    expect(pinned).to_be_in_viewport(ratio=0.99)  # but for a part of a pixel


WINDOWS = [(1366, 650), (390, 844)]
ASKED = """() => {
  const bar = document.querySelector(".bar").getBoundingClientRect().bottom;
  const parts = [".ce-guess-stage", ".ce-drawn", ".ce-guess-box .ce-row"];
  const boxes = parts.map((part) => document.querySelector(part).getBoundingClientRect());
  const asked = document.querySelector(".ce-guess-box .ce-prompt").getBoundingClientRect();
  return {
    drawn: boxes.every(({ top, bottom }) => top >= bar && bottom <= innerHeight),
    asked: asked.bottom > bar + 40,
  };
}"""


@pytest.mark.parametrize(("width", "height"), WINDOWS)
def test_who_comes_to_a_drawn_guess_by_keyboard_sees_question_picture_and_button(
    tab: Page, book_url: str, width: int, height: int
) -> None:
    tab.set_viewport_size({"width": width, "height": height})
    opened(tab, f"{book_url}/chapters/other-guises.html")
    tab.locator("main").focus()
    slider = tab.get_by_role("slider", name="The loss at best")
    for _ in range(40):
        tab.keyboard.press("Tab")
        if slider.evaluate("el => el === document.activeElement"):
            break
    assert tab.evaluate(ASKED) == {"drawn": True, "asked": True}


@pytest.mark.parametrize(("width", "height"), WINDOWS)
def test_the_question_opens_again_where_it_is_pressed(
    tab: Page, book_url: str, width: int, height: int
) -> None:
    tab.set_viewport_size({"width": width, "height": height})
    opened(tab, f"{book_url}/{CODE}")
    tab.locator(".ce-guess-box .ce-text").fill("1")
    tab.keyboard.press("Enter")
    handle = tab.locator(".ce-guess-box summary")
    top = handle.bounding_box()["y"]
    handle.press("Enter")
    assert handle.bounding_box()["y"] == pytest.approx(top, abs=1)
    expect(tab.locator(".ce-guess-box details p")).to_be_visible()


def test_a_mouse_draws_a_finger_taps_or_holds_and_a_swipe_only_scrolls(
    browser: Browser, book_url: str
) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True
    )
    tab = context.new_page()
    opened(tab, f"{book_url}/{CURVE}")
    output = tab.locator(".ce-guess-box output")
    picture = tab.locator(".ce-guess-box svg")
    picture.tap(position={"x": 150, "y": 80})
    expect(output).to_contain_text("nats")
    tapped = output.inner_text()
    box = picture.bounding_box()
    x, y = box["x"] + 150, box["y"] + 80
    hand = context.new_cdp_session(tab)
    touch = {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]}
    hand.send("Input.dispatchTouchEvent", touch)
    for step in range(1, 8):
        moved = {"type": "touchMove", "touchPoints": [{"x": x, "y": y - 12 * step}]}
        hand.send("Input.dispatchTouchEvent", moved)
    hand.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(output).to_have_text(tapped)
    expect(tab.locator(".ce-guess-box .ce-hold-hint")).to_be_visible()
    expect(tab.locator(".ce-guess-hint")).to_be_hidden()
    y = picture.bounding_box()["y"] + 80
    touch["touchPoints"][0]["y"] = y
    hand.send("Input.dispatchTouchEvent", touch)
    tab.wait_for_selector(".ce-held")
    moved["touchPoints"][0]["y"] = y + 40
    hand.send("Input.dispatchTouchEvent", moved)
    hand.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(output).not_to_have_text(tapped)
    picture.hover(position={"x": 150, "y": 100})
    tab.mouse.down()
    tab.mouse.move(x, picture.bounding_box()["y"] + 130)
    tab.mouse.up()
    assert tab.evaluate("String(getSelection())") == ""
    assert float(output.inner_text().split()[0]) < float(tapped.split()[0])
    context.close()


@pytest.mark.parametrize("width", [1366, 390])
def test_a_line_says_where_the_explorer_opens_and_it_has_its_room_once_it_does(
    tab: Page, book_url: str, width: int
) -> None:
    tab.set_viewport_size({"width": width, "height": 844})
    opened(tab, f"{book_url}/{CURVE}")
    one, box = tab.locator(".ce-first"), tab.locator(".ce-guess-box")
    cell = tab.locator(".ce-first > .cell")
    assert cell.get_attribute("inert") is not None
    expect(cell.locator(".ce-frame")).to_be_hidden()
    line = one.evaluate("(el) => getComputedStyle(el, '::after').content")
    assert line == '"The explorer opens here."'
    asked, card = one.bounding_box(), box.bounding_box()
    below = asked["y"] + asked["height"] - card["y"] - card["height"]
    assert 60 < below < 300
    box.get_by_role("slider").fill("9")
    box.get_by_role("button", name="This is my guess").click()
    expect(cell.locator(".ce-curve").first).to_be_visible()
    assert cell.get_attribute("inert") is None
    opened_to = one.bounding_box()["height"]
    assert opened_to > cell.locator(".ce-frame").bounding_box()["height"]
    tab.reload()
    assert one.bounding_box()["height"] == pytest.approx(opened_to, rel=0.02)


@pytest.mark.in_turn(4)
@pytest.mark.parametrize("guess", sorted(GUESSES))
def test_before_it_is_alive_a_question_has_the_room_it_takes(
    tab: Page, book_url: str, guess: str
) -> None:
    opened(tab, f"{book_url}/chapters/{guess.removeprefix('guess-')}.html")
    found = {}
    for width in (320, 390, 820, 1366):
        resize(tab, width, 844)
        card = tab.locator(".ce-guess-box > .ce-box").bounding_box()["height"]
        room = tab.locator(".ce-first").bounding_box()["height"]
        found[width] = (card, room)
    assert {w: f for w, f in found.items() if not f[0] + 70 < f[1] < f[0] + 330} == {}


def test_after_a_spread_the_truth_is_priced_once_and_the_rest_has_one_line(
    tab: Page, book_url: str
) -> None:
    opened(tab, f"{book_url}/chapters/genre-classifier.html")
    box = tab.locator(".ce-guess-box")
    fields = box.locator(".ce-percent-input").all()
    for field, share in zip(fields, (53, 18, 20, 9), strict=True):
        field.fill(str(share))
    box.get_by_role("button", name="This is my guess").click()
    sentences = box.locator(".ce-result p").all_inner_texts()
    assert [s.replace("\u00a0", " ") for s in sentences] == [
        "You gave 20 % to “Jazz”, which is true. "
        "That costs 1.61 nats; the uniform guess pays 1.39.",
        GUESSES["guess-genre-classifier"].asked.told,
        "Lost: 53 % on “Rock”, 18 % on “Pop”, 9 % on “Classical”.",
    ]
    expect(box.locator(".ce-if-true")).to_have_count(0)


def test_a_skip_costs_nothing_and_is_remembered(tab: Page, book_url: str) -> None:
    opened(tab, f"{book_url}/{CODE}")
    tab.get_by_role("textbox", name="Bits a song").fill("a few")
    tab.keyboard.press("Enter")
    expect(tab.locator(".ce-guess-box .ce-told")).not_to_be_empty()
    assert not kept(tab).get("guesses")
    tab.get_by_role("button", name="Skip").click()
    expect(tab.locator("#two-distributions .ce-frame")).to_be_visible()
    expect(tab.locator("#two-distributions")).to_be_focused()
    answer = tab.get_by_text(GUESSES["guess-surprise-and-cross-entropy"].asked.told)
    expect(answer).to_be_hidden()
    tab.locator(".ce-guess-box summary").click()
    expect(answer).to_be_visible()
    assert tab.evaluate("told") == []
    tab.reload()
    expect(tab.locator("#two-distributions .ce-frame")).to_be_visible()
    expect(tab.get_by_role("button", name="Skip")).to_have_count(0)
    assert tab.evaluate("shifted") < 0.02


def test_the_switch_turns_the_questions_off_for_good_and_so_does_a_link(
    tab: Page, book_url: str
) -> None:
    frame = tab.locator(".ce-guess-box + .cell .ce-frame")
    switch = tab.get_by_label("Let chapters ask me first")
    opened(tab, f"{book_url}/{CURVE}")
    switch.uncheck()
    expect(frame).to_be_visible()
    opened(tab, f"{book_url}/{CODE}?questions=on")
    assert tab.url == f"{book_url}/{CODE}"
    expect(frame).to_be_hidden()
    opened(tab, f"{book_url}/{CODE}?questions=off")
    assert tab.url == f"{book_url}/{CODE}"
    expect(frame).to_be_visible()
    assert tab.evaluate("shifted") < 0.02
    opened(tab, f"{book_url}/{CURVE}")
    expect(frame).to_be_visible()
    expect(switch).not_to_be_checked()


@pytest.mark.parametrize("way", ["address", "prose", "print"])
def test_links_that_name_a_state_and_print_never_ask(
    tab: Page, book: Path, way: str
) -> None:
    frame = tab.locator("#loss-curve .ce-frame")
    address = (book / CURVE).as_uri()
    opened(tab, address + ("#loss-curve?q=0.25" if way == "address" else ""))
    if way == "prose":
        expect(frame).to_be_hidden()
        tab.evaluate("location.hash = '#loss-curve?q=0.25'")
    elif way == "print":
        tab.emulate_media(media="print")
        expect(tab.get_by_role("button", name="Skip")).to_be_hidden()
    expect(frame).to_be_visible()
    assert not kept(tab).get("guesses")


def test_the_gallery_never_asks(book: Path) -> None:
    page = (book / "chapters/gallery.html").read_text(encoding="utf-8")
    assert "ce-explorer" in page
    assert "ce-guess-box" not in page


def test_without_scripts_the_question_is_text_and_the_answer_folds(
    browser: Browser, book_url: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(f"{book_url}/{CURVE}")
    guess = GUESSES["guess-log-curve"]
    expect(tab.get_by_text(guess.prompt)).to_be_visible()
    told = tab.locator(".ce-guess-box details p")
    table = tab.locator(".ce-explorer table").first
    expect(told).to_be_hidden()
    expect(table).to_be_hidden()
    tab.locator(".ce-guess-box summary").click()
    expect(told).to_be_visible()
    expect(told).to_have_text(guess.asked.told)
    expect(table).to_be_visible()
    context.close()


def test_without_the_script_that_asks_nothing_waits(tab: Page, book_url: str) -> None:
    tab.route("**/practice.js*", lambda route: route.abort())
    tab.goto(f"{book_url}/{CURVE}")
    expect(tab.locator("#loss-curve .ce-frame")).to_be_visible()
    tab.wrong.clear()  # type: ignore[attr-defined]


#: One question of each kind: typed, a level, a point, a spread.
KINDS = {GUESSES[id].asked.kind: id for id in GUESSES}
AUDIT = """async () => (await axe.run({ include: [".ce-guess-box"] })).violations
  .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))"""


#: The words in the picture of a guess that lie on other words or on a curve, once letters have
#: come and the picture is painted with them.
STRUCK = """async () => {
  const svg = document.querySelector(".ce-guess-stage svg");
  const lies = (a, { x, y }) => x > a.x && x < a.x + a.width &&
    y > a.y + 0.25 * a.height && y < a.y + 0.75 * a.height;
  const apart = (a, b) => a.x > b.x + b.width || b.x > a.x + a.width ||
    a.y + 0.2 * a.height > b.y + 0.8 * b.height || b.y + 0.2 * b.height > a.y + 0.8 * a.height;
  const struck = () => {
    const words = [...svg?.querySelectorAll(".ce-guess-label") ?? []]
      .filter((node) => node.textContent && node.getBBox().width);
    const drawn = ".ce-guess-given path, .ce-guess-shown path";
    const curves = [...svg?.querySelectorAll(drawn) ?? []]
      .filter((path) => path.getTotalLength() > 0);
    const along = (path) => Array.from({ length: 400 }, (_, n) =>
      path.getPointAtLength((n / 399) * path.getTotalLength()));
    return words.filter((node, i) => {
      const box = node.getBBox();
      return words.slice(i + 1).some((other) => !apart(box, other.getBBox())) ||
        curves.some((path) => along(path).some((point) => lies(box, point)));
    }).map((node) => node.textContent);
  };
  let found = struck();
  for (let i = 0; found.length > 0 && i < 60; i++) {
    await new Promise(requestAnimationFrame);
    found = struck();
  }
  return found;
}"""


@pytest.mark.in_turn(2)
@pytest.mark.parametrize("id", GUESSES)
def test_what_was_said_stands_in_the_explorer_and_axe_finds_nothing(
    tab: Page, book_url: str, id: str
) -> None:
    opened(tab, f"{book_url}/chapters/{GUESSES.page(id)}.html")
    box = tab.locator(".ce-guess-box")
    audited = id in KINDS.values()
    found = []
    if audited:
        tab.add_script_tag(path=str(AXE))
        found += tab.evaluate(AUDIT)
    hand = box.locator("input:not([type=checkbox])").first
    if hand.get_attribute("type") == "range":
        for value in (0.65, 0.8, 1.1):
            hand.fill(str(value))
            assert tab.evaluate(STRUCK) == []
    else:
        hand.fill("3")
    box.get_by_role("button", name="This is my guess").click()
    expect(box.locator(".ce-result")).to_be_visible()
    if audited:
        found += tab.evaluate(AUDIT)
    if (drawing := box.locator("details:has(svg) summary")).count():
        drawing.click()
        expect(box.locator("svg")).to_be_visible()
    assert found + tab.evaluate(STRUCK) == []
    if (run := tab.get_by_role("button", name="Run", exact=True)).count():
        run.click()  # a guess about a race waits for it
    said = tab.locator(".ce-guess-box + .cell .ce-frame :is(text, .ce-guess-said)")
    own = re.compile(r"\b(guess|bet)\b", re.I)
    expect(said.filter(has_text=own).first).to_be_visible()


DRAWN = [name for name, one in GUESSES.items() if isinstance(one.asked, Drawn)]

#: How far above the plot's upper edge, and above all names and dots, the hint ends.
HINT = """() => {
  const svg = document.querySelector(".ce-guess-stage svg");
  const box = (el) => el.getBoundingClientRect();
  const drawn = [...svg.querySelectorAll(
    ".ce-tick line, .ce-guess-given path, .ce-guess-given circle, .ce-guess-given text")];
  const end = box(svg.querySelector(".ce-guess-hint")).bottom;
  return Math.min(...drawn.filter((el) => box(el).width > 0).map((el) => box(el).top - end));
}"""

#: Names of curves that a curve runs through.
CROSSED = """() => {
  const svg = document.querySelector(".ce-guess-stage svg");
  const curves = [...svg.querySelectorAll(".ce-guess-given path:not([d=''])")];
  const points = curves.flatMap((path) => {
    const { left, top } = svg.getBoundingClientRect();
    return Array.from({ length: 400 }, (_, i) => {
      const { x, y } = path.getPointAtLength((path.getTotalLength() * i) / 399);
      return [x + left, y + top];
    });
  });
  return [...svg.querySelectorAll(".ce-guess-given text")].filter((name) => {
    const { left, right, top, bottom } = name.getBoundingClientRect();
    return points.some(([x, y]) => x > left && x < right && y > top + 2 && y < bottom - 2);
  }).map((name) => name.textContent);
}"""


@pytest.mark.parametrize("name", DRAWN)
@pytest.mark.parametrize("width", [1366, 390])
def test_no_name_lies_on_a_curve_or_where_a_guess_says_how_to_draw(
    tab: Page, book_url: str, name: str, width: int
) -> None:
    tab.set_viewport_size({"width": width, "height": 844})
    opened(tab, f"{book_url}/chapters/{name.removeprefix('guess-')}.html")
    expect(tab.locator(".ce-guess-hint")).to_have_text(
        "press here, or use the slider below"
    )
    assert tab.evaluate(HINT) >= 0
    assert tab.evaluate(CROSSED) == []

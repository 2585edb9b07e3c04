"""The slides of every chapter fit, live, print, and need nothing but their folder."""

from __future__ import annotations

import math
import re
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import contents
import pytest
import slides as make
from decks.page import BEGIN, Unmade, slides_of
from playwright.sync_api import Browser, Page, Route
from small_book import Build
from window import LOOPS

ROOT = Path(__file__).resolve().parents[2]
CHAPTERS = [Path(page).name for page in contents.CHAPTERS]

pytestmark = pytest.mark.xdist_group("slides")

#: What every set of slides has.
NEEDED = {"title", "question", "explorer", "bet", "answer", "remember"}

#: The smallest part of its size to which a slide may shrink: smaller, a room cannot read it.
READABLE = 0.7

#: Lay all slides out at once; say of which something lies outside.
OUTSIDE = """async ({ answered, readable }) => {
  const frames = async (n) => { while (n--) await new Promise(requestAnimationFrame) };
  Reveal.configure({ viewDistance: 999 });
  for (const slide of Reveal.getSlides()) slide.hidden = false;
  if (answered) for (const box of document.querySelectorAll(".ce-guess-box"))
    [...box.querySelectorAll("button")].find((b) => b.textContent === "Skip").click();
  await document.fonts.ready;
  await frames(8);
  const found = [];
  let seen = 0;
  for (const [i, canvas] of [...document.querySelectorAll(".canvas")].entries()) {
    const room = canvas.getBoundingClientRect();
    const foot = canvas.querySelector(".address").getBoundingClientRect();
    const shown = canvas.querySelector(".shown");
    const inner = shown.querySelectorAll("svg.ce-figure, figcaption, table");
    const parts = [...shown.children, ...inner];
    seen += room.width > 0;
    for (const part of [canvas.querySelector("h1, h2"), ...parts]) {
      if (!part?.checkVisibility() || part.closest(".ce-more")) continue;
      const { left, right, top, bottom, width } = part.getBoundingClientRect();
      if (width === 0) continue;
      const aside = left < room.left - 1 || right > room.right + 1;
      if (aside || top < room.top - 1 || bottom > foot.bottom + 1)
        found.push(`${i + 1}: ${part.localName} ${part.className.baseVal ?? part.className}`);
    }
    const fit = Number(shown.style.getPropertyValue("--fit") || 1);
    if (fit < readable) found.push(`${i + 1}: shrunk to ${fit}`);
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = shown;
    if (scrollWidth > clientWidth + 1) found.push(`${i + 1}: wider than its slide`);
    if (scrollHeight > clientHeight + 1) found.push(`${i + 1}: higher than its slide`);
  }
  if (seen < Reveal.getTotalSlides()) found.push(`only ${seen} were seen`);
  return found;
}"""


@pytest.fixture(scope="module")
def folder(book: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the slides are: away from the book they are made of."""
    return tmp_path_factory.mktemp("slides") / "made"


@pytest.fixture(scope="module", autouse=True)
def decks(folder: Path) -> dict[str, make.Deck]:
    return {deck.name: deck for deck in make.write(folder)}


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """A tab with no network, which keeps what goes wrong, and what is asked of elsewhere."""
    tab = browser.new_page(viewport={"width": 1280, "height": 720})
    tab.set_default_timeout(10_000)
    tab.errors = []
    tab.on("pageerror", lambda error: tab.errors.append(str(error)))
    tab.on("console", lambda m: m.type == "error" and tab.errors.append(m.text))
    tab.add_init_script(LOOPS)
    tab.context.set_offline(True)
    tab.on("requestfailed", lambda asked: tab.errors.append(f"no {asked.url}"))
    tab.on(
        "request",
        lambda asked: (
            asked.url.startswith(("file:", "data:", "blob:"))
            or tab.errors.append(f"asks for {asked.url}")
        ),
    )
    yield tab
    tab.close()


def show(tab: Page, folder: Path, name: str, after: str = "") -> None:
    tab.goto(f"{(folder / name).as_uri()}.html{after}")
    tab.wait_for_selector(".reveal.ready")
    tab.wait_for_selector(".ce-guess-box.ce-live", state="attached")


def test_every_chapter_has_its_slides_in_the_order_of_the_book(
    decks: dict[str, make.Deck],
) -> None:
    assert list(decks) == CHAPTERS
    assert [deck.number for deck in decks.values()] == list(range(1, len(CHAPTERS) + 1))


@pytest.mark.parametrize("name", CHAPTERS)
def test_a_chapter_asks_plays_says_where_it_bites_and_bets(
    decks: dict[str, make.Deck], name: str
) -> None:
    slides = decks[name].slides
    assert {slide.kind for slide in slides} >= NEEDED
    assert any("katex" in slide.body for slide in slides[3:-1]), "a formula"
    assert any(slide.part.startswith("where-it-bites") for slide in slides)
    assert 8 <= len(slides) <= 15


def test_the_answer_to_a_bet_comes_after_its_question(
    decks: dict[str, make.Deck],
) -> None:
    for deck in decks.values():
        for before, slide in zip(deck.slides, deck.slides[1:], strict=False):
            if slide.kind == "answer":
                assert before.kind == "bet"
                assert "`" not in before.body + slide.body
                assert 'class="true"' in slide.body
                assert "true" not in re.findall(r'class="(\w+)"', before.body)


def test_all_slides_fit_before_and_after_the_guess_without_an_error(
    tab: Page, folder: Path
) -> None:
    found = {}
    for name in CHAPTERS:
        show(tab, folder, name)
        for answered in (False, True):
            how = {"answered": answered, "readable": READABLE}
            if outside := tab.evaluate(OUTSIDE, how):
                found[name, answered] = outside
    assert found == {}
    assert tab.errors == []


#: Turn to a slide from afar, with more on it than fits; say, before anything is painted,
#: whether it is there and by how much it is too high.
TOO_HIGH = """() => {
  const at = Reveal.getTotalSlides() - 1;
  const shown = Reveal.getSlides()[at].querySelector(".shown");
  const high = document.createElement("div");
  high.style.height = "700px";
  shown.replaceChildren(high);
  Reveal.slide(at);
  return [shown.clientHeight > 0, Math.max(0, shown.scrollHeight - shown.clientHeight - 1)];
}"""


def test_who_turns_to_a_slide_from_afar_does_not_see_it_shrink(
    tab: Page, folder: Path
) -> None:
    show(tab, folder, "log-curve")
    assert tab.evaluate(TOO_HIGH) == [True, 0]


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (1024, 768)])
def test_a_hand_on_a_slide_of_any_size_is_where_it_points(
    tab: Page, folder: Path, size: tuple[int, int]
) -> None:
    tab.set_viewport_size({"width": size[0], "height": size[1]})
    show(tab, folder, "log-curve", "#loss-curve?q=0.2&scale=linear")
    assert tab.locator("section.present.is-explorer").count() == 1
    area = tab.locator("section.present .ce-hit").first.bounding_box()
    assert area
    y = area["y"] + area["height"] / 2
    tab.mouse.move(area["x"] + 0.2 * area["width"], y)
    tab.mouse.down()
    tab.mouse.move(area["x"] + 0.75 * area["width"], y, steps=5)
    tab.mouse.up()
    loss = tab.locator("section.present [data-quantity=loss]").first
    assert float(loss.get_attribute("data-value") or 0) == pytest.approx(
        -math.log(0.75), rel=0.01
    )


def test_arrows_belong_to_what_is_held_and_a_clicker_always_turns_the_page(
    tab: Page, folder: Path
) -> None:
    def page() -> int:
        return tab.evaluate("Reveal.getIndices().h")

    show(tab, folder, "log-curve", "#loss-curve?q=0.2&scale=linear")
    here = page()
    slider = tab.locator("section.present input[type=range]").first
    slider.focus()
    before = slider.input_value()
    tab.keyboard.press("ArrowRight")
    assert slider.input_value() != before, "it moves"
    assert page() == here
    tab.keyboard.press("PageDown")
    assert page() == here + 1
    tab.keyboard.press("ArrowLeft")
    assert page() == here
    slider.focus()
    tab.keyboard.press("Escape")
    tab.keyboard.press("ArrowRight")
    assert page() == here + 1


def test_after_the_button_for_colours_an_arrow_turns_the_page(
    tab: Page, folder: Path
) -> None:
    show(tab, folder, "log-curve")
    tab.get_by_role("button", name="Dark or light").click()
    assert tab.evaluate("document.documentElement.dataset.theme") == "dark"
    tab.keyboard.press("ArrowRight")
    assert tab.evaluate("Reveal.getIndices().h") == 1


#: A question mark as keyboards send it, in the codes of keys: American, German, French.
QUESTION_MARKS = [191, 219, 188]


@pytest.mark.parametrize("code", QUESTION_MARKS)
def test_a_question_mark_lists_the_keys_on_every_keyboard(
    tab: Page, folder: Path, code: int
) -> None:
    press = """(keyCode) => document.body.dispatchEvent(new KeyboardEvent("keydown",
      { key: "?", keyCode, shiftKey: true, bubbles: true, cancelable: true }))"""
    show(tab, folder, "log-curve")
    tab.evaluate(press, code)
    help = tab.locator(".r-overlay", has_text="Dark or light")
    help.wait_for()
    tab.evaluate(press, code)
    help.wait_for(state="detached")


def test_a_step_sets_its_state_on_the_slide_and_leaves_it_there(
    tab: Page, folder: Path
) -> None:
    show(tab, folder, "softmax-gradient", "#/2")
    tab.get_by_role("button", name="Skip").click()
    step = tab.locator("section.present .ce-steps a", has_text="pays 40")
    step.click()
    loss = tab.locator("section.present [data-quantity=loss]").first
    near = "(el) => Math.abs(el.dataset.value - 40) < 1e-6"
    tab.wait_for_function(near, arg=loss.element_handle())
    assert tab.locator("section.present.is-explorer").count() == 1


def test_what_a_room_guesses_is_in_no_record_and_is_asked_again(
    tab: Page, folder: Path
) -> None:
    show(tab, folder, "softmax-gradient", "#/2")
    tab.locator("section.present .ce-text").fill("19")
    tab.get_by_role("button", name="This is my guess").click()
    tab.wait_for_selector("section.present .ce-guess-box.ce-done")
    assert "18" in tab.locator("section.present .ce-result").inner_text()
    assert tab.locator("section.present .ce-frame").is_visible()
    assert tab.evaluate("Object.keys(localStorage)") == []
    tab.reload()
    tab.wait_for_selector("section.present .ce-text")


def test_they_print_a_slide_a_page(
    tab: Page, folder: Path, decks: dict[str, make.Deck]
) -> None:
    show(tab, folder, "log-curve", "?print-pdf")
    tab.wait_for_selector(".pdf-page")
    pages = tab.pdf(prefer_css_page_size=True, print_background=True)
    count = len(decks["log-curve"].slides)
    assert len(re.findall(rb"/Type\s*/Page\b", pages)) == count
    sizes = set(re.findall(rb"/MediaBox\s*\[([^\]]+)\]", pages))
    assert sizes == {b"0 0 960 540"}  # in points, of 1280 by 720 pixels
    assert tab.locator(".pdf-page .ce-guess-box:visible").count() == 0
    assert tab.locator(".pdf-page .ce-frame").first.is_visible()


def test_a_page_without_something_to_play_with_is_refused(book: Path) -> None:
    html = (book / "chapters/log-curve.html").read_text(encoding="utf-8")
    with pytest.raises(Unmade, match="play"):
        slides_of(html.replace('id="play"', 'id="pay"'), "log-curve.html")


def test_marks_leave_no_trace_on_the_page(book: Path, browser: Browser) -> None:
    """Without its marks a page is laid out to the same pixel."""
    page = book / "chapters/log-curve.html"
    html = page.read_text(encoding="utf-8")
    assert f"<!-- {BEGIN} -->" in html
    seen = []
    for text in (html, re.sub(r"<!-- (?:same )?slide -->", "", html)):
        tab = browser.new_page()
        tab.route(page.as_uri(), partial(fulfil, text))
        tab.goto(page.as_uri())
        tab.wait_for_selector(".ce-frame", state="attached")
        places = "[...document.querySelectorAll('article *')].map((el) => el.offsetTop)"
        seen.append(tab.evaluate(places))
        tab.close()
    assert seen[0] == seen[1]


def fulfil(text: str, route: Route) -> None:
    route.fulfill(body=text, content_type="text/html; charset=utf-8")


def test_a_mark_that_stands_on_nothing_stops_the_build(build: Build) -> None:
    done = build("% same slide\nA coin.\n\n% slide\n")
    assert done.returncode != 0
    said = done.stdout + done.stderr
    assert "no block follows" in said
    assert "no slide has begun" in said


def test_the_folder_can_be_moved(tab: Page, folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "stick")
    show(tab, tmp_path / "stick", CHAPTERS[-1])
    assert tab.errors == []

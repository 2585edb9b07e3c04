"""Answer boxes, bets and the record in a real browser, on the built pages."""

import json
import re
import time
from collections.abc import Iterator
from datetime import datetime
from html import escape
from pathlib import Path

import axe
import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from ce_lib._backticks import as_html, pieces
from ce_lib.practice.catalogue import EXERCISES, QUESTIONS
from ce_lib.practice.exercise import Choice
from ce_lib.practice.quiz import RULE

ROOT = Path(__file__).resolve().parents[2]

CURVE = "chapters/log-curve.html"
RECORD = "chapters/your-record.html"
KEY = "cross-entropy-practice"


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context()
    context.set_default_timeout(10_000)
    yield context
    context.close()


def opened(context: BrowserContext, address: str) -> Page:
    tab = context.new_page()
    tab.errors = []  # type: ignore[attr-defined]
    tab.on("pageerror", lambda error: tab.errors.append(str(error)))
    tab.on(
        "console",
        lambda m: m.type in ("error", "warning") and tab.errors.append(m.text),
    )
    tab.goto(address)
    tab.wait_for_selector(".ce-practice.ce-live")
    return tab


def box(tab: Page, name: str) -> Locator:
    return tab.locator(f"#{name}")


def bet(place: Locator, *percents: int) -> None:
    inputs = place.locator(".ce-percent-input")
    for i, percent in enumerate(percents):
        inputs.nth(i).fill(str(percent))
    press(place.get_by_role("button", name=re.compile("[Bb]et")))


def press(button: Locator) -> None:
    """Press a button: what the page then says above it does not push it away."""
    button.scroll_into_view_if_needed()
    before = button.bounding_box()["y"]
    button.click()
    assert abs(button.bounding_box()["y"] - before) < 3


def kept(tab: Page) -> dict:
    return json.loads(tab.evaluate("(key) => localStorage.getItem(key)", KEY) or "{}")


def test_every_exercise_and_question_of_a_chapter_stands_on_its_page(
    book: Path,
) -> None:
    placed: list[str] = []
    for source in sorted((ROOT / "chapters").glob("*.md")):
        text = source.read_text(encoding="utf-8")
        page = (book / "chapters" / f"{source.stem}.html").read_text(encoding="utf-8")
        for kind, name in re.findall(r"^```\{div\} (answer|bet) (\S+)", text, re.M):
            placed.append(name)
            assert f'id="{kind}-{name}"' in page
            shelf = EXERCISES if kind == "answer" else QUESTIONS
            assert shelf.page(name) == source.stem, "it stands in another page's file"
            if kind == "answer":
                assert f":label: {name}\n" in text, "an answer box without its exercise"
    teaching = (ROOT / "chapters/teaching.md").read_text(encoding="utf-8")
    exercises = [name for name in EXERCISES if name.startswith("exercise-")]
    spare = [name for name in exercises if f"- `{name}`" in teaching]
    assert sorted(placed + spare) == sorted([*exercises, *QUESTIONS])


def test_no_answer_can_be_read_in_the_page_or_found_by_search(book: Path) -> None:
    index = (book / "searchindex.js").read_text(encoding="utf-8")
    for path in sorted((book / "chapters").glob("*.html")):
        page = path.read_text(encoding="utf-8")
        for name in re.findall(r'id="answer-([\w-]+)"', page):
            for field in EXERCISES[name].fields:
                if isinstance(field, Choice):
                    told = [option.why for option in field.options]
                else:
                    told = [mistake.sentence for mistake in field.mistakes]
                    assert f'"answer":{field.to_json()["answer"]}' not in page
                assert not any(as_html(sentence) in page for sentence in told)
        for name in re.findall(r'id="bet-([\w-]+)"', page):
            for option in QUESTIONS[name].options:
                assert as_html(option.why) not in page
    assert "data-definition" not in index


def test_the_rule_is_told_once_above_the_first_bet_of_a_page(book: Path) -> None:
    for path in sorted((book / "chapters").glob("*.html")):
        page = path.read_text(encoding="utf-8")
        rules = [found.start() for found in re.finditer('class="ce-rule"', page)]
        priced = 'data-practice="bet"|ce-guess-spread'
        bets = [found.start() for found in re.finditer(priced, page)]
        assert len(rules) == bool(bets), path.name
        is_open = 'class="ce-rule" open' in page
        assert is_open == (path.stem == "genre-classifier"), path.name
        if bets:
            assert rules[0] < bets[0]
            told = page[rules[0] : bets[0]].replace("\u00a0", " ")
            assert all(escape(sentence) in told for sentence in RULE)
            assert "50 % costs 0.69, 10 % costs 2.30, 1 % costs 4.61" in told


@pytest.mark.parametrize("way", ["http", "strict", "file"])
def test_the_mistake_is_named_by_keyboard_alone(
    context: BrowserContext, request: pytest.FixtureRequest, book: Path, way: str
) -> None:
    if way == "file":
        address = (book / CURVE).as_uri()
    else:
        base = "strict_book_url" if way == "strict" else "book_url"
        address = f"{request.getfixturevalue(base)}/{CURVE}"
    tab = opened(context, address)
    place = box(tab, "answer-exercise-prices")
    first = place.get_by_label("The prices in nats")
    first.press("Enter")
    nothing = place.get_by_text("Nothing to check yet.")
    expect(nothing).to_be_visible()
    tab.keyboard.type("0")
    expect(nothing).to_be_hidden()
    tab.keyboard.type(".322 2 5.64")
    tab.keyboard.press("Enter")
    told = place.locator(".ce-told").first
    expect(told).to_contain_text("That is in bits")
    assert told.get_attribute("role") == "status"
    assert first.get_attribute("aria-invalid") == "true"
    assert first.get_attribute("aria-describedby") == told.get_attribute("id")
    first.fill("-ln(0.8); -ln(1/4); ln 50")
    tab.keyboard.press("Tab")
    tab.keyboard.type("0,3219 2 5,644")
    tab.keyboard.press("Tab")
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")
    expect(place.locator(".ce-verdict")).to_have_text("All right.")
    expect(told).to_have_text("✓ Read as 0.22314, 1.3863, 3.912. Right.")
    assert first.get_attribute("aria-invalid") is None
    if way != "strict":
        assert tab.errors == []


@pytest.mark.parametrize(
    ("kind", "said"), [("answer", ".ce-told"), ("bet", ".ce-result")]
)
def test_what_is_said_below_the_window_comes_into_it(
    context: BrowserContext, book_url: str, kind: str, said: str
) -> None:
    tab = opened(context, f"{book_url}/{CURVE}")
    tab.set_viewport_size({"width": 1366, "height": 650})
    place = tab.locator(f".ce-practice[id^={kind}-]").first
    button = place.get_by_role("button").first
    if kind == "answer":
        place.locator("input").first.fill("7")
    button.evaluate("(el) => el.scrollIntoView({ block: 'end', behavior: 'instant' })")
    button.press("Enter")
    expect(place.locator(said).first).not_to_be_empty()
    expect(place.locator(said).first).to_be_in_viewport(ratio=1)
    expect(button).to_be_focused()


def test_what_was_said_of_one_answer_is_not_said_of_another(
    context: BrowserContext, book_url: str
) -> None:
    tab = opened(context, f"{book_url}/{CURVE}")
    place = box(tab, "answer-exercise-prices")
    field, told = (
        place.get_by_label("The prices in nats"),
        place.locator(".ce-told").first,
    )
    field.fill("1 2 3")
    field.press("Enter")
    expect(told).to_be_visible()
    height = place.evaluate("(el) => el.offsetHeight")
    field.press("0")
    expect(told).to_be_hidden()
    assert field.get_attribute("aria-invalid") is None
    assert place.evaluate("(el) => el.offsetHeight") == height
    field.press("Enter")
    expect(told).to_be_visible()


def test_a_chosen_answer_stays_in_its_row(
    context: BrowserContext, book_url: str
) -> None:
    tab = opened(context, f"{book_url}/chapters/choosing-a-loss.html")
    tab.set_viewport_size({"width": 1366, "height": 768})
    options = box(tab, "answer-exercise-three-problems").locator(".ce-options label")
    tops = """(labels) => labels.map((el) => el.offsetTop)"""
    before = options.evaluate_all(tops)
    options.nth(1).click()
    assert options.evaluate_all(tops) == before


def test_hints_come_one_by_one(context: BrowserContext, book_url: str) -> None:
    tab = opened(context, f"{book_url}/{CURVE}")
    place = box(tab, "answer-exercise-slopes")
    hints = EXERCISES["exercise-slopes"].hints
    for i in range(len(hints)):
        place.get_by_role("button", name="hint").press("Enter")
        expect(place.locator(".ce-hints li")).to_have_text(list(hints[: i + 1]))
    expect(place.get_by_role("button", name="hint")).to_be_hidden()
    expect(place.locator(".ce-hints li").last).to_be_focused()  # the button is gone


def test_what_was_done_survives_a_reload(
    context: BrowserContext, book_url: str
) -> None:
    tab = opened(context, f"{book_url}/{CURVE}")
    place = box(tab, "answer-exercise-prices")
    place.get_by_label("The prices in nats").fill("0.223 1.386 3.912")
    press(place.get_by_role("button", name="Check"))
    place.get_by_role("button", name="Hint").click()
    bet(box(tab, "bet-bet-doubling"), 10, 20, 70)
    tab.reload()
    tab.wait_for_selector(".ce-practice.ce-live")
    assert place.get_by_label("The prices in nats").input_value() == "0.223 1.386 3.912"
    expect(place.locator(".ce-told").first).to_have_text("✓ Right.")
    assert place.locator(".ce-hints li").count() == 1
    expect(box(tab, "bet-bet-doubling").locator(".ce-result")).to_contain_text("0.3567")


def test_two_tabs_follow_each_other(context: BrowserContext, book_url: str) -> None:
    one, two = (opened(context, f"{book_url}/{CURVE}") for _ in range(2))
    bet(box(one, "bet-bet-doubling"), 10, 20, 70)
    expect(box(two, "bet-bet-doubling").locator(".ce-result")).to_contain_text("0.3567")
    bet(box(two, "bet-bet-certain"), 97, 1, 1, 1)
    expect(box(one, "bet-bet-certain").locator(".ce-result")).to_contain_text(
        "Price: 0.0305 nats"
    )
    assert set(kept(one)["bets"]) == {"bet-doubling", "bet-certain"}


def shares(place: Locator) -> list[int]:
    fields = place.locator(".ce-percent-input").all()
    return [int(field.input_value()) for field in fields]


def test_the_shares_of_a_bet_are_always_a_hundred_percent(
    context: BrowserContext, book_url: str
) -> None:
    tab = opened(context, f"{book_url}/{CURVE}")
    place = box(tab, "bet-bet-certain")
    problem = place.locator(".ce-problem")
    first = place.locator(".ce-percent-input").first
    assert shares(place) == [25, 25, 25, 25]
    place.locator("input[type=range]").first.fill("70")
    assert shares(place) == [70, 10, 10, 10]
    first.press("ArrowDown")
    first.press("PageDown")
    assert sum(shares(place)) == 100
    assert shares(place)[0] == 59
    assert first.get_attribute("aria-valuetext") == "59 %"
    expect(place.locator(".ce-said")).to_have_text("Now 59 %, 14 %, 14 %, 13 %.")
    place.locator("input[type=range]").first.fill("0")
    assert shares(place) == [1, 33, 33, 33]
    least = "At least 1 % stays on every answer, unless you go all in."
    for typed, said in {
        "50,5": "“50,5” is not a whole number of per cent from 0 to 100.",
        "a lot": "“a lot” is not a whole number of per cent from 0 to 100.",
        "98": "At most 97 %: 1 % stays on every other answer, unless you go all in.",
        "0": least,
    }.items():
        first.fill(typed)
        expect(problem).to_have_text(said)
        assert first.get_attribute("aria-invalid") == "true"
        place.get_by_role("button", name="Place the bet").click()
        assert "bets" not in kept(tab) or kept(tab)["bets"] == {}
        assert first.input_value() == typed
    switch = place.get_by_label("All in")
    switch.check()  # as the sentence says, and it goes
    expect(problem).to_be_empty()
    assert shares(place)[0] == 0
    switch.uncheck()
    first.fill("59 %")
    expect(problem).to_be_empty()
    assert first.get_attribute("aria-invalid") is None
    for field, typed in enumerate([60, 25, 10]):
        place.locator(".ce-percent-input").nth(field).fill(str(typed))
    assert shares(place) == [60, 25, 10, 5]


def test_a_swipe_over_a_slider_scrolls_the_page_and_changes_nothing(
    browser: Browser, book_url: str
) -> None:
    phone = {"width": 390, "height": 844}
    context = browser.new_context(viewport=phone, has_touch=True, is_mobile=True)
    tab = opened(context, f"{book_url}/{CURVE}")
    place = box(tab, "bet-bet-certain")
    slider = place.locator("input[type=range]").first
    slider.evaluate("el => el.scrollIntoView({ block: 'center', behavior: 'instant' })")
    size = slider.bounding_box()
    x, y = size["x"] + 0.9 * size["width"], size["y"] + size["height"] / 2
    before = tab.evaluate("scrollY")
    touch = context.new_cdp_session(tab)
    for kind, points in (
        ("touchStart", [{"x": x, "y": y}]),
        *(("touchMove", [{"x": x, "y": y - 20 * i}]) for i in range(1, 10)),
        ("touchEnd", []),
    ):
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    tab.wait_for_function("(before) => scrollY > before", arg=before)
    assert shares(place) == [25, 25, 25, 25]
    slider.tap(position={"x": 0.9 * size["width"], "y": size["height"] / 2})
    assert shares(place)[0] > 80
    context.close()


def test_who_goes_all_in_can_pay_infinity_and_the_first_bet_stays(
    context: BrowserContext, book_url: str
) -> None:
    tab = opened(context, f"{book_url}/{CURVE}")
    place = box(tab, "bet-bet-doubling")
    rule = tab.locator(".ce-rule")
    rule.locator("summary").click()
    assert "0 % costs infinitely much" in rule.get_by_role("img").get_attribute(
        "aria-label"
    )
    switch = place.get_by_label("All in")
    switch.check()
    bet(place, 100, 0, 0)
    result = place.locator(".ce-result")
    expect(result).to_contain_text("Price: ∞. You ruled out what is true")
    expect(place.locator("[data-status=right]")).to_contain_text(
        "Two doublings save 2 ln 2"
    )
    assert place.locator("[data-status=wrong]").count() == 2
    bet(place, 0, 0, 100)
    expect(result).to_contain_text("Price: 0 nats")
    expect(result).to_contain_text(
        "Your first bet stays in the record: 100 %, 0 %, 0 %"
    )
    tab.reload()
    expect(switch).to_be_checked()
    expect(result).to_contain_text("Price: ∞.")
    switch.uncheck()
    assert shares(place) == [98, 1, 1]
    expect(box(tab, "bet-bet-certain").get_by_label("All in")).not_to_be_checked()
    assert kept(tab)["bets"]["bet-doubling"]["q"] == [1, 0, 0]
    tab.goto(f"{book_url}/chapters/genre-classifier.html")
    expect(tab.locator(".ce-rule")).not_to_have_attribute("open", "")


def test_what_was_missed_is_asked_again_the_next_day(
    context: BrowserContext, book_url: str
) -> None:
    tab = opened(context, f"{book_url}/{CURVE}")
    tab.clock.install(time=datetime(2026, 3, 1, 21))
    tab.reload()
    place, exercise = box(tab, "bet-bet-doubling"), box(tab, "answer-exercise-prices")
    bet(place, 70, 20, 10)
    first = kept(tab)["bets"]["bet-doubling"]
    expect(place.locator(".ce-result")).to_contain_text("It comes back after a day.")
    prices = exercise.get_by_label("The prices in nats")
    prices.fill("1 2 3")
    exercise.get_by_role("button", name="Check").click()
    tab.clock.set_fixed_time(datetime(2026, 3, 2, 9))
    tab.goto(f"{book_url}/{RECORD}")
    due = tab.locator(".ce-due li")
    prompts = [QUESTIONS["bet-doubling"].prompt, EXERCISES["exercise-prices"].prompt]
    expect(due.locator("a")).to_have_text(prompts)
    expect(tab.locator(".ce-due-count")).to_have_text("↻ 2 to be asked again")
    due.filter(has_text=prompts[0]).get_by_role("link").click()
    expect(tab).to_have_url(f"{book_url}/{CURVE}#bet-bet-doubling")
    expect(place.locator(".ce-again")).to_contain_text("Asked again, after a day.")
    expect(exercise.locator(".ce-again")).to_contain_text("Asked again, after a day.")
    expect(prices).to_have_value("")
    expect(place.locator(".ce-result")).to_be_empty()
    evens = place.locator(".ce-percent-input").all()
    assert [field.input_value() for field in evens] == ["33⅓"] * 3
    bet(place, 10, 20, 70)
    expect(place.locator(".ce-result")).to_contain_text("It comes back after a week.")
    expect(place.locator(".ce-result")).to_contain_text("70 %, 20 %, 10 %")
    assert kept(tab)["bets"]["bet-doubling"] == first
    tab.goto(f"{book_url}/{RECORD}")
    expect(due).to_have_count(1)
    expect(tab.locator(".ce-go-back")).to_contain_text("Next: 1 on Monday 9 March.")


def coded(*texts: str) -> list[str]:
    """The code in texts."""
    return [code for text in texts for code in pieces(text)[1::2]]


def test_code_in_what_is_asked_and_told_is_code(
    context: BrowserContext, book_url: str
) -> None:
    question = QUESTIONS["check-call"]
    exercise = EXERCISES["exercise-before-shapes"]
    tab = opened(context, f"{book_url}/chapters/self-check.html")
    tab.clock.install(time=datetime(2026, 3, 1, 21))
    tab.reload()
    place = box(tab, "bet-check-call")
    bet(place, 10, 70, 10, 10)
    said = [text for option in question.options for text in (option.text, option.why)]
    expect(place.locator("code")).to_have_text(coded(question.prompt, *said))
    expect(place.get_by_label("NLLLoss()(z, y)", exact=True)).to_have_value("10")
    tab.goto(f"{book_url}/chapters/syllabus.html")
    place = box(tab, "answer-exercise-before-shapes")
    place.get_by_label("(4,)", exact=True).check()
    place.get_by_role("button", name="Check").click()
    (field,) = exercise.fields
    texts = [exercise.prompt, field.label, *(option.text for option in field.options)]
    expect(place.locator("code")).to_have_text(coded(*texts, field.options[1].why))
    tab.clock.set_fixed_time(datetime(2026, 3, 2, 9))
    tab.goto(f"{book_url}/{RECORD}")
    due = tab.locator(".ce-due a")
    expect(due.locator("code")).to_have_text(coded(question.prompt, exercise.prompt))
    assert "`" not in tab.locator(".ce-practice").inner_text()


MARKED = f"a[href$='{Path(CURVE).name}']"


#: At how many distances from their list's edge the names of a list in the contents begin.
BEGINNINGS = """() => [...document.querySelectorAll("#contents ul:has(> li.toctree-l1)")].map(
  (list) => new Set([...list.querySelectorAll(":scope > li > a")].map(
    (link) => getComputedStyle(link).paddingLeft)).size)"""


def test_the_names_of_a_list_in_the_contents_begin_below_each_other(
    context: BrowserContext, book_url: str
) -> None:
    tab = context.new_page()
    tab.goto(f"{book_url}/index.html")
    assert set(tab.evaluate(BEGINNINGS)) == {1}


@pytest.mark.parametrize("width", [390, 1400])
def test_the_contents_show_what_was_done_and_nothing_moves_for_it(
    browser: Browser, book_url: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    tab = context.new_page()

    def places() -> list[float]:
        tab.evaluate("document.fonts.ready")  # names break elsewhere in another type
        menu = tab.get_by_role("button", name="Contents")
        if menu.is_visible():
            menu.click()
        lists = tab.locator("#contents li, #the-way-through li, main h2, main h3")
        return lists.evaluate_all("all => all.map(el => el.getBoundingClientRect().y)")

    tab.goto(f"{book_url}/index.html")
    before = places()
    assert tab.locator(".ce-marks:visible, .ce-legend:visible").count() == 0
    at = 1000 * time.time()
    record = {
        "visits": {"chapters/log-curve": {"at": at}},
        "bets": {"bet-doubling": {"at": at, "q": [0.1, 0.2, 0.7], "y": 2}},
        "answers": {},
        "version": 2,
        "cleared": 0,
    }
    tab.evaluate(
        "([key, text]) => localStorage.setItem(key, text)", [KEY, json.dumps(record)]
    )
    tab.reload()
    assert places() == before
    bets = sum(QUESTIONS.page(name) == "log-curve" for name in QUESTIONS)
    for lists in ("#contents", "#the-way-through"):
        link = tab.locator(f"{lists} {MARKED}").first
        assert f"visited, 1 of {bets} bets placed" in link.text_content()
        marks = tab.locator(f"{lists} li:has(> {MARKED}, strong > {MARKED}) .ce-marks")
        assert marks.first.bounding_box()["height"] > 0
    legend = tab.locator("#contents .ce-legend")
    expect(legend).to_contain_text("visited")
    tones = "all => new Set(all.map((el) => getComputedStyle(el).backgroundImage)).size"
    assert legend.locator(".ce-stroke").evaluate_all(tones) == 1, (
        "one colour, no meaning"
    )
    context.close()


def test_the_record_shows_what_the_bets_say(
    context: BrowserContext, book_url: str
) -> None:
    tab = opened(context, f"{book_url}/{RECORD}")
    expect(tab.locator(".ce-practice")).to_contain_text("No bets yet")
    tab.goto(f"{book_url}/{CURVE}")
    bet(box(tab, "bet-bet-certain"), 70, 10, 10, 10)
    bet(box(tab, "bet-bet-doubling"), 2, 49, 49)
    box(tab, "bet-bet-doubling").get_by_role("link", name="Your record").click()
    cell = tab.locator("[data-quantity=mean_log]")
    assert float(cell.get_attribute("data-value")) == pytest.approx(0.5350124159)
    even = tab.locator("[data-quantity=even_log]")
    assert float(even.get_attribute("data-value")) == pytest.approx(1.2424533249)
    picture = tab.locator(".ce-diagram")
    assert "Stated 70 %: 100 % of 1 came true." in picture.get_attribute("aria-label")
    expect(tab.locator(".ce-practice")).to_contain_text("luck still says most of this")


def read(tab: Page, name: str, content: str) -> Locator:
    file = {"name": name, "mimeType": "application/json", "buffer": content.encode()}
    tab.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    return tab.locator(".ce-tools .ce-verdict")


def test_the_record_can_be_saved_cleared_and_read(
    context: BrowserContext, strict_book_url: str, tmp_path: Path
) -> None:
    tab = opened(context, f"{strict_book_url}/{CURVE}")
    bet(box(tab, "bet-bet-certain"), 70, 10, 10, 10)
    before = kept(tab)
    tab.goto(f"{strict_book_url}/{RECORD}")
    with tab.expect_download() as download:
        tab.get_by_role("button", name="Save as a file").click()
    download.value.save_as(tmp_path / "record.json")
    text = (tmp_path / "record.json").read_text(encoding="utf-8")
    assert json.loads(text) == before
    tab.get_by_role("button", name="Clear the record").click()
    tab.get_by_role("button", name="Keep it").click()
    assert kept(tab) == before
    tab.get_by_role("button", name="Clear the record").click()
    tab.get_by_role("button", name="Yes, clear it").click()
    assert kept(tab)["bets"] == {}
    expect(tab.locator(".ce-practice")).to_contain_text("No bets yet")
    expect(read(tab, "record.json", text)).to_contain_text("that are new here: 2.")
    assert kept(tab)["bets"]["bet-certain"]["q"] == before["bets"]["bet-certain"]["q"]
    tab.goto(f"{strict_book_url}/{CURVE}")
    expect(box(tab, "bet-bet-certain").locator(".ce-result")).to_contain_text("0.3567")


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[1, 2",
        '"<img src=x onerror=alert(1)>"',
        '{"version": 1, "answers": {"<b>x</b>": {}}, "bets": {}}',
        '{"version": 7, "answers": {}, "bets": {}}',
        '{"version": 1, "answers": {}, "bets": {"x": {"at": 1, "q": ["<b>"], "y": 0}}}',
    ],
)
def test_a_broken_or_hostile_file_changes_nothing(
    context: BrowserContext, book_url: str, content: str
) -> None:
    tab = opened(context, f"{book_url}/{CURVE}")
    bet(box(tab, "bet-bet-certain"), 70, 10, 10, 10)
    before = kept(tab)
    tab.goto(f"{book_url}/{RECORD}")
    expect(read(tab, "bad.json", content)).to_contain_text("Nothing was changed.")
    assert kept(tab) == before
    assert tab.errors == []


def test_markup_in_a_record_stays_text(context: BrowserContext, book_url: str) -> None:
    tab = opened(context, f"{book_url}/{RECORD}")
    entry = {"at": 1000 * time.time(), "tries": 1, "hints": 0, "status": "wrong"}
    fields = {"nats": "<img src=x onerror=alert(1)>", "other": '"><script>1</script>'}
    answers = {"exercise-prices": {**entry, "fields": fields}}
    record = {"version": 1, "cleared": 0, "answers": answers, "bets": {}}
    expect(read(tab, "r.json", json.dumps(record))).to_contain_text("Read.")
    tab.goto(f"{book_url}/{CURVE}")
    place = box(tab, "answer-exercise-prices")
    assert place.get_by_label("The prices in nats").input_value() == fields["nats"]
    assert place.locator("img, script").count() == 0
    expect(place.locator(".ce-told").first).to_contain_text(
        "cannot be read as a number"
    )
    assert tab.errors == []


def test_what_cannot_be_used_is_told_offered_and_put_back(
    context: BrowserContext, book_url: str, tmp_path: Path
) -> None:
    newer = '{"version": 99, "answers": {}, "bets": {}}'
    bets = {"bet-doubling": {"at": 5, "q": [0.5, 0.5], "y": 0}}
    misfit = {"version": 1, "cleared": 0, "answers": {}, "bets": bets}
    good = misfit | {
        "bets": {"bet-certain": {"at": 6, "q": [0.7, 0.1, 0.1, 0.1], "y": 0}}
    }
    tab = opened(context, f"{book_url}/{RECORD}")
    tab.evaluate(
        """([key, text, aside]) => {
          localStorage.setItem(key, text);
          localStorage.setItem(`${key}-unread`, JSON.stringify([aside]));
        }""",
        [KEY, newer, json.dumps(good)],
    )
    tab.goto(f"{book_url}/{CURVE}")
    place = box(tab, "bet-bet-doubling")
    expect(place.locator(".ce-warning")).to_contain_text("set aside")
    tab.goto(f"{book_url}/{RECORD}")
    expect(read(tab, "old.json", json.dumps(misfit))).to_contain_text(
        "Entries that fit nothing in this book, and are set aside: 1."
    )
    rows = tab.locator(".ce-set-aside .ce-row")
    for said in ("another version", "readable now", "has changed since this bet"):
        expect(rows.filter(has_text=said)).to_have_count(1)
    with tab.expect_download() as download:
        rows.filter(has_text="another version").get_by_text("Save it").click()
    download.value.save_as(tmp_path / "aside.json")
    assert (tmp_path / "aside.json").read_text(encoding="utf-8") == newer
    rows.filter(has_text="readable now").get_by_text("Put it back").click()
    expect(rows).to_have_count(2)
    assert set(kept(tab)["bets"]) == {"bet-certain"}
    for left in (1, 0):
        rows.first.get_by_text("Delete it").click()
        expect(rows).to_have_count(left)
    expect(tab.locator(".ce-set-aside")).to_be_hidden()
    tab.goto(f"{book_url}/{CURVE}")
    expect(place.locator(".ce-warning")).to_be_empty()
    bet(place, 10, 20, 70)
    assert set(kept(tab)["bets"]) == {"bet-certain", "bet-doubling"}
    assert tab.errors == []


@pytest.mark.parametrize("refusal", ["get", "set"])
def test_without_storage_everything_works_and_says_so(
    context: BrowserContext, book_url: str, refusal: str
) -> None:
    context.add_init_script(
        {
            "get": "Object.defineProperty(window, 'localStorage',"
            " { get() { throw new DOMException('no', 'SecurityError'); } });",
            "set": "Storage.prototype.setItem = () => {"
            " throw new DOMException('full', 'QuotaExceededError'); };",
        }[refusal]
    )
    tab = context.new_page()  # the theme's own scripts do complain here
    tab.goto(f"{book_url}/{CURVE}")
    place = box(tab, "bet-bet-doubling")
    bet(place, 10, 20, 70)
    expect(place.locator(".ce-result")).to_contain_text("0.3567")
    words = "does not let the page keep" if refusal == "get" else "no room left"
    expect(place.locator(".ce-warning")).to_contain_text(words)


def test_without_scripts_nothing_broken_is_shown(
    browser: Browser, book_url: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(f"{book_url}/{CURVE}")
    place = box(tab, "answer-exercise-prices")
    assert place.inner_text().strip() == "To check an answer here, allow scripts."
    assert place.bounding_box()["height"] < 60
    question = box(tab, "bet-bet-doubling")
    expect(question).to_contain_text(QUESTIONS["bet-doubling"].prompt)
    tab.goto(f"{book_url}/chapters/self-check.html")
    asked = QUESTIONS["check-call"]
    texts = [asked.prompt, *(option.text for option in asked.options)]
    expect(box(tab, "bet-check-call").locator("code")).to_have_text(coded(*texts))
    context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_violation_in_the_boxes(
    context: BrowserContext, book_url: str, theme: str
) -> None:
    context.add_init_script(
        f"localStorage.setItem('mode', '{theme}'); localStorage.setItem('theme', '{theme}')"
    )
    tab = opened(context, f"{book_url}/{CURVE}")
    place = box(tab, "answer-exercise-prices")
    place.get_by_label("The prices in nats").fill("1 2")
    place.get_by_role("button", name="Check").click()
    place.get_by_role("button", name="Hint").click()
    bet(box(tab, "bet-bet-doubling"), 10, 20, 70)
    found = []
    for page in (CURVE, RECORD):
        if page != CURVE:
            tab.goto(f"{book_url}/{page}")
            tab.wait_for_selector(".ce-record")
        tab.add_script_tag(path=str(axe.SCRIPT))
        found += tab.evaluate(
            "async () => (await axe.run({ include: ['.ce-practice'] })).violations"
        )
    said = [
        f"{v['id']}: {v['help']} — {[n['html'][:120] for n in v['nodes'][:3]]}"
        for v in found
    ]
    assert said == []


@pytest.mark.parametrize("path_of", [CURVE, RECORD, "chapters/self-check.html"])
def test_it_fits_a_narrow_phone(browser: Browser, book_url: str, path_of: str) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True
    )
    tab = opened(context, f"{book_url}/{path_of}")
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    small = tab.evaluate(
        """() => [...document.querySelectorAll(
             ".ce-practice :is(button, input:not([type=radio]), .ce-options label)")]
           .filter((el) => el.offsetParent !== null && el.offsetHeight < 24)
           .map((el) => el.outerHTML.slice(0, 80))"""
    )
    assert small == []
    context.close()

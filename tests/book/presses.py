"""What happens when one of each kind of control is pressed.

A kind is a selector, with a page that has one and a function that presses it and asserts
the effect its name promises.
"""

import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from contents import LISTED
from playwright.sync_api import Locator, Page, expect

from bookext import wheel

CHAPTER = "chapters/log-curve.html"
RECORD = "chapters/your-record.html"
STEPS = "chapters/genre-classifier.html"
OPEN = f"{CHAPTER}?questions=off"  # its explorer waits for no guess
LIGHT, DARK = ["light", "rgb(255, 255, 255)"], ["dark", "rgb(20, 24, 30)"]


@dataclass
class Hand:
    """What a press function gets: the tab, the control, and a way to press it."""

    tab: Page
    base: str
    control: Locator
    touch: bool

    def press(self, control: Locator | None = None, x: float | None = None) -> None:
        """Press a control (at a share ``x`` of its width), with mouse or finger."""
        control = control or self.control
        place = None
        if x is not None:
            size = control.bounding_box()
            assert size
            place = {"x": x * size["width"], "y": size["height"] / 2}
        if self.touch:
            control.tap(position=place)
        else:
            control.click(position=place)

    def open_panel(self, opener: str) -> None:
        """Where the window is narrow, the lists are behind their buttons."""
        button = self.tab.locator(opener)
        if button.is_visible():
            self.press(button)

    def near(self, selector: str) -> Locator:
        """Return something in the same explorer or box as the control."""
        around = self.control.locator("xpath=ancestor::*[@id][1]")
        return around.locator(selector).first


Press = Callable[[Hand], None]
KINDS: dict[str, tuple[str, Press]] = {}


def kind(selector: str, page: str = CHAPTER) -> Callable[[Press], Press]:
    """Say which controls a function presses, and a page that has one."""

    def keep(press: Press) -> Press:
        KINDS[selector] = (page, press)
        return press

    return keep


# Around the page


@kind(".for-contents")
def every_page_is_listed(hand: Hand) -> None:
    contents = hand.tab.locator("#contents")
    if hand.control.is_visible():
        expect(contents).to_be_hidden()
        hand.press()
    expect(contents).to_be_visible()
    links = contents.locator(".toctree-l1 > a").all()
    assert all(link.is_visible() for link in links)
    here = {link.evaluate("link => link.href.split('#')[0]") for link in links}
    assert here == {f"{hand.base}/{page}.html" for page in LISTED}


@kind(".for-page")
def every_heading_is_listed(hand: Hand) -> None:
    panel = hand.tab.locator("#this-page")
    if hand.control.is_visible():
        expect(panel).to_be_hidden()
        hand.press()
    expect(panel).to_be_visible()
    for heading in hand.tab.locator("article section[id]:has(> h2)").all():
        link = panel.locator(f"a[href='#{heading.get_attribute('id')}']")
        expect(link).to_be_visible()


def arrived(hand: Hand, selector: str) -> None:
    """Where a link in the page led stands in the window, below the bar."""
    place = hand.tab.locator(selector)
    expect(place).to_be_in_viewport()
    bar = hand.tab.locator(".bar").bounding_box()["height"]
    assert place.bounding_box()["y"] >= bar


@kind("#contents li a")
def a_chapter_opens(hand: Hand) -> None:
    hand.open_panel(".for-contents")
    goal = hand.control.get_attribute("href")
    hand.press()
    expect(hand.tab).to_have_url(f"{hand.base}/chapters/{goal}")


@kind("#this-page nav a")
def a_heading_comes_into_view(hand: Hand) -> None:
    hand.open_panel(".for-page")
    goal = hand.control.get_attribute("href")
    hand.press()
    arrived(hand, f"{goal} :is(h2, h3)")
    expect(hand.control).to_have_attribute("aria-current", "location")


@kind(".closer")
def a_panel_closes(hand: Hand) -> None:
    opener = hand.tab.locator(".for-contents")
    if not opener.is_visible():
        return  # the lists stand beside the text
    hand.press(opener)
    hand.press()
    expect(hand.tab.locator("#contents")).to_be_hidden()


def colours(tab: Page) -> list[str]:
    """Return the page's theme and its ground."""
    return tab.evaluate(
        """() => [document.documentElement.dataset.theme,
                  getComputedStyle(document.body).backgroundColor]"""
    )


@kind(".colours")
def colours_turn_over_and_stay_so_on_the_next_page(hand: Hand) -> None:
    assert colours(hand.tab) == LIGHT
    hand.press()
    assert colours(hand.tab) == DARK
    expect(hand.control).to_have_attribute("aria-pressed", "true")
    hand.tab.goto(f"{hand.base}/index.html")
    assert colours(hand.tab) == DARK
    hand.press()
    assert colours(hand.tab) == LIGHT


@kind(".bar .seek input")
def words_are_searched(hand: Hand) -> None:
    if not hand.control.is_visible():
        return  # on a phone the field is on the search's own page
    hand.press()
    hand.tab.keyboard.type("perplexity")
    hand.tab.keyboard.press("Enter")
    results_are_shown(hand, "perplexity")


@kind(".bar .seek button")
def the_search_opens(hand: Hand) -> None:
    hand.press()
    expect(hand.tab).to_have_url(f"{hand.base}/search.html?q=")
    field = hand.tab.locator("main .seek input")
    expect(field).to_be_focused()


@kind("main .seek input", "search.html")
def typed_words_are_found(hand: Hand) -> None:
    hand.press()
    hand.tab.keyboard.type("Huffman")
    hand.tab.keyboard.press("Enter")
    results_are_shown(hand, "Huffman")


@kind("main .seek button", "search.html")
def the_words_in_the_field_are_found(hand: Hand) -> None:
    hand.tab.locator("main .seek input").fill("overflow")
    hand.press()
    results_are_shown(hand, "overflow")


def results_are_shown(hand: Hand, word: str) -> None:
    expect(hand.tab).to_have_url(f"{hand.base}/search.html?q={word}")
    expect(hand.tab.locator("#found > li > a").first).to_be_visible()
    expect(hand.tab.locator("main .seek input")).to_have_value(word)


@kind("#found a", "search.html?q=perplexity")
def a_hit_opens(hand: Hand) -> None:
    goal = hand.control.get_attribute("href")
    hand.press()
    expect(hand.tab).to_have_url(re.compile(re.escape(f"{hand.base}/{goal}")))


@kind("#found .more", "search.html?q=loss")
def all_hits_are_shown(hand: Hand) -> None:
    hits = hand.tab.locator("#found > li")
    before = hits.count()
    hand.press()
    expect(hits.nth(before + 5)).to_be_visible()
    expect(hand.control).to_have_count(0)


@kind(".brand")
def the_name_leads_home(hand: Hand) -> None:
    hand.press()
    expect(hand.tab).to_have_url(f"{hand.base}/index.html")


@kind(".neighbours a")
def the_neighbours_lead_on_and_back(hand: Hand) -> None:
    hand.press(hand.tab.locator(".neighbours .next"))
    expect(hand.tab).not_to_have_url(f"{hand.base}/{CHAPTER}")
    hand.press(hand.tab.locator(".neighbours .previous"))
    expect(hand.tab).to_have_url(f"{hand.base}/{CHAPTER}")


@kind(".take a.as-notebook")
def the_notebook_is_downloaded(hand: Hand) -> None:
    hand.open_panel(".for-page")
    with hand.tab.expect_download() as download:
        hand.press()
    assert download.value.suggested_filename == "log-curve.ipynb"
    cells = json.loads(download.value.path().read_text(encoding="utf-8"))["cells"]
    assert any(cell["cell_type"] == "code" for cell in cells)


@kind(".take a.as-wheel")
def the_library_is_downloaded(hand: Hand) -> None:
    hand.open_panel(".for-page")
    with hand.tab.expect_download() as download:
        hand.press()
    assert download.value.suggested_filename == wheel.NAME
    assert zipfile.is_zipfile(download.value.path())


@kind(".take a.as-text")
def the_text_is_downloaded(hand: Hand) -> None:
    hand.open_panel(".for-page")
    with hand.tab.expect_download() as download:
        hand.press()
    assert "# " in download.value.path().read_text(encoding="utf-8")


@kind(".take .print")
def the_page_is_printed(hand: Hand) -> None:
    hand.tab.evaluate("() => { window.print = () => { window.printed = true } }")
    hand.open_panel(".for-page")
    hand.press()
    assert hand.tab.evaluate("window.printed")


@kind(".colophon a")
def the_index_opens(hand: Hand) -> None:
    hand.press()
    expect(hand.tab).to_have_url(f"{hand.base}/genindex.html")


@kind(".colophon button")
def the_report_of_a_mistake_opens(hand: Hand) -> None:
    hand.press()
    written = hand.tab.locator("#mistake textarea")
    expect(written).to_be_visible()
    expect(written).to_have_value(re.compile("^Page: "))


@kind("#mistake .closer")
def the_report_closes(hand: Hand) -> None:
    hand.press(hand.tab.locator(".colophon button"))
    hand.press()
    expect(hand.control).to_be_hidden()


@kind(".copy-report")
def the_report_is_copied(hand: Hand) -> None:
    hand.press(hand.tab.locator(".colophon button"))
    hand.press()
    expect(hand.tab.locator("#mistake [role=status]")).to_have_text("Copied.")


@kind(".skip")
def the_bar_is_skipped(hand: Hand) -> None:
    hand.tab.keyboard.press("Tab")
    expect(hand.control).to_be_focused()
    hand.tab.keyboard.press("Enter")
    expect(hand.tab.locator("main")).to_be_focused()


# In the text


@kind("article a[href]:not(.ce-practice *)", "genindex.html")
def a_word_of_the_index_opens_its_place(hand: Hand) -> None:
    link = hand.tab.locator("article a[href*='term-']").first
    place = link.get_attribute("href").partition("#")[2]
    hand.press(link)
    expect(hand.tab.locator(f"[id='{place}']")).to_be_in_viewport()


@kind(".copy")
def code_is_copied(hand: Hand) -> None:
    cell = hand.tab.locator("[data-needs]:visible").first
    button = cell.locator(".copy")
    hand.press(button)
    expect(button).to_contain_text(re.compile("^Copied, with"))
    needs, code = cell.get_attribute("data-needs"), cell.locator("pre").inner_text()
    copied = hand.tab.evaluate("navigator.clipboard.readText()")
    assert copied == f"{needs}\n\n{code.rstrip()}"


@kind("article summary:not(.ce-frame *)")
def what_is_folded_opens(hand: Hand) -> None:
    inside = hand.control.locator("xpath=../*[not(self::summary)]").last
    expect(inside).to_be_hidden()
    hand.press()
    expect(inside).to_be_visible()


# Explorers


def loss(hand: Hand) -> str:
    return hand.near("[data-quantity=loss]").get_attribute("data-value") or ""


@kind(".ce-try button", OPEN)
def an_example_is_shown(hand: Hand) -> None:
    hand.press()
    before = loss(hand)
    hand.press(hand.tab.locator("#loss-curve .ce-try button").nth(1))
    expect(hand.near("[data-quantity=loss]")).not_to_have_attribute(
        "data-value", before
    )


@kind(".ce-frame input[type=range]", OPEN)
def a_slider_moves_its_value(hand: Hand) -> None:
    before = loss(hand)
    hand.press(hand.tab.locator("#loss-curve input[type=range]:visible").first, x=0.2)
    expect(hand.near("[data-quantity=loss]")).not_to_have_attribute(
        "data-value", before
    )


@kind(".ce-frame input.nt-box", "chapters/language-models.html?questions=off")
def a_sentence_is_priced(hand: Hand) -> None:
    total = hand.near("[data-quantity=total]")
    before = total.get_attribute("data-value")
    hand.press()
    hand.control.fill("rock and jazz")
    expect(total).not_to_have_attribute("data-value", before)


@kind(".ce-frame input.ce-reading", "chapters/loss-clinic.html?questions=off")
def a_number_of_a_run_is_read(hand: Hand) -> None:
    hand.press()
    hand.control.fill("four")
    hand.control.press("Tab")
    expect(hand.near(".ce-why:not(:empty)")).to_contain_text("Expected")


@kind(".ce-foot :is(button, .ce-link-text)", OPEN)
def a_state_is_copied_and_reset(hand: Hand) -> None:
    opening = loss(hand)
    frame = hand.tab.locator("#loss-curve")
    hand.press(frame.locator(".ce-try button").nth(1))
    hand.press(frame.locator(".ce-more summary"))
    hand.press(frame.get_by_role("button", name="Copy link"))
    expect(frame.get_by_text("Link copied.")).to_be_visible()
    copied = hand.tab.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"{hand.base}/{CHAPTER}#loss-curve?")
    hand.press(frame.get_by_role("button", name="Reset"))
    expect(hand.near("[data-quantity=loss]")).to_have_attribute("data-value", opening)


@kind(".ce-frame :is(input[type=radio], input[type=checkbox])", OPEN)
def a_choice_is_taken(hand: Hand) -> None:
    hand.press(hand.tab.locator("#loss-curve .ce-more summary"))
    choice = hand.tab.locator("#loss-curve input[type=radio]:not(:checked)").first
    hand.press(choice.locator(".."))
    expect(
        hand.tab.locator("#loss-curve input[type=radio]:checked").last
    ).to_be_checked()


@kind(".ce-frame .ce-more summary", OPEN)
def all_numbers_are_listed(hand: Hand) -> None:
    table = hand.near(".ce-numbers table")
    expect(table).to_be_hidden()
    hand.press()
    expect(table).to_be_visible()


@kind(
    ".ce-frame :is(.ce-act, .ce-main, .ce-controls) button",
    "chapters/genre-classifier.html?questions=off",
)
def a_step_is_taken(hand: Hand) -> None:
    before = loss(hand)
    hand.press()
    expect(hand.near("[data-quantity=loss]")).not_to_have_attribute(
        "data-value", before
    )


# Practice


@kind(".ce-guess-box :is(input, button, a, summary)")
def a_guess_is_given(hand: Hand) -> None:
    explorer = hand.tab.locator("#loss-curve .ce-frame")
    expect(explorer).to_be_hidden()
    hand.press(hand.tab.locator(".ce-guess-box input[type=range]"), x=0.5)
    hand.press(hand.tab.get_by_role("button", name="This is my guess"))
    expect(explorer).to_be_visible()


@kind(".ce-answer-box :is(input, button, a)")
def an_answer_is_judged_and_a_hint_given(hand: Hand) -> None:
    box = hand.tab.locator(".ce-answer-box").first
    box.locator("input[type=text]").first.fill("-1")
    hand.press(box.get_by_role("button", name="Check"))
    expect(box.locator(".ce-told").first).not_to_be_empty()
    hand.press(box.get_by_role("button", name="Hint"))
    expect(box.locator(".ce-hints li")).to_have_count(1)
    hand.press(box.get_by_role("link", name="Your record"))
    expect(hand.tab).to_have_url(f"{hand.base}/{RECORD}")


@kind(".ce-bet-box :is(input, button, a)")
def a_bet_is_spread_and_placed(hand: Hand) -> None:
    box = hand.tab.locator(".ce-bet-box").first
    share = box.locator(".ce-percent-input").first
    before = share.input_value()
    hand.press(box.locator("input[type=range]").first)
    expect(share).not_to_have_value(before)
    shares = box.locator(".ce-percent-input").all()
    assert sum(int(share.input_value()) for share in shares) == 100
    hand.press(box.get_by_label("All in"))
    hand.press(box.get_by_role("button", name=re.compile("[Bb]et")))
    expect(box.locator(".ce-result")).to_contain_text("Price:")


@kind(".ce-own-run-box a", "chapters/choosing-a-loss.html")
def the_record_that_keeps_a_run_opens(hand: Hand) -> None:
    hand.press()
    expect(hand.tab).to_have_url(f"{hand.base}/{RECORD}")


@kind(
    ":is(.ce-score, .ce-claim, .ce-score-end) :is(input, button, a)",
    "chapters/folklore.html",
)
def a_claim_is_staked_on_and_flipped(hand: Hand) -> None:
    score, card = hand.tab.locator(".ce-score"), hand.tab.locator(".ce-claim").first
    hand.press(score.get_by_label("All in"))
    hand.press(score.get_by_role("button", name="Begin"))
    hand.press(card.locator("input[type=range]").first)
    hand.press(card.get_by_role("button", name="Flip it"))
    expect(card.locator(".ce-flipped")).to_contain_text("nats")
    hand.press(card.get_by_role("button", name="Next claim"))
    expect(hand.tab.locator(".ce-claim").nth(1).locator(".ce-bets")).to_be_visible()
    hand.press(score.get_by_role("link", name="Compare and share"))
    end = hand.tab.locator(".ce-score-end")
    hand.press(end.get_by_role("button", name="Copy my score"))
    copied = hand.tab.evaluate("navigator.clipboard.readText()")
    assert copied == end.locator(".ce-lines").inner_text()


@kind(".ce-record-box :is(input, button, a)", RECORD)
def a_record_is_saved_and_cleared(hand: Hand) -> None:
    with hand.tab.expect_download() as download:
        hand.press(hand.tab.get_by_role("button", name="Save as a file"))
    assert download.value.suggested_filename.endswith(".json")
    hand.press(hand.tab.get_by_role("button", name="Clear the record"))
    hand.press(hand.tab.get_by_role("button", name="Keep it"))
    expect(hand.tab.get_by_role("button", name="Clear the record")).to_be_visible()

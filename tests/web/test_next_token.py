"""The explorer that prices what is typed: its box, its cursor, and the book that comes late."""

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playground import write
from playwright.sync_api import Browser, Page, expect
from tabs import errors_of

from ce_lib.explorers.next_token import GZIPPED, NextToken
from ce_lib.texts import alice, gettysburg

BOOK = "texts/alice.js"
TEXTS = {"address": gettysburg(), "alice": alice()}


@pytest.fixture
def tab(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """The explorer's page from a file, with a list of the scripts that it loads."""
    page = write(tmp_path, "next-token")
    tab = browser.new_page()
    tab.errors, tab.loaded = errors_of(tab), []
    tab.on("request", lambda request: tab.loaded.append(request.url))
    tab.goto(page.as_uri())
    tab.wait_for_selector(".ce-frame")
    tab.evaluate("document.querySelector('.ce-more').open = true")
    yield tab
    tab.close()


def box(tab: Page):
    return tab.get_by_role("textbox", name="Your sentence")


def letters(tab: Page) -> str:
    """The sentence as the picture has it, with its spaces."""
    found = tab.locator(".nt-letter:not(.is-end) > .nt-symbol").all_text_contents()
    return "".join(letter or " " for letter in found)


def link(tab: Page) -> str:
    """The state that the page gives away."""
    tab.evaluate(
        "() => { navigator.clipboard.writeText = async (t) => { window.copied = t } }"
    )
    tab.get_by_role("button", name="Copy link").click()
    return tab.evaluate("window.copied").partition("?")[2]


def state(tab: Page) -> NextToken:
    return NextToken.from_link(link(tab))


@pytest.mark.parametrize("source", TEXTS)
def test_gzip_takes_what_is_said_of_it(source: str) -> None:
    train, test = TEXTS[source]
    made = [len(gzip.compress(text.encode(), 9)) for text in (train, train + test)]
    # Another zlib packs a little better or worse.
    assert made == pytest.approx(list(GZIPPED[source]), rel=0.02, abs=0)


@pytest.mark.parametrize("source", TEXTS)
def test_the_model_beats_gzip_at_its_best_and_loses_at_its_worst(source: str) -> None:
    found = [NextToken(source=source, order=order).readout() for order in range(6)]
    tested = [numbers["tested"] for numbers in found]
    assert min(tested) < found[0]["gzip"] < max(tested)


def of(label: str) -> NextToken:
    (item,) = (item for item in NextToken.try_this if item.label == label)
    return NextToken(**item.state)


def test_what_the_buttons_say_is_so() -> None:
    alone = of("Letters alone")
    prices = dict(zip(alone.text, alone.readout()["prices"], strict=True))
    assert [prices[letter] for letter in alone.text] == list(alone.readout()["prices"])

    assert not re.search(r"\bby", TEXTS["address"].train)
    assert of("Counts alone").readout()["total"] == float("inf")

    far = of("Too far back")
    contexts = [NextToken(**far.state | {"place": i}) for i in range(len(far.text))]
    read = [explorer.readout()["seen"] > 0 for explorer in contexts]
    assert read.count(True) < read.count(False)
    totals = [
        NextToken(**far.state | {"order": k}).readout()["total"] for k in range(6)
    ]
    assert min(totals) == totals[1]

    heart = of("Learned by heart")
    assert heart.text in TEXTS["address"].train
    assert max(heart.readout()["prices"][5:]) < heart.readout()["gzip"] / 2
    assert heart.readout()["tested"] == float("inf")

    longer = of("A longer book")
    assert len(TEXTS["alice"].train) / len(TEXTS["address"].train) > 100
    tested = [
        NextToken(source="alice", order=order).readout()["tested"] for order in range(6)
    ]
    assert min(tested) == tested[longer.order]
    assert longer.text[longer.place - 1] == "q"
    assert longer.readout()["prices"][longer.place] < 1e-6


def test_no_book_is_loaded_before_somebody_asks_for_it(tab: Page) -> None:
    box(tab).fill("the queen of hearts")
    tab.get_by_role("radio", name="none").check(force=True)
    assert not [url for url in tab.loaded if BOOK in url]
    tab.get_by_role("radio", name="eleven chapters of Alice").check(force=True)
    tested = tab.locator(".ce-readouts [data-quantity=total]")
    now = NextToken(text="the queen of hearts", smoothing="none", source="alice")
    expect(tested).to_have_attribute("data-value", re.compile(r"^\d"))
    assert float(tested.get_attribute("data-value")) == pytest.approx(
        now.readout()["total"], rel=1e-9
    )
    tab.get_by_role("radio", name="nine sentences").check(force=True)
    tab.get_by_role("radio", name="eleven chapters of Alice").check(force=True)
    assert len([url for url in tab.loaded if BOOK in url]) == 1
    assert tab.errors == []


def test_a_book_that_does_not_come_is_missed_and_asked_for_again(
    tab: Page, tmp_path: Path
) -> None:
    total = tab.locator(".ce-readouts [data-quantity=total]")
    before = total.inner_text()
    (tmp_path / BOOK).rename(tmp_path / "elsewhere.js")
    tab.get_by_role("radio", name="eleven chapters of Alice").check(force=True)
    sentence = tab.locator(".ce-sentence")
    expect(sentence).to_have_text(NextToken.words["missing"])
    expect(sentence).to_have_class(re.compile("ce-wrong"))
    assert total.inner_text() == before
    (tmp_path / "elsewhere.js").rename(tmp_path / BOOK)
    tab.get_by_role("slider").fill("3")
    expect(sentence).not_to_have_text(NextToken.words["missing"])
    assert state(tab).source == "alice"


def test_what_is_typed_is_shown_as_what_it_becomes(tab: Page) -> None:
    note = tab.locator(".nt-note")
    box(tab).fill("It’s 7 o'clock, Zoë")
    assert letters(tab) == "it s o clock zo "
    expect(note).to_have_text(
        "“’”, “7”, “'”, “,”, “ë” read as a space; capitals are read as small letters."
    )
    assert box(tab).input_value() == "It’s 7 o'clock, Zoë"  # nobody corrects a hand
    box(tab).fill("it  is")
    assert letters(tab) == "it is"
    expect(note).to_contain_text("several spaces are read as one", ignore_case=True)
    box(tab).fill("a" * 70)
    assert letters(tab) == "a" * 60
    expect(note).to_have_text("Only the first 60 characters are priced.")
    box(tab).fill("it is")
    expect(note).to_contain_text("Press a letter")


def test_a_sentence_is_typed_letter_by_letter_and_the_next_one_is_foretold(
    tab: Page,
) -> None:
    box(tab).fill("")
    expect(tab.locator(".nt-note")).to_contain_text("It takes a letter")
    assert letters(tab) == "the nation"
    box(tab).press_sequentially("th")
    assert state(tab).state | {"text": "th", "place": 2} == state(tab).state
    expect(tab.locator(".nt-title")).to_have_text("What may come after “th”")
    expect(tab.locator(".nt-letter.is-looked")).to_have_class(re.compile("is-end"))
    box(tab).focus()
    tab.keyboard.press("ArrowLeft")
    expect(tab.locator(".nt-title")).to_have_text("What may come after “ t”")
    tab.keyboard.press("Home")
    assert state(tab).place == 0


def test_an_emptied_box_gets_its_sentence_back(tab: Page) -> None:
    box(tab).fill("")
    box(tab).blur()
    assert box(tab).input_value() == "the nation"
    box(tab).fill("!!")
    tab.get_by_role("button", name="Counts alone").click()
    assert box(tab).input_value() == "by the people"


def test_a_letter_that_is_p_or_q_is_no_truth_and_no_model(tab: Page) -> None:
    box(tab).fill("q p")
    for place in (0, 2):
        tab.locator(".ce-pick").nth(place).click()
        assert tab.locator(".ce-frame :is(.is-truth, .is-model)").count() == 0


def test_a_long_sentence_takes_rows_and_no_more_room(tab: Page) -> None:
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.reload()
    stage = tab.locator(".ce-stage svg")
    height = stage.bounding_box()["height"]
    box(tab).fill("government of the people by the people for the people shall")
    tops = {
        round(tile.bounding_box()["y"], -1) for tile in tab.locator(".nt-tile").all()
    }
    assert len(tops) == 3
    assert stage.bounding_box()["height"] == height


def test_the_module_of_a_notebook_brings_the_book_along() -> None:
    module = (Path(NextToken._esm._path)).read_text(encoding="utf-8")
    assert alice().test[:60] in " ".join(module.split())

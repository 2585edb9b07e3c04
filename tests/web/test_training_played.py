"""Training moves when it is told to, and keeps its floor to itself until there is a bet."""

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.parametrize("name", ["training"])


def slider(page: Page, label: str) -> Locator:
    return page.get_by_role("slider", name=label, exact=True)


def steps(page: Page) -> int:
    return int(slider(page, "steps").input_value())


FLOOR = "[data-quantity=floor]"


def test_it_plays_until_it_is_paused_or_somebody_else_takes_the_step(
    page: Page,
) -> None:
    page.get_by_role("button", name="Play").press("Enter")
    page.wait_for_function("document.querySelectorAll('.ce-line input')[0].value > 3")
    page.get_by_role("button", name="Pause").press("Enter")
    paused = steps(page)
    page.wait_for_timeout(250)
    assert steps(page) == paused
    page.get_by_role("button", name="Play").press("Enter")
    slider(page, "steps").fill("100")
    expect(page.get_by_role("button", name="Play")).to_be_visible()
    assert steps(page) == 100
    assert page.errors == []


def test_with_less_motion_it_goes_to_the_end_at_once(page: Page) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.get_by_role("button", name="Play").click()
    expect(slider(page, "steps")).to_have_value("200")


def test_the_floor_is_drawn_once_a_bet_is_placed(page: Page) -> None:
    place = page.get_by_role("button", name="Bet", exact=True)
    expect(place).to_be_disabled()
    slider(page, "your bet").fill("0.7")
    assert page.locator(FLOOR).count() == 0
    place.click()
    expect(page.locator(FLOOR).first).to_be_visible()
    expect(page.locator(".tr-bets .tr-told")).to_contain_text(
        "You bet 0.7: 0.072 below the floor."
    )
    page.get_by_role("button", name="Bet again").click()
    expect(page.locator(FLOOR)).to_have_count(0)


def test_a_guess_drawn_on_the_page_is_the_bet(page: Page) -> None:
    page.locator("#training").evaluate(
        """(el) => el.dispatchEvent(
          new CustomEvent("ce-guess", { detail: { kind: "level", value: 0.85 } }))"""
    )
    expect(page.locator(FLOOR).first).to_be_visible()
    expect(page.locator(".tr-word-bet")).to_have_text("your bet 0.85")
    slider(page, "steps").fill("200")
    told = "You bet 0.85: 0.036 above the end. The floor is 0.772."
    expect(page.locator(".tr-bets .tr-told")).to_have_text(told)


def test_a_skipped_guess_shows_the_floor_and_no_second_bet(page: Page) -> None:
    page.locator("#training").evaluate(
        "(el) => el.dispatchEvent(new CustomEvent('ce-skip'))"
    )
    expect(page.locator(FLOOR).first).to_be_visible()
    expect(page.get_by_role("button", name="Bet", exact=True)).to_be_hidden()


def test_who_learns_from_all_songs_has_one_curve_and_no_slider_that_moves_nothing(
    page: Page,
) -> None:
    songs, curve = slider(page, "songs to learn from"), page.locator(".tr-train")
    other = page.get_by_role("button", name="Other songs")
    slider(page, "steps").fill("200")
    expect(page.locator(".tr-word-train")).to_have_text("its own songs")
    page.get_by_role("button", name="All", exact=True).click()
    expect(songs).to_be_hidden()
    expect(other).to_be_disabled()
    expect(page.locator(".tr-word-fresh")).to_have_text("all songs")
    expect(page.locator(".tr-word-train")).to_be_empty()
    assert curve.get_attribute("d") == ""
    expect(page.locator(".ce-readouts [data-quantity=train_loss]")).to_have_count(0)
    page.get_by_role("button", name="From 60").click()
    expect(songs).to_be_visible()
    expect(other).to_be_enabled()
    assert curve.get_attribute("d") != ""


def test_each_axis_says_what_it_counts(page: Page) -> None:
    axes = page.locator(".tr-losses .ce-axes")
    expect(axes.locator(".ce-x-title")).to_have_text("steps")
    expect(axes.locator(".ce-y-title")).to_have_text("loss in nats")

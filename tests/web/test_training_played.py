"""Training moves when it is told to, and keeps its floor to itself until there is a bet."""

import pytest
from playwright.sync_api import Locator, Page, expect

from ce_lib.explorers import Training

pytestmark = pytest.mark.parametrize("name", ["training"])


def slider(page: Page, label: str) -> Locator:
    return page.get_by_role("slider", name=label, exact=True)


def steps(page: Page) -> int:
    return int(slider(page, "steps").input_value())


FLOOR = "[data-quantity=floor]"


def test_it_plays_until_it_is_paused_or_somebody_else_takes_the_step(
    page: Page,
) -> None:
    slider(page, "your bet").fill("0.7")
    page.get_by_role("button", name="Play").press("Enter")
    page.wait_for_function("document.querySelector('[aria-label=steps]').value > 3")
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
    play = page.get_by_role("button", name="Play")
    play.click()
    expect(slider(page, "steps")).to_have_value("10")
    slider(page, "your bet").fill("0.7")
    play.click()
    expect(slider(page, "steps")).to_have_value("200")


WAITS = "It waits for your bet; “Show it” goes on without one."


def test_it_waits_for_a_bet_after_its_first_steps_however_they_are_taken(
    page: Page,
) -> None:
    most = Training.constants["first_steps"]
    play, step = (page.get_by_role("button", name=name) for name in ("Play", "+1 step"))
    play.click()
    expect(page.locator(".ce-sentence")).to_contain_text(WAITS)
    expect(play).to_be_visible()  # it pauses by itself
    assert steps(page) == most
    expect(step).to_be_disabled()
    slider(page, "steps").fill("150")
    expect(slider(page, "steps")).to_have_value(str(most))
    # The curve that is drawn ends there, too.
    assert page.locator(".tr-fresh").get_attribute("d").count("L") <= most
    page.get_by_role("button", name="Show it").click()
    expect(step).to_be_enabled()
    slider(page, "steps").fill("150")
    assert steps(page) == 150


def test_with_the_floor_shown_and_no_bet_nobody_is_asked_to_bet(
    page: Page,
) -> None:
    bets = page.locator(".tr-bets")
    expect(bets).to_be_visible()
    page.get_by_role("button", name="Few songs").click()
    expect(bets).to_be_hidden()
    expect(page.get_by_role("button", name="Bet")).to_have_count(0)
    asked = "Where does the loss on fresh songs flatten?"
    expect(page.locator(".ce-question")).to_have_text(asked)
    assert Training(floor="shown").asked() == asked
    assert Training(floor="shown", bet=0.7).asked() == Training.question


@pytest.mark.parametrize(
    ("state", "by_heart"),
    [
        ({}, False),
        ({"songs": 20}, False),
        ({"songs": 10, "temperature": 0.25}, True),
    ],
)
def test_only_a_loss_near_0_is_called_known_by_heart(
    page: Page, state: dict[str, float], by_heart: bool
) -> None:
    explorer = Training(steps=200, floor="shown", **state)
    numbers = explorer.readout()
    assert numbers["train_loss"] < numbers["floor"]
    assert (numbers["train_loss"] < Training.constants["by_heart"]) is by_heart
    page.evaluate("(link) => { location.hash = link }", explorer.link())
    said = Training.words["by_heart" if by_heart else "accidents"]
    expect(page.locator(".ce-sentence")).to_contain_text(f"below it: {said}")


def test_the_picture_says_what_dots_of_unequal_size_count(page: Page) -> None:
    title = page.locator(".tr-songs .ce-x-title")
    expect(title).to_have_text("brightness in kHz")
    page.get_by_role("radio", name="a grid of 25 kinds").check(force=True)
    expect(title).to_have_text("first feature (25 kinds; area: how many songs)")


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
    slider(page, "your bet").fill("0.7")
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

"""What the reader had said stands beside the answer, where both can be seen."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tabs import opened

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


def say(tab: Page, name: str, **detail: object) -> None:
    tab.evaluate(
        """([name, detail]) => document.querySelector(`#${name}`).dispatchEvent(
          new CustomEvent("ce-guess", { detail }))""",
        [name, detail],
    )


@pytest.mark.parametrize("name", ["loss-curve"])
def test_a_guess_beyond_the_axis_is_an_arrow_with_its_number(page: Page) -> None:
    say(page, "loss-curve", kind="level", value=9, unit="nats", at=0.25)
    expect(page.locator(".ce-guess-label")).to_have_text("your guess: 9")
    assert page.locator(".ce-guess-beyond").get_attribute("d")
    assert page.locator(".ce-guess-dot").get_attribute("r") == "0"
    page.get_by_role("radio", name="even factors").check(force=True)
    expect(page.locator(".ce-guess-label")).to_have_text("your guess")
    assert not page.locator(".ce-guess-beyond").get_attribute("d")


@pytest.mark.parametrize("name", ["two-distributions"])
def test_a_guess_beyond_a_bar_is_an_arrow_and_a_sum_is_right_as_written(
    browser: Browser, playground: Path, name: str
) -> None:
    tab = opened(browser, playground, **PHONE)
    say(tab, name, kind="number", value=7, unit="nats")
    expect(tab.locator(".ce-guess .ce-chance-label")).to_have_text("your guess: 7 →")
    floor, excess, price = (
        float(number.split()[-1])
        for number in tab.locator(".ce-sum tspan").all_text_contents()
        if number.strip() != "+"
    )
    assert floor + excess == pytest.approx(price, rel=1e-9, abs=0)
    tab.close()


@pytest.mark.parametrize("name", ["temperature"])
def test_a_guess_about_more_rivals_than_are_shown_says_how_many(page: Page) -> None:
    label = page.locator(".tp-guess-label")
    say(page, "temperature", kind="level", value=0.5, unit="nats", at=4)
    expect(label).to_have_text("your guess")
    say(page, "temperature", kind="level", value=90, unit="nats", at=256)
    expect(label).to_have_text("guess for 256: 90")


BESIDE = """(name) => {
  const at = (wanted, edge) => {
    const el = document.querySelector(`#${name} .ce-scores-expected ${wanted}`);
    return el.getBoundingClientRect()[edge];
  };
  const [floor, guess] = [".ce-scores-floor-log", ".ce-guess-line"].map((el) => at(el, "top"));
  return { wide: at(".ce-guess-line", "width"), above: floor - guess };
}"""


@pytest.mark.parametrize("name", ["scores"])
def test_what_a_lie_was_said_to_cost_is_a_level_above_the_floor_while_it_is_that_lie(
    page: Page, name: str
) -> None:
    label = page.locator(f"#{name} .ce-guess-label")
    line = page.locator(f"#{name} .ce-guess-line")
    heights = []
    for value in (0.125, 0.5):
        say(page, name, kind="number", value=value, unit="nats")
        expect(label).to_have_text("your guess")
        beside = page.evaluate(BESIDE, name)
        assert beside["wide"] > 100
        heights.append(beside["above"])
    assert heights[1] == pytest.approx(4 * heights[0], rel=0.05)
    say(page, name, kind="number", value=7, unit="nats")
    expect(label).to_have_text("↑ guess 7")
    expect(line).to_be_hidden()
    page.get_by_role("slider", name="your report").press("ArrowRight")
    expect(label).to_be_hidden()


@pytest.mark.parametrize("name", ["reliability"])
def test_a_phone_keeps_the_three_parts_of_the_score_at_the_diagram(
    browser: Browser, playground: Path, name: str
) -> None:
    tab = opened(browser, playground, **PHONE)
    say(tab, name, kind="level", value=2, unit="nats")
    stage = tab.locator(".ce-pinned .ce-stage")
    for part in ("uncertainty", "− resolution", "+ reliability", "your guess: 2 →"):
        expect(
            stage.get_by_text(part, exact=True).locator("visible=true")
        ).to_have_count(1)
    expect(tab.locator(".ce-sentence")).not_to_contain_text("1.6")
    tab.get_by_role("button", name="Use the best T").click()
    expect(tab.locator(".ce-sentence")).to_contain_text("gives the lowest log score")
    assert tab.locator(".ce-pinned").bounding_box()["height"] < 844 * 0.55
    tab.get_by_role("button", name="One sure miss").click()
    expect(stage.get_by_text("your guess").locator("visible=true")).to_have_count(0)
    tab.close()


@pytest.mark.parametrize("name", ["number-formats"])
def test_the_formats_open_at_the_guess_and_go_on_by_steps_of_one(page: Page) -> None:
    say(page, "number-formats", kind="number", value=38, unit="")
    largest = page.locator(".nf-flow [data-quantity='z[1]']")
    expect(largest).to_have_text("38")
    expect(page.locator(".nf-answer")).to_contain_text("Your guess, 38, fits")
    expect(page.locator(".nf-answer")).to_contain_text("88.72")
    page.get_by_role("button", name="logit +1", exact=True).click()
    expect(page.locator(".nf-flow [data-quantity='z[0]']")).to_have_text("38")
    expect(largest).to_have_text("38")


@pytest.mark.parametrize("name", ["logit-lab"])
def test_a_guess_about_a_race_waits_for_the_race(page: Page) -> None:
    say(page, "logit-lab", kind="number", value=5, unit="")
    label = page.get_by_text("your guess: step")
    expect(label).to_have_count(0)
    page.get_by_role("button", name="1 step").click()
    expect(label).to_be_visible()


@pytest.mark.parametrize("name", ["soft-labels"])
def test_a_spread_guess_stands_below_the_plot_in_the_order_of_the_question(
    page: Page, name: str
) -> None:
    options, value = ["rises", "stays", "falls"], [0.5, 0.17, 0.33]
    say(page, name, kind="spread", options=options, value=value, answer=2)
    said = page.locator(".ce-spread-said")
    expect(said.locator(".ce-spread-option")).to_have_text(
        ["rises 50 %", "stays 17 %", "falls 33 %"]
    )
    expect(said).to_contain_text("Your guess, for 1.11 nats:")
    assert page.locator(".ce-stage svg").get_by_text("your guess").count() == 0
    page.get_by_role("slider", name="confidence").first.fill("0.5")
    expect(said).to_be_hidden()


@pytest.mark.parametrize("name", ["reliability"])
def test_nothing_speaks_of_t_before_it_is_moved(page: Page, name: str) -> None:
    sentence = page.locator(".ce-sentence")
    expect(sentence).to_contain_text("The stated forecasts are too sure.")
    assert " T " not in sentence.inner_text()
    page.get_by_role("slider", name="temperature").fill("0.1")
    expect(sentence).to_contain_text("some T above 1 scores lower")


@pytest.mark.parametrize("name", ["loss-curve"])
def test_the_curve_is_called_by_the_unit_of_its_axis(page: Page, name: str) -> None:
    label = page.locator(".ce-curve-label")
    expect(label).to_have_text("−ln q")
    page.get_by_role("radio", name="bits").check(force=True)
    expect(label).to_have_text("−log₂ q")


@pytest.mark.parametrize("name", ["token-averages"])
def test_a_guess_of_a_mean_is_a_line_until_the_tokens_are_others(page: Page) -> None:
    said = page.locator(".ta-end.is-guess")
    say(page, "token-averages", kind="number", value=1.5, unit="nats")
    expect(said).to_have_text("your guess 1.5")
    page.get_by_role("radio", name="token mean").check(force=True)
    expect(said).to_be_visible()  # the same tokens, averaged in another way
    page.get_by_role("slider", name="tokens of B that count").fill("5")
    expect(said).to_have_count(0)
    page.get_by_role("button", name="Reset").click()
    say(page, "token-averages", kind="number", value=14, unit="nats")
    expect(said).to_have_text("your guess ↑ 14")


@pytest.mark.parametrize("name", ["next-token"])
def test_a_guess_of_a_letters_price_is_a_level_until_the_sentence_is_another(
    page: Page,
) -> None:
    said = page.locator(".nt-level-end.is-guess")
    say(page, "next-token", kind="number", value=3, unit="bits")
    expect(said).to_have_text("your guess 3.00")
    page.locator(
        ".ce-pick"
    ).first.click()  # looking somewhere else is no other sentence
    expect(said).to_be_visible()
    page.get_by_role("radio", name="nats").check(force=True)
    expect(said).to_have_text("your guess 2.08")
    page.get_by_role("slider").fill("3")
    expect(said).to_have_count(0)


@pytest.mark.parametrize("name", ["next-token"])
def test_a_spread_over_letters_stands_below_the_picture_with_its_price(
    page: Page,
) -> None:
    options, value = ["the h", "the first n"], [0.75, 0.25]
    say(page, "next-token", kind="spread", options=options, value=value, answer=1)
    said = page.locator(".ce-spread-said")
    expect(said).to_contain_text("Your guess, for 2.00 bits:")
    expect(said.locator("b")).to_have_text("the first n 25 %")
    page.get_by_role("textbox", name="Your sentence").fill("a nation")
    expect(said).to_be_hidden()

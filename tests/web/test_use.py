"""Every explorer can be used: by keyboard, by touch, in both themes, on a phone."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tabs import opened

from ce_lib._backticks import as_words
from ce_lib.explorers import REGISTRY
from ce_lib.explorers.base import STATIC
from ce_lib.palette import DARK, LIGHT

SHOWN = """
(name) => [...document.querySelectorAll(`#${name} [data-quantity]`)]
  .map((cell) => cell.dataset.quantity + "=" + cell.dataset.value).join(" ")
"""


STOPS = """
(name) => {
  const kinds = "button, input, summary, [tabindex='0']";
  const all = [...document.querySelectorAll(`#${name} :is(${kinds})`)]
    .filter((el) => el.offsetParent !== null && !el.disabled);
  const groups = new Set(all.filter((el) => el.type === "radio").map((el) => el.name));
  return all.filter((el) => el.type !== "radio").length + groups.size;
}
"""


def test_every_control_is_reached_by_tab(page: Page, name: str) -> None:
    expected = page.evaluate(STOPS, name)
    page.evaluate("(name) => { document.getElementById(name).tabIndex = -1 }", name)
    page.evaluate("(name) => document.getElementById(name).focus()", name)
    reached = 0
    for _ in range(200):
        page.keyboard.press("Tab")
        inside = page.evaluate(
            "(name) => document.activeElement.closest('#' + CSS.escape(name)) !== null",
            name,
        )
        if not inside:
            break
        reached += 1
    assert reached == expected


def test_sliders_move_by_keyboard_and_numbers_follow(page: Page, name: str) -> None:
    sliders = page.locator(f"#{name} input[type=range]:visible")
    assert sliders.count() > 0
    changed = 0
    for i in range(sliders.count()):
        before = page.evaluate(SHOWN, name)
        slider = sliders.nth(i)
        slider.focus()
        value, said = slider.input_value(), slider.get_attribute("aria-valuetext")
        assert said
        page.keyboard.press("ArrowRight")
        if slider.input_value() == value:
            page.keyboard.press("ArrowLeft")
        assert slider.input_value() != value
        # One press is enough: no step is lost in the rounding of what is shown.
        assert slider.get_attribute("aria-valuetext") != said
        changed += page.evaluate(SHOWN, name) != before
    assert changed > 0
    assert page.errors == []


@pytest.mark.parametrize("name", ["number-formats"])
def test_code_is_set_as_code_in_choices_sentences_and_names_of_numbers(
    page: Page, name: str
) -> None:
    frame = page.locator(f"#{name}")
    page.get_by_role("button", name="A lead of 17").click()
    for part in (".ce-main .ce-choice", ".ce-sentence", ".ce-readouts dt", "th"):
        expect(frame.locator(f"{part} code").first).to_contain_text("log1p")
    assert "`" not in frame.inner_text()


INSIDE = """(name) => document.getElementById(name).contains(document.activeElement)
  && !document.activeElement.disabled && document.activeElement.checkVisibility()"""


@pytest.mark.in_turn(2)
def test_buttons_work_by_keyboard(page: Page, name: str) -> None:
    frame = page.locator(f"#{name}")
    notices = {item.label: item.notice for item in REGISTRY[name].try_this}
    for button in frame.locator(".ce-try button").all():
        button.press("Enter")
        page.wait_for_timeout(10)
        notice = as_words(notices[button.inner_text()])
        expect(frame.locator(".ce-sentence")).to_have_text(notice)
    for button in frame.locator(
        ":is(.ce-act, .ce-main, .ce-controls) button:enabled"
    ).all():
        if button.is_enabled() and button.is_visible():
            button.press("Enter")
            page.wait_for_timeout(10)
            # Even one that goes, or is of no use any more, leaves the focus here.
            assert page.evaluate(INSIDE, name), button.inner_text()
    assert frame.locator("[data-quantity]").count() > 0
    assert page.errors == []


GROUPS = """
(name) => [...new Set([...document.querySelectorAll(`#${name} input[type=radio]:enabled`)]
  .filter((radio) => radio.offsetParent !== null).map((radio) => radio.name))]
"""


TOP = """(group) => document.querySelector(`input[name=${group}]`).closest("fieldset")
  .getBoundingClientRect().top"""

CLEAR = """(group) => {
  document.body.style.padding = "1000px 0";
  // At the window's lower edge: the picture that stays covers no part of it.
  document.querySelector(`input[name=${group}]`).scrollIntoView({ block: "end" });
}"""


def test_every_choice_and_checkbox_works_by_keyboard(page: Page, name: str) -> None:
    for group in page.evaluate(GROUPS, name):
        checked = page.locator(f"input[name={group}]:checked")
        if checked.count() == 0:
            continue  # a link set what none of the buttons offers
        before = checked.input_value()
        page.evaluate(CLEAR, group)
        top = page.evaluate(TOP, group)
        checked.press("ArrowRight")
        page.wait_for_timeout(10)
        assert page.locator(f"input[name={group}]:checked").input_value() != before
        # Whatever it has opened or closed above, it stays where it was.
        assert abs(page.evaluate(TOP, group) - top) < 3
        page.locator(f"#{name}").get_by_role("button", name="Reset").press("Enter")
        page.wait_for_timeout(10)
    for box in page.locator(f"#{name} input[type=checkbox]:visible").all():
        before = box.is_checked()
        box.press("Space")
        page.wait_for_timeout(10)
        assert box.is_checked() != before
    assert page.errors == []


@pytest.mark.in_turn(3)
def test_every_slider_choice_and_checkbox_answers_to_touch(
    browser: Browser, playground: Path, name: str
) -> None:
    tab = opened(
        browser, playground, viewport={"width": 360, "height": 740}, has_touch=True
    )
    frame = tab.locator(f"#{name}")
    for slider in frame.locator("input[type=range]:visible").all():
        before = slider.input_value()
        width = slider.bounding_box()["width"]
        slider.tap(position={"x": 0.3 * width, "y": 14})
        if slider.input_value() == before:
            slider.tap(position={"x": 0.6 * width, "y": 14})
        assert slider.input_value() != before
    frame.get_by_role("button", name="Reset").tap()
    for group in tab.evaluate(GROUPS, name):
        last = tab.locator(f"input[name={group}]:enabled:visible").last
        last.locator("..").tap()
        tab.wait_for_timeout(10)
        assert last.is_checked()
        frame.get_by_role("button", name="Reset").tap()
    for box in frame.locator("input[type=checkbox]:visible").all():
        before = box.is_checked()
        box.tap()
        assert box.is_checked() != before
    errors = tab.errors
    tab.close()
    assert errors == []


@pytest.mark.in_turn(3)
def test_reset_returns_to_the_opening_state(page: Page, name: str) -> None:
    frame = page.locator(f"#{name}")
    opening = page.evaluate(SHOWN, name)
    for button in frame.locator(".ce-try button").all():
        button.click()
    page.wait_for_timeout(10)
    frame.get_by_role("button", name="Reset").click()
    page.wait_for_timeout(10)
    assert page.evaluate(SHOWN, name) == opening


@pytest.mark.in_turn(3)
def test_a_change_is_announced_once_it_rests(page: Page, name: str) -> None:
    spoken = page.locator(f"#{name} .ce-spoken")
    assert spoken.text_content() == ""
    slider = page.locator(f"#{name} input[type=range]:visible").first
    slider.press("ArrowLeft")
    slider.press("ArrowLeft")
    page.wait_for_timeout(1000)
    assert len(spoken.text_content()) > 20
    assert spoken.get_attribute("aria-live") == "polite"


HEAR = """(name) => {
  const LIVE = "output, [role=status], [role=alert], [aria-live]";
  window.heard = new Set();
  const hear = (changes) => {
    for (const { target } of changes) {
      const el = (target.closest ? target : target.parentElement).closest(LIVE);
      if (el && el.getAttribute("aria-live") !== "off") heard.add(el.className);
    }
  };
  const everything = { subtree: true, childList: true, characterData: true };
  new MutationObserver(hear).observe(document.getElementById(name), everything);
}"""


@pytest.mark.in_turn(3)
def test_of_a_change_nothing_but_the_sentence_is_announced(
    page: Page, name: str
) -> None:
    page.evaluate(HEAR, name)
    page.locator(f"#{name} input[type=range]:visible").first.press("ArrowLeft")
    page.locator(f"#{name} .ce-try button").last.press("Enter")
    page.wait_for_timeout(1000)
    assert page.evaluate("[...heard]") == ["ce-spoken"]


def test_it_fits_a_phone_and_answers_to_a_thumb(
    browser: Browser, playground: Path, name: str
) -> None:
    tab = opened(
        browser, playground, viewport={"width": 360, "height": 740}, has_touch=True
    )
    assert tab.evaluate("document.documentElement.scrollWidth") <= 360
    small = tab.evaluate(
        """(name) => [...document.querySelectorAll(
             `#${name} :is(button, input[type=range], .ce-choice label, .ce-checkbox)`)]
           .filter((el) => el.offsetParent !== null && el.offsetHeight < 24)
           .map((el) => el.outerHTML.slice(0, 80))""",
        name,
    )
    assert small == []
    before = tab.evaluate(SHOWN, name)
    tab.locator(f"#{name} .ce-try button").last.tap()
    tab.locator(f"#{name} .ce-try button").nth(1).tap()
    tab.wait_for_timeout(10)
    assert tab.evaluate(SHOWN, name) != before
    tab.close()


@pytest.mark.parametrize("name", sorted(REGISTRY)[:1])  # they share a style sheet
def test_dark_and_light_differ_by_their_tokens(
    browser: Browser, playground: Path, dark_playground: Path, name: str
) -> None:
    grounds = []
    for page in (playground, dark_playground):
        tab = opened(browser, page)
        frame = tab.locator(f"#{name} .ce-frame")
        grounds.append(frame.evaluate("el => getComputedStyle(el).backgroundColor"))
        tab.close()
    assert grounds == ["rgb(255, 255, 255)", "rgb(20, 24, 30)"]


def test_without_scripts_the_numbers_are_a_table(
    browser: Browser, playground: Path, name: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(playground.as_uri())
    explorer = tab.locator(f".ce-explorer[data-explorer={name}]")
    assert explorer.locator("table tr").count() > 1
    assert explorer.locator(".ce-question").inner_text()
    context.close()


CHIPS = """() => [true, false].map((chosen) => {
  const inputs = [...document.querySelectorAll(".ce-choice input")];
  const input = inputs.find((el) => el.checked === chosen);
  return getComputedStyle(input.nextElementSibling).backgroundColor;
})"""


@pytest.mark.parametrize("name", ["loss-curve"])  # all share one sheet
def test_forced_colours_show_what_is_chosen_and_leave_pictures_their_paper(
    page: Page, name: str
) -> None:
    page.emulate_media(forced_colors="active")
    chosen, other = page.evaluate(CHIPS)
    assert chosen != other
    svg = page.locator(".ce-stage svg").first
    assert svg.evaluate("el => getComputedStyle(el).forcedColorAdjust") == "none"
    assert (
        svg.evaluate("el => getComputedStyle(el).backgroundColor") != "rgba(0, 0, 0, 0)"
    )


@pytest.mark.parametrize("name", ["loss-curve"])
def test_another_mouse_button_moves_nothing(page: Page, name: str) -> None:
    before = page.locator("[data-quantity]").all_inner_texts()
    box = page.locator(".ce-drag").first.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    for button in ("right", "middle"):
        page.mouse.down(button=button)
        page.mouse.move(box["x"] + 5, box["y"] + 5, steps=3)
        page.mouse.up(button=button)
    page.wait_for_timeout(50)
    assert page.locator("[data-quantity]").all_inner_texts() == before


IN_A_SHADOW = """(css) => {
  const host = document.body.appendChild(document.createElement("div"));
  const root = host.attachShadow({ mode: "open" });
  root.innerHTML = `<style>${css}</style><div class="ce-frame"></div>`;
  return ["light", "dark"].map((scheme) => {
    host.style.colorScheme = scheme;
    return getComputedStyle(root.querySelector(".ce-frame")).color;
  });
}"""


def test_in_a_shadow_root_the_colours_follow_the_host(browser: Browser) -> None:
    tab = browser.new_page()
    css = (STATIC / "explorers.css").read_text(encoding="utf-8")
    found = tab.evaluate(IN_A_SHADOW, css)
    tab.close()
    ink = [palette["ink"].lstrip("#") for palette in (LIGHT, DARK)]
    assert found == [f"rgb{tuple(bytes.fromhex(colour))}" for colour in ink]

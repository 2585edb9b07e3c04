"""In Firefox and WebKit every explorer computes what Python computes, and obeys hands."""

import json
from functools import partial

import pytest
from parity import compare, spaced
from states import corner_states, told_and_drawn
from tab import Tab
from test_hands import Mouse, pull, read, use_all
from test_parity import SHOW_STATES
from watched import WRONG, Served

from ce_lib.explorers import REGISTRY

pytestmark = pytest.mark.parametrize("name", sorted(REGISTRY))

OPEN_MORE = "() => { document.querySelector('.ce-more').open = true; }"


@pytest.fixture
def page(window: Tab, explorers: Served, name: str) -> Tab:
    """The explorer's own page, with all that is one press away."""
    window.set_viewport_size(Mouse.WINDOW["viewport"])
    window.goto(f"{explorers.url}/{name}-light.html")
    window.wait_for_function("document.querySelector('.ce-frame') !== null")
    window.evaluate(OPEN_MORE)
    return window


def test_a_state_shows_what_python_computes(page: Tab, name: str) -> None:
    kind = REGISTRY[name]
    states = [*told_and_drawn(kind, 40, seed=2), *corner_states(kind, 100)]
    given = json.dumps([name, [state.state for state in states]])
    asked, cells = zip(*json.loads(page.evaluate(SHOW_STATES, given)), strict=True)
    assert [*map(spaced, asked)] == [state.asked() for state in states]
    compare(states, cells)
    assert page.evaluate(WRONG) == []


def test_every_handle_is_pulled_and_the_readout_follows(page: Tab, name: str) -> None:
    use_all(page, name, ".ce-drag", partial(pull, hand=Mouse(page)))
    assert page.evaluate(WRONG) == []


#: Give the focus to the slider of this number, of those that are seen; say how many there are.
FOCUS = """(at) => {
  const sliders = [...document.querySelectorAll(".ce-frame input[type=range]")]
    .filter((el) => el.checkVisibility());
  sliders[at]?.focus();
  return sliders.length;
}"""

#: What the slider with the focus is at, and what it says.
AT = """() => {
  const { value, ariaValueText } = document.activeElement;
  return [value, ariaValueText ?? document.activeElement.getAttribute("aria-valuetext")];
}"""


def test_every_slider_moves_by_keyboard_and_the_numbers_are_pythons(
    page: Tab, name: str
) -> None:
    opening = read(page, name).state
    moved = 0
    for at in range(page.evaluate(FOCUS, -1)):
        page.evaluate(FOCUS, at)
        value, said = page.evaluate(AT)
        assert said
        page.keyboard.press("ArrowRight")
        if page.evaluate(AT)[0] == value:
            page.keyboard.press("ArrowLeft")
        now, says = page.evaluate(AT)
        assert now != value
        assert says != said
        moved += read(page, name).state != opening
    assert moved > 0
    assert page.evaluate(WRONG) == []

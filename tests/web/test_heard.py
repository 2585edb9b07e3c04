"""The price on the curve can be heard, once that is asked for."""

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.parametrize("name", ["loss-curve"])

#: Note what a voice is told instead of playing it.
LISTEN = """
() => {
  window.heard = { voices: 0, tones: [], loud: [] };
  const told = (list) => ({
    setTargetAtTime: (value) => list.push(value), cancelScheduledValues() {},
  });
  window.AudioContext = class {
    constructor() { heard.voices += 1; this.currentTime = 0; }
    close() { heard.voices -= 1; }
  };
  window.OscillatorNode = class {
    constructor() { this.frequency = told(heard.tones); }
    connect(next) { return next; }
    start() {}
  };
  window.GainNode = class {
    constructor() { this.gain = told(heard.loud); }
    connect(next) { return next; }
  };
}
"""


@pytest.fixture
def listened(page: Page) -> Page:
    page.evaluate(LISTEN)
    return page


def moved(page: Page, q: float) -> None:
    page.evaluate(f"location.hash = '#loss-curve?q={q}'")
    number = (
        "document.querySelector('#loss-curve [data-quantity=\"loss\"]').dataset.value"
    )
    page.wait_for_function(f"Math.abs(Number({number}) + Math.log({q})) < 1e-9")


def test_nothing_sounds_before_it_is_asked_for(listened: Page, name: str) -> None:
    moved(listened, 0.1)
    assert listened.evaluate("heard") == {"voices": 0, "tones": [], "loud": []}


def test_half_the_probability_is_the_same_interval_higher(
    listened: Page, name: str
) -> None:
    listened.get_by_label("hear the price").check()
    for q in (0.8, 0.4, 0.02, 0.01):
        moved(listened, q)
    *_, a, b, c, d = listened.evaluate("heard.tones")
    assert b / a == pytest.approx(d / c, rel=1e-9)
    assert listened.evaluate("heard.loud").pop() == 0  # it falls silent by itself


def test_turned_off_it_is_silent(listened: Page, name: str) -> None:
    hear = listened.get_by_label("hear the price")
    hear.check()
    hear.uncheck()
    tones = listened.evaluate("heard.tones.length")
    moved(listened, 0.2)
    assert listened.evaluate("[heard.voices, heard.tones.length]") == [0, tones]

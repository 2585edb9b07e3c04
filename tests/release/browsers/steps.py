"""What a reader does with a mouse and a keyboard, in a tab of any browser."""

import time
from typing import Any

from tab import Tab

WIDE = {"width": 1400, "height": 900}
PHONE = {"width": 390, "height": 844}

PATIENCE = 10.0  # seconds until a change is seen

#: Where something is pressed: in the middle of the first that is seen and says these words.
SPOT = """async ([selector, words]) => {
  const place = (el) => {
    const { x, y, width, height } = el.getBoundingClientRect();
    return [x + width / 2, y + height / 2, width * height];
  };
  const el = [...document.querySelectorAll(selector)].find((one) =>
    one.checkVisibility({ visibilityProperty: true }) && place(one)[2] > 0 &&
    one.textContent.includes(words));
  if (!el) throw new Error(`nothing to press: ${selector} ${words}`);
  el.scrollIntoView({ block: "center", behavior: "instant" });
  for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame);
  const [x, y] = place(el);
  const hit = document.elementFromPoint(x, y);
  if (![el, ...(el.labels ?? [])].some((one) => one.contains(hit)))
    throw new Error(`${selector} ${words} lies below ${hit?.outerHTML.slice(0, 80)}`);
  return [x, y];
}"""

TEXT = """(selector) =>
  [...document.querySelectorAll(selector)].map((el) => el.textContent).join("\\n")"""


def press(tab: Tab, selector: str, words: str = "") -> None:
    tab.mouse.click(*tab.evaluate(SPOT, [selector, words]))


def fill(tab: Tab, selector: str, text: str) -> None:
    """Put the text into a field in place of what stands there."""
    press(tab, selector)
    tab.keyboard.press("Control+a")
    tab.keyboard.type(text)


def until(tab: Tab, script: str, arg: object, good: Any) -> Any:
    """Look until what is seen is good, or patience ends; return what was seen last."""
    deadline = time.monotonic() + PATIENCE
    while not good(seen := tab.evaluate(script, arg)) and time.monotonic() < deadline:
        time.sleep(0.02)
    return seen


def says(tab: Tab, selector: str, words: str) -> None:
    """What is there says these words, perhaps in a moment."""
    seen = until(tab, TEXT, selector, lambda text: words in text)
    assert words in seen


def shows(tab: Tab, selector: str, *, shown: bool = True) -> None:
    """It is seen, or it is not, perhaps in a moment."""
    look = """(selector) => [...document.querySelectorAll(selector)]
      .some((el) => el.checkVisibility({ visibilityProperty: true }))"""
    assert until(tab, look, selector, lambda seen: seen == shown) == shown, selector

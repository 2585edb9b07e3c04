"""A tab of a browser, with as much of Playwright's `Page` as the crawl uses.

Playwright drives neither Firefox nor WebKit as Debian ships them, so Selenium does: each in its
own protocol, with the same actions of pointer and keys.
"""

from __future__ import annotations

import json
import re
import time
from abc import ABC, abstractmethod
from typing import Any

PATIENCE = 20.0  # seconds until something happens

#: All of a page is laid out (tests/whole.py).
WHOLE = "!document.documentElement.classList.contains('ce-coming')"

#: What WebDriver calls keys whose names are not what they type.
NAMED = {
    "ArrowRight": "\ue014",
    "ArrowLeft": "\ue012",
    "ArrowDown": "\ue015",
    "ArrowUp": "\ue013",
    "Enter": "\ue007",
    "Escape": "\ue00c",
    "Tab": "\ue004",
    "Control": "\ue009",
}

#: What is asked and answered crosses as text, in one way for all browsers.
CALL = """async (text) => {
  try {
    const value = await (FUNCTION)(JSON.parse(text));
    return JSON.stringify({ value: value ?? null });
  } catch (error) {
    return JSON.stringify({ error: `${error}` });
  }
}"""

#: How a function begins; anything else is what a function returns.
FUNCTION = re.compile(r"\s*(async\b|\([^()]*\)\s*=>|\w+\s*=>)")

Action = dict[str, Any]


class Tab(ABC):
    def __init__(self) -> None:
        self.mouse, self.keyboard = Mouse(self), Keyboard(self)

    @abstractmethod
    def goto(self, address: str) -> None:
        """Open a page, and wait until all of it is laid out."""

    @abstractmethod
    def call(self, function: str, text: str) -> str:
        """What a function of one text returns, in time."""

    @abstractmethod
    def act(self, kind: str, actions: list[Action]) -> None:
        """What a pointer or keys do, one after another."""

    @abstractmethod
    def set_viewport_size(self, size: dict[str, int]) -> None:
        """Give the page so much room."""

    def evaluate(self, script: str, arg: object = None) -> Any:
        function = script if FUNCTION.match(script) else f"() => ({script})"
        said = self.call(CALL.replace("FUNCTION", function), json.dumps(arg))
        answer = json.loads(said)
        if "error" in answer:
            raise RuntimeError(answer["error"])
        return answer["value"]

    def wait_for_function(self, script: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while not self.evaluate(script):
            assert time.monotonic() < deadline, f"waited in vain for {script}"
            time.sleep(0.02)

    @property
    def url(self) -> str:
        return self.evaluate("location.href")

    @property
    def viewport_size(self) -> dict[str, int]:
        return self.evaluate("({ width: innerWidth, height: innerHeight })")


class Mouse:
    def __init__(self, tab: Tab) -> None:
        self.tab, self.at = tab, (0.0, 0.0)

    def move(self, x: float, y: float, *, steps: int = 1) -> None:
        """Move there in so many steps, of a frame each."""
        (left, top), self.at = self.at, (x, y)
        shares = [step / steps for step in range(1, steps + 1)]
        places = [(left + (x - left) * one, top + (y - top) * one) for one in shares]
        duration = 0 if steps == 1 else 16
        self.tab.act(
            "pointer",
            [
                {
                    "type": "pointerMove",
                    "x": round(u),
                    "y": round(v),
                    "duration": duration,
                }
                for u, v in places
            ],
        )

    def down(self) -> None:
        self.tab.act("pointer", [{"type": "pointerDown", "button": 0}])

    def up(self) -> None:
        self.tab.act("pointer", [{"type": "pointerUp", "button": 0}])

    def click(self, x: float, y: float) -> None:
        self.move(x, y)
        self.down()
        self.up()


class Keyboard:
    def __init__(self, tab: Tab) -> None:
        self.tab = tab

    def press(self, key: str) -> None:
        """Press a key, or several joined by +, all at once."""
        keys = [NAMED.get(name, name) for name in key.split("+")]
        down = [{"type": "keyDown", "value": one} for one in keys]
        up = [{"type": "keyUp", "value": one} for one in reversed(keys)]
        self.tab.act("key", down + up)

    def type(self, text: str) -> None:
        kinds = ("keyDown", "keyUp")
        self.tab.act("key", [{"type": k, "value": c} for c in text for k in kinds])


def sources(kind: str, actions: list[Action]) -> list[Action]:
    """Actions as WebDriver and WebDriver BiDi want them: each device keeps what it holds."""
    source: Action = {"type": kind, "id": f"the {kind}", "actions": actions}
    if kind == "pointer":
        source["parameters"] = {"pointerType": "mouse"}
    return [source]

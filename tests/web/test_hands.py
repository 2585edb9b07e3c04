"""Every handle in a picture answers to a mouse and to a finger, and the readout follows.

A handle is what carries the class of things to pull or to press; where it lies and which
way it moves are read off the page.
"""

import contextlib
import itertools
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, ClassVar

import pytest
from parity import compare
from playwright.sync_api import Browser, Locator, Page
from states import extreme_values
from tabs import opened

from ce_lib.explorers import REGISTRY, Explorer, StateError

MOVES = 8  # of the pointer in one drag
HOLD = 0.3  # seconds until a resting finger has taken hold
SIDEWAYS = 12  # px, after which a moving one has

Place = tuple[float, float]

# Set a state. Then say of every handle of a class which it is, where it can be taken, and
# where to it may be moved.
SET = """
async ([name, link, wanted]) => {
  history.replaceState(null, "", "#");
  location.hash = link;
  await new Promise((resolve) => addEventListener("hashchange", resolve, { once: true }));
  do await new Promise(requestAnimationFrame);
  while (document.querySelector("[aria-busy]"));
  const stage = document.querySelector(`#${name} .ce-stage`);
  stage.scrollIntoView({ block: "center" });
  window.clicked = false; // a finger's tap becomes a click in its own time
  stage.onclick = () => { window.clicked = true };
  stage.onpointercancel = () => console.error(`the page scrolled under a hand at ${link}`);

  const STEPS = [0.5, 0.25, 0.75, 0.1, 0.9, 0.03, 0.97];
  const reachable = (node, { x, y, width, height }) =>
    STEPS.flatMap((v) => STEPS.map((u) => [x + u * width, y + v * height]))
      .find((place) => document.elementFromPoint(...place) === node);
  const quarter = (from, start, size) => from + (from < start + size / 2 ? 0.25 : -0.25) * size;

  const found = [...stage.querySelectorAll(wanted)].map((node, index) => {
    const box = node.getBoundingClientRect();
    // WebKit gives what a hidden picture holds its room.
    if (!node.checkVisibility() || box.width === 0 || box.height === 0) return null;
    const at = reachable(node, box);
    if (!at) throw new Error(`nobody can reach ${node.getAttribute("class")} at ${link}`);
    const room = node.ownerSVGElement.getBoundingClientRect(); // towards its middle
    const to = [quarter(at[0], room.x, room.width), quarter(at[1], room.y, room.height)];
    return [`${index}: ${node.getAttribute("class")}`, { at, to }];
  });
  return Object.fromEntries(found.filter(Boolean));
}
"""

# The link that the page gives away, and its numbers: exact and as written.
READ = """
async (name) => {
  await new Promise(requestAnimationFrame);
  let copied = "";
  navigator.clipboard.writeText = async (text) => { copied = text };
  const buttons = [...document.querySelectorAll(`#${name} .ce-foot button`)];
  buttons.find((button) => button.textContent === "Copy link").click();
  const cells = [...document.querySelectorAll(`#${name} [data-quantity]`)];
  return [copied, cells.map((c) => [c.dataset.quantity, c.dataset.value, c.textContent])];
}
"""


class Mouse:
    """A pointer that presses, moves while it holds, and lets go."""

    WINDOW: ClassVar = {"viewport": {"width": 1000, "height": 1100}}

    def __init__(self, tab: Page) -> None:
        self.mouse = tab.mouse
        self.tap = tab.mouse.click

    def press(self, at: Place) -> None:
        self.mouse.move(*at)
        self.mouse.down()

    def pull(self, at: Place, to: Place) -> None:
        self.mouse.move(*to, steps=MOVES)

    def release(self) -> None:
        self.mouse.up()


class Finger:
    """The same on a touch screen, where a pull that begins upwards or downwards scrolls.

    So it rests until it has taken hold, or begins sideways: each in every other pull.
    """

    WINDOW: ClassVar = {"viewport": {"width": 390, "height": 1000}, "has_touch": True}

    def __init__(self, tab: Page) -> None:
        self.session = tab.context.new_cdp_session(tab)
        self.tap = tab.touchscreen.tap
        self.rests = False

    def press(self, at: Place) -> None:
        self.rests = not self.rests
        self._touch("touchStart", at)
        if self.rests:
            time.sleep(HOLD)
        else:
            self._touch("touchMove", (at[0] + SIDEWAYS, at[1]))

    def pull(self, at: Place, to: Place) -> None:
        for n in range(1, MOVES + 1):
            step = [a + (b - a) * n / MOVES for a, b in zip(at, to, strict=True)]
            self._touch("touchMove", step)

    def release(self) -> None:
        self._touch("touchEnd")

    def _touch(self, kind: str, *places: Sequence[float]) -> None:
        points = [{"x": x, "y": y} for x, y in places]
        touch = {"type": kind, "touchPoints": points}
        self.session.send("Input.dispatchTouchEvent", touch)


Hand = Mouse | Finger


# Each on a page of its own: a browser now and then loses the tap after a pull.
@pytest.mark.in_turn(3)
@pytest.mark.parametrize("kind", [Mouse, Finger])
def test_every_handle_is_pulled_and_the_readout_follows(
    browser: Browser, pages: Callable, name: str, kind: type[Hand]
) -> None:
    tab = opened(browser, pages(name, "light"), **kind.WINDOW)
    use_all(tab, name, ".ce-drag", partial(pull, hand=kind(tab)))
    errors = tab.errors
    tab.close()
    assert errors == []


@pytest.mark.in_turn(3)
@pytest.mark.parametrize("kind", [Mouse, Finger])
def test_everything_that_is_pressed_answers_and_the_readout_follows(
    browser: Browser, pages: Callable, name: str, kind: type[Hand]
) -> None:
    tab = opened(browser, pages(name, "light"), **kind.WINDOW)
    use_all(tab, name, ".ce-pick", partial(press, hand=kind(tab)))
    errors = tab.errors
    tab.close()
    assert errors == []


SWIPED = """(name) => [scrollY,
  ...[...document.querySelectorAll(`#${name} [data-quantity]`)].map((el) => el.dataset.value),
  ...[...document.querySelectorAll(`#${name} .ce-main [type=range]`)].map((el) => el.value)]"""


@pytest.mark.in_turn(3)
def test_a_vertical_swipe_scrolls_and_changes_nothing_a_finger_that_rests_pulls(
    browser: Browser, pages: Callable, name: str
) -> None:
    tab = opened(browser, pages(name, "light"), **Finger.WINDOW)
    tab.evaluate("document.body.style.paddingBottom = '2000px'")
    finger = Finger(tab)
    sliders = tab.locator(".ce-main input[type=range]:visible").all()[
        :1
    ]  # all are alike
    for node in [*tab.locator(".ce-stage svg:visible").all(), *sliders]:
        for share in (0.2, 0.8) if node not in sliders else (0.5,):
            tab.evaluate("scrollTo(0, 0)")
            before = tab.evaluate(SWIPED, name)
            box = node.bounding_box()
            at = box["x"] + share * box["width"], box["y"] + box["height"] / 2
            finger._touch("touchStart", at)
            finger.pull(at, (at[0], at[1] - 150))
            finger.release()
            tab.wait_for_function("scrollY > 100")
            assert tab.evaluate(SWIPED, name)[1:] == before[1:]
    tab.reload()  # a page that still glides does not hear a finger
    tab.wait_for_selector(".ce-frame")
    hint = tab.get_by_text("Tap where it should be, or hold and pull.")
    all_hands = hands(tab)
    ends = all_hands[:2] + all_hands[2:][-2:]  # they speak for those between
    pulled = [held_up(tab, name, finger, node) for node in ends]
    assert hint.is_visible() == any(pulled)
    tab.close()


def hands(tab: Page) -> list[Locator]:
    handles = tab.locator(".ce-stage .ce-drag").all()
    return [node for node in handles if (node.bounding_box() or {}).get("width")]


def held_up(tab: Page, name: str, finger: Finger, node: Locator) -> bool:
    """Rest a trembling finger on a handle, then pull it up: does anything follow?"""
    node.scroll_into_view_if_needed()
    box = node.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + 0.7 * box["height"]
    finger._touch("touchStart", (x, y))
    finger._touch("touchMove", (x + 3, y - 7))
    tab.wait_for_selector(".ce-held", timeout=1000)
    fill = node.evaluate("(node) => getComputedStyle(node).fill")
    assert fill not in ("transparent", "rgba(0, 0, 0, 0)"), (
        "nobody sees that it is held"
    )
    finger._touch("touchMove", (x, y))
    before, at = tab.evaluate(SWIPED, name)[1:], tab.evaluate("scrollY")
    finger.pull((x, y), (x, y - 40))
    moved = tab.evaluate(SWIPED, name)[1:] != before
    finger.release()
    assert tab.evaluate("scrollY") == at
    return moved


def use_all(tab: Page, name: str, wanted: str, use: Callable[..., bool]) -> None:
    """Use every handle of a class, in every mode those that speak for it there.

    Each must move something somewhere.
    """
    met: set[str] = set()
    for mode in modes(REGISTRY[name]):
        idle = speaking(tab.evaluate(SET, [name, mode.link(), wanted]), met)
        for state in itertools.chain([mode], elsewhere(mode)):
            for handle in sorted(idle):
                places = tab.evaluate(SET, [name, state.link(), wanted])
                if handle in places and use(tab, state, **places[handle]):
                    idle.remove(handle)
            if not idle:
                break
        assert idle == set(), f"{mode.link()}: these handles change nothing"


def speaking(handles: Iterable[str], met: set[str]) -> set[str]:
    """All handles of a kind that was not met before; of any other the first and the last."""
    kinds: dict[str, list[str]] = {}
    for handle in handles:
        kinds.setdefault(handle.partition(": ")[2], []).append(handle)
    found = [
        each if kind not in met else [each[0], each[-1]] for kind, each in kinds.items()
    ]
    met.update(kinds)
    return {*itertools.chain(*found)}


def pull(tab: Page, state: Explorer, at: Place, to: Place, hand: Hand) -> bool:
    """Pull a handle: does the state follow, once it was taken?"""
    hand.press(at)
    taken = read(tab, state.name)
    hand.pull(at, to)
    hand.release()
    return read(tab, state.name).state != taken.state


def press(tab: Page, state: Explorer, at: Place, to: Place, hand: Hand) -> bool:
    """Press a handle: does the state change?"""
    hand.tap(*at)
    tab.wait_for_function("clicked")
    return read(tab, state.name).state != state.state


def read(tab: Page, name: str) -> Explorer:
    """The state that the page is in; its numbers are those that Python computes from it."""
    link, cells = tab.evaluate(READ, name)
    explorer = REGISTRY[name].from_link(link.partition("?")[2])
    compare([explorer], [cells])
    return explorer


def modes(kind: type[Explorer]) -> list[Explorer]:
    """The opening state with each choice and each switch set otherwise in turn."""
    opening = kind()
    return [opening, *varied(opening, switches(kind))]


def elsewhere(mode: Explorer) -> Iterator[Explorer]:
    """A mode in other states: where one of them is at a corner, another is not."""
    kind = type(mode)
    fixed = {name: mode.state[name] for name in switches(kind)}
    numbers = [
        n for n, field in kind.fields().items() if field.kind in ("number", "whole")
    ]
    yield from varied(mode, numbers)
    for item in kind.try_this:
        yield from changed(mode, {**item.state, **fixed})


def switches(kind: type[Explorer]) -> list[str]:
    """The parts of the state that decide what a hand means: no unit does."""
    fields = kind.fields().items()
    return [
        n for n, field in fields if field.kind in ("choice", "flag") and n != "units"
    ]


def varied(explorer: Explorer, names: Iterable[str]) -> Iterator[Explorer]:
    for name in names:
        for value in extreme_values(explorer.fields()[name]):
            yield from changed(explorer, {name: value})


def changed(explorer: Explorer, patch: Mapping[str, Any]) -> Iterator[Explorer]:
    """The explorer with this change, if it is one and its parts fit each other."""
    with contextlib.suppress(StateError):
        other = type(explorer)(**(explorer.state | patch))
        if other.state != explorer.state:
            yield other

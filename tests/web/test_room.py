"""Question, picture and main controls share one screen; no words lie on others or on lines."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from states import told_and_drawn
from tabs import opened
from waiting import waiting

from ce_lib.explorers import REGISTRY, Explorer
from ce_lib.practice.catalogue import GUESSES

BAR = 52  # px, of the page around

#: How far below the frame's top its main controls end, and how high what stays in view is.
ROOM = """(name) => {
  scrollTo(0, 0); // what stays in view when the page is scrolled would end further down
  const frame = document.querySelector(`#${name} .ce-frame`);
  const parts = ["question", "pinned", "main"].map((one) => frame.querySelector(`.ce-${one}`));
  const bottom = Math.max(...parts.map((one) => one.getBoundingClientRect().bottom));
  return [bottom - frame.getBoundingClientRect().top, parts[1].offsetHeight];
}"""


@pytest.mark.in_turn(3)
@pytest.mark.parametrize(
    ("width", "height", "room", "pinned"),
    [(732, 650, 560, 420), (390, 844, 844 - BAR, 510)],
)
def test_question_picture_and_main_controls_share_one_screen(
    browser: Browser,
    playground: Path,
    name: str,
    width: int,
    height: int,
    room: int,
    pinned: int,
) -> None:
    # 732 px: the column of the book in a window of 1366 px, with the margins here.
    size = {"width": width, "height": height}
    tab = opened(browser, playground, viewport=size, has_touch=width < 400)
    seen = [tab.evaluate(ROOM, name)]
    for item in REGISTRY[name].try_this:
        tab.locator(f"#{name}").get_by_role("button", name=item.label).click()
        seen.append(tab.evaluate(ROOM, name))
    tab.close()
    assert max(used for used, _ in seen) <= room
    assert max(kept for _, kept in seen) <= pinned


#: How many of the visible sliders stand beside each other, row by row.
ROWS = """(sliders) => Object.values(Object.groupBy(
  sliders.filter((one) => one.checkVisibility()),
  (one) => Math.round(one.getBoundingClientRect().top),
)).map((row) => row.length)"""


@pytest.mark.parametrize("name", ["two-distributions"])
@pytest.mark.parametrize(
    ("width", "rows"), [(832, [2, 2]), (732, [2, 2]), (390, [1] * 4)]
)
def test_four_sliders_stand_two_and_two(
    browser: Browser, playground: Path, name: str, width: int, rows: list[int]
) -> None:
    tab = opened(browser, playground, viewport={"width": width, "height": 650})
    tab.get_by_role("radio", name="4", exact=True).check(force=True)
    for which in "pq":
        sliders = tab.locator(f".ce-two-{which} .ce-slider")
        assert sliders.evaluate_all(ROWS) == rows
    tab.close()


@pytest.mark.parametrize("name", ["token-averages"])
@pytest.mark.parametrize(
    ("width", "names"),
    [(832, ["micro-batch A", "micro-batch B"]), (390, ["A", "B"])],
)
def test_both_halves_of_a_batch_are_called_alike(
    browser: Browser, playground: Path, name: str, width: int, names: list[str]
) -> None:
    tab = opened(browser, playground, viewport={"width": width, "height": 844})
    tab.get_by_role("radio", name="micro-batches").check(force=True)
    assert tab.locator(".ta-rank-name").all_text_contents() == names
    tab.close()


#: Bring each control into view; say at which of them the picture is not.
GONE = """(name) => {
  const stage = document.querySelector(`#${name} .ce-stage`);
  const controls = [...document.querySelectorAll(`#${name} :is(button, input, summary)`)];
  return controls.filter((el) => el.checkVisibility()).filter((el) => {
    el.scrollIntoView({ block: "nearest" });
    const { top, bottom } = stage.getBoundingClientRect();
    return top < -1 || bottom > innerHeight + 1;
  }).map((el) => el.outerHTML.slice(0, 80));
}"""


def test_the_picture_stays_in_view_while_the_rest_scrolls(
    browser: Browser, playground: Path, name: str
) -> None:
    tab = opened(browser, playground, viewport={"width": 390, "height": 844})
    gone = tab.evaluate(GONE, name)
    tab.close()
    assert gone == []


#: Make a list where the host puts a chapter's steps, which goes on for a screen; bring each
#: step to the window's lower edge, and say which buttons that act are not whole in view then.
SAID = """() => {
  const { top, bottom } = document.activeElement.closest(".ce-pinned").getBoundingClientRect();
  return [top >= 0, bottom <= innerHeight];
}"""


def test_who_comes_to_what_acts_by_keyboard_sees_the_picture_and_what_is_said(
    page: Page, name: str
) -> None:
    buttons = page.locator(f"#{name} .ce-act :is(button, input):enabled:visible")
    if buttons.count() == 0:
        pytest.skip("nothing acts on this picture")
    page.set_viewport_size({"width": 1366, "height": 596})  # less the page's bar
    page.evaluate("document.body.style.paddingBlock = '2000px'")
    page.evaluate("(name) => document.getElementById(name).tabIndex = -1", name)
    # Its edge is in the window, where the focus comes from.
    page.evaluate(
        """(name) => {
          const el = document.getElementById(name);
          el.focus();
          scrollTo(0, el.getBoundingClientRect().top + scrollY - 150);
        }""",
        name,
    )
    page.keyboard.press("Tab")
    for _ in range(5):
        if page.evaluate("!!document.activeElement.closest('.ce-act')"):
            break
        page.keyboard.press("Tab")
    assert page.evaluate(SAID) == [True, True]


APART = """(name) => {
  const frame = document.querySelector(`#${name} .ce-frame`);
  const items = Array.from({ length: 20 }, (_, k) => `<li>Step ${k}</li>`).join("");
  frame.querySelector(".ce-more").insertAdjacentHTML(
    "beforebegin", `<ol class="ce-steps">${items}</ol>`);
  const buttons = [...frame.querySelectorAll(".ce-pinned button")];
  return [...frame.querySelectorAll(".ce-steps li")].flatMap((step) => {
    step.scrollIntoView({ block: "end" });
    return buttons.filter((el) => el.checkVisibility()).filter((el) => {
      const { top, bottom } = el.getBoundingClientRect();
      return top < 0 || bottom > innerHeight;
    }).map((el) => `${step.textContent}: ${el.textContent}`);
  });
}"""


@pytest.mark.in_turn(3)
@pytest.mark.parametrize(("width", "height"), [(732, 650), (390, 844)])
def test_the_buttons_that_act_share_the_screen_with_a_step_of_the_chapter(
    browser: Browser, playground: Path, name: str, width: int, height: int
) -> None:
    size = {"width": width, "height": height}
    tab = opened(browser, playground, viewport=size)
    apart = tab.evaluate(APART, name)
    tab.close()
    assert apart == []


#: The sliders of which a part belongs to another control.
SHARED = """(name) => {
  const controls = [...document.querySelectorAll(`#${name} :is(input, button, summary)`)]
    .filter((el) => el.checkVisibility())
    .map((el) => ({ el, box: (el.matches(".ce-slider *") ? el : el.closest("label") ?? el)
      .getBoundingClientRect() }));
  const meet = (a, b) => a.left < b.right && b.left < a.right
    && a.top < b.bottom - 0.1 && b.top < a.bottom - 0.1;
  return controls.filter(({ el }) => el.type === "range").flatMap(({ el, box }) =>
    controls.filter((other) => other.el !== el && meet(box, other.box))
      .map((other) => `${el.parentElement.textContent}: ${other.el.outerHTML}`));
}"""


def test_a_thumb_that_takes_a_slider_meets_no_other_control(
    browser: Browser, playground: Path, name: str
) -> None:
    size = {"width": 390, "height": 844}
    tab = opened(browser, playground, viewport=size, has_touch=True, is_mobile=True)
    shared = tab.evaluate(SHARED, name)
    heights = tab.locator("input[type=range]:visible").evaluate_all(
        "(all) => all.map((el) => el.offsetHeight)"
    )
    tab.close()
    assert shared == []
    assert min(heights) >= 44


#: What is painted below the pinned picture, at the window's top and where it has stuck.
FADES = """async () => {
  const pinned = document.querySelector(".ce-pinned");
  const painted = async (top) => {
    scrollTo({ top, behavior: "instant" });
    for (let i = 0; i < 3; i++) await new Promise(requestAnimationFrame);
    return getComputedStyle(pinned, "::after").content !== "none";
  };
  return [await painted(0), await painted(pinned.getBoundingClientRect().top + 40)];
}"""


@pytest.mark.parametrize("name", ["weights-and-focal"])
def test_what_scrolls_away_fades_only_where_the_picture_has_stuck(
    browser: Browser, playground: Path, name: str
) -> None:
    tab = opened(browser, playground, viewport={"width": 390, "height": 844})
    fades = tab.evaluate(FADES)
    tab.close()
    assert fades == [False, True]


#: What acts on the picture of each explorer; sliders do in all.
ACTS = {
    "classifier": ["Take one gradient step"],
    "code": ["Another message", "Q := P"],
    "logit-lab": ["Run", "1 step", "100 steps", "Rewind"],
    "number-formats": ["logit −1", "logit +1"],
    "softmax-gradient": ["Take a step", "Take ten"],
    "training": ["▶ Play", "+1 step", "Bet", "Show it"],
}


@pytest.mark.parametrize("name", ACTS)
def test_what_acts_stands_below_the_picture(page: Page, name: str) -> None:
    acting = page.locator(f"#{name} .ce-stage + .ce-act button:visible")
    expect(acting).to_have_text(ACTS[name])


STRUCK = Path(__file__).with_name("struck.js").read_text(encoding="utf-8")

#: In each state: the pairs of texts whose letters meet, the texts that leave the picture or
#: that a line strikes out, and how many that should be there found no place.
MEETING = """
async ([name, width, states, guesses, after]) => {
  const { default: explorer } = await import(`./modules/${name}.js`);
  const el = document.body.appendChild(document.createElement("div"));
  el.className = "ce-explorer";
  el.style.width = `${width}px`;
  const listeners = [];
  let state = states[0];
  const model = { get: (key) => state[key], on: (_, told) => listeners.push(told),
    off() {}, set() {}, save_changes() {} };
  explorer.render({ model, el });
  const letters = (node) => {
    const { left, right, top, bottom } = node.getBoundingClientRect();
    const air = 0.22 * (bottom - top); // above and below the letters of a line
    return { node, text: node.textContent, left, right, top: top + air, bottom: bottom - air };
  };
  // Of words along a line, each letter on its own.
  const isSlanted = (node) => /rotate/.test(node.getAttribute("transform"));
  const slanted = (node) => Array.from({ length: node.getNumberOfChars() }, (_, i) => {
    const { x, y, width, height } = node.getExtentOfChar(i);
    const at = new DOMPoint(x + width / 2, y + height / 2).matrixTransform(node.getScreenCTM());
    return { node, text: node.textContent, left: at.x - 4, right: at.x + 4, top: at.y - 4,
      bottom: at.y + 4 };
  });
  const meet = (a, b) => a.node !== b.node && a.left < b.right - 1 && b.left < a.right - 1 &&
    a.top < b.bottom - 1 && b.top < a.bottom - 1;
  const look = (there = el) => [...there.querySelectorAll(".ce-stage svg")].flatMap((svg) => {
    const room = svg.getBoundingClientRect();
    const all = [...svg.querySelectorAll("text")]
      .filter((node) => node.textContent.trim())
      .flatMap((node) => (isSlanted(node) ? slanted : letters)(node))
      .filter(({ left, right }) => right > left);
    const outside = all.filter((a) => a.left < room.left - 2 || a.right > room.right + 2)
      .map((a) => `"${a.text}" leaves the picture`);
    const pairs = all.flatMap((a, i) => all.slice(i + 1).filter((b) => meet(a, b))
      .map((b) => `"${a.text}" lies on "${b.text}"`));
    const lines = struck(svg, (node) => (isSlanted(node) ? slanted(node) : [letters(node)]));
    const homeless = svg.querySelectorAll(".ce-homeless").length;
    const lost = homeless ? [`${homeless} names have no place`] : [];
    return [...outside, ...pairs, ...lines, ...lost];
  });
  const found = [];
  for (state of states) {
    for (const told of listeners) told();
    await new Promise(requestAnimationFrame);
    found.push(look());
  }
  el.remove();
  for (const [asked, detail] of guesses) {
    state = asked;
    const again = document.body.appendChild(el.cloneNode());
    explorer.render({ model, el: again });
    again.dispatchEvent(new CustomEvent("ce-guess", { detail }));
    const met = [];
    for (const later of [asked, ...states.slice(0, after)]) {
      state = later;
      for (const told of listeners) told();
      await new Promise(requestAnimationFrame);
      met.push(...look(again));
    }
    found.push(met);
    again.remove();
  }
  return found;
}
"""


def guesses_of(kind: type[Explorer]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """States that this explorer opens a chapter in, each with something guessed there."""
    found = []
    for name, explorer in waiting():
        if isinstance(explorer, kind):
            said = GUESSES[name].asked.to_json()
            found += [(explorer.state, detail) for detail in said_of(said)]
    return found


def said_of(asked: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What the explorer may hear of a reader who guesses."""
    if asked["kind"] == "spread":
        options = [text for text, _ in asked["options"]]
        for k in range(len(options)):
            rest = 0.3 / (len(options) - 1)
            value = [0.7 if k == i else rest for i in range(len(options))]
            yield {**asked, "options": options, "value": value}
    else:
        answer = asked["answer"]
        for value in (asked["low"], 0.8 * answer, answer, 1.1 * answer, asked["high"]):
            yield {"at": None, **asked, "value": value}


@pytest.mark.in_turn(4)
@pytest.mark.parametrize("width", [288, 360, 700])
def test_no_words_lie_on_others_or_are_struck_out_in_any_state(
    served: Page, name: str, width: int
) -> None:
    kind = REGISTRY[name]
    shown = told_and_drawn(kind, 3, width)
    states = [explorer.state for explorer in shown]
    guesses = guesses_of(kind)
    links = [explorer.link() for explorer in shown]
    links += [f"{name}, where {detail['value']} was said" for _, detail in guesses]
    served.add_script_tag(content=STRUCK)
    found = served.evaluate(
        MEETING, [name, width, states, guesses, 1 + len(kind.try_this)]
    )
    assert [pair for pair in zip(links, found, strict=True) if pair[1]] == []


#: In each state: the words that a line runs through, though paper around them hides it.
RUN_THROUGH = """
async ([name, width, states, words, lines]) => {
  const { default: explorer } = await import(`./modules/${name}.js`);
  const el = document.body.appendChild(document.createElement("div"));
  el.className = "ce-explorer";
  el.style.width = `${width}px`;
  return states.map((state) => {
    const model = { get: (key) => state[key], on() {}, off() {}, set() {}, save_changes() {} };
    el.replaceChildren();
    explorer.render({ model, el });
    const paths = [...el.querySelectorAll(lines)].filter((path) => path.getTotalLength() > 1);
    const holds = ({ left, right, top, bottom }, { x, y }) =>
      x > left + 1 && x < right - 1 && y > top + 1 && y < bottom - 1;
    const meets = (box, path) => {
      const seen = path.closest("svg svg")?.getBoundingClientRect() ?? box;
      const [length, matrix] = [path.getTotalLength(), path.getScreenCTM()];
      const points = Array.from({ length: 600 }, (_, i) =>
        path.getPointAtLength((i / 599) * length).matrixTransform(matrix));
      return points.some((point) => holds(box, point) && holds(seen, point));
    };
    return [...el.querySelectorAll(words)].filter((node) => node.textContent).filter((node) => {
      const { left, right, top, bottom } = node.getBoundingClientRect();
      const air = 0.2 * (bottom - top);
      const box = { left, right, top: top + air, bottom: bottom - air };
      return paths.some((path) => meets(box, path));
    }).map((node) => node.textContent);
  });
}
"""

#: Words of a picture that name no line, and the lines that they keep off.
OFF = {
    "loss-curve": (".ce-chance-label, .ce-curve-label", ".ce-curve"),
    "soft-labels": (".ce-soft-floor-label", ".ce-soft-curve:not([d=''])"),
    "training": (".tr-name", ".tr-region:not([d=''])"),
}


@pytest.mark.parametrize("name", OFF)
@pytest.mark.parametrize("width", [300, 358, 700])
def test_no_line_runs_through_a_name_that_has_room_beside_it(
    served: Page, name: str, width: int
) -> None:
    shown = told_and_drawn(REGISTRY[name], 12, width)
    states = [explorer.state for explorer in shown]
    found = served.evaluate(RUN_THROUGH, [name, width, states, *OFF[name]])
    links = [explorer.link() for explorer in shown]
    assert [pair for pair in zip(links, found, strict=True) if pair[1]] == []


#: The numbers of axes that a handle lies on.
COVERED = """() => {
  const boxes = (kind) => [...document.querySelectorAll(`.ce-stage ${kind}`)]
    .filter((node) => node.textContent || node.getAttribute("r") > 0)
    .map((node) => [node.textContent, node.getBoundingClientRect()]);
  const meet = (a, b) => a.left < b.right && b.left < a.right &&
    a.top < b.bottom - 4 && b.top < a.bottom - 4;
  return boxes(".ce-y > .ce-tick-text")
    .filter(([, tick]) => boxes(".ce-point").some(([, point]) => meet(tick, point)))
    .map(([words]) => words);
}"""


#: Where a hand may bring a handle onto the axis.
ENDS = {
    "loss-curve": ["q=0.000001&scale=log", "q=0.000001", "q=0.000001&units=bits"],
    "likelihood": ["counts=7,3&q=0,1&view=curve", "counts=0,3&q=0,1&view=curve"],
}


@pytest.mark.parametrize("name", ENDS)
def test_a_handle_at_its_end_covers_no_number_of_the_axis(
    browser: Browser, playground: Path, name: str
) -> None:
    for end in ENDS[name]:
        for width in (390, 732):
            size = {"width": width, "height": 844}
            tab = opened(browser, f"{playground.as_uri()}#{name}?{end}", viewport=size)
            assert tab.evaluate(COVERED) == [], (end, width)
            tab.close()


#: In each state: letters of an explorer that are smaller than that many pixels on the screen.
SMALL = """
async ([name, width, states, least]) => {
  const { default: explorer } = await import(`./modules/${name}.js`);
  const el = document.body.appendChild(document.createElement("div"));
  el.className = "ce-explorer";
  el.style.width = `${width}px`;
  return states.map((state) => {
    const model = { get: (key) => state[key], on() {}, off() {}, set() {}, save_changes() {} };
    el.replaceChildren();
    explorer.render({ model, el });
    el.querySelector(".ce-more").open = true;
    const own = (node) => [...node.childNodes].some(({ data }) => data?.trim());
    return [...el.querySelectorAll("*")].filter((node) => own(node) && node.checkVisibility())
      .filter((node) => {
        const { a = 1, b = 0 } = node.closest("svg") ? node.getScreenCTM() : {};
        return Math.hypot(a, b) * parseFloat(getComputedStyle(node).fontSize) < least;
      }).map((node) => node.textContent);
  });
}
"""


@pytest.mark.in_turn(3)
@pytest.mark.parametrize("width", [288, 358])
def test_letters_are_read_on_a_phone_in_any_state(
    served: Page, name: str, width: int
) -> None:
    shown = told_and_drawn(REGISTRY[name], 4, width)
    states = [explorer.state for explorer in shown]
    found = served.evaluate(SMALL, [name, width, states, 11])
    assert [letters for letters in found if letters] == []


#: For each curve of the expected scores: the name that stands nearest to it.
NEAREST = """
() => {
  const panel = document.querySelector(".ce-scores-expected");
  const curves = { log: ".ce-scores-curve-log", Brier: ".ce-scores-curve-brier",
    distance: ".ce-scores-straight" };
  const gap = (box, path) => Math.min(...Array.from({ length: 400 }, (_, i) => {
    const { x, y } = path.getPointAtLength((i / 399) * path.getTotalLength());
    return Math.hypot(Math.max(box.x - x, 0, x - box.x - box.width),
      Math.max(box.y + 3 - y, 0, y - box.y - box.height + 3));
  }));
  return Object.fromEntries([...panel.querySelectorAll(".ce-scores-end")].map((name) => {
    const gaps = Object.entries(curves).map(([curve, path]) =>
      [gap(name.getBBox(), panel.querySelector(path)), curve]);
    return [name.textContent, gaps.sort((a, b) => a[0] - b[0])[0][1]];
  }));
}
"""


@pytest.mark.parametrize("name", ["scores"])
@pytest.mark.parametrize("width", [390, 732])
def test_each_name_stands_at_its_own_curve(
    browser: Browser, playground: Path, name: str, width: int
) -> None:
    tab = opened(browser, playground, viewport={"width": width, "height": 844})
    frame = tab.locator(f"#{name}")
    frame.get_by_role("button", name="Fined by distance").click()
    for belief in ("0.3", "0.6", "0.7", "0.85"):
        frame.get_by_role("slider", name="p, your belief").fill(belief)
        own = {curve: curve for curve in ("log", "Brier", "distance")}
        assert tab.evaluate(NEAREST) == own, belief
    tab.close()


@pytest.mark.parametrize("name", ["classifier"])
def test_every_long_arrow_says_its_length_on_a_phone_too(
    browser: Browser, playground: Path, name: str
) -> None:
    tab = opened(browser, playground, viewport={"width": 390, "height": 844})
    frame = tab.locator(f"#{name}")
    frame.get_by_role("button", name="The bad prediction").click()
    labels = frame.locator(".ce-arrow-label")
    expect(labels).to_have_text(["+0.900", "−0.300", "−0.300", "−0.300"])
    tab.close()

"""What the page shows is what ``readout()`` computes, in any state, and never NaN."""

import json
from collections.abc import Iterator

import pytest
from parity import compare, spaced
from playwright.sync_api import Browser, Page
from states import corner_states, random_states
from tabs import errors_of

from ce_lib.explorers import REGISTRY, Explorer

RANDOM_STATES = 120

# Show every state with the very module that JupyterLab and the page run, and collect
# every number on display: the exact one and what is written. All of it crosses as text,
# which is many times faster than Playwright's own way.
SHOW_STATES = """
async (given) => {
  const [name, states] = JSON.parse(given);
  const { default: explorer } = await import(`./modules/${name}.js`);
  const values = { ...states[0] };
  const listeners = [];
  const model = {
    get: (key) => values[key],
    set: (key, value) => { values[key] = value },
    save_changes: () => {},
    on: (_, listener) => listeners.push(listener),
    off: () => {},
  };
  const el = document.body.appendChild(document.createElement("div"));
  explorer.render({ model, el });
  const shown = [];
  for (const state of states) {
    Object.assign(values, state);
    listeners[0]();
    await null;
    const cells = [...el.querySelectorAll("[data-quantity]")];
    shown.push([
      el.querySelector(".ce-question").textContent,
      cells.map((c) => [c.dataset.quantity, c.dataset.value, c.textContent]),
    ]);
  }
  el.remove();
  return JSON.stringify(shown);
}
"""

# The same over the page's own way in: a link. The page follows it before we look.
FOLLOW_LINKS = """
async ([name, links]) => {
  const el = document.getElementById(name);
  const shown = [];
  for (const link of links) {
    await new Promise((resolve) => {
      addEventListener("hashchange", () => setTimeout(resolve), { once: true });
      location.hash = link;
    });
    while (el.querySelector("[aria-busy]")) await new Promise(requestAnimationFrame);
    const cells = [...el.querySelectorAll("[data-quantity]")];
    shown.push(cells.map((c) => [c.dataset.quantity, c.dataset.value, c.textContent]));
  }
  return shown;
}
"""


@pytest.fixture(scope="module")
def served(browser: Browser, modules_url: str) -> Iterator[Page]:
    """A page over http, where the modules of all explorers may be imported."""
    tab = browser.new_page()
    tab.errors = errors_of(tab)
    tab.goto(f"{modules_url}/{next(iter(REGISTRY))}-light.html")
    yield tab
    tab.close()


def check(tab: Page, name: str, explorers: list[Explorer]) -> None:
    """Show these states of an explorer, and compare."""
    given = json.dumps([name, [explorer.state for explorer in explorers]])
    asked, cells = zip(*json.loads(tab.evaluate(SHOW_STATES, given)), strict=True)
    assert [*map(spaced, asked)] == [explorer.asked() for explorer in explorers]
    compare(explorers, cells)
    assert tab.errors == []


def test_random_states_show_what_python_computes(served: Page, name: str) -> None:
    check(served, name, random_states(REGISTRY[name], RANDOM_STATES))


@pytest.mark.in_turn(3)
def test_extreme_states_show_what_python_computes(served: Page, name: str) -> None:
    check(served, name, corner_states(REGISTRY[name]))


@pytest.mark.in_turn(3)
def test_links_show_what_python_computes(page: Page, name: str) -> None:
    explorers = random_states(REGISTRY[name], 60, seed=1)
    explorers = list({explorer.link(): explorer for explorer in explorers}.values())
    links = [explorer.link() for explorer in explorers]
    compare(explorers, page.evaluate(FOLLOW_LINKS, [name, links]))
    assert page.errors == []

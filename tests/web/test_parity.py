"""What the page shows is what ``readout()`` computes, in any state."""

import math

from parity import compare, flat
from playwright.sync_api import Page
from states import corner_states, random_states

from ce_lib.explorers import REGISTRY

RANDOM_STATES = 1000

# Show every state with the very module that JupyterLab and the page run, and collect
# every number on display: the exact one and what is written.
SHOW_STATES = """
async ([name, states]) => {
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
    shown.push(cells.map((c) => [c.dataset.quantity, c.dataset.value, c.textContent]));
  }
  el.remove();
  return shown;
}
"""

# The same over the page's own way in: a link.
FOLLOW_LINKS = """
async ([name, links]) => {
  const el = document.getElementById(name);
  const shown = [];
  for (const link of links) {
    location.hash = link;
    await new Promise((resolve) => setTimeout(resolve, 10));
    const cells = [...el.querySelectorAll("[data-quantity]")];
    shown.push(cells.map((c) => [c.dataset.quantity, c.dataset.value, c.textContent]));
  }
  return shown;
}
"""


def test_random_states_show_what_python_computes(served: Page, name: str) -> None:
    explorers = random_states(REGISTRY[name], RANDOM_STATES)
    states = [explorer.state for explorer in explorers]
    compare(explorers, served.evaluate(SHOW_STATES, [name, states]))
    assert served.errors == []


def test_extreme_states_show_what_python_computes(served: Page, name: str) -> None:
    explorers = corner_states(REGISTRY[name])
    states = [explorer.state for explorer in explorers]
    compare(explorers, served.evaluate(SHOW_STATES, [name, states]))
    assert served.errors == []


def test_links_show_what_python_computes(page: Page, name: str) -> None:
    explorers = random_states(REGISTRY[name], 60, seed=1)
    links = [explorer.link() for explorer in explorers]
    compare(explorers, page.evaluate(FOLLOW_LINKS, [name, links]))
    assert page.errors == []


def test_no_state_reads_out_as_nan(name: str) -> None:
    kind = REGISTRY[name]
    for explorer in random_states(kind, RANDOM_STATES) + corner_states(kind):
        for key, value in flat(explorer.readout()).items():
            assert isinstance(value, str) or not math.isnan(value), (
                f"{explorer.link()}: {key}"
            )

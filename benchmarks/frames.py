"""How fast an explorer answers a slider, and how fast ipywidgets.interact does.

Each explorer's sliders are swept on its page of tools/playground.py. *Handling* is all
the work a step causes before the browser can paint: event, mathematics, drawing and
layout. *Painted* is the time from the event until after the next frame; since a screen
of 60 Hz only paints every 16.7 ms, doing nothing at all has a time, too. In JupyterLab
the time runs from the key press on interact's slider until after the frame that shows
the new picture.
"""

import statistics
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser
from shared import chromium, publish, say, table  # first: it makes tools/ importable

# isort: split
from lab import Notebook, server, write_notebook
from playground import write

from ce_lib.explorers import REGISTRY

STEPS = 120
VISITS = 3  # the same steps on a fresh page each time
INTERACT_STEPS = 15
NOTHING_DONE = "(nothing)"
FIGURES = ("median", "95 %", "worst step", "worst of all")
PARTS = ("handling", "painted")
FRAME = 1000 / 60  # ms
WINDOW = {"width": 1400, "height": 1000}
CURVE = "loss-curve"  # draws what the interact cell draws

READING = (
    "Handling is everything before the browser can paint: event, mathematics, drawing "
    "and layout. A 60 Hz screen paints every 16.7 ms, so doing nothing takes time too. "
    f"Every sweep was made on {VISITS} fresh pages: *worst step* is the slowest step as "
    "the median of these visits, *worst of all* the slowest single one, with whatever "
    "else the machine was doing."
)

# Resolves after the next frame was painted: a message follows the frame's callbacks.
PAINTED = """
const painted = () => new Promise((resolve) => requestAnimationFrame(() => {
  const channel = new MessageChannel();
  channel.port1.onmessage = resolve;
  channel.port2.postMessage(null);
}));
"""

SWEEP = f"""
async ([name, steps]) => {{
  {PAINTED}
  const frame = document.querySelector(`#${{name}} .ce-frame`);
  frame.scrollIntoView();
  const sliders = [...frame.querySelectorAll("input[type=range]")]
    .filter((el) => el.offsetParent !== null);
  if (sliders.length === 0) throw new Error(`${{name}} shows no slider`);
  const shown = new Set();
  const each = Math.ceil(steps / sliders.length);
  const times = [];
  for (const slider of sliders) {{
    const [low, high] = [Number(slider.min), Number(slider.max)];
    for (let i = 0; i < each; i++) {{
      // Events arrive at any moment between two frames.
      await new Promise((resolve) => setTimeout(resolve, (i * 7) % 17));
      const start = performance.now();
      slider.value = low + ((high - low) * i) / (each - 1);
      slider.dispatchEvent(new Event("input", {{ bubbles: true }}));
      await null; // the explorer paints in a microtask, which comes first
      frame.getBoundingClientRect(); // layout, now
      const handled = performance.now() - start;
      await painted();
      times.push([handled, performance.now() - start]);
      shown.add(frame.textContent);
    }}
  }}
  if (shown.size < times.length / 2) throw new Error(`${{name}} hardly moved`);
  return times;
}}
"""

NOTHING = f"""
async (steps) => {{
  {PAINTED}
  const times = [];
  for (let i = 0; i < steps; i++) {{
    await new Promise((resolve) => setTimeout(resolve, (i * 7) % 17));
    const start = performance.now();
    await painted();
    times.push([0, performance.now() - start]);
  }}
  return times;
}}
"""

INTERACT = """\
%matplotlib inline
import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import FloatSlider, interact

grid = np.linspace(0.005, 1, 400)


def draw(q):
    fig, ax = plt.subplots()
    ax.plot(grid, -np.log(grid))
    ax.plot(grid, -np.log(q) - (grid - q) / q)
    ax.plot(q, -np.log(q), "o")
    ax.set(ylim=(0, 5), xlabel="q", ylabel="-log q")
    plt.show()


_ = interact(draw, q=FloatSlider(value=0.3, min=0.01, max=1, step=0.01))
"""

WATCH = f"""
() => {{
  {PAINTED}
  let start = 0;
  const picture = () => document.querySelector(".jp-OutputArea-output img")?.src;
  let last = picture();
  window.times = [];
  document.addEventListener("keydown", () => {{ start = performance.now() }}, true);
  new MutationObserver(async () => {{
    const now = picture();
    if (!now || now === last) return;
    last = now;
    await document.querySelector(".jp-OutputArea-output img").decode();
    await painted();
    window.times.push(performance.now() - start);
  }}).observe(document.body, {{ childList: true, subtree: true, attributes: true }});
}}
"""


@dataclass
class Times:
    """Milliseconds: one row per visit, one entry per step."""

    visits: list[list[float]]

    @property
    def values(self) -> list[float]:
        return [value for visit in self.visits for value in visit]

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    @property
    def worst_step(self) -> float:
        """The step that takes longest, as the median of its visits.

        What the explorer causes is there at every visit, a first step on a cold page
        included. What the machine does meanwhile hits another step each time.
        """
        return max(map(statistics.median, zip(*self.visits, strict=True)))

    @property
    def worst(self) -> float:
        return max(self.values)

    def columns(self) -> list[str]:
        p95 = statistics.quantiles(self.values, n=20, method="inclusive")[-1]
        parts = (self.median, p95, self.worst_step, self.worst)
        return [f"{value:.1f}" for value in parts]


def measure(visits: list[list[list[float]]]) -> tuple[Times, Times]:
    """Split the pairs that the page measured into handling and painted."""
    handled = [[pair[0] for pair in visit] for visit in visits]
    painted = [[pair[1] for pair in visit] for visit in visits]
    return Times(handled), Times(painted)


def explorers(browser: Browser) -> dict[str, tuple[Times, Times]]:
    """Sweep every explorer; the last entry is what doing nothing takes."""
    seen: dict[str, list[list[list[float]]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        pages = {name: write(Path(folder), name).as_uri() for name in REGISTRY}
        for visit in range(VISITS):
            say(f"sweeping {len(REGISTRY)} explorers, {visit + 1} of {VISITS}")
            for name, address in pages.items():
                page = browser.new_page(viewport=WINDOW)
                page.goto(address)
                page.wait_for_selector(".ce-frame")
                times = page.evaluate(SWEEP, [name, STEPS])
                seen.setdefault(name, []).append(times)
                page.close()
            page = browser.new_page(viewport=WINDOW)
            page.goto(pages[CURVE])
            times = page.evaluate(NOTHING, STEPS)
            seen.setdefault(NOTHING_DONE, []).append(times)
            page.close()
    return {name: measure(visits) for name, visits in seen.items()}


def interact(browser: Browser) -> Times:
    """Press a key on interact's slider in JupyterLab, again and again."""
    say("moving interact's slider in JupyterLab")
    with tempfile.TemporaryDirectory() as folder, server(Path(folder)) as url:
        write_notebook(Path(folder) / "interact.ipynb", INTERACT)
        page = browser.new_page(viewport=WINDOW)
        notebook = Notebook(page, url, "interact.ipynb")
        notebook.run_all()
        page.wait_for_selector(".jp-OutputArea-output img")
        handle = page.locator(".noUi-handle").first
        # Otherwise JupyterLab takes the arrow keys for itself.
        handle.evaluate("(el) => el.setAttribute('data-lm-suppress-shortcuts', '')")
        handle.focus()
        page.evaluate(WATCH)
        for done in range(INTERACT_STEPS + 1):
            page.keyboard.press("ArrowRight")
            page.wait_for_function("(n) => window.times.length > n", arg=done)
            page.wait_for_timeout(150)  # let the kernel come to rest
        times = page.evaluate("window.times")
        page.close()
        return Times([times[1:]])  # the first one warms matplotlib up


def main() -> None:
    with chromium() as browser:
        found = explorers(browser)
        stock = interact(browser)
        version = browser.version
    rows = []
    for name, (handled, painted) in found.items():
        shown = f"`{name}`" if name in REGISTRY else name
        steps = len(handled.values)
        rows.append((shown, steps, *handled.columns(), *painted.columns()))
    rows.append(("interact", len(stock.values), *[""] * 4, *stock.columns()))
    parts = [f"{part}: {figure}" for part in PARTS for figure in FIGURES]
    publish(
        "frames",
        "# Slider latency",
        "From a slider's step to the next painted frame, in ms:",
        table(["", "steps", *parts], rows),
        READING,
        *verdicts(found, stock),
        browser=version,
        timed=True,
    )


def verdicts(found: dict[str, tuple[Times, Times]], stock: Times) -> Iterator[str]:
    alive = {name: times for name, times in found.items() if name in REGISTRY}
    slowest = max(alive, key=lambda name: alive[name][1].median)
    for name in dict.fromkeys((CURVE, slowest)):
        ratio = stock.median / alive[name][1].median
        what = "the same curve" if name == CURVE else "the slowest explorer"
        yield (
            f"`ipywidgets.interact` with matplotlib in JupyterLab takes {ratio:.1f} "
            f"times as long as `{name}`, {what} (medians, to the painted frame)."
        )
    limit = f"one 60 Hz frame ({FRAME:.1f} ms)"
    late = [name for name, (handled, _) in alive.items() if handled.worst_step > FRAME]
    if late:
        yield f"**The worst step takes longer than {limit}: {', '.join(late)}.**"
    else:
        yield f"Every explorer's worst step is handled within {limit}."
    values = [value for handled, _ in alive.values() for value in handled.values]
    over = sum(value > FRAME for value in values)
    yield f"Of {len(values)} single steps, {over} took longer than that."


if __name__ == "__main__":
    main()

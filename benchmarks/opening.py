"""How soon a first visit shows something, and how soon its explorer is alive.

A chapter of this book and the same page of a stock Jupyter Book, on a slow phone: the
browser's own brakes on processor and line, a phone's window, an empty cache. All of a
page crosses that line, what it loads from elsewhere included.
"""

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, TimeoutError
from shared import chromium, publish, say, table, this_book
from stock import CURVE, PAGE, SLIDER, built
from wire import ALONE, Count, serve

VISITS = 3
SLOWER = 6  # times, the processor
RATE = 400_000  # bits a second, either way
LATENCY = 400  # ms
WINDOW = {"width": 390, "height": 844}
PATIENCE = 300  # seconds

# What is wanted of this book's page.
PAINTED, ALIVE, SHIFT = 2.5, 4.5, 0.02

# All of these are there once the explorer answers; and the question that stands before it.
OURS = (".ce-explorer.ce-live .ce-frame",)
QUESTION = ".ce-guess-box.ce-live"
STOCK = (SLIDER, CURVE)

# Runs before the page's own scripts. It looks when a finger would be heard: with the priority
# that the browser gives to input, and not behind what it still has to lay out.
WATCH = """
(() => {
  const seen = { shift: 0, alive: null, asks: null };
  self.seen = seen;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) seen.shift += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  const there = (selector) => {
    const el = document.querySelector(selector);
    return el && el.complete !== false; // a picture is there when it is drawn
  };
  const look = () => {
    if (%(alive)s.every(there)) seen.alive ??= performance.now();
    if (there("%(asks)s")) seen.asks ??= performance.now();
    if (document.readyState !== "complete" || !seen.alive) next();
  };
  const next = () => scheduler.postTask(look, { priority: "user-blocking", delay: 20 });
  next();
})();
"""

READ = """
() => {
  const files = performance.getEntriesByType("resource");
  return {
    painted: performance.getEntriesByName("first-contentful-paint")[0].startTime / 1000,
    alive: seen.alive / 1000,
    asks: seen.asks / 1000,
    shift: seen.shift,
    loaded: Math.max(...files.map((file) => file.responseEnd)) / 1000,
  };
}
"""


@dataclass(frozen=True)
class Visit:
    """Seconds to the first paint, to a live explorer, and to the question that stands
    before it (0: there is none); the sum of all layout shifts."""

    painted: float
    alive: float
    asks: float
    shift: float


def slow_down(tab: Page) -> None:
    devtools = tab.context.new_cdp_session(tab)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    line = {
        "offline": False,
        "latency": LATENCY,
        "downloadThroughput": RATE / 8,
        "uploadThroughput": RATE / 8,
    }
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", line)


def visit(browser: Browser, url: str, alive: tuple[str, ...], count: Count) -> Visit:
    """Open the page once, with an empty cache; its ``alive`` are there when it answers."""
    before = count.total
    context = browser.new_context(viewport=WINDOW)
    tab = context.new_page()
    count.watch(tab, url)
    slow_down(tab)
    tab.add_init_script(WATCH % {"alive": list(alive), "asks": QUESTION})
    try:
        tab.goto(f"{url}/{PAGE}.html", timeout=1000 * PATIENCE)
        tab.wait_for_function("seen.alive", polling=500, timeout=1000 * PATIENCE)
    except TimeoutError:
        sys.exit(f"after {PATIENCE} s the page still lacks one of: {', '.join(alive)}")
    tab.wait_for_load_state("networkidle")
    tab.wait_for_timeout(2000)  # for what moves late
    found = tab.evaluate(READ)
    context.close()
    if found.pop("loaded") < 0.9 * 8 * (count.total - before) / RATE:
        sys.exit("this browser does not slow the line down as it was told to")
    say(f"  {found}")
    return Visit(**found)


def visits(
    pages: Path, alive: tuple[str, ...], packages: Path | None = None
) -> tuple[Visit, Count, str]:
    """The median of some visits, each figure for itself; what came; the browser's version."""
    count = Count()
    with serve(pages, count, packages) as url, chromium(ALONE) as browser:
        each = [visit(browser, url, alive, count) for _ in range(VISITS)]
        middle = Visit(
            median(one.painted for one in each),
            median(one.alive for one in each),
            median(one.asks for one in each),
            median(one.shift for one in each),
        )
        return middle, count, browser.version


def verdict(ours: Visit) -> str:
    """Whether this book's page keeps its limits."""
    limits = (
        ("first paint within", ours.painted, PAINTED, " s"),
        ("alive within", ours.alive, ALIVE, " s"),
        ("layout shift at most", ours.shift, SHIFT, ""),
    )
    said = [
        f"{what} {limit:g}{unit}, {'kept' if value <= limit else '**not kept**'}"
        for what, value, limit, unit in limits
    ]
    return f"This book's limits: {'; '.join(said)}."


def main() -> None:
    pages = this_book()
    say(f"visiting this book, {VISITS} times")
    ours, asked, version = visits(pages, OURS)
    with tempfile.TemporaryDirectory() as temporary:
        pages, packages = built(Path(temporary))
        say(f"visiting the stock book, {VISITS} times")
        stock, stock_asked, _ = visits(pages, STOCK, packages)
    publish(
        "opening",
        "# A first visit on a slow phone",
        f"From the call of `{PAGE}` on, with an empty cache: the processor {SLOWER} times "
        f"slower, {RATE // 1000} kbit/s, {LATENCY} ms of latency, a window of "
        f"{WINDOW['width']} by {WINDOW['height']}. Each figure is the median of {VISITS} "
        "visits.",
        table(
            ("", "this book", "stock Jupyter Book"),
            [
                ("first contentful paint, s", *seconds(ours.painted, stock.painted)),
                ("the explorer answers, s", *seconds(ours.alive, stock.alive)),
                (
                    "the question before it can be answered, s",
                    f"{ours.asks:.1f}",
                    "none",
                ),
                (
                    "layout shift, all together",
                    f"{ours.shift:.3f}",
                    f"{stock.shift:.3f}",
                ),
            ],
        ),
        f"{verdict(ours)} The stock page takes {stock.alive / ours.alive:.1f} times as long "
        f"until it is alive, and {stock.painted / ours.painted:.1f} times as long until it "
        "shows something.",
        "The stock page counts as alive when its slider and its curve are there, though "
        "without a kernel the one never moves the other. Its widgets' script stands in its "
        "head, so nothing is painted before that. What it loads from elsewhere comes from "
        "this machine, by the same slow line.",
        *asked.not_found("this book"),
        *stock_asked.not_found("the stock book"),
        browser=version,
        timed=True,
    )


def seconds(*values: float) -> list[str]:
    return [f"{value:.1f}" for value in values]


if __name__ == "__main__":
    main()

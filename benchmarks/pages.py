"""What a first visit to a chapter transfers, here and in a stock Jupyter Book.

Both pages are opened in a real browser with an empty cache, and every body that goes
over the wire is counted, text gzipped.
"""

import tempfile
from pathlib import Path

from shared import chromium, publish, say, table, this_book
from stock import CURVE, PAGE, SLIDER, built
from wire import ALONE, KINDS, Count, serve

ALLOWED = 280_000  # bytes


def visit(pages: Path, *alive: str, packages: Path | None = None) -> tuple[Count, str]:
    """Open the page once; it is ready when all selectors of ``alive`` are there.

    Returns what came over the wire, and the browser's version.
    """
    count = Count()
    with serve(pages, count, packages) as url, chromium(ALONE) as browser:
        tab = browser.new_page()
        count.watch(tab, url)
        tab.goto(f"{url}/{PAGE}.html", wait_until="networkidle")
        for selector in alive:
            tab.wait_for_selector(selector, state="attached")
        tab.wait_for_load_state("networkidle")
        tab.wait_for_timeout(1000)  # for those who load late
        return count, browser.version


def main() -> None:
    pages = this_book()
    say("visiting this book")
    ours, version = visit(pages, ".ce-frame", ".katex")
    with tempfile.TemporaryDirectory() as temporary:
        pages, packages = built(Path(temporary))
        say("visiting the stock book")
        stock, _ = visit(pages, SLIDER, CURVE, "mjx-container", packages=packages)
    rows = [
        (kind, *(f"{c.bytes[kind] / 1000:,.1f}" for c in (ours, stock)))
        for kind in [*KINDS, "other"]
        if ours.bytes[kind] or stock.bytes[kind]
    ]
    totals = [f"**{c.total / 1000:,.1f}**" for c in (ours, stock)]
    requests = [c.requests.total() for c in (ours, stock)]
    verdict = "within" if ours.total <= ALLOWED else "**over**"
    publish(
        "pages",
        "# Page weight",
        f"A first visit to `{PAGE}`, gzipped, in KB (1000 bytes):",
        table(
            ("", "this book", "stock Jupyter Book"),
            [*rows, ("**together**", *totals), ("requests", *requests)],
        ),
        f"The stock page is {stock.total / ours.total:.1f} times as heavy. "
        f"This book's page is {verdict} its allowance of {ALLOWED / 1000:.0f} KB.",
        *ours.not_found("this book"),
        *stock.not_found("the stock book"),
        browser=version,
        timed=False,
    )


if __name__ == "__main__":
    main()

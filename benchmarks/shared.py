"""What the benchmarks share: one browser, the built book, and tables."""

import os
import platform
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks/results"
sys.path.insert(0, str(ROOT / "tools"))

from browser import ADVICE, ARGUMENTS, find  # noqa: E402  (lives in tools/)

# How much of the machine other programs keep busy, before a benchmark adds to it.
busy_before = psutil.cpu_percent(interval=2) / 100


@contextmanager
def chromium(*arguments: str) -> Iterator[Browser]:
    path = find()
    if path is None:
        sys.exit(ADVICE)
    arguments = (*ARGUMENTS, *arguments)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


def this_book() -> Path:
    """Return the folder of this book's built pages."""
    pages = ROOT / "_build/html"
    if not (pages / "index.html").exists():
        sys.exit("the book is not built: run `make book` first")
    return pages


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Format a Markdown table whose first column is text and the rest are numbers."""
    head = list(head)
    rule = ["---"] + ["---:"] * (len(head) - 1)
    lines = [head, rule, *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def publish(name: str, *paragraphs: str, timed: bool, browser: str = "") -> None:
    """Print the result, and write it to the file that the README quotes."""
    with_what = f" with Chromium {browser}" if browser else ""
    measured = f"Measured{with_what} on {platform.system()} {platform.machine()}, "
    measured += f"{os.cpu_count()} cores"
    busy = f"{100 * busy_before:.0f}\N{NO-BREAK SPACE}% busy at the start"
    measured += f", {busy}." if timed else "."
    if timed and busy_before > 0.2:
        measured += " **The machine was busy: measure the times again when it is not.**"
    text = "\n\n".join([*paragraphs, measured]) + "\n"
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.md").write_text(text, encoding="utf-8")
    print(text)


def say(text: str) -> None:
    """Report progress where it does not end up in the results."""
    print(text, file=sys.stderr, flush=True)

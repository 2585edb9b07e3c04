"""What the benchmarks share: one browser, and tables."""

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
def chromium() -> Iterator[Browser]:
    path = find()
    if path is None:
        sys.exit(ADVICE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


def table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """Format a Markdown table whose first column is text and the rest are numbers."""
    head = list(head)
    rule = ["---"] + ["---:"] * (len(head) - 1)
    lines = [head, rule, *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def publish(name: str, *paragraphs: str, browser: str, timed: bool) -> None:
    """Print the result, and write it to the file that the README quotes."""
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    measured = f"Measured with Chromium {browser} on {machine}"
    measured += f", {busy_before:.0%} busy at the start." if timed else "."
    if timed and busy_before > 0.2:
        measured += " **The machine was busy: measure the times again when it is not.**"
    text = "\n\n".join([*paragraphs, measured]) + "\n"
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.md").write_text(text, encoding="utf-8")
    print(text)


def say(text: str) -> None:
    """Report progress where it does not end up in the results."""
    print(text, file=sys.stderr, flush=True)

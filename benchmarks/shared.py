"""What the benchmarks share: one browser, and tables."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))

from browser import ADVICE, find  # noqa: E402  (lives in tools/)

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


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


def say(text: str) -> None:
    """Report progress where it does not end up in the results."""
    print(text, file=sys.stderr, flush=True)

"""What a screen reader is given of the beginning of a chapter, in its order.

`python tests/book/walked.py` writes it down anew, from the built book, where the page on
accessibility shows it.
"""

import re
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "_build/html/chapters/log-curve.html"
WRITTEN = ROOT / "chapters/log-curve.walk.txt"

#: Where the walk ends.
LAST = 'heading "Why it must be a logarithm" [level=2]'

#: What holds others and says nothing itself, and what a row has said already.
SILENT = re.compile(r"(/url|cell|rowheader|columnheader)\b|[a-z]+:?$")


def flat(snapshot: str) -> list[str]:
    """Return a line for each thing that is announced: its kind, and its words."""
    lines = []
    for line in snapshot.split("\n"):
        said = line.strip().removeprefix("- ")
        if said.startswith("'"):  # as YAML quotes what has a colon in it
            said = said.removesuffix(":").strip("'").replace("''", "'")
        said = said.removesuffix(":")
        if not SILENT.match(said):
            lines.append(re.sub(r"^(\w+): \"(.*)\"$", r"\1: \2", said))
    return lines


def valued(tab: Page, line: str) -> str:
    """Give a slider the words that are said of its value, in place of its position."""
    if name := re.match(r'slider "(.+)": ".*"$', line):
        slider = tab.get_by_role("slider", name=name[1]).first
        return f'slider "{name[1]}": {slider.get_attribute("aria-valuetext")}'
    return line


def walk(browser: Browser) -> list[str]:
    """Go through the page as who comes for the first time; guess; meet the explorer."""
    tab = browser.new_page(viewport={"width": 1400, "height": 900})
    tab.goto(PAGE.as_uri())
    tab.wait_for_selector(".ce-frame", state="attached")
    lines = flat(tab.locator(".bd-article").aria_snapshot())
    beginning = [valued(tab, line) for line in lines[: lines.index(LAST)]]
    box = tab.locator(".ce-guess-box")
    box.get_by_role("slider").press("ArrowRight")
    box.get_by_role("button", name="This is my guess").click()
    tab.locator("#loss-curve .ce-frame").wait_for()
    snapshot = tab.locator("#loss-curve").aria_snapshot()
    explorer = [valued(tab, line) for line in flat(snapshot)]
    tab.close()
    return [*beginning, "", "After a guess the explorer is there:", "", *explorer]


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "tools"))
    from browser import ARGUMENTS, find

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find(), args=ARGUMENTS)
        WRITTEN.write_text("\n".join(walk(chromium)) + "\n", encoding="utf-8")

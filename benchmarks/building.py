"""How the time to build a book grows with the number of its chapters.

Small books of copies of one chapter that computes, built from nothing: with this book's
configuration and extensions, and as stock Jupyter Books. The first build of each kind warms
the machine up and does not count.
"""

import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import stock
from shared import ROOT, publish, say, table

sys.path.insert(0, str(ROOT / "tests/book"))

import small_book

CHAPTERS = (2, 4, 8, 16)

# Sphinx reads pages side by side from six on: so many even the smallest book has.
BESIDES = {f"chapters/short-{n}": f"# Short {n}\n\nA short page.\n" for n in (1, 2)}

# Names that are there once in a book: of places, equations, figures and exercises.
NAME = re.compile(
    r"^(\(|\$\$ \(|    name: |:label: |```\{solution\} )([\w-]+)(?=\)|$)", re.MULTILINE
)
# Links to what a small book does not have.
LINK = re.compile(r"\[([^\]]+)\]\([\w-]+\.md\)|\{ref\}`([^<`]+) <[^>]+>`")

# How much dearer the last chapters may be than the first, to call it linear.
LINEAR = 1.25


def copies(text: str, number: int) -> dict[str, str]:
    """The chapter that many times, and the short pages."""
    text = LINK.sub(lambda link: link[1] or link[2], text)
    chapters = {
        f"chapters/copy-{n}": NAME.sub(rf"\1\2-{n}", text) for n in range(number)
    }
    return chapters | BESIDES


def ours(folder: Path, number: int) -> None:
    """Write and build a book as this one is built."""
    text = (ROOT / f"{stock.PAGE}.md").read_text(encoding="utf-8")
    pages = copies(text, number)
    small_book.small_book(folder)
    stock.write(folder, pages)
    for page in pages:
        emblem = folder / f"emblems/{page}.svg"
        emblem.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / f"emblems/{stock.PAGE}.svg", emblem)
    done = small_book.build(folder)
    if done.returncode:
        sys.exit(f"a book of {number} does not build:\n{done.stderr[-2000:]}")


def usual(folder: Path, number: int) -> None:
    """Write and build a stock book."""
    stock.write(folder, copies(stock.chapter(), number))
    stock.build(folder)


def seconds(build: Callable[[Path, int], None], number: int) -> float:
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        build(Path(folder), number)
        taken = time.perf_counter() - start
    say(f"  {build.__name__}, {number} chapters: {taken:.1f} s")
    return taken


def measure() -> dict[str, list[float]]:
    """The seconds of each kind, one for each number of chapters."""
    kinds = (ours, usual)
    for build in kinds:
        seconds(build, CHAPTERS[0])  # the warm-up
    each = [[seconds(build, number) for build in kinds] for number in CHAPTERS]
    return [list(column) for column in zip(*each, strict=True)]


def slopes(taken: list[float]) -> list[float]:
    """Seconds for one chapter more, between each number of chapters and the next."""
    steps = pairwise(zip(CHAPTERS, taken, strict=True))
    return [(more - less) / (many - few) for (few, less), (many, more) in steps]


def slope(taken: list[float]) -> float:
    """Seconds for one chapter more, from the smallest book to the largest."""
    return (taken[-1] - taken[0]) / (CHAPTERS[-1] - CHAPTERS[0])


def growth(taken: list[float]) -> str:
    """Whether the last chapters cost what the first did."""
    first, *_, last = slopes(taken)
    if first <= 0:
        return "cannot be told: the second book took no longer than the first"
    ratio = last / first
    kind = "linear" if ratio <= LINEAR else "**more than linear**"
    return f"is {kind}: one of the last takes {ratio:.2f} times as long as one of the first"


def main() -> None:
    here, there = measure()
    rows = [
        (number, *(f"{taken[i]:.1f}" for taken in (here, there)))
        for i, number in enumerate(CHAPTERS)
    ]
    steps = [
        (f"one more, from {few} to {many}", *(f"{value:.2f}" for value in each))
        for (few, many), *each in zip(
            pairwise(CHAPTERS), slopes(here), slopes(there), strict=True
        )
    ]
    publish(
        "building",
        "# Build time",
        f"A book of copies of `{stock.PAGE}`, built from nothing, in seconds:",
        table(("chapters", "this book", "stock Jupyter Book"), [*rows, *steps]),
        f"From {CHAPTERS[0]} to {CHAPTERS[-1]} chapters one more takes {slope(here):.1f} s "
        f"here and {slope(there):.1f} s in a stock Jupyter Book, "
        f"{slope(there) / slope(here):.1f} times as long.",
        f"In the number of chapters the time here {growth(here)}.",
        f"In a stock Jupyter Book it {growth(there)}.",
        "This book reads pages side by side, a stock one does not.",
        timed=True,
    )


if __name__ == "__main__":
    main()

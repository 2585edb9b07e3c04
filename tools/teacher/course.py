"""The course in its order: chapters as the table of contents has them, labs behind them."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import nbformat
import yaml
from grading.lab import sources

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Chapter:
    name: str
    number: int
    part: str


@cache
def chapters() -> tuple[Chapter, ...]:
    named = _pages(numbered=True)
    return tuple(Chapter(n, place, part) for place, (n, part) in enumerate(named, 1))


def other_pages() -> list[str]:
    """The pages behind the chapters, by name."""
    return [name for name, _ in _pages(numbered=False)]


def _pages(*, numbered: bool) -> list[tuple[str, str]]:
    """Pages of the table of contents, each with the part that it is in."""
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text("utf-8"))
    return [
        (Path(page["file"]).name, part["caption"])
        for part in toc["parts"]
        if bool(part.get("numbered")) == numbered
        for page in part["chapters"]
    ]


@cache
def labs() -> tuple[Path, ...]:
    """The labs, each behind the chapter that it comes after."""
    order = [chapter.name for chapter in chapters()]

    def place(lab: Path) -> tuple[int, str]:
        return order.index(nbformat.read(lab, 4).metadata["after"]), lab.name

    return tuple(sorted(sources(), key=place))

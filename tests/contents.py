"""The table of contents, as the book's tests read it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
PARTS = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))["parts"]


def pages(entries: list[dict[str, Any]]) -> Iterator[str]:
    """The pages of a part, and those below them, in the order of leafing through."""
    for entry in entries:
        if "glob" in entry:
            for path in sorted(ROOT.glob(f"{entry['glob']}.md")):
                yield path.relative_to(ROOT).with_suffix("").as_posix()
        else:
            yield entry["file"]
            yield from pages(entry.get("sections", []))


#: Every page after the cover.
ALL = [page for part in PARTS for page in pages(part["chapters"])]

#: Those that the contents always show; a page below another one is shown beside it.
LISTED = [entry["file"] for part in PARTS for entry in part["chapters"]]

#: The numbered chapters: the first is chapter 1.
CHAPTERS = [
    page for part in PARTS if part.get("numbered") for page in pages(part["chapters"])
]

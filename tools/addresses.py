"""Add the addresses of the built book to those that must never die.

Run it when a version goes out: `python tools/addresses.py`, or with the folder of another
build. `tests/book/test_moved.py` then holds the book to what is listed.
"""

import re
import sys
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # the book's extension is installed nowhere

from bookext.moved import ANCHOR  # noqa: E402

BOOK = ROOT / "_build/html"
LISTED = ROOT / "tests/book/addresses.yml"

#: Names that a machine counts, or takes from the theme or a drawing: nobody is shown them.
COUNTED = re.compile(
    r"(id|index-)\d+|.*-solution-\d+|(exercise|solution)-content|figure\d+-.*|pst-.*"
    r"|lab-\d+-.*"
)

HEAD = """\
# Addresses that readers may have: each page of the book as it once stood, and the names
# behind `#` that lead to a part of it. Written by tools/addresses.py; nothing leaves it.
"""


def names(path: Path) -> set[str]:
    """Return what a link into a page can name."""
    article = path.read_text(encoding="utf-8").partition("<article")[2]
    found = ANCHOR.findall(article.partition("</article>")[0])
    return {name for name in found if not COUNTED.fullmatch(name)}


def addresses(folder: Path) -> dict[str, set[str]]:
    """Return the pages of a built book that were written, and their names."""
    pages = (path.relative_to(folder) for path in folder.rglob("*.html"))
    written = (p for p in pages if not p.parts[0].startswith("_"))
    found = {p.with_suffix("").as_posix(): names(folder / p) for p in written}
    return {page: known for page, known in found.items() if known}


def listed() -> dict[str, set[str]]:
    """Return the addresses listed so far."""
    text = LISTED.read_text(encoding="utf-8") if LISTED.exists() else ""
    return {
        page: set(known.split()) for page, known in (yaml.safe_load(text) or {}).items()
    }


def main(folder: Path) -> None:
    known = listed()
    for page, found in addresses(folder).items():
        known[page] = known.get(page, set()) | found
    joined = {page: " ".join(sorted(found)) for page, found in sorted(known.items())}
    LISTED.write_text(HEAD + yaml.safe_dump(joined, width=96), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else BOOK)

"""Make an EPUB of the whole book, out of its built pages, in _build/paper.

python tools/epub.py
"""

import sys
from pathlib import Path

from paper.electronic import electronic
from paper.front import front
from paper.pages import Unmade
from paper.pictures import browser, taken
from paper.volume import volume

from paper import pages

FILE = pages.ROOT / "_build/paper/cross-entropy.epub"


def write(to: Path) -> None:
    """Write the EPUB into a file, in place of an earlier one."""
    to.parent.mkdir(parents=True, exist_ok=True)
    whole = volume(painted=False)
    with browser() as chromium:
        pictures = taken(chromium, pages.every(), images=True)
        cover = front(whole, pictures, chromium, to.parent)
    electronic(whole, pictures, cover, to)


def main() -> None:
    try:
        write(FILE)
    except Unmade as problem:
        sys.exit(str(problem))
    print(f"The book is in one file, {FILE.stat().st_size / 1e6:.1f} MB: {FILE}")


if __name__ == "__main__":
    main()

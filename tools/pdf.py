"""Make one PDF of the whole book, out of its built pages, in _build/paper.

python tools/pdf.py
"""

import sys
from pathlib import Path

from paper.pages import Unmade
from paper.pictures import browser, taken
from paper.printing import printed
from paper.volume import volume

from paper import pages

FILE = pages.ROOT / "_build/paper/cross-entropy.pdf"


def write(to: Path) -> None:
    """Write the PDF into a file, in place of an earlier one."""
    to.parent.mkdir(parents=True, exist_ok=True)
    whole = volume(painted=True)
    with browser() as chromium:
        pictures = taken(chromium, pages.every(), images=False)
        to.write_bytes(printed(whole, pictures, chromium, to.parent))


def main() -> None:
    try:
        write(FILE)
    except Unmade as problem:
        sys.exit(str(problem))
    print(f"The book is printed, {FILE.stat().st_size / 1e6:.1f} MB. Open {FILE}")


if __name__ == "__main__":
    main()

"""Make an EPUB of the whole book, out of its built pages, in _build/paper.

python tools/epub.py
"""

from pathlib import Path

from printed import command, pages
from printed.electronic import electronic
from printed.front import front
from printed.pictures import browser, taken
from printed.volume import volume


def write(to: Path) -> None:
    whole = volume(painted=False)
    with browser() as chromium:
        pictures = taken(chromium, pages.every(), images=True)
        cover = front(whole, pictures, chromium, to.parent)
    electronic(whole, pictures, cover, to)


if __name__ == "__main__":
    command.run(write, "epub")

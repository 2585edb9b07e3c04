"""Make one PDF of the whole book, out of its built pages, in _build/paper.

python tools/pdf.py
"""

from pathlib import Path

from printed import command, pages
from printed.pictures import browser, taken
from printed.printing import as_pdf
from printed.volume import volume


def write(to: Path) -> None:
    whole = volume(painted=True)
    with browser() as chromium:
        pictures = taken(chromium, pages.every(), images=False)
        to.write_bytes(as_pdf(whole, pictures, chromium, to.parent))


if __name__ == "__main__":
    command.run(write, "pdf")

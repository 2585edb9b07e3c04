"""Cut the book's type down to the characters it uses: `python tools/faces.py`, after a build.

The whole faces lie in `tools/type/`; what is cut goes to `bookext/assets/faces/`, and with the
pages to their readers. Run it when a test says that a page has a character which its face has
not. It reads the built pages and their scripts.

A face that was cut is a modified one, which may not bear the name that is reserved for the
original: it loses its name.
"""

import logging
import sys
from collections import defaultdict
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

from fontTools import subset
from fontTools.varLib import instancer

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bookext.faces import ELEMENTS, FOLDER  # noqa: E402

WHOLE = ROOT / "tools/type"
CUT = ROOT / "bookext/assets" / FOLDER
BOOK = ROOT / "_build/html"
SCRIPTS = (
    "bookext/assets/*.js",
    "bookext/static/*.js",
    "bookext/static/explorers/*.js",
)

#: What may be typed into a field, or begin and end a sentence.
ALWAYS = "".join(map(chr, range(0x20, 0x7F))) + "−×–—‘’“”…"

FEATURES = ["kern", "tnum"]  # pairs that fit, and figures of one width


class Face(NamedTuple):
    file: str
    weights: tuple[int, int] | None = None  # of one whose weight varies


FACES = {
    "text": Face("SourceSerif4-Regular"),
    "text-italic": Face("SourceSerif4-It"),
    "text-semibold": Face("SourceSerif4-Semibold"),
    "interface": Face("SourceSans3VF-Upright", (400, 600)),
    "code": Face("SourceCodePro-Regular"),
}

#: What stands in there is not seen, or comes in fonts of its own.
ASIDE = frozenset({"script", "style", "title"})
FORMULA = "katex"
VOID = frozenset({"br", "col", "hr", "img", "input", "link", "meta", "wbr"})


class Texts(HTMLParser):
    """Collects the characters of pages, by the elements they stand in."""

    def __init__(self) -> None:
        super().__init__()
        self.way: list[
            tuple[str, bool]
        ] = []  # from the root: an element, and is it aside?
        self.everywhere: set[str] = set()
        self.within: dict[str, set[str]] = defaultdict(set)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        for name in ("placeholder", "value"):
            self.everywhere.update(said.get(name) or "")
        if tag not in VOID:
            classes = (said.get("class") or "").split()
            self.way.append((tag, tag in ASIDE or FORMULA in classes))

    def handle_endtag(self, tag: str) -> None:
        tags = [one for one, _ in self.way]
        if tag in tags:
            del self.way[len(tags) - 1 - tags[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if any(aside for _, aside in self.way):
            return
        self.everywhere.update(data)
        for tag, _ in self.way:
            self.within[tag].update(data)


def used(pages: Iterable[str], scripts: Iterable[str]) -> dict[str, set[str]]:
    """The characters that these pages and scripts need of each face."""
    texts = Texts()
    for page in pages:
        texts.feed(page)
        texts.reset()
        texts.way.clear()
    everywhere = texts.everywhere.union(*scripts)
    return {
        name: set(ALWAYS).union(*(texts.within[tag] for tag in ELEMENTS[name]))
        if name in ELEMENTS
        else everywhere | set(ALWAYS)
        for name in FACES
    }


def cut(face: Face, characters: Iterable[str], to: Path) -> None:
    """Write the part of a face that sets these characters, without its name."""
    options = subset.Options(
        flavor="woff2",
        ignore_missing_unicodes=True,
        hinting=False,
        layout_features=FEATURES,
        name_IDs=[0, 13, 14],  # whose it is, and its licence
    )
    font = subset.load_font(str(WHOLE / f"{face.file}.woff2"), options)
    cutter = subset.Subsetter(options)
    cutter.populate(text="".join(sorted(characters)))
    cutter.subset(font)
    if face.weights:
        font = instancer.instantiateVariableFont(font, {"wght": face.weights})
    subset.save_font(font, str(to), options)


def main() -> None:
    logging.disable(logging.WARNING)  # of tables that are dropped
    pages = (page for page in BOOK.rglob("*.html") if "_static" not in page.parts)
    scripts = (script for pattern in SCRIPTS for script in ROOT.glob(pattern))
    needed = used(_texts(pages), _texts(scripts))
    CUT.mkdir(exist_ok=True)
    for name, characters in needed.items():
        to = CUT / f"{name}.woff2"
        cut(FACES[name], characters, to)
        print(f"{to.stat().st_size:6} {name}: {len(characters)} characters")


def _texts(paths: Iterable[Path]) -> Iterable[str]:
    return (path.read_text(encoding="utf-8") for path in paths)


if __name__ == "__main__":
    main()

"""The book as an EPUB: a file for each page, formulas as MathML, explorers as pictures.

What is in it, a reader's programme finds through its package document, and a reader through
its contents. Nothing of the book's own type comes along: on such a device the reader chooses.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape
from pathlib import Path

from bs4 import Tag
from packed import packed
from teacher.printed import as_mathml

from bookext.figures import FOLDER
from bookext.formulas import line
from ce_lib import __version__
from printed.filled import filled
from printed.pages import BOOK, Unmade
from printed.pictures import Picture
from printed.still import made
from printed.volume import Part, Volume

HERE = Path(__file__).parent

#: Where the file says what it is, where it keeps the book, and in it the pictures.
TYPE, INSIDE, PICTURES = "mimetype", "book", "pictures"

#: What only a sheet of the pages or a browser reads; an EPUB's rules do not know some of it.
UNREAD = [
    "data-practice",
    "data-record",
    "data-needs",
    "tabindex",
    "role",
    "align",
    "style",
    "aria-hidden",
]


@dataclass
class Written:
    """A file of the book: its name, its text, and what a reader's programme must know of it."""

    name: str
    text: bytes
    kind: str = "application/xhtml+xml"
    properties: list[str] = field(default_factory=list)

    @property
    def id(self) -> str:
        return "f-" + self.name.replace("/", "-")


def electronic(
    volume: Volume, pictures: dict[str, list[Picture]], cover: bytes, to: Path
) -> None:
    """Write the book into one file."""
    files = [
        Written("book.css", (HERE / "static/epub.css").read_bytes(), "text/css"),
        Written(f"{PICTURES}/cover.png", cover, "image/png", ["cover-image"]),
    ]
    for part in volume.parts:
        files += explorers(part, volume, pictures.get(part.name, []))
        files += figures(part.body)
    for part in (volume.cover, *volume.parts):
        without_paint(part.body)
    lead_to_files(volume.parts)
    told = {"volume": volume, "parts": volume.parts, "version": __version__}
    files += [xhtml("cover", "title.xhtml", **told)]
    for part in volume.parts:
        files.append(xhtml(part.name, "part.xhtml", part=part))
    contents = xhtml("contents", "contents.xhtml", **told)
    contents.properties = ["nav"]
    package = filled(
        "package.opf", **told, **metadata(volume), files=[*files, contents]
    )
    everything = [*files, contents, Written("package.opf", package.encode())]
    put(everything, to)


def put(files: Iterable[Written], to: Path) -> None:
    """Pack the files as readers' programmes expect it: what it is comes first, as it is."""
    container = filled("container.xml", inside=INSIDE).encode()
    members = {TYPE: b"application/epub+zip", "META-INF/container.xml": container}
    members |= {f"{INSIDE}/{file.name}": file.text for file in files}
    to.write_bytes(packed(members, plain=[TYPE]))


def metadata(volume: Volume) -> dict[str, str]:
    """What the book is called for ever, and when it was made."""
    named = volume.whole.address or volume.cover.title
    made_at = (BOOK / "index.html").stat().st_mtime
    return {
        "identifier": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{named} {__version__}')}",
        "modified": datetime.fromtimestamp(made_at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "lead": volume.told()["in_short"],
    }


# A page in it


def without_paint(body: Tag) -> None:
    """Keep what every reader's programme shows of what a browser paints."""
    for formula in body.select(".katex"):
        display = "katex-display" in (formula.parent or formula).get("class", [])
        math = as_mathml(formula, display)
        math["alttext"] = line(str(math))
        formula.replace_with(math)
    for picture in body.select("svg.ce-rule-picture"):
        picture.replace_with(*made(f"<p>{escape(str(picture['aria-label']))}</p>"))
    for drawing in body.select("svg"):
        drawing.decompose()
    for rest in body.select("a.page-of"):
        rest.decompose()
    for code in body.select("pre"):
        code.string = code.get_text()  # without its colours
    for element in body.find_all(True):
        for attribute in UNREAD:
            del element[attribute]


def explorers(part: Part, volume: Volume, pictures: list[Picture]) -> list[Written]:
    files = []
    places = part.body.select(".ce-explorer")
    if len(places) != len(pictures):
        raise Unmade(
            f"{part.name}: expected a picture of {len(places)} explorers, got {len(pictures)}"
        )
    for number, (place, picture) in enumerate(zip(places, pictures, strict=True), 1):
        name = f"{PICTURES}/{part.name}-{number}.png"
        files.append(Written(name, picture.image, "image/png"))
        alive = volume.whole.alive(part.name, picture.link, picture.pressed)
        place.replace_with(
            *made(
                f'<figure class="explorer"><img src="{name}" alt="{escape(picture.alt)}"/>'
                f"<figcaption>{alive}</figcaption></figure>"
            )
        )
    return files


def figures(body: Tag) -> list[Written]:
    """The figures are the files that the book's captions link (bookext/figures.py)."""
    files = []
    for figure in body.select("svg.ce-figure"):
        name = str(figure["data-file"])
        text = (BOOK / FOLDER / name).read_bytes()
        files.append(Written(f"{PICTURES}/{name}", text, "image/svg+xml"))
        alt = escape(str(figure["aria-label"]))
        figure.replace_with(*made(f'<img src="{PICTURES}/{name}" alt="{alt}"/>'))
    return files


def lead_to_files(parts: list[Part]) -> None:
    """A name in another file is linked with the file's."""
    where = {
        str(element["id"]): part.name
        for part in parts
        for element in part.body.select("[id]")
    }
    for part in parts:
        for link in part.body.select('a[href^="#"]'):
            name = str(link["href"])[1:]
            file = where.get(name)
            link["href"] = f"{file}.xhtml#{name}" if file else f"{name}.xhtml"


def xhtml(name: str, template: str, **told: object) -> Written:
    text = filled(template, **told)
    known = ["mathml"] if "<math" in text else []
    return Written(f"{name}.xhtml", text.encode(), properties=known)

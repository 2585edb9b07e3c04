"""The picture that stands beside a link to a page where somebody shares it.

It is drawn when the book is built, out of the page's emblem, its title and the book's name, in
the book's own type. A page without an emblem has the book's own card. Whoever fetches the
picture needs its full address: it is known once `html: baseurl` in _config.yml names the
book's; until then the address is relative to the page.
"""

import hashlib
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.etree import ElementTree

from fontTools.ttLib import TTFont
from fontTools.varLib import instancer
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Shape
from matplotlib.transforms import Affine2D
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from bookext import faces
from bookext.emblems import file_of, listed
from ce_lib.palette import LIGHT

WIDTH, HEIGHT = 1200, 630  # pixels, what those who show such cards ask for
FOLDER = "_static/cards"

#: Where the parts stand, in pixels from the top left.
EMBLEM_AT, EMBLEM_SIZE = (80, 135), 360
TEXT_AT, LINE_HEIGHT, LETTERS = 510, 82, 18

#: What sets the titles of pages, of which the weight varies.
FACE = Path(__file__).with_name("assets") / faces.FOLDER / "interface.woff2"
BOLD, REGULAR = 600, 400

#: A picture's own note of what it was drawn from: it is drawn again when that changes.
NOTE = "Comment"

NUMBERS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "Z": 0}
TOKEN = re.compile(r"[A-Za-z]|-?(?:\d+\.?\d*|\.\d+)")
DESCRIPTION = re.compile(r'<meta content="([^"]*)" name="description"')
TAG = re.compile(r"<[^>]+>")
NUMBER = re.compile(r"^\d+\.\s+")


@dataclass(frozen=True)
class Card:
    """What the head of a page says of itself (``templates/layout.html``)."""

    title: str
    description: str
    image: str
    alt: str
    width: int = WIDTH
    height: int = HEIGHT


def shape(element: ElementTree.Element) -> Shape:
    """Return the outline of a `path`, `rect` or `circle` of an emblem."""
    kind = element.tag.rpartition("}")[2]
    if kind == "path":
        return _path(element.get("d", ""))
    if kind == "rect":
        x, y, width, height = (
            float(element.get(name, 0)) for name in ("x", "y", "width", "height")
        )
        return _path(f"M{x} {y}H{x + width}V{y + height}H{x}Z")
    if kind == "circle":
        x, y, r = (float(element.get(name, 0)) for name in ("cx", "cy", "r"))
        return Shape.circle((x, y), r)
    raise ValueError(f"expected path, rect or circle, got {kind}")


def _path(d: str) -> Shape:
    """Read the commands M, L, H, V, C and Z with absolute coordinates."""
    points: list[tuple[float, float]] = []
    codes: list[int] = []
    tokens = TOKEN.findall(d)
    command, x, y = "", 0.0, 0.0
    while tokens:
        if tokens[0].isalpha():
            command = tokens.pop(0)
        if command not in NUMBERS:
            raise ValueError(
                f"expected the commands {', '.join(NUMBERS)}, got {command!r}"
            )
        values = [float(tokens.pop(0)) for _ in range(NUMBERS[command])]
        if command == "H":
            values.append(y)
        elif command == "V":
            values.insert(0, x)
        pairs = list(zip(values[::2], values[1::2], strict=True)) or [(x, y)]
        x, y = pairs[-1]
        points += pairs
        codes += {
            "M": [Shape.MOVETO],
            "C": [Shape.CURVE4] * 3,
            "Z": [Shape.CLOSEPOLY],
        }.get(command, [Shape.LINETO])
    return Shape(points, codes)


def patches(svg: Path) -> Iterator[PathPatch]:
    """Each stroke of an emblem, where it stands on the card."""
    root = ElementTree.parse(svg).getroot()
    left, top, width, height = map(float, root.get("viewBox", "0 0 48 48").split())
    scale = EMBLEM_SIZE / max(width, height)
    place = Affine2D().translate(-left, -top).scale(scale).translate(*EMBLEM_AT)
    for element in root:
        said = {**root.attrib, **element.attrib}
        stroke, fill = said.get("stroke", "none"), said.get("fill", "none")
        yield PathPatch(
            place.transform_path(shape(element)),
            edgecolor=stroke,
            facecolor=fill,
            linewidth=float(said.get("stroke-width", 1)) * scale * 0.72,  # in points
            capstyle="round",
            joinstyle="round",
        )


@cache
def _unpacked() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="cards-")  # as long as the program runs


@cache
def face(weight: int) -> FontProperties:
    """The book's type in one weight, in the only form that matplotlib reads: a file."""
    font = instancer.instantiateVariableFont(TTFont(FACE), {"wght": weight})
    font.flavor = None  # not packed
    path = Path(_unpacked().name, f"{weight}.ttf")
    font.save(path)
    return FontProperties(fname=path)


def draw(path: Path, title: str, book: str, emblem: Path, note: str) -> None:
    figure = Figure(
        figsize=(WIDTH / 100, HEIGHT / 100), dpi=100, facecolor=LIGHT["paper"]
    )
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, WIDTH), ylim=(HEIGHT, 0))
    axes.set_axis_off()
    if emblem.exists():
        for patch in patches(emblem):
            axes.add_patch(patch)
    lines = textwrap.wrap(
        title, LETTERS, break_long_words=False, break_on_hyphens=False
    )
    said = {"color": LIGHT["ink"], "parse_math": False}
    first = HEIGHT / 2 - LINE_HEIGHT * (len(lines) - 1) / 2 + 20
    for number, line in enumerate(lines):
        y = first + number * LINE_HEIGHT
        axes.text(TEXT_AT, y, line, size=52, font=face(BOLD), **said)  # type: ignore[arg-type]
    if title != book:
        said["color"] = LIGHT["quiet"]
        axes.text(TEXT_AT, HEIGHT - 62, book, size=24, font=face(REGULAR), **said)  # type: ignore[arg-type]
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path)
    # Few colours: a palette makes the file three times smaller.
    said_of_it = PngInfo()
    said_of_it.add_text(NOTE, note)
    with Image.open(path) as picture:
        few = picture.convert("RGB").quantize(64)
    few.save(path, pnginfo=said_of_it, optimize=True)


def noted(path: Path) -> str:
    """What a picture says it was drawn from; nothing if there is none."""
    if not path.exists():
        return ""
    with Image.open(path) as picture:
        return str(picture.info.get(NOTE, ""))


def pictured(app: Sphinx) -> dict[str, str]:
    """The pages with a card of their own, with their titles; the first is the book's."""
    titles = {app.config.root_doc: app.config.html_title}
    return titles | {page: app.env.titles[page].astext() for page in listed(app.env)}


def draw_all(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.format != "html":
        return
    folder = Path(app.outdir, FOLDER)
    wanted = set()
    for page, title in pictured(app).items():
        emblem = file_of(Path(app.srcdir), page)
        parts = [Path(__file__).read_bytes(), FACE.read_bytes(), title.encode()]
        parts += [emblem.read_bytes()] if emblem.exists() else []
        note = hashlib.sha256(b"\0".join(parts)).hexdigest()
        path = folder / f"{page}.png"
        wanted.add(path)
        if noted(path) == note:
            continue
        try:
            draw(path, title, app.config.html_title, emblem, note)
        except (ValueError, ElementTree.ParseError) as problem:
            raise ExtensionError(
                f"{emblem.relative_to(app.srcdir)}: {problem}"
            ) from problem
    for old in set(folder.rglob("*.png")) - wanted:
        old.unlink()


def add_to_page(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any
) -> None:
    pages = pictured(app)
    shown = page if page in pages else app.config.root_doc
    image = f"{FOLDER}/{shown}.png"
    base = app.config.html_baseurl.rstrip("/")
    title = NUMBER.sub("", unescape(TAG.sub("", context.get("title") or "")))
    found = DESCRIPTION.search(context.get("metatags") or "")
    context["card"] = Card(
        title=title or app.config.html_title,
        description=unescape(found[1]) if found else "",
        image=f"{base}/{image}" if base else context["pathto"](image, 1),
        alt=f"{pages[shown]}: its title, with a small drawing.",
    )


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", add_to_page)
    app.connect("build-finished", draw_all)

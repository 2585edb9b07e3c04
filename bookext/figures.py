"""Figures that follow the reader's theme.

A matplotlib figure is put into the page as inline SVG, its palette colours replaced by
the variables that the explorers use. One picture serves light, dark and print. Every
figure must have alt text and a caption: without them the build warns, and so fails.

The same picture by itself, in the light colours and with its alt text as its title, is a file
that the caption links: for a slide, a handout, a paper.
"""

import re
from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging

from ce_lib.palette import LIGHT

logger = logging.getLogger(__name__)

#: Where the files lie, from the book's folder, and a link to one.
FOLDER = "_static/figures"
LINK = re.compile(rf'href="[^"]*{FOLDER}/([^"]+)"')

_COLOURS = {colour: f"var(--ce-{meaning})" for meaning, colour in LIGHT.items()}
_COLOUR = re.compile("|".join(map(re.escape, _COLOURS)))


def inline(svg: str, alt: str, key: str) -> str:
    """Turn a matplotlib SVG file into an accessible, theme-aware inline picture."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    # It would speak of the whole page, and stand inline: book.css says the same.
    svg = re.sub(r"<style.*?</style>", "", svg, flags=re.DOTALL)
    # Several figures share a page: give the ids of each a prefix of its own.
    svg = re.sub(r'\bid="', f'id="{key}-', svg)
    svg = re.sub(r'(url\(|href=")#', rf"\1#{key}-", svg)
    svg = _COLOUR.sub(lambda match: _COLOURS[match.group()], svg)
    opening = (
        f'<svg class="ce-figure" role="img" aria-label="{escape(alt, quote=True)}"'
    )
    svg = re.sub(
        r'<svg( [^>]*?)? width="[^"]*" height="[^"]*"', r"<svg\1", svg, count=1
    )
    svg = re.sub(r'<svg([^>]*?) height="[^"]*"', r"<svg\1", svg, count=1)
    svg = re.sub(r'<svg([^>]*?) width="[^"]*"', r"<svg\1", svg, count=1)
    return svg.replace("<svg", opening, 1)


def alone(svg: str, alt: str) -> str:
    """Turn a matplotlib SVG file into one that needs nothing else, and says what it shows."""
    svg = re.sub(
        r"<metadata>.*?</metadata>\s*", "", svg[svg.index("<svg") :], flags=re.S
    )
    # As on the page: around letters there is paper.
    letters = f"text{{paint-order:stroke;stroke:{LIGHT['paper']};stroke-width:3px}}"
    svg = svg.replace("</style>", f"{letters}</style>", 1)
    return re.sub(r">", f">\n <title>{escape(alt, quote=False)}</title>", svg, count=1)


def link(page: str, name: str) -> str:
    """The link of a caption to its figure's file; it is alone on no line."""
    address = f"{'../' * page.count('/')}{FOLDER}/{name}.svg"
    said = f"SVG: {name.replace('-', ' ')}"
    there = f'<a class="ce-svg" href="{address}" download aria-label="{said}">SVG</a>'
    return f"\N{NO-BREAK SPACE}{there}"


class InlineFigures(SphinxPostTransform):
    default_priority = 100
    formats = ("html",)

    def run(self, **options: object) -> None:
        for number, image in enumerate(list(self.document.findall(nodes.image))):
            path = Path(self.env.srcdir, image["uri"])
            if path.suffix != ".svg" or not path.exists():
                continue
            text = path.read_text(encoding="utf-8")
            if "matplotlib" not in text:
                continue
            if not image.get("alt"):
                logger.warning("a figure has no alt text", location=image)
            if not isinstance(image.parent, nodes.figure):
                logger.warning("a figure has no caption", location=image)
            alt = image.get("alt", "")
            if isinstance(image.parent, nodes.figure):
                self.offer(image.parent, alone(text, alt), number)
            html = inline(text, alt, f"figure{number}")
            image.replace_self(nodes.raw("", html, format="html"))

    def offer(self, figure: nodes.figure, svg: str, number: int) -> None:
        """Write the picture into a file, named as the figure is, and link it."""
        page = self.env.docname
        unnamed = f"{Path(page).name}-{number + 1}"
        name = figure["ids"][0] if figure["ids"] else unnamed
        path = Path(self.app.outdir, FOLDER, f"{name}.svg")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(svg, encoding="utf-8")
        for caption in figure.findall(nodes.caption):
            caption += nodes.raw("", link(page, name), format="html")


def clear(app: Sphinx, error: Exception | None) -> None:
    """Remove the files of figures that no page shows any more."""
    if error or app.builder.format != "html":
        return
    book = Path(app.outdir)
    pages = (path for path in book.rglob("*.html") if "_static" not in path.parts)
    shown = {name for page in pages for name in LINK.findall(page.read_text("utf-8"))}
    for path in (book / FOLDER).glob("*.svg"):
        if path.name not in shown:
            path.unlink()


def setup(app: Sphinx) -> None:
    app.add_post_transform(InlineFigures)
    app.connect("build-finished", clear)

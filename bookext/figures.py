"""Figures that follow the reader's theme.

A matplotlib figure is put into the page as inline SVG, its palette colours replaced by
the variables that the explorers use. One picture serves light, dark and print. Every
figure must have alt text and a caption: without them the build warns, and so fails.
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
            html = inline(text, image.get("alt", ""), f"figure{number}")
            image.replace_self(nodes.raw("", html, format="html"))


def setup(app: Sphinx) -> None:
    app.add_post_transform(InlineFigures)

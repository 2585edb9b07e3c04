"""What a book needs at an address of its own: a list of its pages, and one for those it lacks.

All of it is written once `html: baseurl` in _config.yml names the address: a list of pages
holds full ones, and the page that a server shows for an address that leads nowhere must not
depend on where that was.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from sphinx.application import Sphinx

LOST = "404"
SCRIPT = "lost.js"
SITEMAP, ROBOTS = "sitemap.xml", "robots.txt"
SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"


def base(app: Sphinx) -> str:
    return str(app.config.html_baseurl).rstrip("/")


def lost_page(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    if base(app):
        yield LOST, {"title": "This page is not here", "base": base(app)}, "lost.html"


def add_script(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any
) -> None:
    if page == LOST:
        app.add_js_file(SCRIPT, loading_method="defer")


def sitemap(app: Sphinx) -> bytes:
    root = ElementTree.Element("urlset", xmlns=SCHEMA)
    for page in sorted(app.env.found_docs):
        address = f"{base(app)}/{app.builder.get_target_uri(page)}"
        url = ElementTree.SubElement(root, "url")
        ElementTree.SubElement(url, "loc").text = address
    return ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)


def write(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.format != "html":
        return
    folder = Path(app.outdir)
    if not base(app):
        for name in (SITEMAP, ROBOTS, f"{LOST}.html"):
            (folder / name).unlink(missing_ok=True)
        return
    (folder / SITEMAP).write_bytes(sitemap(app))
    (folder / ROBOTS).write_text(
        f"User-agent: *\nAllow: /\n\nSitemap: {base(app)}/{SITEMAP}\n", encoding="utf-8"
    )


def setup(app: Sphinx) -> None:
    app.connect("html-collect-pages", lost_page)
    app.connect("html-page-context", add_script)
    app.connect("build-finished", write)

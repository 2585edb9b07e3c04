"""A page that has gone, or moved, leaves nothing behind in a book that was built before.

Sphinx writes what is there and removes nothing: an old page would be served beside the new
one, and its notebook handed to the readers.
"""

from collections.abc import Container
from pathlib import Path

from sphinx.application import Sphinx

from bookext.wheel import FOLDER


def clear(folder: Path, pages: Container[str]) -> None:
    """Remove what a built book holds of pages that it has no more."""
    sources = folder / FOLDER
    for suffix in (".md", ".ipynb"):
        for source in sorted(sources.rglob(f"*{suffix}")):
            page = source.relative_to(sources).with_suffix("")
            if page.as_posix() not in pages:
                source.unlink()
                (folder / page).with_suffix(".html").unlink(missing_ok=True)


def tidy(app: Sphinx, error: Exception | None) -> None:
    if not error and app.builder.format == "html":
        clear(Path(app.outdir), app.env.found_docs)


def setup(app: Sphinx) -> None:
    # Before a page's old address gets the page that leads on (moved.py).
    app.connect("build-finished", tidy, priority=400)

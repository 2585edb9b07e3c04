"""Pages that are collected: what they say stands in the chapters, explorers and labs.

A chapter says what other pages show of it, in its own file and with numbers from its own
kernel: in ``{div} for-cover``, ``{div} for-glossary`` and ``{div} for-card``, which are not
shown where they stand. A collecting page marks the place with ``{div} collected-cover`` and
the like. While it is read, what belongs there replaces the mark, as Markdown: from then on
it is a page like any other, with links, index entries and a notebook.

One module per kind of page: `cover`, `gallery`, `glossary`, `card`, `labs`, `clinic` and
`licences`; the last asks the packages that the book is made with.
"""

import re
from collections import defaultdict
from html import unescape
from pathlib import Path
from typing import Any

from docutils import nodes
from myst_nb.core.variables import RetrievalError
from myst_nb.ext.eval import retrieve_eval_data
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.display import status_iterator
from sphinx_design.extension import Div

from bookext.assets import PLACE as EXPLORER
from bookext.collected import (
    card,
    clinic,
    cover,
    gallery,
    glossary,
    labs,
    licences,
)
from bookext.collected.course import Course
from bookext.evaluated import written

#: What a page may say for others, by the class of the ``div``.
FOR = ("for-cover", "for-glossary", "for-card")

#: What is written in the place with this class.
WRITERS = {
    "collected-cover": cover.write,
    "collected-gallery": gallery.write,
    "collected-glossary": glossary.write,
    "collected-card": card.write,
    "collected-labs": labs.write,
    "collected-clinic": clinic.write,
    "collected-finder": clinic.write_finder,
    "collected-licences": licences.write,
}

#: The sheets that only a page with such a place needs.
SHEETS = {
    "collected-cover": "cover.css",
    "collected-gallery": "gallery.css",
    "collected-card": "card.css",
    "collected-finder": "finder.css",
}

#: What is collected from besides pages.
NO_PAGES = ("ce_lib/explorers/*.py", "ce_lib/clinic/symptoms/*.py", "notebooks/*.ipynb")

#: A place: a ``div`` with what a reader of the source sees in it, or a code cell.
PLACE = re.compile(
    r"^(?P<fence>`{3,}|:{3,})"
    r"(?:\{div\} (?P<name>collected-\w+)(?: +(?P<of>[^\n]+))?"
    r"|\{code-cell\}[^\n]*\n:tags: \[[^\n\]]*\b(?P<tag>collected-\w+)[^\n]*)\n"
    r".*?^(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)

VALUE = re.compile(r"\{eval\}(`+)(.+?)\1", re.DOTALL)
SPECIAL = re.compile(r"([\\`*_$<\[])")


class DivForOthers(Div):
    """Keep what a page says for others; everything else is an ordinary ``div``."""

    def run_with_defaults(self) -> list[nodes.Node]:
        kind = self.arguments[0] if self.arguments else ""
        if kind not in FOR:
            return super().run_with_defaults()
        try:
            text = VALUE.sub(self.value, "\n".join(self.content))
        except RetrievalError as error:
            raise self.error(f"in {kind}: {error}") from error
        said(self.env)[self.env.docname][kind].append(text)
        return []

    def value(self, match: re.Match[str]) -> str:
        """Compute an expression here, where its names are known."""
        (output,) = retrieve_eval_data(self.state.document, match[2].strip())
        text = output.data["text/plain"]
        if text[:1] in "'\"" and text[:1] == text[-1:]:
            text = text[1:-1]
        return SPECIAL.sub(r"\\\1", written(text))


def said(env: BuildEnvironment) -> defaultdict[str, defaultdict[str, list[str]]]:
    """What each page says for others, by page and kind; kept from build to build."""
    if not hasattr(env, "said_for_others"):
        env.said_for_others = defaultdict(_lists)  # type: ignore[attr-defined]
    return env.said_for_others  # type: ignore[attr-defined,no-any-return]


def _lists() -> defaultdict[str, list[str]]:
    return defaultdict(list)


def forget(app: Sphinx, env: BuildEnvironment, page: str) -> None:
    said(env).pop(page, None)


def note_explorers(app: Sphinx, doctree: nodes.document) -> None:
    """Remember which explorers a page shows, in its order."""
    shown = said(app.env)[app.env.docname]["explorers"]
    for raw in doctree.findall(nodes.raw):
        shown += map(unescape, EXPLORER.findall(raw.astext()))


def collecting(env: BuildEnvironment) -> list[str]:
    """The pages with a place for what others say."""
    return [
        page
        for page in sorted(env.found_docs)
        if PLACE.search(Path(env.doc2path(page)).read_text(encoding="utf-8"))
    ]


def notice_who_came_or_went(
    app: Sphinx,
    env: BuildEnvironment,
    added: set[str],
    changed: set[str],
    removed: set[str],
) -> list[str]:
    """Collect anew when an explorer or a lab is there that was not, or no longer is."""
    root = Path(app.srcdir)
    now = sorted(str(path) for kind in NO_PAGES for path in root.glob(kind))
    before = getattr(env, "collected_from", now)
    env.collected_from = now  # type: ignore[attr-defined]
    return collecting(env) if now != before else []


def keep_collecting_pages_back(
    app: Sphinx, env: BuildEnvironment, pages: list[str]
) -> None:
    """Whenever a page is read anew, so are those that collect, when all is said."""
    last = collecting(env) if pages else []
    pages[:] = [page for page in pages if page not in last]
    app.ce_kept_back = last  # type: ignore[attr-defined]
    for page in last:
        env.all_docs.setdefault(page, 0)  # Sphinx looks for the first page too early


def read_collecting_pages(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Read them when all pages are, which may be read side by side (bookext/parallel.py)."""
    last: list[str] = app.ce_kept_back  # type: ignore[attr-defined]
    for page in status_iterator(last, "reading what collects... ", length=len(last)):
        app.emit("env-purge-doc", env, page)
        env.clear_doc(page)
        app.builder.read_doc(page)
    return last


def fill(app: Sphinx, page: str, source: list[str]) -> None:
    places = {place["of"] for place in PLACE.finditer(source[0]) if place["of"]}
    course = Course(app, page, said(app.env), places)

    def written(place: re.Match[str]) -> str:
        name = place["name"] or place["tag"]
        if name not in WRITERS:
            return place[0]
        return WRITERS[name](course, place["of"] or "").strip()

    source[0] = PLACE.sub(written, source[0])


def add_sheets(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any
) -> None:
    if doctree is None:
        return
    text = Path(app.env.doc2path(page)).read_text(encoding="utf-8")
    for kind in {place["name"] or place["tag"] for place in PLACE.finditer(text)}:
        if kind in SHEETS:
            app.add_css_file(SHEETS[kind])


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", add_sheets)
    labs.setup(app)
    clinic.setup(app)
    app.add_directive("div", DivForOthers, override=True)
    app.connect("env-get-outdated", notice_who_came_or_went)
    app.connect("env-purge-doc", forget)
    app.connect("doctree-read", note_explorers)
    app.connect("env-before-read-docs", keep_collecting_pages_back)
    app.connect("env-updated", read_collecting_pages, priority=100)
    # Before a page's text is asked what it depends on (bookext/fresh.py).
    app.connect("source-read", fill, priority=100)

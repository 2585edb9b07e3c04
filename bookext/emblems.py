"""Emblems: the small drawing of each chapter, and the picture of each explorer.

A page's emblem lies at its own address below `emblems/`: that of `chapters/log-curve` is
`emblems/chapters/log-curve.svg`. Every page that the cover lists has one. An explorer's picture
is `emblems/explorers/loss-curve.svg`. Whoever opens such a file sees it in the colours of the
light theme; put into a page it follows the reader's.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from bookext.numbers import number_of
from ce_lib.palette import LIGHT

logger = logging.getLogger(__name__)

FOLDER = "emblems"

#: At a page's title stands its emblem, and a small one in each link of the contents.
TITLE = re.compile(r"<h1\b")
LINK = re.compile(r'(<a class="[^"]*\binternal\b[^"]*" href="([^"#]*)#?">.*?)(?=</a>)')

COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b")
_VARIABLES = {colour: f"var(--ce-{meaning})" for meaning, colour in LIGHT.items()}


class EmblemRole(SphinxRole):
    """``{emblem}`chapters/log-curve` ``: the emblem of a page or an explorer."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        return [
            nodes.raw("", drawn(Path(self.env.srcdir), self.text), format="html")
        ], []


def file_of(root: Path, name: str) -> Path:
    return root / FOLDER / f"{name}.svg"


def drawn(root: Path, name: str) -> str:
    """Return an emblem as an inline picture that follows the theme; nothing if there is none.

    It says nothing to a screen reader: it stands beside the name of what it shows.
    """
    path = file_of(root, name)
    if not path.exists():
        return ""
    svg = re.sub(
        r"<!--.*?-->|\sxmlns=\"[^\"]*\"", "", path.read_text("utf-8"), flags=re.S
    )
    svg = COLOUR.sub(lambda match: _VARIABLES.get(match[0], match[0]), svg)
    svg = re.sub(r">\s+<", "><", svg).strip()
    opening = '<svg class="ce-emblem" aria-hidden="true" focusable="false"'
    return svg.replace("<svg", opening, 1)


def problems(root: Path, name: str, wanted: str) -> Iterator[str]:
    """What is wrong with an emblem, a sentence each."""
    path = file_of(root, name)
    if not path.exists():
        yield f"{name} has no {wanted}: draw one, a few strokes, in {FOLDER}/{name}.svg"
        return
    strange = set(COLOUR.findall(path.read_text("utf-8"))) - _VARIABLES.keys()
    for colour in sorted(strange):
        yield (
            f"{FOLDER}/{name}.svg: {colour} is no colour of the book's; "
            f"there are {', '.join(f'{hex} ({what})' for what, hex in LIGHT.items())}"
        )


def listed(env: BuildEnvironment) -> list[str]:
    """The pages that the cover lists: the chapters, and who says something for it."""
    said: Any = getattr(env, "said_for_others", {})
    return [
        page
        for page in sorted(env.found_docs)
        if number_of(env, page) is not None or said.get(page, {}).get("for-cover")
    ]


def check(app: Sphinx, env: BuildEnvironment) -> None:
    for page in listed(env):
        for problem in problems(Path(app.srcdir), page, "emblem"):
            logger.warning(problem, location=page)


def write_again_when_one_changes(app: Sphinx, env: Any) -> Iterable[str]:
    """Emblems stand in the contents of every page; nothing is executed again."""
    root = Path(app.srcdir)
    digest = hashlib.sha256()
    for path in sorted((root / FOLDER).rglob("*.svg")):
        digest.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    before, env.ce_emblems = getattr(env, "ce_emblems", None), digest.hexdigest()
    return [] if env.ce_emblems == before else sorted(env.found_docs)


def add_to_page(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any
) -> None:
    """Put a page's own before its title, and offer the template those of the contents."""
    root = Path(app.srcdir)
    if (
        doctree is not None
        and page != app.config.root_doc
        and (own := drawn(root, page))
    ):
        context["body"] = TITLE.sub(f"{own}\\g<0>", context["body"], count=1)

    def beside(link: re.Match[str]) -> str:
        target = normpath(join(dirname(page), link[2])) if link[2] else page
        return link[1] + drawn(root, target.removesuffix(".html"))

    context["with_emblems"] = lambda contents: LINK.sub(beside, str(contents))


def setup(app: Sphinx) -> None:
    app.add_role("emblem", EmblemRole())
    app.connect("env-check-consistency", check)
    app.connect("env-updated", write_again_when_one_changes)
    app.connect("html-page-context", add_to_page)

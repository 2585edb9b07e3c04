"""The role ``chapter``: a link that knows which number its chapter has.

``{chapter}`log-curve` `` says "chapter 4" while that is its place in the table of
contents, and ``{chapter}`ch. <log-curve>` `` says "ch. 4". A number is never typed: it
follows when a chapter comes in between.
"""

from collections.abc import Iterable
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import ReferenceRole

logger = logging.getLogger(__name__)

#: Where chapters stand: a name without a slash is one of these pages.
FOLDER = "chapters/"


class ChapterNumber(nodes.Inline, nodes.TextElement):
    """The words of a link, until the numbers are known."""


class ChapterRole(ReferenceRole):
    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        words = self.title if self.has_explicit_title else "chapter"
        page = self.target.removeprefix("/")
        page = page if "/" in page else FOLDER + page
        node = ChapterNumber("", words, page=page)
        self.set_source_info(node)
        return [node], []


def number_of(env: BuildEnvironment, page: str) -> int | None:
    """Return the place of a page among the numbered ones, or None."""
    number = env.titles[page].get("secnumber") if page in env.titles else None
    return number[0] if number else None


class ResolveNumbers(SphinxPostTransform):
    default_priority = 9

    def run(self, **options: object) -> None:
        for node in list(self.document.findall(ChapterNumber)):
            page = node["page"]
            number = number_of(self.env, page)
            if number is None:
                logger.warning("%r is not a numbered chapter", page, location=node)
            # A space that does not break: a number alone on a line says nothing.
            words = f"{node.astext()}\N{NO-BREAK SPACE}{number}"
            uri = self.app.builder.get_relative_uri(self.env.docname, page)
            node.replace_self(nodes.reference("", words, refuri=uri, internal=True))


def write_anew_if_numbers_changed(app: Sphinx, env: Any) -> Iterable[str]:
    """A chapter that moves changes what other pages say of it."""
    now = {page: number_of(env, page) for page in env.found_docs}
    before, env.chapter_numbers = getattr(env, "chapter_numbers", None), now
    return env.found_docs if before not in (None, now) else []


def setup(app: Sphinx) -> None:
    app.add_node(ChapterNumber)
    app.add_role("chapter", ChapterRole())
    app.add_post_transform(ResolveNumbers)
    # After the collectors, which number the chapters.
    app.connect("env-get-updated", write_anew_if_numbers_changed, priority=900)

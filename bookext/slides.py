"""What a chapter shows on its slides: the block below a line ``% slide``.

``% same slide`` above another block puts that on the slide begun before. The lines are comments
to MyST, so that neither page nor notebook shows anything of them. The page's HTML keeps them as
comments, by which ``make slides`` finds the blocks (tools/decks).
"""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

logger = logging.getLogger(__name__)

#: The first begins a slide, the second adds to the one before.
MARKS = BEGIN, ADD = "slide", "same slide"


class Marks(SphinxTransform):
    """Keep the marks in the page, or say what is wrong with one."""

    default_priority = 290

    def apply(self, **kwargs: object) -> None:
        begun = False
        for comment in list(self.document.findall(nodes.comment)):
            text = comment.astext()
            if text not in MARKS:
                continue
            if not comment.next_node(descend=False, siblings=True):
                logger.warning("no block follows this “%% %s”", text, location=comment)
            if text == ADD and not begun:
                logger.warning("no slide has begun before this", location=comment)
            begun = True
            comment.replace_self(nodes.raw("", f"<!-- {text} -->", format="html"))


def setup(app: Sphinx) -> None:
    app.add_transform(Marks)

"""The book's own type: which faces a page shows, so that it asks for them first.

Source Serif for the text, because its x-height, its colour and its figures are those of the
mathematics at the size it has here; its siblings Source Sans and Source Code for what stands
around the text, and for code. They are cut to the characters that the book uses
(`tools/faces.py`), and lie in ``assets/faces/``.

The style sheet (``assets/book.css``) lets a browser use a face only if it is there before the
first line is painted (``font-display: optional``): nothing moves later. So that it is there, a
script at the very top (``assets/faces.js``) asks for the faces of the page.
"""

import re
from typing import Any

from sphinx.application import Sphinx

#: Where the faces lie, from the folder of a style sheet.
FOLDER = "faces"

#: The faces that every page shows.
COMMON = ("text", "interface")

#: The others, each with the elements whose text is set in it.
ELEMENTS = {
    "text-italic": frozenset({"em", "i", "cite", "dfn", "var"}),
    "text-semibold": frozenset({"strong", "b", "dt", "th"}),
    "code": frozenset({"code", "pre", "kbd", "samp"}),
}

#: What a page shows only once its script has found something.
LATER = {"search": ("text-semibold", "code")}

TAG = re.compile(r"<(\w+)")


def name_faces(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any
) -> None:
    tags = set(TAG.findall(context.get("body", "")))
    shown = (face for face, elements in ELEMENTS.items() if elements & tags)
    faces = dict.fromkeys([*COMMON, *shown, *LATER.get(page, ())])
    context["faces"] = [*faces]


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", name_faces)

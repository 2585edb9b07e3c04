"""Code is set in two tones: what no rule colours needs no element of its own.

Pygments gives each name, number and blank a ``span``: on a page with much code these are
most of its elements. They go once the other extensions have read them.
"""

import re
from typing import Any

from sphinx.application import Sphinx

#: What `book.css` gives a tone or a slant.
TONED = ["k", "kc", "kd", "kn", "kr", "ow", "o", "p", "gp", "go", "c", "c1", "cm", "sd"]

CODE = re.compile(r'<div class="highlight"[^>]*><pre>.*?</pre>', re.DOTALL)
PLAIN = re.compile(rf'<span class="(?!(?:{"|".join(TONED)})")\w+">([^<]*)</span>')


def without_plain_spans(html: str) -> str:
    """Return a page whose code has elements only for what has a tone."""
    return CODE.sub(lambda code: PLAIN.sub(r"\1", code[0]), html)


def simplify(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any
) -> None:
    if "body" in context:
        context["body"] = without_plain_spans(context["body"])


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", simplify, priority=900)

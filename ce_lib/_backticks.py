"""Code in a text stands between backticks, as in Markdown; nothing else of Markdown counts.

So say the texts of exercises, the causes that the clinic knows, and the cells of a `Table`.
The pages' scripts read them the same way (web/ui/backticks.js).
"""

import re
from html import escape

_CODE = re.compile(r"`([^`\n]+)`")


def pieces(text: str) -> list[str]:
    """Take a text apart: words at even places, code at odd ones."""
    return _CODE.split(text)


def as_html(text: str) -> str:
    """Write a text as HTML."""
    return _CODE.sub(r"<code>\1</code>", escape(text, quote=False))


def as_words(text: str) -> str:
    """Write a text where code cannot be told from words, as in a name that is read aloud."""
    return _CODE.sub(r"\1", text)

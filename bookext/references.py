"""A work that is named says where it can be read by a short name, not by a long address."""

from urllib.parse import urlsplit

from pybtex.database import Entry
from pybtex.plugin import register_plugin
from pybtex.style.formatting.plain import Style as Plain
from pybtex.style.template import Node, field, href
from sphinx.application import Sphinx

NAME = "book"


def short(address: str) -> str:
    """Return what a reader knows a place by: a preprint's number, or the host.

    Examples
    --------
    >>> short("https://arxiv.org/abs/1503.02531")
    'arXiv:1503.02531'
    >>> short("https://www.example.org/a/very/long/address.html")
    'example.org'
    """
    parts = urlsplit(address)
    host = parts.netloc.removeprefix("www.")
    if host == "arxiv.org" and parts.path.startswith("/abs/"):
        return f"arXiv:{parts.path.removeprefix('/abs/')}"
    return host


class Style(Plain):
    """Pybtex's plain style; an address is a link behind a short name."""

    def format_url(self, e: Entry) -> Node:
        if "eprint" in e.fields:  # that is said already, by the same link
            return field("")
        return href(field("url", raw=True))[short(e.fields.get("url", ""))]


def setup(app: Sphinx) -> None:
    register_plugin("pybtex.style.formatting", NAME, Style)

"""Report a mistake: what every page offers to copy, with the page and its version in it.

The version of a page is the name that Git gives its source. It needs no clock and no
checkout to be known, and `git log --find-object` finds where it was written.

`report_to` in _config.yml says where reports go: the address of a web page, or `mailto:` and
that of a mailbox. Until it is set, the page says to whom else.
"""

import hashlib
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

import ce_lib

SCRIPT = "mistake.js"


def version_of(source: Path) -> str:
    """Return the name of a file's content, as ``git hash-object`` does, shortened."""
    content = source.read_bytes()
    return hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()[:10]


def report(title: str, page: str, version: str) -> str:
    """Return the text that a reader completes."""
    lines = (
        f"Page: {title} ({page}.html)",
        "Section: ",
        f"Edition: {ce_lib.__version__}" + (f", page {version}" if version else ""),
        "",
        "What is written: ",
        "",
        "What should stand there, and why: ",
    )
    return "\n".join(lines)


def add_to_page(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any
) -> None:
    known = page in app.env.found_docs
    version = version_of(Path(app.env.doc2path(page))) if known else ""
    context["report_to"] = app.config.report_to
    context["mistake"] = report(context["card"].title, page, version)


def add_script(app: Sphinx) -> None:
    app.add_js_file(SCRIPT, loading_method="defer")


def setup(app: Sphinx) -> None:
    app.add_config_value("report_to", "", "html")
    app.connect("builder-inited", add_script)
    # After the page's card is known, which has its title.
    app.connect("html-page-context", add_to_page, priority=600)

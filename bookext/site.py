"""What stands around every page: the bar, the contents, dark and light, the search page.

The theme's own needs its icon font and three scripts, and its buttons are dead without
them; ours is a template (``templates/layout.html``) with one sheet and two scripts: what
colours to paint in is said before anything is painted.
"""

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

#: Before anything is painted, and when the page is there.
FIRST, SCRIPT = "first.js", "site.js"

#: The theme's scripts, and one that only keeps tabs of equal name in step, which the book
#: has none of.
UNUSED = ("scripts/sphinx-book-theme.js", "design-tabs.js")

#: Sphinx's, which serve its search: the book has its own.
OF_SEARCH = ("documentation_options.js", "doctools.js", "sphinx_highlight.js")


def add_files(app: Sphinx) -> None:
    app.add_js_file(FIRST, priority=100)
    app.add_js_file(SCRIPT, priority=100, loading_method="defer")


def drop_scripts(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any
) -> None:
    """Leave out what is not used, and what stands inline: a strict policy forbids it."""
    unused = [f"_static/{name}" for name in (*UNUSED, *OF_SEARCH)]
    context["script_files"] = [
        script
        for script in context.get("script_files", [])
        if (name := getattr(script, "filename", script)) and name not in unused
    ]


def name_the_default_theme(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any
) -> None:
    """Follow the reader's system: without a default the theme complains on every page."""
    context["default_mode"] = "auto"


def delete_scripts(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.format != "html":
        return
    theme = "scripts/bootstrap.js", "scripts/pydata-sphinx-theme.js"
    for name in (*theme, *UNUSED, *OF_SEARCH, "searchtools.js", "language_data.js"):
        Path(app.outdir, "_static", name).unlink(missing_ok=True)


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", add_files)
    app.connect("html-page-context", drop_scripts, priority=950)
    app.connect("html-page-context", name_the_default_theme)
    app.connect("build-finished", delete_scripts)

"""The Sphinx extension that makes a static page alive, with nothing from elsewhere.

One module per job: `assets` (style sheets and the one script), `figures` (pictures
that follow the theme), `fresh` (no stale outputs) and `links` (links into an explorer's
state, checked at build time).
"""

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from bookext import assets, figures, fresh, links, mathematics

ROOT = Path(__file__).resolve().parent.parent


def setup(app: Sphinx) -> dict[str, Any]:
    for part in (assets, figures, fresh, links, mathematics):
        part.setup(app)
    # Jupyter Book always sets this value of sphinx_comments, which this book leaves out.
    app.add_config_value("comments_config", {}, "env")
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}

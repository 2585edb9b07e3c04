"""The Sphinx extension that makes a static page alive, with nothing from elsewhere.

One module per job:

- `addressed`: a list of all pages, and a page for what is not there
- `assets`: style sheets and scripts
- `cards`: a picture of each page for who shares its address
- `collected`: pages made of what chapters, explorers and labs say
- `copying`: code that is copied runs
- `described`: what a page is, for search engines
- `docstrings`: their formulas, set as mathematics
- `emblems`: the small drawing of each chapter and each explorer
- `entries`: those of the library in few lines
- `evaluated`: numbers that a sentence computes, as the page writes them
- `execution`: printed output whole, kernels quiet
- `faces`: the book's own type
- `figures`: pictures that follow the theme
- `folds`: solutions that open without scripts
- `fresh`: no stale outputs
- `glyphs`: the mathematics' fonts
- `gone`: nothing left of pages that are no more
- `indexing`: the index says where
- `joined`: numbers beside their units
- `links`: links into an explorer's state, checked at build time
- `markup`: HTML as validators want it
- `mathematics`: set at build time
- `minutes`: how long a chapter takes to read
- `mistake`: how a reader reports one
- `moved`: old addresses lead on
- `notebooks`: each page as a notebook to download
- `numbers`: links that know their chapter's number
- `parallel`: pages are read side by side
- `offline`: read without a network, after a first visit
- `practice`: answer boxes, bets and claims
- `reference`: the library's own pages, and links to them
- `references`: where a work is to be read, in short
- `rules`: which rules of a style sheet a page needs, and when
- `search`: what the search page finds
- `sheets`: one style sheet before anything is painted, and one for what scripts bring
- `slides`: the blocks that stand on slides
- `site`: the bar, the contents and the search around every page
- `styles`: none inline
- `tables`: written tables fit a phone
- `tones`: code in two tones, with no element for what has none
- `wheel`: the library beside the notebooks, and their first cell
"""

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

from sphinx.application import Sphinx

ROOT = Path(__file__).resolve().parent.parent


def setup(app: Sphinx) -> dict[str, Any]:
    for module in iter_modules(__path__):  # by name
        part = import_module(f"{__name__}.{module.name}")
        if hasattr(part, "setup"):  # the others help one of these
            part.setup(app)
    # Jupyter Book always sets this value of sphinx_comments, which this book leaves out.
    app.add_config_value("comments_config", {}, "env")
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}

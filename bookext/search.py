"""The search index knows the index terms of every page, also of those not written again.

Sphinx reads back the index of the last build, but not the index terms in it: after an
incremental build, search would find by them only the pages just written. The pages' own
index nodes are kept from build to build; from them the terms are put back.
"""

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.index_entries import split_index_msg


def remember_terms(app: Sphinx, env: BuildEnvironment) -> None:
    """Give Sphinx's index the terms of all pages; it replaces those of pages it writes."""
    kept = env._search_index_index_entries
    for page, entries in env.domains["index"].data["entries"].items():
        terms = set()
        for kind, value, target, main, _ in entries:
            words = split_index_msg(kind, value)
            shown = words[:1] if kind in ("see", "seealso") else words
            terms |= {(word, target or "", main) for word in shown}
        kept[page] = sorted(terms)


def setup(app: Sphinx) -> None:
    app.connect("env-check-consistency", remember_terms)

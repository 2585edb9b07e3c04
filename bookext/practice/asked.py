"""What each page asks: with it the contents of every page can show how far a reader is.

It stands as an attribute at the contents (``templates/layout.html``); the script of every page
(``web/practice/record.js``) compares it with the record.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

SCRIPT = "record.js"

#: The page that holds the record.
RECORD = "chapters/your-record"


def of(env: BuildEnvironment) -> dict[str, dict[str, list[str]]]:
    """The names of what stands on each page, by kind; kept from build to build."""
    if not hasattr(env, "asked_on_pages"):
        env.asked_on_pages = {}  # type: ignore[attr-defined]
    return env.asked_on_pages  # type: ignore[attr-defined,no-any-return]


def note(env: BuildEnvironment, kind: str, name: str) -> None:
    if name:
        page = of(env).setdefault(env.docname, defaultdict(list))
        page[kind].append(name)


def forget(app: Sphinx, env: BuildEnvironment, page: str) -> None:
    of(env).pop(page, None)


def as_json(env: BuildEnvironment) -> str:
    """All of it, each page by its path: a chapter and a reference page can share a name."""
    return json.dumps(dict(sorted(of(env).items())), separators=(",", ":"))


def write_anew_when_it_changes(app: Sphinx, env: Any) -> Iterable[str]:
    before, env.asked_before = getattr(env, "asked_before", None), as_json(env)
    return [] if before == env.asked_before else sorted(env.found_docs)


def add_to_page(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any
) -> None:
    context["asked"] = as_json(app.env)


def add_script(app: Sphinx) -> None:
    # Before the script of the boxes, which take the record from it.
    app.add_js_file(SCRIPT, priority=400, loading_method="defer")


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", add_script)
    app.connect("env-purge-doc", forget)
    app.connect("env-updated", write_anew_when_it_changes)
    app.connect("html-page-context", add_to_page)

"""Style sheets and scripts, from this folder and from ce_lib, and no others.

A page loads what it shows: the core and a script for each of its explorers, or nothing. A page
that collects something has a sheet of its own (`collected`).
"""

import hashlib
import re
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from ce_lib.explorers import REGISTRY
from ce_lib.explorers.base import STATIC

HERE = Path(__file__).resolve().parent
SHEET = STATIC / "explorers.css"
PATHS = (HERE / "assets", HERE / "static", SHEET)

#: The script that a page with explorers loads, and the one of a single explorer.
CORE, SCRIPT = "core.js", "explorers/{}.js"

#: An explorer's place on a page, as `Explorer.static_html` writes it.
PLACE = re.compile(r'<div class="ce-explorer" data-explorer="([^"]+)"')

#: A fold that waits for its explorers' scripts until it is opened (web/host/folds.js).
FOLD = re.compile(r'<details class="ce-fold".*?</details>', re.DOTALL)


def check_bundle(app: Sphinx) -> None:
    """Stop with a sentence when something the pages need has not been built."""
    built = [
        CORE,
        "record.js",
        "practice.js",
        "claims.js",
        "report.js",
        "search.js",
        "katex/katex.min.css",
        *map(SCRIPT.format, REGISTRY),
        "texts/alice.js",
    ]
    needed = [HERE / "static" / path for path in built]
    needed += [SHEET, *(STATIC / f"{name}.js" for name in REGISTRY)]
    missing = [path for path in needed if not path.exists()]
    if missing:
        names = ", ".join("/".join(path.parts[-2:]) for path in missing)
        raise ExtensionError(
            f"the explorers' bundle is incomplete ({names} missing): run `make explorers`"
        )


def add_paths(app: Sphinx, config: Any) -> None:
    config.html_static_path = [*config.html_static_path, *map(str, PATHS)]


def write_again_when_files_change(app: Sphinx, env: Any) -> Iterable[str]:
    """Give every page the new addresses of scripts and styles that changed, all at once.

    An address carries its file's checksum. A page that kept an old one could meet a new
    explorer with an old core from the browser's cache. Nothing is executed again.
    """
    digest = hashlib.sha256()
    for place in PATHS:
        for path in sorted({place, *place.rglob("*")}):
            if path.is_file():
                digest.update(path.read_bytes())
    before, env.ce_files = getattr(env, "ce_files", None), digest.hexdigest()
    return [] if env.ce_files == before else sorted(env.found_docs)


def add_scripts_of_explorers(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any
) -> None:
    """Load the core and each explorer that the page shows, in the page's order.

    Those in a fold only say where their script is: it is loaded when the fold is opened.
    """
    body = context.get("body", "")
    if not PLACE.search(body):
        return
    shown = dict.fromkeys(PLACE.findall(FOLD.sub("", body)))
    for script in (CORE, *map(SCRIPT.format, shown)):
        app.add_js_file(script, loading_method="defer")

    def with_script(place: re.Match[str]) -> str:
        name = SCRIPT.format(place[1])
        digest = hashlib.sha256((HERE / "static" / name).read_bytes()).hexdigest()[:8]
        address = context["pathto"](f"_static/{name}", 1)
        return f'{place[0]} data-script="{address}?v={digest}"'

    context["body"] = FOLD.sub(lambda fold: PLACE.sub(with_script, fold[0]), body)


def slim_theme(app: Sphinx, error: Exception | None) -> None:
    """Take out Font Awesome, source maps, and translations for a theme that speaks English."""
    if error or app.builder.format != "html":
        return
    static = Path(app.outdir, "_static")
    for path in static.rglob("*.map"):
        path.unlink()
    for path in static.glob("scripts/fontawesome.js*"):
        path.unlink()
    for folder in ("vendor/fontawesome", "locales"):
        shutil.rmtree(static / folder, ignore_errors=True)


def setup(app: Sphinx) -> None:
    app.connect("config-inited", add_paths)
    app.connect("builder-inited", check_bundle)
    app.connect("env-updated", write_again_when_files_change)
    app.connect("html-page-context", add_scripts_of_explorers)
    app.connect("build-finished", slim_theme)

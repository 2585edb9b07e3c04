"""A book that was visited once can be read without a network, where the configuration asks.

`offline: true` under `sphinx: config` in _config.yml makes each page register a service
worker (``offline-worker.js``). It keeps the whole book of one build, each file with
its checksum. Without that setting a worker of the same name takes the one away that an
earlier build may have left with a reader.
"""

import hashlib
import json
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from bookext.assets import HERE

SCRIPT = "offline.js"

#: At the root: a worker sees to what lies beside it and below.
WORKER, TAKEN_AWAY = "offline-worker.js", "offline-taken-away.js"

#: Where a worker's source leaves room for the name of a build and its files.
PLACE = '["", {}]'


def files(folder: Path) -> dict[str, str]:
    """Return the files that a reader's browser may ask for, with their checksums."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(
            path.read_bytes()
        ).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in (WORKER, ".buildinfo")
    }


def worker(folder: Path) -> str:
    """Return the worker that keeps what lies in this folder."""
    listed = files(folder)
    build = hashlib.sha256("".join(listed.values()).encode()).hexdigest()[:16]
    source = (HERE / WORKER).read_text(encoding="utf-8")
    return source.replace(PLACE, json.dumps([build, listed], separators=(",", ":")))


def add_script(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any
) -> None:
    if app.config.offline:
        app.add_js_file(SCRIPT, loading_method="defer")


def write(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.format != "html":
        return
    folder = Path(app.outdir)
    taken_away = (HERE / TAKEN_AWAY).read_text(encoding="utf-8")
    text = worker(folder) if app.config.offline else taken_away
    (folder / WORKER).write_text(text, encoding="utf-8")


def setup(app: Sphinx) -> None:
    app.add_config_value("offline", False, "html", types=[bool])
    app.connect("html-page-context", add_script)
    # When all files are what they will be.
    app.connect("build-finished", write, priority=990)

"""No stale outputs: when the library changes, every page is executed again.

Sphinx rereads (and so executes) only the pages whose own text changed. It cannot know
that a page's outputs also depend on `ce_lib`, so this part keeps a fingerprint.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

ROOT = Path(__file__).resolve().parent.parent
SOURCES = (
    "ce_lib/**/*.py",
    "ce_lib/palette.json",
    "bookext/**/*.py",
    "requirements.txt",
    "constraints.txt",
)


def fingerprint(root: Path = ROOT) -> str:
    """A digest of everything besides its own text that a page's outputs depend on."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in SOURCES for path in root.glob(pattern)}):
        digest.update(path.relative_to(root).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def reread_if_library_changed(
    app: Sphinx, env: Any, added: set[str], changed: set[str], removed: set[str]
) -> Iterable[str]:
    now = fingerprint()
    before, env.library_fingerprint = getattr(env, "library_fingerprint", None), now
    return env.found_docs if before != now else []


def setup(app: Sphinx) -> None:
    app.connect("env-get-outdated", reread_if_library_changed)

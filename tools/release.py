"""Put what a release hands out into one folder: `make release`.

    python tools/release.py              into _build/release
    python tools/release.py v1.2.3       only if that is the version's tag

The book as a zip, the library's wheel, and as notes what CHANGELOG.md says of the version.
"""

import re
import shutil
import sys
from pathlib import Path

from archive import archive
from release_list import ROOT, version

BOOK, OUT = ROOT / "_build/html", ROOT / "_build/release"


def notes(changes: str, version: str) -> str:
    """What the list of changes says of a version.

    Raises
    ------
    ValueError
        If it says nothing.
    """
    section = rf"^## {re.escape(version)}, [\d-]+\n(.*?)(?=^## |\Z)"
    found = re.search(section, changes, re.MULTILINE | re.DOTALL)
    if found is None or not found[1].strip():
        raise ValueError(
            f"CHANGELOG.md: expected a part `## {version}, year-month-day` with words in it"
        )
    return found[1].strip() + "\n"


def check_tag(tag: str, version: str) -> None:
    if tag != f"v{version}":
        raise ValueError(
            f"expected the tag v{version} of ce_lib's version, got {tag!r}"
        )


def write(book: Path, changes: str, version: str, out: Path) -> list[Path]:
    """Write what is handed out into ``out``, in place of what was there."""
    said = notes(changes, version)  # before anything is thrown away
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    (out / "notes.md").write_text(said, encoding="utf-8")
    (out / f"cross-entropy-book-{version}.zip").write_bytes(archive(book))
    (wheel,) = (book / "_sources").glob(f"ce_lib-{version}-*.whl")
    shutil.copy(wheel, out)
    return sorted(out.iterdir())


def main(tags: list[str]) -> None:
    try:
        for tag in tags:
            check_tag(tag, version(ROOT))
        changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
        for path in write(BOOK, changes, version(ROOT), OUT):
            print(path.relative_to(ROOT))
    except ValueError as why:
        sys.exit(str(why))


if __name__ == "__main__":
    main(sys.argv[1:])

"""Say what is ready for a release and what is still open; nothing is changed.

    python tools/release_list.py                  each point; status 1 if one is open
    python tools/release_list.py passed test      note that `make test` passed

It is noted for what is committed, and only if nothing else lies in the folder.

A blank that only people can fill is marked where it stands, in square brackets: what belongs
there, and behind a colon "to be filled in before a release".
"""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

ROOT = Path(__file__).resolve().parent.parent

#: Where it is noted which tests passed on which state of the sources.
NOTES = "_build/passed"

#: The targets that have to pass on what is released.
PROOFS = ("test", "release-check")

BLANK = re.compile(r"\[([^\[\]]+): to be filled in before a release\]")
VERSION = re.compile(r'^__version__ = "([^"]+)"$', re.MULTILINE)
EDITION = re.compile(r"^## (\d+\.\d+\.\d+), (\d{4}-\d\d-\d\d)$", re.MULTILINE)
OPEN = "## Not released yet"


class Point(NamedTuple):
    """A point of the list: whether it is true, and what there is to say."""

    ready: bool
    words: str


def git(root: Path, *arguments: str) -> str:
    """What git says; nothing where there is no repository."""
    done = subprocess.run(
        ["git", *arguments], cwd=root, capture_output=True, text=True, check=False
    )
    return done.stdout.strip() if done.returncode == 0 else ""


def text(root: Path, name: str) -> str:
    return (root / name).read_text(encoding="utf-8")


def version(root: Path) -> str:
    """The library's version, which is the book's."""
    found = VERSION.search(text(root, "ce_lib/__init__.py"))
    if found is None:
        raise ValueError('ce_lib/__init__.py: expected a line __version__ = "1.2.3"')
    return found[1]


def edition(root: Path) -> Point:
    """The same version and day in the library, the changes and the citation."""
    cited = yaml.safe_load(text(root, "CITATION.cff"))
    citation = str(cited["version"]), str(cited["date-released"])
    dated = EDITION.search(text(root, "CHANGELOG.md"))
    newest = dated.groups() if dated else ("no version", "no day")
    same = newest == citation and version(root) == newest[0]
    words = f"ce_lib, CHANGELOG.md and CITATION.cff agree: {newest[0]} of {newest[1]}"
    if not same:
        words = (
            f"the version is {version(root)} in ce_lib/__init__.py, "
            f"{' of '.join(newest)} in CHANGELOG.md, "
            f"{' of '.join(citation)} in CITATION.cff"
        )
    return Point(same, words)


def changes(root: Path) -> Point:
    if OPEN in text(root, "CHANGELOG.md"):
        return Point(False, f'CHANGELOG.md has "{OPEN}": give it a version and a day')
    return Point(True, "every change stands under a version")


def tag(root: Path) -> Point:
    name = f"v{version(root)}"
    if git(root, "tag", "--list", name):
        return Point(False, f"the tag {name} is taken: raise the version")
    return Point(True, f"the tag {name} is free")


def clean(root: Path) -> Point:
    if not git(root, "rev-parse", "HEAD"):
        return Point(False, "this is no repository of git")
    left = git(root, "status", "--porcelain").splitlines()
    if left:
        more = f" and {len(left) - 1} more" if left[1:] else ""
        return Point(False, f"not committed: {left[0].split()[-1]}{more}")
    return Point(True, "everything is committed")


def blanks(root: Path) -> list[str]:
    """The marked blanks, each with the file and the line it stands in."""
    found = []
    for name in git(root, "ls-files").splitlines():
        try:
            lines = text(root, name).splitlines()
        except (UnicodeDecodeError, OSError):
            continue
        for number, line in enumerate(lines, 1):
            found += [f"{name}:{number}: {what}" for what in BLANK.findall(line)]
    return found


def filled(root: Path) -> Point:
    found = blanks(root)
    if found:
        return Point(False, "\n       ".join(["blanks are to be filled in:", *found]))
    return Point(True, "no blank is left")


def settings(root: Path) -> Iterator[Point]:
    """What only a published book has: an address, and somebody to write to."""
    config = yaml.safe_load(text(root, "_config.yml"))
    for name, value in (
        ("html: baseurl", config["html"].get("baseurl")),
        ("sphinx: config: report_to", config["sphinx"]["config"].get("report_to")),
    ):
        words = f"{name} in _config.yml is {value or 'not set'}"
        yield Point(bool(value), words)


def state(root: Path) -> str:
    """A name for all that is committed; nothing if something is not."""
    return git(root, "rev-parse", "HEAD^{tree}") if clean(root).ready else ""


def passed(root: Path, proof: str) -> None:
    """Note that a proof passed, if what it proved is what is committed."""
    if proof not in PROOFS:
        raise ValueError(f"expected one of {', '.join(PROOFS)}, got {proof!r}")
    if name := state(root):
        folder = root / NOTES
        folder.mkdir(parents=True, exist_ok=True)
        (folder / proof).write_text(f"{name}\n", encoding="utf-8")


def proofs(root: Path) -> Iterator[Point]:
    for proof in PROOFS:
        note, name = root / NOTES / proof, state(root)
        proved = bool(name) and note.exists() and note.read_text().strip() == name
        words = "passed" if proved else "has not passed"
        yield Point(proved, f"make {proof} {words} on what is committed")


POINTS: tuple[Callable[[Path], Point], ...] = (edition, changes, tag, clean, filled)


def points(root: Path) -> list[Point]:
    single = [point(root) for point in POINTS]
    return [*single, *settings(root), *proofs(root)]


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["passed"]:
        for proof in arguments[1:]:
            passed(ROOT, proof)
        return 0
    found = points(ROOT)
    for point in found:
        print(f"{'ready' if point.ready else 'OPEN ':5}  {point.words}")
    still = sum(not point.ready for point in found)
    print(f"\n{still} of {len(found)} points are open." if still else "\nAll is ready.")
    return int(still > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

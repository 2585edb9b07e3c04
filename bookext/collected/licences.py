"""The work of others that the book carries, with version and licence, as it is installed.

What the bundles take from npm says ``bookext/bundled.json``, which the bundler writes; the
packages behind the theme are asked where they are installed; the type says it in its own files.
What each is for is said here, and a package of which nothing is said stops the build.
"""

import json
import re
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path
from typing import NamedTuple

from fontTools.ttLib import TTFont
from sphinx.errors import ExtensionError

from bookext.collected.course import Course

BOOKEXT = Path(__file__).resolve().parents[1]
BUNDLED = BOOKEXT / "bundled.json"
FACES = BOOKEXT / "assets/faces"

#: Where a page shows it (`of` in the place), and what it is for.
BUNDLES = {
    "katex": (
        "pages",
        "The style sheet of formulas, and the glyphs that the book uses.",
    ),
    "minisearch": ("pages", "The index that the search page looks into."),
    "reveal.js": (
        "slides",
        "What leads from slide to slide, on a screen and on paper.",
    ),
}

#: Packages that put style sheets, pictures or names of languages into every book.
INSTALLED = {
    "Sphinx": "It makes pages of texts, and lends them rules of style.",
    "pydata-sphinx-theme": "Many rules of the style sheet `page.css`.",
    "sphinx-book-theme": "Words and pictures that a theme brings along.",
    "sphinx_design": "The rules for what is folded and what stands side by side.",
    "myst-nb": "The rules for cells and what they print.",
    "sphinxcontrib-katex": "The rules for numbers beside formulas.",
}

#: What the theme's style sheets bring along themselves, and where they say so.
WITHIN = {"pydata-sphinx-theme": "*/bootstrap.js.LICENSE.txt"}

TYPE = {
    "Source Serif": ("text.woff2", "SourceSerif", "The text."),
    "Source Sans": ("interface.woff2", "SourceSans", "What stands around it."),
    "Source Code": ("code.woff2", "SourceCode", "Code."),
}

LICENCE = re.compile(r"(.*\.dist-info/(licenses/)?)LICEN[CS]E(\.\w+)?", re.IGNORECASE)
BANNER = re.compile(
    r"(?P<name>\w+) v(?P<version>[\d.]+).*Licensed under (?P<licence>\w+)", re.S
)


class Work(NamedTuple):
    """One work of others."""

    name: str
    version: str
    licence: str
    role: str
    text: str


def write(course: Course, of: str) -> str:
    """Write the works of one kind: of the pages, the type or the slides."""
    course.app.env.note_dependency(str(BUNDLED))
    works = {
        "pages": [*bundled("pages"), *installed()],
        "type": [*faces()],
        "slides": [*bundled("slides")],
    }
    if of not in works:
        raise ExtensionError(f"licences: expected {', '.join(works)}, got {of!r}")
    return "\n\n".join(map(_entry, sorted(works[of], key=lambda w: w.name.casefold())))


def bundled(place: str, file: Path = BUNDLED) -> Iterator[Work]:
    """What the bundles take from npm, of those that a place shows."""
    for package in json.loads(file.read_text(encoding="utf-8")):
        if package["name"] not in BUNDLES:
            raise ExtensionError(
                f"licences: say in BUNDLES ({Path(__file__).name}) what "
                f"{package['name']} is for: it is in a bundle"
            )
        shown, role = BUNDLES[package["name"]]
        if shown == place:
            yield Work(role=role, **package)


def installed() -> Iterator[Work]:
    """The packages behind the theme's style sheet, and what these have from others."""
    for name, role in INSTALLED.items():
        package = distribution(name)
        yield Work(
            name, package.version, _licence(package), role, _text(package, LICENCE)
        )
        if name in WITHIN:
            pattern = re.compile(re.escape(WITHIN[name]).replace(r"\*", ".*"))
            banner = _text(package, pattern)
            found = BANNER.search(banner)
            if found is None:
                raise ExtensionError(f"licences: {name}: expected a name in {banner!r}")
            role = f"A part of {name}, which carries this notice, and no more words."
            yield Work(**found.groupdict(), role=role, text=banner)


def faces() -> Iterator[Work]:
    """The book's own type, which says its version in the fonts."""
    for name, (font, licence, role) in TYPE.items():
        revision = f"{TTFont(FACES / font)['head'].fontRevision:.3f}"
        text = (FACES / f"LICENSE-{licence}.txt").read_text(encoding="utf-8")
        yield Work(name, revision, "OFL-1.1", role, text)


def _licence(package: Distribution) -> str:
    """The short name of a package's licence, as its author wrote it."""
    said = package.metadata.get("License-Expression")
    classes = package.metadata.get_all("Classifier") or []
    named = [c.rpartition(" :: ")[2] for c in classes if c.startswith("License ::")]
    return said or ", ".join(named) or "see below"


def _text(package: Distribution, pattern: re.Pattern[str]) -> str:
    for file in package.files or ():
        if pattern.fullmatch(file.as_posix()):
            return file.read_text(encoding="utf-8")
    raise ExtensionError(
        f"licences: {package.name}: expected a file like {pattern.pattern}, found none"
    )


def _entry(work: Work) -> str:
    lines = "\n".join(line.rstrip() for line in work.text.strip().splitlines())
    return (
        f"### {work.name} {work.version}\n\n{work.role} Its licence: {work.licence}.\n\n"
        f":::{{dropdown}} The licence of {work.name}\n:class-container: prose\n\n"
        f"`````text\n{lines}\n`````\n:::"
    )

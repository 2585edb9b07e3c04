"""Whatever of others the book carries is on the page of licences, as it is installed."""

import hashlib
import json
import re
from collections import defaultdict
from importlib.metadata import distribution, distributions
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from sphinx.errors import ExtensionError

from bookext.collected import licences

ROOT = Path(__file__).resolve().parents[2]
PAGE = "chapters/licences.html"

#: What a script or a style sheet imports by a package's name.
IMPORT = re.compile(
    r"^(?:@?import\b[^\"'`;]*|export\b[^\"'`;]*\bfrom\s*|.*\bimport\()"
    r"[\"']((?:@[^/\"']+/)?[^./\"'][^/\"']*)",
    re.MULTILINE,
)

#: What a book is made of that a package may bring.
KINDS = {".css", ".jinja", ".js", ".svg", ".png", ".woff2", ".html", ".mo", ".txt"}


def shown(book: Path) -> dict[str, str]:
    """The words of each licence, by the work's name and version."""
    html = (book / PAGE).read_text(encoding="utf-8")
    soup = BeautifulSoup(html, "html.parser")
    found = {}
    for section in soup.select("section:has(> h3)"):
        heading, text = section.select_one("h3"), section.select_one("pre")
        assert heading, section
        assert text, section
        found[heading.get_text().strip().rstrip("#")] = text.get_text()
    return found


def same(text: str, other: str) -> bool:
    return text.split() == other.split()


def imported() -> set[str]:
    """The packages that the sources of scripts and style sheets import."""
    found: set[str] = set()
    for path in (ROOT / "web").rglob("*"):
        bundler = path.name == "bundle.mjs" or path.parent.name == "bundler"
        if path.suffix in {".js", ".css"} and not bundler:
            found |= set(IMPORT.findall(path.read_text(encoding="utf-8")))
    return {name for name in found if not name.startswith("node:")}


def test_every_package_that_a_script_imports_is_noted() -> None:
    noted = {package["name"] for package in json.loads(licences.BUNDLED.read_text())}
    assert {"minisearch", "reveal.js"} <= imported()
    assert imported() <= noted


@pytest.mark.parametrize("package", json.loads(licences.BUNDLED.read_text()))
def test_a_package_in_a_bundle_is_shown_as_it_is_installed(
    book: Path, package: dict[str, str]
) -> None:
    folder = ROOT / "node_modules" / package["name"]
    version = json.loads((folder / "package.json").read_text())["version"]
    (words,) = (p for p in folder.iterdir() if p.stem.upper() in {"LICENSE", "LICENCE"})
    assert same(shown(book)[f"{package['name']} {version}"], words.read_text("utf-8"))


def test_a_package_of_which_nothing_is_said_stops_the_build(tmp_path: Path) -> None:
    package = {"name": "new", "version": "1", "licence": "MIT", "text": "Do."}
    (tmp_path / "bundled.json").write_text(json.dumps([package]))
    with pytest.raises(ExtensionError, match=r"say in BUNDLES .* what new is for"):
        list(licences.bundled("pages", tmp_path / "bundled.json"))


def brought(book: Path) -> dict[str, set[str]]:
    """The files of the built book that an installed package has, by the package."""
    static = book / "_static"
    files = {
        hashlib.sha256(path.read_bytes()).digest(): path.name
        for path in static.rglob("*")
        if path.is_file() and path.stat().st_size
    }
    # The sheets of which the book's are made, whole, as `bookext/sheets.py` leaves them.
    sheets = (book.parent / ".doctrees/page.css").read_text(encoding="utf-8")
    found = defaultdict(set)
    for package in distributions():
        if package.name == "ce_lib":  # the book's own
            continue
        for file in package.files or ():
            path = file.locate()
            if file.suffix not in KINDS or not path.is_file():
                continue
            content = path.read_bytes()
            if name := files.get(hashlib.sha256(content).digest()):
                found[package.name].add(name)
            begins = content.decode("utf-8", "replace").strip()[:200]
            if ".css" in file.name and len(begins) == 200 and begins in sheets:
                found[package.name].add(file.name)
    return found


def test_a_package_of_which_the_book_has_a_file_is_shown(book: Path) -> None:
    found = brought(book)
    assert "basic.css.jinja" in found["Sphinx"]
    names = {heading.rpartition(" ")[0] for heading in shown(book)}
    assert found.keys() <= names, dict(found)
    for name in found:
        assert f"{name} {distribution(name).version}" in shown(book)


def test_a_licence_that_the_book_carries_is_shown(book: Path) -> None:
    carried = [p for p in (book / "_static").rglob("*") if "LICENSE" in p.name]
    assert len(carried) >= 5
    for path in carried:
        words = path.read_text(encoding="utf-8")
        assert any(same(words, other) for other in shown(book).values()), path.name

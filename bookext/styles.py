"""No style stands in an attribute, so that the strictest policy lets the book look right.

A page that forbids inline styles (``default-src 'self'``) would lose every distance in a
formula, which KaTeX writes into ``style``. When the pages are written, each such attribute
becomes a class, and its declarations a rule of one sheet. What stands in an attribute
outweighs a sheet, so the rules are marked as important.
"""

import hashlib
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from sphinx.application import Sphinx

SHEET = "inline.css"

TAG = re.compile(r"<[a-zA-Z][^<>]*?\sstyle=\"[^<>]*?>")
STYLE = re.compile(r'\sstyle="([^"]*)"')
CLASSES = re.compile(r'\sclass="([^"]*)"')
USED = re.compile(r"\bst-[0-9a-f]{6}\b")
RULE = re.compile(r"\.(st-[0-9a-f]{6})\{([^}]*)\}")
LINK = re.compile(r"(?<=_static/)([\w./-]+\.css)(?:\?v=\w+)?")


def without_styles(html: str, rules: dict[str, str]) -> str:
    """Return a page with a class for each ``style``; add what the classes say to `rules`."""

    def classed(tag: re.Match[str]) -> str:
        text = tag.group()
        found = STYLE.search(text)
        if found is None:
            return text
        text = STYLE.sub("", text, count=1)
        declarations = ";".join(
            f"{part.strip()}!important" for part in found[1].split(";") if part.strip()
        )
        if not declarations:
            return text
        name = "st-" + hashlib.sha256(declarations.encode()).hexdigest()[:6]
        if rules.setdefault(name, declarations) != declarations:
            raise ValueError(f"two styles share the name {name}: make it longer")
        if CLASSES.search(text):
            return CLASSES.sub(rf' class="\1 {name}"', text, count=1)
        end = -2 if text.endswith("/>") else -1
        return f'{text[:end].rstrip()} class="{name}"{text[end:]}'

    return TAG.sub(classed, html)


def add_sheet(app: Sphinx) -> None:
    app.add_css_file(SHEET, priority=920)


def write_sheet(app: Sphinx, error: Exception | None) -> None:
    """Read all written pages, so that a build of one page keeps what the others need."""
    if error or app.builder.format != "html":
        return
    sheet = Path(app.outdir, "_static", SHEET)
    rules = dict(RULE.findall(sheet.read_text("utf-8"))) if sheet.exists() else {}
    pages = {
        path: without_styles(path.read_text(encoding="utf-8"), rules)
        for path in Path(app.outdir).rglob("*.html")
        if "_static" not in path.parts
    }
    used = {name for html in pages.values() for name in USED.findall(html)}
    text = "".join(f".{name}{{{rules[name]}}}" for name in sorted(used))
    sheet.write_text(text, encoding="utf-8")
    address = addresses(sheet.parent)
    for path, html in pages.items():
        path.write_text(LINK.sub(address, html), encoding="utf-8")


def addresses(static: Path) -> Callable[[re.Match[str]], str]:
    """Give a sheet's address the checksum of what it is now: some are written last."""

    @cache
    def digest(name: str) -> str:
        return hashlib.sha256((static / name).read_bytes()).hexdigest()[:8]

    return lambda link: f"{link[1]}?v={digest(link[1])}"


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", add_sheet)
    app.connect("build-finished", write_sheet)

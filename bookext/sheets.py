"""The style sheets of a page: one before anything is painted, and one for what scripts bring.

A theme's sheet serves any book. When the pages are written, all of them are read, and the
scripts: a rule of the theme, of Sphinx's extensions or of the mathematics stays if something
can need it (`rules`). What is left and the book's own sheets are then parted. Rules for what a
page shows as it is written go into one sheet in its head; the others, for what scripts make of
it, into one at its end. A sheet of one kind of page only is linked before that page's text.
"""

import hashlib
import re
import shutil
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from bookext import assets, styles
from bookext.rules import FONT_FACE, Vocabulary, first_and_later, purged

#: What a page's head links, and its end (``templates/layout.html``).
SHEET, LATER = "page.css", "later.css"

#: The mathematics' sheet, which `glyphs` has written by then.
MATHEMATICS = "katex/katex.min.css"

#: The theme's own, which its templates would bring.
THEME = ("basic.css", "styles/pydata-sphinx-theme.css")

#: Code has the book's own two tones, and an exercise its own look (``book.css``).
UNUSED = frozenset({"pygments.css", "exercise.css"})

#: The book's own that serve every page, in their order: one that comes later has its say.
COMMON = (
    assets.SHEET.name,
    *("book.css", "emblems.css", "copy.css", "mistake.css", "site.css", "practice.css"),
)

#: Those of one kind of page.
SPECIAL = {path.name for path in (assets.HERE / "assets").glob("*.css")} - {*COMMON}

SCRIPT = re.compile(r"<script ([^>]*)src=\"[^\"]*_static/([^\"?]+)")
LINK = re.compile(r"(?<=_static/)([\w./-]+\.css)(?:\?v=\w+)?")


def add_sheet(app: Sphinx) -> None:
    app.add_css_file(SHEET)


def take_sheets(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any
) -> None:
    """Link one sheet in place of those it is made of; note which these are."""
    taken = dict.fromkeys(THEME)  # in their order
    left = {}
    sheets = context.get("css_files", [])
    for sheet in sorted(sheets, key=lambda sheet: getattr(sheet, "priority", 500)):
        name = getattr(sheet, "filename", sheet).removeprefix("_static/")
        if name in SPECIAL or name == SHEET:
            left[name] = sheet
        elif name != MATHEMATICS:
            taken[name] = None
    context["css_files"] = [left.pop(SHEET)]
    context["special_sheets"] = [*left]
    app.ce_sheets = tuple(taken)  # type: ignore[attr-defined]


def _read(static: Path, name: str) -> str:
    """A sheet, as seen from the folder of static files."""
    text = (static / name).read_text(encoding="utf-8")
    folder = name.rpartition("/")[0]
    if name == MATHEMATICS:
        return re.sub(r"url\((['\"]?)(?!data:)", rf"url(\1{folder}/", text)
    return re.sub(r"url\((['\"]?)\.\./", r"url(\1", text)


def written(app: Sphinx) -> dict[Path, str]:
    """The pages of the book."""
    static = Path(app.outdir, "_static")
    found = sorted(Path(app.outdir).rglob("*.html"))
    return {
        path: path.read_text("utf-8") for path in found if static not in path.parents
    }


def scripts_of(static: Path, pages: Iterable[str]) -> tuple[list[str], list[str]]:
    """The scripts that pages load: before they are painted, and all."""
    loaded = {
        (name, "defer" in said) for page in pages for said, name in SCRIPT.findall(page)
    }
    texts = [
        ((static / name).read_text("utf-8"), late) for name, late in sorted(loaded)
    ]
    return [text for text, late in texts if not late], [text for text, _ in texts]


def write_sheets(app: Sphinx, error: Exception | None) -> None:
    """Write both; leave them whole, for who compares, beside the doctrees."""
    names = getattr(app, "ce_sheets", ())
    if error or not names:  # no page was written
        return
    static = Path(app.outdir, "_static")
    pages = written(app)
    early, scripts = scripts_of(static, pages.values())
    known = Vocabulary.of(pages.values(), scripts)
    mathematics = _read(static, MATHEMATICS) if (static / MATHEMATICS).exists() else ""
    theme = "\n".join(_read(static, name) for name in names if name not in UNUSED)
    own = "\n".join(_read(static, name) for name in COMMON)
    inline = Path(app.doctreedir, styles.SHEET).read_text(encoding="utf-8")
    special = [(static / name).read_text(encoding="utf-8") for name in SPECIAL]
    needed = (
        *FONT_FACE.findall(mathematics),
        purged(mathematics, known, pages.values()),
        purged(theme, known, (own, *special, *scripts, *pages.values())),
        own,
    )
    first, later = first_and_later(
        "".join(needed), Vocabulary.of(pages.values(), early)
    )
    whole = "\n".join([mathematics, theme, own, inline])
    Path(app.doctreedir, SHEET).write_text(whole, encoding="utf-8")
    shutil.rmtree(static / "styles", ignore_errors=True)
    (static / SHEET).write_text(first + inline, encoding="utf-8")
    (static / LATER).write_text(later, encoding="utf-8")
    delete_unlinked(static, pages.values())
    address = addresses(static)
    for path, html in pages.items():
        path.write_text(LINK.sub(address, html), encoding="utf-8")


def addresses(static: Path) -> Callable[[re.Match[str]], str]:
    """Give a sheet's address the checksum of what it is now: some are written last."""

    @cache
    def digest(name: str) -> str:
        return hashlib.sha256((static / name).read_bytes()).hexdigest()[:8]

    return lambda link: f"{link[1]}?v={digest(link[1])}"


def delete_unlinked(static: Path, pages: Iterable[str]) -> None:
    """Delete what the two were made of, and what an earlier build has left there."""
    linked = {name for page in pages for name in LINK.findall(page)}
    for path in static.rglob("*.css"):
        if path.relative_to(static).as_posix() not in linked:
            path.unlink()


def delete_unused(app: Sphinx, error: Exception | None) -> None:
    """Delete what the theme writes at the very end."""
    if error is None and app.builder.format == "html":
        for name in UNUSED:
            Path(app.outdir, "_static", name).unlink(missing_ok=True)


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", add_sheet)
    app.connect("html-page-context", take_sheets, priority=960)
    # When `glyphs` has cut the fonts, and `styles` has written the pages anew.
    app.connect("build-finished", write_sheets, priority=600)
    app.connect("build-finished", delete_unused, priority=900)

"""No style stands in an attribute, so that the strictest policy lets the book look right.

A page that forbids inline styles (``default-src 'self'``) would lose every distance in a
formula, which KaTeX writes into ``style``. When the pages are written, each such attribute
becomes a class, and its declarations a rule of one sheet. What stands in an attribute
outweighs a sheet, so the rules are marked as important.
"""

import re
from pathlib import Path

from sphinx.application import Sphinx

#: Beside the doctrees, from where it goes into the sheet of all pages (`sheets`).
SHEET = "inline.css"

TAG = re.compile(r"<[a-zA-Z][^<>]*?\sstyle=\"[^<>]*?>")
STYLE = re.compile(r'\sstyle="([^"]*)"')
CLASSES = re.compile(r'\sclass="([^"]*)"')
USED = re.compile(r"\bst-[0-9a-z]+\b")
RULE = re.compile(r"\.(st-[0-9a-z]+)\{([^}]*)\}")
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def without_styles(html: str, rules: dict[str, str]) -> str:
    """Return a page with a class for each ``style``; add new ones to `rules`.

    From declarations to the class that brings them: `rules` grows.
    """

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
        name = rules.get(declarations) or free(rules)
        rules[declarations] = name
        if CLASSES.search(text):
            return CLASSES.sub(rf' class="\1 {name}"', text, count=1)
        end = -2 if text.endswith("/>") else -1
        return f'{text[:end].rstrip()} class="{name}"{text[end:]}'

    return TAG.sub(classed, html)


def free(rules: dict[str, str]) -> str:
    """A short name that is not taken: a number, which a formula repeats often."""
    taken, i = set(rules.values()), len(rules)
    while (name := f"st-{digits(i)}") in taken:
        i += 1
    return name


def digits(number: int) -> str:
    """Write a number with the digits 0 to z."""
    more, last = divmod(number, len(DIGITS))
    return (digits(more) if more else "") + DIGITS[last]


def write_sheet(app: Sphinx, error: Exception | None) -> None:
    """Read all written pages, so that a build of one page keeps what the others need."""
    if error or app.builder.format != "html":
        return
    sheet = Path(app.doctreedir, SHEET)
    rules = names_of(sheet.read_text("utf-8")) if sheet.exists() else {}
    used = set[str]()
    for path in sorted(Path(app.outdir).rglob("*.html")):
        if "_static" not in path.parts:
            html = without_styles(path.read_text(encoding="utf-8"), rules)
            path.write_text(html, encoding="utf-8")
            used.update(USED.findall(html))
    # Beside what it resembles a rule packs well.
    kept = sorted((said, name) for said, name in rules.items() if name in used)
    text = "".join(f".{name}{{{said}}}" for said, name in kept)
    sheet.write_text(text, encoding="utf-8")


def names_of(sheet: str) -> dict[str, str]:
    """From declarations to the class that brings them."""
    return {declarations: name for name, declarations in RULE.findall(sheet)}


def setup(app: Sphinx) -> None:
    app.connect("build-finished", write_sheet)

"""The style sheets of the theme and of Sphinx's extensions: one, with the rules of this book.

A theme's sheet serves any book. When the pages are written, all of them are read, and the
scripts: a rule stays if what its selector names (elements, classes, ids, attributes) occurs in
one of them, and a variable if something asks for it. What is left goes into one sheet, before
the book's own. A state that a script brings about is kept, since the script says its name.

The mathematics' sheet stays by itself, beside its fonts, and is cut in the same way.
"""

import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import tinycss2
from sphinx.application import Sphinx
from tinycss2.ast import Node, QualifiedRule

from bookext import assets, styles

#: The sheet, and its place: after the mathematics', before the book's own.
SHEET, PRIORITY = "theme.css", 800

#: The theme's own, which its templates would bring.
THEME = ("basic.css", "styles/pydata-sphinx-theme.css")

#: Code has the book's own two tones, and an exercise its own look (``book.css``).
UNUSED = frozenset({"pygments.css", "exercise.css"})

#: The mathematics' sheet, which `glyphs` has written by then.
MATHEMATICS = "katex/katex.min.css"

#: What is linked as it is: the mathematics and the book's own.
OWN = (path.name for path in (assets.HERE / "assets").glob("*.css"))
KEPT = frozenset({MATHEMATICS, SHEET, *assets.STYLES, styles.SHEET, *OWN})

TAG = re.compile(r"<([a-zA-Z][\w-]*)((?:\s+[^\s\"'<>/=]+(?:\s*=\s*\"[^\"]*\")?)*)")
ATTRIBUTE = re.compile(r"\s([^\s\"'<>/=]+)(?:\s*=\s*\"([^\"]*)\")?")
FONT_FACE = re.compile(r"@font-face\{[^}]*\}")
WORD = re.compile(r"-{0,2}[a-zA-Z_][\w-]*")
STRING = re.compile(r"""["'`]([a-z][a-z0-9]*)["'`]|<([a-z][a-z0-9]*)""")
SCRIPT = re.compile(r'<script [^>]*src="[^"]*_static/([^"?]+)')
ASKED = re.compile(r"var\(\s*(--[\w-]+)")
NESTED = frozenset({"media", "supports", "layer", "container"})
#: Of these, one selector of the list in brackets must be able to match.
ANY = frozenset({"is", "where", "has", "-webkit-any", "matches"})


class Vocabulary(NamedTuple):
    """What selectors may name: what occurs in pages, and what scripts may add."""

    elements: set[str]
    names: set[str]  # classes, ids, and attributes

    @classmethod
    def of(cls, pages: Iterable[str], scripts: Iterable[str]) -> "Vocabulary":
        elements, names = set[str](), set[str]()
        for page in pages:
            for tag, said in set(TAG.findall(page)):
                elements.add(tag.lower())
                for name, value in ATTRIBUTE.findall(said):
                    names.add(name)
                    if name in ("class", "id"):
                        names.update(value.split())
        for script in scripts:
            names.update(WORD.findall(script))
            elements.update(*STRING.findall(script))
        return cls(elements, names)


def matches(selector: list[Node], known: Vocabulary) -> bool:
    """Whether this selector can match an element of the book, in some state."""
    for i, node in enumerate(selector):
        before = selector[i - 1] if i else None
        if node.type == "ident":
            if before == ".":
                if node.value not in known.names:
                    return False
            elif before != ":" and node.lower_value not in known.elements:
                return False
        elif node.type == "hash":
            if node.value not in known.names:
                return False
        elif node.type == "[] block":
            name = next((part for part in node.content if part.type == "ident"), None)
            if name is not None and name.value not in known.names:
                return False
        elif (
            node.type == "function"
            and node.lower_name in ANY
            and not any(matches(one, known) for one in alternatives(node.arguments))
        ):
            return False
    return True


def alternatives(selectors: list[Node]) -> list[list[Node]]:
    """Split a list of selectors at its commas."""
    found: list[list[Node]] = [[]]
    for node in selectors:
        if node == ",":
            found.append([])
        else:
            found[-1].append(node)
    return found


class Rule(NamedTuple):
    """A rule that is kept: its selectors and declarations, or an at-rule's contents."""

    head: str
    declarations: list[tuple[str, str]]
    inside: "list[Rule] | None" = None

    def css(self, asked: set[str]) -> str:
        if self.inside is not None:
            body = "".join(rule.css(asked) for rule in self.inside)
        else:
            body = ";".join(
                f"{name}:{value}"
                for name, value in self.declarations
                if not name.startswith("--") or name in asked
            )
        return f"{self.head}{{{body}}}" if body else ""

    def values(self) -> Iterator[tuple[str, str]]:
        yield from self.declarations
        for rule in self.inside or ():
            yield from rule.values()


def _written(nodes: list[Node]) -> str:
    text = re.sub(r"\s+", " ", tinycss2.serialize(nodes).replace("/**/", " "))
    return text.strip()


def kept(nodes: Iterable[Node], known: Vocabulary) -> Iterator[Rule]:
    """The rules that some page of the book, or some state of it, can need."""
    for node in nodes:
        if isinstance(node, QualifiedRule):
            able = [one for one in alternatives(node.prelude) if matches(one, known)]
            if able:
                yield Rule(",".join(map(_written, able)), _declarations(node))
        elif node.type == "at-rule" and node.content is not None:
            head = f"@{node.at_keyword} {_written(node.prelude)}".strip()
            if node.lower_at_keyword in NESTED:
                rules = tinycss2.parse_rule_list(node.content, True, True)
                yield Rule(head, [], list(kept(rules, known)))
            elif node.lower_at_keyword == "page":
                yield Rule(head, _declarations(node))
            elif node.lower_at_keyword.endswith("keyframes"):
                frames = tinycss2.parse_rule_list(node.content, True, True)
                yield Rule(
                    head,
                    [],
                    [Rule(_written(f.prelude), _declarations(f)) for f in frames],
                )
            elif node.lower_at_keyword != "font-face":  # the book has type of its own
                raise ValueError(f"a style sheet has a rule unknown here: {head}")


def _declarations(rule: Any) -> list[tuple[str, str]]:
    found = []
    for node in tinycss2.parse_blocks_contents(rule.content, True, True):
        if node.type != "declaration":
            raise ValueError(f"a rule within a rule: {_written(rule.prelude)}")
        important = "!important" if node.important else ""
        found.append((node.name, _written(node.value) + important))
    return found


def purged(sheet: str, known: Vocabulary, others: Iterable[str]) -> str:
    """Return what the book needs of a sheet; `others` may ask for its variables."""
    rules = list(kept(tinycss2.parse_stylesheet(sheet, True, True), known))
    declared = [pair for rule in rules for pair in rule.values()]
    asked = {name for other in others for name in ASKED.findall(other)}
    asked.update(
        name
        for of, value in declared
        if not of.startswith("--")
        for name in ASKED.findall(value)
    )
    while (
        more := {
            name
            for of, value in declared
            if of in asked
            for name in ASKED.findall(value)
        }
        - asked
    ):
        asked |= more
    used = "".join(rule.css(asked) for rule in rules)
    # Movements that nothing calls.
    return re.sub(
        r"@(?:-webkit-)?keyframes ([\w-]+)\{(?:[^{}]*\{[^{}]*\})*\}",
        lambda frames: frames[0] if _moves(frames[1], declared) else "",
        used,
    )


def _moves(name: str, declared: list[tuple[str, str]]) -> bool:
    return any(name in value.split() for of, value in declared if "animation" in of)


def add_sheet(app: Sphinx) -> None:
    app.add_css_file(SHEET, priority=PRIORITY)


def take_sheets(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any
) -> None:
    """Link the one sheet in place of those it is made of; note which these are."""
    taken = dict.fromkeys(THEME)  # in their order
    left = []
    sheets = context.get("css_files", [])
    for sheet in sorted(sheets, key=lambda sheet: getattr(sheet, "priority", 500)):
        name = getattr(sheet, "filename", sheet).removeprefix("_static/")
        if name in KEPT:
            left.append(sheet)
        else:
            taken[name] = None
    context["css_files"] = left
    app.ce_sheets = tuple(taken)  # type: ignore[attr-defined]


def _whole(static: Path, names: Iterable[str]) -> str:
    """These sheets in one, as seen from the folder of static files."""
    texts = ((static / name).read_text(encoding="utf-8") for name in names)
    return re.sub(r"url\((['\"]?)\.\./", r"url(\1", "\n".join(texts))


def written(app: Sphinx) -> tuple[list[str], list[str]]:
    """The pages of the book, and the scripts that they load."""
    static = Path(app.outdir, "_static")
    pages = [
        path.read_text("utf-8")
        for path in Path(app.outdir).rglob("*.html")
        if static not in path.parents
    ]
    loaded = {name for page in pages for name in SCRIPT.findall(page)}
    scripts = [(static / name).read_text("utf-8") for name in sorted(loaded)]
    return pages, scripts


def write_sheet(app: Sphinx, error: Exception | None) -> None:
    """Write the sheet; leave it whole, for who compares, beside the doctrees."""
    names = getattr(app, "ce_sheets", ())
    if error or not names:  # no page was written
        return
    static = Path(app.outdir, "_static")
    whole = _whole(static, (name for name in names if name not in UNUSED))
    Path(app.doctreedir, SHEET).write_text(whole, encoding="utf-8")
    for name in names:
        (static / name).unlink()
    shutil.rmtree(static / "styles", ignore_errors=True)
    pages, scripts = written(app)
    own = (static / name for name in KEPT - {SHEET})
    others = [path.read_text("utf-8") for path in own if path.exists()]
    known = Vocabulary.of(pages, scripts)
    text = purged(whole, known, (*others, *scripts, *pages))
    (static / SHEET).write_text(text, encoding="utf-8")


def cut_mathematics(app: Sphinx, error: Exception | None) -> None:
    """Leave of the mathematics' sheet what some formula needs, and the fonts it has."""
    sheet = Path(app.outdir, "_static", MATHEMATICS)
    if error or not sheet.exists():
        return
    whole = sheet.read_text(encoding="utf-8")
    Path(app.doctreedir, sheet.name).write_text(whole, encoding="utf-8")
    pages, scripts = written(app)
    rules = purged(whole, Vocabulary.of(pages, scripts), pages)
    sheet.write_text("".join(FONT_FACE.findall(whole)) + rules, encoding="utf-8")


def delete_unused(app: Sphinx, error: Exception | None) -> None:
    """Delete what the theme writes at the very end."""
    if error is None and app.builder.format == "html":
        for name in UNUSED:
            Path(app.outdir, "_static", name).unlink(missing_ok=True)


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", add_sheet)
    app.connect("html-page-context", take_sheets, priority=960)
    app.connect("build-finished", write_sheet)
    app.connect("build-finished", cut_mathematics)
    app.connect("build-finished", delete_unused, priority=900)

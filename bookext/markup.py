"""HTML as validators and screen readers want it, where the parts that write it do not.

Everything here mends what another package writes; each line says whose.
"""

import re
from collections.abc import Callable
from html import escape
from typing import Any

from bs4 import BeautifulSoup
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

Mend = Callable[[re.Match[str]], str]


#: How long a name stays whole, where a table's narrow column does not ask for more.
WHOLE = 26


def broken(name: re.Match[str]) -> str:
    """Let a line break behind the points and underscores inside a long name."""
    html, at = name.string, name.start()
    in_table = html.rfind("<td", 0, at) > html.rfind("</td>", 0, at)
    if len(name.group()) <= WHOLE and not in_table:
        return name.group()
    return re.sub(r"(?<=\w)[._]+(?=\w)", r"\g<0><wbr>", name.group())


#: What is written, and what is written instead.
MENDED: tuple[tuple[re.Pattern[str], str | Mend], ...] = tuple(
    (re.compile(found, re.DOTALL), instead)
    for found, instead in (
        # Tables: a header cell with nothing in it is no header, any other one heads its
        # column (docutils, pandas).
        (r"<th(?: [^>]*)?>\s*(?:<p>\s*</p>)?\s*</th>", "<td></td>"),
        (
            r'<th class="((?:[\w-]+ )*head(?: [\w-]+)*)">',
            r'<th class="\1" scope="col">',
        ),
        (r'<th class="stub">', '<th class="stub" scope="row">'),
        # The fold of a hidden cell: no paragraph may stand in a summary, and its name is
        # what it says (MyST-NB).
        (r'<summary aria-label="Toggle hidden content">', "<summary>"),
        (
            r'<p class="((?:collapsed|expanded) admonition-title)">(.*?)</p>',
            r'<span class="\1">\2</span>',
        ),
        # A list in a field of a docstring stands in no paragraph (Sphinx).
        (r"<p>(?=<(?:ul|ol|dl)\b)", ""),
        (r"(</(?:ul|ol|dl)>)\s*</p>", r"\1"),
        # A name in code may break where its words meet, and nowhere else if that will do
        # (docutils).
        (
            r'(?<=<span class="pre">)[^<]*\w[._]\w[^<]*(?=</span>(?:</code>|</?span))',
            broken,
        ),
        # A sign stays with what it stands before: no line ends behind it (docutils).
        (r'(?<=<span class="pre">)(-+\w+)', r'<span class="ce-whole">\1</span>'),
        # The stop behind the name of a place stays with it, whatever the width (pybtex).
        (
            r'(<a class="reference external" [^>]*>(?:doi|arXiv):[^<]*</a>[.,])',
            r'<span class="ce-place">\1</span>',
        ),
        # An entry of the references stands in a list (docutils still gives a role that
        # ARIA has dropped).
        (r' role="doc-biblioentry"', ' role="listitem"'),
        # MathML: a function applied to nothing, a third child of two (KaTeX, S_{\log}).
        (r"<mo>\u2061</mo>(?=</m(?:sub|sup|subsup|under|over)>)", ""),
    )
)

#: docutils says it, too, beside the theme.
VIEWPORT = re.compile(r'<meta name="viewport"[^>]*>\s*')


#: A link or a header that holds a formula.
WITH_FORMULA = re.compile(
    r"<(?P<tag>a|th)(?P<said>(?: [^>]*)?)>"
    r"(?P<inside>(?:(?!</(?P=tag)>).)*</math>.*?)</(?P=tag)>",
    re.DOTALL,
)


def name(element: re.Match[str]) -> str:
    """Give a link or a header a name that is nothing but mathematics.

    What is painted of a formula is hidden from screen readers (KaTeX), and not all of them
    take a name from the MathML beside it: text that is heard stands there instead.
    """
    tag, said, inside = element["tag"], element["said"], element["inside"]
    parsed = BeautifulSoup(inside, "html.parser")
    formulas = [formula.extract() for formula in parsed.select(".katex")]
    if parsed.get_text(strip=True):
        return element.group()
    for painted in (
        part for f in formulas for part in f.select(".katex-html, annotation")
    ):
        painted.decompose()
    label = escape(" ".join(text for f in formulas for text in f.stripped_strings))
    inside = inside.replace('"katex-mathml"', '"katex-mathml" aria-hidden="true"')
    return f'<{tag}{said}><span class="ce-said">{label}</span>{inside}</{tag}>'


class UniqueIds(SphinxPostTransform):
    """sphinx-exercise gives every exercise's text the same id, and every solution's."""

    default_priority = 180  # before solutions are folded

    def run(self, **options: object) -> None:
        for section in self.document.findall(nodes.section):
            if section["ids"] in (["exercise-content"], ["solution-content"]):
                section["ids"] = []


def mend(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any
) -> None:
    context["metatags"] = VIEWPORT.sub("", context.get("metatags", ""))
    for part in ("body", "toc"):
        if context.get(part):
            context[part] = WITH_FORMULA.sub(name, mended(context[part]))
    if listed := context.get("generate_toc_html"):
        context["generate_toc_html"] = lambda: mended(str(listed()))


def mended(html: str) -> str:
    for found, instead in MENDED:
        html = found.sub(instead, html)
    return html


def setup(app: Sphinx) -> None:
    app.add_post_transform(UniqueIds)
    app.connect("html-page-context", mend, priority=900)

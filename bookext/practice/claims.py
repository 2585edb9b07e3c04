"""Claims to stake on: a heading that quotes, a fold with the verdict, cells as evidence.

In the page's source a claim is a section with a short name of its own, its address:

    (loss-ratio)=
    ### “Divide two losses, and you know how many times worse a model is.”

    :::{dropdown} True, half true or false?
    **Half true.** …
    :::

and below the fold any number of cells. The fold's first words, in bold, are the verdict.
On the page the fold takes the cells in, what they print first and their code in a fold of
its own. That needs no script; the script puts a stake before it (web/practice/claims.js),
and the score above the first claim. The page's own contents list the groups that claims
stand in, and no claim.
"""

import json
from collections.abc import Iterable
from html import escape
from typing import Any

from bs4 import BeautifulSoup
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform
from sphinx.util import logging
from sphinx_design.dropdown import dropdown_main, dropdown_title
from sphinx_design.shared import is_component

from bookext.practice import asked

logger = logging.getLogger(__name__)

SCRIPT, STYLE = "claims.js", "claims.css"

#: What can be said of a claim; what is staked is a share of 100 % on each, in this order.
VERDICTS = ("True", "Half true", "False")

#: The handle of the fold, in sources, on pages and in notebooks.
HANDLE = f"{VERDICTS[0]}, {VERDICTS[1].lower()} or {VERDICTS[2].lower()}?"

CODE_OPENS = '<details class="ce-claim-code"><summary>The code</summary>'
CLOSES = nodes.raw("", "</details>", format="html")


class Verdict(dropdown_main):
    """The fold of a claim; the page closes it below the claim's cells."""


class Claims(SphinxTransform):
    """Find the claims of a page, or say what one lacks."""

    default_priority = (
        290  # a label has named its section by then, and boxes come later
    )

    def apply(self, **kwargs: Any) -> None:
        found: dict[str, dict[str, Any]] = {}
        for section in list(self.document.findall(nodes.section)):
            for part in section.children:
                if is_component(part, "dropdown") and part[0].astext() == HANDLE:
                    try:
                        name, claim = self.claim(section, part)
                    except ValueError as problem:
                        logger.warning(f"a claim: {problem}", location=section)
                        break
                    if not found:
                        self.make_room_for_score(section)
                    found[name] = claim
                    break
        if found:
            of(self.env)[self.env.docname] = found
            for name in found:
                asked.note(self.env, "claim", name)

    def claim(
        self, section: nodes.section, fold: nodes.Element
    ) -> tuple[str, dict[str, Any]]:
        """Make one: return its name, and what is asked there."""
        said = section[0].astext()
        if not (said.startswith("“") and said.endswith("”")):
            raise ValueError(f"expected a heading in “…”, got {said}")
        labels = [n for n in section["names"] if self.document.nametypes.get(n)]
        if not labels:
            raise ValueError(f"expected a line such as (its-address)= above {said}")
        name = self.document.nameids[labels[0]]
        bold = next(iter(fold.findall(nodes.strong)), nodes.Text(""))
        verdict = bold.astext().rstrip(".")
        if verdict not in VERDICTS:
            raise ValueError(f"the fold of {said} begins with none of {VERDICTS}")
        # Links lead to the short name: it stays when the words are mended.
        section["ids"] = [name, *(id for id in section["ids"] if id != name)]
        answer = VERDICTS.index(verdict)
        enclose(section, fold, name, answer)
        return name, {"prompt": said, "answer": answer}

    def make_room_for_score(self, first: nodes.section) -> None:
        """Put the place of the score at the end of what leads to the claims."""
        part: nodes.Element = first
        while isinstance(part.parent.parent, nodes.section):
            part = part.parent
        here = self.env.docname
        place = f'<div class="ce-score" data-verdicts="{escape(json.dumps(VERDICTS))}"'
        if asked.RECORD in self.env.found_docs:
            uri = self.app.builder.get_relative_uri(here, asked.RECORD)
            place += f' data-record="{uri}"'
        place += "></div>"
        part.parent.insert(part.parent.index(part), nodes.raw("", place, format="html"))


def enclose(
    section: nodes.section, fold: nodes.Element, name: str, answer: int
) -> None:
    """Let the fold of a claim take in what is below it, on a page."""
    title, *body = fold.children
    verdict = Verdict("", dropdown_title("", title.astext()), *body)
    verdict.source, verdict.line = fold.source, fold.line
    verdict["claim"], verdict["answer"] = name, answer
    fold.replace_self(verdict)
    below = section.children[section.index(verdict) + 1 :]
    for cell in (part for part in below if is_cell(part)):
        sources = [p for p in cell if p.get("nb_element") == "cell_code_source"]
        outputs = [p for p in cell if p not in sources]
        opens = nodes.raw("", CODE_OPENS, format="html")
        cell.children = []
        cell.extend([*outputs, opens, *sources, CLOSES.deepcopy()])
    last = next((p for p in below if isinstance(p, nodes.section)), None)
    section.insert(section.index(last) if last else len(section), CLOSES.deepcopy())


def is_cell(node: nodes.Node | None) -> bool:
    return isinstance(node, nodes.Element) and node.get("nb_element") == "cell_code"


def visit_html(translator: Any, node: Verdict) -> None:
    name, answer = node["claim"], node["answer"]
    said = "The address of this claim"
    link = f'<a href="#{name}" title="{said}" aria-label="{said}: {name}">#</a>'
    translator.body.append(
        f'<div class="ce-claim" data-claim="{name}" data-answer="{answer}"></div>'
        f'<p class="ce-address">{link}</p><details class="ce-verdict">'
    )


def leave_open(translator: Any, node: Verdict) -> None:
    """What closes it stands below the claim's cells."""


def of(env: BuildEnvironment) -> dict[str, dict[str, dict[str, Any]]]:
    """The claims of each page by their names; kept from build to build."""
    if not hasattr(env, "claims_on_pages"):
        env.claims_on_pages = {}  # type: ignore[attr-defined]
    return env.claims_on_pages  # type: ignore[attr-defined,no-any-return]


def forget(app: Sphinx, env: BuildEnvironment, page: str) -> None:
    of(env).pop(page, None)


def for_record(env: BuildEnvironment) -> dict[str, Any]:
    """What the page of the record must know of them: a stake is a bet."""
    every = {name: one for page in of(env).values() for name, one in page.items()}
    return {
        "questions": {n: [len(VERDICTS), one["answer"]] for n, one in every.items()},
        "prompts": {n: one["prompt"] for n, one in every.items()},
    }


def write_record_anew(app: Sphinx, env: Any) -> Iterable[str]:
    """A claim that changed is known to the record, too."""
    before, env.claims_before = getattr(env, "claims_before", None), for_record(env)
    return [] if before == env.claims_before else sorted(env.found_docs)


def add_files_where_needed(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any
) -> None:
    if page in of(app.env):
        context["toc"] = without(of(app.env)[page], context.get("toc") or "")
        app.add_css_file(STYLE)
        app.add_js_file(SCRIPT, loading_method="defer")


def without(claims: Iterable[str], contents: str) -> str:
    """Leave the links to these claims out of a page's contents."""
    soup = BeautifulSoup(contents, "html.parser")
    for name in claims:
        for link in soup.select(f'a[href="#{name}"]'):
            entry = link.find_parent("li") or link
            entries = entry.parent
            entry.decompose()
            if entries and not entries.find("li"):
                entries.decompose()
    return str(soup)


def setup(app: Sphinx) -> None:
    app.add_node(Verdict, html=(visit_html, leave_open))
    app.add_transform(Claims)
    app.connect("env-purge-doc", forget)
    app.connect("env-updated", write_record_anew)
    app.connect("html-page-context", add_files_where_needed)

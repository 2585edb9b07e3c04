"""Opening questions, answer boxes, bets, and the reader's record, made alive by a script.

Their places are marked by ``div`` directives, which JupyterLab knows, too:
``{div} answer exercise-reading`` holds the line of Python that checks the exercise there,
``{div} bet bet-gap``, ``{div} guess guess-log-curve``, ``{div} own-run`` and ``{div} record``
hold nothing. The explorer right below a guess waits until one is given; right below an own
run it opens as the reader last left it. The definitions come from
`ce_lib.practice`. Answers stand encoded in an attribute: not in the page's text, and not
in the search index. In a solution the role ``answer`` prints them (see `answers`).
"""

import base64
import json
from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

from bookext.practice import answers, asked, claims, rule
from bookext.practice.asked import RECORD
from bookext.practice.claims import is_cell
from ce_lib._backticks import as_html
from ce_lib.practice.catalogue import EXERCISES, GUESSES, QUESTIONS

logger = logging.getLogger(__name__)

#: The kinds of boxes: what each is called, and the definitions it may hold.
KINDS: dict[str, tuple[str, dict[str, Any]]] = {
    "answer": ("exercise", EXERCISES),
    "bet": ("question", QUESTIONS),
    "guess": ("guess", GUESSES),
    "own-run": ("own run", {}),
    "record": ("record", {}),
}

#: The kinds that stand on an explorer, and which one that is.
ABOVE = {
    "guess": "the explorer that answers {name!r}",
    "own-run": "the explorer that was run",
}

#: The kinds without a definition.
PLAIN = ("own-run", "record")

SCRIPT = "practice.js"

#: The class of a guess and its explorer, which are one object.
JOINED = "ce-first"

#: The script of the record, which stands on one page.
REPORT = "report.js"


#: What stands in the place of the reader's own run where there are no scripts.
NO_RUN = (
    "Your own last run would stand here. Keeping it needs scripts, and there are none: "
    "the run below is one of ours."
)


class PracticeBox(nodes.General, nodes.Element):
    """A box, empty until its script runs."""


class Boxes(SphinxTransform):
    """Put the boxes in the places that are marked for them, or say what is wrong."""

    default_priority = 300

    def apply(self, **kwargs: Any) -> None:
        placed: set[tuple[str, str]] = set()
        told = False
        for mark in list(self.document.findall(nodes.container)):
            kind, *names = mark["classes"] or [""]
            if kind not in KINDS:
                continue
            name = names[0] if names else ""
            if problem := self.problem(mark, kind, name, placed):
                logger.warning(problem, location=mark)
                continue
            if not told and is_bet(kind, name):
                mark.parent.insert(mark.parent.index(mark), rule.told(self.is_first()))
                told = True
            placed.add((kind, name))
            asked.note(self.env, kind, name)
            box = self.box(mark, kind, name)
            mark.replace_self(box)
            if kind == "guess":
                join_with_explorer(box)

    def is_first(self) -> bool:
        """Whether this is the first page of the book's first part."""
        parts = self.config.external_site_map.root.subtrees
        return any(self.env.docname == part.files()[0] for part in parts[:1])

    def problem(
        self, mark: nodes.Element, kind: str, name: str, placed: set[tuple[str, str]]
    ) -> str:
        what, known = KINDS[kind]
        if known and name not in known:
            return f"there is no {what} {name!r}; there are {', '.join(known)}"
        if (kind, name) in placed:
            return f"the {what} {name!r} stands twice on this page"
        if kind in ABOVE and not is_cell(mark.next_node(descend=False, siblings=True)):
            return f"expected {ABOVE[kind].format(name=name)} right below it"
        if kind == "answer" and mark.astext() != (line := call(name)):
            return f"in the place for {name!r} expected `{line}`, got `{mark.astext()}`"
        return ""

    def box(self, mark: nodes.Element, kind: str, name: str) -> PracticeBox:
        known = KINDS[kind][1]
        definition = known[name].to_json() if known else {}
        box = PracticeBox(kind=kind, name=name, definition=definition)
        box.source, box.line = mark.source, mark.line
        if name:
            box["ids"] = [f"{kind}-{name}"]
        return box


def join_with_explorer(box: PracticeBox) -> None:
    """Make one object of a guess and the explorer below: it stands on what it covers."""
    explorer = box.next_node(descend=False, siblings=True)
    one = nodes.container(classes=[JOINED])
    box.parent.replace(box, one)
    explorer.parent.remove(explorer)
    one += [box, explorer]


def is_joined(node: nodes.Node) -> bool:
    """Whether this is a guess with its explorer."""
    return isinstance(node, nodes.container) and JOINED in node["classes"]


def is_bet(kind: str, name: str) -> bool:
    """Whether 100 % is spread there: in a bet, and in some opening questions."""
    return kind == "bet" or (kind == "guess" and GUESSES[name].asked.kind == "spread")


def call(name: str) -> str:
    """Return the Python that checks an exercise, still to be filled in."""
    return f"from ce_lib.practice import check; {EXERCISES[name].stub()}"


def bet_call(name: str) -> str:
    """Return the Python that bets on a question, still to be filled in."""
    return f"from ce_lib.practice import bet; {QUESTIONS[name].stub()}"


def questions() -> dict[str, list[int]]:
    """Return each question's number of options and the one that is true.

    The record tells by these whether a bet is one on the question as it is now.
    """
    every = {name: QUESTIONS[name].to_json() for name in QUESTIONS}
    return {name: [len(q["options"]), q["answer"]] for name, q in every.items()}


def for_record(env: BuildEnvironment) -> dict[str, Any]:
    """Return what the page of the record must know of everything that is asked."""
    prompts = {name: one.prompt for name, one in {**EXERCISES, **QUESTIONS}.items()}
    staked = claims.for_record(env)
    return {
        "questions": questions() | staked["questions"],
        "prompts": prompts | staked["prompts"],
    }


def encoded(definition: Any) -> str:
    """Keep a definition from being read by accident."""
    text = json.dumps(definition, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(text.encode("utf-8")).decode("ascii")


def visit_html(translator: Any, node: PracticeBox) -> None:
    kind, definition = node["kind"], node["definition"]
    if kind == "record":
        definition = for_record(translator.builder.env)
    attributes = {"class": f"ce-practice ce-{kind}-box", "data-practice": kind}
    if node["ids"]:
        attributes["id"] = node["ids"][0]
    attributes["data-definition"] = encoded(definition)
    if kind == "guess":
        attributes["class"] += f" ce-guess-{definition['kind']}"
    elif kind not in PLAIN:
        parts = definition["fields" if kind == "answer" else "options"]
        attributes["class"] += f" ce-parts-{min(len(parts), 6)}"
    builder = translator.builder
    if kind != "record" and RECORD in builder.env.found_docs:
        here = builder.current_docname
        attributes["data-record"] = builder.get_relative_uri(here, RECORD)
    written = " ".join(f'{key}="{escape(value)}"' for key, value in attributes.items())
    translator.body.append(f"<div {written}>{without_script(kind, definition)}</div>")
    raise nodes.SkipNode


def without_script(kind: str, definition: Any) -> str:
    """What stands in the box when scripts are off."""
    if kind == "answer":
        return "<noscript><p>To check an answer here, allow scripts.</p></noscript>"
    if kind == "record":
        return "<noscript><p>A record needs scripts, and there are none.</p></noscript>"
    if kind == "own-run":
        return f"<noscript><p>{NO_RUN}</p></noscript>"
    options = "".join(
        f"<li>{as_html(text)}</li>" for text, _ in definition.get("options", [])
    )
    question = f'<p class="ce-prompt">{as_html(definition["prompt"])}</p>'
    if options:
        question += f"<ol>{options}</ol>"
    if kind == "guess":
        return (
            f"{question}<noscript><details><summary>The answer</summary>"
            f"<p>{as_html(definition['told'])}</p></details></noscript>"
        )
    return f"{question}<noscript><p>To bet on this, allow scripts.</p></noscript>"


def skip(translator: Any, node: PracticeBox) -> None:
    raise nodes.SkipNode


def add_files_where_needed(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any
) -> None:
    boxes = [] if doctree is None else doctree.findall(PracticeBox)
    kinds = {box["kind"] for box in boxes}
    if kinds - {"record"}:
        # On a slow line explorers come first.
        app.add_js_file(SCRIPT, loading_method="defer", fetchpriority="low")
    if "record" in kinds:
        app.add_js_file(REPORT, loading_method="defer")


def setup(app: Sphinx) -> None:
    answers.setup(app)
    asked.setup(app)
    claims.setup(app)
    app.add_node(
        PracticeBox,
        html=(visit_html, None),
        latex=(skip, None),
        text=(skip, None),
        man=(skip, None),
        texinfo=(skip, None),
    )
    app.add_transform(Boxes)
    app.connect("html-page-context", add_files_where_needed)

"""The directives ``answer``, ``bet`` and ``record``: boxes that a script makes alive.

```{answer} exercise-reading``` puts the answer box of an exercise, ```{bet} bet-gap```
a question to bet on, and ```{record}``` what the reader's bets say. The definitions
come from `ce_lib.practice`. Answers stand encoded in an attribute: not in the page's
text, and not in the search index.
"""

import base64
import json
from html import escape
from typing import Any, ClassVar

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from ce_lib.practice.catalogue import EXERCISES, QUESTIONS

SCRIPT, STYLE = "practice.js", "practice.css"

#: The page that holds the directive ``record``.
RECORD = "chapters/your-record"


class PracticeBox(nodes.General, nodes.Element):
    """A box, empty until its script runs."""


class _Box(SphinxDirective):
    """Shared by all: look the definition up, place it once, or say what is wrong."""

    required_arguments = 1
    kind = ""
    what = ""
    known: ClassVar[dict[str, Any]] = {}

    def run(self) -> list[nodes.Node]:
        name = self.arguments[0]
        if name not in self.known:
            known = ", ".join(self.known)
            raise self.error(f"there is no {self.what} {name!r}; there are {known}")
        definition = self.known[name].to_json()
        for other in self.state.document.findall(PracticeBox):
            if (other["kind"], other["name"]) == (self.kind, name):
                raise self.error(f"the {self.what} {name!r} stands twice on this page")
        box = PracticeBox(kind=self.kind, name=name, definition=definition)
        self.set_source_info(box)
        self.state.document.note_explicit_target(_named(box, f"{self.kind}-{name}"))
        return [box]


def _named(node: nodes.Element, name: str) -> nodes.Element:
    node["ids"], node["names"] = [name], []
    return node


class Answer(_Box):
    kind, what, known = "answer", "exercise", EXERCISES


class Bet(_Box):
    kind, what, known = "bet", "question", QUESTIONS


class Record(SphinxDirective):
    def run(self) -> list[nodes.Node]:
        return [PracticeBox(kind="record", name="", definition=None)]


def encoded(definition: Any) -> str:
    """Keep a definition from being read by accident."""
    text = json.dumps(definition, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(text.encode("utf-8")).decode("ascii")


def visit_html(translator: Any, node: PracticeBox) -> None:
    kind, definition = node["kind"], node["definition"]
    attributes = {"class": f"ce-practice ce-{kind}-box", "data-practice": kind}
    if node["ids"]:
        attributes["id"] = node["ids"][0]
    if definition is not None:
        attributes["data-definition"] = encoded(definition)
        parts = definition["fields"] if kind == "answer" else definition["options"]
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
    options = "".join(f"<li>{escape(text)}</li>" for text, _ in definition["options"])
    return (
        f'<p class="ce-prompt">{escape(definition["prompt"])}</p><ol>{options}</ol>'
        "<noscript><p>To bet on this, allow scripts.</p></noscript>"
    )


def skip(translator: Any, node: PracticeBox) -> None:
    raise nodes.SkipNode


def add_files_where_needed(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any
) -> None:
    if (
        doctree is not None
        and next(iter(doctree.findall(PracticeBox)), None) is not None
    ):
        app.add_css_file(STYLE, priority=910)
        app.add_js_file(SCRIPT, loading_method="defer")


def setup(app: Sphinx) -> None:
    app.add_node(
        PracticeBox,
        html=(visit_html, None),
        latex=(skip, None),
        text=(skip, None),
        man=(skip, None),
        texinfo=(skip, None),
    )
    app.add_directive("answer", Answer)
    app.add_directive("bet", Bet)
    app.add_directive("record", Record)
    app.connect("html-page-context", add_files_where_needed)

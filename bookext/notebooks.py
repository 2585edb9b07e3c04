"""Every page that computes, as a notebook to download.

The words come from the page as it was resolved: values computed, references numbered,
titles in place. The code comes from the notebook that was executed. What is left is plain
Markdown that any notebook viewer shows.
"""

import ast
import re
from collections.abc import Container, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import nbformat
from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.util import logging

from bookext import practice, wheel
from bookext.coded import as_nodes
from bookext.practice.claims import is_cell
from ce_lib.explorers import REGISTRY
from ce_lib.practice.quiz import LEAST

logger = logging.getLogger(__name__)

#: What a page holds and a notebook does not: it has its own outputs, for one.
SILENT = (
    nodes.comment,
    nodes.image,
    nodes.Invisible,
    nodes.meta,
    nodes.raw,
    nodes.system_message,
    nodes.target,
    addnodes.index,
)

#: What stands in the place of the reader's record.
RECORD = (
    "*The page shows your record here. Your browser keeps it; no notebook can see it.*"
)
#: What stands in the place of the reader's own run.
OWN_RUN = (
    "*The page shows your last run here, which your browser keeps. No notebook can see it: "
    "the run below is one of ours.*"
)
#: What stands below the question that opens a chapter.
GUESS = "*Write it down. Then run the cell below: the explorer answers.*"

MARKS = {nodes.emphasis: "*{}*", nodes.strong: "**{}**", nodes.literal: "`{}`"}
MARKS |= {nodes.superscript: "<sup>{}</sup>", nodes.subscript: "<sub>{}</sub>"}
IN_LINE = (nodes.Inline, nodes.Text)


class Writer:
    """Turns the resolved doctree of one page into the text of Markdown cells."""

    def __init__(self, app: Sphinx, page: str, names: Container[str] = ()) -> None:
        """Write for a page whose cells import these names."""
        self.app, self.page, self.names = app, page, names
        self.depth = 0

    # In a line

    def line(self, node: nodes.Node) -> str:
        """Write the inside of a paragraph or of a part of one."""
        if isinstance(node, nodes.Text):
            return re.sub(r"([\\`*$<])", r"\\\1", " ".join(re.split(r"\n", str(node))))
        if isinstance(node, nodes.math):
            return f"${' '.join(node.astext().split())}$"
        if isinstance(node, nodes.literal):
            return code(node.astext())
        if isinstance(node, SILENT):
            return ""
        text = "".join(map(self.line, node.children))
        if isinstance(node, nodes.footnote_reference):
            return f"[{text}]"
        if isinstance(node, nodes.reference):
            return self.reference(node, text)
        for kind, mark in MARKS.items():
            if isinstance(node, kind):
                return mark.format(text)
        return text

    def reference(self, node: nodes.reference, text: str) -> str:
        uri = node.get("refuri", f"#{node.get('refid', '')}")
        if "ce-link" in node["classes"]:
            return f"{text} (`{call(uri, self.names)}`)"
        if "://" in uri:
            return f"[{text}]({uri})"
        target, _, anchor = uri.partition("#")
        for work in self.app.env.get_domain("cite").citations:  # type: ignore[attr-defined]
            if work.citation_id == anchor:
                return cited(work.entry)
        page = target.removesuffix(self.app.builder.out_suffix)  # type: ignore[attr-defined]
        here = Path(self.app.srcdir, self.page).parent
        other = (here / page).resolve().relative_to(self.app.srcdir.resolve())
        if page and has_notebook(self.app, other.as_posix()):
            return f"[{text}]({page}.ipynb)"
        return text

    def numbered(self, kind: str, node: nodes.Element, form: str) -> str:
        """Number a figure, an equation or an exercise as the page does."""
        known = self.app.env.toc_fignumbers.get(self.page, {}).get(kind, {})
        return form % ".".join(map(str, known[node["ids"][0]]))

    # Blocks

    def blocks(self, parts: Iterable[nodes.Node]) -> str:
        """Write blocks, and runs of inline nodes between them, with air in between."""
        written, run = [], ""
        for part in parts:
            if isinstance(part, IN_LINE) or is_value(part):
                run += self.line(part)
                continue
            written += [run, self.block(part)]
            run = ""
        return "\n\n".join(filter(str.strip, [*written, run]))

    def block(self, node: nodes.Node) -> str:
        name = type(node).__name__
        for kind in type(node).__mro__:
            if writer := getattr(self, f"on_{kind.__name__}", None):
                return writer(node)
        if not isinstance(node, SILENT):
            logger.warning("the notebook cannot hold a %s", name, location=node)
        return ""

    def inside(self, node: nodes.Element) -> str:
        return self.blocks(node.children)

    on_container = on_compound = on_legend = on_glossary = inside

    def on_section(self, node: nodes.Element) -> str:
        titled = isinstance(node.next_node(), nodes.title)
        self.depth += titled
        text = self.inside(node)
        self.depth -= titled
        return text

    def on_title(self, node: nodes.Element) -> str:
        text = self.line_of(node)
        if "title" in node:  # an exercise's, which the page numbers while it is written
            text = self.numbered("exercise", node.parent, node["title"]) + text
        if isinstance(node.parent, nodes.section):
            return f"{'#' * self.depth} {text}"
        return f"**{text}**"

    def line_of(self, node: nodes.Element) -> str:
        return "".join(map(self.line, node.children)).strip()

    on_paragraph = on_term = line_of

    def on_rubric(self, node: nodes.Element) -> str:
        return f"**{self.line_of(node)}**"

    def on_list(self, node: nodes.Element, first: int | None) -> str:
        items = []
        for number, item in enumerate(node.children, first or 0):
            mark = "- " if first is None else f"{number}. "
            items.append(mark + indent(self.inside(item), " " * len(mark)).lstrip())
        return "\n".join(items)

    def on_bullet_list(self, node: nodes.Element) -> str:
        return self.on_list(node, None)

    def on_enumerated_list(self, node: nodes.Element) -> str:
        return self.on_list(node, node.get("start", 1))

    on_definition_list = inside

    def on_definition_list_item(self, node: nodes.Element) -> str:
        parts = [self.inside(d) for d in node.findall(nodes.definition)]
        listed = "\n".join("- " + indent(part, "  ").lstrip() for part in parts)
        return "\n\n".join([self.inside(nodes.container("", *node[:1])), listed])

    def on_block_quote(self, node: nodes.Element) -> str:
        return indent(self.inside(node), "> ", empty=">")

    def on_Admonition(self, node: nodes.Element) -> str:
        text = self.inside(node)
        if not isinstance(node.next_node(), nodes.title):
            text = f"**{type(node).__name__.capitalize()}**\n\n{text}"
        return indent(text, "> ", empty=">")

    def on_literal_block(self, node: nodes.Element) -> str:
        language = "python" if "python" in node.get("language", "") else ""
        return f"```{language}\n{node.astext().rstrip()}\n```"

    def on_math_block(self, node: nodes.Element) -> str:
        text = node.astext().strip()
        if node.get("nowrap"):
            return text
        if node.get("label"):
            text += self.numbered("displaymath", node, r" \tag{%s}")
        return f"$$\n{text}\n$$"

    def on_figure(self, node: nodes.Element) -> str:
        name = self.numbered("figure", node, self.app.config.numfig_format["figure"])
        captions = [self.line_of(c) for c in node.findall(nodes.caption)]
        return "\n\n".join(f"*{name}.* {caption}" for caption in captions)

    def on_table(self, node: nodes.Element) -> str:
        rows = [
            [self.cell(entry) for entry in row.findall(nodes.entry)]
            for row in node.findall(nodes.row)
        ]
        rows.insert(1, ["---"] * len(rows[0]))
        titles = [f"**{self.line_of(t)}**\n\n" for t in node.findall(nodes.title)]
        lines = ["| " + " | ".join(row) + " |" for row in rows]
        return "".join(titles) + "\n".join(lines)

    def cell(self, entry: nodes.Element) -> str:
        parts = re.split(r"(\$[^$]*\$)", " ".join(self.inside(entry).split()))
        parts[::2] = [part.replace("|", r"\|") for part in parts[::2]]
        parts[1::2] = [part.replace("|", r"\vert ") for part in parts[1::2]]
        return "".join(parts)

    def on_citation(self, node: nodes.Element) -> str:
        return self.blocks(node[1:])

    def on_footnote(self, node: nodes.Element) -> str:
        return f"[{node[0].astext()}] {self.blocks(node[1:])}"

    def on_transition(self, node: nodes.Element) -> str:
        return "***"

    def on_dropdown_main(self, node: nodes.Element) -> str:
        """Fold it with what Markdown passes through."""
        title, body = node.children[0], node.children[1:]
        text = self.line_of(title).strip()
        return (
            f"<details>\n<summary>{text}</summary>\n\n{self.blocks(body)}\n\n</details>"
        )

    def on_PracticeBox(self, node: nodes.Element) -> str:
        """Ask in words what a box on the page asks; the kernel can judge the answer."""
        if node["kind"] == "answer":
            return f"To check your answer: `{practice.call(node['name'])}`"
        if node["kind"] == "record":
            return RECORD
        if node["kind"] == "own-run":
            return OWN_RUN
        prompt, *options = (
            "".join(map(self.line, as_nodes(text)))
            for text in (
                node["definition"]["prompt"],
                *(text for text, _ in node["definition"].get("options", [])),
            )
        )
        listed = [f"{k}. {text}" for k, text in enumerate(options, 1)]
        if node["kind"] == "guess":
            parts = [f"**Guess first.** {prompt}", "\n".join(listed), GUESS]
            return "\n\n".join(filter(None, parts))
        line = (
            f"To bet, spread 1 over the answers, at least {LEAST} on each: "
            f"`{practice.bet_call(node['name'])}`"
        )
        return "\n\n".join([f"**A bet.** {prompt}", "\n".join(listed), line])


def is_value(node: nodes.Node) -> bool:
    """Whether this is a number computed in the middle of a sentence."""
    return isinstance(node, nodes.Element) and node.get("nb_element") == "mime_bundle"


def code(text: str) -> str:
    """Quote with two marks what holds one itself."""
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def indent(text: str, by: str, empty: str = "") -> str:
    return "\n".join(by + line if line else empty for line in text.split("\n"))


def cited(entry: Any) -> str:
    """Name a work by its authors and year."""
    names = [" ".join(map(str, p.rich_last_names)) for p in entry.persons["author"]]
    if len(names) > 2:
        names = [names[0], "others"]
    return f"{' and '.join(names)}, {entry.fields['year']}"


def call(uri: str, names: Container[str] = ()) -> str:
    """Say in Python what a link into an explorer's state says; import what has no name yet."""
    name, _, query = uri.partition("#")[2].partition("?")
    explorer = REGISTRY[name].from_link(unquote(query))
    named = {part.partition("=")[0] for part in query.split("&")}
    state = ", ".join(f"{k}={v!r}" for k, v in explorer.state.items() if k in named)
    kind = type(explorer).__name__
    needed = "" if kind in names else f"from ce_lib.explorers import {kind}; "
    return f"{needed}{kind}({state})"


def has_notebook(app: Sphinx, page: str) -> bool:
    return "kernelspec" in app.env.metadata.get(page, {})


def explorers(cells: Iterable[str]) -> set[str]:
    """The names that cells import from the explorers."""
    return {
        alias.name
        for cell in cells
        for node in ast.walk(ast.parse(cell))
        if isinstance(node, ast.ImportFrom) and node.module == "ce_lib.explorers"
        for alias in node.names
    }


def set_up(app: Sphinx, page: str, cells: Iterable[str]) -> nbformat.NotebookNode:
    """The first cell, folded away where that can be: it installs what the others need."""
    needed: list[str] = []
    try:
        needed = wheel.needs(cells, Path(app.srcdir))
    except ValueError as problem:
        logger.warning("the notebook of this page: %s", problem, location=page)
    cell = nbformat.v4.new_code_cell(wheel.first_cell(needed, app.config.html_baseurl))
    cell.metadata = {"tags": ["set-up"], "jupyter": {"source_hidden": True}}
    return cell


def notebook(app: Sphinx, page: str, doctree: nodes.document) -> nbformat.NotebookNode:
    """Put the page's words between the cells of the notebook that was executed."""
    executed = Path(app.outdir).parent / "jupyter_execute" / f"{page}.ipynb"
    sources = nbformat.read(executed, as_version=4).cells
    made = nbformat.v4.new_notebook()
    made.metadata["kernelspec"] = {
        "display_name": "Python 3",
        "language": "python",
        "name": "python3",
    }
    code = [cell.source for cell in sources if cell.cell_type == "code"]
    writer = Writer(app, page, explorers(code))
    if wheel.has_library(app):
        made.cells.append(set_up(app, page, code))

    def say(parts: list[nodes.Node]) -> None:
        if text := writer.blocks(parts):
            made.cells.append(nbformat.v4.new_markdown_cell(text))

    def compute(cell: nodes.Element) -> None:
        source = sources[cell["cell_index"]]
        new = nbformat.v4.new_code_cell(source.source)
        if tags := source.metadata.get("tags"):
            new.metadata["tags"] = tags
            if {"remove-input", "hide-input", "hide-cell"} & set(tags):
                new.metadata["jupyter"] = {"source_hidden": True}
        made.cells.append(new)
        say(list(cell.findall(nodes.figure)))

    def walk(node: nodes.Element) -> None:
        """Open what holds the cells, and write what lies between."""
        waiting: list[nodes.Node] = []
        for part in node.children:
            deeper = isinstance(part, nodes.section)
            if not (deeper or is_cell(part) or practice.is_joined(part)):
                waiting.append(part)
                continue
            say(waiting)
            waiting = []
            if is_cell(part):
                compute(part)
                continue
            writer.depth += deeper
            walk(part)
            writer.depth -= deeper
        say(waiting)

    walk(doctree)
    for number, cell in enumerate(made.cells):
        cell["id"] = f"cell-{number}"
    return made


def offer(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any
) -> None:
    """Write the notebook beside the page's source; the layout then offers it."""
    if doctree is None or not has_notebook(app, page):
        return
    path = Path(app.outdir, "_sources", f"{page}.ipynb")
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook(app, page, doctree), path)
    context["ipynb_source"] = f"{page}.ipynb"
    context["wheel"] = wheel.NAME if wheel.has_library(app) else None


def setup(app: Sphinx) -> None:
    app.connect("html-page-context", offer, priority=400)

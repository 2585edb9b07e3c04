"""The library's own pages: what `ce_lib` makes public, out of its docstrings.

``{library} losses`` shows a module's introduction and everything of it that
``ce_lib.__all__`` names, and ``{library}`` alone lists all modules with their names. What
is public is discovered, never listed here. And every page links its first use of such a
name to its entry: in prose, and where a cell imports it.
"""

import inspect
import re
from functools import cache
from html import escape
from typing import Any

from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

import ce_lib

FOLDER = "reference/"


@cache
def public() -> dict[str, str]:
    """Return the module, a child of `ce_lib`, that defines each public name."""
    modules = {name: getattr(ce_lib, name).__module__ for name in ce_lib.__all__}
    return {name: module.split(".")[1] for name, module in modules.items()}


def address(app: Sphinx, page: str, name: str) -> str | None:
    """Return where a page finds the entry of a public name, or None."""
    entry = FOLDER + public()[name]
    if entry not in app.env.found_docs or page == entry:
        return None
    return f"{app.builder.get_relative_uri(page, entry)}#ce_lib.{name}"


def modules() -> dict[str, list[str]]:
    """Return the public names of each module, both in alphabetical order."""
    found: dict[str, list[str]] = {
        module: [] for module in sorted({*public().values()})
    }
    for name in sorted(public(), key=str.lower):
        found[public()[name]].append(name)
    return found


class Library(SphinxDirective):
    """Document one module of the library, or list them all."""

    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        lines = self.module(self.arguments[0]) if self.arguments else self.contents()
        text = ["````{eval-rst}", ".. currentmodule:: ce_lib", "", *lines, "````"]
        container = nodes.container(classes=["ce-library"])
        source = StringList(text, source=self.get_source_info()[0])
        self.state.nested_parse(source, self.content_offset, container)
        return [container]

    def module(self, module: str) -> list[str]:
        if module not in modules():
            known = ", ".join(modules())
            raise self.error(
                f"there is no public {module!r} in ce_lib; there are {known}"
            )
        lines = (inspect.getdoc(getattr(ce_lib, module)) or "").splitlines()
        for name in modules()[module]:
            kind = "class" if inspect.isclass(getattr(ce_lib, name)) else "function"
            lines += ["", f".. auto{kind}:: {name}"]
            lines += ["   :members:"] * (kind == "class")
        return lines

    def contents(self) -> list[str]:
        lines = []
        for module, names in modules().items():
            about = (inspect.getdoc(getattr(ce_lib, module)) or "").partition("\n")[0]
            links = ", ".join(f":py:obj:`{name}`" for name in names)
            lines += [f":doc:`ce_lib.{module} </{FOLDER}{module}>`", f"   {about}", ""]
            lines += [f"   {links}", ""]
        return lines


#: At the start of a line, what would be the mark of a list.
INITIAL = re.compile(r"^(\s*)(?=[A-Z]\. )")


def keep_words(
    app: Sphinx, what: str, name: str, obj: Any, options: Any, lines: list[str]
) -> None:
    """Let a bar be an absolute value, not a substitution, and an initial not a list."""
    example = False
    for number, line in enumerate(lines):
        example = line.lstrip().startswith(">>>") or (example and bool(line.strip()))
        if not example and "`" not in line:
            lines[number] = INITIAL.sub(r"\1\\", line.replace("|", r"\|"))


class FirstUse(SphinxPostTransform):
    """Link the first code in a page's prose that is a public name or a call of one."""

    default_priority = 400  # references are resolved, and hold code of their own

    def run(self, **options: object) -> None:
        if self.env.docname.startswith(FOLDER):
            return
        linked: set[str] = set()
        for literal in list(self.document.findall(nodes.literal)):
            name = literal.astext().partition("(")[0]
            if name not in public() or name in linked or is_linked(literal):
                continue
            if uri := address(self.app, self.env.docname, name):
                linked.add(name)
                link = nodes.reference("", "", refuri=uri, internal=True)
                literal.replace_self(link)
                link += literal


def is_linked(node: nodes.Node) -> bool:
    """Whether a link would be in the way: in another one, or in a title."""
    while node := node.parent:
        if isinstance(node, nodes.reference | nodes.title | nodes.rubric):
            return True
    return False


#: In a highlighted cell, what is imported from the library, and each name in it.
SPACE = r'(?:<span class="w">)?\s+(?:</span>)?'
IMPORT = re.compile(
    rf'<span class="nn">ce_lib[\w.]*</span>{SPACE}<span class="kn">import</span>{SPACE}'
    r'(?:<span class="p">\(</span>.*?<span class="p">\)</span>|[^\n]*)',
    re.DOTALL,
)
NAME = re.compile(r'<span class="n">(\w+)</span>')


def link_imports(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any
) -> None:
    """Link each public name where a cell of this page first imports it."""
    linked: set[str] = set()

    def link(match: re.Match[str]) -> str:
        name = match[1]
        uri = address(app, page, name) if name in public() else None
        if uri is None or name in linked:
            return match[0]
        linked.add(name)
        return f'<a class="ce-use" href="{escape(uri)}">{match[0]}</a>'

    if "body" in context and not page.startswith(FOLDER):
        context["body"] = IMPORT.sub(
            lambda statement: NAME.sub(link, statement[0]), context["body"]
        )


def setup(app: Sphinx) -> None:
    app.setup_extension("sphinx.ext.autodoc")
    app.setup_extension("sphinx.ext.napoleon")
    app.add_directive("library", Library)
    app.connect(
        "autodoc-process-docstring", keep_words, priority=400
    )  # before napoleon
    app.add_post_transform(FirstUse)
    app.connect("html-page-context", link_imports)

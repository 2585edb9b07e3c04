"""The role ``explore``: a link that opens an explorer in exactly one state.

``{explore}`text <loss-curve?q=0.01>` `` links to the explorer on the same page, and
``{explore}`text </chapters/log-curve#loss-curve?q=0.01>` `` to one on another page.
The state is checked against the Python class while the book is built. A link that leaves the
page says so, to eyes and ears, and where it leads.

The role ``part`` links to a part of a page by its address, ``{part}`words <log-curve#play>` ``,
for pages that are written by a program.

An address of the book that a cell has shown is text in a notebook, and a link in the book. On
its own page it is called what stands there.
"""

import re
from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import ReferenceRole

from bookext.assets import PLACE
from bookext.numbers import number_of
from ce_lib.explorers import REGISTRY, StateError

ADDRESS = re.compile(r"<code>(chapters/[\w-]+)\.html(#[\w-]+)?</code>")


class ExploreRole(ReferenceRole):
    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        page, _, fragment = self.target.rpartition("#")
        name, _, query = fragment.partition("?")
        if problem := self.problem(page, name, query):
            return [], [self.inliner.reporter.error(problem, line=self.lineno)]
        title = self.title if self.has_explicit_title else name
        link = nodes.reference("", title, refuri=f"#{fragment}", classes=["ce-link"])
        here, there = self.env.docname, page.removeprefix("/")
        if page and there != here:
            uri = self.env.app.builder.get_relative_uri(here, there)
            link["refuri"] = uri + link["refuri"]
            link["classes"].append("ce-leaves")
            link["leads_to"] = there
        return [link], []

    def problem(self, page: str, name: str, query: str) -> str | None:
        if name not in REGISTRY:
            known = ", ".join(REGISTRY)
            return f"there is no explorer {name!r} to link to; there are {known}"
        if page and page.removeprefix("/") not in self.env.found_docs:
            return f"the link to {name!r} names the page {page!r}, which does not exist"
        try:
            REGISTRY[name].from_link(query)
        except StateError as error:
            return f"the link to {name!r} has a state it cannot show: {error}"
        return None


class PartRole(ReferenceRole):
    """A link to a page, or by its address to a part of one: ``words <log-curve#play>``."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        page, _, part = self.target.partition("#")
        there = f"chapters/{page}"
        if there not in self.env.found_docs:
            problem = f"there is no page {there!r} to link to"
            return [], [self.inliner.reporter.error(problem, line=self.lineno)]
        uri = self.env.app.builder.get_relative_uri(self.env.docname, there)
        if part:
            uri += f"#{part}"
        return [nodes.reference("", self.title, refuri=uri, internal=True)], []


class SayWhereItLeads(SphinxPostTransform):
    """Name the chapter, once the numbers are known, in a link that leaves the page."""

    default_priority = 9

    def run(self, **options: object) -> None:
        for link in self.document.findall(nodes.reference):
            if there := link.get("leads_to"):
                number = number_of(self.env, there)
                name = self.env.titles[there].astext()
                where = f"chapter {number}" if number else f"“{name}”"
                link["reftitle"] = f"Opens in {where}" + (f", {name}" if number else "")
                said = f" (opens in {where})"
                link += nodes.inline("", said, classes=["ce-said"])


class PointAhead(SphinxPostTransform):
    """Tell a link whose explorer comes after it on the page from one whose explorer came."""

    default_priority = 10  # which of a cell's outputs is shown has been chosen by then

    def run(self, **options: object) -> None:
        come: set[str] = set()
        for node in self.document.findall():
            if isinstance(node, nodes.raw):
                come.update(PLACE.findall(node.astext()))
            elif isinstance(node, nodes.reference):
                name = node.get("refuri", "").lstrip("#").partition("?")[0]
                if {"ce-link"} == set(node["classes"]) and name not in come:
                    node["classes"].append("ce-ahead")


class LinkShownAddresses(SphinxPostTransform):
    """Make links of the addresses in what a cell has shown."""

    default_priority = 9  # which of a cell's outputs is shown has been chosen by then

    def run(self, **options: object) -> None:
        for shown in self.document.findall(nodes.raw):
            shown[:] = [nodes.Text(ADDRESS.sub(self.link, shown.astext()))]

    def link(self, address: re.Match[str]) -> str:
        there, part = address[1], address[2] or ""
        uri = self.env.app.builder.get_relative_uri(self.env.docname, there) + part
        name = self.env.titles[there].astext()
        if there == self.env.docname:
            name = next(
                (
                    section[0].astext()
                    for section in self.document.findall(nodes.section)
                    if part[1:] in section["ids"]
                ),
                name,
            )
        return f'<a href="{escape(uri)}">{escape(name)}</a>'


def setup(app: Sphinx) -> None:
    app.add_post_transform(SayWhereItLeads)
    app.add_post_transform(PointAhead)
    app.add_post_transform(LinkShownAddresses)
    app.add_role("explore", ExploreRole())
    app.add_role("part", PartRole())

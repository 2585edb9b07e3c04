"""The role ``explore``: a link that opens an explorer in exactly one state.

``{explore}`text <loss-curve?q=0.01>` `` links to the explorer on the same page, and
``{explore}`text </chapters/log-curve#loss-curve?q=0.01>` `` to one on another page.
The state is checked against the Python class while the book is built.
"""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import ReferenceRole

from ce_lib.explorers import REGISTRY, StateError


class ExploreRole(ReferenceRole):
    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        page, _, fragment = self.target.rpartition("#")
        name, _, query = fragment.partition("?")
        if problem := self.problem(page, name, query):
            return [], [self.inliner.reporter.error(problem, line=self.lineno)]
        uri = f"#{fragment}"
        if page:
            here, there = self.env.docname, page.removeprefix("/")
            uri = self.env.app.builder.get_relative_uri(here, there) + uri
        title = self.title if self.has_explicit_title else name
        return [nodes.reference("", title, refuri=uri, classes=["ce-link"])], []

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


def setup(app: Sphinx) -> None:
    app.add_role("explore", ExploreRole())

"""An entry of the library in few lines: what Sphinx spreads over the page, drawn together.

An attribute is a line of a list, as a parameter is: its name, its type, what it means. The type
looks alike whether it names a shape or not. Where to look further is one sentence.
"""

from collections.abc import Iterable, Iterator

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

#: What stands between a name, or a type, and its words.
DASH = " \N{EN DASH} "


class Attributes(SphinxPostTransform):
    default_priority = 300  # references are resolved
    formats = ("html",)

    def run(self, **options: object) -> None:
        for content in list(self.document.findall(addnodes.desc_content)):
            found = [node for node in content if is_attribute(node)]
            if found:
                at = content.index(found[0])
                items = nodes.bullet_list("", *map(item, found), classes=["simple"])
                content[:] = [node for node in content if node not in found]
                content.insert(at, field_list("Attributes", items))


def is_attribute(node: nodes.Node) -> bool:
    return isinstance(node, addnodes.desc) and node["objtype"] == "attribute"


def field_list(name: str, items: nodes.bullet_list) -> nodes.field_list:
    body = nodes.field_body("", items)
    field = nodes.field("", nodes.field_name("", name), body)
    return nodes.field_list("", field, classes=["simple"])


def item(attribute: addnodes.desc) -> nodes.list_item:
    signature, content = attribute.children
    line = nodes.paragraph("", "", nodes.strong("", signature.astext()))
    rest = list(content.children)
    for fields in content.findall(nodes.field_list):
        (kind,) = fields.findall(nodes.paragraph)
        line += [nodes.Text(" "), said(kind.children)]
        rest.remove(fields)
    if rest:
        line += [nodes.Text(DASH), *rest.pop(0).children]
    return nodes.list_item("", line, *rest, ids=signature["ids"])


def said(kind: Iterable[nodes.Node]) -> nodes.inline:
    """A type; what was set in italics is not, beside what could not be."""
    parts = [
        part
        for node in kind
        for part in (node.children if isinstance(node, nodes.emphasis) else [node])
    ]
    return nodes.inline("", "", *parts, classes=["ce-type"])


class Types(SphinxPostTransform):
    """Take a type out of its brackets."""

    default_priority = 301
    formats = ("html",)

    def run(self, **options: object) -> None:
        for field in self.document.findall(nodes.field):
            name, body = field.children
            for line in body.findall(nodes.paragraph):
                unbracket(line)
            if name.astext() == "Returns" and isinstance(body[0], nodes.paragraph):
                alone(body[0])


def unbracket(line: nodes.paragraph) -> None:
    texts = [(n, c.astext()) for n, c in enumerate(line) if isinstance(c, nodes.Text)]
    opened = [n for n, text in texts if n and text.startswith(" (")]
    closed = [n for n, text in texts if ")" + DASH in text]
    if not (opened and closed and isinstance(line[0], nodes.strong)):
        return
    start, end = opened[0], closed[0]
    before, words = line[end].astext().split(")" + DASH, 1)
    kind = line.children[start : end + 1]
    if start == end:
        kind = [nodes.Text(before.removeprefix(" ("))]
    else:
        kind[0] = nodes.Text(kind[0].astext().removeprefix(" ("))
        kind[-1] = nodes.Text(before)
    line[start : end + 1] = [nodes.Text(" "), said(kind), nodes.Text(DASH + words)]


def alone(line: nodes.paragraph) -> None:
    """Mark the type of what has no name."""
    if isinstance(line[0], nodes.strong):
        return
    for at, part in enumerate(line):
        before, dash, words = part.astext().partition(DASH)
        if dash and isinstance(part, nodes.Text):
            kind = [*line.children[:at], nodes.Text(before)]
            line[: at + 1] = [said(kind), nodes.Text(DASH + words)]
            return


class Further(SphinxPostTransform):
    """Say where to look further in one line, behind its heading."""

    default_priority = 302
    formats = ("html",)

    def run(self, **options: object) -> None:
        for places in self.document.findall(addnodes.seealso):
            line = nodes.paragraph()
            for place in pointed_out(places):
                line += [nodes.Text("; ")] if line.children else []
                line += place
                unended(line)
            places[:] = [line]


def pointed_out(places: addnodes.seealso) -> Iterator[list[nodes.Node]]:
    """Each name, or names, with what is said of them."""
    for part in places:
        if isinstance(part, nodes.definition_list):
            for term, about in part:
                yield [*term.children, nodes.Text(DASH), *about[0].children]
        else:
            yield part.children


def unended(line: nodes.paragraph) -> None:
    """Leave out the point at its end: what follows stands behind a semicolon."""
    if isinstance(line[-1], nodes.Text):
        line[-1] = nodes.Text(line[-1].astext().removesuffix("."))


def setup(app: Sphinx) -> None:
    for transform in (Attributes, Types, Further):
        app.add_post_transform(transform)

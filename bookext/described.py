"""What a page is, in the words that search engines read: schema.org's, as JSON-LD.

The cover is a Book, each chapter a Chapter and a LearningResource: what it teaches are the
goals at its head, its time is the one it says. Addresses are full ones, so they stand there
once `html: baseurl` in _config.yml names the book's.
"""

import json
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

import ce_lib
from bookext.minutes import minutes
from bookext.numbers import number_of

#: Statements about one thing share its ``@id``.
Things = list[dict[str, Any]]

COMMON = {
    "inLanguage": "en",
    "license": "https://creativecommons.org/licenses/by/4.0/",
    "isAccessibleForFree": True,
}


def goals(doctree: nodes.Node) -> list[str]:
    """Return what a page says its reader will be able to do."""
    return [
        goal.astext().strip().rstrip(",.")
        for box in doctree.findall(nodes.container)
        if "goals" in box["classes"]
        for goal in box.findall(nodes.definition)
    ]


def book(app: Sphinx, description: str) -> Things:
    """Describe the whole book."""
    return [
        {
            "@type": "Book",
            "@id": address(app, app.config.root_doc) or "#book",
            "name": app.config.html_title,
            "description": description,
            "author": {"@type": "Organization", "name": app.config.author},
            "bookEdition": ce_lib.__version__,
            "copyrightYear": int(app.config.copyright),
            "accessibilityFeature": ["alternativeText", "MathML"],
            "learningResourceType": "textbook",
            **COMMON,
        }
    ]


def chapter(
    app: Sphinx, page: str, title: str, description: str, doctree: nodes.Node
) -> Things:
    """Describe one chapter, as part of the book and as something to learn from."""
    own = {"@id": address(app, page) or "#chapter", "name": title}
    whole = {"@type": "Book", "name": app.config.html_title}
    if url := address(app, app.config.root_doc):
        whole["@id"] = url
    return [
        {
            "@type": "Chapter",
            **own,
            "description": description,
            "position": number_of(app.env, page),
            "isPartOf": whole,
            **COMMON,
        },
        {
            "@type": "LearningResource",
            **own,
            "learningResourceType": "chapter",
            "teaches": "; ".join(goals(doctree)),
            "timeRequired": f"PT{minutes(doctree)}M",
        },
    ]


def address(app: Sphinx, page: str) -> str:
    """Return a page's full address, or nothing while the book's is not known."""
    base = app.config.html_baseurl.rstrip("/")
    return f"{base}/{app.builder.get_target_uri(page)}" if base else ""


def add_to_page(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any
) -> None:
    card = context["card"]
    if page == app.config.root_doc:
        said = book(app, card.description)
    elif doctree is not None and number_of(app.env, page):
        said = chapter(app, page, card.title, card.description, doctree)
    else:
        return
    graph = {"@context": "https://schema.org", "@graph": said}
    text = json.dumps(graph, ensure_ascii=False)
    # Nothing in it may end the element that it stands in.
    context["described"] = text.replace("<", "\\u003c")


def setup(app: Sphinx) -> None:
    # After the page's card is known, which has its title and its description.
    app.connect("html-page-context", add_to_page, priority=600)

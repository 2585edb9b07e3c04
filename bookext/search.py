"""The book's own search: what can be found is read off the pages as readers see them.

Sphinx's index knows pages, sees LaTeX beside what is painted, and drops numbers. This one
knows sections, the glossary's words and the library's functions, each with the text that
stands there, formulas in one line (`formulas`). It is read from all written pages after
every build, so it is whole however little was built. The search page alone loads it, once
there is something to look for (``web/search``), and as a script: a browser lets no page in
a folder read another file.

What readers call a thing by other words than the page stands in the page's front matter, as
``asked``: for the id of each section a list of what they type. A page that is collected may
say so, too (`collected`).
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.index_entries import split_index_msg

from bookext import formulas
from bookext.collected import said

logger = logging.getLogger(__name__)

PAGE, INDEX = "search", "searchindex.js"
SCRIPT, STYLE = "search.js", "search.css"

ARTICLE = re.compile(r'<article class="bd-article">(.*?)</article>', re.DOTALL)

#: What is no text of the page: painted formulas, names for screen readers, the handle of
#: a fold, the tables of explorers, which stand for pictures, and ways to other places.
UNREAD = {"katex-html", "ce-explorer", "ce-said", "ce-address", "collapsed", "expanded"}
UNREAD |= {"external", "fn-bracket", "ce-svg", "ce-back"}
#: What the search must not give away.
UNREAD |= {"solution"}
UNREAD_TAGS = {"script", "style", "noscript", "button", "svg", "nav"}
#: Of code, words and numbers are kept, each once, that lead somewhere: they do not stand in
#: the text beside it, and in the code of few places.
FEW = 4
WORD = re.compile(r"[^\W\d]\w*(?:\.\d+)?|\d+(?:\.\d+)?(?:e[+-]?\d+)?")
VOID = {"area", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
#: Where a line of text ends; what is a line in a row of a table stays in it.
BLOCKS = {"p", "li", "dd", "dt", "tr", "div", "section", "summary", "pre", "figcaption"}


#: Around a formula, where a sentence has none.
AIR = re.compile(r"(?<=\() | (?=[,.;:?)])")


@dataclass
class Place:
    """What a hit leads to: a section, a word of the glossary, or a function."""

    id: str
    trail: list[str]
    title: str = ""
    text: str = ""
    code: str = ""
    names: list[str] = field(default_factory=list)

    def coded(self) -> list[str]:
        """The words of its code that are not in its text."""
        known = set(WORD.findall(self.text))
        words = dict.fromkeys(WORD.findall(self.code))
        return [word for word in words if len(word) > 1 and word not in known]

    def written(self, common: set[str]) -> list[Any]:
        trail = [tidy(title, " ") for title in self.trail if title.strip()]
        names = list(dict.fromkeys(self.names))
        title = self.title.partition("(")[0] if "." in self.id else self.title
        return [
            self.id,
            trail,
            tidy(title, ", "),
            tidy(self.text),
            " ".join(word for word in self.coded() if word not in common),
            names,
        ]


class Reader(HTMLParser):
    """Reads the places of one page's article, and which place each id is in."""

    def __init__(self) -> None:
        super().__init__()
        self.here = Place("", [])
        self.places, self.inside = [self.here], {}
        #: The open elements; a section and a list of terms know the place they stand in.
        self.open: list[tuple[str, Place | None]] = []
        #: How deep what is being read began: what is not read, a title, code. 0: not in one.
        self.unread = self.title = self.code = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        classes = set((said.get("class") or "").split())
        around = self.here if tag in {"section", "dl"} else None
        if name := said.get("id"):
            if tag == "dt" and self.is_term_alone():
                self.here.title += "\n"
            elif tag in {"section", "dt"}:
                self.begin(name, tag)
            self.inside[name] = self.here
        self.part(tag)
        if tag in VOID:
            return
        self.open.append((tag, around))
        depth = len(self.open)
        if classes & UNREAD or tag in UNREAD_TAGS:
            self.unread = self.unread or depth
        if tag in HEADINGS or (tag == "dt" and name):
            self.title = self.title or depth
        if classes & {"highlight", "cell_output"}:
            self.code = self.code or depth

    def begin(self, name: str, tag: str) -> None:
        around = self.here
        if tag == "dt":  # the list's own place, not the term before
            around = next(place for _, place in reversed(self.open) if place)
        self.here = Place(name, [*around.trail, around.title])
        self.places.append(self.here)

    def is_term_alone(self) -> bool:
        """Whether the last thing read is a term, without its meaning yet: a second name."""
        around = next((place for _, place in reversed(self.open) if place), None)
        return self.here is not around and not self.here.text.strip()

    def handle_endtag(self, tag: str) -> None:
        while (
            tag not in VOID and self.open
        ):  # `<br />` opens nothing, and closes nothing
            opened, around = self.open.pop()
            self.here = around or self.here
            for name in ("unread", "title", "code"):
                if getattr(self, name) > len(self.open):
                    setattr(self, name, 0)
            self.part(opened)
            if opened == tag:
                return

    def part(self, tag: str) -> None:
        if tag in BLOCKS:
            self.say("\n")
        elif tag in {"td", "th"}:
            self.say(" ")

    def handle_data(self, data: str) -> None:
        self.say(data.replace("\n", " "))

    def say(self, data: str) -> None:
        if not self.unread:
            into = "title" if self.title else "code" if self.code else "text"
            setattr(self.here, into, getattr(self.here, into) + data)


def tidy(text: str, between: str = "\n") -> str:
    text = text.replace("\u200b", "").replace("\u00ad", "")
    text = AIR.sub("", " ".join(re.split(r"[^\S\n]+", text)))
    lines = (line.strip() for line in text.split("\n"))
    return between.join(filter(None, lines))


def read(html: str) -> Reader:
    """Read a written page."""
    reader = Reader()
    article = ARTICLE.search(html)
    reader.feed(formulas.texts(article[1] if article else ""))
    reader.close()
    return reader


def add_names(app: Sphinx, page: str, reader: Reader) -> None:
    """Give places the words by which the index and the page's author know them."""
    entries = app.env.domains["index"].data["entries"].get(page, [])
    for kind, value, target, _, _ in entries:
        if target in reader.inside and not target.startswith(("term-", "ce_lib")):
            words = split_index_msg(kind, value)
            reader.inside[target].names += (
                words[:1] if kind.startswith("see") else words
            )
    asked = [
        app.env.metadata.get(page, {}).get("asked", "{}"),
        *said(app.env)[page]["asked"],
    ]
    for name, words in (pair for one in asked for pair in json.loads(one).items()):
        if name not in reader.inside:
            logger.warning(
                "asked: no part of the page is called %r", name, location=page
            )
            continue
        reader.inside[name].names += map(str, words)


def pages(app: Sphinx) -> Iterator[str]:
    """All pages, in the order of the contents."""
    waiting, seen = (
        [*sorted(app.env.found_docs, reverse=True), app.config.root_doc],
        set(),
    )
    while waiting:
        page = waiting.pop()
        if page not in seen:
            seen.add(page)
            yield page
            waiting += reversed(app.env.toctree_includes.get(page, []))


def write(app: Sphinx, error: Exception | None) -> None:
    if error or app.builder.format != "html":
        return
    found = []
    for page in pages(app):
        html = Path(app.outdir, f"{page}.html").read_text(encoding="utf-8")
        reader = read(html)
        add_names(app, page, reader)
        places = [place for place in reader.places if place.title and place.id]
        found.append((f"{page}.html", places))
    of_code = Counter(
        word for _, places in found for place in places for word in place.coded()
    )
    common = {word for word, count in of_code.items() if count > FEW}
    listed = [
        (page, [place.written(common) for place in places]) for page, places in found
    ]
    text = f"self.cePages={json.dumps(listed, ensure_ascii=False, separators=(',', ':'))};\n"
    Path(app.outdir, INDEX).write_text(text, encoding="utf-8")
    digest = hashlib.sha256(text.encode()).hexdigest()[:8]
    path = Path(app.outdir, f"{PAGE}.html")
    html = path.read_text(encoding="utf-8")
    path.write_text(
        html.replace(f'"{INDEX}"', f'"{INDEX}?v={digest}"'), encoding="utf-8"
    )


def add_page(app: Sphinx, config: Any) -> None:
    config.html_additional_pages = {
        **config.html_additional_pages,
        PAGE: f"{PAGE}.html",
    }


def leave_out_sphinxs(app: Sphinx) -> None:
    app.builder.search = False  # type: ignore[attr-defined]


def add_files(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any
) -> None:
    if page == PAGE:
        app.add_css_file(STYLE)
        app.add_js_file(SCRIPT, loading_method="defer")


def setup(app: Sphinx) -> None:
    app.connect("config-inited", add_page)
    app.connect("builder-inited", leave_out_sphinxs)
    app.connect("html-page-context", add_files)
    app.connect("build-finished", write)

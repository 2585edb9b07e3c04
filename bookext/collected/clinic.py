"""The symptoms of the loss clinic, by where one sees them, as `ce_lib.diagnose` knows them.

Each stands at its own address, with its causes in the order of their likelihood. The words by
which readers look for it go to the search, and not on the page. At the top of the page, which
is long, folded lists lead to them: a group is one touch, a symptom the next. They say nothing
that does not stand below: they are neither searched, nor printed, nor in notebooks.
"""

import json
import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

from bookext.collected.course import Course
from ce_lib._backticks import pieces
from ce_lib.clinic import catalogue
from ce_lib.clinic.catalogue import Cause, Group, Symptom

SPECIAL = re.compile(r"([\\*_$<\[\]#|])")


#: The lists, and what leads back to them from a symptom.
FINDER = """
```{{raw}} html
<nav class="ce-finder walk" id="symptoms" aria-label="All symptoms">
```

{folds}

```{{raw}} html
</nav>
```
"""
BACK = """
```{raw} html
<p class="ce-back"><a href="#symptoms">All symptoms</a></p>
```
"""


def write(course: Course, of: str) -> str:
    asked = {
        one.name: one.asked for group in catalogue.groups() for one in group.symptoms
    }
    course.note("asked", json.dumps(asked))
    return "\n\n".join(_group(course, group) for group in catalogue.groups())


def write_finder(course: Course, of: str) -> str:
    return FINDER.format(folds="\n\n".join(map(_fold, catalogue.groups())))


def _fold(group: Group) -> str:
    links = "\n".join(f"- [{marked(one.seen)}](#{one.name})" for one in group.symptoms)
    return f":::{{dropdown}} {group.title}\n{links}\n:::"


def _group(course: Course, group: Group) -> str:
    parts = [f"({address(group)})=\n## {group.title}", marked(group.about)]
    return "\n\n".join([*parts, *(_symptom(course, one) for one in group.symptoms)])


def address(group: Group) -> str:
    """The name of a group behind # in its address."""
    return re.sub(r"\W+", "-", group.title.lower())


def _symptom(course: Course, symptom: Symptom) -> str:
    causes = "\n".join(_cause(course, cause) for cause in symptom.causes)
    return f"({symptom.name})=\n### {marked(symptom.seen)}\n\n{causes}\n{BACK}"


def _cause(course: Course, cause: Cause) -> str:
    # On a line of its own, so that who scans the causes finds what to do.
    check = f"\\\n   *Try:* {_ended(marked(cause.check))}" if cause.check else ""
    page = cause.page.partition("#")[0]
    link = f" See {{part}}`{course.title(page)} <{cause.page}>`." if page else ""
    return f"1. {marked(cause.sentence)}{check}{link}"


def _ended(text: str) -> str:
    """End a sentence that has no end yet."""
    return text if text[-1] in ".?!…" else f"{text}."


def marked(text: str) -> str:
    """Write a text as Markdown: only its code is marked up."""
    return "".join(
        f"`{piece}`" if i % 2 else SPECIAL.sub(r"\\\1", piece)
        for i, piece in enumerate(pieces(text))
    )


class ShortNames(SphinxTransform):
    """Let links lead to the name of a symptom: it stays when its words are mended."""

    default_priority = 290  # a label has named its section by then

    def apply(self, **kwargs: Any) -> None:
        known = {*catalogue.symptoms(), *map(address, catalogue.groups())}
        for section in self.document.findall(nodes.section):
            section["ids"].sort(key=lambda name: name not in known)


def setup(app: Sphinx) -> None:
    app.add_transform(ShortNames)

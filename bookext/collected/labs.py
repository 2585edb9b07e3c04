"""The labs, for those who teach: what stands in each notebook's cells for teachers.

A lab says in its metadata which chapter it comes after; its place in the course is its
number. The role ``{lab}`floor-and-excess` `` says "lab 1" and links to what is said of it.
"""

import re
from pathlib import Path

import nbformat
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.docutils import SphinxRole

from bookext.collected.course import Course

FOLDER = "notebooks"
PAGE = "chapters/teaching"

#: The tag of cells that are for teachers: students do not get them.
TAG = "for-teachers"

#: How they begin, for who opens the notebook.
HEADING = "## For teachers\n\n"

TITLE = re.compile(r"\A# Lab: (.+)$", re.MULTILINE)


def labs(course: Course) -> list[tuple[Path, nbformat.NotebookNode]]:
    """The labs in the order of the course."""
    pages, folder = course.pages(), Path(course.app.srcdir, FOLDER)
    found = []
    for path in sorted(folder.glob("*.ipynb")):
        course.app.env.note_dependency(str(path))
        lab = nbformat.read(path, 4)
        after = f"chapters/{lab.metadata.get('after')}"
        if after not in pages:
            raise ExtensionError(
                f"{path.name}: expected in its metadata the chapter that the lab comes "
                f'after, as {{"after": "log-curve"}}; got {lab.metadata.get("after")!r}'
            )
        found.append((pages.index(after), path, lab))
    return [(path, lab) for _, path, lab in sorted(found, key=lambda lab: lab[:2])]


def write(course: Course, of: str) -> str:
    texts = []
    for number, (path, lab) in enumerate(labs(course), 1):
        title = TITLE.search(lab.cells[0].source)
        if title is None:
            raise ExtensionError(f"{path.name}: expected `# Lab: its title` first")
        texts.append(f"({anchor(path.stem)})=\n### Lab {number}: {title[1]}\n")
        told = [_cell(c) for c in lab.cells if TAG in c.metadata.get("tags", [])]
        after = f"After {{chapter}}`{lab.metadata['after']}`. "
        texts.append(after + "\n\n".join(told).removeprefix(HEADING))
    return "\n\n".join(texts)


def anchor(name: str) -> str:
    return f"lab-{name}"


def _cell(cell: nbformat.NotebookNode) -> str:
    if cell.cell_type == "code":
        return f"```{{code-cell}} ipython3\n{cell.source}\n```"
    return str(cell.source)


class LabRole(SphinxRole):
    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        found = [p.stem for p, _ in labs(Course(self.env.app, self.env.docname, {}))]
        if self.text not in found:
            problem = f"there is no lab {self.text!r}; there are {', '.join(found)}"
            return [], [self.inliner.reporter.error(problem, line=self.lineno)]
        words = f"lab\N{NO-BREAK SPACE}{found.index(self.text) + 1}"
        uri = self.env.app.builder.get_relative_uri(self.env.docname, PAGE)
        uri += f"#{anchor(self.text)}"
        return [nodes.reference("", words, refuri=uri, internal=True)], []


def setup(app: Sphinx) -> None:
    app.add_role("lab", LabRole())

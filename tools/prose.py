"""What readers read outside the chapters: in practice, in explorers, in the labs, in spares.

`python tools/prose.py FOLDER` writes it below a folder, a file for each source, for the
dictionary to read; each sentence keeps its line.
"""

import ast
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

PYTHON = (
    "ce_lib/clinic/*.py",
    "ce_lib/clinic/symptoms/*.py",
    "ce_lib/practice/content/*.py",
    "ce_lib/practice/*.py",
    "ce_lib/explorers/*.py",
    "ce_lib/figures/*.py",
    "tools/teacher/sixty_minutes.py",
    "tools/teacher/spare/*.py",
)
SCRIPTS = ("web/explorers/*.js", "web/ui/*.js", "web/practice/*.js", "web/host/*.js")
LABS = ("notebooks/*.ipynb",)
TABLES = ("ce_lib/practice/sentences.json",)

#: A string is prose if it has a space, or ends as a sentence does.
PROSE = re.compile(r"\w.* .*\w|\w\W*[.?!:]$", re.DOTALL)

#: JavaScript's strings, with what a template computes left out.
STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\.)*`')
COMPUTED = re.compile(r"\$\{(?:[^{}]|\{[^{}]*\})*\}")
COMMENT = re.compile(r"^\s*(?://|\*|/\*\*).*$", re.MULTILINE)

Sentence = tuple[int, str]  # the line it begins in, and its words


def python_prose(text: str) -> Iterator[Sentence]:
    """The sentences among a module's strings.

    Not its docstrings, not what is computed, and not the words that others say or type.
    """
    tree = ast.parse(text)
    others = {
        id(node)
        for call in ast.walk(tree)
        if isinstance(call, ast.keyword) and call.arg in {"asked", "said"}
        for node in ast.walk(call.value)
    }
    documented = ast.Module | ast.ClassDef | ast.FunctionDef
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in docstrings | others
            and PROSE.search(node.value)
        ):
            yield node.lineno, node.value


def script_prose(text: str) -> Iterator[Sentence]:
    """The sentences among a script's strings."""
    text = COMMENT.sub("", text)
    for match in STRING.finditer(text):
        words = COMPUTED.sub(" ", match.group()[1:-1])
        if PROSE.search(words):
            yield text.count("\n", 0, match.start()) + 1, words


def lab_prose(text: str) -> Iterator[Sentence]:
    """A lab's Markdown, cell by cell; the line is the cell's number."""
    for number, cell in enumerate(json.loads(text)["cells"]):
        if cell["cell_type"] == "markdown":
            yield number, "".join(cell["source"])


def table_prose(text: str) -> Iterator[Sentence]:
    """The sentences of a table."""
    for sentence in json.loads(text).values():
        yield 1, str(sentence)


READERS = (
    (PYTHON, python_prose),
    (SCRIPTS, script_prose),
    (LABS, lab_prose),
    (TABLES, table_prose),
)


def sources(root: Path = ROOT) -> Iterator[tuple[Path, list[Sentence]]]:
    """Each file that speaks to readers, and its sentences."""
    for patterns, read in READERS:
        for pattern in patterns:
            for path in sorted(root.glob(pattern)):
                yield path, list(read(path.read_text(encoding="utf-8")))


def main(folder: Path) -> None:
    for path, sentences in sources():
        copy = folder / f"{path.relative_to(ROOT)}.md"
        copy.parent.mkdir(parents=True, exist_ok=True)
        text = "\n\n".join(words for _, words in sentences)
        copy.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

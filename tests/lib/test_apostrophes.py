"""An apostrophe that a reader sees is a curled one, in whatever is no prose of a chapter."""

import ast
import io
import json
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STRAIGHT = re.compile(r"(?<=[\w})”])'(?=\w)|(?<=s)'(?= )")

#: Modules whose strings are shown; what is quoted in them as code has its straight quotes.
MODULES = [
    *sorted(ROOT.glob("ce_lib/practice/content/*.py")),
    *sorted(ROOT.glob("ce_lib/explorers/*.py")),
    *sorted(ROOT.glob("ce_lib/clinic/symptoms/*.py")),
    *sorted(ROOT.glob("tools/teacher/spare/*.py")),
    ROOT / "tools/teacher/sixty_minutes.py",
]
#: What PyTorch says, letter for letter.
QUOTED = "can't be cast"
SPECS = [
    *sorted(ROOT.glob("web/specs/*.json")),
    ROOT / "ce_lib/practice/sentences.json",
]
SCRIPTS = sorted(
    path
    for part in ("ui", "explorers", "practice", "host", "search", "maths")
    for path in ROOT.glob(f"web/{part}/*.js")
)


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _docstrings(tree: ast.AST) -> set[int]:
    """The lines where what only a programmer reads begins."""
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef)
    first = [
        node.body[0] for node in ast.walk(tree) if isinstance(node, kinds) and node.body
    ]
    return {
        node.lineno
        for node in first
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def _strings(source: str) -> Iterator[str]:
    docstrings = _docstrings(ast.parse(source))
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.STRING and token.start[0] not in docstrings:
            yield re.sub(
                r"^[A-Za-z]*(\"{3}|'{3}|\"|')(.*)\1$",
                r"\2",
                token.string,
                flags=re.DOTALL,
            )


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_no_apostrophe_of_a_sentence_is_straight(path: Path) -> None:
    texts = _strings(path.read_text(encoding="utf-8"))
    wrong = [text for text in texts if STRAIGHT.search(text) and QUOTED not in text]
    assert wrong == []


@pytest.mark.parametrize("path", SPECS, ids=_name)
def test_no_apostrophe_of_a_description_is_straight(path: Path) -> None:
    texts = _texts(json.loads(path.read_text(encoding="utf-8")))
    assert [text for text in texts if STRAIGHT.search(text)] == []


#: The words of a chapter that the build sets as they are typed.
AS_TYPED = re.compile(r"^```\{index\}.*", re.MULTILINE)


def test_no_apostrophe_of_the_index_is_straight() -> None:
    chapters = sorted(ROOT.glob("chapters/*.md"))
    entries = [
        entry
        for path in chapters
        for entry in AS_TYPED.findall(path.read_text(encoding="utf-8"))
    ]
    assert entries
    assert [entry for entry in entries if STRAIGHT.search(entry)] == []


@pytest.mark.parametrize("path", SCRIPTS, ids=_name)
def test_no_apostrophe_of_a_scripts_sentence_is_straight(path: Path) -> None:
    comment = re.compile(r"^\s*(//|/?\*).*|\s// .*|/\*.*\*/", re.MULTILINE)
    code = comment.sub("", path.read_text(encoding="utf-8"))
    assert [line for line in code.splitlines() if STRAIGHT.search(line)] == []

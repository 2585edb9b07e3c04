"""A page depends on what is behind its imports, exercises and links, and on no more."""

from pathlib import Path

import pytest

from bookext.fresh import sources
from bookext.imports import needs

ROOT = Path(__file__).resolve().parents[2]

PACKAGE = {
    "__init__.py": "from ce_lib.upper import high\n",
    "lower.py": "import json\n\nTABLE = 'table.json'\n\n\ndef low(): ...\n",
    "table.json": "{}",
    "upper.py": "from ce_lib.lower import low\n\n\ndef high(): ...\n",
    "alone.py": "def solo(): ...\n",
    "found/__init__.py": "import pkgutil\n",
    "found/one.py": "from ce_lib import alone\n\n\nclass One: ...\n",
    "found/two.py": "class Two: ...\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name, text in PACKAGE.items():
        path = tmp_path / "ce_lib" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        (tmp_path / "ce_lib").mkdir(exist_ok=True)
    return tmp_path


def names(found: set[Path], root: Path) -> set[str]:
    return {path.relative_to(root / "ce_lib").as_posix() for path in found}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("import numpy", set()),
        ("from ce_lib.lower import low", {"lower.py", "table.json"}),
        (
            "from ce_lib import high",
            {"__init__.py", "upper.py", "lower.py", "table.json"},
        ),
        ("import ce_lib", {"__init__.py", "upper.py", "lower.py", "table.json"}),
        ("from ce_lib import alone as a", {"__init__.py", "alone.py"}),
        ("from ce_lib.found import Two", {"found/__init__.py", "found/two.py"}),
        (
            "from ce_lib.found import One",
            {"found/__init__.py", "found/one.py", "__init__.py", "alone.py"},
        ),
    ],
)
def test_imports_are_followed_to_what_defines_a_name(
    root: Path, code: str, expected: set[str]
) -> None:
    assert names(needs(code, root), root) == expected


def test_a_change_of_a_module_shows_in_what_its_users_need(root: Path) -> None:
    (root / "ce_lib/alone.py").write_text("from ce_lib.found.two import Two\n")
    expected = {"__init__.py", "alone.py", "found/two.py"}
    assert names(needs("from ce_lib import alone", root), root) == expected


def test_a_page_depends_on_its_exercises_and_its_links() -> None:
    text = (
        "{explore}`a link <loss-curve?q=0.01>`\n\n"
        "```{div} answer exercise-prices\n```\n"
    )
    found = names(sources(text), ROOT)
    assert {"explorers/loss_curve.py", "practice/content/log_curve.py"} <= found
    assert "information.py" in found  # which both compute with
    assert "explorers/scores.py" not in found
    assert "practice/content/logsumexp.py" not in found


def test_a_page_depends_on_the_docstrings_it_shows() -> None:
    one = names(sources("```{library} calibration\n```\n"), ROOT)
    assert {"calibration/__init__.py", "calibration/error.py"} <= one
    assert "targets.py" not in one
    assert "targets.py" in names(sources("```{library}\n```\n"), ROOT)


@pytest.mark.parametrize(
    "page", sorted((ROOT / "chapters").glob("*.md")), ids=lambda p: p.stem
)
def test_a_page_that_shows_the_library_depends_on_it(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert bool(sources(text)) == ("ce_lib" in text)

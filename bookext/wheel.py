"""The library's wheel beside the notebooks, and the cell that installs it.

A notebook taken away from the book knows neither the clone nor its environment. So the
book carries the library as a wheel, and each notebook begins with a cell that installs it:
from beside the notebook, or from the book's own address (`html: baseurl` in _config.yml).
Where the library is there already the cell does nothing.
"""

import ast
import os
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from ce_lib import __version__

NAME = f"ce_lib-{__version__}-py3-none-any.whl"

#: Where the book keeps its notebooks, and the wheel beside them.
FOLDER = "_sources"

#: What the wheel is made of; a book without a project file brings no library.
PROJECT = "pyproject.toml"
PARTS = (PROJECT, "README.md", "LICENSE", "ce_lib")

#: What every notebook has: itself, and the shell that runs it.
GIVEN = {"ce_lib", "IPython"}

#: 1980, where the dates of archives begin: the same library makes the same file.
EPOCH = "315532800"

BUILD = "import sys; from setuptools.build_meta import build_wheel as b; b(sys.argv[1])"

CELL = """\
# What this notebook computes with. It is installed once, and only if it is not here.
import importlib.metadata
import importlib.util
from pathlib import Path

VERSION, NEEDS = "{version}", {needs}
WHEEL = f"ce_lib-{{VERSION}}-py3-none-any.whl"
try:
    here = importlib.metadata.version("ce_lib") == VERSION
except importlib.metadata.PackageNotFoundError:
    here = False
if not here or not all(map(importlib.util.find_spec, NEEDS)):
    beside = [file for file in (Path(WHEEL), Path("..", WHEEL)) if file.exists()]
{absent}
    print("Installing", ", ".join(["ce_lib", *NEEDS]), "for this notebook. It takes a while.")
    %pip install --quiet "ce_lib{extra} @ {{address}}"
    print("If an explorer stays a table, load this page anew, and run the notebook again.")
import ce_lib  # stops here if it could not be installed"""

NOWHERE = """\
    if not beside:
        where = "The book offers it on the page from which this notebook comes."
        raise FileNotFoundError(f"Put {WHEEL} beside this notebook. {where}")
    address = beside[0].resolve().as_uri()"""

SOMEWHERE = """\
    address = beside[0].resolve().as_uri() if beside else f"{book}/{{WHEEL}}\""""


def modules(cells: Iterable[str]) -> set[str]:
    """The packages that cells import, by the names they are imported by."""
    found = set()
    for cell in cells:
        for node in ast.walk(ast.parse(cell)):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.add(node.module.partition(".")[0])
    return found - set(sys.stdlib_module_names)


@cache
def brought(root: Path) -> tuple[set[str], set[str]]:
    """The packages that the wheel brings, and those that its extra [book] adds."""
    project = tomllib.loads((root / PROJECT).read_text(encoding="utf-8"))["project"]
    names = packages_distributions()

    def imported(requirements: list[str]) -> set[str]:
        wanted = {canonicalize_name(Requirement(line).name) for line in requirements}
        return {m for m, d in names.items() if wanted & set(map(canonicalize_name, d))}

    extra = imported(project["optional-dependencies"]["book"])
    return imported(project["dependencies"]) | GIVEN, extra


def needs(cells: Iterable[str], root: Path) -> list[str]:
    """The packages of [book] that these cells import.

    Raises
    ------
    ValueError
        If they import what neither the wheel nor its extra brings.
    """
    wanted = modules(cells)
    wheel, extra = brought(root)
    if unknown := wanted - wheel - extra:
        raise ValueError(
            f"expected imports that the wheel or its extra [book] brings ({PROJECT}), "
            f"got {', '.join(sorted(unknown))}"
        )
    return sorted(wanted - wheel)


def first_cell(needs: list[str], baseurl: str = "") -> str:
    """The cell that installs the library, and [book] if it is needed."""
    book = f"{baseurl.rstrip('/')}/{FOLDER}"
    return CELL.format(
        version=__version__,
        needs=str(needs).replace("'", '"'),
        extra="[book]" if needs else "",
        absent=SOMEWHERE.format(book=book) if baseurl else NOWHERE,
    )


def build(root: Path, folder: Path) -> Path:
    """Build the wheel of the library in ``root`` into ``folder``; return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="wheel-") as copy:
        for part in PARTS:  # setuptools writes beside its sources
            if (root / part).is_dir():
                ignored = shutil.ignore_patterns("__pycache__")
                shutil.copytree(root / part, Path(copy, part), ignore=ignored)
            else:
                shutil.copy(root / part, copy)
        made = subprocess.run(
            [sys.executable, "-c", BUILD, str(folder.resolve())],
            cwd=copy,
            env=os.environ | {"SOURCE_DATE_EPOCH": EPOCH},
            check=False,
            capture_output=True,
            text=True,
        )
    if made.returncode:
        raise ExtensionError(f"the library's wheel could not be built:\n{made.stderr}")
    return folder / NAME


def has_library(app: Sphinx) -> bool:
    return Path(app.srcdir, PROJECT).exists()


def put_beside_the_notebooks(app: Sphinx, error: Exception | None) -> None:
    if not error and app.builder.format == "html" and has_library(app):
        folder = Path(app.outdir, FOLDER)
        for other in folder.glob("ce_lib-*.whl"):
            other.unlink()
        build(Path(app.srcdir), folder)


def setup(app: Sphinx) -> None:
    app.connect("build-finished", put_beside_the_notebooks)

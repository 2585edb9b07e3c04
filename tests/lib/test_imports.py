"""Who may import whom."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = ROOT / "ce_lib"

# A core module imports NumPy, the standard library, and modules above it here.
LEVELS = [
    ["_backticks", "_index", "_walk", "_written", "texts"],
    ["checks", "tables"],
    ["_sums", "_labels"],
    ["_pairs", "_forecasts", "numerics"],
    ["information", "targets"],
    ["losses._view", "losses._blocks", "genres"],
    ["losses._mixture", "losses._rows", "losses._elements"],
    ["scoring.scores", "scoring.expected", "calibration.curve"],
    ["losses.softmax", "losses.binary", "losses.focal", "losses.brier"],
    ["losses.linear"],
    [
        "losses.distillation",
        "scoring.decomposition",
        "scoring.pool",
        "calibration.error",
    ],
    ["losses", "scoring", "calibration.temperature"],
    ["models.protocol", "models.progress", "models.features"],
    ["models.descent"],
    ["models.softmax_regression", "models.ngram"],
    ["calibration", "models"],
    ["audit.cases", "audit._arrays", "audit._given"],
    ["audit._verdict"],
    ["audit._loss"],
    ["audit._registry", "audit._calling", "audit._report", "audit._shown"],
    ["audit._diagnosis"],
    ["audit._audit"],
    ["audit"],
    ["audit.__main__"],
    ["clinic._landmarks", "_formats"],
    ["clinic._run"],
    ["clinic._symptom"],
    ["clinic._report", "clinic.catalogue"],
    ["clinic._diagnose"],
    ["clinic"],
]
LEVEL = {name: i for i, names in enumerate(LEVELS) for name in names}
FORBIDDEN = {"torch", "scipy", "sklearn", "mpmath", "pandas"}
NOT_ON_IMPORT = [
    *sorted(FORBIDDEN),
    "matplotlib",
    "ipywidgets",
    "anywidget",
    "ce_lib.figures",
    "ce_lib.explorers",
    "ce_lib.practice",
]


def imports(source):
    """Yield the dotted name of everything a piece of Python imports."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative import"
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def cells(path):
    """Return the Python of a chapter or a lab, without magics."""
    if path.suffix == ".ipynb":
        notebook = json.loads(path.read_text("utf-8"))
        code = [
            "".join(cell["source"])
            for cell in notebook["cells"]
            if cell["cell_type"] == "code"
        ]
    else:
        text = path.read_text("utf-8")
        found = re.findall(r"^```\{code-cell\}[^\n]*\n(.*?)^```", text, re.M | re.S)
        code = [
            re.sub(r"\A(:[^\n]*\n)+|\A---\n.*?\n---\n", "", c, flags=re.S)
            for c in found
        ]
    lines = "\n".join(code).splitlines()
    return "\n".join("" if line.lstrip()[:1] in ("%", "!") else line for line in lines)


def module_name(path):
    """Return the dotted name of a file of the library, without ``ce_lib``."""
    return ".".join(path.relative_to(LIBRARY).with_suffix("").parts).removesuffix(
        ".__init__"
    )


#: What uses the core and is none of it.
ROOMS = ("figures", "explorers", "practice")
CORE_FILES = {
    module_name(path): path
    for path in [*LIBRARY.glob("*.py"), *LIBRARY.glob("*/*.py")]
    if not path.stem.startswith("palette")
    and path != LIBRARY / "__init__.py"
    and path.parent.name not in ROOMS
}
CORE = sorted(CORE_FILES)


def test_every_core_module_has_its_place():
    assert set(CORE) == set(LEVEL), f"give them a level in {Path(__file__).name}"


def known(module):
    """Return the core module that ``a.b.c`` names or takes something from."""
    parts = module.split(".")
    names = [".".join(parts[:n]) for n in range(len(parts), 0, -1)]
    return next((name for name in names if name in LEVEL), None)


@pytest.mark.parametrize("name", CORE)
def test_core_modules_import_numpy_and_each_other_downwards(name):
    of_package = name.split(".")[0]  # a module may say where its package is
    for module in imports(CORE_FILES[name].read_text("utf-8")):
        top, *rest = module.split(".")
        if top == "ce_lib":
            below = known(".".join(rest)) if rest else None
            assert not rest or below, module
            if below and not (below == of_package and below != name):
                assert LEVEL[below] < LEVEL[name], module
        else:
            assert top == "numpy" or top in sys.stdlib_module_names, module


def test_heavy_libraries_appear_nowhere_in_the_library():
    for path in LIBRARY.rglob("*.py"):
        used = {module.split(".")[0] for module in imports(path.read_text("utf-8"))}
        assert not used & FORBIDDEN, path


@pytest.mark.parametrize(
    ("room", "other"), [("figures", "explorers"), ("explorers", "figures")]
)
def test_figures_and_explorers_leave_each_other_alone(room, other):
    for path in (LIBRARY / room).rglob("*.py"):
        used = list(imports(path.read_text("utf-8")))
        assert not any(m.startswith(f"ce_lib.{other}") for m in used), path


def test_practice_uses_the_core_only():
    for path in (LIBRARY / "practice").rglob("*.py"):
        for module in imports(path.read_text("utf-8")):
            top, *rest = module.split(".")
            if top == "ce_lib":
                assert rest[:1] == ["practice"] or set(rest[:1]) <= set(LEVEL), path
            else:
                assert top == "numpy" or top in sys.stdlib_module_names, path


def run(code):
    """Run a piece of Python in an interpreter of its own."""
    command = [sys.executable, "-c", code]
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_importing_the_library_loads_nothing_but_numpy():
    done = run(
        f"import sys, ce_lib; print([m for m in {NOT_ON_IMPORT} if m in sys.modules])"
    )
    assert done.stdout.strip() == "[]", done.stderr


def test_the_library_is_tested_without_a_browser():
    done = run(
        "import sys, pytest; sys.modules['playwright'] = None; sys.exit(pytest.main("
        "['--collect-only', 'tests/lib/test_function_length.py']))"
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_version_is_the_one_that_is_cited():
    import ce_lib

    cited = re.search(r"^version: (.+)$", (ROOT / "CITATION.cff").read_text(), re.M)
    assert ce_lib.__version__ == cited[1]


PAGES = [
    *sorted((ROOT / "chapters").glob("*.md")),
    *sorted((ROOT / "notebooks").rglob("*.ipynb")),
]


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.name)
def test_chapters_and_labs_import_the_library_only(path):
    for module in imports(cells(path)):
        top = module.split(".")[0]
        assert top not in {"tests", "bookext", "chapters", "notebooks", "tools"}, module
        assert top != "benchmarks", module


def test_the_public_names_are_listed_sorted_and_there():
    import ce_lib

    assert ce_lib.__all__ == sorted(ce_lib.__all__)
    for name in ce_lib.__all__:
        assert getattr(ce_lib, name).__doc__

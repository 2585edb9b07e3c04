"""What we change inside pinned packages is still there, and still has its effect.

A new version may rename such a thing or stop reading it, and the build would go on without
a word. Each is named here, with what tells that changing it does something. Where one of
these fails, the patch of that name is void: mend it, or take it out.
"""

import ast
import importlib
import inspect
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType, FunctionType, ModuleType

import IPython.core.interactiveshell
import jupyter_book
import nbclient
import pydata_sphinx_theme
import pytest
import sphinx
import sphinx_book_theme
import sphinx_design
from jinja2 import Environment, nodes
from myst_nb.core.execute import inline
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinxcontrib import katex

from bookext import site

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "bookext/templates"


def folder(module: ModuleType) -> Path:
    return Path(module.__file__).parent


def text_of(module: ModuleType, pattern: str) -> str:
    """All files of a package that match, one after the other."""
    paths = sorted(folder(module).rglob(pattern))
    assert paths, f"{module.__name__} has no {pattern}"
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def reads(function: Callable[..., object], name: str) -> bool:
    """Whether a function looks up this name when it runs."""
    code = inspect.unwrap(getattr(function, "__func__", function)).__code__
    return name in names(code)


def names(code: CodeType) -> set[str]:
    inner = (const for const in code.co_consts if isinstance(const, CodeType))
    return {*code.co_names, *(name for one in inner for name in names(one))}


def defined(template: str, kind: type[nodes.Node]) -> set[str]:
    """The names of a template's blocks, or of its macros."""
    jinja = Environment(extensions=["jinja2.ext.i18n"])
    return {node.name for node in jinja.parse(template).find_all(kind)}


def overrides(name: str, kind: type[nodes.Node]) -> bool:
    """Whether all that our template defines is defined in the theme's, too."""
    ours = defined((TEMPLATES / name).read_text(encoding="utf-8"), kind)
    theirs: set[str] = set()
    for package in (pydata_sphinx_theme, sphinx_book_theme, sphinx):
        for path in sorted(folder(package).rglob(Path(name).name)):
            if path.is_file():
                theirs |= defined(path.read_text(encoding="utf-8"), kind)
    return bool(ours) and ours <= theirs


def uses_macros() -> bool:
    layout = text_of(pydata_sphinx_theme, "layout.html")
    macros = (TEMPLATES / "static/webpack-macros.html").read_text(encoding="utf-8")
    ours = defined(macros, nodes.Macro)
    return '"static/webpack-macros.html"' in layout and all(m in layout for m in ours)


def has_trait(name: str) -> bool:
    return name in nbclient.NotebookClient.class_traits()


SERVER = katex.KaTeXServer

#: What is changed, and what tells that it has an effect.
PATCHES: dict[str, Callable[[], bool]] = {
    # bookext/execution.py
    "myst_nb.core.execute.inline.ModifiedNotebookClient": lambda: any(
        reads(function, "ModifiedNotebookClient")
        for function in functions(inline.NotebookClientInline)
    ),
    "nbclient: the option coalesce_streams": lambda: has_trait("coalesce_streams"),
    "nbclient: the option extra_arguments": lambda: has_trait("extra_arguments"),
    "nbclient: the method start_new_kernel_client": lambda: any(
        reads(function, "start_new_kernel_client")
        for function in functions(inline.NotebookClientInline)
    ),
    # bookext/mathematics.py
    "sphinxcontrib.katex.NODEJS_BINARY": lambda: reads(
        SERVER.build_command, "NODEJS_BINARY"
    ),
    "sphinxcontrib.katex.STARTUP_TIMEOUT": lambda: reads(
        SERVER.start, "STARTUP_TIMEOUT"
    ),
    "sphinxcontrib.katex.RENDER_TIMEOUT": lambda: any(
        reads(function, "RENDER_TIMEOUT") for function in functions(katex)
    ),
    "sphinxcontrib.katex.KaTeXServer.start_server_process": lambda: (
        reads(SERVER.start, "start_server_process")
        and "socket" in inspect.signature(SERVER.build_command).parameters
    ),
    "sphinxcontrib.katex.KaTeXServer.katex_server": lambda: reads(
        SERVER.get, "katex_server"
    ),
    "sphinxcontrib.katex.render_latex": lambda: any(
        reads(function, "render_latex") for function in functions(katex)
    ),
    "sphinxcontrib.katex.KATEX_DEFAULT_OPTIONS": lambda: any(
        reads(function, "KATEX_DEFAULT_OPTIONS") for function in functions(katex)
    ),
    # bookext/assets.py and bookext/site.py
    "theme: Font Awesome's files": lambda: any(
        folder(pydata_sphinx_theme).rglob("vendor/fontawesome")
    ),
    "theme: scripts that are left out": lambda: all(
        any(any(folder(p).rglob(Path(name).name)) for p in THEMES)
        for name in site.UNUSED
    ),
    # bookext/templates
    "theme: the blocks of layout.html": lambda: overrides("layout.html", nodes.Block),
    "theme: the blocks of search.html": lambda: overrides("search.html", nodes.Block),
    "theme: the macros of webpack-macros.html": uses_macros,
    "theme: generate_toctree_html and generate_toc_html": lambda: all(
        name in text_of(pydata_sphinx_theme, "*.py")
        for name in ("generate_toctree_html", "generate_toc_html")
    ),
    # bookext/search.py
    "sphinx: a builder without its search": lambda: reads(
        StandaloneHTMLBuilder.prepare_writing, "search"
    ),
    "sphinx: the scripts of its search": lambda: all(
        any(folder(sphinx).rglob(f"{name}*")) for name in site.OF_SEARCH
    ),
    # bookext/__init__.py
    "jupyter_book: the value comments_config": lambda: (
        "comments_config" in text_of(jupyter_book, "*.py")
    ),
    # ce_lib/practice/require.py
    "IPython: _render_traceback_": lambda: (
        "_render_traceback_" in inspect.getsource(IPython.core.interactiveshell)
    ),
    # Makefile
    "nbgrader: its extensions of JupyterLab": lambda: all(
        importlib.import_module(f"nbgrader.server_extensions.{name}")
        for name in re.findall(
            r"\b(assignment_list|course_list|formgrader|validate_assignment)\b",
            (ROOT / "Makefile").read_text(encoding="utf-8"),
        )
    ),
}

THEMES = (pydata_sphinx_theme, sphinx_book_theme, sphinx_design)


def functions(owner: object) -> Iterator[FunctionType]:
    for _, member in inspect.getmembers(owner):
        function = getattr(member, "__func__", member)
        if isinstance(function, FunctionType):
            yield function


@pytest.mark.parametrize("name", PATCHES)
def test_the_patch_is_not_void(name: str) -> None:
    assert PATCHES[name](), f"{name} has no effect any more: the patch is void"


def imported(tree: ast.Module) -> dict[str, str]:
    """What a module calls the things that it imports from other packages."""
    modules = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            above = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
            for alias in node.names:
                modules[alias.asname or alias.name] = above + alias.name
    known = sys.stdlib_module_names
    return {k: v for k, v in modules.items() if v.split(".")[0] not in known}


def assigned() -> Iterator[str]:
    """Every attribute of another package's module that our code sets."""
    for path in sorted([*ROOT.glob("bookext/**/*.py"), *ROOT.glob("tools/*.py")]):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        modules = imported(tree)
        assignments = (node for node in ast.walk(tree) if isinstance(node, ast.Assign))
        for target in (target for node in assignments for target in node.targets):
            place, *deeper = ast.unparse(target).split("[")[0].split(".")
            if deeper and place in modules:
                yield ".".join([modules[place], *deeper])


def test_every_patch_is_named() -> None:
    assert set(assigned()) - set(PATCHES) == set()
    assert "sphinxcontrib.katex.KaTeXServer.start_server_process" in set(assigned())


def test_every_patch_is_explained_to_maintainers() -> None:
    text = (ROOT / "MAINTAINING.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `([^`]+)` \|", text, re.MULTILINE) == list(PATCHES)

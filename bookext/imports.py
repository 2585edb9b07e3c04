"""Which files a piece of Python depends on, found by reading it, not by running it.

`needs` follows the imports of one package through its modules. A name imported from a
package (``from ce_lib import entropy``) leads to the module that defines it, not to all
that the package offers.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "ce_lib"


def needs(code: str, root: Path = ROOT) -> set[Path]:
    """The package's files that ``code`` depends on, directly or through others."""
    found: set[Path] = set()
    waiting = list(_named(ast.parse(code), root))
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found.add(path)
        if path.suffix == ".py":
            waiting += _next(path, path.stat().st_mtime_ns, root)
    return found


def module_needs(module: str, root: Path = ROOT) -> set[Path]:
    """The files that a module of the package depends on, itself among them."""
    return needs(f"import {module}", root)


@cache
def _next(path: Path, changed: int, root: Path) -> tuple[Path, ...]:
    """Where a file of the package leads to. What it offers to others does not count."""
    if path.name == "__init__.py":
        return ()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return (*_named(tree, root), *_data(tree, path))


def _named(tree: ast.AST, root: Path) -> Iterator[Path]:
    """The files behind a tree's imports from the package."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.split(".")[0] == PACKAGE:
                    yield from _whole(alias.name, root)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            module = node.module or ""
            if module.split(".")[0] == PACKAGE:
                for alias in node.names:
                    yield from _name(module, alias.name, root)


def _whole(module: str, root: Path) -> Iterator[Path]:
    """A module by its name; of a package, all that it offers."""
    path = _file(module, root)
    yield path
    if path.name == "__init__.py":
        yield from _named(_tree(path), root)


def _name(module: str, name: str, root: Path) -> Iterator[Path]:
    """The file that a name imported from a module or package comes from."""
    path = _file(module, root)
    yield path
    if path.name != "__init__.py":
        return
    if exists(f"{module}.{name}", root):
        yield from _whole(f"{module}.{name}", root)
        return
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                if name == (alias.asname or alias.name):
                    yield from _name(node.module, alias.name, root)
                    return
    if name in _defined(path):
        yield from _named(_tree(path), root)
        return
    # The package finds it by itself, among its modules.
    for sibling in sorted(path.parent.glob("*.py")):
        if name in _defined(sibling):
            yield sibling


def _data(tree: ast.AST, path: Path) -> Iterator[Path]:
    """Files beside a module that it names: a table, a palette."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            name = node.value
            if "." in name and "/" not in name and "\n" not in name and len(name) < 99:
                beside = path.parent / name
                if beside != path and beside.is_file():
                    yield beside


def _defined(path: Path) -> set[str]:
    """What a module defines at its top level."""
    names: set[str] = set()
    for node in _tree(path).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.Assign):
            names |= {t.id for t in node.targets if isinstance(t, ast.Name)}
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.add(node.target.id)
    return names


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def exists(module: str, root: Path) -> bool:
    stem = root.joinpath(*module.split("."))
    return stem.with_suffix(".py").is_file() or (stem / "__init__.py").is_file()


def _file(module: str, root: Path) -> Path:
    stem = root.joinpath(*module.split("."))
    package = stem / "__init__.py"
    return package if package.is_file() else stem.with_suffix(".py")

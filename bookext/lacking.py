"""What a cell lacks where it stands alone, and which lines of earlier cells give it.

`lacking` reads the cells of a page in their order and runs nothing. Of the earlier cells a
cell gets the imports and the statements that define or change a name it uses, and those that
these use in turn; nothing that only prints or draws.
"""

import ast
import builtins
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

#: What every session has: Python's own names, and IPython's.
GIVEN = {*dir(builtins), "display", "get_ipython", "__name__"}
SHOWING = {"print", "display"}
WIDTH = 88

Scope = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


class Names(ast.NodeVisitor):
    """The names that a piece of Python binds, and those it reads before it binds them.

    Names that a function's body reads are needed when it is called: they are kept apart.
    """

    def __init__(self, bound: Iterable[str] = ()) -> None:
        self.bound, self.free = set(bound), set[str]()
        self.late: dict[str, set[str]] = {}

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Load):
            self.free |= {node.id} - self.bound
        else:
            self.bound.add(node.id)

    def _in_turn(self, *parts: ast.AST | list[ast.AST] | None) -> None:
        for part in parts:
            for node in part if isinstance(part, list) else [part]:
                if node is not None:
                    self.visit(node)

    def visit_Assign(self, node: ast.Assign) -> None:
        if isinstance(node.value, ast.Lambda) and isinstance(node.targets[0], ast.Name):
            self._function(node.value, node.targets[0].id)
        else:
            self._in_turn(node.value, [*node.targets])

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        self._in_turn(node.annotation, node.value)
        if node.value is not None or not isinstance(node.target, ast.Name):
            self.visit(node.target)

    def visit_AugAssign(self, node: ast.AugAssign) -> None:
        if isinstance(node.target, ast.Name):
            self.free |= {node.target.id} - self.bound
        self._in_turn(node.value, node.target)

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        self._in_turn(node.value, node.target)

    def visit_For(self, node: ast.For) -> None:
        self._in_turn(node.iter, node.target, [*node.body], [*node.orelse])

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        self.bound |= {node.name} - {None}
        self._in_turn(node.type, [*node.body])

    def visit_Import(self, node: ast.Import | ast.ImportFrom) -> None:
        self.bound |= {bound_by(alias) for alias in node.names}

    visit_ImportFrom = visit_Import

    def _comprehension(self, node: ast.AST) -> None:
        inner = Names(self.bound)
        for part in node.generators:  # type: ignore[attr-defined]
            inner._in_turn(part.iter, part.target, [*part.ifs])
        for name in ("key", "value", "elt"):
            inner._in_turn(getattr(node, name, None))
        self.free |= inner.free

    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = (
        _comprehension
    )

    def _function(self, node: Scope, name: str | None = None) -> None:
        said = node.args
        self._in_turn([*said.defaults], [*said.kw_defaults])
        known = [
            *said.posonlyargs,
            *said.args,
            *said.kwonlyargs,
            said.vararg,
            said.kwarg,
        ]
        body = node.body if isinstance(node.body, list) else [node.body]
        stored = {
            part.id
            for statement in body
            for part in ast.walk(statement)
            if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
        }
        inner = Names({arg.arg for arg in known if arg} | stored)
        inner._in_turn([*body])
        read = inner.free | set().union(*inner.late.values())
        if name is None:
            self.free |= read - self.bound
        else:
            self.late[name] = read
            self.bound.add(name)

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self._function(node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._in_turn([*node.decorator_list])
        self._function(node, node.name)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._in_turn([*node.decorator_list], [*node.bases], [*node.keywords])
        inner = Names()
        inner._in_turn([*node.body])
        self.late[node.name] = inner.free | set().union(*inner.late.values())
        self.bound.add(node.name)


@dataclass
class Statement:
    """One statement of a cell, at its top level: what it needs, binds and changes."""

    text: str
    binds: set[str]
    reads: set[str]
    changes: set[str] = field(default_factory=set)
    late: dict[str, set[str]] = field(default_factory=dict)
    module: str | None = None  # of `from module import name`; empty for `import name`


def bound_by(alias: ast.alias) -> str:
    return alias.asname or alias.name.partition(".")[0]


def lacking(cells: Iterable[str]) -> list[str]:
    """For each cell of a page, the lines that have to stand above it when it stands alone."""
    earlier: list[Statement] = []
    found = []
    for source in cells:
        tree = ast.parse(source)
        names = Names()
        names.visit(tree)
        wanted = names.free | set().union(*names.late.values()) - names.bound
        found.append(written(needed(wanted, earlier)))
        earlier += statements(tree, source)
    return found


def needed(names: set[str], earlier: list[Statement]) -> list[Statement]:
    """Choose, of earlier statements, those that names come from, in their order."""
    late: dict[str, set[str]] = {}
    for statement in earlier:
        for name, read in statement.late.items():
            goes_on = (
                name in statement.reads
            )  # a class that inherits from its former self
            late[name] = read | (late.get(name, set()) if goes_on else set())

    def used(names: Iterable[str]) -> set[str]:
        """These names, and what the functions among them read when they are called."""
        found: set[str] = set()
        waiting = [*names]
        while waiting:
            name = waiting.pop()
            if name not in found and name not in GIVEN:
                found.add(name)
                waiting += late.get(name, ())
        return found

    wanted = used(names)
    chosen = []
    for statement in reversed(earlier):
        if wanted & (statement.binds | statement.changes):
            wanted = wanted - statement.binds | used(statement.reads)
            chosen.append(statement)
    return chosen[::-1]


def statements(tree: ast.Module, source: str) -> Iterator[Statement]:
    """Take a cell apart; an import, name by name."""
    imported = {
        bound_by(alias)
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            module = (node.module or "") if isinstance(node, ast.ImportFrom) else ""
            for alias in node.names:
                yield Statement(
                    ast.unparse(alias), {bound_by(alias)}, set(), module=module
                )
            continue
        names = Names()
        names.visit(node)
        # A module's function that a cell ends with is asked what it returns; it sets nothing.
        shown = imported if node is tree.body[-1] else set()
        yield Statement(
            text_of(node, tree, source),
            names.bound,
            names.free,
            set(changed(node)) - names.bound - shown,
            names.late,
        )


def changed(statement: ast.stmt) -> Iterator[str]:
    """The names whose values a statement may change where they are: `a[0] = 1`, `a.sort()`."""
    for node in ast.walk(statement):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            return
        if isinstance(node, ast.Attribute | ast.Subscript):
            if isinstance(node.ctx, ast.Store):
                yield base(node)
        elif is_call_alone(node):
            call = node.value  # type: ignore[attr-defined]
            if isinstance(
                call.func, ast.Attribute
            ):  # `a.sort()`; a module's seed is set
                yield base(call)
                if (
                    call.func.attr == "backward"
                ):  # its gradients are left in what it reads
                    yield from (n.id for n in ast.walk(call) if isinstance(n, ast.Name))
            yield from map(base, call.args[:1])  # `shuffle(a)`


def base(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def is_call_alone(node: ast.AST) -> bool:
    """Whether this calls something for what it does: `f(x)`, `_ = f(x)`, but no `print(x)`."""
    alone = isinstance(node, ast.Expr) or (
        isinstance(node, ast.Assign)
        and all(isinstance(t, ast.Name) and t.id == "_" for t in node.targets)
    )
    return (
        alone and isinstance(call := node.value, ast.Call) and base(call) not in SHOWING
    )  # type: ignore[attr-defined]


def text_of(node: ast.stmt, tree: ast.Module, source: str) -> str:
    """A statement's own text, without what it prints on the way."""
    marks = [node, *getattr(node, "decorator_list", [])]
    first, last = min(mark.lineno for mark in marks), node.end_lineno or node.lineno
    here = [n for n in tree.body if n.lineno <= last and (n.end_lineno or 0) >= first]
    if len(here) > 1:  # a = 1; b = 2
        return ast.unparse(node)
    silent: set[int] = set()
    if isinstance(node, ast.For | ast.While | ast.If | ast.With):
        for part in ast.walk(node):
            block = getattr(part, "body", None)
            if isinstance(block, list) and not all(map(shows, block)):
                for inner in filter(shows, block):
                    silent |= {*range(inner.lineno, inner.end_lineno + 1)}
    lines = enumerate(source.splitlines(), 1)
    return "\n".join(
        line for n, line in lines if first <= n <= last and n not in silent
    )


def shows(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and base(node.value) in SHOWING


def written(chosen: list[Statement]) -> str:
    """Write statements as a page would: imports first, one line for a module."""
    modules: dict[str, list[str]] = {}
    others: dict[str, None] = {}
    for statement in chosen:
        if statement.module is None:
            others[statement.text] = None
        elif statement.text not in modules.setdefault(statement.module, []):
            modules[statement.module].append(statement.text)
    lines = [f"import {name}" for name in modules.pop("", [])]
    for module, names in modules.items():
        lines += imports(module, names)
    told = [f"\n{t}\n" if t.startswith(("def ", "class ", "@")) else t for t in others]
    texts = "\n".join(lines), re.sub(r"\n{3,}", "\n\n", "\n".join(told)).strip("\n")
    return "\n\n".join(filter(None, texts))


def imports(module: str, names: list[str]) -> Iterator[str]:
    """`from module import …`, in as many lines as it takes."""
    line = ""
    for name in names:
        longer = f"{line}, {name}" if line else f"from {module} import {name}"
        if len(longer) > WIDTH:
            yield line
            longer = f"from {module} import {name}"
        line = longer
    yield line

"""A code cell that is copied runs: alone, in a session that has seen nothing."""

import ast
import contextlib
import doctest
import importlib
import io
import os
import pickle
import signal
from functools import cache
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup, Tag
from built import pages
from unbound import unknown

#: Seconds of processor time that a copy may run for here; then its names are what is checked.
LIMIT = 0.4

pytestmark = pytest.mark.xdist_group("copying")  # what is parsed once serves them all


@cache
def parsed(path: Path) -> BeautifulSoup:
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def text_of(block: Tag) -> str:
    pre = block.select_one("pre")
    assert pre is not None
    return pre.get_text()


def copies(html: BeautifulSoup) -> list[tuple[str, str]]:
    """For each visible cell of a page its code, and what the button copies (copy.js)."""
    found = []
    for cell in html.select("div.cell_input"):
        code = text_of(cell).rstrip()
        needs = cell.get("data-needs")
        found.append((code, f"{needs}\n\n{code}" if needs else code))
    return found


def run(code: str) -> tuple[str, str] | None:
    """Run code in a process of its own; return what it printed and what went wrong.

    None if it was not done in time.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, LIMIT)
        printed, wrong = io.StringIO(), ""
        with (
            contextlib.redirect_stdout(printed),
            contextlib.redirect_stderr(io.StringIO()),
        ):
            try:
                exec(compile(code, "copy", "exec"), {"__name__": "__main__"})
            except BaseException as error:
                wrong = repr(error)
        with open(writing, "wb") as pipe:
            pickle.dump((printed.getvalue(), wrong), pipe)
        os._exit(0)
    os.close(writing)
    with open(reading, "rb") as pipe:
        said = pipe.read()
    os.waitpid(child, 0)
    return pickle.loads(said) if said else None


def printed_on_the_page(notebook: Path) -> dict[str, str]:
    cells = nbformat.read(notebook, as_version=4).cells
    return {
        cell.source.rstrip(): "".join(
            out.text for out in cell.outputs if out.output_type == "stream"
        )
        for cell in cells
        if cell.cell_type == "code"
    }


@pytest.fixture(scope="module")
def imported() -> None:
    """What many cells import, once for all the processes."""
    import matplotlib

    matplotlib.use("Agg")
    for name in ("scipy.stats", "sklearn.datasets", "torch", "ce_lib.figures"):
        importlib.import_module(name)


@pytest.mark.in_turn(3)
@pytest.mark.parametrize("part", range(3))
@pytest.mark.usefixtures("imported")
def test_every_cell_runs_as_it_is_copied_and_prints_what_the_page_shows(
    book: Path, part: int
) -> None:
    executed, wrong, ran, all_cells = book.parent / "jupyter_execute", [], 0, 0
    for page in pages()[part::3]:
        cells = copies(parsed(book / page))
        if not cells:
            continue
        printed = printed_on_the_page(executed / Path(page).with_suffix(".ipynb"))
        for code, copy in cells:
            all_cells += 1
            if missing := unknown(copy):
                wrong.append((page, code, f"unknown: {missing}"))
                continue
            done = run(copy)
            if done is None:
                continue
            ran += 1
            said, error = done
            if error or not said.endswith(printed[code]):
                wrong.append((page, code, error or f"printed {said!r}"))
    assert wrong == []
    assert ran > all_cells / 2, "so many take too long?"


def test_what_a_copy_brings_along_draws_and_prints_little(book: Path) -> None:
    """The displays of the page stay where they are, unless a cell goes on with one."""
    showing = {"print", "display", "Markdown", "glue"}
    for page in pages():
        for cell in parsed(book / page).select("[data-needs]"):
            needs = ast.parse(str(cell["data-needs"]))
            calls = [n.value for n in needs.body if isinstance(n, ast.Expr)]
            names = {
                c.func.id
                for c in calls
                if isinstance(c, ast.Call) and isinstance(c.func, ast.Name)
            }
            assert not names & showing, page


def test_an_example_of_the_library_imports_what_it_uses(book: Path) -> None:
    examples = [
        (page, text)
        for page in pages()
        for block in parsed(book / page).select("div.highlight")
        if (text := text_of(block)).startswith(">>> ")
    ]
    assert len(examples) > 20
    for page, text in examples:
        code = "".join(e.source for e in doctest.DocTestParser().get_examples(text))
        assert unknown(code) == set(), (page, code)

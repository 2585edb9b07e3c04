"""Every page that computes can be taken away as a notebook, which runs from top to bottom.

That it does is tried in tests/release; here, that its cells are those that the build ran.
"""

import json
import re
import tomllib
from pathlib import Path

import nbformat
import pytest
from small_book import Build
from unbound import unknown

from bookext.collected.labs import TAG
from ce_lib import __version__
from ce_lib.explorers import REGISTRY

ROOT = Path(__file__).resolve().parents[2]
CELL = re.compile(r"^```\{code-cell\}", re.MULTILINE)

#: A solution that computes: the notebook folds it, with its code to read.
FOLDED = re.compile(r"^```\{solution-start\}.*?^```\{solution-end\}", re.M | re.S)

#: The gallery's one cell becomes one for each explorer.
GALLERY = re.compile(r"^:tags: .*collected-gallery.*", re.MULTILINE)


def cells(text: str) -> int:
    """How many code cells the notebook of a page has, given the page's source."""
    more = len(REGISTRY) - 1 if GALLERY.search(text) else 0
    if "{div} collected-labs" in text:
        more += sum(
            cell.cell_type == "code" and TAG in cell.metadata.get("tags", [])
            for lab in (ROOT / "notebooks").glob("*.ipynb")
            for cell in nbformat.read(lab, 4).cells
        )
    return len(CELL.findall(FOLDED.sub("", text))) + more


#: How many code cells each page has that computes, by its path without an ending.
PAGES = {
    source.relative_to(ROOT).with_suffix("").as_posix(): number
    for source in sorted([ROOT / "index.md", *(ROOT / "chapters").glob("*.md")])
    if (number := cells(source.read_text(encoding="utf-8")))
}

#: What the wheel's extra [book] brings, by the names it is imported by.
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))[
    "project"
]
EXTRA = [
    {"scikit-learn": "sklearn"}.get(name := line.partition(">")[0], name)
    for line in PROJECT["optional-dependencies"]["book"]
]
BESIDES = re.compile(rf"^ *(?:from|import) ({'|'.join(EXTRA)})\b", re.MULTILINE)

#: What MyST or BibTeX knows and a plain notebook viewer would show as it stands.
LEFTOVERS = re.compile(
    r"\{[\w:-]+\}`|:::|```\{|^\(.*\)=$|^:\w+:|\{\\[\"'^~]", re.MULTILINE
)

KINDS = "|".join(kind.__name__ for kind in REGISTRY.values())

#: What readers are told to run, to open an explorer, check an answer or place a bet. A mention
#: of `check` that imports nothing is no such line.
LINE = re.compile(
    rf"`((?:from ce_lib.explorers import \w+; )?(?:{KINDS})\([^`]*\)"
    r"|from ce_lib.practice import \w+; \w+\([^`]*\))`"
)

#: What lines without an import take from the cells.
EXPLORERS = re.compile(r"^from ce_lib.explorers import .*", re.MULTILINE)

#: A page may quote such a mark.
QUOTED = re.compile(r"`` .*? ``")


def words(notebook: nbformat.NotebookNode) -> str:
    """All of its Markdown."""
    cells = (cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    return QUOTED.sub("", "\n\n".join(cells))


@pytest.fixture
def notebook(book: Path, page: str) -> nbformat.NotebookNode:
    return nbformat.read(book / f"_sources/{page}.ipynb", as_version=4)


OFFERED = re.compile(r'<a class="as-(notebook|wheel)" href="([^"]+)" download>')


@pytest.mark.parametrize("page", PAGES)
def test_the_page_offers_its_notebook_and_the_library(book: Path, page: str) -> None:
    path = book / f"{page}.html"
    offered = dict(OFFERED.findall(path.read_text(encoding="utf-8")))
    assert set(offered) == {"notebook", "wheel"}
    assert all((path.parent / address).exists() for address in offered.values())


@pytest.mark.parametrize("page", PAGES)
def test_the_notebook_is_plain(notebook: nbformat.NotebookNode, page: str) -> None:
    nbformat.validate(notebook)
    assert notebook.metadata.kernelspec.name == "python3"
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert notebook.cells[0].metadata.tags == ["set-up"]
    assert len(code) == 1 + PAGES[page]
    assert not any(cell.outputs or cell.execution_count for cell in code)
    assert LEFTOVERS.findall(words(notebook)) == []


FENCED = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)


def imported(cells: list[str]) -> set[str]:
    """What cells import of the extra [book]."""
    return set(BESIDES.findall("\n".join(cells)))


def code_of(notebook: nbformat.NotebookNode) -> list[str]:
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]


@pytest.mark.parametrize("page", PAGES)
def test_the_first_cell_installs_what_the_others_import(
    notebook: nbformat.NotebookNode, page: str
) -> None:
    first, *others = code_of(notebook)
    # The code of a solution is words here, which a reader may copy into a cell.
    words = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    needed = sorted(imported(others) | imported(FENCED.findall("\n".join(words))))
    line = f"VERSION, NEEDS = {json.dumps(__version__)}, {json.dumps(needed)}\n"
    assert line in first
    assert ("ce_lib[book] @" in first) == bool(needed)


def test_the_extra_holds_what_notebooks_import_and_nothing_else(book: Path) -> None:
    found = (nbformat.read(book / f"_sources/{page}.ipynb", 4) for page in PAGES)
    assert set.union(*(imported(code_of(page)) for page in found)) == set(EXTRA)


@pytest.mark.parametrize("page", PAGES)
def test_the_notebook_has_the_cells_that_the_build_ran_but_no_solutions(
    notebook: nbformat.NotebookNode, book: Path, page: str
) -> None:
    # Before a release they are run once more, in environments of their own.
    ran = nbformat.read(book.parent / f"jupyter_execute/{page}.ipynb", as_version=4)
    one_after_the_other = (code.strip() for code in code_of(ran))
    offered = code_of(notebook)[1:]
    assert all(code.strip() in one_after_the_other for code in offered)
    assert unknown("\n".join(offered)) <= {"display"}


@pytest.mark.parametrize("page", PAGES)
def test_the_lines_in_the_text_of_a_notebook_run(
    notebook: nbformat.NotebookNode, page: str
) -> None:
    there = {}
    exec("\n".join(EXPLORERS.findall("\n".join(code_of(notebook)))), there)
    for line in LINE.findall(words(notebook)):
        shares = f"1 / {line.count('...')}"  # a bet has to be filled in
        exec(line.replace("...", shares) if "bet(" in line else line, there)


PAGE = """\
:::{div} goals
After this you can
: read $a|b$,
: write it.
:::

:::{div} guess guess-label-smoothing
:::

```{code-cell} ipython3
:tags: [remove-input]

half = 1 / 2
```

The half is {eval}`f"{half:.2f}"`, *surely* {cite:p}`shannon1948`; see {eq}`eq-one`, the
{explore}`curve <loss-curve?q=0.25>` and [what is next](#next). It costs 5 * 4 < 21 \\$.

$$
x = 1
$$ (eq-one)

(next)=
## Next

| $p(a\\|b)$ | text |
|---|---|
| {eval}`half` | `a` |

:::{note}
Mind *this*.
:::

1. First.

   ```python
   indented = True
   ```
2. Second.

```{exercise}
:label: exercise-half

Halve it.
```

```{solution} exercise-half
:class: dropdown

A **quarter**, not {answer}`exercise-prices.nats[0.25]|.2f`.

$$x$$
```

```{div} bet bet-floor
```

```{div} bet check-call
```

```{div} record
```
"""

MARKDOWN = r"""
# A small book

After this you can

- read $a|b$,
- write it.

**Guess first.** The song is Rock, but the label asks for a little less: 92.5 % Rock, and 2.5 % for each other genre. A model gives Rock 99 % already, and the others share the rest evenly. Now it takes one small step of training on this song. What happens to its 99 %?

1. It rises
2. It stays
3. It falls

*Write it down. Then run the cell below: the explorer answers.*

The half is 0.50, *surely* [Shannon, 1948]; see (1), the curve (`from ce_lib.explorers import LossCurve; LossCurve(q=0.25)`) and what is next. It costs 5 \* 4 \< 21 \$.

$$
x = 1 \tag{1}
$$

## Next

| $p(a\vert b)$ | text |
| --- | --- |
| 0.5 | `a` |

> **Note**
>
> Mind *this*.

1. First.

   ```python
   indented = True
   ```
2. Second.

> **Exercise 1**
>
> Halve it.

<details>
<summary>Solution to Exercise 1</summary>

A **quarter**, not 1.39.

$$
x
$$

</details>

**A bet.** Every label is one-hot. How low can the mean loss on fresh songs get, on average?

1. To 0.
2. To ln K.
3. To H(Y).
4. To H(Y | X).

To bet, spread 1 over the answers, at least 0.01 on each: `from ce_lib.practice import bet; bet("bet-floor", [..., ..., ..., ...])`

**A bet.** Raw scores `z` of shape (N, K), labels `y` from 0 to K − 1. Which PyTorch call is right?

1. `CrossEntropyLoss()(z, y)`
2. `CrossEntropyLoss()(softmax(z), y)`
3. `NLLLoss()(z, y)`
4. `BCELoss()(z, y)`

To bet, spread 1 over the answers, at least 0.01 on each: `from ce_lib.practice import bet; bet("check-call", [..., ..., ..., ...])`

*The page shows your record here. Your browser keeps it; no notebook can see it.*
"""  # noqa: E501

END = "The works."


def test_every_construct_becomes_plain_markdown(build: Build, tmp_path: Path) -> None:
    run = build(f"{PAGE}\n{END}\n\n```{{bibliography}}\n```\n")
    assert run.returncode == 0, run.stdout + run.stderr
    path = tmp_path / "_build/html/_sources/index.ipynb"
    notebook = nbformat.read(path, as_version=4)
    assert words(notebook).partition(END)[0].strip() == MARKDOWN.strip()
    (cell,) = (cell for cell in notebook.cells if cell.cell_type == "code")
    assert cell.source == "half = 1 / 2"
    assert cell.metadata.jupyter.source_hidden

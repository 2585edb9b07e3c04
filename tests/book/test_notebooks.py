"""Every page that computes can be taken away as a notebook, which runs from top to bottom."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser, Page
from small_book import Build

from bookext.collected.labs import TAG
from ce_lib.explorers import REGISTRY

pytestmark = pytest.mark.xdist_group("notebooks")

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

#: What MyST or BibTeX knows and a plain notebook viewer would show as it stands.
LEFTOVERS = re.compile(
    r"\{[\w:-]+\}`|:::|```\{|^\(.*\)=$|^:\w+:|\{\\[\"'^~]", re.MULTILINE
)

#: A page may quote such a mark.
QUOTED = re.compile(r"`` .*? ``")


def words(notebook: nbformat.NotebookNode) -> str:
    """All of its Markdown."""
    cells = (cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    return QUOTED.sub("", "\n\n".join(cells))


@pytest.fixture
def notebook(book: Path, page: str) -> nbformat.NotebookNode:
    return nbformat.read(book / f"_sources/{page}.ipynb", as_version=4)


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    tab = browser.new_page()
    yield tab
    tab.close()


@pytest.mark.parametrize("page", PAGES)
def test_the_page_offers_its_notebook(
    tab: Page, book: Path, book_url: str, page: str
) -> None:
    tab.goto(f"{book_url}/{page}.html")
    link = tab.locator("#this-page a.as-notebook")
    assert (book / f"{page}.html").parent.joinpath(link.get_attribute("href")).exists()
    assert link.is_visible()


@pytest.mark.parametrize("page", PAGES)
def test_the_notebook_is_plain(notebook: nbformat.NotebookNode, page: str) -> None:
    nbformat.validate(notebook)
    assert notebook.metadata.kernelspec.name == "python3"
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert len(code) == PAGES[page]
    assert not any(cell.outputs or cell.execution_count for cell in code)
    assert LEFTOVERS.findall(words(notebook)) == []


@pytest.fixture(scope="module")
def failures(book: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What stopped each page's notebook, in a folder that has nothing but notebooks."""
    settings = {
        "PYTHONPATH": str(ROOT),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",  # as a kernel has it
    }
    paths = [str(book / f"_sources/{page}.ipynb") for page in PAGES]
    run = subprocess.run(
        [sys.executable, ROOT / "tests/book/run_notebooks.py", *paths],
        cwd=tmp_path_factory.mktemp("notebooks"),
        env=os.environ | settings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return dict(zip(PAGES, json.loads(run.stdout), strict=True))


@pytest.mark.parametrize("page", PAGES)
def test_the_notebook_runs(failures: dict[str, str], page: str) -> None:
    assert failures[page] == ""


PAGE = """\
:::{div} goals
After this you can
: read $a|b$,
: write it.
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
"""

MARKDOWN = r"""
# A small book

After this you can

- read $a|b$,
- write it.

The half is 0.50, *surely* [Shannon, 1948]; see (1), the curve (`LossCurve(q=0.25)`) and what is next. It costs 5 \* 4 \< 21 \$.

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

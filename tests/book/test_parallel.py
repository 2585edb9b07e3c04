"""Pages that are read side by side say the same as one after the other."""

import os
import re
import shutil
from pathlib import Path

import psutil
import pytest
from small_book import ROOT, build, small_book, write_page

FRUIT = ("apple", "banana", "cherry", "damson", "elderberry", "fig", "grape")

CHAPTER = """\
# Of the {fruit}

({fruit}-is-a-fruit)=
## “Every {fruit} is a fruit.”

:::{{dropdown}} True, half true or false?
**True.** It is.
:::

```{{div}} bet bet-doubling
```

Its price is $-\\log p$.

:::{{div}} for-glossary
{fruit}
: A fruit.
:::
"""

PART = """\
format: jb-book
root: index
parts:
  - caption: Fruit
    numbered: 1
    chapters:
"""

GLOSSARY = """\
# Words

:::{div} collected-glossary
:::
"""


@pytest.fixture(scope="module")
def orchard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built book of as many pages as are read side by side."""
    if (os.cpu_count() or 1) < 2:
        pytest.fail("this machine has one core: nothing is read side by side")
    folder = tmp_path_factory.mktemp("orchard")
    small_book(folder)
    chapters = [f"chapters/{fruit}" for fruit in FRUIT]
    files = "".join(
        f"      - file: {page}\n" for page in [*chapters, "chapters/all-words"]
    )
    (folder / "_toc.yml").write_text(f"{PART}{files}")
    emblems = folder / "emblems/chapters"
    emblems.mkdir(parents=True)
    for page in [*FRUIT, "all-words"]:
        shutil.copy(ROOT / "emblems/chapters/log-curve.svg", emblems / f"{page}.svg")
    write_page(folder / "index.md", "# A small book\n\nText.\n")
    write_page(folder / "chapters/all-words.md", GLOSSARY)
    for fruit, page in zip(FRUIT, chapters, strict=True):
        write_page(folder / f"{page}.md", CHAPTER.format(fruit=fruit))
    built = build(folder)
    assert built.returncode == 0, built.stdout + built.stderr
    # Sphinx names the first and the last page of what one process reads.
    assert re.search(r"reading sources.*? \.\. ", built.stdout)
    return folder


def test_what_pages_say_for_others_is_there_when_they_are_read_side_by_side(
    orchard: Path,
) -> None:
    words = (orchard / "_build/html/chapters/all-words.html").read_text(
        encoding="utf-8"
    )
    page = (orchard / "_build/html/chapters/fig.html").read_text(encoding="utf-8")
    for fruit in FRUIT:
        assert re.search(rf"<dt[^>]*>{fruit}", words), fruit
        assert f"{fruit}-is-a-fruit" in page, fruit  # as what that page asks


def test_no_process_outlives_a_build(orchard: Path) -> None:
    for process in psutil.process_iter(["environ"]):
        told = process.info["environ"] or {}
        assert told.get("PYTHONPATH") != str(orchard), process.cmdline()

"""What a chapter, an explorer or a lab says of itself stands where it is collected."""

import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import nbformat
import pytest
from grading.lab import KERNEL
from small_book import HEAD, ROOT, small_book, write_page
from sphinx.errors import ExtensionError

from bookext.collected import card, cover
from bookext.collected.course import Course
from ce_lib.explorers import REGISTRY, LossCurve, Scores

pytestmark = pytest.mark.xdist_group("collected")

TOC = """\
format: jb-book
root: index
parts:
  - caption: The first part
    numbered: 1
    chapters:
      - file: chapters/one
  - caption: The second part
    numbered: 1
    chapters:
      - file: chapters/two
      - file: chapters/three
  - caption: At hand
    chapters:
      - file: chapters/all
      - file: chapters/words
      - file: chapters/card
      - file: chapters/teaching
"""

ONE = """\
# The first chapter

```{code-cell} ipython3
from ce_lib.explorers import Scores

quarter = 1 / 4
Scores()
```

What {term}`a pear` is, the glossary says.

:::{div} for-cover
**One.** It has a `quarter`.
:::

:::{div} for-glossary
a pear
pyrus
: A fruit that costs $q$ and is worth {eval}`f"{quarter:.3f}"`,
  not a {word}`apple`.
:::

:::{div} for-card
**Fruit**

Pear
: $p = ${eval}`quarter`

Shared, {chapter}`ch. <two>`
: one half

**Weights**, after *Heavy*

Light
: 2
:::
"""

BEFORE = ONE.replace("It has a", "It had before a").replace("A fruit", "A fruit before")
BEFORE = BEFORE.replace("one half", "half before")

TWO = """\
# The second chapter

```{code-cell} ipython3
from ce_lib.explorers import REGISTRY, LossCurve, Scores

quarter = "another"
LossCurve()
```

```{code-cell} ipython3
Scores()
```

:::{div} for-cover
**Two.** It is second.
:::

:::{div} for-glossary
apple
: The other fruit.
:::

:::{div} for-card
**Weights**

Heavy
: 1

Heaviest
: 3

**Fruit**, after *Pear*

| fruit | colour |
|---|---|
| apple | {eval}`quarter` |
:::
"""

PAGES = {
    "one": ONE,
    "two": TWO,
    "three": "# The third chapter\n\nIt says nothing.\n",
    "all": "# All\n\n```{code-cell} ipython3\n:tags: [collected-gallery]\n\n1 / 0\n```\n",
    "words": "# Words\n\n:::{div} collected-glossary\nHere.\n:::\n",
    # With a kernel, as the book's own: its notebook can be taken away.
    "card": HEAD
    + "# Card\n\n## Formulas\n\n### Weights\n\n```{div} collected-card Weights\n```\n\n"
    "## Others\n\n:::{div} collected-card\nThe rest.\n:::\n",
    "teaching": "# Teaching\n\n## Labs\n\nBegin with {lab}`early`.\n\n"
    ":::{div} collected-labs\nThe labs.\n:::\n",
}
EMBLEM = '<svg viewBox="0 0 48 48"><path stroke="#1470c8" d="M4 {}H44"/></svg>'
COLLECTING = ("index", "chapters/card", "chapters/words")
COVER = "## The way\n\n:::{div} collected-cover\nThe chapters.\n:::\n"


def lab(title: str, after: str) -> nbformat.NotebookNode:
    cell = nbformat.v4.new_markdown_cell
    told = cell("Ten *minutes*.", metadata={"tags": ["for-teachers"]})
    cells = [cell(f"# Lab: {title}"), cell("For everybody."), told]
    metadata = {"after": after, "kernelspec": KERNEL}
    return nbformat.v4.new_notebook(cells=cells, metadata=metadata)


class _Words(HTMLParser):
    """The words of a page's article, and the addresses of its links by their text."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: dict[str, str] = {}
        self.inside, self.address = False, ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag == "article":
            self.inside = True
        if tag == "a":
            self.address = values.get("href") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "article":
            self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside and data.strip() not in ("", "#"):
            self.words.append(data.strip().replace("\N{NO-BREAK SPACE}", " "))
            if self.address:
                self.links[self.words[-1]] = self.address
                self.address = ""


class Book:
    """Chapters that say something and pages that collect it, built.

    It was built once before, when the first chapter said something else: what is
    collected had to follow.
    """

    def __init__(self, folder: Path) -> None:
        self.folder, self.run = folder, small_book(folder)
        (folder / "_toc.yml").write_text(TOC)
        for name, text in PAGES.items():
            write_page(folder / f"chapters/{name}.md", text)
        shutil.copytree(ROOT / "emblems/explorers", folder / "emblems/explorers")
        for height, name in enumerate(("one", "two", "three"), start=10):
            write_page(folder / f"emblems/chapters/{name}.svg", EMBLEM.format(height))
        (folder / "notebooks").mkdir()
        for name, after in {"early": "one", "a-late-one": "two"}.items():
            path = folder / f"notebooks/{name}.ipynb"
            nbformat.write(lab(f"the {name}", after), path)
        write_page(folder / "chapters/one.md", BEFORE)
        self.build()
        self.first = {name: self.words(name) for name in COLLECTING}
        write_page(folder / "chapters/one.md", ONE)
        self.build()

    def build(self) -> None:
        run = self.run(COVER)
        assert run.returncode == 0, run.stdout + run.stderr

    def page(self, name: str) -> _Words:
        parser = _Words()
        path = self.folder / f"_build/html/{name}.html"
        parser.feed(path.read_text(encoding="utf-8"))
        return parser

    def words(self, name: str) -> str:
        return " ".join(self.page(name).words)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    return Book(tmp_path_factory.mktemp("book"))


def in_order(text: str, *parts: str) -> bool:
    return re.search(".*?".join(map(re.escape, parts)), text, re.DOTALL) is not None


def test_the_cover_leads_through_parts_and_chapters(book: Book) -> None:
    said = ["The first part", "One", "It has a", "quarter"]
    said += ["The second part", "Two", "It is second", "The third chapter"]
    assert in_order(book.words("index"), *said)
    assert "At hand" not in book.words("index")
    assert book.page("index").links["Two"] == "chapters/two.html"
    html = (book.folder / "_build/html/index.html").read_text(encoding="utf-8")
    assert re.findall(r"<ol[^>]*>", html) == [
        '<ol class="arabic simple">',
        '<ol class="arabic simple" start="2">',
    ]


def test_a_chapters_emblem_stands_at_its_name_in_the_colours_of_the_theme(
    book: Book,
) -> None:
    index = (book.folder / "_build/html/index.html").read_text(encoding="utf-8")
    stroke = (
        r'<svg class="ce-emblem"[^>]*><path stroke="var\(--ce-truth\)" d="M4 {}H44"'
    )
    listed = re.search(r"<h2>The way.*", index, re.DOTALL)
    assert listed
    for height, name in (("10", "One"), ("11", "Two")):
        assert re.search(
            stroke.format(height) + rf"/></svg> <strong><a [^>]*>(<[^>]*>)?{name}<",
            listed[0],
        )
    contents = re.search(r'<nav id="contents".*?</nav>', index, re.DOTALL)
    assert contents
    assert re.search("The third chapter" + stroke.format("12"), contents[0])
    chapter = (book.folder / "_build/html/chapters/two.html").read_text("utf-8")
    assert re.search(stroke.format("11") + "/></svg><h1>", chapter)


def test_the_gallery_follows_the_course(book: Book) -> None:
    gallery = book.words("chapters/all")
    titles = [Scores.gallery().title, LossCurve.gallery().title]
    assert in_order(gallery, *titles)
    behind = re.findall(
        r'href="([\w.]+)"[^>]*>(?:<[^>]*>)?The chapter behind it',
        (book.folder / "_build/html/chapters/all.html").read_text(encoding="utf-8"),
    )
    assert behind == ["one.html", "two.html"]


def test_each_explorer_says_in_its_own_words_what_it_is_for() -> None:
    purposes = [kind.gallery().purpose for kind in REGISTRY.values()]
    assert all(purposes)
    begun = [" ".join(purpose.split()[:2]) for purpose in purposes]
    assert sorted(begun) == sorted({*begun})


def test_the_gallery_opens_a_picture_at_a_time_and_loads_nothing_before(
    book: Book,
) -> None:
    page = (book.folder / "_build/html/chapters/all.html").read_text(encoding="utf-8")
    folds = re.findall(r'<details class="ce-fold".*?</details>', page, re.DOTALL)
    assert len(folds) == len(REGISTRY)
    for fold in folds:
        assert 'name="explorers"' in fold
        assert fold.count('<svg class="ce-emblem"') == 1
        assert 'data-script="../_static/explorers/' in fold
    assert '<script defer="defer" src="../_static/explorers/' not in page
    assert "_static/gallery.css" in page
    assert "_static/cover.css" not in page


def test_the_glossary_is_sorted_and_its_numbers_come_from_the_chapters(
    book: Book,
) -> None:
    words = book.page("chapters/words")
    assert in_order(
        " ".join(words.words),
        *("a pear", "pyrus", "A fruit", "0.250", "apple", "ch. 1"),
        *("apple", "The other fruit.", "ch. 2"),
    )
    assert words.links["ch. 2"] == "two.html"
    html = (book.folder / "_build/html/chapters/words.html").read_text(encoding="utf-8")
    assert re.findall(r'href="#words-(\w)"', html) == ["a", "p"]
    assert re.findall(r'<p class="rubric">(\w)</p>', html) == ["A", "P"]
    assert in_order(
        " ".join(words.words), "other fruit", "P", "another letter:", "pyrus"
    )
    assert words.links["pyrus"] == "#term-pyrus"
    assert book.page("chapters/one").links["a pear"] == "words.html#term-a-pear"
    index = (book.folder / "_build/html/genindex.html").read_text(encoding="utf-8")
    places = re.findall(
        r'<li>pyrus <a href="([^"]*)" aria-label="pyrus, (.*?)">', index
    )
    assert places == [("chapters/words.html#term-pyrus", "words")]


def test_the_card_has_the_rows_of_all_chapters_in_their_places(book: Book) -> None:
    card = book.words("chapters/card")
    assert in_order(card, "Weights", "Heavy", "ch. 2", "Light", "ch. 1", "Heaviest")
    assert in_order(card, "Others", "Fruit", "Pear", "0.25", "apple", "another")
    assert in_order(card, "apple", "Shared", "ch. 1", "ch. 2", "one half")


def test_the_labs_are_numbered_by_their_place_in_the_course(book: Book) -> None:
    teaching = book.words("chapters/teaching")
    assert in_order(
        teaching,
        *("Begin with", "lab 1", "Lab 1: the early", "After", "chapter 1", "minutes"),
        *("Lab 2: the a-late-one", "After", "chapter 2"),
    )
    assert "For everybody" not in teaching
    assert book.page("chapters/teaching").links["lab 1"] == "#lab-early"


def test_what_is_said_for_others_is_not_shown_where_it_stands(book: Book) -> None:
    chapter = book.words("chapters/one")
    assert "pyrus" not in chapter
    assert "Pear" not in chapter
    assert "It has a" not in chapter


def test_every_notebook_has_what_was_collected(book: Book) -> None:
    gallery = nbformat.read(book.folder / "_build/html/_sources/chapters/all.ipynb", 4)
    code = [cell.source for cell in gallery.cells if cell.cell_type == "code"]
    assert code[0] == "from ce_lib.explorers import Scores\n\nScores()"
    card = nbformat.read(book.folder / "_build/html/_sources/chapters/card.ipynb", 4)
    assert in_order("\n".join(cell.source for cell in card.cells), "Heavy", "0.25")


def test_a_change_in_a_chapter_shows_where_it_is_collected(book: Book) -> None:
    for name in COLLECTING:
        assert "before" in book.first[name]
        assert "before" not in book.words(name)


def card_of(text: str) -> str:
    course = SimpleNamespace(texts=lambda kind: [("chapters/one", text)], places=())
    return card.write(cast(Course, course), "")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("**Fruit**, after *Plum*\n\nPear\n: 1", "no 'Plum' in the section 'Fruit'"),
        ("Pear\n: 1", "expected the name of a section first"),
    ],
)
def test_a_mistake_for_the_card_is_explained(text: str, problem: str) -> None:
    with pytest.raises(ExtensionError, match=f"chapters/one: for-card: .*{problem}"):
        card_of(text)


def test_what_the_cover_cannot_read_is_explained() -> None:
    course = SimpleNamespace(texts=lambda kind: [("chapters/one", "No name.")])
    with pytest.raises(ExtensionError, match="chapters/one: for-cover: expected"):
        cover.write(cast(Course, course), "")

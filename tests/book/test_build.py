"""The build fails where it should, says what to do, and never shows a stale output."""

import re
from pathlib import Path

import pytest
from small_book import Build, small_book, write_page

pytestmark = pytest.mark.xdist_group("small books")

CELL = "```{{code-cell}} ipython3\n{}\n```\n"

#: What nobody should write on a page, and what the build says of it.
FAULTS = {
    "an expression that cannot be computed": (
        "The value is {eval}`unknown`.\n",
        ["NameError: name 'unknown' is not defined"],
    ),
    "a number for another page that cannot be computed": (
        ":::{div} for-cover\n**One.** {eval}`nowhere`\n:::\n",
        ["in for-cover: NameError: name 'nowhere' is not defined"],
    ),
    "a page for the cover without an emblem": (
        ":::{div} for-cover\n**One.** It has none.\n:::\n",
        ["index has no emblem: draw one, a few strokes, in emblems/index.svg"],
    ),
    "links to what is not there": (
        "{explore}`a <loss-kurve?q=0.1>` {explore}`b <loss-curve?q=7>`"
        " {explore}`c <loss-curve?p=0.1>`\n",
        [
            "there is no explorer 'loss-kurve' to link to; there are ",
            "q: expected a number from 1e-06 to 1, got 7.0",
            "expected name=value pairs with the names q, classes",
        ],
    ),
    "a figure without words": (
        CELL.format("from ce_lib.figures import axes\n_ = axes().plot([0, 1])"),
        ["a figure has no alt text", "a figure has no caption"],
    ),
    "the number of what is no chapter": (
        "{chapter}`nowhere`\n",
        ["'chapters/nowhere' is not a numbered chapter"],
    ),
    "a module that is not there": (
        "```{library} loses\n```\n",
        ["there is no public 'loses' in ce_lib; there are audit, calibration"],
    ),
    "what a notebook cannot hold": (
        "```{topic} A topic\nIts text.\n```\n",
        ["the notebook cannot hold a topic"],
    ),
    "a bet that stands there twice": (
        "```{div} bet bet-doubling\n```\n\n" * 2,
        ["the question 'bet-doubling' stands twice on this page"],
    ),
    "a guess without its explorer": (
        ":::{div} guess guess-log-curve\n:::\n\nWords.\n",
        ["expected the explorer that answers 'guess-log-curve' right below it"],
    ),
    "boxes and answers that do not fit": (
        "```{div} answer exercise-prises\n```\n\n"
        "```{div} answer exercise-prices\n`check(1)`\n```\n\n"
        "{answer}`exercise-prises` {answer}`exercise-prices.cents` "
        "{answer}`exercise-prices.nats[0.3]`\n",
        [
            "there is no exercise 'exercise-prises'; there are exercise-",
            ": there is no exercise 'exercise-prises'",
            ": expected one of its parts nats, bits, head, got cents",
            ": expected a label of 0.8, 0.25, 0.02, got 0.3",
            'check("exercise-prices", nats=..., bits=..., head=...)`, got `check(1)`',
        ],
    ),
}


@pytest.fixture(scope="module")
def complaints(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the build of a page says that has every fault; each of them stops it (-W)."""
    folder = tmp_path_factory.mktemp("faults")
    run = small_book(folder)("\n".join(text for text, _ in FAULTS.values()))
    assert run.returncode != 0
    said = run.stdout + run.stderr
    return "\n".join(re.findall(r"index\.md.*?: (?:WARNING|ERROR): .*", said))


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_on_a_page_fails_the_build_with_a_sentence(
    complaints: str, fault: str
) -> None:
    for problem in FAULTS[fault][1]:
        assert problem in complaints


def test_a_failing_cell_fails_the_build(build: Build) -> None:
    run = build(CELL.format("1 / 0"))
    assert run.returncode != 0
    assert "ZeroDivisionError" in run.stdout + run.stderr


def test_a_missing_bundle_is_explained(build: Build, tmp_path: Path) -> None:
    (tmp_path / "ce_lib/explorers/static/loss-curve.js").unlink()
    run = build("Nothing here.\n")
    assert run.returncode != 0
    assert "run `make explorers`" in " ".join((run.stdout + run.stderr).split())


#: Pages that tell when they were executed, one by one with other needs; and one that prints.
PAGES = {
    "genres": CELL.format(
        "import time\nfrom ce_lib import genres\nprint(genres.GENRES[0], time.time_ns())"
    ),
    "explorer": CELL.format(
        "import time\nfrom ce_lib.explorers import LossCurve\nprint(time.time_ns())"
    )
    + CELL.format("LossCurve()"),
    "printed": "```{index} ! interrupted line\n```\n\n"
    + CELL.format(
        """\
import sys, time
for piece in ("al", "l in one\\n", "\\n  after a gap"):
    print(piece, end="", flush=True)
    time.sleep(0.3)"""
    ),
}

#: What a page of the past left in the built book.
LEFT_BEHIND = ("old/page.html", "_sources/old/page.md", "_sources/old/page.ipynb")


class Rebuilt:
    """A book built three times; its pages as they were after each build.

    Before the second build a script changed, and a module that no page uses; before the
    third, a module that one page uses. A page that the book has no more was built once.
    """

    def __init__(self, folder: Path) -> None:
        self.folder, self.run = folder, small_book(folder)
        files = "".join(f"  - file: {name}\n" for name in PAGES)
        (folder / "_toc.yml").write_text(
            f"format: jb-book\nroot: index\nchapters:\n{files}"
        )
        for name, text in PAGES.items():
            write_page(folder / f"{name}.md", f"# {name}\n\n{text}")
        self.said = ""
        self.first = self.build()
        self.edit("bookext/static/core.js", "", "\n")
        self.edit(
            "ce_lib/explorers/scores.py", "import", "import"
        )  # newer, and the same
        self.second = self.build()
        self.edit("ce_lib/genres.py", '"Rock"', '"Polka"')
        for file in LEFT_BEHIND:
            write_page(folder / "_build/html" / file, "an old page")
        self.third = self.build()

    def build(self) -> dict[str, str]:
        run = self.run("Three pages.\n")
        self.said += run.stdout + run.stderr
        assert run.returncode == 0, self.said
        built = self.folder / "_build/html"
        return {name: (built / f"{name}.html").read_text("utf-8") for name in PAGES}

    def edit(self, file: str, old: str, new: str) -> None:
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Rebuilt:
    return Rebuilt(tmp_path_factory.mktemp("rebuilt"))


def executed(page: str) -> str:
    """When the cells of a page were executed, and what the first genre was."""
    return re.search(r"(?:(?:Rock|Polka) )?\d{16,}", page)[0]


def test_a_page_is_executed_again_when_what_it_imports_changes(
    rebuilt: Rebuilt,
) -> None:
    first, second, third = (
        executed(pages["genres"])
        for pages in (rebuilt.first, rebuilt.second, rebuilt.third)
    )
    assert first == second
    assert first.startswith("Rock")
    assert third.startswith("Polka")


def test_a_new_script_gets_its_address_on_pages_that_are_not_executed_again(
    rebuilt: Rebuilt,
) -> None:
    before, after = rebuilt.first["explorer"], rebuilt.second["explorer"]
    assert executed(before) == executed(after)
    core = re.compile(r'src="_static/core\.js\?v=(\w+)"')
    assert core.search(before)[1] != core.search(after)[1]


def test_search_finds_by_their_index_terms_pages_that_are_not_written_again(
    rebuilt: Rebuilt,
) -> None:
    index = (rebuilt.folder / "_build/html/searchindex.js").read_text("utf-8")
    assert rebuilt.second["printed"] == rebuilt.third["printed"]
    assert '["interrupted line"]' in index


def test_a_page_that_has_gone_leaves_nothing_behind(rebuilt: Rebuilt) -> None:
    built = rebuilt.folder / "_build/html"
    assert [file for file in LEFT_BEHIND if (built / file).exists()] == []
    assert all((built / f"_sources/{name}.ipynb").exists() for name in PAGES)


def test_printed_output_is_shown_as_it_was_printed(rebuilt: Rebuilt) -> None:
    assert "all in one\n\n  after a gap" in rebuilt.first["printed"]
    assert "IPKernelApp" not in rebuilt.said

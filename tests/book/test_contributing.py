"""CONTRIBUTING's four recipes work as they stand, and touch only what they name.

They are followed to the letter in a copy of the repository: the files are written, the
commands run. Then a small book is built from the copy, with the new chapter and the pages
that collect what it says.
"""

import fnmatch
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
import yaml
from small_book import SETTINGS, build, write_page

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.xdist_group("contributing")

#: A block that is a file, goes into one, or is to be run; its place stands above it.
STEP = re.compile(
    r"(?:^(?P<how>[^\n]*?)`(?P<path>[\w./-]+)`"
    r"(?:, (?P<side>above|below) `(?P<line>[^`]+)`)?:\n\n)?"
    r"^(?P<fence>`{3,})(?P<kind>\w+)\n(?P<text>.*?)^(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)

#: How many files each recipe may ask for, built ones apart.
PROMISED = {
    "Add an explorer": 4,
    "Add a chapter": 4,
    "Add an exercise": 2,  # its definition, and its page
    "Add a lab": 2,
}

#: The environment and the tools of the copy are ours.
MAKE = "make -o .venv/ready -o node_modules/ready "


def recipes() -> dict[str, list[re.Match[str]]]:
    """The steps below each heading of CONTRIBUTING that promises something."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    prose = STEP.sub(lambda step: " " * len(step[0]), text)  # examples have headings
    headings = list(re.finditer(r"^## (.+)$", prose, re.MULTILINE))
    ends = [*(heading.start() for heading in headings[1:]), len(text)]
    return {
        heading[1]: list(STEP.finditer(text, heading.end(), end))
        for heading, end in zip(headings, ends, strict=True)
        if heading[1] in PROMISED
    }


class Clone:
    """A copy of the repository in which recipes are followed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        listed = self.run("git ls-files -z -co --exclude-standard", ROOT)
        for name in filter(None, listed.split("\0")):
            if (ROOT / name).is_file():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / name, folder / name)
        self.run("git init -q && echo /node_modules >> .git/info/exclude")
        (folder / "node_modules").symlink_to((ROOT / "node_modules").resolve())
        self.keep()

    def run(self, command: str, folder: Path | None = None) -> str:
        """Run a command in the copy, which must succeed; return what it printed."""
        beside = str(Path(sys.executable).parent)
        paths = {
            "PATH": os.pathsep.join([beside, os.environ["PATH"]]),
            "PYTHONPATH": str(self.folder),
        }
        done = subprocess.run(
            ["bash", "-ec", command],
            cwd=folder or self.folder,
            env=os.environ | paths | {"NO_COLOR": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def keep(self) -> None:
        self.run("git add -A && git -c user.name=a -c user.email=a@b commit -qm kept")

    def follow(self, steps: list[re.Match[str]]) -> set[str]:
        """Do what a recipe says; return the files that it touched, built ones apart."""
        for step in steps:
            if step["path"]:
                self.write(step)
            elif step["kind"] == "sh" and step["text"] != "make book\n":
                self.run(re.sub(r"^make ", MAKE, step["text"], flags=re.MULTILINE))
        status = self.run("git status --porcelain -z --no-renames -uall")
        touched = {entry[3:] for entry in status.split("\0") if entry}
        self.keep()
        marks = (self.folder / ".gitattributes").read_text().split("\n")
        built = [mark.split()[0] for mark in marks if mark.endswith("generated")]
        return {
            name for name in touched if not any(fnmatch.fnmatch(name, b) for b in built)
        }

    def write(self, step: re.Match[str]) -> None:
        path, text = self.folder / step["path"], step["text"]
        if step["side"]:
            before, line, after = path.read_text().partition(f"{step['line']}\n")
            assert line, f"{step['path']} has no line {step['line']!r}"
            parts = {"above": (before, text, line), "below": (before, line, text)}
            text = "".join([*parts[step["side"]], after])
        elif step["how"] == "At the end of ":
            text = f"{path.read_text()}\n\n{text}"  # Python's two empty lines
        else:
            assert not path.exists(), f"{step['path']} is there already"
        path.write_text(text)


class Followed:
    """The copy after all recipes, and a small book built from it."""

    def __init__(self, folder: Path) -> None:
        self.clone = Clone(folder / "clone")
        self.touched = {
            title: self.clone.follow(steps) for title, steps in recipes().items()
        }
        self.book = folder / "book"
        self.build()

    def build(self) -> None:
        """Build the new chapter with the pages that collect, and nothing else."""
        clone, book = self.clone.folder, self.book
        for name in SETTINGS:
            (book / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(clone / name, book / name)
        for name in ("bookext", "ce_lib", "emblems", "tools"):
            shutil.copytree(clone / name, book / name)
        for name in ("fair-coin", "gallery", "glossary", "reference-card"):
            (book / "chapters").mkdir(exist_ok=True)
            shutil.copy(clone / f"chapters/{name}.md", book / "chapters")
        (book / "notebooks").mkdir()
        shutil.copy(clone / "notebooks/coin-prices.ipynb", book / "notebooks")
        teaching = "# Teaching\n\n## Labs\n\n:::{div} collected-labs\n:::\n"
        write_page(book / "chapters/teaching.md", teaching)
        cover = "# Cover\n\n## The way\n\n:::{div} collected-cover\n:::\n"
        write_page(book / "index.md", cover)
        pages = ["gallery", "glossary", "reference-card", "teaching"]
        parts = [("Coins", ["fair-coin"]), ("At hand", pages)]
        toc = {"format": "jb-book", "root": "index", "parts": []}
        for caption, names in parts:
            files = [{"file": f"chapters/{name}"} for name in names]
            part = {"caption": caption, "chapters": files}
            toc["parts"].append(part | ({"numbered": 1} if caption == "Coins" else {}))
        (book / "_toc.yml").write_text(yaml.safe_dump(toc))
        done = build(book)
        assert done.returncode == 0, done.stdout + done.stderr

    def python(self, arguments: list[str], folder: Path) -> str:
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(folder), "NO_COLOR": "1"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def page(self, name: str) -> str:
        return (self.book / f"_build/html/{name}.html").read_text(encoding="utf-8")

    def words(self, name: str) -> str:
        article = re.search(r"<article.*?</article>", self.page(name), re.DOTALL)
        assert article
        text = re.sub(r"<[^>]+>", " ", article[0]).replace("\N{NO-BREAK SPACE}", " ")
        return " ".join(text.split())


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Followed:
    return Followed(tmp_path_factory.mktemp("contributing"))


@pytest.mark.parametrize("recipe", PROMISED)
def test_a_recipe_touches_the_files_it_names_and_no_more_than_promised(
    followed: Followed, recipe: str
) -> None:
    named = {step["path"] for step in recipes()[recipe] if step["path"]}
    if recipe == "Add a lab":  # which is written as text first
        named = {name for name in named if not name.endswith(".md")}
        named.add("notebooks/coin-prices.ipynb")
    assert followed.touched[recipe] == named
    assert len(named) <= PROMISED[recipe]


def test_the_chapter_is_in_the_contents_with_its_number_and_on_the_cover(
    followed: Followed,
) -> None:
    assert followed.words("chapters/fair-coin").startswith("1. The fair coin")
    assert "1. The fair coin" in re.sub(r"\s+", " ", followed.page("index"))
    assert "Coins The fair coin . What a toss tells you" in followed.words("index")
    contents = yaml.safe_load((followed.clone.folder / "_toc.yml").read_text())
    (part,) = (
        part
        for part in contents["parts"]
        if {"file": "chapters/fair-coin"} in part["chapters"]
    )
    place = part["chapters"].index({"file": "chapters/fair-coin"})
    assert part["chapters"][place - 1] == {"file": "chapters/log-curve"}


def test_the_chapter_has_its_emblem_at_its_title_and_on_its_card(
    followed: Followed,
) -> None:
    page = followed.page("chapters/fair-coin")
    assert re.search(r'<svg class="ce-emblem".*?</svg><h1>', page)
    assert (followed.book / "_build/html/_static/cards/chapters/fair-coin.png").exists()


def test_what_the_chapter_says_is_collected(followed: Followed) -> None:
    glossary = followed.words("chapters/glossary")
    assert "A toss tells you 0.6931 nats, which is one bit. ch. 1" in glossary
    assert "Entropy of a coin, ch. 1" in followed.words("chapters/reference-card")


def test_the_explorer_waits_for_the_chapters_guess(followed: Followed) -> None:
    page = followed.page("chapters/fair-coin")
    assert page.index('id="guess-guess-fair-coin"') < page.index("ce-explorer")


def test_the_explorer_is_in_its_chapter_and_in_the_gallery(followed: Followed) -> None:
    for page in ("chapters/fair-coin", "chapters/gallery"):
        assert 'data-explorer="coin-toss"' in followed.page(page)
    behind = re.search(
        r"What does a toss tell you\?.*?"
        r'href="([\w.-]+)"[^>]*>(?:<[^>]*>)?The chapter behind it',
        followed.page("chapters/gallery"),
        re.DOTALL,
    )
    assert behind
    assert behind[1] == "fair-coin.html"


@pytest.mark.parametrize(
    ("id", "answer"), [("exercise-bent-coin", 0.3251), ("exercise-fair-toss", 1)]
)
def test_the_exercises_check_and_have_their_boxes(
    followed: Followed, id: str, answer: float
) -> None:
    assert f'id="answer-{id}"' in followed.page("chapters/fair-coin")
    code = (
        "from ce_lib.practice import check\n"
        f"print(*(bool(check({id!r}, given)) for given in ({answer}, 0.5)))"
    )
    assert followed.python(["-c", code], followed.clone.folder) == "True False\n"


def test_the_lab_is_on_the_teaching_page_handed_out_and_graded(
    followed: Followed, tmp_path: Path
) -> None:
    teaching = followed.words("chapters/teaching")
    assert "Lab 1: What does a coin cost? After chapter 1 . Three quarters" in teaching
    made = followed.clone.folder / "_build/labs/coin-prices.ipynb"
    student = nbformat.read(made, 4)
    cells = [cell.source for cell in student.cells]
    assert not any("np.log" in cell or "For teachers" in cell for cell in cells)
    source = followed.book / "notebooks/coin-prices.ipynb"
    for name, notebook in (("ada", source), ("blank", made)):
        (tmp_path / name).mkdir()
        shutil.copy(notebook, tmp_path / name / "coin-prices.ipynb")
    said = followed.python(["tools/labs.py", "grade", str(tmp_path)], followed.book)
    assert "| ada | 10 | 10 |" in said
    assert "| blank | 0 | 0 |" in said

"""A release is made of one committed state, of which everything is said and proved."""

import io
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import release
import release_list
from archive import FOLDER
from release_list import BLANK, PROOFS, blanks, passed, points, state

ROOT = Path(__file__).resolve().parents[2]

#: A project of which everything is ready, as far as files say it.
READY = {
    "ce_lib/__init__.py": '__version__ = "1.2.3"\n',
    "CHANGELOG.md": "# Changes\n\n## 1.2.3, 2026-01-02\n\nMuch.\n\n## 1.2.2, 2025-01-02\n",
    "CITATION.cff": "version: 1.2.3\ndate-released: 2026-01-02\n",
    "_config.yml": "html: {baseurl: 'https://book.example'}\n"
    "sphinx: {config: {report_to: 'mailto:errata@book.example'}}\n",
    "README.md": "# A book\n",
    ".gitignore": "_build/\n",
}


def git(root: Path, *arguments: str) -> None:
    who = ("-c", "user.name=A", "-c", "user.email=a@book.example")
    subprocess.run(["git", *who, *arguments], cwd=root, check=True, capture_output=True)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name, text in READY.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    git(tmp_path, "init", "-q")
    commit(tmp_path)
    for proof in PROOFS:
        passed(tmp_path, proof)
    return tmp_path


def commit(root: Path) -> None:
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "All")


def still_open(root: Path) -> list[str]:
    return [point.words for point in points(root) if not point.ready]


def test_a_project_of_which_all_is_ready_has_no_open_point(project: Path) -> None:
    assert still_open(project) == []


def write(name: str, old: str, new: str) -> Callable[[Path], None]:
    def change(root: Path) -> None:
        path = root / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    return change


MARK = "[name of the author: to be filled in {} a release]".format("before")

SPOILED = {
    "the version is 1.2.4": write("ce_lib/__init__.py", "1.2.3", "1.2.4"),
    "1.2.4 of 2026-01-02 in CITATION.cff": write("CITATION.cff", "1.2.3", "1.2.4"),
    "1.2.3 of 2026-01-03 in CITATION.cff": write("CITATION.cff", "-02", "-03"),
    "give it a version and a day": write(
        "CHANGELOG.md", "# Changes\n", "# Changes\n\n## Not released yet\n\nMore.\n"
    ),
    "README.md:1: name of the author": write("README.md", "A book", MARK),
    "baseurl in _config.yml is not set": write(
        "_config.yml", "https://book.example", ""
    ),
    "report_to in _config.yml is not set": write(
        "_config.yml", "mailto:errata@book.example", ""
    ),
}


@pytest.mark.parametrize("words", SPOILED)
def test_what_is_missing_is_named(project: Path, words: str) -> None:
    SPOILED[words](project)
    commit(project)
    for proof in PROOFS:
        passed(project, proof)
    (said,) = still_open(project)
    assert words in said


def test_a_tag_is_used_once(project: Path) -> None:
    git(project, "tag", "v1.2.3")
    assert still_open(project) == ["the tag v1.2.3 is taken: raise the version"]


def test_a_proof_counts_for_the_state_that_it_proved(project: Path) -> None:
    (project / "README.md").write_text("# Another book\n")
    passed(project, "test")  # it ran on what is not committed
    commit(project)
    assert still_open(project) == [
        f"make {proof} has not passed on what is committed" for proof in PROOFS
    ]
    passed(project, "test")
    passed(project, "release-check")
    assert still_open(project) == []
    (project / "new.py").write_text("")
    assert "not committed: new.py" in still_open(project)


def test_outside_a_repository_nothing_is_noted(tmp_path: Path) -> None:
    passed(tmp_path, "test")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(ValueError, match="expected one of test, release-check, got"):
        passed(tmp_path, "tests")


def test_each_target_that_is_asked_for_says_that_it_passed() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for proof in PROOFS:
        recipe = makefile.partition(f"\n{proof}:")[2].partition("\n\n")[0]
        assert recipe.endswith(f"@python tools/release_list.py passed {proof}")


def test_the_books_own_blanks_are_found() -> None:
    if not state(ROOT) and not release_list.git(ROOT, "ls-files"):
        pytest.skip("not a clone")
    text = (ROOT / "paper/paper.md").read_text(encoding="utf-8")
    said = {line.rpartition(": ")[2] for line in blanks(ROOT) if "paper.md" in line}
    assert said == set(BLANK.findall(text))


CHANGES = READY["CHANGELOG.md"]


def test_the_notes_of_a_release_are_what_the_changes_say_of_it() -> None:
    assert release.notes(CHANGES, "1.2.3") == "Much.\n"
    for version in ("1.2.2", "1.2", "2.0.0"):  # one says nothing, two are not there
        with pytest.raises(ValueError, match=r"expected a part `## "):
            release.notes(CHANGES, version)


def test_a_release_holds_the_book_its_library_and_the_notes(tmp_path: Path) -> None:
    book, out = tmp_path / "html", tmp_path / "release"
    (book / "_sources").mkdir(parents=True)
    (book / "index.html").write_text("A page.")
    (book / "_sources/ce_lib-1.2.3-py3-none-any.whl").write_bytes(b"wheel")
    out.mkdir()
    (out / "left.zip").write_text("of another release")
    made = release.write(book, CHANGES, "1.2.3", out)
    assert [path.name for path in made] == [
        "ce_lib-1.2.3-py3-none-any.whl",
        "cross-entropy-book-1.2.3.zip",
        "notes.md",
    ]
    archive = zipfile.ZipFile(io.BytesIO(made[1].read_bytes()))
    assert archive.read(f"{FOLDER}/index.html") == b"A page."
    assert len(archive.namelist()) == 2


def test_a_tag_that_is_not_the_versions_stops_a_release() -> None:
    release.check_tag("v1.2.3", "1.2.3")
    with pytest.raises(ValueError, match=r"expected the tag v1\.2\.3 .*, got 'v1\.2'"):
        release.check_tag("v1.2", "1.2.3")

"""What students get to take home works without a clone, and holds no solution."""

import io
import re
import shutil
import zipfile
from pathlib import Path

import nbformat
import pytest
import students
from grading.lab import SOURCES, sources
from students import chosen, described, pack
from test_handout import secrets

from bookext import wheel
from ce_lib import __version__

pytestmark = pytest.mark.xdist_group("labs")


@pytest.fixture(scope="module")
def archive(handed_out: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All labs in one archive."""
    return pack(sources(), handed_out, tmp_path_factory.mktemp("students"))


def unpacked(archive: Path) -> dict[str, bytes]:
    """What is in an archive, by its place in the archive's one folder."""
    with zipfile.ZipFile(archive) as opened:
        files = {name: opened.read(name) for name in opened.namelist()}
    assert {name.split("/")[0] for name in files} == {archive.stem}
    return {name.split("/", 1)[1]: content for name, content in files.items()}


def test_it_holds_the_labs_the_library_and_a_page(archive: Path) -> None:
    labs = {f"labs/{lab.name}" for lab in sources()}
    assert set(unpacked(archive)) == {students.PAGE, wheel.NAME} | labs


def lines(archive: Path) -> set[str]:
    """Every line that a student can read without taking the wheel apart."""
    read = ""
    for name, content in unpacked(archive).items():
        if name.endswith(".ipynb"):
            notebook = nbformat.reads(content.decode(), 4)
            read += "\n".join(cell.source for cell in notebook.cells) + "\n"
        elif name != wheel.NAME:
            read += content.decode()
    return {line.strip() for line in read.splitlines()}


def test_no_solution_is_in_sight(archive: Path) -> None:
    read = lines(archive)
    for lab in sources():
        assert not secrets(lab.stem) & read
    for content in unpacked(archive).values():
        assert b"BEGIN SOLUTION" not in content
        assert b"HIDDEN TESTS" not in content


def test_a_solution_in_sight_would_be_found(tmp_path: Path) -> None:
    (lab,) = chosen(["floor-and-excess"])
    spoilt = pack([lab], SOURCES, tmp_path)
    assert secrets(lab.stem) & lines(spoilt)


def test_the_library_in_it_brings_no_lab(archive: Path) -> None:
    library = zipfile.ZipFile(io.BytesIO(unpacked(archive)[wheel.NAME]))
    assert not [name for name in library.namelist() if name.endswith(".ipynb")]


def test_the_same_labs_make_the_same_bytes(
    archive: Path, handed_out: Path, tmp_path: Path
) -> None:
    copied = shutil.copytree(handed_out, tmp_path / "copied", copy_function=shutil.copy)
    assert pack(sources(), copied, tmp_path).read_bytes() == archive.read_bytes()


def test_it_says_which_version_it_is(archive: Path) -> None:
    assert archive.name == f"cross-entropy-labs-{__version__}.zip"
    files = unpacked(archive)
    assert f"Version {__version__}" in files[students.PAGE].decode()
    for lab in sources():
        notebook = nbformat.reads(files[f"labs/{lab.name}"].decode(), 4)
        assert notebook.metadata["ce_lib"] == __version__


def test_one_lab_can_be_handed_out_alone(handed_out: Path, tmp_path: Path) -> None:
    made = pack(chosen(["softmax-by-hand"]), handed_out, tmp_path)
    assert made.stem == f"softmax-by-hand-{__version__}"
    assert "labs/softmax-by-hand.ipynb" in unpacked(made)
    assert len(unpacked(made)) == 3


def test_an_archive_of_some_labs_says_which(handed_out: Path, tmp_path: Path) -> None:
    made = pack(chosen(["softmax-by-hand", "rare-and-many"]), handed_out, tmp_path)
    assert made.stem == f"softmax-by-hand+rare-and-many-{__version__}"
    assert len(unpacked(made)) == 4


def test_a_lab_that_there_is_not_is_named() -> None:
    with pytest.raises(ValueError, match="got flour-and-excess"):
        chosen(["flour-and-excess"])


def test_it_says_what_a_lab_needs_besides() -> None:
    needs = {lab.stem: described(lab).needs for lab in sources()}
    assert needs["my-loss-is-wrong"] == ["torch"]
    assert needs["calibrate-it"] == ["scikit-learn"]
    assert needs["floor-and-excess"] == []


@pytest.mark.parametrize("system", ["windows", "unix"])
def test_every_line_to_type_is_there_for_every_system(system: str) -> None:
    typed = re.findall(
        rf'<pre class="{system}">(.*?)</pre>', students.page(sources()), re.DOTALL
    )
    text = "\n".join(typed)
    for part in ("venv env", f"install jupyterlab {wheel.NAME}", "jupyterlab labs"):
        assert part in text
    slash = "\\" if system == "windows" else "/"
    assert set(re.findall(r"env([/\\])", text)) == {slash}

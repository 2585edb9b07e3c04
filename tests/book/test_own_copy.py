"""`make lab` opens a copy: it follows the book, and never takes back what its owner wrote."""

import subprocess
from pathlib import Path

import desk
import nbformat
import pytest
from desk import RECORD, lay_out

ROOT = Path(__file__).resolve().parents[2]
PLACE = "chapters/coin.ipynb"


def write(path: Path, *cells: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    made = [nbformat.v4.new_code_cell(source) for source in cells]
    nbformat.write(nbformat.v4.new_notebook(cells=made), path)


def cells(path: Path) -> list[str]:
    return [cell.source for cell in nbformat.read(path, 4).cells]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "book/coin.ipynb"
    write(path, "1 + 1")
    return path


@pytest.fixture
def own(tmp_path: Path, source: Path) -> Path:
    """The owner's notebook, as it was copied the first time."""
    folder = tmp_path / "copy"
    assert lay_out(folder, {PLACE: source}) == []
    return folder / PLACE


def again(own: Path, source: Path) -> list[str]:
    return lay_out(own.parents[1], {PLACE: source})


def test_what_is_not_there_is_put_there(own: Path, source: Path) -> None:
    assert own.read_bytes() == source.read_bytes()
    own.rename(own.with_name("mine.ipynb"))
    assert again(own, source) == []
    assert cells(own) == cells(own.with_name("mine.ipynb")) == ["1 + 1"]


def test_what_the_owner_changed_stays(own: Path, source: Path) -> None:
    write(own, "1 + 1", "my own work")
    assert again(own, source) == []  # the book has nothing newer
    write(source, "2 + 2")
    for _ in range(2):
        assert again(own, source) == [PLACE]
        assert cells(own) == ["1 + 1", "my own work"]


def test_a_file_that_is_no_notebook_any_more_stays(own: Path, source: Path) -> None:
    own.write_text("[]")
    write(source, "2 + 2")
    assert again(own, source) == [PLACE]
    assert own.read_text() == "[]"


def test_what_was_only_run_follows_the_book(own: Path, source: Path) -> None:
    ran = nbformat.read(own, 4)
    ran.cells[0].outputs = [nbformat.v4.new_output("stream", text="2")]
    nbformat.write(ran, own)
    was = own.read_bytes()
    assert again(own, source) == []
    assert own.read_bytes() == was  # its outputs stay while there is nothing newer
    write(source, "2 + 2")
    assert again(own, source) == []
    assert cells(own) == ["2 + 2"]


@pytest.mark.parametrize("damaged", [b"{", b"[]", b"", b"\xff"])
def test_without_a_record_that_can_be_read_everything_is_the_owners(
    own: Path, source: Path, damaged: bytes
) -> None:
    (own.parents[1] / RECORD).write_bytes(damaged)
    write(own, "1 + 1", "my own work")
    assert again(own, source) == [PLACE]
    assert cells(own) == ["1 + 1", "my own work"]
    assert again(own.parents[2] / "fresh/chapters/coin.ipynb", source) == []


@pytest.mark.parametrize("mine", [[], ["my own work"]])
def test_a_page_that_has_gone_goes_unless_its_owner_wrote_in_it(
    own: Path, source: Path, mine: list[str]
) -> None:
    write(own, "1 + 1", *mine)
    for _ in range(2):
        lay_out(own.parents[1], {"chapters/01-coin.ipynb": source})
        assert own.exists() == bool(mine)
        assert own.with_name("01-coin.ipynb").exists()


@pytest.mark.parametrize("file", ["my-copy", "my-copy/chapters", f"my-copy/{RECORD}"])
def test_what_is_in_the_way_is_named(
    tmp_path: Path, source: Path, file: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk, "notebooks", lambda: {PLACE: source})
    in_the_way = tmp_path / file
    in_the_way.parent.mkdir(exist_ok=True)
    if in_the_way.name == RECORD:
        in_the_way.mkdir()
    else:
        in_the_way.write_text("mine")
    with pytest.raises(SystemExit, match=r"my-copy.*: .*\. Move or rename it first\."):
        desk.main(tmp_path / "my-copy")


def test_the_server_opens_the_copy_and_takes_options() -> None:
    said = subprocess.run(
        ["make", "-n", "-o", ".venv/ready", "lab", "OPTIONS=--port 9000"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    (server,) = (line for line in said.splitlines() if "jupyter lab --" in line)
    assert f'root_dir="{ROOT}/my-copy"' in server
    assert server.endswith("--port 9000")
    assert "tools/desk.py my-copy" in said

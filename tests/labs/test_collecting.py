"""Whose a file is, which labs it holds, and what is said where nobody can tell."""

import json
from pathlib import Path

import hand_ins as made
import pytest
from grading import tables
from grading.collect import collect, owner
from grading.lab import SOURCES, parts, sources
from grading.notebook import NotANotebook, cells
from grading.restore import restored
from grading.tables import Result, readable
from hand_ins import BUGS, FLOOR, FORECAST, put

pytestmark = pytest.mark.xdist_group("labs")


@pytest.mark.parametrize(
    ("name", "whose"),
    [
        ("lou_floor-and-excess", "lou"),
        ("lou_floor-and-excess (1)", "lou"),
        ("lou_floor-and-excess(2)", "lou"),
        ("mia_numerics-bug-hunt-Copy1", "mia"),
        ("Copy of mia numerics bug hunt", "mia"),
        ("mia - numerics_bug_hunt - Kopie (3)", "mia"),
        ("Lab 3 NUMERICS_BUG_HUNT nia final2", "nia"),
        ("numerics-bug-hunt_v2_ada", "ada"),
        ("Lab3-numerics-bug-hunt-Ada Lovelace", "Ada Lovelace"),
        ("numerics-bug-hunt_de Finetti", "de Finetti"),
        ("student12_numerics-bug-hunt", "student12"),
        ("Finalyson_numerics-bug-hunt", "Finalyson"),
        ("numerics-bug-hunt-Copy1", ""),
        ("numerics-bug-hunt (1)", ""),
        ("Lab 3 numerics-bug-hunt final", ""),
        ("my notes", ""),
    ],
)
def test_a_copy_is_its_owners_whatever_it_is_called(name: str, whose: str) -> None:
    assert owner(Path(f"{name}.ipynb"), sources()) == whose


def test_of_two_copies_beside_the_folders_the_newest_counts(
    handed_out: Path, tmp_path: Path
) -> None:
    blank = made.blank(handed_out, FLOOR)
    for name in (f"lou_{FLOOR}", f"lou_{FLOOR} (1)", f"{FLOOR}-Copy1"):
        put(blank, tmp_path / f"{name}.ipynb")
    found = collect(tmp_path, sources(), tmp_path / "unpacked")
    assert found.students == ["lou"]
    assert [hand_in.file.name for hand_in in found.handed_in] == [
        f"lou_{FLOOR} (1).ipynb"
    ]
    assert sorted(left.file.name for left in found.left) == [
        f"{FLOOR}-Copy1.ipynb",
        f"lou_{FLOOR}.ipynb",
    ]


def test_every_lab_in_a_notebook_is_graded(handed_out: Path, tmp_path: Path) -> None:
    whole = made.blank(handed_out, FORECAST)
    for lab in (BUGS, FLOOR):
        whole["cells"] += made.blank(handed_out, lab)["cells"]
    put(whole, tmp_path / "ada/all.ipynb")
    own = put(made.blank(handed_out, BUGS), tmp_path / "bob/mine.ipynb")
    put(whole, tmp_path / "bob/all.ipynb")
    stray = made.blank(handed_out, FLOOR)
    stray["cells"].append(made.checks(made.blank(handed_out, BUGS))[0])
    put(stray, tmp_path / "cai/stray.ipynb")
    found = collect(tmp_path, sources(), tmp_path / "unpacked")
    graded = {(h.student, h.lab.stem): h.file.name for h in found.handed_in}
    labs = (FLOOR, FORECAST, BUGS)
    assert graded == (
        {("ada", lab): "all.ipynb" for lab in labs}
        | {("bob", lab): "all.ipynb" for lab in (FLOOR, FORECAST)}
        | {("bob", BUGS): own.name, ("cai", FLOOR): "stray.ipynb"}
    )
    assert found.left == []


@pytest.mark.parametrize("name", [f"{FLOOR}.ipynb", f"{FLOOR.upper()}.IPYNB"])
def test_a_broken_lab_is_no_missing_one(tmp_path: Path, name: str) -> None:
    (tmp_path / "ada").mkdir()
    (tmp_path / "ada" / name).write_text("{broken")
    (left,) = collect(tmp_path, sources(), tmp_path / "unpacked").left
    assert (left.student, left.lab) == ("ada", FLOOR)


@pytest.mark.parametrize(
    ("held", "why"),
    [
        ('{"cells": ["é"]}'.encode("latin-1"), "saved as UTF-8 .byte 12"),
        (b"[" * 100_000, "nested too deep"),
        (b"[1" + b"0" * 5000 + b"]", "4300 digits"),
        (b"{", "not all of one"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    tmp_path: Path, held: bytes, why: str
) -> None:
    file = tmp_path / "x.ipynb"
    file.write_bytes(held)
    with pytest.raises(NotANotebook, match=why):
        cells(file)


@pytest.mark.parametrize(
    "editor",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: text.replace("\n", "  \n") + "\n\n",
    ],
)
def test_another_ends_of_lines_change_no_check(
    handed_out: Path, tmp_path: Path, editor
) -> None:
    notebook = made.solved(handed_out, BUGS)
    for cell in notebook["cells"]:
        cell["source"] = editor("".join(cell["source"]))
    file = put(notebook, tmp_path / "x.ipynb")
    steps, put_back = restored(cells(file), parts(SOURCES / f"{BUGS}.ipynb"))
    assert put_back == []
    assert not [step for step in steps if "\r" in step.source]
    assert len(steps) == len(json.loads(file.read_text())["cells"])


def test_no_two_names_become_one() -> None:
    names = ["a\nb", r"a\nb", r"a\\nb", "a\udcffb", r"a\udcffb", "aÿb"]
    assert len({readable(name) for name in names}) == len(names)
    results = [Result(readable(n), FLOOR, {"x": float(i)}) for i, n in enumerate(names)]
    rows = tables.points(results)
    assert {row[-1] for row in rows[1:]} == {str(i) for i in range(len(names))}

"""What Moodle and Canvas hand over is read as it is, and a roster says who everybody is."""

import json
import os
import zipfile
from pathlib import Path

import hand_ins as made
import pytest
from grading import exports, roster
from grading.collect import Collected, collect
from grading.exports import Whose
from grading.lab import sources
from grading.roster import NoRoster, Person, Roster
from hand_ins import BUGS, FLOOR, put

pytestmark = pytest.mark.xdist_group("labs")

FILE = "_assignsubmission_file_"


def found(folder: Path, roster: Roster | None = None) -> Collected:
    return collect(folder, sources(), folder.with_name("unpacked"), roster)


def labs(collected: Collected) -> set[tuple[str, str]]:
    return {(hand_in.student, hand_in.lab.stem) for hand_in in collected.handed_in}


def packed(archive: Path, *files: Path, below: Path) -> Path:
    """Files in an archive, with their paths below a folder."""
    archive.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(archive, "w") as writing:
        for file in files:
            writing.write(file, file.relative_to(below))
    return archive


@pytest.mark.parametrize(
    ("name", "whose"),
    [
        (f"Ada Lovelace_12345{FILE}", Whose("Ada Lovelace", "12345", "Moodle")),
        (f"de la Cruz_Ana_7{FILE}lab.ipynb", Whose("de la Cruz_Ana", "7", "Moodle")),
        (f"Eve_1{FILE}Ada_2{FILE}x.ipynb", Whose("Eve", "1", "Moodle")),
        ("Ada Lovelace_12345", None),
    ],
)
def test_moodles_names_are_read(name: str, whose: Whose | None) -> None:
    assert exports.moodle(name) == whose


@pytest.mark.parametrize(
    ("name", "whose", "late"),
    [
        ("lovelaceada_123_456_lab.ipynb", Whose("lovelaceada", "123", "Canvas"), False),
        ("gaußcarl_LATE_12_4_x-1.ipynb", Whose("gaußcarl", "12", "Canvas"), True),
        ("eve_1_2_ada_3_4_x.ipynb", Whose("eve", "1", "Canvas"), False),
        ("anon_x7Rp2_456_x.ipynb", Whose("anon_x7Rp2", "anon_x7Rp2", "Canvas"), False),
    ],
)
def test_canvass_names_are_read(name: str, whose: Whose, late: bool) -> None:
    assert exports.canvas(name) == (whose, late)


@pytest.mark.parametrize(
    "name", ["ada_floor-and-excess.ipynb", "Lab_3_1_ada.ipynb", "2024_11_05_lab.ipynb"]
)
def test_other_names_are_not_canvass(name: str) -> None:
    assert exports.canvas(name) is None


@pytest.mark.parametrize("form", ["folders", "a folder around them", "packed", "alone"])
def test_a_download_from_moodle_is_read(
    handed_out: Path, tmp_path: Path, form: str
) -> None:
    folder = tmp_path / ("in/week 1" if form == "a folder around them" else "in")
    made_of = [
        put(made.blank(handed_out, FLOOR), folder / f"Ada Lovelace_1{FILE}/x.ipynb"),
        put(made.blank(handed_out, BUGS), folder / f"Ada Lovelace_8{FILE}/y.ipynb"),
        put(made.blank(handed_out, FLOOR), folder / f"Carl Gauß_2{FILE}/x.ipynb"),
    ]
    given = tmp_path / "in"
    if form in ("packed", "alone"):
        archive = packed(tmp_path / "zipped/week 1.zip", *made_of, below=folder)
        given = archive.parent if form == "packed" else archive
    collected = found(given)
    ada, carl = "Ada Lovelace", "Carl Gauß"
    assert labs(collected) == {(ada, FLOOR), (ada, BUGS), (carl, FLOOR)}
    assert collected.students == [ada, carl]
    assert collected.left == []


def test_a_download_from_canvas_is_read(handed_out: Path, tmp_path: Path) -> None:
    blank = made.blank(handed_out, FLOOR)
    put(blank, tmp_path / "in/lovelaceada_123_456_floor-and-excess-1.ipynb")
    put(blank, tmp_path / "in/gaußcarl_LATE_12_457_whatever.ipynb")
    (tmp_path / "in/gaußcarl_12_458_poem.txt").touch()
    collected = found(tmp_path / "in")
    assert labs(collected) == {("lovelaceada", FLOOR), ("gaußcarl", FLOOR)}
    assert collected.numbers == {"lovelaceada": "123", "gaußcarl": "12"}
    late = {hand_in.student: hand_in.late for hand_in in collected.handed_in}
    assert late == {"lovelaceada": False, "gaußcarl": True}
    (poem,) = collected.left
    assert (poem.student, poem.reason) == (
        "gaußcarl",
        "It is not a notebook (.ipynb).",
    )


def test_what_nbgrader_collects_is_read(handed_out: Path, tmp_path: Path) -> None:
    submitted = tmp_path / "submitted"
    for student, lab in (("ada", FLOOR), ("ada", BUGS), ("blaise", FLOOR)):
        own = submitted / student / lab
        put(made.blank(handed_out, lab), own / f"{lab}.ipynb")
        (own / "timestamp.txt").write_text("2026-11-30 09:00:00.000000 UTC")
        (own / "submission_secret.txt").write_text("0123456789abcdef")
    collected = found(submitted)
    assert labs(collected) == {("ada", FLOOR), ("ada", BUGS), ("blaise", FLOOR)}
    assert collected.left == []


def test_a_students_own_archive_is_unpacked(handed_out: Path, tmp_path: Path) -> None:
    lab = put(made.blank(handed_out, FLOOR), tmp_path / "own/labs/x.ipynb")
    other = put(made.blank(handed_out, BUGS), tmp_path / f"own/ada/y{FILE}.ipynb")
    own = tmp_path / "own"
    packed(tmp_path / "in/bob.zip", lab, below=own)
    packed(tmp_path / "in/cai/labs.zip", lab, other, below=own)
    (tmp_path / "in/cai/broken.zip").write_bytes(b"PK")
    collected = found(tmp_path / "in")
    assert labs(collected) == {("bob", FLOOR), ("cai", FLOOR), ("cai", BUGS)}
    (broken,) = collected.left
    assert str(broken.file) == "cai/broken.zip"


def test_no_path_in_an_archive_becomes_one_outside(
    handed_out: Path, tmp_path: Path
) -> None:
    lab = json.dumps(made.blank(handed_out, FLOOR))
    (tmp_path / "in").mkdir()
    with zipfile.ZipFile(tmp_path / "in/eve.zip", "w") as archive:
        archive.writestr("../../../escaped.ipynb", lab)
        archive.writestr("/escaped.ipynb", lab)
    before = {path for path in tmp_path.rglob("*") if "unpacked" not in path.parts}
    assert labs(found(tmp_path / "in")) == {("eve", FLOOR)}
    after = {path for path in tmp_path.rglob("*") if "unpacked" not in path.parts}
    assert after == before


def test_an_archive_that_swells_is_not_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("grading.files.LARGEST", 1000)
    (tmp_path / "in/eve").mkdir(parents=True)
    with zipfile.ZipFile(
        tmp_path / "in/eve/x.zip", "w", zipfile.ZIP_DEFLATED
    ) as archive:
        archive.writestr("x.ipynb", " " * 10**6)
    (left,) = found(tmp_path / "in").left
    assert left.reason.startswith("The archive holds more than is unpacked")
    assert not [p for p in (tmp_path / "unpacked").rglob("*") if p.is_file()]


def test_two_with_one_name_stay_two(handed_out: Path, tmp_path: Path) -> None:
    blank = made.blank(handed_out, FLOOR)
    for number in (1, 2):
        put(blank, tmp_path / f"in/Kim Lee_{number}{FILE}/x.ipynb")
        put(blank, tmp_path / f"in/leekim_{number}_1{number}_x.ipynb")
    ada = Roster([Person("Kim Lee", id="1")])
    names = {student for student, _ in labs(found(tmp_path / "in"))}
    moodle = {"Kim Lee (1)", "Kim Lee (2)"}
    assert names == moodle | {"leekim (1)", "leekim (2)"}
    # Canvas's number can be the roster's; Moodle's is nobody's.
    names = {student for student, _ in labs(found(tmp_path / "in", ada))}
    assert names == moodle | {"Kim Lee", "leekim (2)"}


def test_nobody_can_hand_in_for_another(handed_out: Path, tmp_path: Path) -> None:
    blank = made.blank(handed_out, FLOOR)
    put(blank, tmp_path / "in/Ada/x.ipynb")
    for name in ("Ada", "Bob"):
        put(blank, tmp_path / f"in/eve/{name}_1{FILE}/x.ipynb")
        put(blank, tmp_path / f"in/eve/{name.lower()}_{ord(name[0])}_1_x.ipynb")
    collected = found(tmp_path / "in")
    assert labs(collected) == {("Ada", FLOOR), ("eve", FLOOR)}
    assert {left.student for left in collected.left} == {"eve"}


CLASS = """\ufeffName;ID Number;E-mail;seat
Ada King Lovelace;77;ada@x.org;1
"Gauß, Carl";78;cf@x.org;2
Kim Lee;79;kim.lee@x.org;3
Kim Lee;80;kim2@x.org;4
;;;
"""


@pytest.fixture
def class_list(tmp_path: Path) -> Roster:
    (tmp_path / "class.csv").write_text(CLASS, encoding="utf-8")
    return roster.read(tmp_path / "class.csv")


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("Ada King Lovelace", "Ada King Lovelace"),
        ("LOVELACE_ada king", "Ada King Lovelace"),
        ("lovelaceadaking", "Ada King Lovelace"),
        ("Carl Gauß", "Gauß, Carl"),
        ("gausscarl", "Gauß, Carl"),
        ("cf@x.org", "Gauß, Carl"),
        ("cf", "Gauß, Carl"),
        ("80", "Kim Lee (80)"),
        ("kim.lee", None),  # a login of one, the name of two
        ("Kim Lee", None),
        ("Lovelace", None),
    ],
)
def test_a_roster_knows_people_by_what_systems_make_of_their_names(
    class_list: Roster, name: str, who: str | None
) -> None:
    person = class_list.find(Whose(name))
    assert (person and person.name) == who


def test_a_roster_joins_what_is_one_persons(
    handed_out: Path, tmp_path: Path, class_list: Roster
) -> None:
    blank = made.blank(handed_out, FLOOR)
    os.utime(put(blank, tmp_path / "in/ada@x.org/x.ipynb"), (0, 0))
    put(blank, tmp_path / "in/Ada King Lovelace/x.ipynb")
    put(blank, tmp_path / "in/somebody/x.ipynb")
    collected = found(tmp_path / "in", class_list)
    assert labs(collected) == {("Ada King Lovelace", FLOOR), ("somebody", FLOOR)}
    (older,) = collected.left
    assert str(older.file) == "ada@x.org/x.ipynb"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b"ada,1\n", "begin with a line that names its columns"),
        (b"", "begin with a line that names its columns"),
        ("name\nZoë\n".encode("latin-1"), "saved as UTF-8"),
        (b"name,id\nx," + b"1" * 200_000, "is no table"),
        (None, "cannot be read"),
    ],
)
def test_what_is_no_roster_says_why(
    tmp_path: Path, text: bytes | None, why: str
) -> None:
    if text is not None:
        (tmp_path / "class.csv").write_bytes(text)
    with pytest.raises(NoRoster, match=why):
        roster.read(tmp_path / "class.csv")


def test_a_roster_may_have_the_parts_of_a_name(tmp_path: Path) -> None:
    (tmp_path / "class.csv").write_text("Surname,First name,Email address\nLee,Kim,k@x")
    assert roster.read(tmp_path / "class.csv").people == [
        Person("Kim Lee", email="k@x")
    ]


def test_a_record_beside_the_labs_is_read(tmp_path: Path, handed_out: Path) -> None:
    put(made.blank(handed_out, FLOOR), tmp_path / "in/ada/x.ipynb")
    answers = {
        "exercise-jazz": {"tries": 1, "status": "right"},
        "exercise-prices": {"tries": 3, "status": "right"},
        "exercise-slopes": {"tries": 1, "status": "wrong"},
        "<script>": {"tries": 1, "status": "right"},
        "exercise-half": [],
    }
    record = {"version": 2, "answers": answers, "bets": {}}
    (tmp_path / "in/ada/cross-entropy-record.json").write_text(json.dumps(record))
    collected = found(tmp_path / "in")
    assert collected.left == []
    own = collected.records["ada"]
    assert {id: (a.at_once, a.right) for id, a in own.items()} == {
        "exercise-jazz": (True, True),
        "exercise-prices": (False, True),
        "exercise-slopes": (False, False),
    }

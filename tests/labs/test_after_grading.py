"""What a teacher and a student get: gradebooks that import, pages that tell the right ones."""

import csv
import re
from pathlib import Path

import pytest
from grading import grade, gradebooks, pages, tables
from grading.lab import SOURCES, parts, possible
from grading.recognised import recognised
from grading.records import Answered
from grading.repeat import Said
from grading.roster import Person
from grading.tables import Result, as_file
from hand_ins import BUGS, FLOOR, PAGE

from ce_lib.explorers import REGISTRY
from ce_lib.practice import check

SCRIPT = "<script>alert('&')</script>"

RIGHT = Said(1, "✓ Right.")
BITS = ("bits for nats", "That is in bits. Which logarithm gives nats?")
WRONG = Said(0, f"✗ lab-prices: {SCRIPT}\n  came:\tnan\u202e", mistakes=[BITS])
BLANK = Said(0, "○ Not tried yet.", tried=False)


def result(student: str, lab: str, **said: Said) -> Result:
    """A hand-in that is right but for some tasks."""
    checks = possible(SOURCES / f"{lab}.ipynb")
    told = {
        name: said.get(tables.task(name).replace("-", "_"), RIGHT) for name in checks
    }
    points = {name: told[name].share * most for name, most in checks.items()}
    return Result(student, lab, points, said=told)


ADA, BOB = "Ada <b>Lovelace", "=Bob & Ross"

RESULTS = [
    result(ADA, FLOOR, prices=WRONG, split=Said(1 / 2, "half")),
    result(BOB, FLOOR, prices=WRONG, bits=BLANK),
    result("Carl", FLOOR),
    Result("Carl", BUGS, {}, trouble=f"The file is {SCRIPT}"),
]
RESULTS[0].remarks += [f"put back: {SCRIPT}"]
RESULTS[1].flags += ["bits-check"]
ROSTER = [
    Person(ADA, "7", "ada@x.org"),
    Person("Carl", "", "carl@x.org"),
    Person("Dora", "9", ""),
    Person("Eve"),
]


def report(**more) -> str:
    given = {"records": {}, "missing": [], "unknown": [], "book": "../html"} | more
    return pages.class_report(RESULTS, **given)


def text(page: str) -> str:
    """What a reader of a page sees."""
    body = page.rpartition("<body>")[2]
    return " ".join(re.sub(r"<[^>]*>", " ", body).split())


def test_moodle_gets_a_row_for_everybody_whom_it_can_find() -> None:
    head, *rows = gradebooks.moodle(RESULTS, [ADA, BOB, "Carl"], ROSTER)
    assert head[:4] == ["Email address", "ID number", "Full name", f"{FLOOR}: prices"]
    assert head[-1] == f"{BUGS}: silent"
    assert [row[:4] for row in rows] == [
        ["ada@x.org", "7", ADA, "0"],
        ["carl@x.org", "", "Carl", "1"],
        ["", "9", "Dora", "-"],
    ]
    assert {len(row) for row in rows} == {len(head)}
    assert set(rows[1][-9:]) == {"-"}  # what could not be graded is no grade


def test_without_a_roster_the_folders_names_are_the_keys() -> None:
    head, *rows = gradebooks.moodle(RESULTS, ["Carl"], [])
    assert head[:2] == ["Username", "Full name"]
    assert [row[:3] for row in rows] == [["Carl", "Carl", "1"]]
    _, _, row = gradebooks.canvas(RESULTS, ["Carl"], [], {})
    assert row[:6] == ["Carl", "", "", "Carl", "", "1"]


def test_canvas_gets_the_form_that_it_gives() -> None:
    head, most, *rows = gradebooks.canvas(RESULTS, [ADA, BOB], ROSTER, {BOB: "123"})
    assert head[:6] == [*gradebooks.CANVAS, f"{FLOOR}: prices"]
    assert most[:6] == ["    Points Possible", "", "", "", "", "1"]
    assert [row[:6] for row in rows] == [
        [BOB, "123", "", "", "", "0"],
        [ADA, "", "7", "ada@x.org", "", "0"],
        ["Carl", "", "", "carl@x.org", "", "1"],
        ["Dora", "", "9", "", "", ""],
        ["Eve", "", "", "", "", ""],
    ]
    # Canvas would take a number at the end for that of an assignment it has.
    assert not [title for title in head if re.search(r"\(\d+\)$", title)]


def test_a_lab_that_nobody_handed_in_is_in_no_table() -> None:
    results = [result("ada", PAGE)]
    assert tables.points(results)[0] == ["student", f"{PAGE} (10)", "total (10)"]
    assert {row[0] for row in tables.exercises(results)[1:]} == {PAGE}


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+49 30", "'+49 30"),
        ("-x", "'-x"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-1.5", "-1.5"),
        ("-1e-05", "-1e-05"),
        ("-", "-"),
        ("-1+1", "'-1+1"),
    ],
)
def test_no_cell_is_a_formula_and_every_number_stays_one(
    tmp_path: Path, cell: str, written: str
) -> None:
    tables.write_csv(tmp_path / "x.csv", [["name", cell]])
    with (tmp_path / "x.csv").open(newline="", encoding="utf-8") as file:
        assert list(csv.reader(file)) == [["name", written]]


def test_a_students_page_tells_what_the_checks_said_and_of_nobody_else() -> None:
    page = pages.feedback(ADA, RESULTS, [("ada/poem.txt", SCRIPT)])
    seen = text(page)
    assert "8 of 10 points." in seen
    assert "prices 0 of 1 The prices of the five songs, in nats." in seen
    assert "Recognised: bits for nats." in seen
    assert "split 1 of 2" in seen
    assert "Flagged" not in seen
    assert "Bob" not in page
    assert "Carl" not in page
    flagged = text(pages.feedback(BOB, RESULTS, []))
    assert re.search(r"bits 0 of 1 [^✓]* ○ Not tried yet\. Flagged\.", flagged)
    unread = text(pages.feedback("Carl", RESULTS, []))
    assert "The numerics bug hunt 0 of 10 Not graded. The file is" in unread


@pytest.mark.parametrize(
    "page",
    [
        pages.feedback(ADA, RESULTS, [(SCRIPT, SCRIPT)]),
        pages.feedback("Carl", RESULTS, []),
        report(missing=[SCRIPT], unknown=[BOB, SCRIPT]),
    ],
)
def test_whatever_a_student_writes_is_text(page: str) -> None:
    assert "<script" not in page
    assert "<b>" not in page
    assert "&lt;script&gt;alert(&#39;&amp;&#39;)" in page
    assert "\u202e" not in page


@pytest.mark.parametrize("page", [pages.feedback(ADA, RESULTS, []), report()])
def test_a_page_is_one_file_that_needs_no_network(page: str) -> None:
    assert not re.findall(r"https?:|//|<link|<script|src=|@import|url\(", page)
    assert "prefers-color-scheme: dark" in page
    assert 'name="viewport" content="width=device-width' in page


def test_the_class_page_begins_with_the_two_tasks_that_most_have_missed() -> None:
    page = report()
    begin = page[page.index("To discuss first") : page.index("<h2>What part")]
    assert re.findall(r"<h3>([\w-]+), in", begin) == ["prices", "bits"]
    seen = text(begin)
    assert f"bits for nats: 2 of 3. “{BITS[1]}”" in seen
    assert "right 1, wrong 2, of 3" in seen
    assert "right 2, not tried 1, of 3" in seen
    assert "3 students handed in 3 labs that could be graded." in text(page)


def test_whose_time_was_up_is_named_if_it_cost_points(capsys) -> None:
    ended = result("Dora", FLOOR, bits=BLANK)
    whole = result("Eve", FLOOR)
    ended.late = whole.late = True
    seen = text(pages.class_report([ended, whole], {}, [], [], "../html"))
    assert f"Out of time: Dora ({FLOOR}). What was not reached" in seen
    assert "Out of time" not in text(report())
    grade.report(grade.Graded(Path(), [], [ended, whole], []), Path("out"))
    assert f"Out of time: Dora ({FLOOR}). Did" in capsys.readouterr().out


def test_its_links_lead_to_pictures_in_the_book() -> None:
    found = re.findall(r'href="\.\./html/chapters/([\w-]+)\.html#([^"]+)"', report())
    assert found
    for page, link in found:
        name, _, state = link.replace("&amp;", "&").partition("?")
        REGISTRY[name].from_link(state)
        assert (SOURCES.parent / f"chapters/{page}.md").exists()


def test_it_says_at_once_only_of_what_records_tell() -> None:
    assert "Of the labs’ tasks nobody can know it" in text(report())
    assert "nobody put one beside the notebooks" in text(report())
    records = {
        ADA: {"exercise-jazz": Answered(True, 1)},
        BOB: {
            "exercise-jazz": Answered(True, 3),
            "exercise-prices": Answered(False, 1),
        },
    }
    seen = text(report(records=records))
    assert "2 records came with the labs." in seen
    assert "exercise-jazz 1 2 2" in seen
    assert "exercise-prices 0 0 1" in seen


def test_it_names_who_is_missing_and_who_is_unknown() -> None:
    seen = text(report(missing=["Dora", "Eve"], unknown=["Fay"]))
    assert "Missing: Dora, Eve." in seen
    assert "Not in the roster: Fay." in seen


@pytest.mark.parametrize(
    ("exercise", "answer", "names"),
    [
        ("lab-code-lengths", [2, 2, 2, 2], ["two bits each"]),
        ("lab-code-lengths", [1, 2, 3, 3], []),
        ("lab-code-lengths", "nonsense", []),
        ("lab-bits", {"floor": "-1.2568", "excess": ...}, ["floor: the sign"]),
        (
            "lab-bits",
            {"floor": "ln 2.3896", "excess": 0.8964},
            ["floor: nats for bits", "excess: nats for bits"],
        ),
        ("lab-too-good", "a", ["“A better model than ours”"]),
        (
            "function-softmax",
            lambda z: z,
            ["“agrees with the reference” does not hold"],
        ),
    ],
)
def test_a_mistake_has_the_name_that_its_exercise_gives_it(
    exercise: str, answer: object, names: list[str]
) -> None:
    found = recognised(exercise, check(exercise, answer))
    assert [name for name, _ in found] == names


def test_every_check_has_a_task_that_can_be_shown(lab: str) -> None:
    for part in parts(SOURCES / f"{lab}.ipynb"):
        if part.points is not None:
            assert pages.asked(part).prompt


def test_no_two_students_share_a_file_and_none_leaves_its_folder() -> None:
    names = ["a/b", "a%2Fb", "a_b", "..", ".", "%2E", ".x", "é" * 300, "é" * 301, "ü"]
    files = [as_file(name) for name in names]
    assert len(set(files)) == len(names)
    for file in files:
        assert Path(f"{file}.html").name == f"{file}.html"
        assert not file.startswith(".")
        assert len(f"{file}.html".encode()) <= 255

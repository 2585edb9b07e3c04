"""A class as one forecaster: its sums are exact, its page is safe, and names may stay out."""

import csv
import json
import math
import re
import zipfile
from html import unescape
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from bets import PAGE, SLIDES, write_class, write_slides
from fabricated import BEGIN, STUDENTS, class_of_twelve, handed_in
from forecasting import report, slides
from forecasting.class_records import ClassRecords, collect, owner, without_names
from forecasting.questions import base_address, every_bet
from forecasting.room import Room, room, total
from grading.roster import Person, Roster
from playwright.sync_api import Browser

from ce_lib._backticks import as_words
from ce_lib.practice.catalogue import QUESTIONS

BETS = every_bet()

SCRIPT = "<script>alert('&')</script>"

#: Two questions, and how many options they have.
GAP, FLOOR = BETS["bet-gap"], BETS["bet-floor"]


def one_bet(*shares: float, at: float = BEGIN, id: str = "bet-gap") -> dict[str, Any]:
    """A record with one bet in it."""
    bet = {"at": at, "q": list(shares), "y": BETS[id].answer}
    return {"version": 2, "answers": {}, "bets": {id: bet}}


def given(truth: float, **more: Any) -> dict[str, Any]:
    """A record of a bet that gave the truth so much, and the rest in equal parts."""
    shares = [(1 - truth) / 3] * 4
    shares[GAP.answer] = truth
    return one_bet(*shares, **more)


def told(folder: Path, roster: Roster | None = None) -> ClassRecords:
    return collect(folder, BETS, roster)


@pytest.fixture(scope="module")
def twelve(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The records of a class, as a teacher has them."""
    return handed_in(tmp_path_factory.mktemp("class") / "in", class_of_twelve())


@pytest.fixture(scope="module")
def known(twelve: Path) -> Room:
    return room(told(twelve).students, BETS)


@pytest.fixture(scope="module")
def written(twelve: Path) -> tuple[Path, str]:
    """What `make class` writes for it, and what it prints."""
    out = twelve.with_name("out")
    return out, write_class(str(twelve), out)


def test_the_average_pays_less_by_the_mean_of_the_logarithm_of_its_ratio(
    known: Room,
) -> None:
    summed = total(known.finite)
    own = [q[one.bet.answer] for one in known.finite for q in one.q]
    theirs = [
        one.q[:, one.bet.answer].mean()
        for one in known.finite
        for _ in range(len(one.q))
    ]
    assert summed.bets == len(own)
    np.testing.assert_allclose(summed.mean, -np.log(own).mean(), rtol=1e-12)
    np.testing.assert_allclose(summed.pooled, -np.log(theirs).mean(), rtol=1e-12)
    np.testing.assert_allclose(
        summed.gain, np.log(np.divide(theirs, own)).mean(), rtol=1e-12
    )
    np.testing.assert_allclose(summed.gain, summed.mean - summed.pooled, rtol=1e-12)
    assert summed.gain > 0


def test_on_no_question_is_the_average_dearer_than_those_who_bet(known: Room) -> None:
    for one in known.asked:
        assert one.score.pooled <= one.score.mean


def test_everybody_is_compared_on_their_own_bets(known: Room, twelve: Path) -> None:
    bets = {student.name: student.bets for student in told(twelve).students}
    prices = {one.bet.id: one.score.pooled for one in known.asked}
    beaten = 0
    for one in known.forecasters:
        mine = [
            -math.log(b.q[b.y]) if b.q[b.y] else math.inf
            for b in bets[one.name].values()
        ]
        theirs = [prices[id] for id in bets[one.name]]
        np.testing.assert_allclose(one.average, np.mean(theirs), rtol=1e-12)
        assert one.beaten == (np.mean(theirs) < np.mean(mine))
        beaten += one.beaten
    assert 0 < beaten < len(known.forecasters)


def test_who_rules_the_truth_out_is_ruined_and_their_average_is_not(
    tmp_path: Path,
) -> None:
    records = {"ada": given(0.5), "bob": given(0.0), "eve": given(0.25)}
    found = room(told(handed_in(tmp_path / "in", records)).students, BETS)
    assert found.finite == []
    (one,) = found.infinite
    assert one.ruled_out == 1
    assert one.score.mean == math.inf
    np.testing.assert_allclose(one.score.pooled, math.log(4), rtol=1e-12)
    order = [(f.name, f.own.mean_log, f.beaten) for f in found.forecasters]
    assert [name for name, *_ in order] == ["ada", "eve", "bob"]
    assert [beaten for *_, beaten in order] == [False, False, True]
    assert [one.level for one in found.forecasters] == [False, True, False]


def test_if_all_rule_it_out_it_is_ruined_too(tmp_path: Path) -> None:
    records = {"ada": given(0.0), "bob": given(0.0, at=BEGIN + 1)}
    folder = handed_in(tmp_path / "in", records)
    found = room(told(folder).students, BETS)
    assert [one.beaten for one in found.forecasters] == [False, False]
    assert "the average pays ∞, too" in seen(page_of(folder))


def test_alone_the_average_is_oneself(tmp_path: Path) -> None:
    folder = handed_in(tmp_path / "in", {"ada": given(0.7)})
    (one,) = room(told(folder).students, BETS).forecasters
    assert one.level
    assert not one.beaten
    assert "with 1 it is level" in seen(page_of(folder))


def test_sharpness_and_calibration_are_told_apart(known: Room) -> None:
    by_name = {one.name: one for one in known.forecasters}
    assert [one.name for one in known.best_calibrated] == ["Hal"]  # who always shrugs
    assert by_name["Hal"].sharpness < 1e-3
    (sharp,) = known.sharpest
    assert sharp.sharpness == max(one.sharpness for one in known.seasoned)
    assert sharp.calibration_error > 5 * by_name["Hal"].calibration_error


def test_the_most_divided_come_first(known: Room) -> None:
    apart = [one.pool.disagreement for one in known.by_disagreement]
    assert apart == sorted(apart, reverse=True)
    assert apart[-1] < apart[0] <= math.log(4)


def test_every_bet_of_the_book_is_known_by_its_place() -> None:
    assert set(QUESTIONS) < set(BETS)
    folklore = [bet for bet in BETS.values() if bet.page == "chapters/folklore"]
    assert len(folklore) + len(QUESTIONS) == len(BETS)
    for bet in BETS.values():
        assert 0 <= bet.answer < len(bet.options)
        assert not re.search(r"\d %", " ".join([bet.prompt, *bet.options]))
    assert GAP.title == "Chapter 1. The genre classifier"
    assert BETS["loss-ratio"].title == "Folklore, checked"


def test_every_address_leads_to_its_bet(book: Path) -> None:
    for bet in BETS.values():
        page = (book / f"{bet.page}.html").read_text(encoding="utf-8")
        assert f'id="{bet.anchor}"' in page, bet.address


def test_records_are_found_however_they_were_handed_in(tmp_path: Path) -> None:
    moodle = "Ada Lovelace_7_assignsubmission_file_"
    records = {
        f"week 3/{moodle}/cross-entropy-record.json": given(0.1),
        "week 5.zip": {
            "Ada Lovelace_9_assignsubmission_file_/record.json": given(
                0.2, at=BEGIN + 1
            ),
            "Bob Ross_8_assignsubmission_file_/mine.json": given(0.3),
        },
    }
    for name, held in records.items():
        file = tmp_path / "in" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if name.endswith(".zip"):
            with zipfile.ZipFile(file, "w") as writing:
                for inside, one in held.items():
                    writing.writestr(inside, json.dumps(one))
        else:
            file.write_text(json.dumps(held))
    found = told(tmp_path / "in")
    assert [(s.name, s.records) for s in found.students] == [
        ("Ada Lovelace", 2),
        ("Bob Ross", 1),
    ]
    assert found.students[0].bets["bet-gap"].q[GAP.answer] == 0.1  # the first counts
    assert found.left == []


def test_loose_records_are_somebodys_also_without_a_name(tmp_path: Path) -> None:
    names = {
        "lovelaceada_123_456_cross-entropy-record-1.json": "Ada Lovelace",
        "bob.json": "bob",
        "cross-entropy-record.json": "cross-entropy-record.json",
        "cross-entropy-record (1).json": "cross-entropy-record (1).json",
    }
    (tmp_path / "in").mkdir()
    for place, name in enumerate(names):
        held = json.dumps(given(0.1 + place / 10))
        (tmp_path / "in" / name).write_text(held)
    found = told(tmp_path / "in", Roster([Person("Ada Lovelace"), Person("Dora")]))
    assert {student.name for student in found.students} == set(names.values())
    assert found.missing == ["Dora"]
    assert len(found.unknown) == 3


@pytest.mark.parametrize(("named", "said"), [(True, "Nemo Nobody"), (False, "1")])
def test_the_screen_says_who_is_missing(
    twelve: Path, tmp_path: Path, named: bool, said: str
) -> None:
    roster = Roster([Person(name) for name in [*STUDENTS, "Nemo Nobody"]])
    printed = write_class(str(twelve), tmp_path, roster, named=named)
    assert f"No record: {said}." in printed


@pytest.mark.parametrize(
    ("name", "whose"),
    [
        ("ada_cross-entropy-record", "ada"),
        ("cross-entropy-record (2) Ada Lovelace", "Ada Lovelace"),
        ("Record-Recordon", "Recordon"),
        ("my notes", "my notes"),
        ("cross-entropy-record-Copy1", ""),
        ("record", ""),
        ("12", ""),
    ],
)
def test_a_records_name_may_say_whose_it_is(name: str, whose: str) -> None:
    assert owner(Path(f"{name}.json")) == whose


def test_a_copied_record_counts_once(tmp_path: Path) -> None:
    folder = handed_in(tmp_path / "in", {"ada": given(0.4), "bob": given(0.4)})
    found = told(folder)
    assert [student.name for student in found.students] == ["ada"]
    assert [(left.file, left.like) for left in found.left] == [
        ("bob/cross-entropy-record.json", "ada")
    ]


def test_bets_of_another_edition_are_counted_and_left_out(tmp_path: Path) -> None:
    record = given(0.4)
    record["bets"] |= {
        "bet-gone": {"at": 1, "q": [0.5, 0.5], "y": 0},
        "bet-floor": {"at": 1, "q": [0.5, 0.5], "y": 0},
        "bet-local": {
            "at": 1,
            "q": [0.25] * 4,
            "y": (BETS["bet-local"].answer + 1) % 4,
        },
    }
    folder = handed_in(tmp_path / "in", {"ada": record})
    found = told(folder)
    assert list(found.students[0].bets) == ["bet-gap"]
    assert (found.strange, found.broken) == (3, 0)
    assert "3 bets left out: on a question that this edition" in seen(page_of(folder))


@pytest.mark.parametrize(
    "bet",
    [
        None,
        [],
        {"q": [0.5, 0.5], "y": 0},
        {"at": "now", "q": [0.5, 0.5], "y": 0},
        {"at": math.nan, "q": [0.5, 0.5], "y": 0},
        {"at": -1, "q": [0.5, 0.5], "y": 0},
        {"at": 10**400, "q": [0.5, 0.5], "y": 0},
        {"at": 1, "q": [0.5, 0.6], "y": 0},
        {"at": 1, "q": [1.5, -0.5], "y": 0},
        {"at": 1, "q": [math.nan, 1], "y": 0},
        {"at": 1, "q": [math.inf, 0], "y": 0},
        {"at": 1, "q": [True, False], "y": 0},
        {"at": 1, "q": ["1", "0"], "y": 0},
        {"at": 1, "q": [1], "y": 0},
        {"at": 1, "q": [0.01] * 100, "y": 0},
        {"at": 1, "q": {"0": 1}, "y": 0},
        {"at": 1, "q": [0.5, 0.5], "y": 2},
        {"at": 1, "q": [0.5, 0.5], "y": -1},
        {"at": 1, "q": [0.5, 0.5], "y": True},
        {"at": 1, "q": [0.5, 0.5], "y": 0.0},
    ],
)
def test_a_broken_bet_is_counted_and_costs_no_other(tmp_path: Path, bet: Any) -> None:
    record = given(0.4)
    record["bets"]["bet-floor"] = bet
    found = told(handed_in(tmp_path / "in", {"ada": record}))
    assert list(found.students[0].bets) == ["bet-gap"]
    assert found.broken == 1


@pytest.mark.parametrize(
    ("held", "reason"),
    [
        (b'{"bets":', "The file is no record, or not all of one."),
        (b"\xff\xfe\x00", "The file is no record, or not all of one."),
        (b"", "The file is no record, or not all of one."),
        (b"[" * 200_000, "The file is no record: it is nested too deep."),
        (b"[]", "The file is no record of this book."),
        (b'{"answers": {}, "bets": []}', "The file is no record of this book."),
        (
            b'{"version": 3, "answers": {}, "bets": {}}',
            "This record was made by another version of this book.",
        ),
        (
            b'{"version": [], "answers": {}, "bets": {}}',
            "This record was made by another version of this book.",
        ),
        (
            b'{"version": 2, "answers": {}, "bets": {}}',
            "There is no bet of this book in it.",
        ),
        (b" " * 1_000_001, "The file is too large for a record: 1,000,001 bytes."),
    ],
)
def test_a_file_that_is_no_record_says_why_and_stops_no_other(
    tmp_path: Path, held: bytes, reason: str
) -> None:
    folder = handed_in(tmp_path / "in", {"ada": given(0.4)})
    (folder / "bob.json").write_bytes(held)
    (folder / "ada" / "lab.ipynb").write_text("{}")
    found = told(folder)
    assert [student.name for student in found.students] == ["ada"]
    assert [(left.file, left.reason) for left in found.left] == [("bob.json", reason)]
    assert found.others == 1


def test_no_extreme_share_breaks_the_page(tmp_path: Path) -> None:
    rest = [0.0, 0.0, 0.0]
    rest.insert(GAP.answer, 5e-324)
    rest[(GAP.answer + 1) % 4] = 1.0
    records = {"ada": one_bet(*rest), "bob": given(1.0)}
    page = page_of(handed_in(tmp_path / "in", records))
    assert not re.search(r'="[^"]*(nan|inf)[^"]*"', page)
    assert page.count("<line") + page.count("<path") < 100


def page_of(folder: Path, named: bool = True) -> str:
    found = told(folder) if named else without_names(told(folder))
    return report.page(found, room(found.students, BETS), book="../html", named=named)


def seen(page: str) -> str:
    """What a reader of a page sees."""
    words = re.sub(r"</?code>", "", page.rpartition("<body>")[2])  # within a sentence
    body = unescape(re.sub(r"<[^>]*>", " ", words))
    return re.sub(r"[ \n]+", " ", body)


def test_the_page_says_the_numbers(written: tuple[Path, str], known: Room) -> None:
    out, printed = written
    page = (out / PAGE).read_text(encoding="utf-8")
    text, summed = seen(page), total(known.finite)
    beaten = sum(one.beaten for one in known.forecasters)
    for number in (summed.mean, summed.pooled, summed.gain):
        assert f"{number:.3f}" in text
    assert f"{beaten} of 12" in text
    assert f"Their average beats {beaten} of them." in printed
    for one in known.forecasters:
        assert one.name in text
    assert page.count('<circle class="disc"') > 4 * report.SHOWN
    for answer in known.by_disagreement[: report.SHOWN]:
        assert f"✓ {answer.bet.options[answer.bet.answer]}" in text
        assert f"../html/{answer.bet.address}" in page or "html/chapters" in page


def test_every_picture_says_its_message_in_words(written: tuple[Path, str]) -> None:
    page = (written[0] / PAGE).read_text(encoding="utf-8")
    labels = re.findall(r'<svg[^>]* role="img" aria-label="([^"]+)"', page)
    assert len(labels) == page.count("<svg")
    assert any(
        re.search(r"Stated \d+\u00a0%: \d+\u00a0% of \d+ came true", s) for s in labels
    )
    assert any("the curve of −ln runs below" in s for s in labels)


@pytest.mark.parametrize("name", [PAGE, SLIDES])
def test_a_page_is_one_file_that_needs_no_network(
    written: tuple[Path, str], name: str
) -> None:
    page = (written[0] / name).read_text(encoding="utf-8")
    assert not re.findall(r"https?:|//|<link|<script|src=|@import|url\(", page)
    assert "prefers-color-scheme: dark" in page


def test_whatever_a_name_holds_is_text(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    for place, name in enumerate(["=1+1", "<b>&\u202e", "-x"]):
        handed_in(folder / ".." / "in", {name: given(0.1 + place / 10)})
    out = tmp_path / "out"
    write_class(str(folder), out)
    page = (out / PAGE).read_text(encoding="utf-8")
    assert "<b>&" not in page
    assert "&lt;b&gt;&amp;" in page
    assert "\u202e" not in page
    with (out / "forecasters.csv").open(newline="", encoding="utf-8") as file:
        names = {row[0] for row in csv.reader(file)}
    assert {"'=1+1", "'-x"} < names


def test_without_names_there_is_none_anywhere(tmp_path: Path) -> None:
    few = {
        name: held | {"bets": dict(list(held["bets"].items())[:5])}
        for name, held in class_of_twelve().items()
    }
    folder = handed_in(tmp_path / "in", few)
    (folder / "Mallory.json").write_text("{")
    (folder / "Trudy.zip").write_bytes(b"PK")
    roster = Roster([Person("Nemo Nobody")])
    printed = write_class(str(folder), tmp_path / "out", roster, named=False)
    written = [
        file.read_text(encoding="utf-8") for file in (tmp_path / "out").iterdir()
    ]
    for text in [printed, *written]:
        for name in [*STUDENTS, "Mallory", "Trudy", "Nemo"]:
            for part in name.split():
                assert not re.search(rf"\b{part}\b", text), part
    assert "The file is no record, or not all of one." in printed
    assert "1 student of the roster" in seen(page_of_roster(folder, roster))


def page_of_roster(folder: Path, roster: Roster) -> str:
    found = without_names(told(folder, roster))
    return report.page(found, room(found.students, BETS), book="..", named=False)


def test_a_neutral_name_stays_when_others_come_and_when_one_bets_on(
    tmp_path: Path,
) -> None:
    def names(records: dict[str, Any], folder: str) -> dict[int, str]:
        """The neutral names by the numbers of bets, which differ here."""
        found = without_names(told(handed_in(tmp_path / folder, records)))
        return {len(student.bets): student.name for student in found.students}

    records = class_of_twelve()
    few = {name: records[name] for name in ("Ada Lovelace", "Dora", "Emil")}
    before, after = names(few, "few"), names(records, "all")
    assert set(before.items()) < set(after.items())
    more = json.loads(json.dumps(few))
    more["Dora"]["bets"].popitem()
    assert set(names(more, "more").values()) == set(before.values())


def test_nothing_to_read_says_what_was_expected(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/x.json").write_text("{}")
    for records, said in [
        ("", "make class RECORDS=folder"),
        (str(tmp_path / "no"), "There is no folder"),
        (str(tmp_path / "in/x.json"), "is a file, not a folder"),
        (str(tmp_path / "in"), "x.json: The file is no record of this book."),
    ]:
        with pytest.raises(SystemExit, match=re.escape(said)):
            write_class(records, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_slides_ask_and_do_not_answer(tmp_path: Path) -> None:
    write_slides(tmp_path)
    page = (tmp_path / SLIDES).read_text(encoding="utf-8")
    text = seen(page)
    assert page.count('<section class="slide') == len(BETS)
    for bet in BETS.values():
        assert f'id="{bet.id}"' in page
        assert as_words(bet.prompt) in text
    for question in QUESTIONS.values():
        for option in question.options:
            assert as_words(option.why) not in text
    assert "✓" not in page


def test_a_slide_shows_the_address_that_the_book_has() -> None:
    asked = {"bet-gap": GAP}
    local = slides.page(asked, book="../html")
    assert 'href="../html/chapters/genre-classifier.html#bet-bet-gap"' in local
    assert ">chapters/genre-classifier.html#bet-bet-gap<" in local
    served = slides.page(asked, book="../html", base="https://x.org/ce")
    assert (
        served.count("https://x.org/ce/chapters/genre-classifier.html#bet-bet-gap") == 2
    )


def test_the_books_address_is_the_one_it_is_configured_with(tmp_path: Path) -> None:
    config = tmp_path / "_config.yml"
    config.write_text("html:\n  baseurl: https://x.org/ce/\n")
    assert base_address(tmp_path) == "https://x.org/ce"
    config.write_text("title: x\n")
    assert base_address(tmp_path) == ""


def test_every_slide_fits_on_every_screen(tmp_path: Path, browser: Browser) -> None:
    write_slides(tmp_path)
    tab = browser.new_page(viewport={"width": 1400, "height": 900})
    tab.goto((tmp_path / SLIDES).as_uri())
    over = """[...document.querySelectorAll('.slide')].filter((slide) =>
      slide.scrollHeight > slide.clientHeight + 1 || slide.scrollWidth > slide.clientWidth + 1
    ).map((slide) => slide.id)"""
    assert tab.evaluate(over) == []
    tab.set_viewport_size({"width": 390, "height": 844})
    assert tab.evaluate(over) == []
    tab.goto((tmp_path / SLIDES).as_uri() + "#bet-gap")
    alone = "[...document.querySelectorAll('.slide')].filter((s) => s.checkVisibility()).length"
    assert tab.evaluate(alone) == 1
    tab.close()


def test_a_slide_prints_on_a_page_and_one_that_is_named_alone(
    tmp_path: Path, browser: Browser
) -> None:
    claims = [bet for bet in BETS.values() if bet.page == "chapters/folklore"][:6]
    some = {bet.id: bet for bet in claims}
    (tmp_path / SLIDES).write_text(slides.page(some, book=".."), encoding="utf-8")
    tab = browser.new_page()
    for address, pages in [(f"#{claims[2].id}", 1), ("", len(some))]:
        tab.goto("about:blank")
        tab.goto((tmp_path / SLIDES).as_uri() + address)
        printed = tab.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) == pages
        width, height = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)[0]
        assert float(width) > float(height)
    tab.close()


@pytest.mark.parametrize("width", [1400, 390])
def test_the_page_keeps_within_the_screen(
    written: tuple[Path, str], browser: Browser, width: int
) -> None:
    tab = browser.new_page(viewport={"width": width, "height": 900})
    tab.goto((written[0] / PAGE).as_uri())
    assert tab.evaluate("document.documentElement.scrollWidth") == width
    tab.close()

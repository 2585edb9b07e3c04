"""A class's bets: what its records say together, and every bet as a slide.

    python tools/bets.py class RECORDS     a page and tables, into _build/class
    python tools/bets.py slides            every bet on a page of its own, there too

RECORDS is a folder with the files that the page "Your record" saves, as students hand them
in: loose, in a folder for each, or as Moodle or Canvas hands them over, also packed.
"""

import argparse
import os
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from forecasting import report, slides  # noqa: E402
from forecasting.class_records import ClassRecords, collect, without_names  # noqa: E402
from forecasting.questions import base_address, every_bet  # noqa: E402
from forecasting.room import room  # noqa: E402
from grading.pages import many  # noqa: E402
from grading.roster import NoRoster, Roster, read  # noqa: E402
from grading.tables import write_csv  # noqa: E402

OUT = ROOT / "_build/class"

#: The class's page, and the slides.
PAGE, SLIDES = "class.html", "bets.html"

ADVICE = """\
Name the folder with the records that your students saved on the page "Your record":
  make class RECORDS=folder"""

#: How many files that are left are named on the screen.
NAMED = 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["class", "slides"])
    parser.add_argument("records", nargs="?", default="")
    parser.add_argument("--roster", default="", help="a table of the class (CSV)")
    parser.add_argument("--names", choices=["yes", "no"], default="yes")
    options = parser.parse_args()
    if options.what == "slides":
        write_slides(OUT)
        print(OUT / SLIDES)
        return
    try:
        roster = read(Path(options.roster)) if options.roster else None
    except NoRoster as why:
        sys.exit(str(why))
    print(write_class(options.records, OUT, roster, named=options.names == "yes"))


def write_slides(out: Path) -> None:
    """Write every bet as a slide into ``out``."""
    book = _book(out)
    page = slides.page(every_bet(), book=book, base=base_address())
    out.mkdir(mode=0o700, parents=True, exist_ok=True)  # students may share the machine
    (out / SLIDES).write_text(page, encoding="utf-8")


def write_class(
    records: str, out: Path, roster: Roster | None = None, *, named: bool = True
) -> str:
    """Write what a class's records say into ``out``; return what there is to tell of it.

    The same files are written each time, so nothing of an earlier run stays there.
    """
    told = _records(records, roster)
    if not named:
        told = without_names(told)
    if not told.students:
        sys.exit(
            "\n".join(["There is no record with a bet to read.", *_left(told), ADVICE])
        )
    found = room(told.students, every_bet())
    page = report.page(told, found, book=_book(out), named=named)
    tables = report.tables(told, found)
    write_slides(out)
    (out / PAGE).write_text(page, encoding="utf-8", errors="backslashreplace")
    for name, rows in tables.items():
        write_csv(out / f"{name}.csv", rows)
    beaten = sum(one.beaten for one in found.forecasters)
    bets = sum(one.count for one in found.asked)
    everybody = many(len(told.students), "student")
    lines = [
        f"{everybody}, {many(bets, 'bet')}. Their average beats {beaten} of them.",
        *_of_the_roster(told, named=named),
        *_left(told),
        str(out / PAGE),
    ]
    return "\n".join(lines)


def _records(records: str, roster: Roster | None) -> ClassRecords:
    if not records:
        sys.exit(ADVICE)
    folder = Path(records)
    if not folder.is_dir() and not zipfile.is_zipfile(folder):
        is_file = f"{records} is a file, not a folder."
        sys.exit(
            f"{is_file if folder.exists() else f'There is no folder {records}.'} {ADVICE}"
        )
    return collect(folder, every_bet(), roster)


def _of_the_roster(told: ClassRecords, *, named: bool) -> list[str]:
    """Who of it has no record, and whose record is not of it, in lines."""
    return [
        f"{what}: {', '.join(names) if named else len(names)}."
        for what, names in (
            ("No record", told.missing),
            ("Not in the roster", told.unknown),
        )
        if names
    ]


def _left(told: ClassRecords) -> list[str]:
    """What of the records is not counted, in lines."""
    rows = report.files(told)[1:]
    lines = [": ".join(filter(None, row)) for row in rows[:NAMED]]
    if more := len(rows) - len(lines):
        lines.append(f"and {many(more, 'file')} more.")
    for count, why in (
        (told.strange, "of another edition, or no bet of this book"),
        (told.broken, "broken"),
    ):
        if count:
            lines.append(f"{many(count, 'bet')} left out: {why}.")
    return lines


def _book(out: Path) -> str:
    """Where the built book lies, from a folder."""
    return Path(os.path.relpath(ROOT / "_build/html", out)).as_posix()


if __name__ == "__main__":
    main()

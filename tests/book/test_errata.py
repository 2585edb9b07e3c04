"""What was wrong is said to be so, and stands nowhere any more."""

import re
from datetime import date, datetime
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[2]
ERRATA = ROOT / "chapters/errata.md"

#: What stood in the book, in quotation marks.
QUOTED = re.compile(r"“([^”]+)”")
DAY = re.compile(r"\b(\d{1,2} [A-Z][a-z]+ 20\d\d)\b")


def words(text: str) -> str:
    """A text without line breaks, and with one kind of apostrophe."""
    return " ".join(text.replace("’", "'").split())


def read(path: Path) -> str:
    if path.suffix == ".ipynb":
        return words(" ".join(c.source for c in nbformat.read(path, 4).cells))
    return words(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def sources() -> dict[str, str]:
    """All pages and labs but this one, as they are now."""
    paths = [ROOT / "index.md", *ROOT.glob("chapters/*.md"), *ROOT.glob("notebooks/*")]
    return {path.name: read(path) for path in paths if path != ERRATA}


def test_what_was_wrong_stands_nowhere_any_more(sources: dict[str, str]) -> None:
    text = ERRATA.read_text(encoding="utf-8")
    # A sentence that folklore judges is quoted from people, and stays.
    quoted = {words(said) for said in QUOTED.findall(text)} - {
        "calibration without changing a decision"
    }
    assert len(quoted) > 10
    for said in quoted:
        still = [name for name, page in sources.items() if said in page]
        assert not still, f"{said!r} still stands in {', '.join(still)}"


def test_every_mistake_names_its_edition_and_the_day_it_was_mended() -> None:
    text = words(ERRATA.read_text(encoding="utf-8"))
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    editions = re.findall(r"edition (\d+\.\d+\.\d+) of (\d+ \w+ \d+)", text)
    assert editions
    for edition, day in editions:
        published = datetime.strptime(day, "%d %B %Y").date()
        assert f"## {edition}, {published}" in changes
        after = text.partition(f"edition {edition} of {day}")[2]
        mended = [datetime.strptime(d, "%d %B %Y").date() for d in DAY.findall(after)]
        assert mended
        assert all(published < one <= date.today() for one in mended)

"""The paper says of the book what is so, in the form that its journal asks for."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from contents import CHAPTERS
from pybtex.database import BibliographyData, parse_file

from ce_lib.explorers import REGISTRY

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "paper/paper.md").read_text(encoding="utf-8")
_, HEAD, BODY = TEXT.split("---\n", 2)
PAPER = parse_file(str(ROOT / "paper/paper.bib"))
BOOK = parse_file(str(ROOT / "references.bib"))

#: What the journal asks for, in its order.
SECTIONS = [
    "Summary",
    "Statement of need",
    "Learning objectives",
    "Content",
    "Instructional design",
    "Experience of use",
    "Story of the project",
    "References",
]

#: The journal expects about 1000 words.
MOST_WORDS = 1250


def test_it_has_the_journals_sections_and_about_its_length() -> None:
    found = re.findall(r"^# (.+)$", BODY, re.MULTILINE)
    assert [section for section in found if section in SECTIONS] == SECTIONS
    assert len(BODY.split()) <= MOST_WORDS


def test_its_head_has_what_the_journal_needs() -> None:
    head: dict[str, Any] = yaml.safe_load(HEAD)
    assert {"title", "tags", "authors", "affiliations", "date"} <= head.keys()
    assert (ROOT / "paper" / head["bibliography"]).exists()
    places = {place["index"] for place in head["affiliations"]}
    assert all(author["affiliation"] in places for author in head["authors"])


@pytest.mark.parametrize(
    ("count", "what"),
    [
        (len(CHAPTERS), "chapters"),
        (len(REGISTRY), "explorers"),
        (len(list((ROOT / "notebooks").glob("*.ipynb"))), "labs"),
    ],
)
def test_it_counts_what_there_is(count: int, what: str) -> None:
    checklist = (ROOT / "paper/checklist.md").read_text(encoding="utf-8")
    counted = re.findall(rf"\b(\d+) {what}\b", TEXT + checklist)
    assert counted
    assert set(counted) == {str(count)}


def fields(data: BibliographyData, key: str) -> dict[str, str]:
    entry = data.entries[key]
    people = {"authors": " and ".join(map(str, entry.persons["author"]))}
    return {**dict(entry.fields), **people}


def test_it_cites_what_it_lists_and_lists_what_it_cites() -> None:
    groups = re.findall(r"\[(@[^\]]+)\]", BODY)
    cited = {key for group in groups for key in re.findall(r"@(\w+)", group)}
    assert cited == set(PAPER.entries)


@pytest.mark.parametrize("key", list(PAPER.entries))
def test_a_work_that_the_book_cites_too_is_the_same_there(key: str) -> None:
    assert {"doi", "url"} & fields(PAPER, key).keys()
    if key in BOOK.entries:
        assert fields(PAPER, key) == fields(BOOK, key)

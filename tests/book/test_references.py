"""Every work that the book cites can be reached from the page of references."""

import re
from html import unescape
from pathlib import Path

import pytest
from pybtex.database import Entry, parse_file

from bookext.references import short

ROOT = Path(__file__).resolve().parents[2]
WORKS = parse_file(str(ROOT / "references.bib")).entries

DOI = re.compile(r"10\.\d{4,9}/[^\s{}]+")
PAGE = re.compile(r"https://(?!(dx\.)?doi\.org)[\w.-]+\.[a-z]+(/[^\s{}]*)?")


def address(work: Entry) -> str:
    """Return where a work is: behind its DOI, or on a page if it has none."""
    doi, url = (str(work.fields.get(name, "")) for name in ("doi", "url"))
    assert bool(doi) != bool(url), "give a doi, or a url if there is none"
    if doi:
        assert DOI.fullmatch(doi), f"no DOI: {doi}"
        return f"https://doi.org/{doi}"
    assert PAGE.fullmatch(url), f"no address of a page: {url}"
    return url


@pytest.mark.parametrize("key", WORKS)
def test_a_work_has_a_doi_or_a_page(key: str) -> None:
    assert address(WORKS[key])


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"doi": "https://doi.org/10.1002/qj.456"},
        {"doi": "qj.456"},
        {"url": "http://example.org"},
        {"url": "https://doi.org/10.1002/qj.456"},
        {"doi": "10.1002/qj.456", "url": "https://example.org"},
    ],
)
def test_a_wrong_address_would_be_found(fields: dict[str, str]) -> None:
    with pytest.raises(AssertionError):
        address(Entry("article", fields=list(fields.items())))


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://arxiv.org/abs/1503.02531", "arXiv:1503.02531"),
        ("https://www.jmlr.org/papers/v24/22-1144.html", "jmlr.org"),
    ],
)
def test_a_long_address_stands_behind_a_short_name(url: str, said: str) -> None:
    assert short(url) == said


def test_the_page_links_to_every_work_it_lists(book: Path) -> None:
    text = (book / "chapters/references.html").read_text(encoding="utf-8")
    listed = re.findall(r'<div class="citation" id="id\d+".*?</div>', text, re.DOTALL)
    links = {unescape(link) for link in re.findall(r'href="(https:[^"]*)"', text)}
    works = {address(work) for work in WORKS.values()}
    assert listed
    assert len(links & works) == len(listed)

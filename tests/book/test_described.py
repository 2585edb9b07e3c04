"""Search engines are told what each page is, in their own words."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from contents import CHAPTERS
from node import node

HERE = Path(__file__).parent
DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def described(page: Path) -> list[dict[str, Any]]:
    found = DATA.findall(page.read_text(encoding="utf-8"))
    return [thing for text in found for thing in json.loads(text)["@graph"]]


def test_the_cover_is_a_book_and_each_chapter_a_chapter_to_learn_from(
    book: Path,
) -> None:
    assert [thing["@type"] for thing in described(book / "index.html")] == ["Book"]
    for place, page in enumerate(CHAPTERS, 1):
        chapter, resource = described(book / f"{page}.html")
        assert chapter["position"] == place
        assert chapter["@id"] == resource["@id"]
        assert resource["teaches"].count(";") >= 1, page
        assert re.fullmatch(r"PT\d+M", resource["timeRequired"])


def faults(folder: Path, things: list[dict[str, Any]]) -> list[str]:
    """What the schemas say against descriptions."""
    file = folder / "things.json"
    file.write_text(json.dumps(things), encoding="utf-8")
    done = node(str(HERE / "schemas.mjs"), str(file))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_schema_org_knows_all_that_is_said(book: Path, tmp_path: Path) -> None:
    things = [
        thing
        for page in ["index", *CHAPTERS]
        for thing in described(book / f"{page}.html")
    ]
    assert faults(tmp_path, things) == []


@pytest.mark.parametrize(
    "thing",
    [
        {"@type": "Chapter", "position": {"@type": "Book", "name": 3}},
        {"@type": "LearningResource", "teaches": ["a", "b"]},
    ],
)
def test_what_schema_org_does_not_know_is_found(
    thing: dict[str, Any], tmp_path: Path
) -> None:
    assert faults(tmp_path, [thing]) != []

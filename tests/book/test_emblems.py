"""Every chapter has its own drawing, and a card for who shares its address."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from contents import ALL, CHAPTERS
from fontTools.ttLib import TTFont
from matplotlib.font_manager import FontProperties
from PIL import Image

from bookext import cards
from bookext.emblems import problems

SVG = '<svg viewBox="0 0 48 48" stroke="#1c2128">{}</svg>'


def said(book: Path, page: str) -> dict[str, str]:
    """What the head of a page says of itself."""
    html = (book / f"{page}.html").read_text(encoding="utf-8")
    metas = BeautifulSoup(html, "html.parser").find_all("meta")
    return {
        str(meta.get("property") or meta.get("name")): str(meta.get("content"))
        for meta in metas
    }


def test_every_page_has_a_card_and_every_chapter_its_own(book: Path) -> None:
    images = {}
    for page in ("index", *ALL):
        head = said(book, page)
        path = (book / page).parent / head["og:image"]
        images[page] = path.resolve()
        assert head["og:title"]
        assert head["og:description"] == head["description"]
        assert head["twitter:card"] == "summary_large_image"
    shown = set(images.values())
    for path in shown:
        with Image.open(path) as picture:
            assert picture.size == (cards.WIDTH, cards.HEIGHT)
        assert path.stat().st_size < 40_000
    assert len({images[page] for page in CHAPTERS}) == len(CHAPTERS)
    assert images["chapters/glossary"] == images["index"]
    pictures = {path.read_bytes() for path in shown}
    assert len(pictures) == len(shown)  # no two look the same


def test_a_card_is_drawn_again_when_its_emblem_changes_and_only_then(
    tmp_path: Path,
) -> None:
    emblem, card = tmp_path / "e.svg", tmp_path / "c.png"
    emblem.write_text(SVG.format('<path d="M4 4H44"/>'))
    cards.draw(card, "A chapter", "A book", emblem, "one")
    first = card.read_bytes()
    assert cards.noted(card) == "one"
    cards.draw(card, "A chapter", "A book", emblem, "one")
    assert card.read_bytes() == first  # the same on every machine and day
    emblem.write_text(SVG.format('<path d="M4 4V44"/>'))
    cards.draw(card, "A chapter", "A book", emblem, "one")
    assert card.read_bytes() != first


def test_a_card_is_set_in_the_books_own_type(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weights = []

    def face(weight: int) -> FontProperties:
        weights.append(weight)
        return own(weight)

    own = cards.face
    monkeypatch.setattr(cards, "face", face)
    cards.draw(tmp_path / "c.png", "A chapter", "A book", tmp_path / "none.svg", "")
    assert weights == [cards.BOLD, cards.REGULAR]
    widths = []
    for weight in weights:
        font = TTFont(own(weight).get_file())
        assert font["OS/2"].usWeightClass == weight
        widths.append(font["hmtx"][font.getBestCmap()[ord("m")]][0])
    assert widths[0] > widths[1]


@pytest.mark.parametrize(
    ("drawing", "problem"),
    [
        ('<path d="M4 4A2 2 0 0 1 8 8"/>', "expected the commands M, L.*got 'A'"),
        ('<ellipse rx="3"/>', "expected path, rect or circle, got ellipse"),
    ],
)
def test_what_a_card_cannot_draw_is_explained(
    tmp_path: Path, drawing: str, problem: str
) -> None:
    emblem = tmp_path / "e.svg"
    emblem.write_text(SVG.format(drawing))
    with pytest.raises(ValueError, match=problem):
        cards.draw(tmp_path / "c.png", "A chapter", "A book", emblem, "")


def test_a_missing_emblem_and_a_strange_colour_are_explained(tmp_path: Path) -> None:
    (found,) = problems(tmp_path, "chapters/one", "emblem")
    assert found == (
        "chapters/one has no emblem: draw one, a few strokes, in emblems/chapters/one.svg"
    )
    path = tmp_path / "emblems/chapters/one.svg"
    path.parent.mkdir(parents=True)
    path.write_text(SVG.format('<path stroke="#ff0000"/>'))
    (found,) = problems(tmp_path, "chapters/one", "emblem")
    assert "emblems/chapters/one.svg: #ff0000 is no colour of the book's" in found

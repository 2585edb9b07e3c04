"""A chapter opens with a question that its explorer answers and nothing gives away."""

import re

import numpy as np
import pytest
from contents import CHAPTERS, ROOT
from waiting import waiting

from ce_lib.genres import GENRES
from ce_lib.practice.catalogue import GUESSES
from ce_lib.practice.guess import Drawn, Measured, Spread


def source(name: str) -> str:
    return (ROOT / f"chapters/{name}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [chapter.split("/")[-1] for chapter in CHAPTERS])
def test_every_chapter_opens_with_its_question(name: str) -> None:
    _, section, below = source(name).partition("\n## ")
    assert GUESSES.page(f"guess-{name}") == name
    assert below.startswith(f"Play\n\n:::{{div}} guess guess-{name}\n"), section


@pytest.mark.parametrize("id", GUESSES)
def test_a_guess_is_complete(id: str) -> None:
    guess = GUESSES[id]
    asked = guess.asked
    assert "?" in guess.prompt
    for sentence in (guess.prompt, asked.told):
        assert sentence[-1] in ".?"
    if isinstance(asked, Measured):
        assert asked.low <= asked.answer <= asked.high
        limits = [remark.upto for remark in asked.remarks]
        assert limits == sorted(set(limits))
        assert limits[-1] == np.inf
        assert all(r.sentence == "" or r.sentence[-1] == "." for r in asked.remarks)
    if isinstance(asked, Drawn):
        axis = asked.x if asked.across else asked.y
        assert (axis.low, axis.high) == (asked.low, asked.high)
    if isinstance(asked, Spread):
        keys = [option.key for option in asked.options]
        assert keys.count(asked.answer) == 1


def test_a_guess_is_typed_drawn_and_spread_in_turn() -> None:
    kinds = [guess.asked.kind for guess in GUESSES.values()]
    assert max(map(kinds.count, kinds)) <= len(kinds) / 2


@pytest.mark.parametrize("id", GUESSES)
def test_nothing_above_the_question_says_its_answer(id: str) -> None:
    guess = GUESSES[id]
    above = source(GUESSES.page(id)).partition(":::{div} guess")[0]
    above = re.sub(r"^given:.*\n", "", above, flags=re.MULTILINE)
    told = {
        n for n in re.findall(r"\d+\.\d+", guess.asked.told) if n not in guess.prompt
    }
    assert not [number for number in told if number in above + guess.prompt]


def opening(id: str) -> dict[str, object]:
    """The numbers of the explorer that waits for a guess."""
    explorer = dict(waiting())[id]
    if "steps" in explorer.fields():  # the race is run
        explorer.steps = explorer.fields()["steps"].options["high"]
    if "bet" in explorer.fields():  # it takes the guess for a bet
        explorer.update(bet=GUESSES[id].asked.answer, floor="shown")
    return explorer.readout()


@pytest.mark.parametrize("id", GUESSES)
def test_the_explorer_below_answers_as_it_opens(id: str) -> None:
    asked = GUESSES[id].asked
    numbers = opening(id)
    if isinstance(
        asked, Spread
    ):  # a word answers; of four genres, the truth it opens with
        if [option.text for option in asked.options] == list(GENRES):
            assert np.argmax(numbers["p"]) == asked.index
        return
    if isinstance(asked, Drawn) and asked.shown:
        return  # the guess's own picture answers
    found = []
    for value in numbers.values():
        for entry in value if isinstance(value, tuple) else (value,):
            try:
                found.append(float(entry))
            except ValueError:
                continue  # a word
    values = np.array([value for value in found if np.isfinite(value) and value])
    quotients = np.outer(values, 1 / values)[~np.eye(len(values), dtype=bool)]
    answer = asked.answer / 100 if asked.unit == "%" else asked.answer
    hits = np.isclose(np.append(values, quotients), answer, rtol=1e-6, atol=0)
    assert hits.any(), numbers

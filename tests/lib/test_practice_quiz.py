"""Questions to bet on are complete, and a forecaster's sums are right."""

import math
import re
from collections import Counter

import numpy as np
import pytest
from contents import CHAPTERS, ROOT

from ce_lib.practice import bet
from ce_lib.practice.catalogue import EXERCISES, QUESTIONS
from ce_lib.practice.quiz import score
from ce_lib.practice.record import summary

NAMES = [chapter.rpartition("/")[2] for chapter in CHAPTERS]


@pytest.mark.parametrize("name", NAMES)
def test_every_chapter_asks_for_two_bets_and_for_work(name):
    assert sum(QUESTIONS.page(id) == name for id in QUESTIONS) >= 2
    assert any(EXERCISES.page(id) == name for id in EXERCISES)


COUNTED = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]


def test_the_self_check_asks_as_many_questions_as_its_title_says():
    text = (ROOT / "chapters/self-check.md").read_text(encoding="utf-8")
    word = re.search(r"^# (\w+) questions", text, re.MULTILINE)[1]
    asked = sum(QUESTIONS.page(id) == "self-check" for id in QUESTIONS)
    assert COUNTED[asked] == word.lower()


@pytest.mark.parametrize("id", QUESTIONS)
def test_a_question_is_complete(id):
    question = QUESTIONS[id]
    keys = [option.key for option in question.options]
    texts = [option.text for option in question.options]
    assert 3 <= len(set(keys)) == len(keys) <= 4
    assert len(set(texts)) == len(texts)
    assert keys.count(question.answer) == 1
    assert question.prompt.endswith("?")
    # The price of the even share is on show before anybody has touched a hand.
    even, right = math.log(len(keys)), question.options[question.index].text
    asked = any(abs(float(n) - even) < 0.01 for n in re.findall(r"\d+\.\d+", right))
    assert question.priced is not asked
    for option in question.options:
        assert option.why
        assert option.why[-1] in ".?"


def test_no_place_is_right_much_more_often_than_others():
    places = Counter(question.index for question in QUESTIONS.values())
    assert max(places.values()) <= len(QUESTIONS) / 3


def test_a_bet_is_priced():
    paid = score([0.7, 0.1, 0.1, 0.1], 0)
    assert paid.log == pytest.approx(0.356674943939, rel=1e-11)
    assert paid.brier == pytest.approx(0.12, rel=1e-12)
    assert paid.even_log == pytest.approx(math.log(4), rel=1e-15)
    assert paid.even_brier == pytest.approx(0.75, rel=1e-15)
    assert score([1, 0, 0], 1).log == math.inf


def test_the_mean_is_infinite_when_the_truth_was_ruled_out_once():
    found = summary([([1, 0, 0, 0], 1), ([0.5, 0.5, 0, 0], 0)])
    assert (found.bets, found.ruled_out) == (2, 1)
    assert found.mean_log == math.inf
    assert found.mean_log_rest == pytest.approx(math.log(2))


def test_the_uniform_guess_follows_the_number_of_options():
    found = summary([([0.25] * 4, 2), ([1 / 3] * 3, 1)])
    assert found.even_log == pytest.approx((math.log(4) + math.log(3)) / 2)
    assert found.mean_log == pytest.approx(found.even_log)


def test_every_option_is_a_forecast_of_the_diagram():
    found = summary([([0.7, 0.3], 0), ([0.7, 0.3], 1)])
    assert found.curve.counts.sum() == 4
    np.testing.assert_allclose(found.curve.confidence, [0.3, 0.7])
    np.testing.assert_allclose(found.curve.frequency, [0.5, 0.5])


def test_sure_is_the_largest_share_and_right_how_often_it_was_the_truth():
    found = summary([([0.7, 0.3], 0), ([0.9, 0.1], 1), ([0.4, 0.4, 0.2], 1)])
    assert found.sure == pytest.approx((0.7 + 0.9 + 0.4) / 3)
    assert found.right == pytest.approx((1 + 0 + 1 / 2) / 3)


def test_no_bets_have_no_summary():
    with pytest.raises(ValueError, match="at least one"):
        summary([])


@pytest.mark.parametrize("id", QUESTIONS)
def test_a_bet_says_what_it_pays_and_why(id):
    question = QUESTIONS[id]
    K = len(question.options)
    q = np.full(K, 0.1 / (K - 1))
    q[question.index] = 0.9
    said = repr(bet(id, q))
    assert f"Price: {-math.log(0.9):.4f} nats. " in said
    assert f"would pay {math.log(K):.4f}." in said
    for place, option in enumerate(question.options):
        mark = "✓  90 %" if place == question.index else "✗"
        (line,) = (row for row in said.splitlines() if row.endswith(option.why))
        assert line.startswith(mark)
        assert option.text in line


def test_a_bet_that_is_even_pays_what_the_uniform_guess_does():
    outcome = bet("bet-doubling", [1 / 3] * 3)
    assert outcome.score.log == outcome.score.even_log
    assert repr(outcome).count("33.3 %") == 3


def test_a_bet_that_rules_out_the_truth_pays_infinity():
    outcome = bet("bet-floor", [1, 0, 0, 0], all_in=True)
    assert outcome.score.log == math.inf
    assert "Price: ∞." in repr(outcome)


def test_a_bet_leaves_a_hundredth_on_every_answer_unless_it_is_all_in():
    with pytest.raises(
        ValueError,
        match=r"q: expected at least 0\.01 on every answer, got 0\.005 on answer 3; all_in",
    ):
        bet("bet-floor", [0.5, 0.485, 0.005, 0.01])
    assert bet("bet-floor", [0.5, 0.485, 0.005, 0.01], all_in=True).score.log < math.inf
    assert bet("bet-floor", [0.97, 0.01, 0.01, 0.01]).score.log < math.inf
    thirds = [0.33, 0.33, 0.33]
    assert bet("bet-floor", [*thirds, 1 - sum(thirds)]).score.log < math.inf


@pytest.mark.parametrize(
    "q", [[...] * 4, [0.5, 0.5], "half", 1, [0.5] * 4, [2, -1, 0, 0]]
)
def test_a_bet_that_is_no_forecast_says_what_was_expected(q):
    with pytest.raises(ValueError, match=r"q: expected (4 )?probabilities"):
        bet("bet-floor", q)


def test_a_bet_on_no_question_names_the_one_that_was_meant():
    with pytest.raises(
        KeyError, match=r"no question 'bet-flor'; did you mean 'bet-floor'"
    ):
        bet("bet-flor", [1, 0, 0, 0])

"""The role `answer` writes what an exercise's definition computes, as the book writes it."""

import pytest
from docutils import nodes

from bookext.coded import as_nodes
from bookext.practice.answers import answer, number


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("exercise-jazz.nats", "1.20397"),
        ("exercise-jazz.nats|.2f", "1.20"),
        ("exercise-jazz.gradient", "0.1, 0.2, −0.7, 0.4"),
        ("exercise-jazz.gradient|+.2f", "+0.10, +0.20, −0.70, +0.40"),
        ("exercise-slopes.log[in z]", "−0.99"),
        ("exercise-prices.bits[0.25]", "2"),
        ("exercise-first-break.gone", "104"),
        ("exercise-continuous", "0.241971"),
        ("exercise-smoothing-five.epsilon", "0.16"),
        ("exercise-reading.moving", "No"),
        ("exercise-before-shapes", "`(5,)`"),
    ],
)
def test_an_answer_is_written_as_the_book_writes_numbers(written, shown):
    assert answer(written) == shown


def test_code_in_an_answer_is_code_on_the_page():
    words, code = as_nodes("Give `z`.")[:2]
    assert (words.astext(), code.astext()) == ("Give ", "z")
    assert isinstance(code, nodes.literal)


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [(-1e-17, ".2f", "0.00"), (float("-inf"), ".2f", "−∞"), (-0.0, "+.1f", "+0.0")],
)
def test_zero_has_no_minus_and_infinity_a_sign(value, form, shown):
    assert number(value, form) == shown


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("exercise-jaz.nats", "there is no exercise 'exercise-jaz'"),
        ("exercise-jazz", "one of its parts nats, gradient, got None"),
        ("exercise-jazz.bits", "one of its parts nats, gradient, got bits"),
        ("exercise-jazz.nats[Jazz]", "has no entries"),
        ("exercise-jazz.gradient[Folk]", "a label of Rock, Pop, Jazz, Classical"),
        ("exercise-jazz.nats|.2q", "[Ff]ormat"),
        ("exercise-reading.moving|.2f", "neither entries nor a format"),
        ("the answer", "expected exercise-name.part"),
    ],
)
def test_an_answer_that_cannot_be_says_why(written, words):
    with pytest.raises(ValueError, match=words):
        answer(written)

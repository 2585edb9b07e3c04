"""Every exercise knows its answer and its mistakes apart; no answer makes `check` fail."""

import fractions
import math

import numpy as np
import pytest
from teacher.spares import spares

from ce_lib.practice import bet, check, hint
from ce_lib.practice.catalogue import EXERCISES
from ce_lib.practice.exercise import Choice, Field, Number, Vector, Whole, bounds
from ce_lib.practice.judge import judge

#: Those of the book, and those that only the teacher has.
ALL = {**EXERCISES, **{id: spare.exercise for id, spare in spares().items()}}
IDS = list(ALL)


def kinds() -> dict[str, Field]:
    """One field of every kind that is read by rules of its own."""
    found: dict[str, Field] = {}
    for exercise in EXERCISES.values():
        for field in exercise.fields:
            name = field.kind
            if not isinstance(field, Choice):
                name += f" in {field.unit}" * bool(field.unit)
                name += ", a probability" * field.probability
            found.setdefault(name, field)
    return found


KINDS = kinds()
each_kind = pytest.mark.parametrize("field", KINDS.values(), ids=KINDS)


def numeric(id):
    return [f for f in ALL[id].fields if not isinstance(f, Choice)]


def written(value, digits):
    """The number as somebody would type it, or the numbers."""
    if isinstance(value, float):
        return f"{value:#.{digits}g}"
    return " ".join(f"{entry:#.{digits}g}" for entry in value)


def plain(value):
    array = np.asarray(value, dtype=float)
    return float(array) if array.ndim == 0 else [float(entry) for entry in array]


@pytest.mark.parametrize("id", IDS)
def test_an_exercise_is_complete(id):
    exercise = ALL[id]
    names = [field.name for field in exercise.fields]
    assert len(names) == len(set(names)) > 0
    assert all(name.isidentifier() for name in names)
    assert 1 <= len(exercise.hints) <= 3
    enough = 3 if exercise.id.startswith("exercise-") else 1
    for field in exercise.fields:
        if isinstance(field, Choice):
            keys = [option.key for option in field.options]
            assert len(keys) == len(set(keys))
            assert field.answer in keys
        else:
            assert len({m.name for m in field.mistakes}) == len(field.mistakes)
            assert len(field.mistakes) >= enough


@pytest.mark.parametrize("id", IDS)
@pytest.mark.parametrize("digits", [3, 4, 6, 17])
def test_the_rounded_answer_is_right(id, digits):
    for field in numeric(id):
        enough = digits
        if isinstance(field, Whole):
            enough = max(digits, len(str(field.answer)))
        answer = plain(field.answer)
        assert judge(field, written(answer, enough))[0] == "right", field.name


@pytest.mark.parametrize("id", IDS)
def test_the_answer_itself_is_right_in_every_form(id):
    for field in numeric(id):
        answer = plain(field.answer)
        forms = [answer, np.array(answer), repr(answer)]
        forms += (
            [tuple(answer), np.array([answer])]
            if isinstance(answer, list)
            else [[answer]]
        )
        for form in forms:
            assert judge(field, form)[0] == "right", (field.name, form)


@pytest.mark.parametrize("id", IDS)
@pytest.mark.parametrize("digits", [3, 4, 6, 17])
def test_every_mistake_is_recognised_and_none_is_another(id, digits):
    for field in numeric(id):
        for mistake in field.mistakes:
            enough = 17 if isinstance(field, Whole) else digits
            status, sentence = judge(field, written(plain(mistake.value), enough))
            where = (field.name, mistake.name)
            assert (status, sentence) == ("wrong", mistake.sentence), where


@pytest.mark.parametrize("id", IDS)
def test_sentences_help_without_giving_the_answer_away(id):
    for field in ALL[id].fields:
        helps_without_giving_away(field)


def helps_without_giving_away(field):
    if isinstance(field, Choice):
        said = [option.why for option in field.options if option.key != field.answer]
    else:
        said = [mistake.sentence for mistake in field.mistakes]
        values = (
            [plain(field.answer)] if isinstance(field, Number) else plain(field.answer)
        )
        for value in values:
            if value not in (0, 1, 2, 3) and math.isfinite(value):
                shown = {f"{value:.3g}", f"{value:.4g}", f"{value:.6g}"}
                assert not any(text in s.split() for text in shown for s in said)
    for sentence in said:
        assert sentence[0].isupper() or sentence[0] in "eq0123456789∞"
        assert sentence[-1] in ".?!"


@each_kind
@pytest.mark.parametrize("blank", [None, ..., NotImplemented, "", "  ", "...", [], {}])
def test_untouched_is_not_tried(field, blank):
    assert judge(field, blank)[0] == "not tried"


class Broken:
    def __array__(self, *args, **kwargs):
        raise RuntimeError("no")


class Shy:
    """Nobody may look at it, not even at its class: pytest can take no such parameter."""

    def __getattribute__(self, name):
        raise RuntimeError("no")


class Bare(list):
    def __len__(self):
        raise RuntimeError("no")


LOOP: list[object] = []
LOOP.append(LOOP)


ODD = [
    float("nan"),
    math.inf,
    -math.inf,
    True,
    1j,
    b"1",
    print,
    object(),
    Broken(),
    Bare(),
    LOOP,
    {1: 2},
    {1, 2},
    [[1, [2]], "x"],
    ["0.1", "b"],
    np.array(["a"]),
    np.array([1j]),
    np.zeros((3, 0)),
    10**400,
    "nan",
    "log 4",
    "0.3.4",
    "1/0",
    "--1",
    "1e999",
    "12 % 3",
    "<b>1</b>",
    "\N{COMBINING ACUTE ACCENT}",
    "[[[",
]


@each_kind
@pytest.mark.parametrize("answer", ODD, ids=range(len(ODD)))
def test_nonsense_gets_a_sentence_and_never_raises(field, answer):
    status, sentence = judge(field, answer)
    assert status == "wrong"
    assert len(sentence) > 10


@each_kind
def test_what_nobody_may_look_at_gets_a_sentence(field):
    assert judge(field, Shy())[0] == "wrong"
    assert check("exercise-jazz.nats", Shy()).status == "wrong"


NATS = "exercise-jazz.nats"  # −ln 0.3 = 1.20397


@pytest.mark.parametrize(
    "answer",
    [1.204, "1.20", "1,20", " 1.204 nats", "≈ 1.204", "12.04e-1", "1.204·10⁰", [1.204],
     "-ln 0.3", "−ln(0,3) nats", "ln(10/3)", "-ln(30 %)", "log2(10/3) ln 2", "ln 10 - ln 3",
     "-log10(.3)/log10(e)", "½ ln(100/9)", "√(ln(10/3)^2)",
     np.float32(1.20397), np.array(1.204), np.array([[1.204]]),
     fractions.Fraction(1204, 1000)],
)  # fmt: skip
def test_forms_of_a_right_answer(answer):
    assert check(NATS, answer)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("1.2", "three significant digits"),
        (1.21, "round only at the end"),
        (1.737, "in bits"),
        ("1.737 bits", "asked for in nats"),
        (-1.204, "never negative"),
        ("120.4 %", "not a percentage"),
        (120.4, "factor of 100"),
        ([1.2, 1.3], "not 2"),
        ("0.1 0.2", "not 2"),
        (math.inf, "finite"),
        (math.nan, "NaN"),
        (print, "Call it"),
        (np.log, "Call it"),
        (True, "True or False"),
        ("[0.1, 0.2, 0.3]", "not 3"),
        ("1", "Too coarse"),
        (1.203, "never cut"),
        ("ln 0.3", "ln 0.3 = −1.204. A price is never negative."),
        ("1/√2", "1/√2 = 0.70711. Not this."),
        ("-log 0.3", "leaves its base open"),
        ("-lg 0.3", "“lg” is not known here"),
        ("-ln 3/10", "two ways"),
        ("-ln(0.3", "brackets do not match"),
        ("-ln", "missing after “-ln”"),
        ("ln(-0.3)", "no real number"),
        ("-ln 0", "−ln 0 = ∞. ∞ would mean"),
        ("9^9^9", "too large"),
        ("(" * 50 + "1" + ")" * 50, "too deeply nested"),
        ("1+" * 2000 + "1", "too long"),
        (5.0, "Not this"),
    ],
)
def test_wrong_answers_get_the_sentence_that_helps(answer, words):
    verdict = check(NATS, answer)
    assert verdict.status == "wrong"
    assert words in verdict.sentence


GRADIENT = "exercise-reading.gradient"  # (0.15, −0.4, 0.2, 0.05)


@pytest.mark.parametrize(
    "answer",
    ["0.15 -0.4 0.2 0.05", "(0.15, −0.40, 0.20, 0.05)", "0,15 -0,4 0,2 0,05",
     "0,15, -0,4, 0,2, 0,05",
     "0.15;-0.4;0.2;0.05", "[0.15,-0.4,0.2,0.05]", "array([0.15, -0.4, 0.2, 0.05])",
     ["0.15", "-0.4", 0.2, 0.05], "3/20 -2/5 1/5 1/20", "(3/20, -2/5, 1/5, 1/20)",
     "½·(3/10); 0,6 - 1; 1/5; 20⁻¹"],
)  # fmt: skip
def test_forms_of_a_right_vector(answer):
    assert check(GRADIENT, answer)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ([0.15, -0.4, 0.2], "4 numbers, in the order Rock, Pop, Jazz, Classical"),
        (0.15, "4 numbers"),
        ([-0.4, 0.05, 0.15, 0.2], "another order"),
        ([0.15, -0.4, 0.3, 0.15], "Right for Rock, Pop. Not yet for Jazz, Classical"),
        ([-0.15, 0.4, -0.2, -0.05], "truth minus model"),
        ([9, 9, 9, 9], "Not this"),
        ("0,15, -0,4, 0,3, 0,15", "Right for Rock, Pop"),
        ("0.151 -0.402 0.201 0.0503", "Very close"),
        ("15 -40 20 5", "factor of 100"),
        ("0 -1.7 0 0", "dL/dq"),
        ("3/20 2/5 1/5 1/20", "Read as 0.15, 0.4, 0.2, 0.05. Right for"),
        ("1 - 17/20 ln 2", "Put a semicolon between the numbers"),
    ],
)
def test_wrong_vectors_get_the_sentence_that_helps(answer, words):
    assert words in check(GRADIENT, answer).sentence


def test_what_no_rounding_explains_is_not_called_rounding():
    said = check("exercise-slopes.squared", "-1.99 -0.0197").sentence
    assert "rounding the result does not explain it" in said
    assert "If you rounded" in said
    odds = check("exercise-slopes.log", "-99 -0.99").sentence
    assert "round" not in odds
    assert "the factor 1 − q comes with z" in odds


def test_a_mistake_is_known_by_two_digits():
    said = check("exercise-prices.nats", "-0.22 -1.4 -3.9").sentence
    assert "never negative" in said
    assert "in nats" in check("exercise-both-ways.entropies", "0.69 0.50").sentence


def test_a_digit_that_says_nothing_is_not_called_right():
    # The answer is 0.51: 1 is its whole number, and any guess.
    assert "Not this" in check("exercise-reading.pop", "1").sentence
    assert "Too coarse" in check("exercise-reading.pop", 0.5).sentence


def test_a_zero_is_an_answer_and_an_infinity_can_be_one():
    assert check("exercise-noise.floor", "0")
    assert check("exercise-noise.floor", 0.0)
    field = Number(name="x", label="x", answer=math.inf)
    assert judge(field, "∞")[0] == judge(field, np.inf)[0] == "right"
    assert judge(field, -math.inf)[0] == judge(field, 1e9)[0] == "wrong"


def test_percent_is_read_where_a_probability_is_asked_for():
    assert check("exercise-label-noise.at", "70 %")
    assert "factor of 100" in check("exercise-label-noise.at", 70).sentence


@pytest.mark.parametrize(
    ("id", "part", "answer", "told"),
    [
        ("exercise-typical", 0, -2, "lies between 0 and 1"),  # a probability
        ("exercise-typical", 0, 7, "lies between 0 and 1"),
        ("exercise-sums", 1, [3, 4, 5], "lies between 0 and 1"),
        ("exercise-jazz", 0, -5, "is at least 0."),  # a price
        ("exercise-how-many-songs", 0, -3, "is at least 0."),  # a count
        ("exercise-perplexity", 1, -20, "is at least 1."),
        ("exercise-direction", 2, -7, "Look again"),  # a score that may gain
        ("exercise-jacobian", 0, -7, "Look again"),
    ],
)
def test_what_no_such_answer_can_be_is_told_the_range(id, part, answer, told):
    assert told in judge(EXERCISES[id].fields[part], answer)[1]


@pytest.mark.parametrize("id", IDS)
def test_every_answer_lies_in_the_range_that_is_told(id):
    for field in numeric(id):
        low, high = bounds(field)
        assert low <= np.min(field.answer) <= np.max(field.answer) <= high, field.name


def test_a_choice_is_named_by_its_key():
    assert check("exercise-reading.moving", "No ")
    assert not check("exercise-reading.moving", "yes")
    assert (
        "Choose one of these: yes, no" in check("exercise-reading.moving", 3).sentence
    )


def test_several_parts_make_one_verdict():
    parts = {"nats": 1.204, "gradient": [0.1, 0.2, -0.7, 0.4]}
    assert check("exercise-jazz", **parts)
    assert check("exercise-jazz", parts)
    half = check("exercise-jazz", nats=1.204)
    assert half.status == "wrong"
    assert half.parts["nats"]
    assert half.parts["gradient"].status == "not tried"
    assert check("exercise-jazz").status == "not tried"
    with pytest.raises(TypeError, match="has several parts"):
        check("exercise-jazz", 1.204)
    with pytest.raises(KeyError, match="it has nats, gradient"):
        check("exercise-jazz", bits=1)


def test_a_single_part_needs_no_name():
    assert check("exercise-continuous", 0.241971)
    assert check("exercise-continuous", deviation=0.241971)
    assert check("exercise-continuous", {"deviation": 0.241971})


def test_an_unknown_exercise_names_those_there_are():
    with pytest.raises(KeyError, match="exercise-jazz"):
        check("exercise-jaz", 1)


def test_a_verdict_shows_itself_and_escapes():
    verdict = check("exercise-jazz", nats=1.204, gradient="0")
    assert "✓ exercise-jazz, nats: Right." in repr(verdict)
    assert "<b>✓" in verdict._repr_html_()
    assert "**" in verdict._repr_markdown_()
    choice = check("function-softmax", lambda z: "<script>")
    assert "<script>" not in choice._repr_html_()


def test_hints_come_one_by_one():
    said = [hint("exercise-slopes", n) for n in (1, 2, 3, 4)]
    assert len(set(said)) == 3
    assert said[2] == said[3]
    with pytest.raises(ValueError, match="expected 1 or more"):
        hint("exercise-slopes", 0)
    for number in ("2", 1.5, True):
        with pytest.raises(TypeError, match="number: expected a whole number, got"):
            hint("exercise-slopes", number)


def test_every_stub_runs_as_not_tried():
    for exercise in EXERCISES.values():
        assert eval(exercise.stub(), {"check": check}).status == "not tried"


@pytest.mark.parametrize("id", IDS)
def test_labels_count_the_entries(id):
    for field in ALL[id].fields:
        if isinstance(field, Vector):
            assert len(field.labels) == len(plain(field.answer))


@pytest.mark.parametrize("ask", [check, hint, lambda id: bet(id, [1])])
@pytest.mark.parametrize("id", [3, None, ["lab-bits"]])
def test_an_id_that_is_no_text_is_told_what_one_is(ask, id):
    with pytest.raises(TypeError, match="id: expected a name in quotes"):
        ask(id)


def test_a_name_that_is_nearly_an_exercise_is_told_its_neighbours():
    with pytest.raises(
        KeyError, match=r"no exercise 'prices'; did you mean.*prices'"
    ) as told:
        hint("prices")
    assert len(str(told.value)) < 200
    with pytest.raises(KeyError, match="the quotes of the check"):
        hint("name of the task")


def test_lengths_that_are_no_code_deserve_a_word():
    verdict = check("lab-code-lengths", [1, 1, 2, 2])
    assert "kraft is above 1" in verdict.sentence

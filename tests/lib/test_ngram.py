"""Character n-grams: distributions, known prices, and what is refused."""

import hashlib
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import ce_lib
from ce_lib.models.ngram import SMOOTHINGS
from ce_lib.texts import SYMBOLS, alice, gettysburg, normalise

TEXT = st.text(SYMBOLS, max_size=40)
MODELS = st.builds(
    ce_lib.NGram,
    order=st.integers(0, 5),
    smoothing=st.sampled_from(SMOOTHINGS),
    alpha=st.floats(1e-3, 10),
)

GA = gettysburg()


def digits(*values):
    """Compare with values written with six digits."""
    return pytest.approx(list(values), rel=1e-5, abs=0)


def fitted(order, smoothing="witten-bell", alpha=1.0, text=GA.train):
    return ce_lib.NGram(order, smoothing, alpha).fit(text)


def on_test(model, text=GA):
    return model.prices(text.test, context=text.train)


def test_the_texts_are_what_they_say():
    whole = "".join(GA).encode()
    assert hashlib.sha256(whole).hexdigest().startswith("fb7e79b4b756ecd2")
    assert [len(part) for part in (*GA, *alice())] == [990, 430, 123_874, 10_903]
    for text in (GA, alice()):
        assert normalise("".join(text)) == "".join(text)


@given(st.text())
def test_normalised_text_holds_the_symbols_alone_and_stays_itself(text):
    made = normalise(text)
    assert set(made) <= set(SYMBOLS)
    assert normalise(made) == made
    assert made == made.strip()
    assert "  " not in made


@given(MODELS, st.text(SYMBOLS, min_size=1, max_size=80), TEXT)
def test_a_distribution_sums_to_1_or_nothing_was_seen(model, text, context):
    q = model.fit(text).distribution(context)
    assert q.shape == (27,)
    assert (q >= 0).all()
    if model.smoothing == "none" and not model.counts(context).any():
        assert not q.any()
    else:
        assert q.sum() == pytest.approx(1, rel=1e-12, abs=0)


@given(MODELS, st.text(SYMBOLS, min_size=1, max_size=80), TEXT, TEXT)
def test_a_price_is_the_surprisal_of_the_symbol_that_came(model, text, context, new):
    prices = model.fit(text).prices(new, context)
    for i, symbol in enumerate(new):
        q = model.distribution(context + new[:i])[SYMBOLS.index(symbol)]
        assert prices[i] == ce_lib.surprisal(q)


@given(MODELS, st.text(SYMBOLS, min_size=1, max_size=80), TEXT)
def test_counts_are_those_of_a_search(model, text, context):
    context = context[-model.order :] if model.order else ""
    history = " " + text
    ends = [i for i in range(1, len(history)) if history[:i].endswith(context)]
    followed = [history[i] for i in ends]
    counts = model.fit(text).counts(context)
    assert counts.tolist() == [followed.count(symbol) for symbol in SYMBOLS]


@given(st.text(SYMBOLS, min_size=1, max_size=80))
def test_smoothing_never_says_never(text):
    for smoothing in ("add", "witten-bell"):
        model = ce_lib.NGram(3, smoothing).fit(text)
        assert np.isfinite(model.prices(SYMBOLS, context=text)).all()


def test_counts_are_the_cheapest_model_of_the_text_they_come_from():
    # Which is why the price of the training text says little: any other model of the same
    # contexts, and so every smoothed one, prices the text it was fitted on higher.
    for order in range(5):
        own = fitted(order, "none").prices(GA.train).mean()
        for smoothing in ("add", "witten-bell"):
            assert own < fitted(order, smoothing).prices(GA.train).mean()


def test_what_the_address_costs_the_counts_made_of_it():
    # The first order − 1 characters have shorter contexts. There the text starts, which it
    # does once: as contexts of their own they would foretell it for nothing.
    found = [
        fitted(order, "none").prices(GA.train)[max(order - 1, 0) :].sum() / 990
        for order in range(5)
    ]
    assert found == digits(2.74949, 1.98953, 1.09587, 0.480653, 0.213356)


@pytest.mark.parametrize(
    ("order", "contexts"), [(0, 1), (1, 24), (2, 188), (3, 464), (4, 670)]
)
def test_how_many_contexts_the_address_has(order, contexts):
    history = " " + GA.train
    seen = {history[max(i - order, 0) : i] for i in range(1, len(history))}
    starts = max(order - 1, 0)  # shorter ones, at the start
    longest = {context for context in seen if len(context) == order}
    assert len(longest) + starts == contexts
    model = fitted(order, "none")
    assert all(model.counts(context).any() for context in longest)


def test_what_was_never_seen_in_the_address():
    found = [int(np.isinf(on_test(fitted(order, "none"))).sum()) for order in range(5)]
    assert found == [0, 34, 135, 226, 293]


@pytest.mark.parametrize(
    ("alpha", "prices"),
    [
        (1.0, (2.77237, 2.42945, 2.56947, 2.79692, 2.97967)),
        (0.1, (2.77154, 2.37233, 2.26243, 2.38751, 2.65741)),
    ],
)
def test_what_the_last_sentence_costs_with_add_alpha(alpha, prices):
    found = [on_test(fitted(order, "add", alpha)).mean() for order in range(5)]
    assert found == digits(*prices)


def test_what_the_last_sentence_costs_with_witten_bell():
    found = [on_test(fitted(order)).mean() for order in range(6)]
    assert found == digits(2.77217, 2.31817, 2.16361, 2.12597, 2.18004, 2.23817)
    assert min(found) / math.log(2) == pytest.approx(3.06713, rel=1e-5, abs=0)
    assert math.exp(min(found)) == pytest.approx(8.38110, rel=1e-5, abs=0)


def test_what_the_last_chapter_of_alice_costs():
    text = alice()
    found = [on_test(fitted(order, text=text.train), text).mean() for order in range(7)]
    wanted = [2.8142, 2.2236, 1.7498, 1.4346, 1.3605, 1.3814, 1.4516]
    assert found == pytest.approx(wanted, rel=5e-5, abs=0)
    assert found[4] / math.log(2) == pytest.approx(1.9628, rel=5e-5, abs=0)
    unseen = [
        int(np.isinf(on_test(fitted(order, "none", text=text.train), text)).sum())
        for order in range(7)
    ]
    assert unseen == [0, 6, 58, 334, 1131, 2307, 3683]


def test_what_each_letter_of_a_phrase_costs():
    prices = (2.0252, 0.3322, 0.7762, 1.2883, 2.9258, 1.3269, 0.4121, 1.9187, 0.6579)
    found = fitted(2).prices("the nation")
    assert found.tolist() == pytest.approx([*prices, 0.1213], rel=5e-4, abs=0)
    assert found.mean() / math.log(2) == pytest.approx(1.70016, rel=1e-5, abs=0)


@pytest.mark.parametrize(
    ("phrase", "totals"),
    [
        ("the nation", (25.7889, 17.7228, 11.7846, 10.6272)),
        ("by the people", (40.6514, 33.7585, 37.8713, 36.8635)),
    ],
)
def test_what_a_phrase_costs_in_all(phrase, totals):
    found = [fitted(order).prices(phrase).sum() for order in range(4)]
    assert found == digits(*totals)


def test_what_a_letter_that_never_came_costs():
    assert fitted(2).prices("qqqq").sum() == pytest.approx(29.5735, rel=1e-5, abs=0)


@pytest.mark.parametrize(
    ("call", "error", "says"),
    [
        (lambda: ce_lib.NGram(-1), ValueError, "order: expected at least 0, got -1"),
        (lambda: ce_lib.NGram(1.5), TypeError, "order: expected an integer, got 1.5"),
        (
            lambda: ce_lib.NGram(smoothing="kneser-ney"),
            ValueError,
            "smoothing: expected 'none' or 'add' or 'witten-bell', got 'kneser-ney'",
        ),
        (lambda: ce_lib.NGram(alpha=0), ValueError, "alpha: expected .* above 0"),
        (lambda: ce_lib.NGram().fit(7), TypeError, "text: expected text, got int"),
        (lambda: ce_lib.NGram().fit(""), ValueError, "text: expected at least one"),
        (
            lambda: ce_lib.NGram().fit("four Score"),
            ValueError,
            "text: expected the 27 symbols.*got 'S' at position 5; .*normalise",
        ),
        (
            lambda: ce_lib.NGram().fit("a").prices("né"),
            ValueError,
            "text: .*got 'é' at position 1",
        ),
        (
            lambda: ce_lib.NGram().fit("a").counts("\n"),
            ValueError,
            r"context: .*got '\\n' at position 0",
        ),
        (
            lambda: ce_lib.NGram().prices("a"),
            ValueError,
            r"expected a fitted model; call fit\(text\)",
        ),
    ],
)
def test_what_is_refused(call, error, says):
    with pytest.raises(error, match=says):
        call()

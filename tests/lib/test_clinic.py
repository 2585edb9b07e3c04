"""The clinic: a number says what was computed, and a message what PyTorch complains of."""

import ast
import math
import re
from itertools import pairwise

import numpy as np
import pytest
import torch
from code_as_prose import as_prose
from numpy.testing import assert_allclose
from sklearn.metrics import log_loss
from test_imports import LIBRARY, imports
from torch.nn import functional

from ce_lib.clinic import _landmarks as landmarks
from ce_lib.clinic import diagnose
from ce_lib.clinic._report import _PLACE
from ce_lib.clinic._symptom import VERDICTS
from ce_lib.clinic.catalogue import groups, symptoms
from ce_lib.clinic.symptoms.number import CLIPS

SYMPTOMS = symptoms()


def found(**readings):
    """The names of what is found, the gravest first."""
    return [finding.symptom for finding in diagnose(**readings).findings]


def finding(symptom, **readings):
    (one,) = (f for f in diagnose(**readings).findings if f.symptom == symptom)
    return one


# The landmarks


def test_no_prediction_that_misses_is_cheaper_than_the_least_miss():
    rng = np.random.default_rng(0)
    for classes, smoothing in [(2, 0.0), (4, 0.0), (4, 0.1), (10, 0.3)]:
        target = np.full(classes, smoothing / classes)
        target[0] += 1 - smoothing
        q = rng.dirichlet(np.ones(classes), 20_000)
        misses = q[q[:, 0] <= q[:, 1:].max(axis=1)]
        least = landmarks.least_miss(classes, smoothing)
        assert -(np.log(misses) @ target).max() >= least * (1 - 1e-12)
        other = target[1]
        tied = np.full(classes, other or 1e-300)
        tied[:2] = (
            target[0] + other
        ) / 2  # the truth and one rival share what they have
        assert_allclose(-(np.log(tied) * target).sum(), least, rtol=1e-12)


def test_an_accuracy_and_the_least_loss_at_it_go_back_and_forth():
    for classes, smoothing in [(2, 0.0), (10, 0.0), (10, 0.1)]:
        for accuracy in (0.0, 0.3, 0.95, 1.0):
            least = landmarks.least_loss(accuracy, classes, smoothing)
            back = landmarks.least_accuracy(least, classes, smoothing)
            assert math.isclose(back, accuracy, rel_tol=1e-9, abs_tol=0)


def test_the_honest_loss_is_what_a_forecast_of_fixed_sureness_pays_and_the_least_of_its_kind():
    accuracy, classes = 0.9, 10
    sure = np.linspace(0.11, 0.999, 2000)
    rest = (1 - sure) / (classes - 1)
    paid = -accuracy * np.log(sure) - (1 - accuracy) * np.log(rest)
    honest = landmarks.honest_loss(accuracy, classes, 0)
    assert abs(sure[paid.argmin()] - accuracy) < 1e-3
    assert honest <= paid.min() <= honest * 1.0001


@pytest.mark.parametrize("classes", [2, 4, 10, 1000])
def test_behind_a_softmax_too_many_nothing_is_below_its_floor_or_1_above(classes):
    sure = torch.zeros(1, classes, dtype=torch.float64)
    sure[0, 0] = 1  # what a softmax gives at most
    for label, above in [(0, 0), (1, 1)]:
        loss = functional.cross_entropy(sure, torch.tensor([label])).item()
        assert_allclose(landmarks.twice_floor(classes) + above, loss, rtol=1e-12)


# Each rule fires where it should, and is silent beside that.

#: A symptom, the readings that show it, and what must change for it to go.
CASES = [
    ("first-loss-is-ln-k", {"num_classes": 10, "first_loss": 2.3}, {"first_loss": 2.8}),
    (
        "first-loss-above-ln-k",
        {"num_classes": 50257, "first_loss": 14.2},
        {"first_loss": 10.9},
    ),
    (
        "first-loss-many-times-ln-k",
        {"num_classes": 27, "first_loss": 26},
        {"first_loss": 9},
    ),
    (
        "first-loss-below-ln-k",
        {"num_classes": 10, "first_loss": 1.15},
        {"first_loss": 2.25},
    ),
    (
        "first-loss-is-the-shares",
        {"num_classes": 2, "first_loss": 0.056, "shares": [0.99, 0.01]},
        {"first_loss": 0.1},
    ),
    (
        "first-loss-in-bits",
        {"num_classes": 10, "first_loss": 3.3219},
        {"num_classes": 11},
    ),
    (
        "first-loss-is-a-sum",
        {"num_classes": 10, "first_loss": 73.68},
        {"first_loss": 74.5},
    ),
    (
        "first-loss-is-a-share",
        {"num_classes": 10, "first_loss": 0.2303},
        {"first_loss": 0.24},
    ),
    ("nan", {"loss": math.nan}, {"loss": 1}),
    ("infinite", {"val_loss": math.inf}, {"val_loss": 1}),
    ("below-minus-one", {"loss": -1980}, {"loss": -0.9}),
    ("between-minus-one-and-zero", {"loss": -1}, {"loss": -1.1}),
    ("just-below-zero", {"loss": -1.19e-7}, {"loss": -0.01}),
    ("exactly-zero", {"loss": 0}, {"loss": 1e-9}),
    ("stays-at-ln-k", {"num_classes": 10, "loss": 2.303}, {"loss": 2.2}),
    ("sits-at-ln-2", {"num_classes": 2, "loss": 0.693}, {"loss": 0.67}),
    (
        "what-the-shares-cost",
        {"num_classes": 2, "loss": 0.056, "shares": [0.99, 0.01]},
        {"loss": 0.05},
    ),
    ("above-ln-k", {"num_classes": 10, "loss": 2.9}, {"loss": 2.3}),
    (
        "above-the-shares",
        {"num_classes": 2, "loss": 0.3, "shares": [0.99, 0.01]},
        {"loss": 0.04},
    ),
    ("one-large-loss", {"loss": 34.5388}, {"loss": 34.4}),
    ("is-it-good", {"num_classes": 10, "loss": 0.5}, {"loss": 2.4}),
    (
        "lower-than-possible",
        {"num_classes": 10, "loss": 0.2, "accuracy": 0.5},
        {"accuracy": 0.72},
    ),
    (
        "stops-far-above-zero",
        {"num_classes": 10, "loss": 1.51115, "accuracy": 0.95},
        {"loss": 1.4},
    ),
    (
        "dearer-than-honest",
        {"num_classes": 10, "loss": 0.9, "accuracy": 0.9},
        {"loss": 0.5},
    ),
    ("yes-or-no-per-class", {"num_classes": 10, "loss": 0.325}, {"num_classes": 20}),
    (
        "share-of-the-commonest",
        {"num_classes": 2, "accuracy": 0.99, "shares": [0.99, 0.01]},
        {"accuracy": 0.97},
    ),
    (
        "below-the-smoothed-floor",
        {"num_classes": 4, "loss": 0.3, "label_smoothing": 0.1},
        {"loss": 0.35},
    ),
    (
        "mostly-floor",
        {"num_classes": 4, "loss": 0.36, "label_smoothing": 0.1},
        {"loss": 0.7},
    ),
    ("weighted", {"loss": 1, "weight": [1, 5]}, {"weight": [2, 2]}),
    ("coarse-steps", {"loss": 2.3, "dtype": "bfloat16"}, {"dtype": "float32"}),
    ("too-little-room", {"loss": math.nan, "dtype": "float16"}, {"loss": 1}),
    ("validation-below-training", {"loss": 1.0, "val_loss": 0.9}, {"val_loss": 1.0}),
    ("validation-above-training", {"loss": 1.0, "val_loss": 1.4}, {"val_loss": 1.2}),
]


@pytest.mark.parametrize(
    ("name", "readings", "other"), CASES, ids=[c[0] for c in CASES]
)
def test_a_rule_fires_where_it_should_and_is_silent_beside(name, readings, other):
    assert name in found(**readings)
    assert name not in found(**(readings | other))


@pytest.mark.parametrize(
    ("name", "readings", "other"), CASES, ids=[c[0] for c in CASES]
)
def test_a_sentence_names_the_number_and_leaves_no_place_open(name, readings, other):
    one = next(f for f in diagnose(**readings).findings if f.symptom == name)
    assert "{" not in one.sentence
    assert one.sentence[-1] in ".?"
    assert re.search(r"\d|nan|∞", one.sentence) or name == "weighted"
    assert one.page == f"loss-clinic#{name}"


def test_every_rule_has_a_case():
    assert [name for name, one in SYMPTOMS.items() if one.rule] == [
        name for name in SYMPTOMS if name in {case[0] for case in CASES}
    ]
    assert len(CASES) == sum(one.rule is not None for one in SYMPTOMS.values())


#: Readings as they are read, and what is to be said first.
PRESETS = [
    ((10, 2.30259, 1.51115, 0.95), "stops-far-above-zero"),
    ((2, 0.693147, 0.693147, 0.5), "sits-at-ln-2"),
    ((50257, 14.2, None, None), "first-loss-above-ln-k"),
    ((10, 2.3, 0.9, 0.9), "dearer-than-honest"),
    ((10, 2.3, 0.2, 0.5), "lower-than-possible"),
]


@pytest.mark.parametrize(("readings", "first"), PRESETS)
def test_the_gravest_comes_first(readings, first):
    classes, start, loss, accuracy = readings
    names = found(num_classes=classes, first_loss=start, loss=loss, accuracy=accuracy)
    assert names[0] == first
    report = diagnose(
        num_classes=classes, first_loss=start, loss=loss, accuracy=accuracy
    )
    ranks = [VERDICTS.index(one.verdict) for one in report.findings]
    assert all(a <= b for a, b in pairwise(ranks))


def test_the_numbers_of_the_sentences_are_right():
    assert (
        "71.1 % right"
        in finding(
            "lower-than-possible", num_classes=10, loss=0.2, accuracy=0.5
        ).sentence
    )
    assert (
        "up to 9 nats"
        in finding(
            "dearer-than-honest", num_classes=10, loss=0.9, accuracy=0.9
        ).sentence
    )
    assert (
        "s = 2.598"
        in finding("first-loss-above-ln-k", num_classes=50257, first_loss=14.2).sentence
    )
    assert (
        "0.0560"
        in finding("what-the-shares-cost", loss=0.056, shares=[0.99, 0.01]).sentence
    )
    assert (
        "steps of 0.0156"
        in finding("coarse-steps", loss=2.3, dtype=torch.bfloat16).sentence
    )
    assert (
        "above z = 11.09"
        in finding("too-little-room", loss=math.nan, dtype=np.float16).sentence
    )


@pytest.mark.parametrize(
    ("classes", "first"),
    [(2, 0.7), (2, 0.85), (10, 2.31), (10, 2.46), (1000, 7.05), (50257, 10.9886)],
)
def test_a_healthy_start_is_not_called_suspicious(classes, first):
    (one,) = diagnose(num_classes=classes, first_loss=first).findings
    assert one.verdict == "as it should be"


@pytest.mark.parametrize("classes", [2, 10, 1000])
def test_the_start_of_a_fresh_linear_layer_is_healthy(classes):
    torch.manual_seed(0)
    z = torch.nn.Linear(256, classes)(torch.randn(1000, 256))
    loss = functional.cross_entropy(z, torch.randint(classes, (1000,)))
    (one,) = diagnose(num_classes=classes, first_loss=loss).findings
    assert one.verdict == "as it should be"


#: Odd runs, what is to be said first, and words that must stand there.
ODD = [
    ({"num_classes": 10, "first_loss": 3.3219}, "first-loss-in-bits", "log₂ 10"),
    ({"num_classes": 10, "first_loss": 147.84}, "first-loss-many-times-ln-k", "64"),
    ({"num_classes": 10, "first_loss": 9.24}, "first-loss-many-times-ln-k", "4 times"),
    ({"num_classes": 10, "first_loss": 73.68}, "first-loss-is-a-sum", "32 times"),
    ({"num_classes": 10, "first_loss": 1.865}, "first-loss-below-ln-k", "below"),
    ({"num_classes": 10, "loss": -0.0}, "exactly-zero", "exactly 0"),
    ({"num_classes": 2, "loss": 0.693, "accuracy": 0.95}, "sits-at-ln-2", "95 %"),
    ({"num_classes": 10, "loss": 2.303, "accuracy": 0.9}, "stays-at-ln-k", "90 %"),
    ({"num_classes": 10, "loss": 0.2, "accuracy": 0.5}, "lower-than-possible", "go"),
    (
        {"num_classes": 1000, "val_loss": 1.0, "label_smoothing": 0.1},
        "below-the-smoothed-floor",
        "plain ones?",
    ),
]


@pytest.mark.parametrize(("readings", "name", "words"), ODD)
def test_of_an_odd_run_the_exact_reading_comes_first(readings, name, words):
    one = diagnose(**readings).findings[0]
    assert one.symptom == name
    assert words in one.sentence


def test_near_chance_and_mostly_right_no_miss_is_called_dear():
    assert "dearer-than-honest" not in found(num_classes=2, loss=0.693, accuracy=0.95)
    assert "dearer-than-honest" in found(num_classes=2, loss=0.8, accuracy=0.95)


@pytest.mark.parametrize(
    ("readings", "who"),
    [
        ({"num_classes": 10, "loss": 14.506, "accuracy": 0.1}, "Keras"),
        ({"num_classes": 2, "loss": 50, "accuracy": 0.5}, "BCELoss"),
    ],
)
def test_a_clip_is_known_by_what_each_miss_costs(readings, who):
    sentence = finding("one-large-loss", **readings).sentence
    assert "every miss costs" in sentence
    assert "dearer-than-honest" not in found(**readings)
    assert who in sentence


def test_only_a_plain_loss_is_read_as_a_probability():
    plain = {"num_classes": 1000, "loss": 1.9, "accuracy": 0.7}
    assert "typically" in finding("is-it-good", **plain).sentence
    for other in ({"label_smoothing": 0.1}, {"weight": [1, *[2] * 999]}):
        assert "typically" not in finding("is-it-good", **plain, **other).sentence


CODE = re.compile(r"`([^`]+)`")
CHECKS = [
    (name, code)
    for name, one in SYMPTOMS.items()
    for cause in one.causes
    for code in CODE.findall(cause.check)
]


@pytest.mark.parametrize(("name", "code"), CHECKS)
def test_the_code_of_a_check_parses(name, code):
    ast.parse(code)


def checked(symptom, cause, **known):
    """What the code of a check shows: the value of its last expression."""
    (code, *_) = CODE.findall(SYMPTOMS[symptom].causes[cause].check)
    *before, last = ast.parse(code).body
    known = {"F": functional, "torch": torch} | known
    exec(compile(ast.Module(before, []), symptom, "exec"), known)
    assert isinstance(last, ast.Expr)
    return eval(compile(ast.Expression(last.value), symptom, "eval"), known)


def test_checks_see_what_they_are_to_find():
    model = torch.nn.Linear(3, 3)
    model.weight.requires_grad_(requires_grad=False)
    ce(model(Z), Y).backward()
    assert checked("stays-at-ln-k", 0, model=model) == ["weight"]
    ignored = torch.tensor([0, -100])
    loss, accuracy = checked("lower-than-possible", 0, z=Z, y=ignored)
    assert accuracy == 1
    assert loss == ce(Z[:1], Y[:1])
    hard = torch.tensor([[1.0, 0.0], [0.5, 0.5]])
    assert_allclose(checked("late-zero", 0, p=hard), math.log(2) / 2, rtol=1e-6)
    assert checked("yes-or-no-per-class", 0, q=Z.softmax(1), y=Y) == 1
    assert_allclose(checked("below-minus-one", 0, x=Z.log_softmax(1)), 1, rtol=1e-6)
    assert (checked("below-minus-one", 0, x=Z) > 2).all()


def test_a_healthy_run_is_not_called_ill():
    report = diagnose(
        num_classes=10,
        first_loss=2.31,
        loss=0.2,
        accuracy=0.94,
        val_loss=0.22,
        val_accuracy=0.93,
        shares=[0.1] * 10,
        dtype="float32",
    )
    assert {one.verdict for one in report.findings} <= {
        "worth knowing",
        "as it should be",
    }


# The same from real losses, gone wrong in the ways that are named


def batch(classes=10, n=4000, right=0.95, sure=12.0, seed=0):
    """Logits that are quite sure, and right so often."""
    rng = np.random.default_rng(seed)
    y = rng.integers(classes, size=n)
    said = np.where(rng.random(n) < right, y, (y + 1) % classes)
    z = torch.zeros(n, classes, dtype=torch.float64)
    z[range(n), said] = sure
    return z, torch.tensor(y), float((said == y).mean())


def test_a_softmax_twice_is_found_by_its_number():
    z, y, accuracy = batch()
    loss = functional.cross_entropy(z.softmax(1), y)
    assert (
        found(num_classes=10, loss=loss, accuracy=accuracy)[0] == "stops-far-above-zero"
    )
    once = functional.cross_entropy(z, y)
    assert "stops-far-above-zero" not in found(
        num_classes=10, loss=once, accuracy=accuracy
    )


def test_padding_in_the_mean_is_found_by_the_accuracy():
    z, y, accuracy = batch(right=0.5, sure=0.1)
    loss = functional.cross_entropy(z, y, reduction="none")
    padded = torch.cat([loss, torch.zeros(9 * len(loss))]).mean()
    assert (
        found(num_classes=10, loss=padded, accuracy=accuracy)[0]
        == "lower-than-possible"
    )
    assert "lower-than-possible" not in found(
        num_classes=10, loss=loss.mean(), accuracy=accuracy
    )


def test_first_logits_that_scatter_are_found_with_their_deviation():
    rng = torch.Generator().manual_seed(0)
    z = 2.6 * torch.randn(4000, 1000, generator=rng, dtype=torch.float64)
    loss = functional.cross_entropy(z, torch.arange(4000) % 1000)
    one = finding("first-loss-above-ln-k", num_classes=1000, first_loss=loss)
    (sigma,) = re.findall(r"s = ([\d.]+)", one.sentence)
    assert 2.5 < float(sigma) < 2.7


def test_the_last_digit_of_a_logarithm_is_no_scatter():
    for classes in (2, 3, 10, 1000):
        assert landmarks.scatter(math.nextafter(math.log(classes), 9), classes) == 0


def test_losses_below_0_are_told_apart():
    z, y, _ = batch(sure=3)
    assert "below-minus-one" in found(loss=functional.nll_loss(z, y))
    assert "between-minus-one-and-zero" in found(
        loss=functional.nll_loss(z.softmax(1), y)
    )
    mask = torch.full((4,), 255.0)
    masked = functional.binary_cross_entropy_with_logits(torch.full((4,), 3.0), mask)
    assert found(num_classes=2, loss=masked)[0] == "below-minus-one"


def test_sums_shares_and_bits_are_told_apart():
    z, y = torch.zeros(32, 10, dtype=torch.float64), torch.arange(32) % 10
    mean = functional.cross_entropy(z, y)
    summed = functional.cross_entropy(z, y, reduction="sum")
    assert "first-loss-is-a-sum" in found(num_classes=10, first_loss=summed)
    assert (
        "32 times ln 10"
        in finding("first-loss-is-a-sum", num_classes=10, first_loss=summed).sentence
    )
    assert "first-loss-in-bits" in found(num_classes=10, first_loss=mean / math.log(2))
    target = functional.one_hot(y, 10).double()
    with pytest.warns(UserWarning, match="batchmean"):
        divided = functional.kl_div(z.log_softmax(1), target, reduction="mean")
    assert "first-loss-is-a-share" in found(num_classes=10, first_loss=divided)


def test_a_yes_or_no_for_each_class_is_found():
    y = torch.arange(200) % 10
    always_no = torch.full((200, 10), math.log(1 / 9), dtype=torch.float64)
    loss = functional.binary_cross_entropy_with_logits(
        always_no, functional.one_hot(y, 10).double()
    )
    assert "yes-or-no-per-class" in found(num_classes=10, loss=loss)


def test_clips_are_found_by_what_they_charge_at_most():
    ruled_out = np.array([[1.0, 0.0], [1.0, 0.0]])
    for loss in (
        log_loss([1, 1], ruled_out, labels=[0, 1]),
        log_loss([1, 1], ruled_out.astype(np.float32), labels=[0, 1]),
        functional.binary_cross_entropy(torch.tensor([0.0]), torch.tensor([1.0])),
        -math.log(1e-7),
    ):
        assert "one-large-loss" in found(loss=loss)


def test_the_least_a_smoothed_loss_can_be_is_the_floor_of_its_labels():
    z = torch.zeros(1, 4, dtype=torch.float64)
    z[0, 0] = math.log(0.925 / 0.025)
    loss = functional.cross_entropy(z, torch.tensor([0]), label_smoothing=0.1)
    names = found(num_classes=4, loss=loss, label_smoothing=0.1)
    assert "mostly-floor" in names
    assert "below-the-smoothed-floor" not in names
    assert found(num_classes=4, loss=0.98 * loss, label_smoothing=0.1)[0] == (
        "below-the-smoothed-floor"
    )


def test_class_weights_say_nothing_of_accuracy_and_shift_the_shares():
    assert "lower-than-possible" not in found(
        num_classes=2, loss=0.1, accuracy=0.5, weight=[1, 9]
    )
    balanced = {"shares": [0.9, 0.1], "weight": [1, 9]}
    assert "sits-at-ln-2" in found(num_classes=2, loss=0.693, **balanced)
    assert "what-the-shares-cost" not in found(num_classes=2, loss=0.325, **balanced)


# Messages


Z, Y = torch.tensor([[2, 1, 0.5], [0.5, 2.5, 1]]), torch.tensor([0, 1])
LOGIT, YES = torch.tensor([0.5, -1, 2]), torch.tensor([1.0, 0, 1])
ce, bce = functional.cross_entropy, functional.binary_cross_entropy_with_logits

#: What is done wrong, and what it is called.
COMPLAINTS = [
    (lambda: ce(Z, Y.float()), "class-numbers-as-floats"),
    (lambda: ce(Z, functional.one_hot(Y, 3)), "one-hot-whole-numbers"),
    (lambda: ce(Z, Y[:, None]), "multi-target"),
    (lambda: functional.nll_loss(Z, functional.one_hot(Y, 3)), "multi-target"),
    (
        lambda: ce(torch.zeros(2, 4, 3), torch.zeros(2, 4).long()),
        "expected-target-size",
    ),
    (
        lambda: ce(torch.zeros(2, 3, 4, 4), torch.zeros(2, 1, 4, 4).long()),
        "only-spatial-targets",
    ),
    (lambda: ce(Z, torch.tensor([0, 1, 2])), "batch-size-does-not-match"),
    (lambda: ce(Z, torch.tensor([0, 3])), "target-out-of-bounds"),
    (lambda: ce(Z, torch.tensor([0, -1])), "mark-out-of-bounds"),
    (lambda: ce(Z, torch.tensor([0, 255])), "mark-out-of-bounds"),
    (
        lambda: functional.embedding(torch.tensor([10]), torch.ones(4, 2)),
        "index-out-of-range",
    ),
    (
        lambda: ce(Z.clone().requires_grad_(), Y, reduction="none").backward(),
        "only-for-scalars",
    ),
    (
        lambda: functional.binary_cross_entropy(YES, 255 * YES),
        "targets-between-0-and-1",
    ),
    (lambda: ce(Z.long(), Y), "logits-of-whole-numbers"),
    (lambda: ce(Z, Y, weight=torch.ones(3).double()), "weights-of-another-type"),
    (lambda: ce(Z, Y, weight=torch.ones(4)), "weights-of-another-length"),
    (lambda: ce(Z, Z.softmax(1), ignore_index=0), "ignore-index-with-probabilities"),
    (lambda: torch.nn.CrossEntropyLoss(Z, Y), "boolean-value-is-ambiguous"),
    (lambda: bce(LOGIT[:, None], YES), "target-size-differs"),
    (
        lambda: functional.binary_cross_entropy(LOGIT.sigmoid()[:, None], YES),
        "target-size-differs",
    ),
    (lambda: bce(LOGIT, YES.long()), "yes-or-no-in-whole-numbers"),
    (
        lambda: functional.binary_cross_entropy(LOGIT.sigmoid(), YES.long()),
        "yes-or-no-in-whole-numbers",
    ),
    (lambda: functional.binary_cross_entropy(LOGIT, YES), "between-0-and-1"),
    (lambda: log_loss([1, 1], [[0.7, 0.3], [0.5, 0.5]]), "only-one-label"),
]


@pytest.mark.parametrize(
    ("call", "name"), COMPLAINTS, ids=[name for _, name in COMPLAINTS]
)
def test_what_pytorch_says_is_understood(call, name):
    with pytest.raises((RuntimeError, ValueError, IndexError)) as raised:
        call()
    assert found(message=raised.value)[0] == name
    assert found(message=str(raised.value)) == found(message=raised.value)


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (lambda: functional.kl_div(Z, Z.softmax(1)), "mean-divides-by-both"),
        (lambda: log_loss([0, 1], [[0.7, 0.7], [0.5, 0.5]]), "rows-do-not-sum-to-one"),
    ],
)
def test_what_is_warned_of_is_understood(call, name):
    with pytest.warns(UserWarning, match="mean|sum to one") as warned:
        call()
    assert found(message=str(warned[0].message)) == [name]


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("CUDA error: device-side assert triggered", "device-side-assert"),
        ("Assertion `t >= 0 && t < n_classes` failed.", "device-side-assert"),
        (
            "torch.OutOfMemoryError: CUDA out of memory. Tried to allocate",
            "out-of-memory",
        ),
        (
            "torch.nn.functional.binary_cross_entropy and torch.nn.BCELoss are unsafe to "
            "autocast.",
            "unsafe-to-autocast",
        ),
        (
            "Received `from_logits=True`, but the `output` argument was produced by a Softmax "
            "activation",
            "from-logits-of-a-softmax",
        ),
        ("1D target tensor expected, multi-target not supported", "multi-target"),
        ("Shapes (None, 1) and (None, 10) are incompatible", "shapes-incompatible"),
        (
            "Received a label value of 10 which is outside the valid range of [0, 10).",
            "target-out-of-bounds",
        ),
        (
            "\"nll_loss_forward_reduce_cuda_kernel_2d_index\" not implemented for 'Int'",
            "class-numbers-as-floats",
        ),
        ("expected scalar type Long but found Int", "class-numbers-as-floats"),
        (
            "Assertion `target_val >= zero && target_val <= one` failed.",
            "targets-between-0-and-1",
        ),
    ],
)
def test_what_only_other_machines_say_is_understood(words, name):
    assert found(message=words) == [name]


def test_every_message_of_the_clinic_is_said_somewhere():
    understood = {name for _, name in COMPLAINTS}
    others = {
        "mean-divides-by-both",
        "rows-do-not-sum-to-one",
        "device-side-assert",
        "out-of-memory",
        "unsafe-to-autocast",
        "from-logits-of-a-softmax",
        "shapes-incompatible",
    }
    assert {name for name, one in SYMPTOMS.items() if one.said} == understood | others


def test_words_that_are_no_complaint_lead_to_nothing():
    report = diagnose(message="have a nice day")
    assert report.findings == ()
    assert repr(report) == "The clinic does not know these words."
    assert "does not know these words" in report._repr_html_()
    assert repr(diagnose(num_classes=10)) == "Nothing that was given is a symptom."


@pytest.mark.parametrize(
    "words",
    [
        "index 10 is out of bounds for axis 0 with size 10",
        "Received `from_logits=True`, but the `output` argument was produced by a "
        "Sigmoid activation",
    ],
)
def test_words_that_only_look_like_a_complaint_are_not_taken_for_it(words):
    report = diagnose(message=words)
    assert report.findings == ()
    assert report.unknown


# What is refused


@pytest.mark.parametrize(
    ("readings", "words"),
    [
        ({}, "expected at least one of num_classes, .*, message; got none"),
        ({"num_classes": 1}, "num_classes: expected at least 2 classes, got 1"),
        ({"num_classes": 2.5}, "num_classes: expected a whole number, got 2.5"),
        ({"num_classes": True}, "num_classes: expected a whole number, got True"),
        ({"loss": "0.5"}, "loss: expected a number, got '0.5'"),
        ({"loss": True}, "loss: expected a number, got True"),
        ({"loss": np.ones(3)}, "loss: expected one number, got several"),
        ({"first_loss": [1]}, r"first_loss: expected a number, got \[1\]"),
        (
            {"accuracy": 95},
            "accuracy: expected a share from 0 to 1, got 95; 95 % is 0.95",
        ),
        (
            {"val_accuracy": -0.1},
            "val_accuracy: expected a share from 0 to 1, got -0.1",
        ),
        ({"accuracy": math.nan}, "accuracy: expected a share from 0 to 1, got nan"),
        (
            {"label_smoothing": 1.5},
            "label_smoothing: expected a share from 0 to 1, got 1.5",
        ),
        (
            {"shares": [0.5, 0.4]},
            "shares: expected .* sum to 1, got the sum 0.9; counts become",
        ),
        ({"shares": [1.5, -0.5]}, "shares: expected numbers of at least 0, got -0.5"),
        (
            {"shares": [1.0]},
            r"shares: expected one number for each class, got shape \(1,\)",
        ),
        (
            {"shares": {"rock": 1}},
            "shares: expected an array in the order of its classes",
        ),
        (
            {"num_classes": 3, "shares": [0.5, 0.5]},
            "shares: expected 3 numbers, one for each class, got 2",
        ),
        (
            {"shares": [0.5, 0.5], "weight": [1, 1, 1]},
            "weight: expected 2 numbers, one for each class, got 3",
        ),
        ({"weight": [0, 0]}, "weight: expected one above 0, got zeros"),
        (
            {"shares": [1, 0], "weight": [0, 1]},
            "weight: expected one above 0 for a class that occurs",
        ),
        ({"dtype": "float8"}, "dtype: expected one of float16, .*, got 'float8'"),
        ({"message": 3}, "message: expected a text or an exception, got 3"),
    ],
)
def test_readings_that_cannot_be_are_refused_with_their_names(readings, words):
    with pytest.raises((TypeError, ValueError), match=words):
        diagnose(**readings)


def test_tensors_arrays_and_formats_of_both_libraries_are_read():
    assert (
        found(loss=torch.tensor(-3.0)) == found(loss=np.float32(-3)) == found(loss=-3)
    )
    for dtype in ("float16", np.float16, np.dtype("float16"), torch.float16):
        assert "too-little-room" in found(loss=math.inf, dtype=dtype)
    shares = torch.tensor([0.99, 0.01])
    assert found(loss=0.056, shares=shares) == found(loss=0.056, shares=[0.99, 0.01])


# The report, and what the clinic is made of


def test_a_report_tells_the_causes_in_their_order_the_check_and_the_page():
    text = repr(diagnose(num_classes=10, loss=1.51115, accuracy=0.95))
    assert text.startswith("SUSPICIOUS\n  95 % right")
    assert "  1. A softmax too many" in text
    assert "     Try: `z.sum(1)`, of what the loss gets" in text
    part = "chapters/pytorch-in-practice.html#a-softmax-too-many-a-softmax-too-few"
    assert f"     See {part}" in text
    assert text.index("  1. ") < text.index("  2. ") < text.index("  3. ")
    assert "All of it: chapters/loss-clinic.html#stops-far-above-zero" in text
    assert max(map(len, text.splitlines())) <= 100


def test_a_notebook_shows_the_report_as_html():
    html = diagnose(message="t >= 0 && t < n_classes")._repr_html_()
    assert (
        "<strong>Broken.</strong> Device-side assert triggered, <code>t &gt;= 0" in html
    )
    assert "<ol><li>" in html
    assert "<code>F.cross_entropy(z.cpu(), y.cpu())</code>" in html
    assert diagnose(num_classes=10)._repr_html_().startswith("<p>Nothing")


def test_what_is_right_needs_no_causes():
    text = repr(diagnose(num_classes=10, first_loss=2.3))
    assert text.startswith("AS IT SHOULD BE")
    assert "1. " not in text


@pytest.mark.parametrize("name", SYMPTOMS)
def test_a_symptom_has_causes_checks_and_words_to_be_found_by(name):
    one = SYMPTOMS[name]
    assert one.seen[-1] != "."
    assert one.causes
    assert len({cause.sentence for cause in one.causes}) == len(one.causes)
    for cause in one.causes:
        assert cause.sentence[-1] in ".?…", cause
        assert cause.check or cause.page, cause
        assert cause.sentence.count("`") % 2 == cause.check.count("`") % 2 == 0
        assert not _PLACE.search(cause.sentence), "a place in braces that nobody fills"
    assert one.causes[0].check
    assert one.asked
    assert re.fullmatch(r"[a-z0-9-]+", name)


@pytest.mark.parametrize("name", SYMPTOMS)
def test_no_code_stands_as_prose_in_a_symptom(name):
    one = SYMPTOMS[name]
    said = [one.seen, *one.says.values()]
    said += [text for cause in one.causes for text in (cause.sentence, cause.check)]
    assert [code for text in said for code in as_prose(_PLACE.sub("", text))] == []


def test_no_clip_is_named_with_code_as_prose():
    assert [as_prose(name) for name in CLIPS if as_prose(name)] == []


def test_the_likeliest_cause_of_what_is_asked_most_comes_first():
    firsts = {
        "stops-far-above-zero": "softmax too many",
        "stays-at-ln-k": "No signal",
        "below-minus-one": "got logits",
        "lower-than-possible": "padding",
        "dearer-than-honest": "few sure mistakes",
        "multi-target": "(N, 1)",
        "device-side-assert": "A label is out of bounds",
        "validation-below-training": "Dropout",
        "accumulation-differs": "Means of unequal parts",
        "weights-have-no-effect": "one case",
        "contrastive-at-ln-n": "ln N is chance",
    }
    for name, words in firsts.items():
        assert words in SYMPTOMS[name].causes[0].sentence, name


PLACES = sorted(LIBRARY.glob("clinic/symptoms/*.py"))


def test_symptoms_are_found_by_being_there_in_groups_with_a_title_and_a_sentence():
    written = sum(
        len(
            re.findall(r"^@symptom\(|^\w+ = complaint\(", path.read_text("utf-8"), re.M)
        )
        for path in PLACES
    )
    assert (
        len(SYMPTOMS) == written == sum(len(group.symptoms) for group in groups()) > 80
    )
    assert len(groups()) == len(PLACES) - 1
    for group in groups():
        assert group.title
        assert group.about.endswith(".")


@pytest.mark.parametrize("path", PLACES, ids=lambda p: p.name)
def test_symptoms_import_the_library_only(path):
    for module in imports(path.read_text("utf-8")):
        assert module.split(".")[0] in {"__future__", "ce_lib", "collections", "math"}

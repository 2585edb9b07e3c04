"""The audit of losses: what is right passes, and known faults are called by their names."""

import subprocess
import sys

import numpy as np
import pytest
import torch
from sklearn.metrics import log_loss
from test_imports import LIBRARY, ROOT, imports
from torch.nn import functional

import ce_lib
from ce_lib.audit import __main__ as command
from ce_lib.audit import audit_loss
from ce_lib.audit._registry import causes, promises


def softmax(z, axis=1):
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    return e / e.sum(axis=axis, keepdims=True)


def own(q, y):
    return q[np.arange(len(y)), y]


def textbook(z, y):
    far = z - z.max(axis=1, keepdims=True)
    return np.log(np.exp(far).sum(axis=1)) - own(far, y)


def mean(z, y):
    return textbook(z, y).mean()


# Broken as public trackers report it: the loss, and words of its usual cause.


def softmax_twice(z, y):
    return functional.cross_entropy(torch.softmax(z, 1), y)


def softmax_over_the_batch(z, y):
    return -np.log(own(softmax(z, axis=0), y)).mean()


def softmax_over_all_entries(z, y):
    return -np.log(own(softmax(z, axis=None), y)).mean()


def no_shift(z, y):
    return -np.log(own(np.exp(z), y) / np.exp(z).sum(axis=1)).mean()


def shift_of_the_batch(z, y):
    far = z - z.max()
    return (np.log(np.exp(far).sum(axis=1)) - own(far, y)).mean()


def log_of_a_little_more(z, y):
    return -np.log(own(softmax(z), y) + 1e-8).mean()


def clipped(z, t):
    return -(t * np.log(np.clip(softmax(z), 1e-7, 1 - 1e-7))).sum(axis=1).mean()


def mean_of_all_entries(z, t):
    log_q = np.log(softmax(z) + 1e-300)
    return -(t * log_q).mean()


def wrong_sign(y_true, y_pred):
    return (y_true * np.log(y_pred)).sum(axis=1).mean()


def raw_scores(z, y):
    return -own(z, y).mean()


def labels_from_one(z, y):
    return mean(z, y - 1)


def columns_of_all_labels(z, y):
    far = z - z.max(axis=1, keepdims=True)
    return (np.log(np.exp(far).sum(axis=1))[:, None] - far[:, y]).mean()


def in_bits(z, y):
    return mean(z, y) / np.log(2)


def sigmoids(z, t):
    return (np.logaddexp(0, z) - t * z).sum(axis=1).mean() + 0 * softmax(z).sum()


def log_of_softmax(z, y):
    return -np.log(own(softmax(z), y)).mean()


def mask_of_zero_and_one(z, t):
    far = z - z.max(axis=1, keepdims=True)
    log_q = far - np.log(np.exp(far).sum(axis=1, keepdims=True))
    return -(t.astype(int) * log_q).sum(axis=1).mean()


def always_smoothed(z, y):
    far = z - z.max(axis=1, keepdims=True)
    each = np.log(np.exp(far).sum(axis=1, keepdims=True)) - far
    return (0.8 * own(each, y) + 0.2 * each.mean(axis=1)).mean()


def smoothed_over_the_others(z, y, label_smoothing=0.0):
    t = np.full(z.shape, label_smoothing / (z.shape[1] - 1))
    t[np.arange(len(y)), y] = 1 - label_smoothing
    return ce_lib.softmax_cross_entropy(z, t)


def ignored_rows_counted(z, y, ignore_index=-100):
    keep = y != ignore_index
    return np.where(keep, textbook(z, np.where(keep, y, 0)), 0).mean()


def ignored_rows_multiplied(z, y, ignore_index=-1):
    keep = y != ignore_index
    return (textbook(z, np.where(keep, y, 0)) * keep).sum() / keep.sum()


def with_grad(z, y):
    slope = softmax(z)
    slope[np.arange(len(y)), y] -= 1
    return mean(z, y), slope / len(y)


def gradient_without_n(z, y):
    value, slope = with_grad(z, y)
    return value, slope * len(y)


def gradient_turned(z, y):
    value, slope = with_grad(z, y)
    return value, -slope


def gradient_without_truth(z, y):
    return mean(z, y), softmax(z) / len(y)


def gradient_cut_off(z, y):
    return -torch.log(torch.softmax(z, 1)[range(len(y)), y].clamp(1e-7, 1)).mean()


def sigmoid_twice(z, t):
    return functional.binary_cross_entropy_with_logits(torch.sigmoid(z), t)


def log_of_one_plus_exp(z, t):
    return (np.log(1 + np.exp(z)) - t * z).mean()


def written_in_place(z, y):
    z -= z.max(axis=1, keepdims=True)
    return mean(z, y)


PRICE, FAR = "a row costs", "it stays right far out"

#: Each fault with a promise that it breaks, and words of the usual cause.
BROKEN = [
    (softmax_twice, PRICE, "Softmax is applied twice"),
    (softmax_twice, "dL/dz is right", "Softmax is applied twice"),
    (softmax_over_the_batch, PRICE, "down the columns"),
    (softmax_over_all_entries, "a batch costs", "an axis is missing"),
    (no_shift, FAR, "nothing is subtracted before exp"),
    (
        shift_of_the_batch,
        "rows far from each other",
        "of the whole batch is subtracted",
    ),
    (log_of_a_little_more, PRICE, "1e-08 is added inside the log"),
    (log_of_a_little_more, "no loss is below 0", "1e-08 is added inside the log"),
    (clipped, PRICE, "clipped, to 1e-07"),
    (mean_of_all_entries, PRICE, "all N·K entries"),
    (wrong_sign, PRICE, "The minus is missing"),
    (labels_from_one, PRICE, "start at 1"),
    (columns_of_all_labels, "a batch costs", "z[:, y]"),
    (in_bits, PRICE, "bits"),
    (sigmoids, PRICE, "yes-or-no losses"),
    (log_of_softmax, FAR, "a share that has become 0"),
    (mask_of_zero_and_one, "a logit of −∞", "0·log 0"),
    (always_smoothed, PRICE, "smoothed by 0.2, asked or not"),
    (smoothed_over_the_others, "smoothing by ε", "ε/(K − 1) each"),
    (ignored_rows_counted, "an ignored row counts", "divides by all rows"),
    (ignored_rows_multiplied, "what stands in an ignored", "A mask multiplies"),
    (gradient_without_n, "dL/dz is right", "divided by N and the gradient is not"),
    (gradient_turned, "dL/dz is right", "The sign is turned"),
    (gradient_without_truth, "dL/dz is right", "The truth is missing"),
    (gradient_without_truth, "dL/dz sums to 0", "The truth is missing"),
    (gradient_cut_off, "dL/dz stays right far out", "clipped, to 1e-07"),
    (sigmoid_twice, PRICE, "Sigmoid is applied twice"),
    (log_of_one_plus_exp, FAR, "nothing is subtracted before exp"),
    (written_in_place, "it leaves its input", "writes into the caller's array"),
]

REPORTS = {}


def report(loss, **options):
    key = (loss, *options.items())
    if key not in REPORTS:
        REPORTS[key] = audit_loss(loss, **options)
    return REPORTS[key]


def finding(loss, promise, **options):
    (found,) = (
        f for f in report(loss, **options).findings if f.promise.startswith(promise)
    )
    return found


@pytest.mark.in_turn(2)
@pytest.mark.parametrize(
    ("loss", "promise", "words"), BROKEN, ids=lambda v: getattr(v, "__name__", None)
)
def test_a_known_fault_is_called_by_its_name(loss, promise, words):
    found = finding(loss, promise)
    assert found.verdict == "wrong"
    assert words in found.cause
    assert found.input
    assert report(loss).status() == 1


RIGHT = [
    ce_lib.softmax_cross_entropy_with_grad,
    ce_lib.log_score,
    ce_lib.binary_cross_entropy_with_logits_with_grad,
]


@pytest.mark.parametrize("loss", RIGHT, ids=lambda f: f.__name__)
def test_the_library_keeps_every_promise(loss):
    assert report(loss).status(strict=True) == 0, report(loss)


@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
def test_the_library_keeps_them_under_every_reduction(reduction):
    def loss(z, y):
        return ce_lib.softmax_cross_entropy_with_grad(z, y, reduction=reduction)

    done = report(loss)
    assert done.status(strict=True) == 0, done
    words = {"mean": "the mean", "sum": "the sum", "none": "one number per row"}
    assert f"gives {words[reduction]} and a gradient" in done.called


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize(
    "loss",
    [functional.cross_entropy, functional.binary_cross_entropy_with_logits],
    ids=lambda f: f.__name__,
)
def test_pytorchs_losses_lose_digits_and_are_right(loss, dtype):
    done = report(loss, dtype=dtype)
    assert "and a gradient" in done.called
    assert done.status() == 0, done
    assert done.status(strict=True) == 1


def test_losing_digits_is_no_failure_unless_it_is_strict():
    assert report(mean).status() == 0
    assert report(mean).status(strict=True) == 1
    assert finding(mean, "at least half the digits are right").right.startswith("2.06")


def test_scikit_learns_log_loss_is_found_to_clip():
    found = finding(log_loss, PRICE)
    assert "f(classes, probabilities)" in report(log_loss).called
    assert "clipped, to 2.2e-16" in found.cause


def test_the_smallest_input_that_fails_is_shown():
    found = finding(no_shift, FAR)
    assert found.input == "z = [710, 0], y = 0"
    assert found.returned == "NaN"
    assert finding(clipped, FAR).right == "60.00"


CALLED = [
    (lambda z, y: mean(z, y), "f(logits, classes) in float64 of NumPy"),
    (lambda y, z: mean(z, y), "f(classes, logits) in float64 of NumPy"),
    (lambda z, t: -(t * np.log(softmax(z))).sum(1).mean(), "f(logits, one-hot)"),
    (lambda q, y: -np.log(own(q, y)).sum(), "f(probabilities, classes)"),
    (lambda q, t: -np.log(np.where(t == 1, q, 1 - q)), "f(probability, yes or no)"),
    (functional.nll_loss, "f(log-probabilities, classes) in float64 of PyTorch"),
]


@pytest.mark.parametrize(("loss", "words"), CALLED)
def test_how_it_wants_to_be_called_is_found(loss, words):
    assert words in report(loss).called


def test_minus_a_score_is_right_of_log_probabilities_and_wrong_of_logits():
    assert report(raw_scores).status() == 0
    found = finding(raw_scores, PRICE, given="logits")
    assert "log_softmax is missing" in found.cause


def test_a_sum_that_is_meant_as_a_mean_is_called_so():
    found = finding(lambda z, y: textbook(z, y).sum(), PRICE, reduction="mean")
    assert "the division by N is missing" in found.cause


def test_what_is_not_asked_is_said():
    assert finding(mean, "dL/dz is right").verdict == "not asked"
    assert finding(mean, "an ignored row").verdict == "not asked"
    assert finding(mean, "smoothing").verdict == "not asked"


def test_a_label_that_does_not_count_may_be_told():
    def loss(z, y):
        return mean(z[y != 7], y[y != 7])

    assert finding(loss, "an ignored row").verdict == "not asked"
    assert finding(loss, "an ignored row", ignore_index=7).verdict == "holds"


def test_a_loss_that_raises_is_wrong_where_it_raises():
    def loss(z, y):
        if abs(z).max() > 500:
            raise OverflowError
        return mean(z, y)

    assert finding(loss, FAR).returned == "raises OverflowError"


def test_a_report_is_a_table_in_a_notebook():
    text = report(clipped)._repr_html_()
    assert text.count("<tr>") == 1 + len(report(clipped).findings)
    assert "clipped, to 1e-07" in text


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"loss": 3}, "loss: expected a callable, got int"),
        ({"loss": lambda: 0}, "loss: expected a cross-entropy, but it runs in no way"),
        ({"loss": mean, "given": "odds"}, "given: expected one of logits,"),
        (
            {"loss": mean, "reduction": "avg"},
            "reduction: expected one of mean, sum, none",
        ),
        ({"loss": mean, "dtype": "float16"}, "dtype: expected one of float64, float32"),
    ],
)
def test_what_cannot_be_audited_is_refused(options, words):
    with pytest.raises((TypeError, ValueError), match=words):
        audit_loss(**options)


def test_the_command_prints_the_report_and_says_by_its_status_what_it_found(tmp_path):
    (tmp_path / "mine.py").write_text(
        "import numpy as np\n"
        "def loss(z, y):\n"
        "    e = np.exp(z)\n"
        "    return -np.log(e[range(len(y)), y] / e.sum(axis=1)).mean()\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "ce_lib.audit", "mine:loss"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert "WRONG\n  Usual cause: The exponentials run out of range" in done.stdout
    assert "z = [710, 0], y = 0" in done.stdout


def test_only_strict_fails_on_lost_digits(capsys):
    target = "torch.nn:CrossEntropyLoss"  # a class makes a loss
    assert command.main([target, "--from", "logits"]) == 0
    assert "LOSES DIGITS" in capsys.readouterr().out
    assert command.main([target, "--from", "logits", "--strict"]) == 1


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("ce_lib", "ce_lib: expected module:function"),
        ("no_such_module:loss", "no_such_module:loss: cannot import no_such_module"),
        ("ce_lib:loss", "ce_lib:loss: there is no loss in ce_lib"),
        ("ce_lib:__version__", "ce_lib:__version__: expected a callable, got str"),
        ("ce_lib:one_hot", "ce_lib:one_hot: loss: expected a cross-entropy"),
    ],
)
def test_bad_usage_is_one_line_that_names_the_argument(target, words, capsys):
    assert command.main([target]) == 2
    said = capsys.readouterr().err
    assert said.startswith(words)
    assert said.count("\n") == 1


def test_an_unknown_option_is_bad_usage(capsys):
    with pytest.raises(SystemExit) as stop:
        command.main(["ce_lib:log_score", "--from", "odds"])
    assert stop.value.code == 2
    assert "--from" in capsys.readouterr().err


PLACES = [*LIBRARY.glob("audit/promises/*.py"), *LIBRARY.glob("audit/causes/*.py")]


@pytest.mark.parametrize("path", PLACES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_promises_and_causes_import_numpy_and_the_library_only(path):
    for module in imports(path.read_text("utf-8")):
        top = module.split(".")[0]
        assert top in {"numpy", "ce_lib"} or top in sys.stdlib_module_names, module


def test_every_cause_can_explain_a_promise():
    about = {promise.about for promise in promises()}
    for cause in causes():
        assert cause.about.partition(" of ")[0] in about, cause


def test_promises_and_causes_are_found_by_being_there():
    written = sum(path.read_text("utf-8").count("\n@promise(") for path in PLACES)
    assert len(promises()) == written > 15
    written = sum(path.read_text("utf-8").count("\n@cause(") for path in PLACES)
    assert len(causes()) == written > 30

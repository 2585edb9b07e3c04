"""Functions are checked by properties, and the smallest failing input is shown."""

import math
import warnings

import numpy as np
import pytest
import torch

from ce_lib import entropy, fit_temperature, kl_divergence, reliability_curve
from ce_lib.practice import check, hint
from ce_lib.practice.catalogue import CODE


def softmax(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


@pytest.mark.parametrize("id", CODE)
def test_the_library_passes(id):
    verdict = check(id, CODE[id].task.reference)
    assert verdict, verdict


def _softly(z, y):
    """The loss of one case, by sums and logarithms alone."""
    return math.log(sum(math.exp(a - z[y]) for a in z))


def _plain_softmax(z):
    return [1 / sum(math.exp(b - a) for b in z) for a in z]


def _plain_distilled(student, teacher, y, T, alpha):
    soft = hard = 0.0
    for s, t, label in zip(student, teacher, y, strict=True):
        p, q = _plain_softmax(t / T), _plain_softmax(s / T)
        soft += sum(a * math.log(a / b) for a, b in zip(p, q, strict=True))
        hard += _softly(s, label)
    return (alpha * T**2 * soft + (1 - alpha) * hard) / len(y)


def _plain_scores(theta, x):
    return [sum(w * a for w, a in zip(row, [*x, 1], strict=True)) for row in theta]


def _plain_log(z, k):
    """Minus the loss of class k, where the others may be next to nothing."""
    top, *others = sorted((a - z[k] for a in z), reverse=True)
    return -top - math.log1p(sum(math.exp(a - top) for a in others))


def _plain_logs(theta, X):
    rows = [_plain_scores(theta, x) for x in X]
    return [[_plain_log(z, k) for k in range(len(z))] for z in rows]


def _plain_slope(theta, X, Y, k, d):
    """The slope of the mean loss in one weight, or in a bias."""
    return sum(
        (math.exp(logs[k]) - y[k]) * [*x, 1][d]
        for logs, x, y in zip(_plain_logs(theta, X), X, Y, strict=True)
    ) / len(X)


def _plain_price(theta, X, Y):
    logs = _plain_logs(theta, X)
    return -sum(
        a * b for p, q in zip(Y, logs, strict=True) for a, b in zip(p, q, strict=True)
    )


def _plain_quotient(theta, X, Y, h, at):
    step = h * (np.indices(theta.shape) == np.reshape(at, (2, 1, 1))).all(axis=0)
    up, down = (_plain_price(theta + sign * step, X, Y) for sign in (1, -1))
    return (up - down) / (2 * h * len(X))


def _each_number(theta, slope):
    return np.reshape([slope(*at) for at in np.ndindex(theta.shape)], theta.shape)


def _prices(row):
    """What each class would cost if it were the true one."""
    *others, top = sorted(row)
    rest = math.log1p(sum(math.exp(a - top) for a in others))
    return [top - a + rest for a in row]


def _mean_price(z, y):
    return sum(_prices(row)[k] for row, k in zip(z, y, strict=True)) / len(y)


def _plain_gaps(claims, hits, n_bins):
    gaps, shares = [], []
    for b in range(n_bins):
        inside = [i for i, c in enumerate(claims) if b < c * n_bins <= b + 1]
        if inside:
            gaps.append(abs(sum(claims[i] - hits[i] for i in inside)) / len(inside))
            shares.append(len(inside) / len(claims))
    return sum(g * s for g, s in zip(gaps, shares, strict=True)), max(gaps)


def _plain_loss_slope(z, y, b):
    total = 0.0
    for row, k in zip(z, y, strict=True):
        weights = [math.exp(b * (a - max(row))) for a in row]
        total += sum(w * a for w, a in zip(weights, row, strict=True)) / sum(weights)
        total -= row[k]
    return total / len(y)


def _plain_report(z, y):
    tops = [1 / sum(math.exp(a - max(row)) for a in row) for row in z]
    prices = [
        max(row) - row[k] - math.log(top)
        for row, k, top in zip(z, y, tops, strict=True)
    ]
    right = [row[k] == max(row) for row, k in zip(z, y, strict=True)]
    return [sum(each) / len(y) for each in (prices, right, tops)]


def _plain_adam(push, m, v, t):
    m, v = m + (push - m) / 10, v + (push * push - v) / 1000
    size = math.sqrt(v / (1 - 0.999**t))
    return m / (1 - 0.9**t) / (size + 1e-8), m, v


def _focal_pull(q):
    """Minus the derivative of −(1 − q)² ln q."""
    return (1 - q) ** 2 / q - 2 * (1 - q) * math.log(q)


#: What the references of the book's own say, in plain Python and by another way.
PLAINLY = {
    "lab-asked-for": lambda p, w: [
        [
            a * u / sum(b * v for b, v in zip(row, w, strict=True))
            for a, u in zip(row, w, strict=True)
        ]
        for row in p
    ],
    "lab-honest": lambda q: [
        _focal_pull(1 - a) / (_focal_pull(a) + _focal_pull(1 - a)) for a in q
    ],
    "lab-log-probabilities": _plain_logs,
    "lab-gradient": lambda theta, X, Y: _each_number(
        theta, lambda k, d: _plain_slope(theta, X, Y, k, d)
    ),
    "lab-differences": lambda theta, X, Y, h: _each_number(
        theta, lambda k, d: _plain_quotient(theta, X, Y, h, (k, d))
    ),
    "lab-lightest": lambda theta: [
        [a - sum(column) / len(theta) for a, column in zip(row, theta.T, strict=True)]
        for row in theta
    ],
    "lab-split": lambda p, q: (
        sum(a * math.log(1 / a) for a in p if a),
        sum(
            a * (math.log(a / b) if b else math.inf)
            for a, b in zip(p, q, strict=True)
            if a
        ),
    ),
    "lab-scores": lambda q, y: (
        math.log(1 / q[y]) if q[y] else math.inf,
        sum((a - (k == y)) ** 2 for k, a in enumerate(q)),
    ),
    "function-logistic-loss": lambda z, s: (
        sum(
            max(0, -a * b) + math.log1p(math.exp(-abs(a)))
            for a, b in zip(z, s, strict=True)
        )
        / len(z)
    ),
    "function-binary-cross-entropy": lambda z, y: [
        max(0, a) - a * b + math.log1p(math.exp(-abs(a)))
        for a, b in zip(z, y, strict=True)
    ],
    "function-mean-loss": lambda z, y, base: (
        sum(
            _softly([a - max(row) for a in row], k)
            if min(row) > -700
            else max(row) - row[k]
            for row, k in zip(z, y, strict=True)
        )
        / len(y)
        / math.log(base)
    ),
    "exercise-write-distil": _plain_distilled,
    "exercise-write-merge": lambda m1, s1, m2, s2: (
        np.maximum(m1, m2),
        sum(
            s * np.exp(np.minimum(m - n, 0)) if np.any(np.isfinite(m)) else 0 * s
            for m, s, n in ((m1, s1, m2), (m2, s2, m1))
        ),
    ),
    "function-undo-weights": lambda q, weight: [
        [
            a / w / sum(b / v for b, v in zip(row, weight, strict=True))
            for a, w in zip(row, weight, strict=True)
        ]
        for row in q
    ],
    "lab-adam": lambda push, m, v, t: np.transpose(
        [_plain_adam(*one, t) for one in zip(push, m, v, strict=True)]
    ),
    "lab-mend-2": lambda z, p: (
        sum(
            a * b
            for row, shares in zip(z, p, strict=True)
            for a, b in zip(_prices(row), shares, strict=True)
        )
        / len(z)
    ),
    "lab-mend-3": lambda z, y, w: _mean_price(
        [[a - math.log(b) for a, b in zip(row, w, strict=True)] for row in z.tolist()],
        y,
    ),
    "lab-mend-4": lambda z, songs: _mean_price(
        [row for programme in z for row in programme[:-1]],
        [song for programme in songs for song in programme[1:]],
    ),
    "lab-mend-5": lambda z, y: _mean_price(
        *zip(*((row, k) for row, k in zip(z, y, strict=True) if k >= 0), strict=True)
    ),
    "lab-mend-6": lambda z, y, n: _mean_price(z, y),
    "function-token-mean": lambda means, counts: (
        sum(mean * n for mean, n in zip(means, counts, strict=True) if n) / sum(counts)
    ),
    "function-next-targets": lambda tokens, prompts, lengths: [
        [int(row[i]) if prompt <= i < length else -100 for i in range(1, len(row))]
        for row, prompt, length in zip(tokens, prompts, lengths, strict=True)
    ],
    "lab-digits-report": _plain_report,
    "lab-gaps": _plain_gaps,
    "lab-loss-slope": _plain_loss_slope,
    "lab-count": lambda context, letter, shape: [
        [list(zip(context, letter, strict=True)).count((c, t)) for t in range(shape[1])]
        for c in range(shape[0])
    ],
    "lab-letter-prices": lambda n, N, alpha, K: [
        math.log((b + K * alpha) / (a + alpha)) if a + alpha else math.inf
        for a, b in zip(n, N, strict=True)
    ],
    "function-two-way": lambda S, T: (
        sum(
            np.logaddexp.reduce((line - line[i]) / T)
            for lines in (S, S.T)
            for i, line in enumerate(lines)
        )
        / (2 * len(S))
    ),
    "exercise-write-ranked": lambda q, y: [
        sum((sum(row[: k + 1]) - (true <= k)) ** 2 for k in range(len(row) - 1))
        for row, true in zip(q, y, strict=True)
    ],
}

OWN = [
    id
    for id, one in CODE.items()
    if one.task.reference.__module__.startswith("ce_lib.practice")
]


@pytest.mark.parametrize("id", OWN)
def test_a_reference_says_what_the_formula_says(id):
    task = CODE[id].task
    rng = np.random.default_rng(0)
    for args in [*task.chosen, *(task.random(rng) for _ in range(20))]:
        plain = np.array(PLAINLY[id](*args))
        np.testing.assert_allclose(task.reference(*args), plain, rtol=1e-9)


@pytest.mark.parametrize("id", CODE)
@pytest.mark.parametrize("stub", [None, ..., "raise", "ellipsis"])
def test_a_stub_is_not_tried(id, stub):
    def raises(*args):
        raise NotImplementedError

    function = {"raise": raises, "ellipsis": lambda *args: ...}.get(stub, stub)
    assert check(id, function).status == "not tried"


LOOP: list[object] = []
LOOP.append(LOOP)


class Unwritable(Exception):
    def __repr__(self):
        raise RuntimeError("no")

    def __array__(self, *args, **kwargs):
        raise RuntimeError("no")

    __str__ = __repr__


def complain(*args):
    raise Unwritable


@pytest.mark.parametrize("id", CODE)
@pytest.mark.parametrize(
    "function",
    [
        lambda *args: None,
        lambda *args: "text",
        lambda *args: 1 / 0,
        lambda: 0,
        lambda *args: np.nan,
        lambda *args: [[1, 2], [3]],
        lambda *args: 0.25,
        lambda *args: exit(),
        lambda *args: LOOP,
        lambda *args: Unwritable(),
        complain,
    ],
)
def test_nonsense_is_wrong_and_never_escapes(id, function):
    assert check(id, function).status == "wrong"


@pytest.mark.parametrize("id", CODE)
def test_anything_but_a_function_is_wrong(id):
    assert check(id, 3.0).sentence.startswith("Hand over the function itself")


def test_an_interrupt_ends_the_check():
    def slow(*args):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check("function-softmax", slow)


def test_tensors_that_need_a_gradient_are_numbers():
    def split(p, q):
        p, q = (torch.tensor(x, requires_grad=True) for x in (p, q))
        floor = torch.special.entr(p).sum()
        return floor, -torch.xlogy(p, q).sum() - floor

    assert check("lab-split", split)
    assert check(
        "function-softmax",
        lambda z: torch.tensor(z, requires_grad=True).softmax(-1),
    )


def test_a_good_function_is_right_and_true():
    assert check("function-softmax", softmax)


@pytest.mark.parametrize(
    ("id", "function", "shown"),
    [
        (
            "function-logistic-loss",
            lambda z, s: np.log(1 + np.exp(-s * z)).mean(),
            "logistic_loss([1000], [-1])",
        ),
        (
            "function-logistic-loss",
            lambda z, s: (np.logaddexp(0, z) - s * z).mean(),  # labels 0 and 1
            "logistic_loss([1], [-1])",
        ),
        (
            "function-softmax",
            lambda z: np.exp(z) / np.exp(z).sum(axis=-1, keepdims=True),
            "softmax([1000, 0])",
        ),
        (
            "function-softmax",
            lambda z: np.exp(z - z.max()) / np.exp(z - z.max()).sum(),
            "softmax([[0, 0], [0, 0]])",
        ),
        ("function-entropy", lambda p: -(p * np.log(p)).sum(), "entropy([1, 0])"),
        (
            "function-kl",
            lambda p, q: (q * np.log(np.where(q > 0, q / p, 1))).sum(),
            "kl_divergence([1, 0]",
        ),
        (
            "function-log-softmax",
            lambda z: np.log(softmax(z) + 1e-15),
            "log_softmax([",
        ),
        (
            "exercise-write-merge",
            lambda m1, s1, m2, s2: (np.maximum(m1, m2), s1 + s2),
            "merge(0, 1, 1, 1)",
        ),
        (
            "exercise-write-merge",
            lambda m1, s1, m2, s2: (
                np.maximum(m1, m2),
                s1 * np.exp(m1 - m2) + s2 if np.all(m2 > m1) else s1,
            ),
            "merge(0, 1, 0, 1)",
        ),
        (
            "exercise-write-merge",
            lambda m1, s1, m2, s2: (
                np.log(s1 * np.exp(m1) + s2 * np.exp(m2)),
                np.ones_like(np.add(s1, s2)),
            ),
            "merge(",
        ),
        (
            "exercise-write-merge",
            lambda m1, s1, m2, s2: (
                np.maximum(m1, m2),
                s1 * np.exp(m1 - np.maximum(m1, m2))
                + s2 * np.exp(m2 - np.maximum(m1, m2)),
            ),
            "merge(-inf, 0, -inf, 0)",
        ),
        (  # the answer's first token is lost: its place is the prompt’s last one
            "function-next-targets",
            lambda tokens, prompts, lengths: np.where(
                (np.arange(1, tokens.shape[1]) > prompts[:, None])
                & (np.arange(1, tokens.shape[1]) < lengths[:, None]),
                tokens[:, 1:],
                -100,
            ),
            "next_targets([[0, 4]], [1], [2])",
        ),
    ],
)
def test_the_smallest_failure_is_shown(id, function, shown):
    verdict = check(id, function)
    assert verdict.status == "wrong"
    assert shown in verdict.sentence


def test_a_sum_for_a_mean_fails_on_two_rows():
    def loss(z, y):
        z = z - z.max(axis=-1, keepdims=True)
        rows = np.log(np.exp(z).sum(axis=-1)) - z[np.arange(len(y)), y]
        return rows.sum()

    verdict = check("function-cross-entropy", loss)
    assert "cross_entropy([[0, 0], [0, 0]], [0, 0])" in verdict.sentence
    assert "expected: 0.6931472" in verdict.sentence


def test_a_changed_input_is_found():
    def loss(z):
        z -= z.max(axis=-1, keepdims=True)
        return softmax(z)

    verdict = check("function-softmax", loss)
    assert "✗ does not change its input" in verdict.sentence


def test_an_escaping_warning_is_found():
    def entropy(p):
        return -np.nansum(p * np.log(p))

    verdict = check("function-entropy", entropy)
    assert "✗ lets no warning escape" in verdict.sentence
    assert "✓ agrees with the reference" in verdict.sentence


def test_digits_near_zero_are_a_task_of_their_own():
    def log_softmax(z):
        z = z - z.max(axis=-1, keepdims=True)
        return z - np.log(np.exp(z).sum(axis=-1, keepdims=True))

    assert check("function-log-softmax", log_softmax)
    verdict = check("function-log-softmax-digits", log_softmax)
    assert "✗ keeps its digits near 0" in verdict.sentence


def test_numbers_that_look_alike_are_shown_with_more_digits():
    def bce(z, y):
        q = 1 / (1 + np.exp(-np.clip(z, -700, 700)))
        return -(y * np.log(q) + (1 - y) * np.log(np.maximum(1 - q, 1e-15)))

    verdict = check("function-binary-cross-entropy", bce)
    came, expected = (
        line.split(":")[1]
        for line in verdict.sentence.splitlines()
        if "came:" in line or "expected:" in line
    )
    assert came.split() != expected.split()


def _floor_alone(p, q):
    return entropy(p), 0.0


def _loud(p, q):
    warnings.warn("loud", RuntimeWarning, stacklevel=2)
    return entropy(p), kl_divergence(p, q)


def _all_bins_alike(claims, hits, n_bins):
    curve = reliability_curve(claims, hits, n_bins)
    gaps = abs(curve.confidence - curve.frequency)
    return gaps.mean(), gaps.max()


def _once(context, letter, shape):
    table = np.zeros(shape)
    table[context, letter] += 1
    return table


@np.errstate(all="ignore")
def _no_zero(n, N, alpha, K):
    return -np.log((n + alpha) / (N + K * alpha))


@pytest.mark.parametrize(
    ("id", "answer", "share"),
    [
        ("lab-gaps", _all_bins_alike, 1 / 2),
        ("lab-loss-slope", lambda z, y, b: _plain_loss_slope(z, y, 1), 1 / 2),
        (
            "lab-temperature-by-hand",
            lambda z, y: round(fit_temperature(z, y), 1),
            1 / 2,
        ),
        ("lab-temperature-by-hand", lambda z, y: 1 / fit_temperature(z, y), 0),
        ("lab-count", _once, 1 / 2),
        ("lab-letter-prices", _no_zero, 2 / 3),
        ("lab-split", lambda p, q: (entropy(p), kl_divergence(p, q)), 1),
        ("lab-split", _floor_alone, 1 / 2),
        ("lab-split", _loud, 1 / 2),
        ("lab-split", lambda p, q: (0.0, 0.0), 0),
        ("function-softmax", lambda z: np.exp(z) / np.exp(z).sum(), 0),
        ("lab-bits", {"floor": entropy([0.7, 0.2, 0.05, 0.05], base=2)}, 1 / 2),
        ("lab-bits", {"floor": 9.0, "excess": None}, 0),
        ("lab-too-good", "b", 1),
        ("lab-too-good", "a", 0),
    ],
)
def test_steps_earn_their_part(id, answer, share):
    assert check(id, answer).share == share


def test_code_has_hints():
    assert hint("function-softmax") != hint("function-softmax", 3)

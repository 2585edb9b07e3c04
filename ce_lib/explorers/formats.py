"""One loss, four ways to compute it, in a number format of few digits.

Every operation gives the exact result rounded once to the format, ties to even, as
IEEE 754 asks. NumPy's own float16 and float32 may be a last digit off in exp and log;
here the page and Python must agree to the last bit, so `decimal` supplies those two.
"""

import math
from collections.abc import Callable, Sequence
from decimal import Context, Decimal

import numpy as np

from ce_lib._formats import FORMATS, Format

#: What a step, or a loss, may be off before it counts as trouble: one part in a hundred.
TOLERANCE = 0.01

#: What may go wrong in a step. The first also stands in the place of a result that is
#: none, such as ∞/∞.
EVENTS = {
    "not_a_number": "not a number",
    "overflow": "overflow",
    "underflow": "underflow",
    "rounding": "rounding",
}

#: How trouble is told: what happened and where, and whether the loss survived it.
TROUBLE = {
    "none": "none",
    "harmful": "{event} in {step}",
    "harmless": "{event} in {step}, harmless",
}

_PRECISE = Context(prec=50)


#: The steps of each way, in order, by their names in `run`.
WAYS = {
    "naive": ("z", "exp_z", "sum_exp_z", "q_naive", "loss_naive"),
    "shifted": ("z", "d", "exp_d", "sum_exp_d", "q_shifted", "loss_shifted"),
    "log_softmax": (
        "z",
        "d",
        "exp_d",
        "sum_exp_d",
        "log_sum",
        "log_q",
        "loss_log_softmax",
    ),
    "log1p": ("z", "d", "exp_d", "rest", "log1p_rest", "loss_log1p"),
}

#: What a step is called when trouble starts there.
STEPS = {
    "z": "the stored z",
    "exp_z": "exp z",
    "sum_exp_z": "the sum",
    "q_naive": "the quotient",
    "d": "z − max z",
    "exp_d": "exp d",
    "sum_exp_d": "the sum",
    "q_shifted": "the quotient",
    "log_sum": "log Σ",
    "log_q": "d − log Σ",
    "rest": "the sum",
    "log1p_rest": "log1p",
    "loss_naive": "−log q",
    "loss_shifted": "−log q",
    "loss_log_softmax": "−log q",
    "loss_log1p": "the loss",
}


def rounded(x: float, name: str) -> float:
    """Return the number of a format that is nearest to ``x``; ties go to even."""
    form = FORMATS[name]
    if name == "float64" or x == 0 or not math.isfinite(x):
        return x
    _, exponent = math.frexp(x)
    unit = max(exponent, 2 - form.emax) - form.bits  # the last place's exponent
    nearest = math.ldexp(round(math.ldexp(x, -unit)), unit)
    return nearest if abs(nearest) <= form.largest else math.copysign(math.inf, x)


def exp(x: float) -> float:
    """Return exp(x), correctly rounded to float64."""
    return float(Decimal(x).exp(_PRECISE))


def log(x: float) -> float:
    """Return log(x) for x >= 0, correctly rounded to float64."""
    if x == 0 or not math.isfinite(x):
        return -math.inf if x == 0 else x
    return float(Decimal(x).ln(_PRECISE))


def log1p(x: float) -> float:
    """Return log(1 + x) for x >= 0, correctly rounded to float64."""
    if x < 2**-54 or not math.isfinite(x):
        return x
    return float(_PRECISE.add(Decimal(1), Decimal(x)).ln(_PRECISE))


def run(
    logits: Sequence[float], target: int, name: str, true_loss: float
) -> tuple[dict[str, list[float | str]], dict[str, str]]:
    """Send logits through all four ways in the format of this name.

    The first dict holds a list for every step of `WAYS`: one entry per class, or a
    single one. The second says for every way what happened first, "overflow in exp z"
    say, or "none"; ", harmless" follows when the loss is right all the same.
    """

    def stored(operation: Callable[[float], float], column: list[float]) -> list[float]:
        return [rounded(operation(value), name) for value in column]

    def total(terms: Sequence[float]) -> float:
        amount = 0.0
        for term in terms:
            amount = rounded(amount + term, name)
        return amount

    z = [rounded(value, name) for value in logits]
    top = z.index(max(z))
    d = stored(lambda value: value - z[top], z)
    exp_z, exp_d = stored(exp, z), stored(exp, d)
    sum_exp_z, sum_exp_d = total(exp_z), total(exp_d)
    q_naive = stored(lambda e: _quotient(e, sum_exp_z), exp_z)
    q_shifted = stored(lambda e: _quotient(e, sum_exp_d), exp_d)
    log_sum = rounded(log(sum_exp_d), name)
    log_q = stored(lambda value: value - log_sum, d)
    rest = total(exp_d[:top] + exp_d[top + 1 :])
    log1p_rest = rounded(log1p(rest), name)
    values = {
        "z": z,
        "exp_z": exp_z,
        "sum_exp_z": [sum_exp_z],
        "q_naive": q_naive,
        "d": d,
        "exp_d": exp_d,
        "sum_exp_d": [sum_exp_d],
        "q_shifted": q_shifted,
        "log_sum": [log_sum],
        "log_q": log_q,
        "rest": [rest],
        "log1p_rest": [log1p_rest],
        "loss_naive": [0 - rounded(log(q_naive[target]), name)],
        "loss_shifted": [0 - rounded(log(q_shifted[target]), name)],
        "loss_log_softmax": [0 - log_q[target]],
        "loss_log1p": [rounded(log1p_rest - d[target], name)],
    }
    exact = _exact(logits, true_loss)
    troubles = {way: _trouble(way, values, exact, name) for way in WAYS}
    words = {key: [worded(value) for value in column] for key, column in values.items()}
    return words, troubles


def worded(value: float) -> float | str:
    """Return a number, or the words for what is none."""
    return EVENTS["not_a_number"] if math.isnan(value) else value


def _quotient(a: float, b: float) -> float:
    return a / b if b else math.nan  # the sum is 0 only when all its terms are


def _exact(logits: Sequence[float], true_loss: float) -> dict[str, list[float]]:
    """Every step in float64, for comparison: far better than one part in a hundred."""
    z = np.array(logits)
    top = z.argmax()
    d = z - z[top]
    with np.errstate(all="ignore"):
        exp_z, exp_d = np.exp(z), np.exp(d)
    share = exp_d / exp_d.sum()
    rest = np.delete(exp_d, top).sum()
    columns = {
        "z": z,
        "exp_z": exp_z,
        "q_naive": share,
        "d": d,
        "exp_d": exp_d,
        "q_shifted": share,
        "log_sum": [np.log1p(rest)],
        "log_q": d - np.log1p(rest),
        "rest": [rest],
        "log1p_rest": [np.log1p(rest)],
    }
    losses = {steps[-1]: [true_loss] for steps in WAYS.values()}
    return {key: [float(x) for x in column] for key, column in columns.items()} | losses


def _trouble(
    way: str, values: dict[str, list[float]], exact: dict[str, list[float]], name: str
) -> str:
    """Say what happened first on one way, and whether its loss survived."""
    loss = WAYS[way][-1]
    told = TROUBLE["harmful" if _off(values[loss], exact[loss]) else "harmless"]
    for step in WAYS[way]:
        if event := _event(step, values, exact, FORMATS[name]):
            return told.format(event=EVENTS[event], step=STEPS[step])
    return TROUBLE["none"]


def _event(
    step: str,
    values: dict[str, list[float]],
    exact: dict[str, list[float]],
    form: Format,
) -> str:
    """Return which of `EVENTS` happens in a step, or nothing."""
    got = values[step]
    if any(math.isnan(x) for x in got):
        return "not_a_number"
    if any(math.isinf(x) for x in got):
        return "overflow"
    if step.startswith(("exp", "q")) and min(got) < form.smallest_normal:
        return "underflow"
    if step.startswith("sum"):
        poor = _sum_is_poor(values[step.removeprefix("sum_")], got[0])
    elif step in ("z", "d", "log_sum", "log_q"):  # 0.01 here is 1 % of a probability
        poor = any(
            abs(x - y) > TOLERANCE for x, y in zip(got, exact[step], strict=True)
        )
    else:
        poor = _off(got, exact[step])
    if step.startswith("q"):
        misses = [math.fsum(np.delete(exact[step], k)) for k in range(len(got))]
        poor = poor or _off([1 - x for x in got], misses)
    return "rounding" if poor else ""


def _off(got: Sequence[float], exact: Sequence[float]) -> bool:
    """Whether a number that cannot be 0 is, or is off by more than the tolerance."""
    return any(
        not 0 < x < math.inf or abs(x - y) > TOLERANCE * y
        for x, y in zip(got, exact, strict=True)
    )


def _sum_is_poor(terms: list[float], amount: float) -> bool:
    """Whether the smaller terms of a sum left less in it, or more, than they are."""
    largest = terms.index(max(terms))
    small = math.fsum(terms[:largest] + terms[largest + 1 :])
    return abs(amount - terms[largest] - small) > TOLERANCE * small

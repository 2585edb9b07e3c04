"""Number formats: rounding as NumPy's types do it, exp and log to the last bit."""

from collections.abc import Iterator

import numpy as np

from ce_lib.explorers import formats

from . import Case

_RNG = np.random.default_rng(3)

LIMITS = ("overflow_above", "zero_below", "lost_beside_one")

NUMBERS = [0.0, 1.0, -2.5, 1e-8, 6e-8, 65519.9, 65520.0, 1e-45, 3.4028236e38, 1e308]
NUMBERS += [1 + 2.0**-11, 1 + 3 * 2.0**-11, 2.0**-25, 2.0**-133, 3 * 2.0**-134]
NUMBERS += (_RNG.normal(size=30) * 10.0 ** _RNG.uniform(-46, 39, 30)).tolist()

EXPONENTS = [0.0, 1.0, -1.0, 88.7, -104.0, 709.78, 709.79, -708.5, -745.0, -746.0]
EXPONENTS += [1e-300, *_RNG.uniform(-745, 709, 60).tolist()]
EXPONENTS += _RNG.uniform(-1, 1, 20).tolist()

POSITIVE = [1.0, 1 + 2.0**-52, 1 - 2.0**-53, 5e-324, 1e-310, 1e308, 3.0]
POSITIVE += (10.0 ** _RNG.uniform(-300, 300, 40)).tolist()
POSITIVE += _RNG.uniform(0, 4, 20).tolist()

RUNS = [
    ([1000.0, 1001.0, 999.0], 0, "float64"),
    ([104.0, 0.0, 0.0], 1, "float32"),
    ([100.0, 0.0, 0.0], 0, "float64"),
    ([17.0, 0.0], 0, "float32"),
    ([2.1, -0.5, -0.3, -0.1], 0, "float16"),
    ([2.1, -0.5, -0.3, -0.1], 3, "bfloat16"),
]


def cases() -> Iterator[Case]:
    for x in NUMBERS:
        for name in formats.FORMATS:
            yield "rounded", (x, name), formats.rounded(x, name)
        with np.errstate(over="ignore"):
            yield "rounded", (x, "float16"), np.float16(x)
            yield "rounded", (x, "float32"), np.float32(x)
    for x in EXPONENTS:
        yield "exp", (x,), formats.exp(x)
    for x in [0.0, *POSITIVE]:
        yield "log", (x,), formats.log(x)
        yield "log1p", (x,), formats.log1p(x)
    for name, form in formats.FORMATS.items():
        yield "limits", (name,), {key: getattr(form, key) for key in LIMITS}
    for logits, target, name in RUNS:
        values, troubles = formats.run(logits, target, name, 1.5)
        yield (
            "run",
            (logits, target, name, 1.5),
            {"values": values, "troubles": troubles},
        )

"""The pages judge, price and keep as Python does."""

import json
import math
from pathlib import Path

import numpy as np
import pytest
from node import node

from ce_lib.practice.catalogue import EXERCISES
from ce_lib.practice.exercise import Choice, plain
from ce_lib.practice.judge import judge
from ce_lib.practice.quiz import score
from ce_lib.practice.reading import number
from ce_lib.practice.record import summary
from ce_lib.practice.sentences import Unreadable

ODD = """\
0|-0|1|0.5|½|1/3|-2/3|1/0|1e3|1e-400|1e400|1e99999|1e999999|.5|5.|,5|0,357|1,234.5
1 234|+1|- 1|−1|–1|--1|1.2.3|0x10|1_000|35%|35 %|35.7 %|%|inf|-inf|∞|−∞|+∞|infinity
nan|NaN|-nan|1 nat|1.204 nats|2 bits|2bit|nats|ln 4|-ln 0.3|=1.204|≈ 1.204|~1|1·10⁻²
1*10^-2|1 × 10^2|2.5e-1|2.5E-1|...|…|?| |yes|no|No |c|<b>1</b>|"1"|'1'|[1]|(1)|[1, 2]
0.1 0.2 0.3|0.1,0.2,0.3|0,1 0,2 0,3 0,4|0.1;0.2;0.3|0,1;0,2;0,3|1,2,3,4|1, 2, 3, 4
array([1., 2.])|tensor([0.1, 0.2], dtype=float64)|[[1],[2]]|1/2 1/4|0.1,,0.2|;|,|[]
1\u00a0000|1\u202f2|\u2009|３|１/２|٣|İ|ß|\U0001f600|1e+05|00.50|0.0|0.00 0.000|100
200 20 0.693|200 20 1|1001|17|17.0|16.5|1.7e1|-0.7|1e16|9007199254740993|0.1 nan
0.1 inf|inf inf|-1.43 0.1|1 %|1 % 2 %|1% 2% 3% 4%|1/|/2|1/2/3|1/nan|e|pi|π|10^2|2^3|1e
e5|1e5.5|+|.|-|1 bits 2 bits|ln 2; 1/3|ln(2) 1/3|ln 2 ln 3|[ln(0,3), 0,5]|ln 2,ln 3
(ln 2, ln 3)|((ln 2)/(ln 3); 1)|log(2) 3|ln(2)\0; 3|(1+2)e; 3; 4; 5|0.1 -0.2|- 1 2""".replace(
    "\n", "|"
).split("|")

#: Closed forms, and what looks like one: sense, two senses, nonsense, and malice.
FORMS = """\
1/sqrt(2 pi e)|½ ln(2πe)|e^-4|e⁻⁴|10⁻³|10^-3|2·10⁻³|-ln 0,7|−ln(0.7)|log2(3)|log₂ 3|log_2 e
log10 2|log₁₀(1000)|log 3|log23|log2.5|log2|√2/2|√√16|√2π|√2^3|√ln 4|2π|1/2π|1/2 ln 2|(1/2)π
ln 7/2|ln 3/ln 2|3·ln 2|3 × ln 2 + 1|ln 2π|ln √2π|ln 2(3)|ln -1|ln 0|-ln 0|0·ln 0|2^ln 0|1/ln 0
1/0|0^-1|0^0|(-8)^(1/3)|(-2)^3|-2^2|2^-3|2^3^2|e^2π|e^(2)π|e^ln 2 · 3|e^1000|e^-1000|10^400
1 -2|1 - 2|1-2|--1|1+-1|2·-3|1 - 30 %|1/3 %|-ln 30 %|-ln(30 %)|50 % 2|5%%|[1]|(1]|(1|1)|()|(
1/|·2|2 3|2 ½|½ 2|1e|2e3|2e^3|pie|π e|foo|np.log(3)|__import__('os')|constructor|toString|1;2
ln 3 nats|ln 3 bits|= √2|EXP(1)|exp 1 000|9**9|9^9^9^9|3!||x||e^{-4}|1,5·2|√(2,25)|⅔|⅞ e|ln½"""
MALICE = [
    *(
        "(" * 99 + "1" + ")" * 99,
        "√" * 199 + "2",
        "2" + "^2" * 90,
        "ln " * 60,
        "9" * 999,
    ),
    *("(" * n + "1" + ")" * n for n in range(27, 33)),
    *(
        "1+" * 99 + "1",
        "1+" * 99 + "11",
        "1+" * 100 + "1",
        "1" + "·1" * 98,
        "." * 200,
        "(" * 1001,
        "-" * 300,
        "1e9" * 60,
    ),
]
ATOMS = [
    "2",
    "0.3",
    "1,5",
    "½",
    "π",
    "e",
    "10",
    "7",
    "1e-3",
    "(1/3)",
    "%",
    "",
    "-",
    ")",
]
JOINS = ["+", " - ", "-", "·", "/", " ", "^", "", "**", " -", "÷", "%"]
CALLS = ["ln", "log2", "exp", "√", "sqrt", "log10", "log", "sin"]


def form(rng: np.random.Generator, depth: int = 0) -> str:
    """Write what is mostly a closed form."""
    kind = rng.choice(4, p=[0.3, 0.4, 0.2, 0.1]) if depth < 4 else 0
    if kind == 0:
        weights = np.array([*[12.0] * 10, 1, 1, 1, 1])
        return str(rng.choice(ATOMS, p=weights / weights.sum()))
    if kind == 1:
        weights = np.array([6.0, 6, 3, 6, 6, 2, 4, 1, 1, 0.5, 1, 0.2])
        join = rng.choice(JOINS, p=weights / weights.sum())
        return f"{form(rng, depth + 1)}{join}{form(rng, depth + 1)}"
    if kind == 2:
        weights = np.array([9.0, 5, 5, 5, 5, 3, 0.5, 0.5])
        name = rng.choice(CALLS, p=weights / weights.sum())
        inner = form(rng, depth + 1)
        return f"{name}({inner})" if rng.random() < 0.7 else f"{name} {inner}"
    return f"({form(rng, depth + 1)})"


def forms() -> list[list[object]]:
    """What is read in each: [text, whether per cent may be, value or sentence]."""
    rng = np.random.default_rng(3)
    texts = FORMS.replace("\n", "|").split("|") + MALICE
    texts += [form(rng) for _ in range(4000)]
    found: list[list[object]] = []
    for text in dict.fromkeys(texts):
        for percent in (False, True):
            try:
                read: object = as_json(number(text, "nats", percent).value)
            except Unreadable as problem:
                read = {"sentence": str(problem)}
            found.append([text, percent, read])
    return found


def typed(field) -> list[str]:
    """The right answer and the known mistakes, as exactly as somebody may type them."""
    if isinstance(field, Choice):
        return [option.key for option in field.options]
    found = []
    for value in (field.answer, *(mistake.value for mistake in field.mistakes)):
        numbers = np.atleast_1d(np.asarray(value, dtype=float))
        for digits in (1, 2, 3, 4, 6, 17):
            text = " ".join(f"{entry:#.{digits}g}" for entry in numbers)
            found += [text, text.replace(".", ",").replace("-", "−")]
    return found


def outside(field) -> list[str]:
    """What no probability and no price can be, as often as numbers are asked for."""
    if isinstance(field, Choice):
        return []
    return [" ".join([text] * np.size(field.answer)) for text in ("-8.765", "8.765")]


def odd(field, rng: np.random.Generator) -> list[str]:
    """What else somebody might type: near the answer and the mistakes, and anything."""
    if isinstance(field, Choice):
        return ODD
    found = list(ODD)
    for value in (field.answer, *(mistake.value for mistake in field.mistakes)):
        numbers = np.atleast_1d(np.asarray(value, dtype=float))
        for factor in (-1, 100, 0.01, 1.005, 1 + 1e-4, 1 + 1.01e-4, rng.normal()):
            moved = numbers * factor
            for digits in (1, 2, 3, 4, 6, 17):
                joint = rng.choice([" ", ", ", ";", ","])
                text = joint.join(f"{entry:#.{digits}g}" for entry in moved)
                found += [text, text.replace(".", ",").replace("-", "−")]
        for decimals in (1, 2, 3, 4):
            found.append(" ".join(f"{entry:.{decimals}f}" for entry in numbers))
        found.append(" ".join(f"{entry:.4g}" for entry in rng.permutation(numbers)))
        found.append(" ".join(f"{entry:.4g}" for entry in numbers[:-1]))
        other = numbers.copy()
        other[0] += 1
        found.append(" ".join(f"{entry:.4g}" for entry in other))
        found += [f"{text} nats" for text in found[-2:]] + [f"{numbers[0]:.3%}"]
    return found


def kind(field) -> tuple[object, ...]:
    """What the rules for reading and judging a field depend on."""
    if isinstance(field, Choice):
        return (field.kind,)
    values = np.atleast_1d(np.asarray(field.answer, dtype=float))
    return field.kind, field.unit, field.probability, bool((values < 0).any())


def bets(rng: np.random.Generator, count: int) -> list[tuple[list[float], int]]:
    made = []
    for _ in range(count):
        K = int(rng.integers(2, 6))
        shares = rng.multinomial(100, rng.dirichlet(np.full(K, 0.6))) / 100
        made.append(([float(share) for share in shares], int(rng.integers(K))))
    return made


def as_json(values: object) -> object:
    return plain(values)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rng = np.random.default_rng(0)
    fields, kinds = [], set()
    for exercise in EXERCISES.values():
        for field in exercise.fields:
            texts = typed(field) + outside(field)
            if kind(field) not in kinds:  # once for every kind is enough
                kinds.add(kind(field))
                texts += odd(field, rng)
            cases = [[text, *judge(field, text)] for text in texts]
            name = f"{exercise.id}.{field.name}"
            fields.append({"name": name, "field": field.to_json(), "cases": cases})
    priced = [{"q": q, "y": y, "want": as_json(score(q, y))} for q, y in bets(rng, 200)]
    summaries = []
    for count in (1, 2, 3, 8, 26, 60):
        for _ in range(5):
            some = bets(rng, count)
            found = summary(some)
            want = {
                "bets": found.bets,
                "ruledOut": found.ruled_out,
                "meanLog": as_json(found.mean_log),
                "meanLogRest": as_json(found.mean_log_rest),
                "meanBrier": found.mean_brier,
                "evenLog": found.even_log,
                "evenBrier": found.even_brier,
                "sure": found.sure,
                "right": found.right,
                "confidence": as_json(found.curve.confidence),
                "frequency": as_json(found.curve.frequency),
                "sizes": as_json(found.curve.counts),
            }
            summaries.append(
                {"bets": [{"q": q, "y": y} for q, y in some], "want": want}
            )
    assert any(math.isinf(summary([(b["q"], b["y"])]).mean_log) for b in priced)
    path = tmp_path_factory.mktemp("practice") / "given.json"
    path.write_text(
        json.dumps(
            {
                "fields": fields,
                "forms": forms(),
                "bets": priced,
                "summaries": summaries,
            }
        )
    )
    return path


def test_javascript_judges_prices_and_keeps_as_python_does(given: Path) -> None:
    run = node("--test", "web/tests/practice.test.mjs", PRACTICE=str(given))
    assert run.returncode == 0, run.stdout[-4000:] + run.stderr[-2000:]

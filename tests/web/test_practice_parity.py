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
from ce_lib.practice.record import summary

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
e5|1e5.5|+|.|-|1 bits 2 bits""".replace("\n", "|").split("|")


def typed(field) -> list[str]:
    """The right answer and the known mistakes, as exactly as somebody may type them."""
    if isinstance(field, Choice):
        return [option.key for option in field.options]
    found = []
    for value in (field.answer, *(mistake.value for mistake in field.mistakes)):
        numbers = np.atleast_1d(np.asarray(value, dtype=float))
        for digits in (1, 2, 3, 4, 6, 17):
            text = " ".join(f"{number:#.{digits}g}" for number in numbers)
            found += [text, text.replace(".", ",").replace("-", "−")]
    return found


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
                text = joint.join(f"{number:#.{digits}g}" for number in moved)
                found += [text, text.replace(".", ",").replace("-", "−")]
        for decimals in (1, 2, 3, 4):
            found.append(" ".join(f"{number:.{decimals}f}" for number in numbers))
        found.append(" ".join(f"{number:.4g}" for number in rng.permutation(numbers)))
        found.append(" ".join(f"{number:.4g}" for number in numbers[:-1]))
        other = numbers.copy()
        other[0] += 1
        found.append(" ".join(f"{number:.4g}" for number in other))
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
            texts = typed(field)
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
        json.dumps({"fields": fields, "bets": priced, "summaries": summaries})
    )
    return path


def test_javascript_judges_prices_and_keeps_as_python_does(given: Path) -> None:
    run = node("--test", "web/tests/practice.test.mjs", PRACTICE=str(given))
    assert run.returncode == 0, run.stdout[-4000:] + run.stderr[-2000:]

"""The emulated formats round as NumPy's do, and break where real ones break."""

import math

import numpy as np
import pytest

from ce_lib._formats import FORMATS
from ce_lib.explorers import NumberFormats, StateError
from ce_lib.explorers.formats import exp, log, log1p, rounded

RNG = np.random.default_rng(0)
NUMBERS = RNG.normal(size=2000) * 10.0 ** RNG.uniform(-50, 40, 2000)


@pytest.mark.parametrize("kind", ["float16", "float32", "float64"])
def test_rounding_is_numpys(kind: str) -> None:
    with np.errstate(over="ignore"):
        expected = NUMBERS.astype(kind).astype(float)
    assert [rounded(x, kind) for x in NUMBERS.tolist()] == expected.tolist()
    assert FORMATS[kind].largest == float(np.finfo(kind).max)
    assert FORMATS[kind].smallest_normal == float(np.finfo(kind).smallest_normal)


def test_bfloat16_keeps_the_upper_half_of_a_float32() -> None:
    for x in NUMBERS[np.abs(NUMBERS) < 3.3e38].tolist():
        stored = rounded(x, "bfloat16")
        assert int(np.float32(stored).view(np.uint32)) % 2**16 == 0
        assert abs(x - stored) <= max(abs(x) * 2.0**-8, 2.0**-134)


def test_exp_and_log_are_the_nearest_numbers() -> None:
    for x in RNG.uniform(-700, 700, 300):
        assert exp(x) == pytest.approx(math.exp(x), rel=3e-16)
    for x in 10.0 ** RNG.uniform(-300, 300, 300):
        assert log(x) == pytest.approx(math.log(x), rel=3e-16)
        assert log1p(x) == pytest.approx(math.log1p(x), rel=3e-16)


def lost(way: str, logits: list[float], target: int) -> float | str:
    readout = NumberFormats(logits=logits, target=target).readout()
    return readout[f"loss_{way}"]  # type: ignore[return-value]


def test_seventeen_is_where_float32_prints_zero() -> None:
    assert [lost("log_softmax", [d, 0], 0) > 0 for d in (16, 17)] == [True, False]
    assert lost("log1p", [17, 0], 0) == pytest.approx(4.13994e-8, rel=1e-5)


def test_a_truth_104_behind_is_where_a_shifted_softmax_prints_infinity() -> None:
    assert lost("shifted", [103.9, 0, 0], 1) < 104
    assert lost("shifted", [104, 0, 0], 1) == math.inf
    assert lost("shifted", [100, 0, 0], 1) == pytest.approx(99.98309, rel=1e-7)
    assert lost("log_softmax", [104, 0, 0], 1) == 104


def test_the_target_is_one_of_the_classes() -> None:
    explorer = NumberFormats()
    with pytest.raises(StateError, match="a class from 0 to 2, got 3"):
        explorer.target = 3
    explorer.update(logits=[1, 2, 3, 4], target=3)
    with pytest.raises(StateError, match="a class from 0 to 1, got 3"):
        explorer.logits = [1, 2]
    assert explorer.state["target"] == 3

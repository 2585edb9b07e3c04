"""Whatever a check takes for an answer arrives at the grader as it was."""

import array
import enum
import json
from collections import deque, namedtuple
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import torch
from grading import repeat, teller
from grading.lab import SOURCES, parts

from ce_lib.practice.reading import as_text
from ce_lib.practice.sentences import Unreadable

Pair = namedtuple("Pair", "floor excess")


class Letter(enum.StrEnum):
    B = "b"


class Loud:
    """It minds being looked at."""

    def __getattr__(self, name: str) -> Any:
        raise RuntimeError(name)


ring: list[Any] = [1.0]
ring.append(ring)

GRAD = torch.tensor([0.5, 0.25], dtype=torch.float64, requires_grad=True)

VALUES: dict[str, Any] = {
    "a float": 0.1,
    "a whole number": 7,
    "a very long one": 10**6000,
    "a fraction": Fraction(7, 10),
    "a long fraction": Fraction(10**5000, 10**5000 + 1),
    "NumPy's": np.float32(0.1),
    "an infinity": float("inf"),
    "a decimal": Decimal("0.1"),
    "a text": "1/4",
    "a letter of an enumeration": Letter.B,
    "a list": [1, 0.5, Fraction(1, 3)],
    "a namedtuple": Pair(0.5, 0.25),
    "an array": np.arange(6.0).reshape(2, 3),
    "an array turned over": np.arange(6.0)[::-1],
    "a buffer": array.array("d", [1, 2, 3]),
    "a range": range(3),
    "a deque": deque([1, 2]),
    "a tensor": torch.tensor([1, 2]),
    "a tensor with a gradient": -torch.log(GRAD),
    "a list of such": [GRAD[0], GRAD[1] * 2],
    "bytes": b"12",
    "a dictionary's values": {"a": 1}.values(),
    "a set": {1},
    "a ring": ring,
    "loud": Loud(),
    "a yes": True,
}


def arrived(value: Any) -> Any:
    said: dict[str, Any] = json.loads(teller.values({"x": value, "y": 1}, ["x", "y"]))
    assert said["y"] == 1, "one value costs another"
    return teller.heard(said["x"])


def read(value: Any) -> Any:
    try:
        return as_text(value)
    except (Unreadable, RecursionError, RuntimeError):
        return "no number"


@pytest.mark.parametrize("name", VALUES)
def test_it_arrives_as_it_is_read_in_the_notebook(name: str) -> None:
    assert read(arrived(VALUES[name])) == read(VALUES[name])


def split(p: Any, q: Any) -> Pair:
    """The floor and the excess, as one who likes names would return them."""
    p, q = p[p > 0], q[p > 0]
    excess = np.inf if np.any(q == 0) else np.sum(p * np.log(p / q))
    return Pair(-np.sum(p * np.log(p)), excess)


def split_in_torch(p: Any, q: Any) -> Any:
    p, q = torch.tensor(p), torch.tensor(q, requires_grad=True)
    excess = torch.where(p > 0, p * torch.log(p / q), 0).sum()
    return torch.stack([torch.special.entr(p).sum(), excess])


FLOOR, BUGS = "floor-and-excess", "numerics-bug-hunt"


@pytest.mark.parametrize(
    ("where", "check", "answers", "share"),
    [
        (FLOOR, "split", {"split": split}, 1),
        (FLOOR, "split", {"split": split_in_torch}, 1),
        (FLOOR, "code-lengths", {"lengths": array.array("d", [1, 2, 3, 3])}, 1),
        (
            FLOOR,
            "wrong-code",
            {"wrong_lengths": (3, 1, 2, 3), "bill": Fraction(49, 20) + Fraction(1, 10)},
            1,
        ),
        (BUGS, "limits", {"largest": 709, "lost": 10**6000}, 1 / 2),
    ],
)
def test_an_honest_answer_earns_its_points_in_any_form(
    where: str, check: str, answers: dict[str, Any], share: float
) -> None:
    (part,) = [
        p for p in parts(SOURCES / f"{where}.ipynb") if p.name == f"{check}-check"
    ]
    said = repeat.said(
        part, lambda asked, *args: str(getattr(teller, asked)(answers, *args))
    )
    assert said.share == share


def test_no_check_hides_that_a_kernel_does_not_answer() -> None:
    def ask(asked: str, *args: Any) -> str:
        if asked == "values":
            return str(teller.values({"split": split}, *args))
        raise repeat.NoAnswer

    (part,) = [p for p in parts(SOURCES / f"{FLOOR}.ipynb") if p.name == "split-check"]
    with pytest.raises(repeat.NoAnswer):
        repeat.said(part, ask)

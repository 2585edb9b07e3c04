"""Whether the cells of a page show what Python computes for a state."""

import math
from typing import Any

from ce_lib.explorers import Explorer

RTOL = 1e-9

#: What stands between explorers in one document: ids that are there twice, and choices
#: that show nothing as chosen because others took their names.
CLASHES = """(frames) => {
  const ids = frames.flatMap((f) => [...f.querySelectorAll("[id]")].map((el) => el.id));
  const choices = frames.flatMap((f) => [...f.querySelectorAll(".ce-choice")]);
  return [
    ...ids.filter((id, i) => ids.indexOf(id) !== i),
    ...choices.filter((c) => !c.querySelector(":checked")).map((c) => c.textContent),
  ];
}"""

#: What an explorer's frame shows: names and exact values.
QUANTITIES = """(frame) => [...frame.querySelectorAll("[data-quantity]")]
  .map((el) => [el.dataset.quantity, el.dataset.value])"""


def flat(readout: dict[str, Any]) -> dict[str, Any]:
    """Name every number as the page does: lists become key[0], key[1], …"""
    numbers = {}
    for key, value in readout.items():
        if isinstance(value, (tuple, list)):  # JSON has lists
            numbers |= {f"{key}[{i}]": entry for i, entry in enumerate(value)}
        else:
            numbers[key] = value
    return numbers


def as_value(displayed: str, like: Any) -> Any:
    """Read what stands in ``data-value``: words where Python has words, or a number."""
    return displayed if isinstance(like, str) else float(displayed)


def agrees(value: Any, displayed: str) -> bool:
    if isinstance(value, str):
        return value == displayed
    number = as_value(displayed, value)
    return not math.isnan(number) and math.isclose(value, number, rel_tol=RTOL)


def differences(expected: dict[str, Any], cells: list[list[str]]) -> list[str]:
    """What a frame shows otherwise than Python, whose numbers are named as there."""
    names = set(expected) ^ {key for key, _ in cells}
    return [f"{key} is only on one side" for key in sorted(names)] + [
        f"{key} should be {expected[key]!r}, shows {exact}"
        for key, exact in cells
        if key in expected and not agrees(expected[key], exact)
    ]


def written(kind: type[Explorer], key: str, value: Any) -> str:
    """What a reader should see in the cell of a number, ``q`` or ``q[2]``."""
    return kind.quantities[key.partition("[")[0]].written(value)


def spaced(text: str) -> str:
    """The text as Python writes it: the page keeps a number and its unit together."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def compare(explorers: list[Explorer], seen: list[list[list[str]]]) -> None:
    for explorer, cells in zip(explorers, seen, strict=True):
        expected = flat(explorer.readout())
        assert {key for key, _, _ in cells} == set(expected), explorer.link()
        for key, exact, seen_text in cells:
            assert expected[key] == expected[key], f"{explorer.link()}: {key} is NaN"
            assert agrees(expected[key], exact), (
                f"{explorer.link()}: {key} should be {expected[key]!r}, shows {exact}"
            )
            # The last digit on display may turn with the last digit behind it.
            texts = {
                written(type(explorer), key, number)
                for number in (expected[key], as_value(exact, expected[key]))
            }
            # In a table a number's % stands in the cell of the units.
            bare = {text.removesuffix(" %") for text in texts}
            assert spaced(seen_text) in texts | bare, (
                f"{explorer.link()}: {key} should read {' or '.join(texts)}, "
                f"reads {seen_text}"
            )

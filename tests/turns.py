"""Dear tests of many like things try some of them each time, and all before a release.

What is tried is the same on every machine: which part it is depends on the test's name alone.
`pytest --in-full` tries everything, as `make release-check` does with what is marked so.
"""

from collections import Counter

import pytest

MARK = "in_turn"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--in-full", action="store_true", help="try what takes turns at once"
    )


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    if config.getoption("--in-full"):
        return
    seen: Counter[str] = Counter()
    left = []
    for item in items:
        if mark := item.get_closest_marker(MARK):
            (parts,) = mark.args
            name = item.nodeid.partition("[")[0]
            if (seen[name] + len(name)) % parts:
                left.append(item)
            seen[name] += 1
    config.hook.pytest_deselected(items=left)
    items[:] = [item for item in items if item not in set(left)]

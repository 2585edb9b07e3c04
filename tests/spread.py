"""How the tests are spread over the cores: one by one, but for those that share something.

A module marked with `pytest.mark.xdist_group` shares something costly; its tests stay on
one core, or with the group "page" those of each page. xdist's own `loadgroup` reads the
mark's name off a test's id, where this pytest does not let it write; so it is read off
the module.
"""

import re
from functools import cache
from pathlib import Path

import pytest
from xdist.scheduler import LoadScopeScheduling

ROOT = Path(__file__).resolve().parents[1]
GROUP = re.compile(r'^pytestmark = pytest\.mark\.xdist_group\("([^"]+)"\)$', re.M)


@cache
def group(module: str) -> str | None:
    """The group that a test module declares, if any."""
    found = GROUP.search((ROOT / module).read_text(encoding="utf-8"))
    return found[1] if found else None


class Spread(LoadScopeScheduling):
    def _split_scope(self, nodeid: str) -> str:
        module, _, test = nodeid.partition("::")
        together = group(module)
        if together == "page":
            return f"{module}[{test.partition('[')[2]}"
        return together or nodeid


@pytest.hookimpl(optionalhook=True)  # so that tests run without xdist, too
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Spread:
    return Spread(config, log)

"""A page with every explorer and nothing else, open in a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playground import write
from playwright.sync_api import Browser, Page
from server import serve
from tabs import opened

from ce_lib.explorers import REGISTRY
from ce_lib.explorers.base import STATIC

NAMES = sorted(REGISTRY)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for ``name`` runs once for every explorer."""
    if "name" in metafunc.fixturenames:
        metafunc.parametrize("name", NAMES)


@pytest.fixture(scope="session")
def playground(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("playground"), NAMES)


@pytest.fixture(scope="session")
def served_playground(playground: Path) -> Iterator[str]:
    """The same page over http, with the modules that notebooks run in ``modules/``."""
    modules = playground.parent / "modules"
    modules.mkdir(exist_ok=True)
    for module in STATIC.glob("*.js"):
        (modules / module.name).write_bytes(module.read_bytes())
    yield from serve(playground.parent)


@pytest.fixture
def served(browser: Browser, served_playground: str) -> Iterator[Page]:
    tab = opened(browser, f"{served_playground}/light.html")
    yield tab
    tab.close()


@pytest.fixture(scope="session")
def dark_playground(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("playground"), NAMES, "dark")


@pytest.fixture
def page(browser: Browser, playground: Path) -> Iterator[Page]:
    tab = opened(browser, playground)
    yield tab
    tab.close()

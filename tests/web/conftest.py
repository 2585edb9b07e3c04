"""Pages with one explorer each and nothing else, open in a real browser."""

import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from playground import write
from playwright.sync_api import Browser, Page
from server import serve
from tabs import opened

from ce_lib.explorers import REGISTRY
from ce_lib.explorers.base import STATIC

NAMES = sorted(REGISTRY)

#: From an explorer's name and a theme to its page, written when it is first asked for.
Pages = Callable[[str, str], Path]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for ``name`` runs once for every explorer."""
    own = [mark.args[0] for mark in metafunc.definition.iter_markers("parametrize")]
    if "name" in metafunc.fixturenames and "name" not in own:
        metafunc.parametrize("name", NAMES)


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    folder = tmp_path_factory.mktemp("playground")
    return cache(lambda name, theme: write(folder, name, theme))


@pytest.fixture
def playground(pages: Pages, name: str) -> Path:
    return pages(name, "light")


@pytest.fixture
def dark_playground(pages: Pages, name: str) -> Path:
    return pages(name, "dark")


@pytest.fixture
def page(browser: Browser, playground: Path) -> Iterator[Page]:
    tab = opened(browser, playground)
    yield tab
    tab.close()


@pytest.fixture(scope="session")
def modules_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of the pages, with the modules that notebooks run in ``modules/``."""
    folder = tmp_path_factory.mktemp("served")
    shutil.copytree(STATIC, folder / "modules")
    for name in NAMES:
        write(folder, name)
    yield from serve(folder)


@pytest.fixture
def served(browser: Browser, modules_url: str, name: str) -> Iterator[Page]:
    """The explorer's page over http, where it may import a module."""
    tab = opened(browser, f"{modules_url}/{name}-light.html")
    yield tab
    tab.close()

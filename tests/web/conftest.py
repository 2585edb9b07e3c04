"""Pages with one explorer each and nothing else, open in a real browser."""

import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from playground import write
from playwright.sync_api import Browser, Page
from server import serve
from tabs import errors_of, opened, show

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


@pytest.fixture(scope="session")
def tab(browser: Browser) -> Iterator[Page]:
    """One tab for all the pages: to open another costs as much as to load a page."""
    tab = browser.new_page()
    tab.set_default_timeout(10_000)
    tab.errors = errors_of(tab)
    yield tab
    tab.close()


@pytest.fixture
def page(tab: Page, playground: Path) -> Iterator[Page]:
    """The explorer's page as a first visitor sees it, in the window that Playwright opens."""
    tab.errors.clear()
    show(tab, playground)
    yield tab
    tab.evaluate("localStorage.clear()")
    tab.emulate_media(reduced_motion="null", forced_colors="null")
    tab.set_viewport_size({"width": 1280, "height": 720})


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

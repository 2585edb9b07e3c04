"""The browsers that `make test` does not drive, and servers that know what goes wrong there."""

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from firefox import firefox
from other_browsers import ADVICE, missing
from playground import write
from steps import PHONE, WIDE
from tab import Tab
from watched import Sandboxed, Served, watched
from webkit import webkit

from ce_lib.explorers import REGISTRY
from ce_lib.explorers.base import STATIC

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT / "tests/web")]  # hands and parity are those of every day

ENGINES = {"firefox": firefox, "webkit": webkit}


@pytest.fixture(scope="session", params=ENGINES)
def window(request: pytest.FixtureRequest) -> Iterator[Tab]:
    """One tab of a browser, for all tests: to start one takes seconds."""
    if missing():
        pytest.fail(f"not installed: {', '.join(missing())}. {ADVICE}")
    with ENGINES[request.param]() as tab:
        yield tab


@pytest.fixture
def tab(window: Tab) -> Tab:
    """The tab, as wide as on a desk."""
    window.set_viewport_size(WIDE)
    return window


@pytest.fixture
def dark_tab(window: Tab, request: pytest.FixtureRequest) -> Iterator[Tab]:
    """A tab of the same browser, on a system that is dark."""
    with ENGINES[request.node.callspec.params["window"]](dark=True) as tab:
        tab.set_viewport_size(WIDE)
        yield tab


@pytest.fixture
def phone(window: Tab) -> Tab:
    """The tab, as narrow as a phone."""
    window.set_viewport_size(PHONE)
    return window


@pytest.fixture(scope="session")
def whole_book(book: Path) -> Iterator[Served]:
    yield from watched(book)


@pytest.fixture(scope="session")
def forgetful_book(book: Path) -> Iterator[Served]:
    """The book where a page may keep nothing."""
    yield from watched(book, Sandboxed)


@pytest.fixture
def new_book(window: Tab, whole_book: Served) -> Iterator[str]:
    """The book's address, for a reader whose browser has kept nothing of it yet."""
    forget = "() => localStorage.clear()"
    window.goto(f"{whole_book.url}/empty.html")
    window.evaluate(forget)
    yield whole_book.url
    window.goto(f"{whole_book.url}/empty.html")
    window.evaluate(forget)


@pytest.fixture(scope="session")
def explorers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A page for each explorer, with the modules that notebooks run in ``modules/``."""
    folder = tmp_path_factory.mktemp("explorers")
    shutil.copytree(STATIC, folder / "modules")
    for name in REGISTRY:
        write(folder, name)
    yield from watched(folder)

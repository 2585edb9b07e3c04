"""The labs, and their student versions as nbgrader makes them."""

from pathlib import Path

import pytest
from grading.lab import sources
from labs import release

LABS = [lab.stem for lab in sources()]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that asks for ``lab`` runs once for every lab."""
    if "lab" in metafunc.fixturenames:
        metafunc.parametrize("lab", LABS)


@pytest.fixture(scope="session")
def handed_out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the student versions."""
    folder = tmp_path_factory.mktemp("handed-out")
    made = release(folder)
    assert [lab.stem for lab in made] == LABS
    return folder

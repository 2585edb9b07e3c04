"""What Binder is given makes an image, as far as that can be seen without building one."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from lab import ROOT
from labs import release

#: Reads a repository as Binder does.
READER = "jupyter-repo2docker==2026.4.0"


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a clone holds that was just made."""
    folder = tmp_path_factory.mktemp("clone")
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    files = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True)
    for name in filter(None, files.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """An environment with the reader alone."""
    folder = tmp_path_factory.mktemp("reader")
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    pip = [folder / "bin/pip", "install", "--quiet", READER]
    subprocess.run(pip, check=True)
    yield folder / "bin/jupyter-repo2docker"
    shutil.rmtree(folder)


def test_binder_reads_a_recipe_for_an_image(clone: Path, reader: Path) -> None:
    command = [reader, "--no-build", "--debug", clone]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    recipe = done.stdout + done.stderr
    assert done.returncode == 0, recipe
    assert 'pip install --no-cache-dir -r ".binder/requirements.txt"' in recipe
    assert "./.binder/postBuild" in recipe
    assert "Building conda environment for python=3.11" in recipe


def test_what_is_left_for_readers_holds_no_solution(clone: Path) -> None:
    own = [str(Path(sys.executable).parent)]
    done = subprocess.run(
        ["bash", ".binder/postBuild"],
        cwd=clone,
        env={"PATH": ":".join([*own, "/usr/bin", "/bin"]), "PYTHONPATH": str(clone)},
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    left = {path.name for path in (clone / "labs").iterdir()}
    handed_out = {lab.name for lab in release(clone / "again")}
    assert left == handed_out - {"my-loss-is-wrong.ipynb"}
    for lab in clone.rglob("*.ipynb"):
        assert "BEGIN SOLUTION" not in lab.read_text(encoding="utf-8")

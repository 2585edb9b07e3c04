"""What the set-up installs runs on every Python that the project says it runs on."""

import os
import re
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

ROOT = Path(__file__).resolve().parents[2]


def pinned() -> list[str]:
    """Return the names of all packages that the set-up installs."""
    files = [ROOT / "requirements.txt", ROOT / "constraints.txt"]
    lines = "\n".join(f.read_text(encoding="utf-8") for f in files).splitlines()
    return [line.split("==")[0] for line in lines if "==" in line]


def test_every_pinned_package_accepts_the_oldest_python() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    oldest = project["project"]["requires-python"].removeprefix(">=") + ".0"
    installed = {d.name.lower().replace("_", "-"): d for d in metadata.distributions()}
    refusing = []
    for name in pinned():
        package = installed.get(name.lower().replace("_", "-"))
        wanted = package.metadata.get("Requires-Python") if package else None
        if wanted and oldest not in SpecifierSet(wanted):
            refusing.append(f"{name} {package.version} wants Python {wanted}")
    assert not refusing


CALLED = sorted(
    {
        *re.findall(r"python tools/(\w+)\.py", (ROOT / "Makefile").read_text("utf-8")),
        "addresses",
    }
)


@pytest.mark.in_turn(2)
@pytest.mark.parametrize("tool", CALLED)
def test_a_command_finds_all_that_it_imports(tool: str, tmp_path: Path) -> None:
    """As `make` calls it: nothing but the environment and its own folder is looked through."""
    code = f"import sys; sys.path[0] = {str(ROOT / 'tools')!r}; import {tool}"
    bare = {name: said for name, said in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=bare,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("command", ["test", "check", "release-check", "bench"])
def test_what_asks_node_for_something_sets_it_up(command: str) -> None:
    asked = subprocess.run(
        ["make", "--dry-run", "--always-make", command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "npm install" in asked.stdout

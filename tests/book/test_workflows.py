"""What runs on the hosting service runs on everybody's machine: the workflows call make."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))

#: What is no work of ours: the container's Git does not trust the folder it finds.
ALLOWED = {'git config --global --add safe.directory "$PWD"'}


def jobs(workflow: Path) -> Iterator[dict[str, Any]]:
    yield from yaml.safe_load(workflow.read_text(encoding="utf-8"))["jobs"].values()


def targets() -> set[str]:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE))


def called(job: dict[str, Any]) -> Iterator[str]:
    """The targets that a job makes; whatever else it runs as it is written."""
    for step in job["steps"]:
        for line in step.get("run", "").strip().splitlines():
            if line in ALLOWED:
                continue
            words = line.replace("--keep-going", "").split()
            one_target = words[0] == "make" and not set(line) & set(";&|")
            yield words[1] if one_target else line


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
def test_all_that_a_workflow_does_is_a_target(workflow: Path) -> None:
    for job in jobs(workflow):
        made = set(called(job))
        assert made
        assert made <= targets()


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
def test_an_action_is_named_with_its_major_version(workflow: Path) -> None:
    for job in jobs(workflow):
        used = [step["uses"] for step in job["steps"] if "uses" in step]
        assert used
        assert all(re.fullmatch(r"actions/[\w-]+@v\d+", action) for action in used)


def test_there_is_a_workflow_for_each_occasion() -> None:
    names = {path.stem for path in WORKFLOWS}
    assert names == {"test", "weekly", "release", "deploy"}

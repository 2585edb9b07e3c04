"""Run Node from a test, with the environment's own Node on the path."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def node(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    if not shutil.which("node"):
        pytest.fail(
            "Node is missing; `make test` puts the environment's own on the path"
        )
    return subprocess.run(
        ["node", *arguments],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )

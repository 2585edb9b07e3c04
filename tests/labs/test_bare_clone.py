"""The teacher's commands run where the library alone is installed, as in a fresh clone."""

import os
import subprocess
import sys
from pathlib import Path

TOOLS = Path(__file__).resolve().parents[2] / "tools"

CODE = f"""\
import sys
sys.path.insert(0, {str(TOOLS)!r})
import teaching
from teacher import bank, exam, gift, key, qti
"""


def test_the_teachers_commands_find_the_book_beside_them(tmp_path: Path) -> None:
    bare = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [sys.executable, "-c", CODE]
    subprocess.run(command, cwd=tmp_path, env=bare, check=True)

"""Shut students' code off with bubblewrap: find it, install it, or say what to do."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

ADVICE = "sudo apt-get install bubblewrap"

#: What a program needs from the system, where the system has it.
SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64")
SETTINGS = ("ld.so.cache", "ld.so.conf", "ld.so.conf.d", "alternatives", "fonts")


def trouble() -> str:
    """Why bubblewrap cannot be used here, or nothing."""
    if shutil.which("bwrap") is None:
        return f"bubblewrap is not installed ({ADVICE})"
    probe = [*_walls(), "/usr/bin/env", "true"]
    done = subprocess.run(probe, capture_output=True, text=True, check=False)
    return (
        f"bubblewrap does not work here ({done.stderr.strip()})" if done.stderr else ""
    )


def wrapped(command: Sequence[str], own: Path) -> list[str]:
    """The command where it reads the system, Python and `ce_lib`, and writes ``own``.

    It has no network, sees no other process, and dies with its parent.
    """
    pythons = {sys.prefix, os.path.realpath(sys.prefix), sys.base_prefix}
    seen = [str(ROOT / "ce_lib"), *sorted(pythons)]
    walls = _walls()
    for place in seen:
        if not place.startswith("/usr/"):
            walls += ["--ro-bind", place, place]
    walls += ["--bind", str(own), str(own), "--chdir", str(own)]
    return [*walls, "--remount-ro", "/", *command]


def _walls() -> list[str]:
    walls = ["bwrap", "--unshare-all", "--die-with-parent", "--new-session"]
    walls += ["--cap-drop", "ALL", "--unsetenv", "JPY_PARENT_PID"]
    for place in map(Path, SYSTEM):
        if place.is_symlink():
            walls += ["--symlink", os.readlink(place), str(place)]
        else:
            walls += ["--ro-bind-try", str(place), str(place)]
    for name in SETTINGS:
        walls += ["--ro-bind-try", f"/etc/{name}", f"/etc/{name}"]
    return [*walls, "--proc", "/proc", "--dev", "/dev", "--remount-ro", "/dev"]


def install() -> None:
    """Try Debian's package where we may install it."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        for command in (["update"], ["install", "-y", "--no-install-recommends"]):
            named = ["bubblewrap"] if command[0] == "install" else []
            subprocess.run(["apt-get", *command, "-qq", *named], check=False)


if __name__ == "__main__":
    if shutil.which("bwrap") is None:
        print("No bubblewrap found for the grading's tests: installing it.", flush=True)
        install()
    if problem := trouble():
        sys.exit(f"Students' code cannot be shut off: {problem}.")

"""Find the Java that EPUBCheck runs on, or install one, or say what to do."""

import os
import shutil
import subprocess
import sys

ADVICE = (
    "EPUBCheck needs Java and found none: sudo apt-get install default-jre-headless"
)


def find() -> str | None:
    """Return the path of a Java, or None."""
    return shutil.which("java")


def install() -> None:
    """Try Debian's package where we may install it."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        for command in (["update"], ["install", "-y", "--no-install-recommends"]):
            named = ["default-jre-headless"] if command[0] == "install" else []
            subprocess.run(["apt-get", *command, "-qq", *named], check=False)


if __name__ == "__main__":
    if find() is None:
        print("No Java found for EPUBCheck: installing it.", flush=True)
        install()
    if find() is None:
        sys.exit(ADVICE)

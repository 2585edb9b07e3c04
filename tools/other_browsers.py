"""Find Firefox and WebKit, which `make browsers` drives, or install them, or say what to do."""

import os
import shutil
import subprocess
import sys

#: Debian's packages, and what each brings under one of these names.
PROGRAMS = {
    "firefox-esr": ("firefox-esr", "firefox"),
    "webkit2gtk-driver": ("WebKitWebDriver",),
    "xvfb": ("Xvfb",),  # a screen for WebKit, which does not start without one
}

ADVICE = f"sudo apt-get install {' '.join(PROGRAMS)}"


def find(package: str) -> str | None:
    """The path of what the package brings, or None."""
    return next(filter(None, map(shutil.which, PROGRAMS[package])), None)


def missing() -> list[str]:
    return [package for package in PROGRAMS if find(package) is None]


def install() -> None:
    """Try Debian's packages where we may install them."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        for command in (["update"], ["install", "-y", "--no-install-recommends"]):
            named = missing() if command[0] == "install" else []
            subprocess.run(["apt-get", *command, "-qq", *named], check=False)


if __name__ == "__main__":
    if missing():
        print(f"Not found: {', '.join(missing())}. Installing.", flush=True)
        install()
    if missing():
        sys.exit(f"The other browsers' tests need {', '.join(missing())}: {ADVICE}")

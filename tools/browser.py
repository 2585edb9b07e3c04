"""Find the browser that the tests drive, or install one, or say what to do."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

# Without these Chromium asks for updates and the like, which the tests would see.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# First the one without a window, which Playwright too prefers: it opens a tab at a quarter
# of the cost.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")

ADVICE = """\
The tests drive a real browser and found none. Do one of these:
  - install Debian's:               sudo apt-get install chromium-headless-shell
  - let Playwright install its own: .venv/bin/playwright install --with-deps chromium
  - name one you have:              export BROWSER_PATH=/path/to/chrome"""


#: What Playwright's own Node needs, and a bare Debian lacks.
LIBRARY = "libatomic1"


def trouble() -> str:
    """Why Playwright does not start here, or nothing."""
    asked = [sys.executable, "-m", "playwright", "--version"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    return done.stderr.strip() if done.returncode else ""


def find() -> str | None:
    """Return the path of a Chromium, or None."""
    if named := os.environ.get("BROWSER_PATH"):
        return named
    for name in NAMES:
        if found := shutil.which(name):
            return found
    if trouble():
        return None
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def install() -> None:
    """Try Debian's packages where we may install them, otherwise Playwright's own."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        subprocess.run(["apt-get", "update", "-qq"], check=False)
        for name in NAMES[:2]:
            command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends"]
            command += [name, LIBRARY]
            quiet = subprocess.DEVNULL
            if not subprocess.run(command, check=False, stdout=quiet).returncode:
                return
    playwright = ["playwright", "install", "chromium"]
    subprocess.run(playwright, check=False)


if __name__ == "__main__":
    if trouble() or find() is None:
        print("No browser found for the tests: installing one.", flush=True)
        install()
    if said := trouble():
        sys.exit(f"Playwright does not start ({said}): sudo apt-get install {LIBRARY}")
    if find() is None:
        sys.exit(ADVICE)

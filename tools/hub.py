"""Run the class's JupyterHub in a world of its own, for tests and benchmarks.

    with running(folder, ["teacher", "ada"]) as hub:
        tab = hub.log_in(browser, "ada")

What hosting/ ships is started as it is shipped: as root, with accounts of Unix and their
passwords. The accounts, their homes and the hub's own folder are there for this hub alone: it
sees an /etc, a /home and a /srv that nobody else sees, and that lie in ``folder``. That
takes Linux, and root.
"""

import hashlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import lab
from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parent.parent
HOSTING = ROOT / "hosting"

#: The environment that hosting/ asks for; it is kept, as making it takes minutes.
ENVIRONMENT = ROOT / "_build/hub"

#: What decides whether it is still the right one.
ASKED = (
    HOSTING / "requirements.txt",
    HOSTING / "constraints.txt",
    ROOT / "constraints.txt",
    ROOT / "pyproject.toml",
)

#: The address in hosting/jupyterhub_config.py.
URL = "http://127.0.0.1:8000"

#: Builds the world and starts the hub in it: FOLDER CONFIG OPTION... -- USER... -- CLOSED...
#: where CLOSED are folders on the way to Python or the clone that only root may enter.
WORLD = r"""
set -e
folder=$1 config=$2; shift 2
options=(); while [ "$1" != -- ]; do options+=("$1"); shift; done; shift
users=(); while [ "$1" != -- ]; do users+=("$1"); shift; done; shift
over() {  # FOLDER MODE: what is written below it goes elsewhere
  place="$folder/over$1"; mkdir -p "$place/upper" "$place/work"; chmod "$2" "$place/upper"
  mount -t overlay overlay -o "lowerdir=$1,upperdir=$place/upper,workdir=$place/work" "$1"
}
over /etc 755
for closed in "$@"; do over "$closed" 711; done
for place in home srv; do
  mkdir -p "$folder/$place"; mount --bind "$folder/$place" "/$place"
done
for user in "${users[@]}"; do
  useradd --create-home --shell /bin/bash "$user"
  echo "$user:secret-$user" | chpasswd
  chmod 700 "/home/$user"
done
mkdir -p /srv/class
cd /srv/class
echo $$ > "$folder/pid"
exec jupyterhub --config "$config" "${options[@]}"
"""

#: For a browser that is driven: the commands, without hunting for menus.
EXPOSED = "--Spawner.args=['--LabApp.expose_app_in_browser=True']"


@dataclass(frozen=True)
class Hub:
    """A hub that runs, and where its world lies outside of it."""

    folder: Path
    url: str = URL

    def home(self, user: str) -> Path:
        return self.folder / "home" / user

    def put(self, user: str, source: Path, place: str) -> None:
        """Copy a file or a folder into somebody's home, and make it theirs."""
        copy = self.home(user) / place
        if source.is_dir():
            shutil.copytree(source, copy)
        else:
            shutil.copy(source, copy)
        owner = self.home(user).stat()
        for path in (copy, *copy.rglob("*")):
            os.chown(path, owner.st_uid, owner.st_gid)

    def as_root(self, command: str, folder: Path) -> None:
        """Run a line of a shell in the hub's world, as whoever looks after it does."""
        world = (self.folder / "pid").read_text().strip()
        enter = ["nsenter", f"--target={world}", "--mount", f"--wd={folder}"]
        subprocess.run([*enter, "bash", "-c", command], check=True)

    def log_in(self, browser: Browser, user: str) -> Page:
        """Log in with a browser of its own, and wait for JupyterLab."""
        tab = browser.new_context(viewport={"width": 1400, "height": 900}).new_page()
        tab.set_default_timeout(4 * lab.PATIENCE * 1000)
        tab.goto(self.url)
        tab.fill("#username_input", user)
        tab.fill("#password_input", f"secret-{user}")
        tab.click("#login_submit")
        tab.wait_for_selector("#jp-main-dock-panel")
        return tab


def trouble() -> str:
    """Why no hub can be run here, or nothing."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return "a hub with accounts of its own takes Linux, and root"
    return ""


def environment() -> Path:
    """Make the environment as hosting/ says, or bring it up to date; return its programs."""
    programs = ENVIRONMENT / "env/bin"
    asked = hashlib.sha256(b"".join(path.read_bytes() for path in ASKED)).hexdigest()
    made = ENVIRONMENT / "made-of"
    if not made.exists() or made.read_text() != asked:
        shutil.rmtree(ENVIRONMENT, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", programs.parent], check=True)
        asks = ["--requirement", HOSTING / "requirements.txt"]
        _run(programs / "pip", "install", "--quiet", *asks)
        made.write_text(asked)
    _library(programs)
    _run(programs / "npm", "ci", "--prefix", HOSTING, "--ignore-scripts", "--silent")
    return programs


def _library(programs: Path) -> None:
    """Install this clone's library, as it is now."""
    sys.path.append(str(ROOT))
    from bookext import wheel

    with tempfile.TemporaryDirectory(prefix="wheel-") as place:
        again = ["--quiet", "--no-deps", "--force-reinstall"]
        _run(programs / "pip", "install", *again, wheel.build(ROOT, Path(place)))


def _run(*command: str | Path) -> None:
    subprocess.run(command, cwd=ROOT, env=_variables(), check=True)


def _variables(*programs: Path) -> dict[str, str]:
    """The variables of whoever starts a hub, and knows nothing of this environment."""
    clean = {k: v for k, v in os.environ.items() if "PYTHON" not in k}
    return clean | {"PATH": os.pathsep.join([*map(str, programs), clean["PATH"]])}


def _closed(*places: Path) -> list[str]:
    """The folders on the way to these places that only their owner may enter."""
    above = {parent for place in places for parent in place.resolve().parents}
    return sorted(str(path) for path in above if not path.stat().st_mode & 1)


@contextmanager
def running(folder: Path, users: Sequence[str]) -> Iterator[Hub]:
    """Start a hub with these accounts, whose passwords are ``secret-`` and the name."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", 8000))  # another hub there would answer in its place
    programs = environment()
    closed = _closed(Path(sys.base_prefix) / "bin", ROOT / "hosting", programs)
    command = ["unshare", "--mount", "bash", "-c", WORLD, "world", str(folder)]
    command += [str(HOSTING / "jupyterhub_config.py"), EXPOSED]
    command += ["--", *users, "--", *closed]
    variables = _variables(programs)
    with lab.running(command, f"{URL}/hub/health", folder, variables):
        yield Hub(folder)

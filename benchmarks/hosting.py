"""What a student takes on a server: memory, and the processor's time to get started.

A hub as hosting/ ships it, in which a few students log in with a real browser, open a lab,
and run it, solved. What is counted are the processes of the hub and of each
student; the browser is the students' own. Memory is the proportional set size: what several
share is divided among them, so that the sum is what the machine needs.
"""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

import nbformat
import psutil
from shared import ROOT, chromium, publish, say, table

sys.path.insert(0, str(ROOT / "tools"))

import hub
from grading.lab import for_students, sources
from lab import Notebook

STUDENTS = ("ada", "blaise", "carl", "daniel")

#: A lab as most are, and the one with PyTorch.
PLAIN, TORCH = "floor-and-excess", "my-loss-is-wrong"

#: The machine to fill, what its system keeps for itself, and the class to foresee.
CORES, MEMORY, SYSTEM = 2, 8000, 1000  # MB
MANY = 500

#: How long all of these may take to get in, if they come at once.
PATIENCE = 300  # seconds


@dataclass(frozen=True)
class Taken:
    """What processes take: MB, and seconds of one core."""

    memory: float
    seconds: float


def taken(process: psutil.Process) -> Taken:
    """What a process takes with all that it started."""
    memory = seconds = 0.0
    for one in [process, *process.children(recursive=True)]:
        memory += one.memory_full_info().pss / 1e6
        used = one.cpu_times()
        seconds += used.user + used.system
    return Taken(memory, seconds)


def of_student(user: str) -> Taken:
    """What somebody's server takes, with its kernels."""
    (server,) = (
        process
        for process in psutil.process_iter(["cmdline"])
        if "jupyterhub-singleuser" in " ".join(process.info["cmdline"] or ())
        and process.environ().get("JUPYTERHUB_USER") == user
    )
    return taken(server)


def of_hub() -> Taken:
    """What the hub takes, with its proxy and its services, while nobody is there."""
    (process,) = (
        process
        for process in psutil.process_iter(["cmdline"])
        if str(hub.HOSTING / "jupyterhub_config.py") in (process.info["cmdline"] or ())
        and "unshare" not in (process.info["cmdline"] or ())
    )
    return taken(process)


def put_labs(world: hub.Hub, user: str, folder: Path) -> None:
    """Give somebody both labs, solved."""
    for lab in sources():
        if lab.stem in (PLAIN, TORCH):
            solved = folder / lab.name
            nbformat.write(for_students(nbformat.read(lab, 4)), solved)
            world.put(user, solved, lab.name)


@contextmanager
def world() -> Iterator[hub.Hub]:
    if why := hub.trouble():
        sys.exit(why)
    folder = Path(tempfile.mkdtemp(prefix="hub-"))
    folder.chmod(0o755)
    with hub.running(folder, STUDENTS) as running:
        yield running
    shutil.rmtree(folder)


def everybody() -> Taken:
    """What a student takes now, in the mean."""
    each = [of_student(user) for user in STUDENTS]
    say(f"  {each}")
    return Taken(mean(e.memory for e in each), mean(e.seconds for e in each))


def measure() -> tuple[Taken, dict[str, Taken], str]:
    """The hub's own share, a student's after each step, and the browser's version."""
    steps = {}
    with world() as running, chromium() as browser:
        alone = of_hub()
        tabs = {}
        with tempfile.TemporaryDirectory() as place:
            for user in STUDENTS:
                put_labs(running, user, Path(place))
        for user in STUDENTS:
            say(f"{user} logs in")
            tabs[user] = running.log_in(browser, user)
        steps["open"] = everybody()
        for name in (PLAIN, TORCH):
            say(f"all run {name}")
            for user, tab in tabs.items():
                Notebook(tab, f"{running.url}/user/{user}", f"{name}.ipynb").run_all()
            steps[name] = everybody()
        return alone, steps, browser.version


def fit(alone: Taken, student: Taken) -> str:
    """How many such students fit on the machine, and what many would take."""
    here = int((MEMORY - SYSTEM - alone.memory) / student.memory)
    wait = here * student.seconds / CORES
    many = (MANY * student.memory + SYSTEM + alone.memory) / 1000
    cores = MANY * student.seconds / PATIENCE
    return (
        f"{here} fit on {CORES} cores and {MEMORY / 1000:.0f} GB, of which the system keeps "
        f"{SYSTEM / 1000:.0f} GB. If all come at once, the last is there after {wait:.0f} s. "
        f"{MANY} would take {many:.0f} GB, and {cores:.0f} cores for all to be there "
        f"within {PATIENCE // 60} minutes"
    )


def main() -> None:
    alone, steps, version = measure()
    rows = [
        ("the hub, with nobody in it", f"{alone.memory:.0f}", f"{alone.seconds:.0f}"),
        *(
            (words, f"{steps[step].memory:.0f}", f"{steps[step].seconds:.0f}")
            for step, words in (
                ("open", "a student, with JupyterLab open"),
                (PLAIN, "a student who has run a lab"),
                (TORCH, "a student who has run the lab with PyTorch"),
            )
        ),
    ]
    publish(
        "hosting",
        "# What a student takes on the server",
        table(("", "memory, MB", "of one core, s"), rows),
        f"Memory is the share of each in what the machine needs, with {len(STUDENTS)} "
        "students in, one kernel each. Seconds are the processor’s, since the server of the "
        "student, or the hub, was started.",
        f"**A lab:** {fit(alone, steps[PLAIN])}.",
        f"**The lab with PyTorch:** {fit(alone, steps[TORCH])}.",
        f"Nobody has tried it with {MANY}: that is {MANY} times what one of "
        f"{len(STUDENTS)} took. More students share what they share among more, so a little "
        "less memory may do; longer computations than a lab’s need more cores.",
        browser=version,
        timed=True,
    )


if __name__ == "__main__":
    main()

"""A student's kernel: started behind walls, watched, asked, and ended in time."""

import ast
import contextlib
import os
import queue
import resource
import shutil
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import bubblewrap
import matplotlib
import nbformat
import psutil
from jupyter_client.blocking import BlockingKernelClient
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError

from grading import teller
from grading.repeat import NoAnswer

#: Characters of output that a cell may leave in the executed notebook.
LONGEST = 100_000

#: Seconds for a kernel to notice that it was interrupted.
GRACE = 3

#: What the error of a cell that took too long is called.
LATE = "CellTimeoutError"

GIGABYTE = 2**30


@dataclass(frozen=True)
class Limits:
    """What one hand-in may use."""

    cell: float = 8  #: seconds for one cell; the slowest of ours takes two
    total: float = 22  #: seconds for all, with repeats; the longest lab takes six
    processor: float = 30  #: seconds of it, by all processes together
    memory: float = 4 * GIGABYTE  #: bytes, also of files that are in no folder
    disk: float = GIGABYTE / 4  #: bytes
    processes: int = 64


class Stopped(Exception):
    """Why no more cells were run, as the end of a sentence."""


class Client(NotebookClient):
    """nbclient's, which keeps no more of a cell's outputs than anybody reads."""

    def process_message(self, msg: Any, cell: Any, cell_index: int) -> Any:
        if msg["msg_type"] in ("stream", "display_data", "execute_result", "error"):
            size = len(str(msg["content"]))
            if self.kept + size > LONGEST:
                if not self.cut:
                    self.cut = True
                    cell.outputs.append(
                        _note("… the rest of the output was cut off.\n")
                    )
                return None
            self.kept += size
        return super().process_message(msg, cell, cell_index)

    kept, cut = 0, False


def _note(text: str) -> nbformat.NotebookNode:
    return nbformat.v4.new_output("stream", name="stdout", text=text)


class Kernel:
    """One student's kernel, with all that it starts, for one notebook."""

    def __init__(
        self, notebook: nbformat.NotebookNode, own: Path, limits: Limits
    ) -> None:
        self.own, self.limits = own, limits
        self.ends = time.monotonic() + limits.total
        self.killed = ""
        self.late = False  # whether the clock ended anything
        self.client = Client(
            notebook,
            allow_errors=True,
            interrupt_on_timeout=True,
            error_on_timeout={"ename": LATE},
            on_cell_executed=_say_if_late,
            raise_on_iopub_timeout=False,
            iopub_timeout=GRACE,
            coalesce_streams=True,
            timeout_func=lambda cell: self._left(),
            extra_arguments=[
                "--log-level=ERROR",
                "--HistoryManager.hist_file=:memory:",
            ],
        )

    def _left(self) -> int:
        """Seconds that the next cell has."""
        left = min(self.limits.cell, self.ends - time.monotonic())
        return max(1, round(left))

    def give_time(self) -> None:
        """Let the questions of one check have as long as a cell."""
        self.answers_until = min(time.monotonic() + self.limits.cell, self.ends)

    @contextlib.contextmanager
    def running(self, shut_off: bool) -> Iterator[None]:
        """Start the kernel, and end it with everything that it has started."""
        _limit(resource.RLIMIT_AS, self.limits.memory)
        _limit(resource.RLIMIT_FSIZE, self.limits.disk)
        _limit(resource.RLIMIT_CORE, 0)
        manager = AsyncKernelManager(
            transport="ipc",
            ip=str(self.own / "kernel"),
            connection_file=str(self.own / "kernel.json"),
        )
        command = [
            sys.executable,
            "-m",
            "ipykernel_launcher",
            "-f",
            "{connection_file}",
        ]
        if shut_off:
            command = bubblewrap.wrapped(command, self.own)
        manager._kernel_spec = KernelSpec(
            argv=command, language="python", interrupt_mode="message"
        )
        self.client.km = manager
        threading.Thread(target=self._watch, daemon=True).start()
        try:
            try:
                self.client.start_new_kernel(
                    cwd=str(self.own),
                    env=self._environment(),
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
                self.client.start_new_kernel_client()
            except RuntimeError:  # what Jupyter says when no kernel comes
                self.late = True
                raise Stopped("the kernel did not start in time") from None
            self.asking = BlockingKernelClient()
            self.asking.load_connection_info(manager.get_connection_info())
            self.asking.start_channels()
            yield
        finally:
            self.kill("")
            with contextlib.suppress(Exception):
                self.asking.stop_channels()

    def _environment(self) -> dict[str, str]:
        """What the kernel may know of the machine, and Matplotlib's list of fonts."""
        for fonts in Path(matplotlib.get_cachedir()).glob("fontlist-*.json"):
            shutil.copy(fonts, self.own)
        kept = {k: v for k, v in os.environ.items() if k in ("PATH", "LANG", "LC_ALL")}
        own = dict.fromkeys(
            ("HOME", "TMPDIR", "IPYTHONDIR", "MPLCONFIGDIR", "JUPYTER_RUNTIME_DIR"),
            str(self.own),
        )
        threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
        # scikit-learn's joblib would warn that behind walls no memory can be shared.
        threads["JOBLIB_MULTIPROCESSING"] = "0"
        return {**kept, **own, **threads, "PYTHONPATH": str(bubblewrap.ROOT)}

    def _watch(self) -> None:
        """End the kernel if it takes more of the machine than it may."""
        while not self.killed:
            time.sleep(0.25)
            began = _family()
            if len(began) > self.limits.processes:
                self.kill("it started more processes than it may")
                break
            in_memory, on_disk = unlinked(began, self.own)
            if in_memory + sum(map(_memory, began)) > self.limits.memory:
                self.kill("it took more memory than it may")
            elif sum(map(processor, began)) > self.limits.processor:
                self.kill("it took more of the processor's time than it may")
            elif on_disk + _written(self.own) > self.limits.disk:
                self.kill("it wrote more to the disk than it may")
            elif time.monotonic() > self.ends + GRACE:
                self.late = True
                self.kill("the time was up")

    def kill(self, why: str) -> None:
        self.killed = self.killed or why or "it was over"
        for process in _family():
            with contextlib.suppress(psutil.Error):
                process.kill()

    def run(self, index: int) -> None:
        """Run one cell of the notebook."""
        cell = self.client.nb.cells[index]
        if time.monotonic() > self.ends:
            self.late = True
            raise Stopped("the time for a whole notebook was up")
        self.client.kept, self.client.cut = 0, False
        try:
            self.client.execute_cell(cell, index)
        except DeadKernelError:
            raise Stopped(self.killed or "the kernel died") from None
        except Exception as problem:  # Jupyter's, on reading what came
            name = type(problem).__name__
            raise Stopped(f"what the kernel sent is no message ({name})") from None
        if took_too_long(cell):
            self.late = True
            try:
                self._execute("", GRACE)
            except NoAnswer:
                raise Stopped(
                    "a cell took too long and would not be interrupted"
                ) from None

    def ask(self, function: str, *args: Any) -> str:
        """Ask the student's kernel through `teller`; see there."""
        if function == "values":  # the first question of a check
            source = Path(teller.__file__).read_text(encoding="utf-8")
            code = (
                "import sys as _s, types as _t; _s.modules['_teller'] = _t.ModuleType('_t')\n"
                f"exec({source!r}, vars(_s.modules['_teller'])); del _s, _t"
            )
            self._execute(code, self.answers_until - time.monotonic())
        inner = "".join(f", {arg!r}" for arg in args)
        asked = f"__import__('sys').modules['_teller'].{function}(get_ipython().user_ns{inner})"
        return self._execute("", self.answers_until - time.monotonic(), asked)

    def _execute(self, code: str, patience: float, asked: str = "None") -> str:
        """Run code unseen; return the text that an expression gives, or nothing."""
        sent = self.asking.execute(
            code,
            silent=True,
            store_history=False,
            user_expressions={"said": asked},
            allow_stdin=False,
        )
        deadline = time.monotonic() + patience
        while True:
            left = deadline - time.monotonic()
            try:
                reply = self.asking.get_shell_msg(timeout=min(max(0.01, left), 1))
            except queue.Empty:
                if left > 1 and not self.killed and _family():
                    continue
                self.late = self.late or left <= 1
                raise NoAnswer from None
            except Exception:  # no message
                raise NoAnswer from None
            if reply["parent_header"].get("msg_id") == sent:
                break
        try:
            said = reply["content"]["user_expressions"]["said"]["data"]["text/plain"]
            text = ast.literal_eval(said)
        except (
            KeyError,
            TypeError,
            ValueError,
            SyntaxError,
            RecursionError,
            MemoryError,
        ):
            return ""
        return text if isinstance(text, str) else ""

    def interrupt(self) -> None:
        """Stop what the kernel does; raise `Stopped` if it goes on, or is dead."""
        if self.killed or not _family():
            raise Stopped(self.killed or "the kernel died")
        self.asking.control_channel.send(
            self.asking.session.msg("interrupt_request", {})
        )
        try:
            self._execute("", GRACE)
        except NoAnswer:
            raise Stopped(
                "a check took too long and would not be interrupted"
            ) from None


def _say_if_late(cell: Any, execute_reply: Any, **_: Any) -> None:
    """Leave a word in a cell that nbclient has given up: it leaves none."""
    if execute_reply["content"].get("ename") == LATE:
        text = "The cell took too long, and was interrupted."
        error = nbformat.v4.new_output(
            "error", ename=LATE, evalue=text, traceback=[text]
        )
        cell.outputs.append(error)


def took_too_long(cell: nbformat.NotebookNode) -> bool:
    return any(output.get("ename") == LATE for output in cell.outputs)


def _family() -> list[psutil.Process]:
    return psutil.Process().children(recursive=True)


def _memory(process: psutil.Process) -> int:
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0


def processor(process: psutil.Process) -> float:
    """Seconds of the processor's time, also of those it started and outlived."""
    try:
        return float(sum(process.cpu_times()[:4]))
    except psutil.Error:
        return 0


def unlinked(processes: Iterable[psutil.Process], own: Path) -> tuple[int, int]:
    """The bytes of files without a name that somebody holds: in memory, and on disk.

    Only below ``own`` can anybody make files, so all others are in memory.
    """
    sizes: dict[tuple[bool, int], int] = {}
    for process in processes:
        for path, number, size in _nameless(Path(f"/proc/{process.pid}")):
            key = path.startswith(f"{own.resolve()}/"), number
            sizes[key] = max(size, sizes.get(key, 0))
    on_disk = sum(size for (disk, _), size in sizes.items() if disk)
    return sum(sizes.values()) - on_disk, on_disk


def _nameless(process: Path) -> Iterator[tuple[str, int, int]]:
    """Path, number and bytes of every file without a name that is open or mapped."""
    with contextlib.suppress(OSError):
        for opened in (process / "fd").iterdir():
            with contextlib.suppress(OSError):
                about, path = opened.stat(), os.readlink(opened)
                if stat.S_ISREG(about.st_mode) and not about.st_nlink:
                    yield path, about.st_ino, about.st_blocks * 512
    with contextlib.suppress(OSError):
        for line in (process / "maps").read_text(errors="replace").splitlines():
            if line.endswith(" (deleted)"):
                span, _, _, _, number, path = line.split(maxsplit=5)
                first, after = (int(end, 16) for end in span.split("-"))
                yield path, int(number), after - first


def _written(folder: Path) -> int:
    """The bytes below a folder in which somebody writes at this moment."""
    total = 0
    for place, _, files in os.walk(folder):
        for file in files:
            with contextlib.suppress(OSError):
                total += os.lstat(os.path.join(place, file)).st_size
    return total


def _limit(what: int, most: float) -> None:
    """Take a limit for this process and all that it starts, where the system has it."""
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(what, (int(most), int(most)))

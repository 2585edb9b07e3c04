"""A student's kernel: started behind walls, watched, asked, and ended in time."""

import ast
import contextlib
import os
import resource
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
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

    cell: float = 20  #: seconds for one cell; the slowest of ours takes two
    total: float = 45  #: seconds for all of them
    memory: float = 4 * GIGABYTE  #: bytes
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
            self.client.start_new_kernel(
                cwd=str(self.own),
                env=self._environment(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            self.client.start_new_kernel_client()
            self.asking = BlockingKernelClient()
            self.asking.load_connection_info(manager.get_connection_info())
            self.asking.start_channels()
            yield
        except DeadKernelError:
            raise Stopped(self.killed or "the kernel died") from None
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
        return {**kept, **own, **threads, "PYTHONPATH": str(bubblewrap.ROOT)}

    def _watch(self) -> None:
        """End the kernel if it takes more memory, processes or disk than it may."""
        while not self.killed:
            time.sleep(0.25)
            began = _family()
            used = sum(_memory(process) for process in began)
            written = _written(self.own)
            if used > self.limits.memory:
                self.kill("it took more memory than it may")
            elif len(began) > self.limits.processes:
                self.kill("it started more processes than it may")
            elif written > self.limits.disk:
                self.kill("it wrote more to the disk than it may")
            elif time.monotonic() > self.ends + 2 * GRACE:
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
            raise Stopped("the time for a whole notebook was up")
        self.client.kept, self.client.cut = 0, False
        self.client.execute_cell(cell, index)
        if took_too_long(cell):
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
            self._execute(code, self._left())
        inner = "".join(f", {arg!r}" for arg in args)
        asked = f"__import__('sys').modules['_teller'].{function}(get_ipython().user_ns{inner})"
        return self._execute("", self._left(), asked)

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
            try:
                left = deadline - time.monotonic()
                reply = self.asking.get_shell_msg(timeout=max(0.01, left))
            except Exception:
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
        if self.killed:
            raise Stopped(self.killed)
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

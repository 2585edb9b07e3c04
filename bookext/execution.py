"""How pages are executed: their printed output whole, their kernels quiet.

A cell's printed text reaches the client in pieces, cut anywhere when the machine is busy.
Joining them is nbclient's own option; MyST-NB, left to itself, puts a line break between.

Pages are read side by side, and two kernels may be given the same free port: the one that comes
second dies before it says a word, and is started once more.

Nor may a page tell how busy the machine was: no training shows its progress, however long it
takes.
"""

from jupyter_client.client import KernelClient
from myst_nb.core.execute import inline
from sphinx.application import Sphinx
from traitlets import default

#: What a kernel does before a page's first cell; it leaves no name behind.
UNHURRIED = (
    '__import__("ce_lib.models.progress").models.progress.PATIENCE = float("inf")'
)


class Client(inline.ModifiedNotebookClient):
    @default("coalesce_streams")
    def _join(self) -> bool:
        return True

    @default("extra_arguments")
    def _say_errors_only(self) -> list[str]:
        return ["--log-level=40", f"--IPKernelApp.exec_lines={UNHURRIED}"]

    def start_new_kernel_client(self) -> KernelClient:
        try:
            return super().start_new_kernel_client()
        except RuntimeError:
            self.create_kernel_manager()
            self.start_new_kernel()
            return super().start_new_kernel_client()


def setup(app: Sphinx) -> None:
    inline.ModifiedNotebookClient = Client  # type: ignore[misc]

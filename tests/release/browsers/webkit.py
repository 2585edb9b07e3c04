"""WebKit as Debian ships it, which speaks WebDriver and gets a screen of its own."""

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from other_browsers import find
from selenium.webdriver import WebKitGTK, WebKitGTKOptions
from selenium.webdriver.remote.command import Command
from selenium.webdriver.webkitgtk.service import Service
from tab import WHOLE, Action, Tab, sources

#: The driver comes back early where the page before was still busy.
LEFT = "location.href === 'about:blank'"
THERE = "location.href !== 'about:blank' && document.readyState === 'complete'"

#: Else the buttons above a page make every window wider than a phone.
SLIM = "* { padding: 0; margin: 0; min-width: 0; border: none; }"


class WebKitTab(Tab):
    def __init__(self, driver: WebKitGTK) -> None:
        super().__init__()
        self.driver = driver
        driver.set_script_timeout(60)

    def goto(self, address: str) -> None:
        self.driver.get("about:blank")
        self.wait_for_function(LEFT)
        self.driver.get(address)
        self.wait_for_function(THERE)
        self.wait_for_function(WHOLE)

    def call(self, function: str, text: str) -> str:
        script = f"const [text, done] = arguments; ({function})(text).then(done);"
        return self.driver.execute_async_script(script, text)

    def act(self, kind: str, actions: list[Action]) -> None:
        self.driver.execute(Command.W3C_ACTIONS, {"actions": sources(kind, actions)})

    def set_viewport_size(self, size: dict[str, int]) -> None:
        for _ in range(4):  # what stands around the page may take more lines
            now, window = self.viewport_size, self.driver.get_window_size()
            if now == size:
                return
            room = {key: window[key] + size[key] - now[key] for key in size}
            self.driver.set_window_size(room["width"], room["height"])
            time.sleep(0.1)
        assert self.viewport_size == size


@contextmanager
def screen() -> Iterator[str]:
    """A screen that nobody sees; yields its name."""
    reading, writing = os.pipe()
    command = [find("xvfb"), "-displayfd", str(writing), "-screen", "0", "1920x1400x24"]
    server = subprocess.Popen(
        [*command, "-nolisten", "tcp"], pass_fds=[writing], stderr=subprocess.DEVNULL
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as said:
            yield f":{said.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


@contextmanager
def webkit(*, dark: bool = False) -> Iterator[WebKitTab]:
    """A tab of its own small browser, on a system that is light or dark."""
    with screen() as name, tempfile.TemporaryDirectory() as settings:
        Path(settings, "gtk-3.0").mkdir()
        Path(settings, "gtk-3.0/gtk.css").write_text(SLIM, encoding="utf-8")
        variables = os.environ | {
            "DISPLAY": name,
            "GTK_THEME": "Adwaita:dark" if dark else "Adwaita",
            "LIBGL_ALWAYS_SOFTWARE": "1",
            "XDG_CONFIG_HOME": settings,
        }
        service = Service(find("webkit2gtk-driver"), env=variables)
        driver = WebKitGTK(WebKitGTKOptions(), service)
        try:
            yield WebKitTab(driver)
        finally:
            driver.quit()

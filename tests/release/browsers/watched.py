"""A server whose pages tell a test what went wrong on them, whatever drives the browser."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import ClassVar

from server import Strict, serve

SCRIPT = Path(__file__).with_name("watch.js")

#: A page of the book's address that does nothing.
EMPTY = b'<!doctype html><title>Empty</title><link rel="icon" href="data:,">'

#: What went wrong on the page that is open, and which faces of its type did not come.
WRONG = """() => [...self.ceWrong, ...[...document.fonts]
  .filter((face) => face.status === "error")
  .map((face) => `not loaded: ${face.family}`)]"""


@dataclass
class Served:
    """Where a folder is served, and what was asked for that is not there."""

    url: str
    refused: list[str] = field(default_factory=list)


class Watched(Strict):
    """Strict, and `watch.js` runs first on every page."""

    refused: ClassVar[list[str]]

    def do_GET(self) -> None:
        asked = self.path.partition("?")[0]
        if asked == "/watch.js":
            self._send(SCRIPT.read_bytes(), "text/javascript")
        elif asked == "/empty.html":
            self._send(EMPTY, "text/html; charset=utf-8")
        elif asked.endswith(".html") and (page := self._page(asked)):
            self._send(page, "text/html; charset=utf-8")
        else:
            super().do_GET()

    def _page(self, asked: str) -> bytes | None:
        path = Path(self.translate_path(asked))
        if not path.is_file():
            return None
        first = b'<head><script src="/watch.js"></script>'
        return path.read_bytes().replace(b"<head>", first, 1)

    def _send(self, body: bytes, kind: str) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_request(self, code: object = "-", size: object = "-") -> None:
        if isinstance(code, int) and code >= HTTPStatus.BAD_REQUEST:
            self.refused.append(f"{int(code)}: {self.path}")


class Sandboxed(Watched):
    """Pages that may keep nothing: whoever opens their storage is refused."""

    headers_to_send: ClassVar = {
        "Content-Security-Policy": Strict.headers_to_send["Content-Security-Policy"]
        + "; sandbox allow-scripts allow-forms"
    }


def watched(folder: Path, kind: type[Watched] = Watched) -> Iterator[Served]:
    """Serve a folder to one test session."""
    refused: list[str] = []
    own = type("Own", (kind,), {"refused": refused})
    for url in serve(folder, own):
        yield Served(url, refused)

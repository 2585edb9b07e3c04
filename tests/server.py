"""A small web server for the browser tests, on this machine only."""

import functools
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar


class Quiet(SimpleHTTPRequestHandler):
    headers_to_send: ClassVar[dict[str, str]] = {}

    def log_message(self, *args: object) -> None:
        pass

    def end_headers(self) -> None:
        for name, value in self.headers_to_send.items():
            self.send_header(name, value)
        super().end_headers()


class Strict(Quiet):
    """Allow scripts and styles from the same origin only, and nothing inline."""

    headers_to_send: ClassVar[dict[str, str]] = {
        "Content-Security-Policy": "default-src 'self'; img-src 'self' data:"
    }


def serve(folder: Path, handler: type[Quiet] = Quiet) -> Iterator[str]:
    made = functools.partial(handler, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), made)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()

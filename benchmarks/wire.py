"""A web server on this machine that counts what goes over the wire.

It stands in for the hosts of packages, too: their addresses in what it sends are changed
to its own, so that all of a page comes by the same line.
"""

import gzip
import mimetypes
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Page, Request
from stock import HOST, in_packages

TEXT = {".html", ".css", ".js", ".json", ".svg", ".txt", ".map", ".xml"}
KINDS = {
    "page": {".html"},
    "scripts": {".js", ".json", ".map"},
    "styles": {".css"},
    "fonts": {".woff2", ".woff", ".ttf"},
    "pictures": {".png", ".svg", ".jpg", ".ico", ".webp"},
}

#: For the browser: nothing but this machine can be reached.
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"


class Count:
    """What went over the wire, by kind, and what was asked for in vain."""

    def __init__(self) -> None:
        self.bytes: Counter[str] = Counter()
        self.requests: Counter[str] = Counter()
        self.missing: set[str] = set()

    def add(self, path: Path, body: bytes) -> None:
        kind = next((k for k, v in KINDS.items() if path.suffix in v), "other")
        self.bytes[kind] += len(body)
        self.requests[kind] += 1

    def watch(self, tab: Page, url: str) -> None:
        """Note what a tab asks others for than the server at ``url``."""

        def elsewhere(request: Request) -> None:
            if request.url.startswith("http") and not request.url.startswith(url):
                self.missing.add(request.url)

        tab.on("request", elsewhere)

    @property
    def total(self) -> int:
        return self.bytes.total()

    def not_found(self, book: str) -> Iterator[str]:
        """Say what is missing, if anything is."""
        if self.missing:
            names = {f"`{Path(urlsplit(url).path).name}`" for url in self.missing}
            found = ", ".join(sorted(names))
            yield f"Asked for by {book}, not found, and so not counted: {found}."


@contextmanager
def serve(folder: Path, count: Count, packages: Path | None = None) -> Iterator[str]:
    """Serve ``folder`` as a good web server does: text gzipped, the rest as it is.

    What is asked of the hosts of packages comes from ``packages``.
    """

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"  # one connection for many files
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            path = folder / unquote(urlsplit(self.path).path).lstrip("/")
            if packages and not path.is_file():
                path = in_packages(packages, self.path) or path
            if not path.is_file():
                count.missing.add(self.path)
                self.send_error(404)
                return
            body = self.packed(path)
            count.add(path, body)
            self.send_response(200)
            self.send_header("Content-Type", _type(path))
            self.send_header("Content-Length", str(len(body)))
            if path.suffix in TEXT:
                self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            self.wfile.write(body)

        def packed(self, path: Path) -> bytes:
            body = path.read_bytes()
            if path.suffix not in TEXT:
                return body
            if packages:
                here = f"http://{self.headers['Host']}"
                body = HOST.sub(here, body.decode("utf-8")).encode()
            return gzip.compress(body, 6)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def _type(path: Path) -> str:
    return mimetypes.guess_type(path.name)[0] or "application/octet-stream"

"""What a first visit to a chapter transfers, here and in a stock Jupyter Book.

Both pages are opened in a real browser with an empty cache, and every body that goes
over the wire is counted, text gzipped. The stock page is the same chapter built with
Jupyter Book's own theme and defaults, with an ipywidgets slider where this book has an
explorer. What it loads from elsewhere is served from npm's packages, in the versions
it asks for.
"""

import gzip
import mimetypes
import re
import subprocess
import sys
import tarfile
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Route
from shared import ROOT, chromium, publish, say, table

PAGE = "chapters/log-curve"
ALLOWED = 280_000  # bytes
BOOK = ROOT / "_build/html"

TEXT = {".html", ".css", ".js", ".json", ".svg", ".txt", ".map", ".xml"}
KINDS = {
    "page": {".html"},
    "scripts": {".js", ".json", ".map"},
    "styles": {".css"},
    "fonts": {".woff2", ".woff", ".ttf"},
    "pictures": {".png", ".svg", ".jpg", ".ico", ".webp"},
}

# The explorer's place is taken by what a stock book offers for the same purpose.
EXPLORER = "from ce_lib.explorers import LossCurve\n\nLossCurve()"
STOCK_WIDGET = """\
import matplotlib.pyplot as plt
import numpy as np
from ipywidgets import FloatSlider, interact

grid = np.linspace(0.001, 1, 400)


def draw(q):
    plt.plot(grid, -np.log(grid))
    plt.plot(q, -np.log(q), "o")
    plt.show()


_ = interact(draw, q=FloatSlider(value=0.7, min=0.01, max=1, step=0.01))"""
# Stock but for what the chapter's text needs: expressions, exercises, the references.
STOCK_CONFIG = """\
title: Cross-Entropy
execute:
  execute_notebooks: force
bibtex_bibfiles: [references.bib]
sphinx:
  extra_extensions: [sphinx_exercise]
  config:
    nb_execution_mode: inline
    nb_eval_name_regex: ".+"
"""
STOCK_TOC = f"""\
format: jb-book
root: index
chapters:
  - file: {PAGE}
  - file: chapters/references
"""


class Count:
    """What went over the wire, by kind."""

    def __init__(self) -> None:
        self.bytes: Counter[str] = Counter()
        self.requests: Counter[str] = Counter()
        self.missing: list[str] = []
        self.browser = ""  # its version

    def pack(self, path: Path) -> bytes:
        """Read a file as a server would send it, and count it."""
        body = path.read_bytes()
        if path.suffix in TEXT:
            body = gzip.compress(body, 6)
        kind = next((k for k, v in KINDS.items() if path.suffix in v), "other")
        self.bytes[kind] += len(body)
        self.requests[kind] += 1
        return body

    @property
    def total(self) -> int:
        return self.bytes.total()


@contextmanager
def serve(folder: Path, count: Count) -> Iterator[str]:
    """Serve ``folder`` as a good web server does: text gzipped, the rest as it is."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = folder / unquote(urlsplit(self.path).path).lstrip("/")
            if not path.is_file():
                count.missing.append(self.path)
                self.send_error(404)
                return
            body = count.pack(path)
            self.send_response(200)
            self.send_header("Content-Type", _type(path))
            self.send_header("Content-Length", str(len(body)))
            if path.suffix in TEXT:
                self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def _type(path: Path) -> str:
    return mimetypes.guess_type(path.name)[0] or "application/octet-stream"


def visit(folder: Path, alive: str, packages: Path | None = None) -> Count:
    """Open the page once; it is ready when every selector in ``alive`` is there."""
    count = Count()

    def elsewhere(route: Route) -> None:
        found = packages and _in_packages(packages, route.request.url)
        if found:
            count.pack(found)
            headers = {"Access-Control-Allow-Origin": "*"}
            route.fulfill(path=found, headers=headers, content_type=_type(found))
        else:
            count.missing.append(urlsplit(route.request.url).path)
            route.abort()

    with serve(folder, count) as url, chromium() as browser:
        count.browser = browser.version
        tab = browser.new_page()
        tab.route(lambda asked: not asked.startswith(url), elsewhere)
        tab.goto(f"{url}/{PAGE}.html", wait_until="networkidle")
        for selector in alive.split(","):
            tab.wait_for_selector(selector.strip(), state="attached")
        tab.wait_for_load_state("networkidle")
        tab.wait_for_timeout(1000)  # for those who load late
    return count


# A package is asked for as …/name@version/path or …/libs/name/version/path.
ASKED = re.compile(
    r"/npm/(?P<name>(?:@[\w.-]+/)?[\w.-]+)@(?P<version>[\w.]+)/(?P<path>[^\"'?]+)"
    r"|/libs/(?P<lib>[\w.-]+)/(?P<release>[\d.]+)/(?P<file>[^\"'?]+)"
)


def _asked(text: str) -> Iterator[tuple[str, str, str]]:
    """Find what ``text`` asks for: package, version and path."""
    for found in ASKED.finditer(text):
        if found["lib"]:
            # npm writes this one's name without the dot.
            yield found["lib"].replace(".", ""), found["release"], found["file"]
        else:
            yield found["name"], found["version"], found["path"]


def _in_packages(packages: Path, url: str) -> Path | None:
    for name, version, path in _asked(url):
        folder = packages / f"{name}@{version}"
        for candidate in (folder / path, folder / f"{path}.js"):
            if candidate.is_file():
                return candidate
    return None


def fetch_packages(page: Path, packages: Path) -> None:
    """Get what the stock page loads from elsewhere, through npm."""
    text = page.read_text(encoding="utf-8")
    for name, version, path in sorted(set(_asked(text))):
        say(f"  fetching {name}@{version} for {path}")
        folder = packages / f"{name}@{version}"
        folder.mkdir(parents=True, exist_ok=True)
        _run("npm", "pack", "--silent", f"{name}@{version}", cwd=folder)
        with tarfile.open(next(folder.glob("*.tgz"))) as archive:
            archive.extractall(folder, filter="data")
        for item in (folder / "package").iterdir():
            item.rename(folder / item.name)
        wanted = folder / path
        if not wanted.exists() and ".min." in wanted.name:
            # The package has only the readable form: minify it, as the host does.
            source = wanted.with_name(wanted.name.replace(".min.", "."))
            esbuild = str(ROOT / "node_modules/.bin/esbuild")
            _run(esbuild, str(source), "--minify", f"--outfile={wanted}", cwd=folder)
    # A file minified here is not the same to the byte, and would be refused.
    page.write_text(re.sub(r' integrity="[^"]*"', "", text), encoding="utf-8")


def build_stock(folder: Path) -> Path:
    """Build the chapter as a stock Jupyter Book; return the folder of its pages."""
    chapter = (ROOT / f"{PAGE}.md").read_text(encoding="utf-8")
    if EXPLORER not in chapter:
        sys.exit(f"{PAGE}.md no longer shows its explorer as pages.py expects it")
    chapter = chapter.replace(EXPLORER, STOCK_WIDGET)
    chapter = re.sub(r"\{explore\}`([^<`]*?)\s*<[^>]*>`", r"\1", chapter)
    (folder / "chapters").mkdir(parents=True)
    (folder / f"{PAGE}.md").write_text(chapter, encoding="utf-8")
    for name in ("chapters/references.md", "references.bib"):
        (folder / name).write_bytes((ROOT / name).read_bytes())
    (folder / "index.md").write_text("# Cross-Entropy\n", encoding="utf-8")
    (folder / "_config.yml").write_text(STOCK_CONFIG, encoding="utf-8")
    (folder / "_toc.yml").write_text(STOCK_TOC, encoding="utf-8")
    _run("jupyter-book", "build", ".", cwd=folder)
    return folder / "_build/html"


def _run(*command: str, cwd: Path) -> None:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(
            f"`{' '.join(command)}` failed:\n{(done.stdout + done.stderr)[-2000:]}"
        )


def measure_stock() -> Count:
    with tempfile.TemporaryDirectory() as temporary:
        say("building the stock book")
        pages = build_stock(Path(temporary) / "book")
        packages = Path(temporary) / "packages"
        fetch_packages(pages / f"{PAGE}.html", packages)
        return visit(pages, ".widget-slider, mjx-container", packages)


def main() -> None:
    if not (BOOK / f"{PAGE}.html").exists():
        sys.exit("the book is not built: run `make book` first")
    say("visiting this book")
    ours = visit(BOOK, ".ce-frame, .katex")
    stock = measure_stock()
    rows = [
        (kind, *(f"{c.bytes[kind] / 1000:,.1f}" for c in (ours, stock)))
        for kind in [*KINDS, "other"]
        if ours.bytes[kind] or stock.bytes[kind]
    ]
    totals = [f"**{c.total / 1000:,.1f}**" for c in (ours, stock)]
    requests = [c.requests.total() for c in (ours, stock)]
    verdict = "within" if ours.total <= ALLOWED else "**over**"
    publish(
        "pages",
        "# Page weight",
        f"A first visit to `{PAGE}`, gzipped, in KB (1000 bytes):",
        table(
            ("", "this book", "stock Jupyter Book"),
            [*rows, ("**together**", *totals), ("requests", *requests)],
        ),
        f"The stock page is {stock.total / ours.total:.1f} times as heavy. "
        f"This book's page is {verdict} its allowance of {ALLOWED / 1000:.0f} KB.",
        *_not_found("this book", ours),
        *_not_found("the stock book", stock),
        browser=ours.browser,
        timed=False,
    )


def _not_found(book: str, count: Count) -> Iterator[str]:
    if count.missing:
        names = ", ".join(sorted({f"`{Path(path).name}`" for path in count.missing}))
        yield f"Asked for by {book}, not found, and so not counted: {names}."


if __name__ == "__main__":
    main()

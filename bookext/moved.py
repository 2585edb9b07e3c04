"""Old addresses lead on: a small page stands where a page of the book once stood.

`moved.yml` says where each leads. The page sends the reader on by a script, which takes
along what stands behind ``#`` and ``?`` in the link, so that a link into an explorer's
state arrives in that state; without scripts, by a refresh, to the page; and without either,
by a link. A part that was renamed where it stands keeps its old name, and one that went to
another page leaves it at the first link to that page, for readers without scripts. It works
from a folder, and under a policy that forbids inline scripts.
"""

import json
import re
from collections import defaultdict
from html import escape
from pathlib import Path
from posixpath import dirname, relpath

import yaml
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError

FILE = "moved.yml"

PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>This page has moved</title>
<link rel="canonical" href="{to}">
<script src="{script}" data-to="{to}" data-parts="{parts}"></script>
<noscript><meta http-equiv="refresh" content="0; url={to}"></noscript>
</head>
<body><p>This page has moved: <a href="{to}">{title}</a></p></body>
</html>
"""

#: On a page that parts have left: it sends on to them, and does nothing else.
SCRIPT = '<script src="{script}" data-parts="{parts}"></script>'

#: What a link into a page can name: an id, or an explorer, which gets its id when it lives.
ANCHOR = re.compile(r'\s(?:id|data-explorer)="([^"]+)"')


def moved(folder: Path) -> dict[str, str]:
    """Return where every old address leads."""
    path = folder / FILE
    return yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else {}


def renamed(old: str, new: str) -> bool:
    """Whether only a part of a page has another name now, on the same page."""
    page, _, name = old.partition("#")
    return bool(name) and new.startswith(f"{page}#")


def check_pages(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Stop before the long part of a build when an old address leads nowhere."""
    addresses = moved(Path(app.srcdir))
    for old, new in addresses.items():
        page, _, name = old.partition("#")
        if name and page in env.found_docs:
            page = ""  # only a part of it has moved
        if page in env.found_docs:
            raise ExtensionError(
                f"{FILE}: {page} has not moved: it is a page of the book"
            )
        if page and name and page not in addresses:
            raise ExtensionError(f"{FILE}: {old} needs a line for {page} itself")
        if new.partition("#")[0] not in env.found_docs:
            raise ExtensionError(
                f"{FILE}: {old} leads to {new}, and there is no such page"
            )


def check_parts(folder: Path, addresses: dict[str, str]) -> None:
    """Stop when an old address leads to a part of a page that is not there."""
    for old, new in addresses.items():
        page, _, name = new.partition("#")
        if name and name not in ANCHOR.findall(
            (folder / f"{page}.html").read_text("utf-8")
        ):
            raise ExtensionError(
                f"{FILE}: {old} leads to {new}, and there is no such part"
            )


def keep_names(folder: Path, addresses: dict[str, str]) -> None:
    """Give the renamed parts of a page their old names beside the new ones."""
    for old, new in addresses.items():
        if not renamed(old, new):
            continue
        page, _, name = old.partition("#")
        path = folder / f"{page}.html"
        text = path.read_text("utf-8")
        if name not in ANCHOR.findall(text):
            now = re.escape(new.partition("#")[2])
            text = re.sub(
                rf'(?=<\w+[^>]*\sid="{now}")',
                f'<span id="{name}"></span>',
                text,
                count=1,
            )
            path.write_text(text, encoding="utf-8")


def point_on(folder: Path, page: str, leads: dict[str, str]) -> None:
    """Let a page send on whoever asks for a part that stands on another page now."""
    path = folder / f"{page}.html"
    text = path.read_text("utf-8")
    head, article, rest = text.partition("<article")
    for name, uri in leads.items():
        mark, there = f'<span id="{name}"></span>', uri.partition("#")[0]
        if mark in rest:
            continue  # an incremental build left the page alone
        if name in ANCHOR.findall(rest):
            raise ExtensionError(f"{FILE}: {page}#{name} has not moved: it is there")
        link = re.search(rf'<a [^>]*href="{re.escape(there)}["#]', rest)
        if link is None:
            raise ExtensionError(
                f"{FILE}: {page}#{name} leads to {there}: expected a link there on {page}"
            )
        rest = rest[: link.start()] + mark + rest[link.start() :]
    script = SCRIPT.format(
        script=escape(relpath("_static/moved.js", dirname(page) or ".")),
        parts=escape(json.dumps(leads)),
    )
    if script not in head:
        head = head.replace("</head>", f"{script}\n</head>", 1)
    path.write_text(head + article + rest, encoding="utf-8")


def write(app: Sphinx, error: Exception | None) -> None:
    """Write a page for each old one."""
    if error or app.builder.format != "html":
        return
    folder, addresses = Path(app.outdir), moved(Path(app.srcdir))
    check_parts(folder, addresses)
    keep_names(folder, addresses)
    parts: dict[str, dict[str, str]] = defaultdict(dict)
    for old, new in addresses.items():
        if renamed(old, new):
            continue
        page, _, name = old.partition("#")
        there, _, anchor = new.partition("#")
        uri = relpath(f"{there}.html", dirname(page) or ".")
        parts[page][name] = f"{uri}#{anchor}" if anchor else uri
    for page, leads in parts.items():
        if page in app.env.found_docs:
            point_on(folder, page, leads)
            continue
        to = leads.pop("")
        title = app.env.titles[addresses[page]].astext()
        path = folder / f"{page}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        text = PAGE.format(
            to=escape(to),
            title=escape(title),
            script=escape(relpath("_static/moved.js", dirname(page) or ".")),
            parts=escape(json.dumps(leads)),
        )
        path.write_text(text, encoding="utf-8")


def setup(app: Sphinx) -> None:
    app.connect("env-before-read-docs", check_pages)
    app.connect("build-finished", write)

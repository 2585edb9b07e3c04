"""A stock Jupyter Book of this book's chapters, to be measured beside it.

It is built with Jupyter Book's own theme and defaults, with an ipywidgets slider where
this book has an explorer. What its pages load from elsewhere is taken from npm's
packages, in the versions they ask for.
"""

import re
import subprocess
import sys
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from shared import ROOT, say

PAGE = "chapters/log-curve"

#: What makes the slider and its curve come to life, for who waits for them.
SLIDER, CURVE = ".widget-slider", ".widget-output img"

# The explorer's place is taken by what a stock book offers for the same purpose.
EXPLORER = re.compile(
    r"from ce_lib\.explorers import LossCurve\n\nLossCurve\([^\n]*\)$", re.MULTILINE
)
WIDGET = """\
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
CONFIG = """\
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
# What a book has besides its chapters.
COVER = {"index": "# Cross-Entropy\n"}
REFERENCES = {"chapters/references": "# References\n\n```{bibliography}\n```\n"}


def chapter() -> str:
    """The chapter as a stock book can show it."""
    text = (ROOT / f"{PAGE}.md").read_text(encoding="utf-8")
    text, replaced = EXPLORER.subn(lambda _: WIDGET, text)
    if replaced != 1:
        sys.exit(f"{PAGE}.md no longer shows its explorer as stock.py expects it")
    return re.sub(r"\{explore\}`([^<`]*?)\s*<[^>]*>`", r"\1", text)


def write(folder: Path, chapters: Mapping[str, str]) -> None:
    """Write a book's pages: its chapters, a cover and the references."""
    pages = {**chapters, **REFERENCES}
    for page, text in {**COVER, **pages}.items():
        path = folder / f"{page}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (folder / "references.bib").write_bytes((ROOT / "references.bib").read_bytes())
    files = "".join(f"  - file: {page}\n" for page in pages)
    contents = f"format: jb-book\nroot: index\nchapters:\n{files}"
    (folder / "_toc.yml").write_text(contents, encoding="utf-8")


def build(folder: Path) -> Path:
    """Build what `write` wrote as a stock book; return the folder of its pages."""
    (folder / "_config.yml").write_text(CONFIG, encoding="utf-8")
    jupyter_book = str(Path(sys.executable).with_name("jupyter-book"))
    _run(jupyter_book, "build", ".", cwd=folder)
    return folder / "_build/html"


def built(folder: Path) -> tuple[Path, Path]:
    """Build the one chapter; return its pages, and the packages that they load from."""
    say("building the stock book")
    write(folder / "book", {PAGE: chapter()})
    pages, packages = build(folder / "book"), folder / "packages"
    _fetch(pages / f"{PAGE}.html", packages)
    return pages, packages


# A package is asked for as …/name@version/path or …/libs/name/version/path.
ASKED = re.compile(
    r"/npm/(?P<name>(?:@[\w.-]+/)?[\w.-]+)@(?P<version>[\w.]+)/(?P<path>[^\"'?]+)"
    r"|/libs/(?P<lib>[\w.-]+)/(?P<release>[\d.]+)/(?P<file>[^\"'?]+)"
)
#: Whom it is asked of: what stands before the first slash of `ASKED`.
HOST = re.compile(r"https://[\w.-]+(?:/[\w.-]+)?(?=/(?:npm|libs)/)")


def _asked(text: str) -> Iterator[tuple[str, str, str]]:
    """Find what ``text`` asks for: package, version and path."""
    for found in ASKED.finditer(text):
        if found["lib"]:
            # npm writes this one's name without the dot.
            yield found["lib"].replace(".", ""), found["release"], found["file"]
        else:
            yield found["name"], found["version"], found["path"]


def in_packages(packages: Path, address: str) -> Path | None:
    """Find the file that stands at an address elsewhere."""
    for name, version, path in _asked(address):
        folder = packages / f"{name}@{version}"
        for candidate in (folder / path, folder / f"{path}.js"):
            if candidate.is_file():
                return candidate
    return None


def _fetch(page: Path, packages: Path) -> None:
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


def _run(*command: str, cwd: Path) -> None:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(
            f"`{' '.join(command)}` failed:\n{(done.stdout + done.stderr)[-2000:]}"
        )

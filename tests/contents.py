"""The table of contents, as the book's tests read it."""

from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
PARTS = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))["parts"]

#: Every page after the cover, in the order in which a reader leafs through them.
ALL = [entry["file"] for part in PARTS for entry in part["chapters"]]

#: The numbered chapters: the first is chapter 1.
CHAPTERS = [
    entry["file"]
    for part in PARTS
    if part.get("numbered")
    for entry in part["chapters"]
]

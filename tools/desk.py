"""Lay out the runner's own copy of the book: chapters and labs as notebooks to write in.

    python tools/desk.py FOLDER

copies the built book's notebooks and the labs' student versions. What is not there is put
there; what is there as it was copied follows the book, and goes when its page goes. What its
owner has changed stays as it is: to get the book's version again, move or rename it.
"""

import hashlib
import json
import shutil
import sys
from collections.abc import Container
from pathlib import Path

import nbformat

ROOT = Path(__file__).resolve().parent.parent
BOOK = ROOT / "_build/html/_sources"
LABS = ROOT / "_build/labs"

#: What stood in each notebook when it was copied.
RECORD = ".as-copied.json"


def notebooks() -> dict[str, Path]:
    """Every notebook of the built book and every lab, by its place in the copy."""
    if not (BOOK / "index.ipynb").exists():
        sys.exit("The book is not built: run `make book` first.")
    pages = {p.relative_to(BOOK).as_posix(): p for p in sorted(BOOK.rglob("*.ipynb"))}
    return pages | {f"labs/{lab.name}": lab for lab in handed_out()}


def handed_out() -> list[Path]:
    """The labs as students get them, made anew if their sources are."""
    from labs import release, sources  # nbgrader takes a second to import

    made = [LABS / source.name for source in sources()]
    if all(
        copy.exists() and copy.stat().st_mtime >= source.stat().st_mtime
        for copy, source in zip(made, sources(), strict=True)
    ):
        return made
    return release(LABS)


def fingerprint(path: Path) -> str:
    """Tell a notebook's cells apart from others; what they printed does not count.

    A file that is no notebook any more has the fingerprint of its bytes.
    """
    try:
        cells = nbformat.read(path, as_version=4).cells
        words = json.dumps([(cell.cell_type, cell.source) for cell in cells]).encode()
    except (ValueError, AttributeError, nbformat.ValidationError):
        words = path.read_bytes()
    return hashlib.sha256(words).hexdigest()


def as_copied(record: Path) -> dict[str, str]:
    """What a record says; without one that can be read, everything is its owner's."""
    try:
        known = json.loads(record.read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def clear(folder: Path, known: dict[str, str], offered: Container[str]) -> None:
    """Remove what was copied once, is as it was, and the book has no more."""
    for place in [place for place in known if place not in offered]:
        own = folder / place
        if own.is_file() and fingerprint(own) == known[place]:
            own.unlink()
        if not own.exists():
            del known[place]


def lay_out(folder: Path, offered: dict[str, Path]) -> list[str]:
    """Bring a copy up to date; return what its owner has changed and the book has, too."""
    folder.mkdir(parents=True, exist_ok=True)
    record = folder / RECORD
    known = as_copied(record)
    clear(folder, known, offered)
    kept = []
    for place, source in offered.items():
        own, new = folder / place, fingerprint(source)
        if own.exists():
            if known.get(place) == new:
                continue  # the book has nothing newer
            if fingerprint(own) not in (known.get(place), new):
                kept.append(place)
                continue
        own.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, own)
        known[place] = new
    record.write_text(json.dumps(known, indent=1), encoding="utf-8")
    return kept


def main(folder: Path) -> None:
    try:
        kept = lay_out(folder, notebooks())
    except OSError as problem:  # a file where a folder should be, or no right to write
        sys.exit(f"{problem.filename}: {problem.strerror}. Move or rename it first.")
    print(f"Your own copy of the book is in {folder.resolve()}.")
    print(
        "Write in it as you like: nothing else is touched, and what you change is kept."
    )
    for place in kept:
        print(f"  {place}: the book has a newer one; rename yours to get it beside it.")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

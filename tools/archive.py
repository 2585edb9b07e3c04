"""`make zip`: the built book in one archive, for a stick or a server's folder."""

from pathlib import Path

from packed import packed

ROOT = Path(__file__).resolve().parent.parent
HTML = ROOT / "_build/html"
ARCHIVE = ROOT / "_build/cross-entropy.zip"

#: The folder in the archive.
FOLDER = "cross-entropy"

#: What only the next build of the book needs.
LEFT_OUT = (".buildinfo",)


def archive(html: Path) -> bytes:
    """Return the built book as an archive: unpacked, its first page is `index.html`."""
    members = {
        f"{FOLDER}/{path.relative_to(html).as_posix()}": path.read_bytes()
        for path in sorted(html.rglob("*"))
        if path.is_file() and path.name not in LEFT_OUT
    }
    return packed(members)


if __name__ == "__main__":
    made = archive(HTML)
    ARCHIVE.write_bytes(made)
    print(f"The book in one file of {len(made) / 1e6:.1f} MB: {ARCHIVE}")
    print(
        f"Unpack it anywhere and open {FOLDER}/index.html, or put the folder on a server."
    )

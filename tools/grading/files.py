"""Every file that was handed in, wherever it lies, and why some can be no lab."""

import contextlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from grading import archives, exports
from grading.notebook import LARGEST

NOTEBOOKS = (".ipynb", ".json")
#: What nbgrader lays beside every hand-in that it collects.
NBGRADERS = ("timestamp.txt", "submission_secret.txt")
ARCHIVES = (".zip", ".tar", ".gz", ".tgz", ".7z", ".rar", ".xz", ".bz2")


@dataclass(frozen=True)
class File:
    """A file that was handed in, in a folder or an archive."""

    path: Path
    shown: Path  #: where a teacher finds it
    inside: tuple[str, ...]  #: the same, without the folder or archive of a download
    reason: str  #: why it cannot be a lab, as its name and kind tell

    @property
    def name(self) -> Path:
        return Path(self.inside[-1])

    @property
    def download(self) -> tuple[str, ...]:
        """The folder or archive of a download that it came in."""
        return self.shown.parts[: len(self.shown.parts) - len(self.inside)]


def files_in(folder: Path, unpacked: Path) -> Iterator[File]:
    """Every file in a folder and in its archives; those of a download as if outside it."""
    by_entry: dict[str, list[tuple[Path, tuple[str, ...], str]]] = {}
    for number, path in enumerate(_paths(folder) if folder.is_dir() else [folder]):
        inside = path.relative_to(folder.parent).parts
        inside = inside[1:] if folder.is_dir() else inside
        held = [(inside, path, _not_ours(path))]
        if path.suffix.lower() == ".zip" and path.is_file() and not path.is_symlink():
            # What is no archive is named, and who unpacks it will see.
            with contextlib.suppress(archives.PROBLEMS, OSError):
                into, most = unpacked / str(number), _most(inside)
                held = [
                    ((*inside, *member), file, reason)
                    for member, file, reason in archives.members(
                        path, into, most, _named_otherwise
                    )
                ]
        for within, file, reason in held:
            by_entry.setdefault(inside[0], []).append((file, within, reason))
    # All are downloads or none: no student can make one of a folder among others.
    together = {
        entry: [within for _, within, _ in held]
        for entry, held in by_entry.items()
        if len(held[-1][1]) > 1
        and not entry.startswith((".", "__MACOSX"))
        and not _is_named(entry)
    }
    downloads = all(_is_download(entry, held) for entry, held in together.items())
    for entry, held in by_entry.items():
        cut = 1 if downloads and entry in together else 0
        for file, within, reason in held:
            yield File(file, Path(*within), within[cut:], reason)


def _most(inside: tuple[str, ...]) -> int:
    """How many bytes are unpacked of an archive: of a class's more than of a student's."""
    return LARGEST if len(inside) > 1 or _is_named(inside[0]) else 20 * LARGEST


def _is_named(entry: str) -> bool:
    """Whether Moodle or Canvas has given something its name."""
    return bool(exports.moodle(entry) or exports.canvas(entry))


def _is_download(entry: str, held: Sequence[tuple[str, ...]]) -> bool:
    """Whether a folder or an archive holds a class, and is not one student's own.

    That is so if what lies in it bears the names of Moodle's submissions, or those of two
    students at Canvas; or if it is an archive with several folders in it.
    """
    names = {within[1] for within in held if len(within) > 1}
    folders = {within[1] for within in held if len(within) > 2}
    whose = {found[0] for name in names if (found := exports.canvas(name))}
    packed = entry.lower().endswith(".zip")
    return (
        any(map(exports.moodle, names))
        or len(whose) > 1
        or (packed and (len(whose) > 0 or len(folders) > 1))
    )


def _paths(folder: Path) -> Iterator[Path]:
    """Every file below a folder, and every folder of which nothing is to be had."""
    closed: list[Path] = []
    for place, folders, files in os.walk(
        folder, onerror=lambda problem: closed.append(Path(problem.filename))
    ):
        folders.sort()
        here = Path(place)
        yield from sorted(here / name for name in files if name not in NBGRADERS)
        yield from (here / name for name in folders if (here / name).is_symlink())
        if not files and not folders and here != folder:
            yield here
    yield from closed


def _not_ours(file: Path) -> str:
    """Why a file is no lab, as its name and kind tell."""
    if file.is_symlink():
        return "It is a link, which nobody follows."
    if file.is_dir():
        return "It is a folder with nothing to read in it."
    return _named_otherwise(file)


def _named_otherwise(file: Path) -> str:
    """Why a file is no lab, as its name tells."""
    if ".ipynb_checkpoints" in file.parts:
        return "It is JupyterLab's own copy of a notebook."
    if file.suffix.lower() in ARCHIVES:
        return "It is an archive: unpack it."
    if file.name.startswith(".") or "__MACOSX" in file.parts:
        return "It is a hidden file of an operating system."
    if file.suffix.lower() not in NOTEBOOKS:
        return "It is not a notebook (.ipynb)."
    return ""

"""What lies in a zip file, unpacked where nothing of it can do harm."""

import contextlib
import os
import shutil
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

#: Files that are unpacked from one archive.
MANY = 20_000

#: What Python raises for an archive that is broken, locked or packed in an unknown way.
PROBLEMS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)

Member = tuple[tuple[str, ...], Path, str]


def members(
    archive: Path, into: Path, most: int, unwanted: Callable[[Path], str]
) -> Iterator[Member]:
    """Yield the path in the archive, the file, and why it is left, of every file in it.

    ``most`` bytes are unpacked at most. What is ``unwanted`` is named and stays packed. No
    path in the archive becomes one here.
    """
    into.mkdir(parents=True)
    left = most
    with zipfile.ZipFile(archive) as opened:
        for number, info in enumerate(opened.infolist()):
            path = PurePosixPath(info.filename.replace("\\", "/"))
            inside = tuple(part for part in path.parts if part not in ("/", ".."))
            if info.is_dir() or not inside:
                continue
            reason = unwanted(Path(*inside))
            if not reason and (number >= MANY or info.file_size > left):
                reason = "The archive holds more than is unpacked: unpack it yourself."
            if not reason:
                file = into / f"{number}.ipynb"
                reason = _unpack(opened, info, file)
                left -= info.file_size
            yield inside, archive if reason else file, reason


def _unpack(opened: zipfile.ZipFile, info: zipfile.ZipInfo, file: Path) -> str:
    """Unpack one file; return why it could not be."""
    try:
        # No more than is announced comes out: zipfile stops there.
        with opened.open(info) as packed, file.open("wb") as unpacked:
            shutil.copyfileobj(packed, unpacked)
    except (*PROBLEMS, OSError) as problem:
        return f"It cannot be unpacked ({problem})."
    with contextlib.suppress(ValueError, OverflowError, OSError):
        when = time.mktime((*info.date_time, 0, 0, -1))
        os.utime(file, (when, when))
    return ""

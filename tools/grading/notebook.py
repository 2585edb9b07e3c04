"""What a handed-in file holds, however it was edited: its cells, or why there are none."""

import json
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

#: The exercise that a check asks for.
REQUIRED = re.compile(r"""^require\(\s*["']([\w.-]+)["']""", re.M)

#: Larger files are not read. With 100 MB of prints in it a notebook is still smaller.
LARGEST = 200_000_000


class NotANotebook(Exception):
    """Why a file cannot be read as a notebook, as a sentence."""


@dataclass(frozen=True)
class Cell:
    """One cell: "code" or "markdown", its text, and the names it answers to."""

    kind: str
    source: str
    names: tuple[str, ...]  #: nbgrader's id, then Jupyter's
    required: str = ""  #: the exercise that it checks


def cells(path: Path) -> list[Cell]:
    """Return a notebook's cells; outputs and everything else that it claims are left."""
    held = _json(path)
    if not isinstance(held, dict):
        raise NotANotebook("The file is not a notebook: it holds no cells.")
    listed: Any = held.get("cells")
    if listed is None and isinstance(held.get("worksheets"), list):  # format 3
        sheets = [s for s in held["worksheets"] if isinstance(s, dict)]
        listed = [cell for s in sheets for cell in (s.get("cells") or [])]
    if not isinstance(listed, list) or not listed:
        raise NotANotebook("The file is not a notebook: it holds no cells.")
    found = [_cell(cell) for cell in listed if isinstance(cell, dict)]
    if not found:
        raise NotANotebook("The file is not a notebook: its cells are none.")
    return found


def _json(path: Path) -> Any:
    try:
        about = os.lstat(path)
        if not stat.S_ISREG(about.st_mode):
            raise NotANotebook("It is no ordinary file.")
        if about.st_size > LARGEST:
            raise NotANotebook(f"The file is too large: {about.st_size:,} bytes.")
        if not about.st_size:
            raise NotANotebook("The file is empty.")
        return json.loads(path.read_bytes())
    except json.JSONDecodeError as problem:
        where = f"line {problem.lineno}: {problem.msg}"
        raise NotANotebook(
            f"The file is not a notebook, or not all of one ({where})."
        ) from None
    except UnicodeDecodeError as problem:
        where = f"byte {problem.start} is none of {problem.encoding}"
        raise NotANotebook(
            f"The file is not a notebook: it is to be saved as UTF-8 ({where})."
        ) from None
    except RecursionError:
        raise NotANotebook(
            "The file is not a notebook: it is nested too deep."
        ) from None
    except ValueError as problem:
        raise NotANotebook(f"The file is not a notebook ({problem}).") from None
    except OSError as problem:
        raise NotANotebook(f"It cannot be read: {problem.strerror}.") from None


def _cell(cell: dict[str, Any]) -> Cell:
    text = cell.get("source", cell.get("input", ""))
    lines = text if isinstance(text, list) else [text]
    source = "".join(line for line in lines if isinstance(line, str))
    source = source.encode("utf-8", "replace").decode()  # half a character is none
    source = source.replace("\r\n", "\n").replace("\r", "\n")
    metadata = cell.get("metadata")
    own = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    grade_id = own.get("grade_id") if isinstance(own, dict) else None
    names = [name for name in (grade_id, cell.get("id")) if isinstance(name, str)]
    required = REQUIRED.search(source)
    kind = "code" if cell.get("cell_type") == "code" else "markdown"
    return Cell(kind, source, tuple(names), required[1] if required else "")

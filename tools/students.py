"""Put the labs into one archive that students unpack and work in.

    python tools/students.py                     all labs, into _build/students
    python tools/students.py floor-and-excess    this one alone

In it are the students' versions, the library's wheel, and a page that says what to type on
Windows, macOS and Linux. The same sources make the same bytes.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat
from filling import templates
from grading.lab import parts, sources, title
from labs import BUILD, ROOT, release
from packed import packed

sys.path.append(str(ROOT))  # in a clone that is not installed, too

from bookext import wheel
from ce_lib import __version__

PAGE = "START-HERE.html"

#: What a package is called where it is installed, if not as it is imported.
PACKAGES = {"sklearn": "scikit-learn"}

HERE = Path(__file__).parent
TEMPLATES = templates(HERE / "templates", HERE / "grading/templates")


@dataclass(frozen=True)
class Lab:
    """What a student has to know of a lab before it is opened."""

    file: str
    title: str
    needs: list[str]  #: packages besides what the library brings


def described(lab: Path) -> Lab:
    """Say of a lab's source what students are told."""
    code = (part.source for part in parts(lab) if part.kind == "code")
    needs = [PACKAGES.get(name, name) for name in wheel.needs(code, ROOT)]
    return Lab(lab.name, title(lab), needs)


def page(labs: Sequence[Path]) -> str:
    """The instructions for these labs."""
    return TEMPLATES.get_template("start-here.html").render(
        title="Cross-entropy: the labs" if len(labs) > 1 else title(labs[0]),
        version=__version__,
        wheel=wheel.NAME,
        labs=[described(lab) for lab in labs],
    )


def chosen(names: Iterable[str]) -> list[Path]:
    """The sources of the labs with these names; without names, of all.

    Raises
    ------
    ValueError
        If there is no such lab.
    """
    known = {lab.stem: lab for lab in sources()}
    wanted = list(dict.fromkeys(names))
    if unknown := [name for name in wanted if name not in known]:
        raise ValueError(
            f"labs: expected names out of {', '.join(known)}, got {', '.join(unknown)}"
        )
    return [known[name] for name in wanted or known]


def pack(labs: Sequence[Path], handed_out: Path, out: Path) -> Path:
    """Write the archive of these labs into ``out``; return its path.

    Their students' versions lie in ``handed_out``. Its name says which labs it holds, if
    not all: two archives of one name are the same one.
    """
    every = len(labs) == len(sources())
    name = "cross-entropy-labs" if every else "+".join(lab.stem for lab in labs)
    folder = f"{name}-{__version__}"
    members = {PAGE: page(labs).encode()}
    with tempfile.TemporaryDirectory(prefix="students-") as place:
        members[wheel.NAME] = wheel.build(ROOT, Path(place)).read_bytes()
    for lab in labs:
        members[f"labs/{lab.name}"] = _marked(handed_out / lab.name)
    out.mkdir(parents=True, exist_ok=True)
    archive = out / f"{folder}.zip"
    archive.write_bytes(
        packed({f"{folder}/{path}": content for path, content in members.items()})
    )
    return archive


def _marked(lab: Path) -> bytes:
    """A lab that names the version of the library it came with."""
    notebook = nbformat.read(lab, 4)
    notebook.metadata["ce_lib"] = __version__
    return (nbformat.writes(notebook) + "\n").encode()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("labs", nargs="*", metavar="LAB", help="its name; all if none")
    try:
        labs = chosen(parser.parse_args().labs)
    except ValueError as why:
        sys.exit(str(why))
    release(BUILD / "labs")
    print(pack(labs, BUILD / "labs", BUILD / "students").relative_to(ROOT))


if __name__ == "__main__":
    main()

"""Make what is for the teacher only, into _build/teacher: part neither of book nor of wheel.

    python tools/teaching.py key     every exercise with its solution and its mistakes
    python tools/teaching.py bank    sixty questions for Moodle and Canvas
    python tools/teaching.py exam    sixty minutes, and their solutions

`teacher` holds how: `course` knows the order of the chapters and labs, `printed` what the
built book prints of an exercise, `written` sets Markdown, and `spares` finds the exercises that
stand on no page. What is asked is defined where the book defines it.
"""

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # the book's extension is installed nowhere

from teacher.printed import NotBuilt  # noqa: E402

OUT = ROOT / "_build/teacher"


def make(what: str) -> list[Path]:
    # Each is imported when it is asked for: the exam needs no built book.
    if what == "key":
        from teacher import key

        return [key.write(OUT)]
    if what == "bank":
        from teacher import bank

        return bank.write(OUT)
    from teacher import exam

    return exam.write(OUT)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=["key", "bank", "exam"])
    try:
        made = make(parser.parse_args().what)
    except NotBuilt as why:
        sys.exit(str(why))
    for path in made:
        print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()

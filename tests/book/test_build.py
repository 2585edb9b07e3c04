"""The build fails where it should, says what to do, and never shows a stale output."""

import re
from pathlib import Path

from small_book import Build

CELL = "```{{code-cell}} ipython3\n{}\n```\n"


def test_a_failing_cell_fails_the_build(build: Build) -> None:
    run = build(CELL.format("1 / 0"))
    assert run.returncode != 0
    assert "ZeroDivisionError" in run.stdout + run.stderr


def test_an_expression_that_cannot_be_computed_fails_the_build(build: Build) -> None:
    run = build(CELL.format("x = 1") + "\nThe value is {eval}`y`.\n")
    assert run.returncode != 0


def test_links_to_what_is_not_there_fail_with_a_sentence(build: Build) -> None:
    run = build(
        "{explore}`a <loss-kurve?q=0.1>` {explore}`b <loss-curve?q=7>`"
        " {explore}`c <loss-curve?p=0.1>`\n"
    )
    said = " ".join((run.stdout + run.stderr).split())
    assert run.returncode != 0
    assert "there is no explorer 'loss-kurve' to link to; there are" in said
    assert "q: expected a number from 1e-06 to 1, got 7.0" in said
    assert "expected name=value pairs with the names q, classes" in said


def test_a_figure_without_words_fails_the_build(build: Build) -> None:
    code = "from ce_lib.figures import axes\n_ = axes().plot([0, 1])"
    run = build(CELL.format(code))
    said = run.stdout + run.stderr
    assert run.returncode != 0
    assert "a figure has no alt text" in said
    assert "a figure has no caption" in said


def test_a_missing_bundle_is_explained(build: Build, tmp_path: Path) -> None:
    (tmp_path / "ce_lib/explorers/static/loss-curve.js").unlink()
    run = build("Nothing here.\n")
    assert run.returncode != 0
    assert "run `make explorers`" in " ".join((run.stdout + run.stderr).split())


def test_a_page_is_executed_again_when_what_it_imports_changes(
    build: Build, tmp_path: Path
) -> None:
    code = "import time\nfrom ce_lib import genres\nprint(genres.GENRES[0], time.time_ns())"
    page = tmp_path / "_build/html/index.html"

    def built() -> str:
        run = build(CELL.format(code))
        assert run.returncode == 0, run.stdout + run.stderr
        return re.search(r"(Rock|Polka) \d{9,}", page.read_text(encoding="utf-8"))[0]

    def edit(module: str, old: str, new: str) -> None:
        path = tmp_path / f"ce_lib/{module}.py"
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    first = built()
    edit("calibration", "import", "import")  # a newer file that this page does not use
    assert built() == first
    edit("genres", '"Rock"', '"Polka"')
    assert built().startswith("Polka")


def test_a_new_script_gets_its_address_on_pages_that_are_not_executed_again(
    build: Build, tmp_path: Path
) -> None:
    code = "import time\nfrom ce_lib.explorers import LossCurve\nprint(time.time_ns())"
    page = tmp_path / "_build/html/index.html"

    def built() -> tuple[str, str]:
        run = build(CELL.format(code) + CELL.format("LossCurve()"))
        assert run.returncode == 0, run.stdout + run.stderr
        text = page.read_text(encoding="utf-8")
        executed = re.search(r"\d{16,}", text)[0]
        return executed, re.search(r'src="_static/core\.js\?v=(\w+)"', text)[1]

    first = built()
    core = tmp_path / "bookext/static/core.js"
    core.write_text(core.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    then = built()
    assert then[0] == first[0]
    assert then[1] != first[1]


def test_printed_output_is_shown_as_it_was_printed(
    build: Build, tmp_path: Path
) -> None:
    code = """\
import sys, time
for piece in ("al", "l in one\\n", "\\n  after a gap"):
    print(piece, end="", flush=True)
    time.sleep(0.3)"""
    run = build(CELL.format(code))
    assert run.returncode == 0, run.stdout + run.stderr
    page = (tmp_path / "_build/html/index.html").read_text(encoding="utf-8")
    assert "all in one\n\n  after a gap" in page
    assert "IPKernelApp" not in run.stdout + run.stderr

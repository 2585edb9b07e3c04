"""The JavaScript mathematics matches `ce_lib`, and the bundles match their sources."""

import json
import re
from pathlib import Path

import golden
from node import node

ROOT = Path(__file__).resolve().parents[2]


def test_javascript_computes_what_python_computes(tmp_path: Path) -> None:
    vectors = tmp_path / "golden.json"
    vectors.write_text(json.dumps(golden.vectors()))
    run = node("--test", "web/tests/maths.test.mjs", GOLDEN=str(vectors))
    assert run.returncode == 0, run.stdout[-3000:] + run.stderr[-2000:]


def test_every_function_of_the_mathematics_is_held_to_something() -> None:
    """To Python's answers, or to a property: a test called ``"module.function: …"``."""
    held = {(case["module"], case["function"]) for case in golden.vectors()}
    for path in (ROOT / "web/tests").glob("*.test.mjs"):
        held |= set(re.findall(r'^test\("([\w-]+)\.(\w+):', path.read_text(), re.M))
    for path in sorted((ROOT / "web/maths").glob("*.js")):
        for function in re.findall(r"^export function (\w+)", path.read_text(), re.M):
            assert (path.stem, function) in held, (
                f"{path.name}: {function} needs a golden vector (tests/web/golden) or a "
                f'property test called "{path.stem}.{function}: …" (web/tests)'
            )


def saying(pattern: str) -> set[str]:
    """The sources in which the pattern is found."""
    return {
        path.relative_to(ROOT / "web").as_posix()
        for path in (ROOT / "web").rglob("*.js")
        if re.search(pattern, path.read_text())
    }


def test_attributes_are_set_in_one_place() -> None:
    """`attrs` and `h` do it, and `part` for pictures; there is no second way."""
    assert saying(r"\.(set|remove|toggle)Attribute(NS)?\(") == {"ui/dom.js"}


def test_boxes_are_watched_in_one_place() -> None:
    """`whenResized` does it, which waits for the frame and for the page."""
    assert saying("ResizeObserver") == {"ui/sizes.js"}


def test_the_committed_bundles_are_built_from_the_sources(tmp_path: Path) -> None:
    run = node("web/bundle.mjs", "--out", str(tmp_path))
    assert run.returncode == 0, run.stderr
    fresh = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert fresh
    for path in fresh:
        committed = ROOT / path.relative_to(tmp_path)
        assert committed.read_bytes() == path.read_bytes(), (
            f"{committed.name} is not what its source gives: run `make explorers`"
        )


def test_nothing_stale_is_shipped() -> None:
    modules = {path.name for path in (ROOT / "web/explorers").glob("*.js")}
    for place in ("ce_lib/explorers/static", "bookext/static/explorers"):
        assert {path.name for path in (ROOT / place).glob("*.js")} == modules, place
    later = {path.name for path in (ROOT / "bookext/static/texts").iterdir()}
    texts = (ROOT / "web/texts").glob("*.page.js")
    assert later == {path.name.replace(".page.js", ".js") for path in texts}

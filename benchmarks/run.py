"""Run every benchmark, one after the other, and say what came out.

Each is a script of its own, prints what it measured and writes it to
``benchmarks/results/``, which the README quotes.
"""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
BENCHMARKS = ("pages", "opening", "building", "frames", "losses", "linear", "hosting")


def main() -> None:
    failed = []
    for name in BENCHMARKS:
        script = HERE / f"{name}.py"
        if not script.exists():
            continue
        print(f"\n## {name}\n", flush=True)
        if subprocess.run([sys.executable, str(script)], check=False).returncode:
            failed.append(name)
    print("\n## In short\n")
    for result in sorted((HERE / "results").glob("*.md")):
        state = "FAILED, so this is old" if result.stem in failed else "new"
        print(f"{result.relative_to(HERE.parent)} ({state})")
        print(_sentences(result))
    if failed:
        sys.exit(f"these benchmarks failed: {', '.join(failed)}")


def _sentences(result: Path) -> str:
    """What a result says beside its tables."""
    lines = result.read_text(encoding="utf-8").splitlines()
    return "\n".join(f"  {line}" for line in lines if line and line[0] not in "|#")


if __name__ == "__main__":
    main()

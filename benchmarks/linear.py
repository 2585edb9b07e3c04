"""Measure the loss of a linear layer without its logits, beside PyTorch's ways to it.

    python benchmarks/linear.py           # both shapes, about three minutes
    python benchmarks/linear.py --quick   # fewer rounds

Loss and gradients of all parts, float32, one thread each. The calls go round in turn, and a
ratio is taken within a round: the median of these ratios with their middle half. Times are
the processor's own, so that other programs count for little. The tables are printed and
written to benchmarks/results/linear.md.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import gc
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch

# One thread each, and ce_lib of this checkout: `losses` sees to both.
from losses import ROOT, functional, machine, peak_resident, resident, spread

from ce_lib import linear_cross_entropy_with_grad

RESULTS = ROOT / "benchmarks/results/linear.md"
SHAPES = [(1024, 256, 32000), (512, 128, 50000)]  # rows, features, classes
ROUNDS = 9
Options = torch.nn.LinearCrossEntropyOptions
Call = Callable[[], Any]


def rows_at_a_time(rows: int) -> Options:
    """Return options set by hand: the fastest policy, and so many rows at a time."""
    return Options(batch_chunk_size=rows, chunking_method=None, acc_policy="compact")


OPTIONS = {
    "torch, default options": Options(),
    "torch, 128 rows at a time": rows_at_a_time(128),
    "torch, 256 rows at a time": rows_at_a_time(256),
}
NAMES = ["ce_lib", "torch, logits stored", *OPTIONS]


def layer(n: int, d: int, k: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return hidden vectors, weights that give ordinary logits, and classes."""
    rng = np.random.default_rng(0)
    hidden = rng.standard_normal((n, d), dtype=np.float32)
    weight = rng.standard_normal((k, d), dtype=np.float32) / np.float32(d**0.5)
    return hidden, weight, rng.integers(k, size=n)


def contestants(n: int, d: int, k: int) -> dict[str, Call]:
    """Return the calls to compare, by name."""
    hidden, weight, y = layer(n, d, k)
    leaves = [torch.from_numpy(x).requires_grad_() for x in (hidden, weight)]
    target = torch.from_numpy(y)

    def stored() -> torch.Tensor:
        return functional.cross_entropy(functional.linear(*leaves), target)

    def with_options(options: Options) -> Callable[[], torch.Tensor]:
        return lambda: functional.linear_cross_entropy(*leaves, target, options=options)

    def both(loss: Callable[[], torch.Tensor]) -> Call:
        def call() -> float:
            for leaf in leaves:
                leaf.grad = None
            value = loss()
            value.backward()
            return value.item()

        return call

    return {
        "ce_lib": lambda: linear_cross_entropy_with_grad(hidden, weight, y),
        "torch, logits stored": both(stored),
        **{name: both(with_options(options)) for name, options in OPTIONS.items()},
    }


def seconds(call: Call) -> float:
    start = time.process_time()
    call()
    return time.process_time() - start


def speed_rows(shape: tuple[int, int, int], rounds: int) -> dict[str, list[str]]:
    """Time all calls in turn; return of each the median time and the ratios to ours."""
    calls = contestants(*shape)
    for call in calls.values():
        call()
    gc.disable()
    taken = np.array([[seconds(calls[name]) for name in NAMES] for _ in range(rounds)])
    gc.enable()
    ratios = taken / taken[:, :1]
    return {
        name: [f"{np.median(taken[:, i]):.2f} s", spread(ratios[:, i]) if i else ""]
        for i, name in enumerate(NAMES)
    }


def peak_extra(name: str, shape: tuple[int, int, int]) -> float:
    """Return the bytes that one call takes beside inputs and results, in a new process."""
    command = [sys.executable, __file__, "--peak", name, *map(str, shape)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(done.stdout)


def measure_peak(name: str, n: int, d: int, k: int) -> float:
    """Measure, in this process, how far the high-water mark rises in one call."""
    # Load code and let BLAS take its buffers before the mark is read.
    contestants(n // 4, d, 2000)[name]()
    call = contestants(n, d, k)[name]
    gc.collect()
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)  # freed memory must not hide new memory
    Path("/proc/self/clear_refs").write_text("5")  # reset the mark
    before = resident()
    call()
    return peak_resident() - before - 4 * (n * d + k * d)


def table(shape: tuple[int, int, int], rounds: int) -> list[str]:
    n, d, k = shape
    lines = [
        f"## {n} rows, {d} features, {k} classes",
        "",
        f"The logits would take {4 * n * k / 1e6:.0f} MB.",
        "",
        "| | time | times ours | extra memory | of storing the logits |",
        "|---|---:|---:|---:|---:|",
    ]
    extra = {name: peak_extra(name, shape) for name in NAMES}
    whole = extra["torch, logits stored"]
    for name, cells in speed_rows(shape, rounds).items():
        cells += [f"{extra[name] / 1e6:.1f} MB", f"{extra[name] / whole:.3f}"]
        lines.append("| " + " | ".join([name, *cells]) + " |")
        print(lines[-1], flush=True)
    return [*lines, ""]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="fewer rounds")
    parser.add_argument("--peak", nargs=4, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.peak:
        name, *shape = arguments.peak
        print(measure_peak(name, *map(int, shape)))
        return
    print(machine())
    rounds = 3 if arguments.quick else ROUNDS
    text = [
        "# The loss of a linear layer without its logits",
        "",
        f"Measured on: {machine()}",
        "",
        "Loss and gradients of hidden vectors and weights, float32. A ratio is taken within",
        "a round of calls: the median, and in brackets the middle half. Times are the",
        "processor's. Extra memory is the peak beside inputs and results.",
        "",
        *(line for shape in SHAPES for line in table(shape, rounds)),
        "How to read it: nearly all of the time goes into three matrix products, which are",
        "the same for all. Storing the logits costs the fresh memory. The default options",
        "take few rows at a time, and so go over the weights more often.",
    ]
    RESULTS.write_text("\n".join(text) + "\n", encoding="utf-8")
    print(f"written to {RESULTS.relative_to(ROOT)}")


if __name__ == "__main__":
    main()

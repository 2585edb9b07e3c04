"""Speed and memory of the losses, beside torch, scipy and scikit-learn.

Run it with ``python benchmarks/losses.py``; add ``--quick`` for a short look.
Every comparison times the two sides in turn, one thread each, and reports the
median of the ratios of neighbouring pairs with their middle half. A ratio above
1 says how many times longer the other library takes. The table is printed and
written to benchmarks/results/losses.md.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import gc
import platform
import resource
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import scipy
import sklearn
import torch
from scipy.special import log_softmax
from sklearn.metrics import log_loss
from threadpoolctl import threadpool_limits

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import ce_lib  # noqa: E402

torch.set_num_threads(1)
threadpool_limits(1)
functional = torch.nn.functional

RESULTS = ROOT / "benchmarks/results/losses.md"
SHAPES = [(64, 4), (8192, 10), (4096, 1000), (1024, 50257)]
LOGITS = 1_000_000  # of the binary loss
DTYPES = [np.float32, np.float64]
Call = Callable[[], Any]


def batch(n: int, k: int, dtype: type) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    z = rng.standard_normal((n, k), dtype=np.float32) * 3
    return z.astype(dtype), rng.integers(k, size=n)


def contestants(z: np.ndarray, y: np.ndarray) -> dict[str, dict[str, Call]]:
    """Return the calls to time: what we do, and what each library does for it."""
    tz, ty = torch.from_numpy(z), torch.from_numpy(y)
    leaf = tz.clone().requires_grad_()
    rows, classes = np.arange(len(y)), np.arange(z.shape[1])
    out = np.empty_like(z)

    def torch_both() -> None:
        leaf.grad = None
        functional.cross_entropy(leaf, ty).backward()

    def torch_loss() -> None:
        with torch.no_grad():
            functional.cross_entropy(tz, ty)

    def sklearn_loss() -> None:
        # It takes probabilities, so making them is part of the work.
        e = np.exp(z - z.max(axis=1, keepdims=True))
        e /= e.sum(axis=1, keepdims=True)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            log_loss(y, e, labels=classes)

    return {
        "loss": {
            "ce_lib": lambda: ce_lib.softmax_cross_entropy(z, y),
            "torch": torch_loss,
            "scipy": lambda: -log_softmax(z, axis=1)[rows, y].mean(),
            "scikit-learn": sklearn_loss,
        },
        "loss and gradient": {
            "ce_lib": lambda: ce_lib.softmax_cross_entropy_with_grad(z, y),
            "torch": torch_both,
        },
        "loss and gradient, out=": {
            "ce_lib": lambda: ce_lib.softmax_cross_entropy_with_grad(z, y, out=out),
            "torch": torch_both,
        },
    }


def seconds(call: Call, repeat: int) -> float:
    start = time.perf_counter()
    for _ in range(repeat):
        call()
    return (time.perf_counter() - start) / repeat


def compare(ours: Call, theirs: Call, budget: float) -> tuple[float, np.ndarray]:
    """Time two calls in turn for ``budget`` seconds; return our time and ratios."""
    ours(), theirs()
    once = seconds(ours, 1) + seconds(theirs, 1)
    repeat = max(1, int(2e-3 / once))  # long enough for the clock
    pairs = int(np.clip(budget / (once * repeat), 5, 200))
    times = np.empty((pairs, 2))
    gc.disable()
    for i in range(pairs):
        order = (ours, theirs) if i % 2 else (theirs, ours)
        pair = [seconds(call, repeat) for call in order]
        times[i] = pair if i % 2 else pair[::-1]
    gc.enable()
    return float(np.median(times[:, 0])), times[:, 1] / times[:, 0]


def spread(ratios: np.ndarray) -> str:
    low, middle, high = np.quantile(ratios, [0.25, 0.5, 0.75])
    return f"{middle:.2f} ({low:.2f} to {high:.2f})"


def duration(value: float) -> str:
    return f"{value * 1e6:.1f} µs" if value < 1e-3 else f"{value * 1e3:.2f} ms"


def speed_table(budget: float) -> list[str]:
    lines = [
        "| shape | dtype | what | ce_lib | torch | scipy | scikit-learn |",
        "|---|---|---|---|---|---|---|",
    ]
    for n, k in SHAPES:
        for dtype in DTYPES:
            z, y = batch(n, k, dtype)
            for what, calls in contestants(z, y).items():
                cells, ours = [], []
                for name in ("torch", "scipy", "scikit-learn"):
                    if name in calls:
                        own, ratios = compare(calls["ce_lib"], calls[name], budget)
                        ours.append(own)
                        cells.append(spread(ratios))
                    else:
                        cells.append("")
                row = [
                    f"{n}×{k}",
                    np.dtype(dtype).name,
                    what,
                    duration(min(ours)),
                    *cells,
                ]
                lines.append("| " + " | ".join(row) + " |")
                print(lines[-1], flush=True)
    return lines


def binary_contestants(dtype: type) -> dict[str, dict[str, Call]]:
    """Return the calls of the binary loss to time, with targets of 0 and 1."""
    rng = np.random.default_rng(0)
    z = (rng.standard_normal(LOGITS, dtype=np.float32) * 3).astype(dtype)
    t = rng.integers(2, size=LOGITS).astype(dtype)
    tz, tt = torch.from_numpy(z), torch.from_numpy(t)
    leaf = tz.clone().requires_grad_()

    def torch_loss() -> None:
        with torch.no_grad():
            functional.binary_cross_entropy_with_logits(tz, tt)

    def torch_both() -> None:
        leaf.grad = None
        functional.binary_cross_entropy_with_logits(leaf, tt).backward()

    both = ce_lib.binary_cross_entropy_with_logits_with_grad
    return {
        "loss": {
            "ce_lib": lambda: ce_lib.binary_cross_entropy_with_logits(z, t),
            "torch": torch_loss,
        },
        "loss and gradient": {"ce_lib": lambda: both(z, t), "torch": torch_both},
    }


def binary_table(budget: float) -> list[str]:
    lines = ["| dtype | what | torch | ce_lib takes |", "|---|---|---|---|"]
    for dtype in DTYPES:
        for what, calls in binary_contestants(dtype).items():
            theirs, ratios = compare(calls["torch"], calls["ce_lib"], budget)
            name = np.dtype(dtype).name
            cells = [name, what, duration(theirs), f"{spread(ratios)} times as long"]
            lines.append("| " + " | ".join(cells) + " |")
            print(lines[-1], flush=True)
    return lines


def peak_extra(what: str, name: str, n: int, k: int, dtype: str) -> float:
    """Return the extra memory of one call over the logits' bytes, in a new process."""
    command = [sys.executable, __file__, "--peak", what, name, str(n), str(k), dtype]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(done.stdout)


def measure_peak(what: str, name: str, n: int, k: int, dtype: type) -> float:
    """Measure, in this process, how far the high-water mark rises in one call."""
    small = contestants(*batch(64, k, dtype))[what][name]
    small()  # load code and start threads before the mark is read
    z, y = batch(n, k, dtype)
    call = contestants(z, y)[what][name]
    if what.endswith("out="):
        call()  # touch the pages of out
    gc.collect()
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)  # freed memory must not hide new memory
    Path("/proc/self/clear_refs").write_text("5")  # reset the mark
    before = resident()
    call()
    return (peak_resident() - before) / z.nbytes


def status(key: str) -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(key):
            return float(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024.0


def resident() -> float:
    return status("VmRSS:")


def peak_resident() -> float:
    return status("VmHWM:")


def memory_table() -> list[str]:
    lines = [
        "| shape | dtype | what | ce_lib | torch | scipy | scikit-learn |",
        "|---|---|---|---|---|---|---|",
    ]
    n, k = 4096, 1000
    for dtype in ("float32", "float64"):
        for what in ("loss", "loss and gradient", "loss and gradient, out="):
            names = ["ce_lib"]
            if not what.endswith("out="):  # torch has no such thing
                names.append("torch")
            if what == "loss":
                names += ["scipy", "scikit-learn"]
            cells = [f"{peak_extra(what, name, n, k, dtype):.2f}" for name in names]
            cells += [""] * (4 - len(cells))
            lines.append("| " + " | ".join([f"{n}×{k}", dtype, what, *cells]) + " |")
            print(lines[-1], flush=True)
    return lines


def linear_table() -> list[str]:
    """Time per logit as the batch grows: it should stay the same."""
    lines = [
        "| shape | ns per logit, loss | ns per logit, loss and gradient |",
        "|---|---|---|",
    ]
    for n in (1000, 4000, 16000, 64000):
        z, y = batch(n, 200, np.float32)
        calls = contestants(z, y)
        cells = []
        for what in ("loss", "loss and gradient, out="):
            call = calls[what]["ce_lib"]
            call()
            best = min(seconds(call, 1) for _ in range(7))
            cells.append(f"{best / z.size * 1e9:.2f}")
        lines.append(f"| {n}×200 | " + " | ".join(cells) + " |")
        print(lines[-1], flush=True)
    return lines


def processor() -> str:
    try:
        info = Path("/proc/cpuinfo").read_text()
    except OSError:
        return platform.processor() or platform.machine()
    name = info.split("model name", 1)[-1].split("\n", 1)[0].strip("\t :")
    wide = "with AVX-512" if "avx512f" in info else "without AVX-512"
    return f"{name}, {wide}"


def machine() -> str:
    return (
        f"{processor()}; one thread; Python {platform.python_version()}, "
        f"NumPy {np.__version__}, torch {torch.__version__}, SciPy {scipy.__version__}, "
        f"scikit-learn {sklearn.__version__}."
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="a short look")
    parser.add_argument("--binary", action="store_true", help="the binary loss alone")
    parser.add_argument("--peak", nargs=5, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.peak:
        what, name, n, k, dtype = arguments.peak
        print(measure_peak(what, name, int(n), int(k), np.dtype(dtype).type))
        return

    print(machine())
    budget = 0.3 if arguments.quick else 2.0
    if arguments.binary:
        binary_table(budget)
        return
    text = [
        "# Speed and memory of the losses",
        "",
        f"Measured on: {machine()}",
        "",
        "## Speed",
        "",
        "The last three columns say how many times longer the other library takes: the",
        "median over interleaved pairs, and in brackets the middle half of them. scipy's",
        "loss is `log_softmax` and picking; scikit-learn's is `log_loss`, with the softmax",
        "it needs. The mean is the reduction.",
        "",
        *speed_table(budget),
        "",
        "How to read it: at 1024×50257 most of torch's time goes into fresh memory pages,",
        "which we do not touch; with huge pages the distance shrinks. At ten classes its",
        "vector code has little to work on. At 64×4 the time is Python's, not arithmetic's.",
        "The bound for all is the speed of the exponential; in float32 at 4096×1000 both",
        "sides are near it. Where the middle half reaches 2 and more, torch asked the system",
        "for its memory anew in a part of its calls, and had it at hand in the others.",
        "",
        "## The binary loss",
        "",
        f"{LOGITS:,} logits, targets of 0 and 1, one thread. Here torch is the quicker one:",
        "it computes in the precision of the logits, where we compute in float64 and add",
        "up as if rounding once.",
        "",
        *binary_table(budget),
        "",
        "## Memory",
        "",
        "Peak extra memory of one call, in units of the logits' own size.",
        "",
        *memory_table(),
        "",
        "## Cost per logit",
        "",
        "float32. A constant column means that the cost is linear.",
        "",
        *linear_table(),
        "",
    ]
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text("\n".join(text), encoding="utf-8")
    print(f"written to {RESULTS.relative_to(ROOT)}")


if __name__ == "__main__":
    main()

"""Golden vectors: what `ce_lib` computes, for the JavaScript mathematics to match.

Each entry names a module and a function of ``src/maths``, its arguments, and the result
of the Python function of the same name.
"""

from typing import Any

import numpy as np

from ce_lib import numerics, softmax_cross_entropy, softmax_cross_entropy_with_grad
from ce_lib.information import surprisal
from ce_lib.targets import one_hot

RNG = np.random.default_rng(0)


def vectors() -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = []

    def case(module: str, function: str, *arguments: Any, result: Any) -> None:
        expected = np.asarray(result, dtype=float).tolist()
        cases.append(
            {
                "module": module,
                "function": function,
                "arguments": list(arguments),
                "expected": expected,
            }
        )

    logits = [RNG.normal(0, scale, k).tolist() for scale in (1, 30) for k in (2, 4, 6)]
    logits += [[100.0, 0.0, 0.0], [0.0, 0.0], [-100.0, 100.0, 0.0, 3.0]]
    for z in logits:
        case("numerics", "softmax", z, result=numerics.softmax(z))
        for y in range(len(z)):
            loss, dz = softmax_cross_entropy_with_grad([z], [y])
            case("losses", "softmaxCrossEntropy", z, y, result=loss)
            q = numerics.softmax(z).tolist()
            case("losses", "logitGradient", q, y, result=dz[0])
            case("targets", "oneHot", y, len(z), result=one_hot(y, len(z)))
    case(
        "losses",
        "softmaxCrossEntropy",
        [1e4, 0.0],
        1,
        result=softmax_cross_entropy([[1e4, 0.0]], [1]),
    )
    case("numerics", "sum", [0.5, 0.25, 3.0], result=np.sum([0.5, 0.25, 3.0]))
    for q in (1.0, 0.7, 0.1, 1e-6, 1e-300):
        case("information", "surprisal", q, result=surprisal(q))
    return cases

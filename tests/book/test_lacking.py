"""A cell gets from earlier cells what it needs, in their order, and nothing else."""

import pytest

from bookext.lacking import lacking

CASES = {
    "an import, of its line the one name": (
        ["from ce_lib import entropy, surprisal", "print(entropy([1]))"],
        "from ce_lib import entropy",
    ),
    "what an import needs itself is nothing": (
        ["import torch.nn.functional as F\nimport numpy as np", "F.relu(np.ones(2))"],
        "import torch.nn.functional as F\nimport numpy as np",
    ),
    "the latest of two values": (["a = 1", "a = 2", "print(a)"], "a = 2"),
    "what a definition needs in its turn": (
        ["import math\na = 1", "b = math.exp(a)", "c = 3", "print(b)"],
        "import math\n\na = 1\nb = math.exp(a)",
    ),
    "what a function reads when it is called": (
        ["def f(x):\n    return x + a", "a = 1", "f(1)"],
        "def f(x):\n    return x + a\n\na = 1",
    ),
    "all parts of a class that goes on, and what each of them reads": (
        [
            "import math\n\nclass A:\n    def f(self):\n        return math.pi",
            "class A(A):\n    def g(self):\n        return self.f()",
            "A().g()",
        ],
        "import math\n\nclass A:\n    def f(self):\n        return math.pi\n\n"
        "class A(A):\n    def g(self):\n        return self.f()",
    ),
    "both values, where a function was called with the first": (
        ["a = 1\nf = lambda: a\nb = f()", "a = 2", "print(a, b)"],
        "a = 1\nf = lambda: a\nb = f()\na = 2",
    ),
    "a change where it stands": (
        ["a = [2, 1]\na.sort()\nprint(a)", "a[0] = 3", "print(a)"],
        "a = [2, 1]\na.sort()\na[0] = 3",
    ),
    "the gradients that a backward pass left": (
        ["w = leaf()\nloss(w).backward()", "print(w.grad)"],
        "w = leaf()\nloss(w).backward()",
    ),
    "the seed before the draw": (
        ["import random\nrandom.seed(0)\na = random.random()", "print(a)"],
        "import random\n\nrandom.seed(0)\na = random.random()",
    ),
    "a loop, without what it prints": (
        ["t = 0\nfor i in range(3):\n    t += i\n    print(t)", "print(t)"],
        "t = 0\nfor i in range(3):\n    t += i",
    ),
    "one of two statements on a line": (["a = 1; b = 2", "print(b)"], "b = 2"),
    "nothing that only looks like the name": (
        [
            "x = 1\nk = 2",
            "print([x for x in range(3)], {k: 0 for k in 'ab'}, dict(x=2))",
        ],
        "",
    ),
    "nothing for a name it binds first": (["a = 1", "a = 2\nprint(a)"], ""),
    "something for a name it reads first": (["a = 1", "a += 1"], "a = 1"),
    "nothing for the arguments of its functions": (
        ["x = 1", "def g(x, *y):\n    z = x\n    return z, y\ng(2)"],
        "",
    ),
}


@pytest.mark.parametrize(("cells", "expected"), CASES.values(), ids=CASES)
def test_the_last_cell_gets_what_it_needs(cells: list[str], expected: str) -> None:
    assert lacking(cells)[-1] == expected


def test_many_names_of_a_module_are_broken_over_lines() -> None:
    names = [f"a_rather_long_name_{n}" for n in range(6)]
    whole = f"from ce_lib import {', '.join(names)}"
    lines = lacking([whole, f"print({', '.join(names)})"])[-1].split("\n")
    assert len(lines) > 1
    assert max(map(len, lines)) <= 88
    assert (
        sorted(", ".join(x.partition("import ")[2] for x in lines).split(", ")) == names
    )

"""The role ``eval``: what a sentence computes, written as the page writes its numbers.

Python writes -7.44e-44 and 50257, a sentence has −7.44·10⁻⁴⁴ and 50,257.
"""

import re

from docutils import nodes
from myst_nb.ext.eval import EvalRoleAny
from sphinx.application import Sphinx

from ce_lib._written import RAISED, grouped

#: A power of ten as Python writes it, and a sign before a number that it is not taken from.
POWER = re.compile(r"(?<![\w.])(\d(?:\.\d+)?)e([+-]\d+)")
BELOW = re.compile(r"(?<![\w.)])-(?=\d)")


def power(found: re.Match[str]) -> str:
    raised = f"10{str(int(found[2])).translate(RAISED)}"
    return raised if found[1] == "1" else f"{found[1]}·{raised}"


def written(text: str) -> str:
    return BELOW.sub("−", grouped(POWER.sub(power, text)))


class Evaluated(EvalRoleAny):  # type: ignore[misc]
    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        found, messages = super().run()
        for node in found:
            for text in list(node.findall(nodes.Text)):
                text.parent.replace(text, nodes.Text(written(text.astext())))
        return found, messages


def setup(app: Sphinx) -> None:
    app.add_role("eval", Evaluated(), override=True)

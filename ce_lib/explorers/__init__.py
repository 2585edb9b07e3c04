"""The live instruments of the book: explorers that run in a page and in JupyterLab.

Every module of this folder is imported, in alphabetical order, and so every explorer is
found: ``from ce_lib.explorers import LossCurve`` works for each class named in `REGISTRY`.
"""

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from ce_lib.explorers.base import REGISTRY as REGISTRY
from ce_lib.explorers.base import Explorer as Explorer
from ce_lib.explorers.base import explorer as explorer
from ce_lib.explorers.base import specs as specs
from ce_lib.explorers.state import StateError as StateError

for _name in sorted(module.name for module in iter_modules(__path__)):
    import_module(f"{__name__}.{_name}")
globals().update({found.__name__: found for found in REGISTRY.values()})

if TYPE_CHECKING:

    def __getattr__(name: str) -> type[Explorer]:
        """Tell a type checker what the names found above are."""

"""What is folded opens without scripts: a solution is a plain `<details>`, as a proof is."""

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx_design.shared import create_component


class Fold(SphinxPostTransform):
    """Turn boxes with ``:class: dropdown`` into sphinx-design's dropdowns."""

    default_priority = 190  # titles are resolved, dropdowns not yet made

    def run(self, **options: object) -> None:
        for box in list(self.document.findall(nodes.Admonition)):
            if "dropdown" not in box["classes"]:
                continue
            title, *body = box.children
            # Its text only: a link in the handle would be in the way of opening it.
            handle = nodes.rubric("", title.astext(), ids=box["ids"])
            fold = create_component(
                "dropdown",
                opened=False,
                type="dropdown",
                has_title=True,
                icon=None,
                chevron=None,
                container_classes=[c for c in box["classes"] if c != "dropdown"],
                title_classes=[],
                body_classes=[],
            )
            fold += [handle, *body]
            box.parent.replace(box, fold)  # replace_self would keep the classes


def setup(app: Sphinx) -> None:
    app.add_post_transform(Fold)

"""A text of `ce_lib`, with code between backticks, as what Sphinx works on."""

from docutils import nodes

from ce_lib._backticks import pieces


def as_nodes(text: str) -> list[nodes.Node]:
    """Return words and code, for the inside of a paragraph."""
    return [
        nodes.literal(piece, piece) if place % 2 else nodes.Text(piece)
        for place, piece in enumerate(pieces(text))
        if piece
    ]

"""A number and its unit stay on one line, wherever the tags between them end."""

import pytest

from bookext.joined import joined

KEPT = "\N{NO-BREAK SPACE}"
FORMULA = '<span class="katex"><span>x</span><span><span>y</span></span></span>'


@pytest.mark.parametrize(
    ("written", "on_the_page"),
    [
        ("10 % of it", "10~% of it"),
        ("0.357\n   nats", "0.357~nats"),
        ("<b>0.357</b> nats", "<b>0.357</b>~nats"),
        ("<b>2 </b><i>bits</i>", "<b>2~</b><i>bits</i>"),
        ("costs ln 2 nats", "costs ln~2~nats"),
        (f"{FORMULA} nats", f'<span class="ce-whole">{FORMULA}~nats</span>'),
        ("<code>0.5</code> nats", "<code>0.5</code>~nats"),
        ("of 100 songs", "of 100 songs"),
        ("3 natural ones", "3 natural ones"),
        ("<td>3</td> <td> nats</td>", "<td>3</td> <td> nats</td>"),
        ('<i title="10 %">so</i>', '<i title="10 %">so</i>'),
        ("<code>10 % 3</code>", "<code>10 % 3</code>"),
        ("<pre>10 % <b>3</b></pre>", "<pre>10 % <b>3</b></pre>"),
        ("<script>'10 %'</script>", "<script>'10 %'</script>"),
    ],
)
def test_only_the_space_before_a_unit_is_kept(written: str, on_the_page: str) -> None:
    page = f"<p>{on_the_page.replace('~', KEPT)}</p>"
    assert joined(f"<p>{written}</p>") == page
    assert joined(page) == page

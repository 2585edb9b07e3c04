"""What belongs together stays on one line: a number and its unit, a formula and its signs."""

import re

import pytest

from bookext.joined import joined
from bookext.mathematics import spaced, unbroken, widened

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
        ("<b>5.2</b> ± <b>1.5</b>", "<b>5.2</b>~±~<b>1.5</b>"),
        ("with γ = 2, as", "with γ~=~2, as"),
        ("so that x = y", "so that x~=~y"),
        ("of (1 − <i>q</i>)² it", "of (1~−~<i>q</i>)² it"),
        ("and (as it is) so", "and (as it is) so"),
        ("is (0, 0,\n  20, −½) at", "is (0,~0,~20,~−½) at"),
        ("of shape (N, K, L)", "of shape (N,~K,~L)"),
        ("with (Rock, Pop) and (N,)", "with (Rock, Pop) and (N,)"),
        ("<i>pool</i>(<i>q</i>, <i>y</i>)", "<i>pool</i>(<i>q</i>, <i>y</i>)"),
        (f"{FORMULA} nats", f'<span class="ce-whole">{FORMULA}~nats</span>'),
        (f"of {FORMULA}, so", f'of <span class="ce-whole">{FORMULA},</span> so'),
        (f"({FORMULA} is)", f'<span class="ce-whole">({FORMULA}</span> is)'),
        (f"(<i>{FORMULA}</i>.)", f"(<i>{FORMULA}</i>.)"),
        ("<code>0.5</code> nats", "<code>0.5</code>~nats"),
        ("from 0 to\n −2.5 or", "from 0~to~−2.5 or"),
        ("turn 0 to one, or to 2", "turn 0 to one, or to 2"),
        ("95.6 – 97.5 – or not", "95.6~–~97.5 – or not"),
        ("if ln 10 = 2.303, so", "if ln~10~=~2.303, so"),
        ("“dL/dz = <i>q</i> − p needs", "“dL/dz~=~<i>q</i>~−~p needs"),
        ("is prediction − target, as", "is prediction − target, as"),
        ("of 100 songs", "of 100 songs"),
        ("3 natural ones", "3 natural ones"),
        ("<td>3</td> <td> nats</td>", "<td>3</td> <td> nats</td>"),
        ('<i title="10 %">so</i>', '<i title="10 %">so</i>'),
        ("<code>10 % 3</code>", "<code>10 % 3</code>"),
        ("<pre>10 % <b>3</b></pre>", "<pre>10 % <b>3</b></pre>"),
        ("<script>'10 %'</script>", "<script>'10 %'</script>"),
    ],
)
def test_a_unit_and_a_sign_stay_with_what_they_belong_to(
    written: str, on_the_page: str
) -> None:
    page = f"<p>{on_the_page.replace('~', KEPT)}</p>"
    assert joined(f"<p>{written}</p>") == page
    assert joined(page) == page


def formula(*parts: str) -> str:
    """As KaTeX sets it in a line: the browser breaks it between these parts."""
    bases = "".join(f'<span class="base">{part}</span>' for part in parts)
    return (
        '<span class="katex"><span class="katex-mathml">x</span>'
        f'<span class="katex-html" aria-hidden="true">{bases}</span></span>'
    )


OPEN, CLOSE = '<span class="mopen">(</span>', '<span class="mclose">)</span>'


@pytest.mark.parametrize(
    ("parts", "held"),
    [
        (["1 −", "q"], ["1 −q"]),
        (["L(z) =", f"f(x) + 2 {OPEN}1 −", f"q{CLOSE}"], ["f(x) + 2 (1 −q)"]),
        (["L(z) =", f"{OPEN}1 −", f"q{CLOSE} −", "3 f(x)"], ["(1 −q) −"]),
        ([f"{OPEN}a long one that +", f"has to break{CLOSE}"], []),
        (["a long one +", "in two"], []),
        ([f"{OPEN}−{OPEN}x{CLOSE.replace(')', ')⌉')} +", "3 f(x)"], []),
        (["t =", "Q(x)/P(x)"], ["t =Q(x)/P(x)"]),
        (["f(p) + f(q) +", "f(x) =", "0"], ["f(x) =0"]),
        (["t =", "what is far too long for a line"], []),
        ([f"{OPEN}as long +", f"as that{CLOSE} +", "x"], ["as that) +x"]),
    ],
)
def test_no_short_formula_no_short_bracket_and_no_lone_sign_is_parted(
    parts: list[str], held: list[str]
) -> None:
    page = f"<p>{formula(*parts)} and {formula('x')}</p>"
    done = unbroken(page)
    found = re.findall(r'<span class="ce-whole">(.*?</span>)</span>', done)
    groups = [group for group in found if group.count('"base"') > 1]
    assert [re.sub("<[^>]*>", "", group) for group in groups] == held
    assert re.sub("<[^>]*>", "", done) == re.sub("<[^>]*>", "", page)
    # Everywhere else it may break.
    together = sum(group.count('"base"') - 1 for group in groups)
    assert done.count("<wbr>") == len(parts) - 1 - together


def test_what_may_break_begins_behind_the_first_part_and_ends_with_a_held_one() -> None:
    done = unbroken(formula("one that is", "long enough for", "three lines"))
    _, painted = done.split('aria-hidden="true">')
    first, second, last = (
        f'<span class="base">{part}</span>'
        for part in ("one that is", "long enough for", "three lines")
    )
    held = f'<span class="ce-whole">{last}</span>'
    breaks = f'<span class="ce-breaks"><wbr>{second}<wbr>{held}</span>'
    assert painted == f"{first}{breaks}</span></span>"


@pytest.mark.parametrize(
    ("lines", "on_the_page"),
    [
        (r"a &= \frac12 \\ &= b", r"a &= \frac12 \\[6pt] &= b"),
        (r"a &= \frac12 \\[2pt] &= b", r"a &= \frac12 \\[2pt] &= b"),
        (r"a &= b \\ &= c", r"a &= b \\ &= c"),
        (
            r"a &= \begin{cases} \tfrac12 \\ 1 \end{cases} \\ &= b",
            r"a &= \begin{cases} \tfrac12 \\ 1 \end{cases} \\[6pt] &= b",
        ),
    ],
)
def test_lines_with_fractions_do_not_touch(lines: str, on_the_page: str) -> None:
    begin, end = r"\begin{aligned}", r"\end{aligned}"
    assert spaced(begin + lines + end) == begin + on_the_page + end


@pytest.mark.parametrize(
    ("lines", "elsewhere"),
    [
        (["&a \\\\ % narrow", "&\\quad = b"], ["a &= b"]),
        (
            ["&a \\\\ % narrow", "&\\quad = b \\\\", "&\\quad \\le c"],
            ["a &= b \\\\", "&\\le c"],
        ),
        (["a ={}& b \\\\[6pt] % narrow", "&+ c"], ["a ={}& b + c"]),
        (
            ["a &= b \\\\ % narrow", "&\\quad + c \\\\", "d &= e"],
            ["a &= b + c \\\\", "d &= e"],
        ),
        (
            ["&a \\\\ % narrow", "&= b \\\\ % narrow", "&\\hphantom{{}={}} + c"],
            ["a &= b + c"],
        ),
        (["&a \\\\", "&b \\\\ % narrow", "&\\qquad - c"], ["&a \\\\", "&b - c"]),
        (["&a \\\\", "&= b"], ["&a \\\\", "&= b"]),
    ],
)
def test_lines_that_a_phone_needs_are_joined_elsewhere(
    lines: list[str], elsewhere: list[str]
) -> None:
    assert widened("\n".join(lines)) == "\n".join(elsewhere)

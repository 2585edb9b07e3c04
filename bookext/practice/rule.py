"""The rule of the bets, told above the first one of a page: two sentences and a picture.

It is a fold that stands open on the first page of the book alone. The script closes it for
who has bet before.
"""

from html import escape

from docutils import nodes

from ce_lib.practice.quiz import LEAST, RULE, score

#: What the truth may have been given; then there is 0 %, for which no bar is long enough.
GIVEN = (1.0, 0.5, 0.1, LEAST)

#: A price is hatched, as in the explorers.
HATCH = (
    '<pattern id="ce-rule-hatch" width="6" height="6" patternUnits="userSpaceOnUse" '
    'patternTransform="rotate(45)"><rect class="ce-hatch-ground" width="6" height="6"/>'
    '<line class="ce-hatch-line" y2="6"/></pattern>'
)

#: Sizes of the picture: a bar's room and width, the height of a nat, the ground.
STEP, WIDE, NAT, GROUND = 62, 34, 25, 150


def told(unfolded: bool) -> nodes.raw:
    """Return the fold."""
    said = "".join(f"<p>{escape(sentence)}</p>" for sentence in RULE)
    return nodes.raw(
        "",
        f'<details class="ce-rule"{" open" if unfolded else ""}>'
        "<summary>The rule of the bets</summary>"
        f'<div class="ce-rule-body"><div>{said}</div>{picture()}</div></details>',
        format="html",
    )


def picture() -> str:
    """Draw what is to be paid for what was given to the truth."""
    prices = [score([given, 1 - given], 0).log for given in GIVEN]
    parts = [HATCH, f'<path class="ce-ground" d="M0 {GROUND}H{5 * STEP}"/>']
    for place, (given, price) in enumerate(zip(GIVEN, prices, strict=True)):
        height = price * NAT
        parts.append(_bar(place, "ce-excess", height, "url(#ce-rule-hatch)"))
        parts.append(
            _text(place, GROUND - height - 6, f"{price:.2f}" if price else "0")
        )
        parts.append(_text(place, GROUND + 17, f"{100 * given:.0f} %"))
    last = len(GIVEN)
    parts.append(_bar(last, "ce-endless-bar", GROUND + 2))
    # Broken off: there is no room for the rest.
    across = f"M{last * STEP + 8} 38l{STEP - 16} -14"
    parts.append(f'<path class="ce-broken" d="{across}"/>')
    parts.append(_text(last, GROUND - 60, "∞", "ce-endless"))
    parts.append(_text(last, GROUND + 17, "0 %"))
    axis = f'<text class="ce-axis" x="0" y="{GROUND + 36}">'
    parts.append(f"{axis}what the truth got, and its price in nats</text>")
    alt = ", ".join(
        f"{100 * given:.0f} % costs {price:.2f}" if price else "100 % costs nothing"
        for given, price in zip(GIVEN, prices, strict=True)
    )
    return (
        f'<svg class="ce-rule-picture" viewBox="0 0 {5 * STEP} {GROUND + 42}" role="img" '
        f'aria-label="What you pay in nats for what you gave the truth: {alt}. '
        f'0 % costs infinitely much: its bar leaves the picture.">{"".join(parts)}</svg>'
    )


def _bar(place: int, name: str, height: float, fill: str = "") -> str:
    x = place * STEP + (STEP - WIDE) / 2
    filled = f' fill="{fill}"' if fill else ""
    return (
        f'<rect class="{name}"{filled} x="{x:g}" y="{GROUND - height:.1f}" '
        f'width="{WIDE}" height="{height:.1f}"/>'
    )


def _text(place: int, y: float, words: str, name: str = "ce-value") -> str:
    x = place * STEP + STEP / 2
    return f'<text class="{name}" x="{x:g}" y="{y:.1f}">{words}</text>'

// A score as four bars that add up: uncertainty − resolution + reliability = score.

import { linear } from "./scale.js";
import { hatching } from "./stack.js";
import { part, text } from "./svg.js";

const ROW = 30; // from one bar to the next
const BAR = 18;
const BARS_AT = 168; // from the left; the names and numbers stand before

/** How tall the four bars are, with the score's name. */
export const DECOMPOSITION_HEIGHT = 12 + 3 * ROW + BAR;

/**
 * Paint a score called `name` into `g`, which lies in `svg`, from `left` to `right` and from
 * `top` on. `parts` is [uncertainty, resolution, reliability]. The bars' window reaches to
 * `full`, or further when the score does, up to `most`; from there on an edge is torn. `guess` is what the
 * reader had said the score would be, if anything.
 */
export function paintDecomposition(svg, g, { left, right, top, name, parts, score, full, most, guess }) {
  const [uncertainty, resolution, reliability] = parts;
  const end = Math.min(most, Math.max(full, score, uncertainty) * (score > full ? 1.04 : 1));
  const x = linear([0, end], [left + BARS_AT, right]).clamped;
  const won = uncertainty - resolution;
  const rows = [
    ["uncertainty", "uncertainty", uncertainty, 0, uncertainty],
    ["resolution", "− resolution", resolution, won, uncertainty],
    ["reliability", "+ reliability", reliability, won, won + reliability],
    ["score", "= score", score, 0, score],
  ];
  text(g, "ce-rel-score-name", [left, top], name);
  rows.forEach(([key, label, value, from, to], i) => {
    const row = part(g, "g", `ce-rel-row ce-rel-${key}`);
    const fill = key === "reliability" ? hatching(svg) : null;
    const box = { left, right, top: top + 12 + i * ROW };
    paintRow(row, { ...box, x, key, fill, from, to, torn: to > end });
    text(row, "ce-rel-row-name", [left, box.top + 14], label);
    const amount = value === Infinity ? "∞" : value.toFixed(4); // the digits stand below each other
    text(row, "ce-rel-row-value", [left + BARS_AT - 12, box.top + 14], amount, { "text-anchor": "end" });
  });
  if (guess) paintGuess(part(g, "g", "ce-guess"), x(guess), top + 12 + 3 * ROW);
}

function paintGuess(g, at, top) {
  part(g, "line", "ce-guess-line", { x1: at, x2: at, y1: top - 4, y2: top + BAR + 4 });
  text(g, "ce-guess-label", [at, top + BAR + 15], "your guess", { "text-anchor": "middle" });
}

/** One bar on its rail, and the thread that leads from where it ends to the next. */
function paintRow(row, { right, top, x, key, fill, from, to, torn }) {
  const [a, b] = [x(Math.max(0, from)), x(to)];
  part(row, "rect", "ce-rail", { x: x(0), y: top, width: right - x(0), height: BAR });
  part(row, "rect", "ce-rel-bar", { x: a, y: top, width: Math.max(0, b - a), height: BAR, fill });
  const edge = [0, 4.5, 9, 13.5, BAR].map((dy, j) => `${right - (j % 2 ? 5 : 0)} ${top + dy}`).join("L");
  part(row, "path", "ce-torn", { d: torn ? `M${edge}` : "" });
  const end = key === "resolution" || key === "score" ? a : b;
  const linked = key !== "score" && !(key === "reliability" && torn);
  part(row, "path", "ce-rel-link", { d: linked ? `M${end} ${top + BAR}v${ROW - BAR}` : "" });
}

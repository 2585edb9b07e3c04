// A score as four bars that add up: uncertainty − resolution + reliability = score.

import { plain } from "./format.js";
import { linear } from "./scale.js";
import { hatching } from "./stack.js";
import { part, text } from "./svg.js";

const BARS_AT = 168; // from the left; the names and numbers stand before

/** From one bar to the next, how tall a bar is, and from the score's name to the first. */
export const WIDE = { row: 30, bar: 18, head: 12 };
export const SMALL = { row: 18, bar: 12, head: 8 };

/** How tall the four bars are, with the score's name. */
export function decompositionHeight({ row, bar, head }) {
  return head + 3 * row + bar;
}

/**
 * Paint a score called `name` into `g`, which lies in `svg`, from `left` to `right` and from
 * `top` on, in a `size`. `parts` is [uncertainty, resolution, reliability]. The bars' window reaches to
 * `full`, or further when the score does, up to `most`; from there on an edge is torn. `guess` is what the
 * reader had said the score would be, if anything.
 */
export function paintDecomposition(
  svg,
  g,
  { left, right, top, size, name, parts, score, full, most, guess },
) {
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
    const box = { left, right, size, top: top + size.head + i * size.row };
    const line = box.top + size.bar / 2 + 5;
    paintRow(row, { ...box, x, key, fill, from, to, torn: to > end });
    text(row, "ce-rel-row-name", [left, line], label);
    const amount = value === Infinity ? "∞" : value.toFixed(4); // the digits stand below each other
    text(row, "ce-rel-row-value", [left + BARS_AT - 12, line], amount, { "text-anchor": "end" });
  });
  const own = part(g, "g", "ce-guess", { display: guess ? null : "none" });
  if (guess)
    paintGuess(own, {
      at: x(guess),
      right,
      top: top + size.head + 3 * size.row,
      bar: size.bar,
      beyond: guess > end,
      guess,
    });
}

/** A line across the last bar, with paper around it; a guess beyond its rail is a number with an arrow. */
function paintGuess(g, { at, right, top, bar, beyond, guess }) {
  const line = { x1: at, x2: at, y1: top - 4, y2: top + bar + 4 };
  part(g, "line", "ce-guess-ground", line);
  part(g, "line", "ce-guess-line", line);
  const words = beyond ? `your guess: ${plain(guess, 3)} →` : "your guess";
  const crowded = at > right - 3.5 * words.length;
  const anchor = { "text-anchor": crowded ? "end" : "middle" };
  text(g, "ce-guess-label", [crowded ? right : at, top + bar + 15], words, anchor);
}

/** One bar on its rail, and the thread that leads from where it ends to the next. */
function paintRow(row, { right, top, size, x, key, fill, from, to, torn }) {
  const { bar: tall, row: next } = size;
  const [a, b] = [x(Math.max(0, from)), x(to)];
  part(row, "rect", "ce-rail", { x: x(0), y: top, width: right - x(0), height: tall });
  part(row, "rect", "ce-rel-bar", { x: a, y: top, width: Math.max(0, b - a), height: tall, fill });
  const edge = [0, 1, 2, 3, 4].map((j) => `${right - (j % 2 ? 5 : 0)} ${top + (j * tall) / 4}`).join("L");
  part(row, "path", "ce-torn", { d: torn ? `M${edge}` : "" });
  const end = key === "resolution" || key === "score" ? a : b;
  const linked = key !== "score" && !(key === "reliability" && torn);
  part(row, "path", "ce-rel-link", { d: linked ? `M${end} ${top + tall}v${next - tall}` : "" });
}

// A price as one stacked bar: the floor nobody can avoid, and the excess on top.

import { attrs, uid } from "./dom.js";
import { plain } from "./format.js";
import { linear } from "./scale.js";
import { each, make, part, say, text } from "./svg.js";

/** How far below the bar's top the guess has its name. */
const GUESS_BELOW = 44;

/**
 * Paint the bar into `svg` from `left` to `right` at height `top`. `full` is the price at
 * the right end; a longer bar is cut there, a torn edge says so. `marks` is a list of
 * { at, label } on the same scale; `guess`, if there is one, has a row of its own below, to
 * which its line leads; beyond the right end it is written as a number with an arrow.
 */
export function paintStack(svg, { left, right, top, floor = 0, excess, full, marks = [], guess = null }) {
  const fill = hatching(svg);
  const g = part(svg, "g", "ce-stack");
  const at = linear([0, full], [left, right]).clamped;
  const [a, b] = [at(Math.min(floor, full)), at(Math.min(floor + excess, full))];
  part(g, "rect", "ce-rail", { x: left, y: top, width: right - left, height: 16 });
  part(g, "rect", "ce-floor", { x: left, y: top, width: a - left, height: 16 });
  part(g, "rect", "ce-excess", { x: a, y: top, width: Math.max(0, b - a), height: 16, fill });
  const torn = floor + excess > full;
  const edge = [0, 4, 8, 12, 16].map((dy, i) => `${right - (i % 2 ? 5 : 0)} ${top + dy}`).join("L");
  part(g, "path", "ce-torn", { d: torn ? `M${edge}` : "" });
  const own = guess === null ? right : at(guess); // a line on its way down to its name
  const paintMark =
    (below, reach) =>
    (mark, { at: value, label }) => {
      const x = at(value);
      part(mark, "line", "ce-mark-line", { x1: x, x2: x, y1: top - 4, y2: top + reach });
      const width = 7 * label.length;
      const crossed = own > x && own < x + width && x - width > left;
      const [side, anchor] = x > right - width || crossed ? [-6, "end"] : [6, "start"];
      text(mark, "ce-chance-label", [x + side, top + below], label, { "text-anchor": anchor });
    };
  const said = guess > full ? `your guess: ${plain(guess, 3)} →` : "your guess";
  const guesses = guess === null ? [] : [{ at: guess, label: said }];
  each(g, "g", "ce-mark ce-guess", guesses, paintMark(GUESS_BELOW, GUESS_BELOW));
  each(g, "g", "ce-mark", marks, paintMark(30, 30)); // names lie above the guess' line
}

/**
 * Above such a bar, its price as a sum, in words of the parts' colours; with `name`, what the whole
 * is called. On a phone (`narrow`) it says less.
 */
export function paintSum(svg, { left, right, top }, { narrow, floor, price, units, name = "price" }) {
  const [least, all] = [floor, price].map((value) => rounded(value, 3));
  const excess = all === Infinity ? all : rounded(all - least, 3); // as written, the sum is right
  const written = (value) => (value === Infinity ? "∞" : value.toFixed(3));
  const line = part(svg, "text", "ce-sum", { x: narrow ? 0 : left, y: top - 10 });
  const total = ` = ${narrow ? "" : `${name} `}${written(all)}`;
  const room = right - left > 270; // on the smallest phone the sum stands below alone
  say(part(line, "tspan", "ce-sum-floor"), `floor ${written(least)}`);
  say(part(line, "tspan", "ce-sum-plus"), " + ");
  say(part(line, "tspan", "ce-sum-excess"), `excess ${written(excess)}`);
  say(part(line, "tspan", "ce-sum-price"), narrow ? (room ? total : "") : `${total} ${units}`);
}

/** A number, or ∞, in so many decimals. */
function rounded(value, decimals) {
  return Number(value.toFixed(decimals));
}

const patterns = new WeakMap(); // svg → what to write into a `fill`

/** Put the excess' hatching into `svg`, once; returns what to write into a `fill`. */
export function hatching(svg) {
  if (!patterns.has(svg)) {
    const id = uid("hatch");
    const pattern = make("pattern", { id, width: 6, height: 6, patternUnits: "userSpaceOnUse" });
    attrs(pattern, { patternTransform: "rotate(45)" });
    pattern.append(make("rect", { class: "ce-hatch-ground", width: 6, height: 6 }));
    pattern.append(make("line", { class: "ce-hatch-line", y2: 6 }));
    part(svg, "defs", "ce-patterns").append(pattern);
    patterns.set(svg, `url(#${id})`);
  }
  return patterns.get(svg);
}

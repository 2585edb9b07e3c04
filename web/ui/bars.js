// Two distributions over the same names, as bars: truth P filled, model Q outlined.

import { tick } from "./axes.js";
import { draggableUp } from "./chart.js";
import { percent, signed } from "./format.js";
import { linear } from "./scale.js";
import { each, part, text } from "./svg.js";

const TICKS = [0, 0.25, 0.5, 0.75, 1];
const AXIS = 34; // room for the axis' numbers at the left

/** How much height the names and percentages need below `bottom`, without and with `wide`. */
export const BARS_BELOW = 52;
export const BARS_BELOW_WIDE = 72;

/**
 * Paint P and Q into `svg`, between `top` and `bottom`, as wide as `width`.
 *
 * - `names`, `p`, `q`: what stands below each pair of bars, and the two heights;
 * - `arrows`: draw the way from Q to P, which is −dL/dz of a softmax' logit;
 * - `wide`: P is a distribution to compare with, not one narrow mark, and has a row of
 *   percentages of its own (with `arrows` there is no room for the letter Q on its bar);
 * - `dragQ(k, value)`, `dragP(k, value)`: what a hand at a bar does, if anything;
 * - `pick(k)`: what a click on a name does, if anything;
 * - `marked`: the index of a name to set in the truth's colour.
 */
export function paintBars(svg, options) {
  const { width, top, bottom, names, p, q } = options;
  const x = linear([0, names.length], [AXIS, width]);
  const y = linear([0, 1], [bottom, top]);
  svg.classList.toggle("ce-tight", x(1) - x(0) < 76);
  paintTicks(svg, y, width);
  if (options.wide) paintRowLetters(svg, bottom);
  each(svg, "g", "ce-column", names, (column, name, k) => {
    const it = { ...options, k, y, name, p: p[k], q: q[k], left: x(k), right: x(k + 1) };
    const placed = { ...it, ...placeBars(it) };
    paintColumn(column, placed);
    paintWords(column, placed);
    paintGrips(column, placed);
    paintArrow(column, placed);
    paintHands(column, placed);
    column.classList.toggle("ce-true", k === options.marked);
  });
}

function paintTicks(svg, y, width) {
  each(svg, "g", "ce-tick", TICKS, (mark, value) => {
    part(mark, "line", "ce-tick-line", { x1: AXIS, x2: width, y1: y(value), y2: y(value) });
    text(mark, "ce-tick-text", [AXIS - 6, y(value)], tick(value), { dy: "0.32em", "text-anchor": "end" });
  });
}

/** Which row of percentages is whose. */
function paintRowLetters(svg, bottom) {
  text(svg, "ce-letter ce-row-letter ce-truth-text", [AXIS - 18, bottom + 42], "P");
  text(svg, "ce-letter ce-row-letter ce-model-text", [AXIS - 18, bottom + 62], "Q");
}

/** Where the two bars of a column stand: [left edge, width] each. */
function placeBars({ left, right, wide }) {
  const model = Math.min(64, (right - left) * (wide ? 0.36 : 0.46));
  const truth = wide ? model : 6;
  const gap = 4;
  const start = (left + right) / 2 - (wide ? (model + truth + gap) / 2 : model / 2 + truth + gap);
  return { truthBar: [start, truth], modelBar: [start + truth + gap, model] };
}

function paintColumn(g, { y, p, q, truthBar, modelBar }) {
  const bar = ([x, width], share) => ({ x, y: y(share), width, height: y(0) - y(share) });
  part(g, "rect", "ce-truth-fill", bar(truthBar, p));
  part(g, "rect", "ce-model-outline", bar(modelBar, q));
}

/** A grip on the top of every bar that a hand can move. */
function paintGrips(g, { y, p, q, truthBar, modelBar, dragP, dragQ }) {
  const grip = ([x, width], share, drag) => {
    const size = drag ? Math.min(22, width) : 0;
    return { x: x + (width - size) / 2, y: y(share) - 3, width: size, height: size && 6, rx: 3 };
  };
  part(g, "rect", "ce-grip ce-grip-p", grip(truthBar, p, dragP));
  part(g, "rect", "ce-grip ce-grip-q", grip(modelBar, q, dragQ));
}

function paintWords(g, { y, name, p, q, left, right, bottom, arrows, wide, truthBar, modelBar }) {
  const centre = (left + right) / 2;
  const above = ([x, width], share) => [x + width / 2, y(share) - 8];
  text(g, "ce-letter ce-truth-text ce-letter-p", above(truthBar, p), p > 0.004 ? "P" : "");
  const letter = wide && !arrows && q > 0.004 ? "Q" : "";
  text(g, "ce-letter ce-model-text ce-letter-q", above(modelBar, q), letter);
  text(g, "ce-name", [centre, bottom + 22], name);
  const short = (share) => brief(share, right - left);
  const whole = percent(q);
  const fits = right - left > Math.max(80, 9 * whole.length);
  const [truth, model] = wide ? [short(p), short(q)] : ["", fits ? whole : short(q)];
  text(g, "ce-percent ce-truth-text ce-percent-p", [centre, bottom + 42], truth);
  text(g, "ce-percent ce-model-text ce-percent-q", [centre, bottom + (wide ? 62 : 42)], model);
}

/** A percentage that fits under a bar with so much room. */
function brief(share, room) {
  const digits = room < 56 ? 0 : 1;
  const least = 10 ** -digits;
  if (share > 0 && share < least / 200) return `<${least}%`;
  if (share < 1 && share > 1 - least / 200) return `>${100 - least}%`;
  return percent(Number((100 * share).toFixed(digits)) / 100);
}

/** The way from Q's height to P's, with its length as a number where there is room. */
function paintArrow(g, { y, p, q, width, left, right, modelBar: [x, broad], arrows }) {
  const [at, from, to] = [x + broad / 2, y(q), y(p)];
  const length = Math.abs(to - from);
  const shown = arrows && length > 7;
  const way = to < from ? -1 : 1;
  const head = `M${at - 5} ${to - way * 8}L${at} ${to}L${at + 5} ${to - way * 8}Z`;
  part(g, "path", "ce-arrow", { d: shown ? `M${at} ${from}V${to - way * 6}` : "" });
  part(g, "path", "ce-arrow-head", { d: shown ? head : "" });
  const fits = way > 0 || right - left > 62;
  const label = shown && fits && length > 24 ? signed(p - q) : "";
  // Above an arrow that runs down inside its bar; beside one that leaves it, or at its head, clear
  // of the letter P, where the next column is too near.
  const near = right - left <= 90;
  const crowded = at + 60 > width;
  const beside = near
    ? ["start", -13, to - 6]
    : [crowded ? "end" : "start", crowded ? -9 : 9, (from + to) / 2 + 4];
  const [anchor, side, height] = way > 0 ? ["middle", 0, from - 8] : beside;
  text(g, "ce-arrow-label", [at + side, height], label, { "text-anchor": anchor });
}

/** Invisible areas for hands: the bars from top to bottom, and the name below. */
function paintHands(g, { k, y, left, right, bottom, modelBar, dragP, dragQ, pick }) {
  const split = dragP ? modelBar[0] - 2 : left;
  const hand = (name, from, to, drag) => {
    const area = { x: from, y: 0, width: Math.max(0, to - from), height: bottom };
    const share = (at) => Math.min(1, Math.max(0, y.invert(at)));
    draggableUp(part(g, "rect", name, area), ([, at]) => drag?.(k, share(at)));
  };
  hand("ce-hit ce-hit-q", split, right, dragQ);
  hand("ce-hit ce-hit-p", left, split, dragP);
  const name = { x: left, y: bottom, width: right - left, height: pick ? BARS_BELOW : 0 };
  part(g, "rect", "ce-hit ce-pick", name).onclick = () => pick?.(k);
}

// Two distributions over the same names, as bars: truth P filled, model Q outlined.

import { scaleLinear } from "d3-scale";
import { sum } from "../maths/numerics.js";
import { draggable } from "./chart.js";
import { percent, signed } from "./format.js";
import { attrs, place } from "./svg.js";

const TICKS = [0, 0.25, 0.5, 0.75, 1];
const AXIS = 34; // room for the axis' numbers at the left
const BELOW = 52; // room for names and percentages under the bars
const BELOW_WIDE = 72; // the same with a row of percentages for each of P and Q

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
 *
 * The names may change between calls; the callbacks are the latest ones given.
 */
export function paintBars(svg, options) {
  const { width, top, bottom, names, p, q } = options;
  const x = scaleLinear([0, names.length], [AXIS, width]);
  const y = scaleLinear([0, 1], [bottom, top]);
  paintTicks(svg, y, width);
  if (options.wide) paintRows(svg, bottom);
  svg
    .selectAll("g.ce-column")
    .data(names)
    .join(newColumn)
    .each(function (name, k) {
      this.ceBars = { ...options, k, y }; // for the hands, which come later
      paintColumn(this, { ...options, k, y, name, p: p[k], q: q[k], left: x(k), right: x(k + 1) });
    });
}

/** How much height the names and percentages need below `bottom`. */
export const BARS_BELOW = BELOW;
export const BARS_BELOW_WIDE = BELOW_WIDE;

/** Give entry k of a distribution the share `value`; the others keep their proportions. */
export function withShare(distribution, k, value) {
  const others = sum(distribution.filter((_, j) => j !== k));
  const even = 1 / (distribution.length - 1);
  return distribution.map((share, j) => {
    if (j === k) return value;
    return (1 - value) * (others > 0 ? share / others : even);
  });
}

/** Which row of percentages is whose. */
function paintRows(svg, bottom) {
  svg
    .selectAll("text.ce-row-letter")
    .data(["truth", "model"])
    .join("text")
    .attr("class", (whose) => `ce-letter ce-row-letter ce-${whose}-text`)
    .each(function (whose, i) {
      place(this, AXIS - 18, bottom + 42 + 20 * i, whose === "truth" ? "P" : "Q");
    });
}

function paintTicks(svg, y, width) {
  svg
    .selectAll("g.ce-tick")
    .data(TICKS)
    .join((enter) => {
      const tick = enter.insert("g", ":first-child").attr("class", "ce-tick");
      tick.append("line");
      tick.append("text").attr("dy", "0.32em").attr("text-anchor", "end");
      return tick;
    })
    .attr("transform", (d) => `translate(0 ${y(d)})`)
    .each(function (d) {
      attrs(this.querySelector("line"), { x1: AXIS, x2: width });
      place(this.querySelector("text"), AXIS - 6, 0, String(d).replace(/^0\./, "."));
    });
}

function newColumn(enter) {
  const g = enter.append("g").attr("class", "ce-column");
  g.append("rect").attr("class", "ce-truth-fill");
  g.append("rect").attr("class", "ce-model-outline");
  g.append("text").attr("class", "ce-letter ce-truth-text ce-letter-p");
  g.append("text").attr("class", "ce-letter ce-model-text ce-letter-q");
  g.append("line").attr("class", "ce-arrow");
  g.append("path").attr("class", "ce-arrow-head");
  g.append("text").attr("class", "ce-arrow-label");
  g.append("text").attr("class", "ce-name");
  g.append("text").attr("class", "ce-percent ce-truth-text ce-percent-p");
  g.append("text").attr("class", "ce-percent ce-model-text ce-percent-q");
  const hand = (which) =>
    function ([, at]) {
      const { k, y, ...calls } = this.parentNode.ceBars;
      calls[which]?.(k, Math.min(1, Math.max(0, y.invert(at))));
    };
  draggable(g.append("rect").attr("class", "ce-hit ce-hit-q"), hand("dragQ"));
  draggable(g.append("rect").attr("class", "ce-hit ce-hit-p"), hand("dragP"));
  g.append("rect")
    .attr("class", "ce-hit ce-pick")
    .on("click", function () {
      const { k, pick } = this.parentNode.ceBars;
      pick?.(k);
    });
  return g;
}

function paintColumn(g, options) {
  const { k, y, name, p, q, left, right, bottom, arrows, wide, dragP, pick, marked } = options;
  const find = (part) => g.querySelector(`.${part}`);
  const centre = (left + right) / 2;
  const model = Math.min(64, (right - left) * (wide ? 0.36 : 0.46));
  const truth = wide ? model : 6;
  const gap = 4;
  const start = centre - (wide ? (model + truth + gap) / 2 : model / 2 + truth + gap);
  const modelStart = start + truth + gap;
  attrs(find("ce-truth-fill"), { x: start, y: y(p), width: truth, height: y(0) - y(p) });
  attrs(find("ce-model-outline"), { x: modelStart, y: y(q), width: model, height: y(0) - y(q) });
  place(find("ce-letter-p"), start + truth / 2, y(p) - 6, p > 0.004 ? "P" : "");
  place(find("ce-letter-q"), modelStart + model / 2, y(q) - 6, wide && !arrows && q > 0.004 ? "Q" : "");
  place(find("ce-name"), centre, bottom + 22, name);
  place(find("ce-percent-p"), centre, bottom + 42, wide ? brief(p, right - left) : "");
  place(find("ce-percent-q"), centre, bottom + (wide ? 62 : 42), wide ? brief(q, right - left) : percent(q));
  g.classList.toggle("ce-true", k === marked);
  paintArrow(g, { at: modelStart + model / 2, from: y(q), to: y(p), push: p - q, visible: arrows });
  const split = dragP ? modelStart - gap / 2 : left;
  attrs(find("ce-hit-p"), { x: left, y: 0, width: Math.max(0, split - left), height: bottom });
  attrs(find("ce-hit-q"), { x: split, y: 0, width: right - split, height: bottom });
  attrs(find("ce-pick"), { x: left, y: bottom, width: right - left, height: pick ? BELOW : 0 });
}

/** A percentage that fits under a bar with so much room. */
function brief(share, room) {
  const digits = room < 56 ? 0 : 1;
  const least = 10 ** -digits;
  if (share > 0 && share < least / 200) return `<${least}%`;
  if (share < 1 && share > 1 - least / 200) return `>${100 - least}%`;
  return percent(Number((100 * share).toFixed(digits)) / 100);
}

function paintArrow(g, { at, from, to, push, visible }) {
  const length = Math.abs(to - from);
  const shown = visible && length > 7;
  const way = to < from ? -1 : 1;
  const line = g.querySelector(".ce-arrow");
  const head = g.querySelector(".ce-arrow-head");
  line.toggleAttribute("hidden", !shown);
  head.toggleAttribute("hidden", !shown);
  attrs(line, { x1: at, x2: at, y1: from, y2: to - way * 6 });
  attrs(head, { d: `M${at - 5} ${to - way * 8}L${at} ${to}L${at + 5} ${to - way * 8}Z` });
  const label = g.querySelector(".ce-arrow-label");
  place(label, at + 9, (from + to) / 2 + 4, shown && length > 24 ? signed(push) : "");
}

// A price as one stacked bar: the floor nobody can avoid, and the excess on top.

import { scaleLinear } from "d3-scale";
import { uid } from "./dom.js";
import { attrs, once, place } from "./svg.js";

/**
 * Paint the bar into `svg` from `left` to `right` at height `top`. `full` is the price at
 * the right end; a longer bar is cut there, a torn edge says so. `marks` is a list of
 * { at, label } on the same scale.
 */
export function paintStack(svg, { left, right, top, floor = 0, excess, full, marks = [] }) {
  const g = once(svg, "ce-stack", lay);
  const at = scaleLinear([0, full], [left, right]).clamp(true);
  const [a, b] = [at(Math.min(floor, full)), at(Math.min(floor + excess, full))];
  attrs(g.select(".ce-rail").node(), { x: left, y: top, width: right - left, height: 16 });
  attrs(g.select(".ce-floor").node(), { x: left, y: top, width: a - left, height: 16 });
  attrs(g.select(".ce-excess").node(), { x: a, y: top, width: Math.max(0, b - a), height: 16 });
  const torn = floor + excess > full;
  const edge = [0, 4, 8, 12, 16].map((dy, i) => `${right - (i % 2 ? 5 : 0)} ${top + dy}`).join("L");
  attrs(g.select(".ce-torn").node(), { d: torn ? `M${edge}` : "" });
  g.selectAll("g.ce-mark")
    .data(marks)
    .join((enter) => {
      const mark = enter.append("g").attr("class", "ce-mark");
      mark.append("line");
      mark.append("text").attr("class", "ce-chance-label");
      return mark;
    })
    .each(function (mark) {
      const x = at(mark.at);
      attrs(this.querySelector("line"), { x1: x, x2: x, y1: top - 4, y2: top + 20 });
      const text = this.querySelector("text");
      const crowded = x > right - 8 * mark.label.length;
      attrs(text, { "text-anchor": crowded ? "end" : "start" });
      place(text, x + (crowded ? -6 : 6), top + 30, mark.label);
    });
}

/** Put the excess' hatching into `svg`; returns what to write into a `fill`. */
export function hatching(svg) {
  const id = uid("hatch");
  const pattern = svg.append("defs").append("pattern").attr("id", id);
  pattern.attr("width", 6).attr("height", 6).attr("patternUnits", "userSpaceOnUse");
  pattern.attr("patternTransform", "rotate(45)");
  pattern.append("rect").attr("class", "ce-hatch-ground").attr("width", 6).attr("height", 6);
  pattern.append("line").attr("class", "ce-hatch-line").attr("y2", 6);
  return `url(#${id})`;
}

function lay(svg) {
  const fill = hatching(svg);
  const g = svg.append("g").attr("class", "ce-stack");
  g.append("rect").attr("class", "ce-rail");
  g.append("rect").attr("class", "ce-floor");
  g.append("rect").attr("class", "ce-excess").attr("fill", fill);
  g.append("path").attr("class", "ce-torn");
}

// Two axes with ticks and a title, as quiet as the figures' ones.

import { attrs } from "./dom.js";
import { each, part, text } from "./svg.js";

/**
 * Paint axes for the scales `x` and `y` (their ranges are the plot's edges).
 * `xTicks` and `yTicks` are the values to mark, `xTitle` and `yTitle` what is counted: this one
 * stands above the plot, which leaves 20 px for it. Where
 * a curve may run through the words, paint the grid first and the words last.
 */
export function paintAxes(svg, axes) {
  paintGrid(svg, axes);
  paintAxisWords(svg, axes);
}

/** The lines of axes alone. */
export function paintGrid(svg, { x, y, xTicks, yTicks }) {
  const group = part(svg, "g", "ce-grid");
  const [left, right] = x.range;
  const [bottom] = y.range;
  each(group, "g", "ce-tick ce-x", xTicks, (mark, value) => {
    attrs(mark, { transform: `translate(${x(value)} ${bottom})` });
    part(mark, "line", "ce-tick-line", { y2: 5 });
  });
  each(group, "g", "ce-tick ce-y", yTicks, (mark, value) => {
    attrs(mark, { transform: `translate(${left} ${y(value)})` });
    part(mark, "line", "ce-tick-line", { x2: right - left });
  });
}

/** The numbers and titles of axes alone; `aside` is how far from the plot its left numbers end. */
export function paintAxisWords(
  svg,
  { x, y, xTicks, yTicks, xTitle = "", yTitle = "", format = tick, aside = 8 },
) {
  const group = part(svg, "g", "ce-axes");
  const [left, right] = x.range;
  const [bottom, top] = y.range;
  each(group, "g", "ce-tick ce-x", xTicks, (mark, value) => {
    const place = [x(value), bottom + 20];
    text(mark, "ce-tick-text", place, format(value), { "text-anchor": "middle" });
  });
  each(group, "g", "ce-tick ce-y", yTicks, (mark, value) => {
    const place = [left - aside, y(value)];
    text(mark, "ce-tick-text", place, format(value), { "text-anchor": "end", dy: "0.32em" });
  });
  text(group, "ce-axis-title ce-x-title", [(left + right) / 2, bottom + 40], xTitle, {
    "text-anchor": "middle",
  });
  text(group, "ce-axis-title ce-y-title", [left - 26, top - 10], yTitle);
}

/** As far aside, where a handle may stand on the axis. */
export const CLEAR_OF_HANDLES = 14;

/** A tick's number: short, with a real minus. */
export function tick(value) {
  return String(Number(value.toPrecision(6))).replace("-", "−");
}

// Two axes with ticks and a title, as quiet as the figures' ones.

import { attrs } from "./dom.js";
import { each, part, text } from "./svg.js";

/**
 * Paint axes for the scales `x` and `y` (their ranges are the plot's edges).
 * `xTicks` and `yTicks` are the values to mark, `xTitle` and `yTitle` what is counted.
 */
export function paintAxes(svg, { x, y, xTicks, yTicks, xTitle = "", yTitle = "", format = tick }) {
  const group = part(svg, "g", "ce-axes");
  const [left, right] = x.range;
  const [bottom, top] = y.range;
  each(group, "g", "ce-tick ce-x", xTicks, (mark, value) => {
    attrs(mark, { transform: `translate(${x(value)} ${bottom})` });
    part(mark, "line", "ce-tick-line", { y2: 5 });
    text(mark, "ce-tick-text", [0, 20], format(value), { "text-anchor": "middle" });
  });
  each(group, "g", "ce-tick ce-y", yTicks, (mark, value) => {
    attrs(mark, { transform: `translate(${left} ${y(value)})` });
    part(mark, "line", "ce-tick-line", { x2: right - left });
    text(mark, "ce-tick-text", [-8, 0], format(value), { "text-anchor": "end", dy: "0.32em" });
  });
  text(group, "ce-axis-title ce-x-title", [(left + right) / 2, bottom + 40], xTitle, {
    "text-anchor": "middle",
  });
  text(group, "ce-axis-title ce-y-title", [left + 6, top + 4], yTitle);
}

/** A tick's number: short, with a real minus, without a zero before the point. */
export function tick(value) {
  return String(Number(value.toPrecision(6)))
    .replace("-", "−")
    .replace(/^(−?)0\./, "$1.");
}

// Two axes with ticks and a title, as quiet as the figures' ones.

import { attrs, once, place } from "./svg.js";

/**
 * Paint axes for the scales `x` and `y` (their ranges are the plot's edges).
 * `xTicks` and `yTicks` are the values to mark, `xTitle` and `yTitle` what is counted.
 */
export function paintAxes(svg, options) {
  const { x, y, xTicks, yTicks, xTitle = "", yTitle = "", format = tick } = options;
  const group = once(svg, "ce-axes", (root) => {
    const g = root.insert("g", ":first-child").attr("class", "ce-axes");
    g.append("text").attr("class", "ce-axis-title ce-x-title").attr("text-anchor", "middle");
    g.append("text").attr("class", "ce-axis-title ce-y-title");
  });
  const [left, right] = x.range();
  const [bottom, top] = y.range();
  ticks(group, "ce-x", xTicks).each(function (value) {
    this.setAttribute("transform", `translate(${x(value)} ${bottom})`);
    attrs(this.querySelector("line"), { y2: 5 });
    attrs(this.querySelector("text"), { "text-anchor": "middle" });
    place(this.querySelector("text"), 0, 20, format(value));
  });
  ticks(group, "ce-y", yTicks).each(function (value) {
    this.setAttribute("transform", `translate(${left} ${y(value)})`);
    attrs(this.querySelector("line"), { x2: right - left });
    attrs(this.querySelector("text"), { "text-anchor": "end", dy: "0.32em" });
    place(this.querySelector("text"), -8, 0, format(value));
  });
  place(group.select(".ce-x-title").node(), (left + right) / 2, bottom + 40, xTitle);
  place(group.select(".ce-y-title").node(), left + 6, top + 4, yTitle);
}

/** A tick's number: short, with a real minus, without a zero before the point. */
export function tick(value) {
  return String(Number(value.toPrecision(6)))
    .replace("-", "−")
    .replace(/^(−?)0\./, "$1.");
}

function ticks(group, name, values) {
  return group
    .selectAll(`g.${name}`)
    .data(values)
    .join((enter) => {
      const made = enter.append("g").attr("class", `ce-tick ${name}`);
      made.append("line");
      made.append("text");
      return made;
    });
}

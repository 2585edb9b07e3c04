// Drawing and wiring of the loss curve. Its question: what do you pay, how steep is it?

import { scaleLinear, scaleLog } from "d3-scale";
import { surprisal } from "../maths/information.js";
import spec from "../specs/loss-curve.json";
import { paintAxes, tick } from "../ui/axes.js";
import { chart, draggable } from "../ui/chart.js";
import { checkbox, choice, LOG, slider } from "../ui/controls.js";
import { h } from "../ui/dom.js";
import { percent, shown, superscript } from "../ui/format.js";
import { defineExplorer } from "../ui/frame.js";
import { once, pathThrough, place } from "../ui/svg.js";
import { againstChance } from "../ui/verdict.js";

const KEY_VALUES = [0.99, 0.9, 0.5, 0.1, 0.01];
const SMALLEST = spec.fields.q.low;
const CLASS_COUNTS = [2, 4, 10, 100, 1000, 50257];

export default defineExplorer({
  name: "loss-curve",
  spec,
  headline: ["loss", "slope_q", "slope_z", "saving"],
  readout,
  build,
  ask: ({ q }) => `You gave the truth a probability of ${percent(q)}. What do you pay, and how steep is it?`,
  describe: ({ q, units }, { loss, slope_q, slope_z, verdict }) =>
    `At probability ${percent(q)} the price is ${shown(loss)} ${units}, ${verdict}. ` +
    `The slope in q is ${shown(slope_q)}, the slope in the logit ${shown(slope_z)}.`,
});

function readout({ q, classes, ratio, units }) {
  const unit = units === "bits" ? Math.LN2 : 1;
  const loss = surprisal(q);
  const chance = Math.log(classes);
  const better = Math.min(1, q * ratio);
  return {
    loss: loss / unit,
    slope_q: -1 / q / unit,
    slope_z: (q - 1) / unit,
    chance: chance / unit,
    times_chance: q * classes,
    better,
    saving: Math.log(better / q) / unit,
    squared_loss: (1 - q) ** 2,
    squared_slope_q: plain(-2 * (1 - q)),
    squared_slope_z: plain(-2 * q * (1 - q) ** 2),
    verdict: againstChance(loss, classes),
    key_values: KEY_VALUES.map((value) => surprisal(value) / unit),
  };
}

/** −0 shown as 0. */
function plain(value) {
  return value + 0;
}

function build({ stage, controls, get, set }) {
  let state = get();
  let numbers = readout(state);
  let scales = null;

  const plot = chart(stage, {
    heightOf: (width) => (width < 480 ? 320 : 380),
    paint: (svg, size) => paint(svg, size),
  });

  function paint(svg, { width, height }) {
    once(svg, "ce-curve", lay);
    const unit = state.units === "bits" ? Math.LN2 : 1;
    const logarithmic = state.scale === "log";
    // The window grows with what it must show: the point, the chance line, the ratio.
    const top = logarithmic ? 14 / unit : Math.max(5, Math.min(14.5, numbers.loss * unit + 0.6)) / unit;
    const margin = { left: 42, right: 18, top: 16, bottom: 46 };
    const x = (logarithmic ? scaleLog([SMALLEST, 1], [0, 1]) : scaleLinear([0, 1], [0, 1])).range([
      margin.left,
      width - margin.right,
    ]);
    const y = scaleLinear([0, top], [height - margin.bottom, margin.top]);
    scales = { x, y };
    const inside = (value) => Math.max(y.range()[1], Math.min(y.range()[0], y(value)));

    const decades = [1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.1, 1];
    paintAxes(svg, {
      x,
      y,
      xTicks: logarithmic ? decades.filter((_, i) => width > 480 || i % 2 === 0) : [0, 0.25, 0.5, 0.75, 1],
      yTicks: y.ticks(5),
      xTitle: "q, the probability given to the truth",
      format: (value) =>
        value > 0 && value < 0.01 ? `10${superscript(Math.round(Math.log10(value)))}` : tick(value),
    });

    const left = x.range()[0];
    const right = x.range()[1];
    const samples = Array.from({ length: 241 }, (_, i) => x.invert(left + ((right - left) * i) / 240));
    // On an even axis the curve leaves the window at e^(−top); it starts right there.
    const first = logarithmic ? SMALLEST : Math.exp(-top * unit);
    const seen = [first, ...samples.filter((q) => q > first)];
    svg.select(".ce-curve").attr("d", pathThrough(seen.map((q) => [x(q), y(surprisal(q) / unit)])));

    const squared = pathThrough(samples.map((q) => [x(q), y((1 - q) ** 2)]));
    svg.select(".ce-squared").attr("d", state.squared ? squared : null);
    const endQ = logarithmic ? 1e-5 : 0.05;
    place(
      svg.select(".ce-squared-label").node(),
      x(endQ),
      y((1 - endQ) ** 2) - 8,
      state.squared ? "(1 − q)²" : "",
    );
    const nameQ = Math.exp(-top * unit * 0.8);
    place(svg.select(".ce-curve-label").node(), x(nameQ) + 10, y(surprisal(nameQ) / unit), "−log q");

    // The tangent, as long as it stays in the window.
    const { q } = state;
    const here = [x(q), inside(numbers.loss)];
    svg.select(".ce-tangent").attr("d", tangent(q, numbers, { x, y, unit, logarithmic }));

    const chanceInside = numbers.chance <= top;
    svg
      .select(".ce-chance")
      .attr("x1", left)
      .attr("x2", chanceInside ? right : left)
      .attr("y1", inside(numbers.chance))
      .attr("y2", inside(numbers.chance));
    place(
      svg.select(".ce-chance-label").node(),
      right,
      inside(numbers.chance) - 6,
      chanceInside ? `uniform over ${state.classes} classes` : `ln ${state.classes} lies above this window`,
    );

    // From q to ratio·q: the step sideways, and what it saves.
    const there = [x(numbers.better), inside(surprisal(numbers.better) / unit)];
    const moved = there[0] - here[0] > 3;
    svg.select(".ce-step").attr("d", moved ? `M${here[0]} ${here[1]}H${there[0]}V${there[1]}` : null);
    const times = Number((numbers.better / q).toPrecision(3));
    const crowded = there[0] > right - 44; // no room beside it: write above the step
    place(
      svg
        .select(".ce-step-label")

        .attr("text-anchor", crowded ? "end" : "start")
        .node(),
      there[0] + (crowded ? 0 : 7),
      crowded ? here[1] - 8 : (here[1] + there[1]) / 2 + 4,
      moved ? `×${times}` : "",
    );
    svg.select(".ce-there").attr("cx", there[0]).attr("cy", there[1]);
    svg.select(".ce-point").attr("cx", here[0]).attr("cy", here[1]);
    svg.select(".ce-drop").attr("x1", here[0]).attr("x2", here[0]).attr("y1", here[1]).attr("y2", y(0));
    svg
      .select(".ce-hit")
      .attr("x", left)
      .attr("y", 0)
      .attr("width", right - left)
      .attr("height", height);
  }

  function lay(svg) {
    for (const name of ["ce-squared", "ce-curve", "ce-tangent", "ce-step"])
      svg.append("path").attr("class", name);
    for (const name of ["ce-chance", "ce-drop"]) svg.append("line").attr("class", name);
    for (const name of ["ce-squared-label", "ce-curve-label", "ce-step-label"])
      svg.append("text").attr("class", name);
    svg.append("text").attr("class", "ce-chance-label").attr("text-anchor", "end");
    svg.append("circle").attr("class", "ce-there").attr("r", 4);
    svg.append("circle").attr("class", "ce-point").attr("r", 8);
    draggable(svg.append("rect").attr("class", "ce-hit"), ([px]) => {
      const [left, right] = scales.x.range();
      const q = scales.x.invert(Math.min(right, Math.max(left, px)));
      set({ q: Math.min(1, Math.max(SMALLEST, q)) });
    });
  }

  // Controls
  const q = slider({
    label: "probability given to the truth",
    low: SMALLEST,
    high: 1,
    step: 0.005,
    scale: LOG,
    format: percent,
    input: (value) => set({ q: value }),
  });
  const ratio = slider({
    label: "make it this many times better",
    low: 1,
    high: 100,
    step: 0.01,
    scale: LOG,
    format: (value) => `×${shown(value, 3)}`,
    input: (value) => set({ ratio: value }),
  });
  const classes = choice({
    legend: "Classes K",
    options: CLASS_COUNTS.map((count) => [count, String(count)]),
    input: (value) => set({ classes: value }),
  });
  const scale = choice({
    legend: "Axis of q",
    options: [
      ["linear", "even steps"],
      ["log", "even factors"],
    ],
    input: (value) => set({ scale: value }),
  });
  const squared = checkbox({ label: "show (1 − q)² too", input: (value) => set({ squared: value }) });
  controls.append(
    h("div", { class: "ce-sliders" }, q.el, ratio.el),
    classes.el,
    h("div", { class: "ce-row" }, scale.el, squared.el),
  );

  return {
    update(nextState, nextNumbers) {
      state = nextState;
      numbers = nextNumbers;
      plot.repaint();
      q.update(state.q);
      ratio.update(state.ratio);
      classes.update(state.classes);
      scale.update(state.scale);
      squared.update(state.squared);
    },
    close: plot.close,
  };
}

/** The tangent at q. On a logarithmic axis the curve is its own tangent. */
function tangent(q, { loss, slope_q }, { x, y, logarithmic }) {
  if (logarithmic) return null;
  const [top, bottom] = [y.invert(y.range()[1]), 0];
  const at = (value) => q + (value - loss) / slope_q;
  const from = Math.max(0, Math.min(at(top), q));
  const to = Math.min(1, Math.max(at(bottom), q));
  const height = (value) => loss + slope_q * (value - q);
  return `M${x(from)} ${y(Math.min(top, height(from)))}L${x(to)} ${y(Math.max(bottom, height(to)))}`;
}

// Drawing and wiring of the reliability diagram. Its question: do forecasts keep their word?

import { scaleLinear } from "d3-scale";
import { expectedCalibrationError, fitTemperature, histogram } from "../maths/calibration.js";
import { brierDecomposition, logScoreDecomposition } from "../maths/decomposition.js";
import { sigmoid, sum } from "../maths/numerics.js";
import spec from "../specs/reliability.json";
import { paintAxes } from "../ui/axes.js";
import { chart, draggable } from "../ui/chart.js";
import { button, choice, LOG, slider } from "../ui/controls.js";
import { h, setText } from "../ui/dom.js";
import { percent, shown } from "../ui/format.js";
import { defineExplorer } from "../ui/frame.js";
import { room } from "../ui/room.js";
import { hatching } from "../ui/stack.js";
import { attrs, once, place } from "../ui/svg.js";

const EDGE = 1e-6; // as in reliability.py
const ROUNDING = 1e-12; // as in reliability.py
const { longest: MOST_GROUPS } = spec.fields.stated;
const { low: COLDEST, high: HOTTEST } = spec.fields.temperature;
const MOST_CASES = spec.fields.cases.high;

/** What the fit found, by the verdict; `best` is the temperature. */
const SENTENCES = {
  "a sure forecast missed: no T helps": () =>
    "A forecast of 0 or 1 missed. The log score is ∞, and no temperature bends it back.",
  "T changes nothing here": () => "No forecast here can be bent: each is 0, ½ or 1.",
  "always on the right side of 50 %: sharpen without end": () =>
    "Every forecast is on the right side of 50 %: a smaller T always scores lower, down to 0.",
  "no better than 50 %: flatten without end": () =>
    "These forecasts do no better than 50 % would: a larger T always scores lower, up to ∞.",
  "as sure as it should be": () => "No temperature scores lower than T = 1.",
  "too sure of itself": (best) =>
    `The stated forecasts are too sure: T = ${shown(best, 3)} gives the lowest log score.`,
  "not sure enough of itself": (best) =>
    `The stated forecasts are not sure enough: T = ${shown(best, 3)} gives the lowest log score.`,
};

export default defineExplorer({
  name: "reliability",
  spec,
  headline: ["brier", "log_score", "calibration_error", "best_temperature"],
  check,
  readout,
  build,
  describe: ({ cases, hits, units }, { forecast, brier, log_score, verdict, best_temperature }) =>
    `${forecast.map((f, g) => `Stated ${percent(f)}: ${hits[g]} of ${cases[g]} came true. `).join("")}` +
    `Brier score ${shown(brier)}, log score ${shown(log_score)} ${units}. ` +
    SENTENCES[verdict](best_temperature),
});

/** Throw if the parts of the state do not fit each other. */
function check({ stated, cases, hits }) {
  if (cases.length !== stated.length || hits.length !== stated.length) {
    throw new Error("stated, cases and hits should be equally many");
  }
  if (stated.some((f) => (f > 0 && f < EDGE) || (f < 1 && f > 1 - EDGE))) {
    throw new Error(`stated should be 0, 1, or numbers from ${EDGE} to 1 − ${EDGE}`);
  }
  if (hits.some((count, g) => count > cases[g])) throw new Error("hits should be at most as many as cases");
}

function readout(state) {
  const { stated, cases, hits, temperature, units } = state;
  const unit = units === "bits" ? Math.LN2 : 1;
  const counts = countsOf(state);
  const rows = stated.map((f) => bent(f, temperature));
  const brier = brierDecomposition(rows, counts);
  const log = logScoreDecomposition(rows, counts);
  const [best, verdict] = bestTemperature(state);
  const atBest = stated.map((f) => bent(f, best));
  const forecast = rows.map(([, yes]) => yes);
  return {
    brier: tidy(brier[0] / 2),
    log_score: tidy(log[0]) / unit,
    calibration_error: tidy(expectedCalibrationError(forecast, counts)),
    best_temperature: best,
    best_log_score: tidy(logScoreDecomposition(atBest, counts)[0]) / unit,
    verdict,
    base_rate: sum(hits) / sum(cases),
    brier_uncertainty: tidy(brier[1]) / 2,
    brier_resolution: tidy(brier[2]) / 2,
    brier_reliability: tidy(brier[3]) / 2,
    log_uncertainty: tidy(log[1]) / unit,
    log_resolution: tidy(log[2]) / unit,
    log_reliability: tidy(log[3]) / unit,
    forecast,
    frequency: hits.map((count, g) => count / cases[g]),
  };
}

/** What rounding leaves of 0 is 0. */
function tidy(value) {
  return Math.abs(value) < ROUNDING ? 0 : value;
}

function countsOf({ cases, hits }) {
  return cases.map((count, g) => [count - hits[g], hits[g]]);
}

function logit(f) {
  return Math.log(f) - Math.log1p(-f);
}

/** The forecast f as [no, yes] at temperature T, which may be 0 or ∞: the limits. */
function bent(f, temperature) {
  if (f === 0 || f === 1 || temperature === 1) return [1 - f, f];
  const z = logit(f);
  if (z === 0) return [0.5, 0.5];
  const cooled = temperature === 0 ? z * Infinity : z / temperature;
  return [sigmoid(-cooled), sigmoid(cooled)];
}

/** The T with the lowest log score, and in words what that means. */
function bestTemperature(state) {
  const { stated, cases, hits } = state;
  const groups = stated.map((f, g) => ({ f, cases: cases[g], hits: hits[g] }));
  if (groups.some(({ f, cases, hits }) => (f === 0 && hits > 0) || (f === 1 && hits < cases))) {
    return [1, "a sure forecast missed: no T helps"];
  }
  const free = groups.filter(({ f }) => f !== 0 && f !== 0.5 && f !== 1);
  if (free.length === 0) return [1, "T changes nothing here"];
  const z = free.map(({ f }) => logit(f));
  if (free.every(({ cases, hits }, i) => hits === (z[i] > 0 ? cases : 0))) {
    return [0, "always on the right side of 50 %: sharpen without end"];
  }
  const pull = sum(free.map(({ cases, hits }, i) => z[i] * (2 * hits - cases)));
  if (pull <= ROUNDING * sum(free.map(({ cases }, i) => Math.abs(z[i]) * cases))) {
    return [Infinity, "no better than 50 %: flatten without end"];
  }
  const best = fitTemperature(
    z,
    countsOf({ cases: free.map((g) => g.cases), hits: free.map((g) => g.hits) }),
  );
  if (Math.abs(best - 1) <= 1e-9) return [1, "as sure as it should be"];
  return [best, best > 1 ? "too sure of itself" : "not sure enough of itself"];
}

function build({ stage, controls, get, set }) {
  let state = get();
  let numbers = readout(state);
  let chosen = 0;
  let x = null;

  const picture = chart(stage, {
    heightOf: (width) => layout(width).height,
    paint(svg, { width }) {
      const { plot, bins, scores } = layout(width);
      once(svg, "ce-rel", (root) => lay(root, drag));
      x = paintDiagram(svg, plot, state, numbers, chosen);
      paintHistogram(svg, bins, x, state, numbers);
      const nats = state.units === "bits" ? Math.LN2 : 1;
      paintScore(svg.select(".ce-rel-brier"), scores[0], {
        name: "Brier score",
        parts: [numbers.brier_uncertainty, numbers.brier_resolution, numbers.brier_reliability],
        score: numbers.brier,
        full: 0.3,
        most: 1,
      });
      paintScore(svg.select(".ce-rel-log"), scores[1], {
        name: `log score, ${state.units}`,
        parts: [numbers.log_uncertainty, numbers.log_resolution, numbers.log_reliability],
        score: numbers.log_score,
        full: 0.85 / nats,
        most: 3 / nats,
      });
    },
  });

  function choose(g) {
    chosen = g;
    show();
  }

  /** A hand drags a disc sideways: state what lies, bent, under the hand. */
  function drag(g, at) {
    if (g !== chosen) choose(g);
    const f = Math.min(1, Math.max(0, x.invert(at)));
    const straight = f === 0 || f === 1 ? f : sigmoid(logit(f) * state.temperature);
    give("stated", Math.round(100 * straight) / 100);
  }

  function give(name, value, g = chosen) {
    set({ [name]: state[name].map((old, i) => (i === g ? value : old)) });
  }

  // Controls
  const groups = h("div");
  let pick = null;
  const add = button({
    label: "Add a group",
    press: () => {
      const f = widestGap(state.stated);
      chosen = state.stated.length;
      set({
        stated: [...state.stated, f],
        cases: [...state.cases, 10],
        hits: [...state.hits, Math.round(10 * f)],
      });
    },
  });
  const remove = button({
    label: "Remove this",
    press: () => {
      const others = (values) => values.filter((_, g) => g !== chosen);
      const kept = { stated: others(state.stated), cases: others(state.cases), hits: others(state.hits) };
      chosen = Math.max(0, chosen - 1);
      set(kept);
    },
  });
  const stated = slider({
    label: "stated probability",
    low: 0,
    high: 1,
    step: 0.01,
    format: percent,
    input: (value) => give("stated", value),
  });
  const cases = slider({
    label: "cases",
    low: 1,
    high: MOST_CASES,
    step: 1,
    format: String,
    input: (value) => {
      const fewer = state.hits.map((count, g) => (g === chosen ? Math.min(count, value) : count));
      set({ cases: state.cases.map((old, g) => (g === chosen ? value : old)), hits: fewer });
    },
  });
  const hits = slider({
    label: "of them came true",
    low: 0,
    high: MOST_CASES,
    step: 1,
    format: (value) => `${value} of ${state.cases[chosen]}`,
    input: (value) => give("hits", Math.min(value, state.cases[chosen])),
  });
  const temperature = slider({
    label: "temperature T of all forecasts",
    low: COLDEST,
    high: HOTTEST,
    step: 0.01,
    scale: LOG,
    format: (value) => shown(value, 3),
    input: (value) => set({ temperature: value }),
  });
  const best = button({
    label: "Use the best T",
    press: () => set({ temperature: numbers.best_temperature }),
  });
  const straight = button({ label: "Back to T = 1", press: () => set({ temperature: 1 }) });
  const found = h("p", { class: "ce-why" });
  controls.append(
    h("div", { class: "ce-row" }, groups, add.el, remove.el),
    h("div", { class: "ce-sliders" }, stated.el, cases.el, hits.el, temperature.el),
    h("div", { class: "ce-row" }, best.el, straight.el, found),
  );

  function show() {
    const count = state.stated.length;
    chosen = Math.min(chosen, count - 1);
    if (groups.querySelectorAll("input").length !== count) {
      pick = choice({ legend: "Group stating", options: state.stated.map((_, g) => [g, ""]), input: choose });
      groups.replaceChildren(pick.el);
    }
    groups.querySelectorAll("label span").forEach((span, g) => {
      setText(span, percent(state.stated[g]));
    });
    pick.update(chosen);
    picture.repaint();
    stated.update(state.stated[chosen]);
    cases.update(state.cases[chosen]);
    hits.el.querySelector("input").max = state.cases[chosen];
    hits.update(state.hits[chosen]);
    temperature.update(state.temperature);
    add.update({ why: count < MOST_GROUPS ? "" : `There is room for ${MOST_GROUPS} groups.` });
    remove.update({ why: count > 1 ? "" : "One group has to stay." });
    best.update({ why: bestObstacle(state, numbers) });
    straight.update({ why: state.temperature === 1 ? "The forecasts are as stated." : "" });
    setText(found, SENTENCES[numbers.verdict](numbers.best_temperature));
  }

  return {
    update(nextState, nextNumbers) {
      state = nextState;
      numbers = nextNumbers;
      show();
    },
    close: picture.close,
  };
}

function bestObstacle({ temperature }, { best_temperature: best, verdict }) {
  if (!/sure (of|enough|as)|as sure/.test(verdict)) return SENTENCES[verdict](best);
  if (best < COLDEST || best > HOTTEST) return "The best T lies outside the range shown here.";
  return temperature === best ? "The forecasts are bent with the best T." : "";
}

/** The middle of the widest gap between the stated probabilities, in whole percent. */
function widestGap(stated) {
  const at = [0, ...stated, 1].sort((a, b) => a - b);
  const gaps = at.slice(1).map((value, i) => value - at[i]);
  const widest = gaps.indexOf(Math.max(...gaps));
  return Math.round(50 * (at[widest] + at[widest + 1])) / 100;
}

// Drawing

const ROW = 38; // from one bar of a score to the next
const BAR = 22;
const HIGH = 12 + 3 * ROW + BAR; // a score's four bars, with their name

/** Where things stand: beside each other, or on a phone one below the other. */
function layout(width) {
  const wide = width >= 600;
  const right = wide ? Math.min(410, 0.5 * width) : width - 14;
  const bottom = 28 + (wide ? 310 : 270);
  const plot = { left: 46, right, top: 28, bottom };
  const bins = { top: bottom + 48, bottom: bottom + 98 };
  const under = bins.bottom + 32;
  const block = { left: wide ? right + 48 : 0, right: width - 4 };
  const above = wide ? 18 : under + 26;
  const scores = [above, above + HIGH + 44].map((top) => ({ ...block, top }));
  return { plot, bins, scores, height: wide ? under : scores[1].top + HIGH + 8 };
}

function lay(svg, drag) {
  const g = svg.append("g").attr("class", "ce-rel");
  for (const name of ["diagonal", "base", "pools"]) g.append("path").attr("class", `ce-rel-${name}`);
  g.append("text").attr("class", "ce-chance-label ce-rel-diagonal-label").attr("text-anchor", "middle");
  g.append("text").attr("class", "ce-chance-label ce-rel-base-label");
  g.append("text").attr("class", "ce-axis-title ce-rel-seen");
  const bins = g.append("g").attr("class", "ce-rel-bins");
  bins.append("path").attr("class", "ce-rel-ground");
  bins.append("text").attr("class", "ce-chance-label ce-rel-caption");
  bins.append("text").attr("class", "ce-axis-title ce-rel-title").attr("text-anchor", "middle");
  const discs = g.append("g").attr("class", "ce-rel-discs").node();
  discs.ceDrag = drag;
  const hatched = hatching(svg);
  for (const name of ["brier", "log"]) layScore(g.append("g").attr("class", `ce-rel-${name}`), hatched);
}

function paintDiagram(svg, { left, right, top, bottom }, state, numbers, chosen) {
  const x = scaleLinear([0, 1], [left, right]);
  const y = scaleLinear([0, 1], [bottom, top]);
  const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1];
  paintAxes(svg, { x, y, xTicks: ticks, yTicks: ticks, format: percent });
  place(svg.select(".ce-rel-seen").node(), left, top - 14, "how often it came true");
  const base = y(numbers.base_rate);
  attrs(svg.select(".ce-rel-diagonal").node(), { d: `M${left} ${bottom}L${right} ${top}` });
  attrs(svg.select(".ce-rel-base").node(), { d: `M${left} ${base}H${right}` });
  const discs = state.stated.map((f, g) => ({
    g,
    x: x(numbers.forecast[g]),
    y: y(numbers.frequency[g]),
    r: 3.4 * Math.sqrt(state.cases[g]),
    ghost: x(f),
    line: y(numbers.forecast[g]),
    from: y(together(state, f)),
    text: `${state.hits[g]} of ${state.cases[g]}`,
  }));
  attrs(svg.select(".ce-rel-pools").node(), { d: pools(state, discs) });
  svg
    .select(".ce-rel-discs")
    .selectAll("g.ce-rel-disc")
    .data(
      [...discs].sort((a, b) => b.r - a.r),
      (disc) => disc.g,
    )
    .join(newDisc)
    .classed("ce-rel-chosen", ({ g }) => g === chosen)
    .each(function (disc) {
      const part = (name) => this.querySelector(`.ce-rel-${name}`);
      attrs(part("gap"), { d: `M${disc.x} ${disc.from}V${disc.line}` });
      const moved = Math.abs(disc.ghost - disc.x) > 1;
      attrs(part("bend"), { d: moved ? `M${disc.ghost} ${disc.y}H${disc.x}` : "" });
      attrs(part("ghost"), { cx: disc.ghost, cy: disc.y, r: moved ? 4 : 0 });
      attrs(part("circle"), { cx: disc.x, cy: disc.y, r: disc.r });
      attrs(part("centre"), { cx: disc.x, cy: disc.y, r: 2.5 });
      attrs(part("hand"), { cx: disc.x, cy: disc.y, r: Math.max(16, disc.r) });
    });
  paintLabels(svg, { left, right }, { x, y }, { discs, chosen, baseRate: numbers.base_rate });
  return x;
}

/** How often the forecasts that state f came true. */
function together({ stated, cases, hits }, f) {
  const same = (values) => sum(values.filter((_, g) => stated[g] === f));
  return same(hits) / same(cases);
}

function newDisc(enter) {
  const g = enter.append("g").attr("class", "ce-rel-disc");
  g.append("circle").attr("class", "ce-rel-circle");
  for (const name of ["bend", "gap"]) g.append("path").attr("class", `ce-rel-${name}`);
  for (const name of ["ghost", "centre"]) g.append("circle").attr("class", `ce-rel-${name}`);
  g.append("text").attr("class", "ce-rel-text");
  draggable(g.append("circle").attr("class", "ce-hit ce-rel-hand"), function ([at]) {
    const disc = this.parentNode;
    disc.parentNode.ceDrag(disc.__data__.g, at);
  });
  return g;
}

/** Say what each disc, the base rate and the diagonal are, where there is room for it. */
function paintLabels(svg, { left, right }, { x, y }, { discs, chosen, baseRate }) {
  const space = room({ left: left - 2, right: right + 12 });
  for (const disc of discs) {
    const [a, b] = [Math.min(disc.x, disc.ghost) - 5, Math.max(disc.x, disc.ghost) + 5];
    space.take(boxAround(disc.x, disc.y, disc.r));
    space.take({ left: a, right: b, top: disc.y - 3, bottom: disc.y + 3 });
    const strokes = [disc.y, disc.from, disc.line];
    const [high, low] = [Math.min(...strokes), Math.max(...strokes)];
    space.take({ left: disc.x - 2, right: disc.x + 2, top: high, bottom: low });
  }

  const base = y(baseRate);
  const said = `base rate ${percent(baseRate)}`;
  const places = [
    { x: right, y: base + 10, anchor: "end" },
    { x: right, y: base - 10, anchor: "end" },
    { x: left + 4, y: base - 10, anchor: "start" },
    { x: left + 4, y: base + 10, anchor: "start" },
  ].filter((spot) => spot.y < y(0) - 8);
  write(svg.select(".ce-rel-base-label").node(), space.find(places, sizeOf(said, 12.5)), said);

  const order = [...discs].sort((a, b) => (b.g === chosen) - (a.g === chosen) || b.r - a.r);
  const nodes = svg.selectAll("text.ce-rel-text").nodes();
  for (const { g, x: at, y: height, ghost, r, text } of order) {
    const [a, b] = [Math.min(at - r, ghost - 5), Math.max(at + r, ghost + 5)];
    const spots = [
      { x: at + r + 5, y: height, anchor: "start" },
      { x: at - r - 5, y: height, anchor: "end" },
      { x: b + 5, y: height, anchor: "start" },
      { x: a - 5, y: height, anchor: "end" },
      { x: at + 5, y: height + r + 11, anchor: "start" },
      { x: at - 5, y: height - r - 11, anchor: "end" },
    ];
    const node = nodes.find((one) => one.__data__.g === g);
    write(node, space.find(spots, sizeOf(text, 14)), text);
  }

  const tilt = Math.atan2(y(1) - y(0), x(1) - x(0));
  const along = [0.5, 0.3, 0.7, 0.84, 0.16].find((at) =>
    space.free(
      [-54, -36, -18, 0, 18, 36, 54].map((t) =>
        boxAround(
          x(at) + t * Math.cos(tilt) + 11 * Math.sin(tilt),
          y(at) + t * Math.sin(tilt) - 11 * Math.cos(tilt),
          8,
        ),
      ),
    ),
  );
  const label = svg.select(".ce-rel-diagonal-label").node();
  place(label, 0, -7, along ? "as often as said" : "");
  attrs(label, {
    transform: `translate(${x(along ?? 0)} ${y(along ?? 0)}) rotate(${(180 / Math.PI) * tilt})`,
  });
}

function boxAround(x, y, r) {
  return { left: x - r, right: x + r, top: y - r, bottom: y + r };
}

/** About how much room a text needs. */
function sizeOf(text, size) {
  return { width: 0.56 * size * text.length, height: size };
}

/** Write the text at its spot, or nothing when there is no room for it. */
function write(node, spot, text) {
  attrs(node, { "text-anchor": spot?.anchor ?? "start" });
  place(node, spot?.x ?? 0, (spot?.y ?? 0) + 4.5, spot ? text : "");
}

/** Groups that state the same count as one: a stroke joins them, a bar across is their mean. */
function pools({ stated }, discs) {
  const paths = [...new Set(stated)].map((f) => {
    const same = discs.filter(({ g }) => stated[g] === f);
    if (same.length < 2) return "";
    const heights = same.map((disc) => disc.y);
    const [{ x, from }] = same;
    return `M${x} ${Math.min(...heights)}V${Math.max(...heights)}M${x - 9} ${from}H${x + 9}`;
  });
  return paths.join("");
}

function paintHistogram(svg, { top, bottom }, x, state, { forecast }) {
  const sizes = histogram(forecast, countsOf(state));
  const most = Math.max(...sizes);
  const width = (x(1) - x(0)) / sizes.length;
  const bins = svg.select(".ce-rel-bins");
  attrs(bins.select(".ce-rel-ground").node(), { d: `M${x(0)} ${bottom}H${x(1)}` });
  place(bins.select(".ce-rel-caption").node(), x(0), top - 2, "sharpness: cases in each tenth");
  place(bins.select(".ce-rel-title").node(), (x(0) + x(1)) / 2, bottom + 22, axisTitle(state));
  bins
    .selectAll("rect")
    .data(sizes)
    .join("rect")
    .attr("class", "ce-model-outline")
    .each(function (size, i) {
      const tall = ((bottom - top - 8) * size) / most;
      attrs(this, { x: x(0) + i * width + 2, width: width - 4, y: bottom - tall, height: tall });
      this.toggleAttribute("hidden", size === 0);
    });
}

function axisTitle({ temperature }) {
  if (temperature === 1) return "forecast, the probability stated";
  return `forecast, bent with T = ${shown(temperature, 3)}`;
}

function layScore(g, hatched) {
  g.append("text").attr("class", "ce-rel-score-name");
  for (const name of ["uncertainty", "resolution", "reliability", "score"]) {
    const row = g.append("g").attr("class", `ce-rel-row ce-rel-${name}`);
    row.append("rect").attr("class", "ce-rail");
    const bar = row.append("rect").attr("class", "ce-rel-bar");
    if (name === "reliability") bar.attr("fill", hatched);
    row.append("path").attr("class", "ce-torn");
    row.append("path").attr("class", "ce-rel-link");
    row.append("text").attr("class", "ce-rel-row-name");
    row.append("text").attr("class", "ce-rel-row-value").attr("text-anchor", "end");
  }
}

/** Four bars that add up: uncertainty − resolution + reliability = score. */
function paintScore(g, { left, right, top }, { name, parts, score, full, most }) {
  const [uncertainty, resolution, reliability] = parts;
  const from = left + 168;
  // The window grows with what it must show, up to a point; from there on, a torn edge.
  const window = Math.min(most, Math.max(full, score, uncertainty) * (score > full ? 1.04 : 1));
  const scale = scaleLinear([0, window], [from, right]).clamp(true);
  const won = uncertainty - resolution;
  const rows = [
    ["uncertainty", "uncertainty", uncertainty, 0, uncertainty],
    ["resolution", "− resolution", resolution, won, uncertainty],
    ["reliability", "+ reliability", reliability, won, won + reliability],
    ["score", "= score", score, 0, score],
  ];
  place(g.select(".ce-rel-score-name").node(), left, top, name);
  rows.forEach(([key, label, value, start, end], i) => {
    const row = g.select(`.ce-rel-${key}`).node();
    const part = (which) => row.querySelector(which);
    const high = top + 12 + i * ROW;
    const [a, b] = [scale(Math.max(0, start)), scale(end)];
    attrs(part(".ce-rail"), { x: from, y: high, width: right - from, height: BAR });
    attrs(part(".ce-rel-bar"), { x: a, y: high, width: Math.max(0, b - a), height: BAR });
    const edge = [0, 5.5, 11, 16.5, BAR].map((dy, j) => `${right - (j % 2 ? 5 : 0)} ${high + dy}`).join("L");
    attrs(part(".ce-torn"), { d: end > window ? `M${edge}` : "" });
    const join = key === "uncertainty" || key === "reliability" ? b : a;
    const linked = key !== "score" && (key !== "reliability" || end <= window);
    attrs(part(".ce-rel-link"), { d: linked ? `M${join} ${high + BAR}v${ROW - BAR}` : "" });
    place(part(".ce-rel-row-name"), left, high + 16, label);
    place(part(".ce-rel-row-value"), from - 12, high + 16, added(value));
  });
}

/** A part of a sum: four decimals, so that the digits stand below each other. */
function added(value) {
  return value === Infinity ? "∞" : value.toFixed(4);
}

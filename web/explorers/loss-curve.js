// Drawing and wiring of the loss curve. Its question: what do you pay, how steep is it?

import { clamp } from "../maths/hands.js";
import { surprisal } from "../maths/information.js";
import { guessIn, natsPer } from "../maths/units.js";
import spec from "../specs/loss-curve.json";
import { CLEAR_OF_HANDLES, paintAxes, tick } from "../ui/axes.js";
import { chart, draggable } from "../ui/chart.js";
import { checkbox, choice, LOG, slider } from "../ui/controls.js";
import { h } from "../ui/dom.js";
import { plain as bare, computed, percent, shown, superscript } from "../ui/format.js";
import { defineExplorer } from "../ui/frame.js";
import { room } from "../ui/room.js";
import { linear, log } from "../ui/scale.js";
import { part, pathThrough, text } from "../ui/svg.js";
import { tone } from "../ui/tone.js";
import { againstChance } from "../ui/verdict.js";
import { filled } from "../ui/words.js";

const { low: SMALLEST, high: LARGEST } = spec.fields.q;
const MARGIN = { left: 44, right: 18, top: 16, bottom: 46 };
const DECADES = [1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.1, 1];
const STEPS = 240; // of the curve

export default defineExplorer({
  name: "loss-curve",
  spec,
  headline: ["loss", "slope_q", "slope_z", "saving"],
  readout,
  build,
  ask: ({ q }) => filled(spec.words.ask, { probability: percent(q) }),
  describe: ({ q, units }, { loss, slope_q, slope_z, verdict }) =>
    `At probability ${percent(q)} the price is ${computed(loss)} ${units}, ${verdict}. ` +
    `The slope in q is ${computed(slope_q)}, the slope in the logit ${computed(slope_z)}.`,
});

function readout({ q, classes, ratio, units }) {
  const unit = natsPer(units);
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
    verdict: againstChance(spec, loss, classes),
    key_values: spec.constants.key_values.map((value) => surprisal(value) / unit),
  };
}

/** −0 shown as 0. */
function plain(value) {
  return value + 0;
}

function paint(svg, { state, numbers, set, guess }, size) {
  const plot = { ...lay(state, numbers, size), state, numbers, guess };
  paintAxes(svg, axes(plot, size));
  paintCurves(svg, plot);
  part(svg, "path", "ce-tangent", { d: tangent(plot) });
  paintChance(svg, plot);
  paintStep(svg, plot);
  paintPoint(svg, plot);
  paintWords(svg, plot);
  paintGuess(svg, plot);
  paintNames(svg, plot);
  const area = { x: plot.left, y: 0, width: plot.right - plot.left, height: size.height };
  draggable(part(svg, "rect", "ce-hit", area), ([at]) =>
    set({ q: clamp(plot.x.invert(at), SMALLEST, LARGEST) }),
  );
}

/** The scales. The window grows with what it must show: the point, the chance line, the ratio. */
function lay({ units, scale }, { loss }, { width, height }) {
  const unit = natsPer(units);
  const logarithmic = scale === "log";
  const top = (logarithmic ? 14.6 : clamp(loss * unit + 0.6, 5, 14.6)) / unit;
  const [left, right] = [MARGIN.left, width - MARGIN.right];
  const x = logarithmic ? log([SMALLEST, 1], [left, right]) : linear([0, 1], [left, right]);
  const y = linear([0, top], [height - MARGIN.bottom, MARGIN.top]);
  return { x, y, left, right, top, unit, logarithmic, price: (q) => surprisal(q) / unit };
}

function axes({ x, y, logarithmic }, { width }) {
  const decades = DECADES.filter((_, i) => width > 480 || i % 2 === 0);
  return {
    x,
    y,
    xTicks: logarithmic ? decades : [0, 0.25, 0.5, 0.75, 1],
    yTicks: y.ticks(5),
    xTitle: "q, the probability given to the truth",
    aside: CLEAR_OF_HANDLES,
    format: (value) =>
      value > 0 && value < 0.01 ? `10${superscript(Math.round(Math.log10(value)))}` : tick(value),
  };
}

function paintCurves(svg, { state, x, y, left, right, top, unit, logarithmic, price }) {
  const samples = Array.from({ length: STEPS + 1 }, (_, i) => x.invert(left + ((right - left) * i) / STEPS));
  const through = (values, height) => pathThrough(values.map((q) => [x(q), y(height(q))]));
  part(svg, "path", "ce-squared", { d: state.squared ? through(samples, squared) : "" });
  // On an even axis the curve leaves the window at e^(−top); it starts right there.
  const first = logarithmic ? SMALLEST : Math.exp(-top * unit);
  part(svg, "path", "ce-curve", { d: through([first, ...samples.filter((q) => q > first)], price) });
}

function squared(q) {
  return (1 - q) ** 2;
}

/** The words at the squared curve and at the step, above all lines. */
function paintWords(svg, { state, numbers, x, y, right, logarithmic, price }) {
  const squaredAt = logarithmic ? 1e-5 : 0.05;
  const squaredName = state.squared ? "(1 − q)²" : "";
  text(svg, "ce-squared-label", [x(squaredAt), y(squared(squaredAt)) - 8], squaredName);
  const { here, there, moved } = stepOf({ state, numbers, x, y, price });
  const crowded = there[0] > right - 44; // no room beside it: write above the step, clear of the point
  const above = here[1] - (there[0] - here[0] < 44 ? 16 : 8);
  const place = crowded ? [there[0], above] : [there[0] + 7, (here[1] + there[1]) / 2 + 4];
  const times = Number((numbers.better / state.q).toPrecision(3));
  text(svg, "ce-step-label", place, moved ? `×${times}` : "", { "text-anchor": crowded ? "end" : "start" });
}

/** The tangent at q, as long as it stays in the window. On a logarithmic axis the curve is its own. */
function tangent({ state: { q }, numbers: { loss, slope_q }, x, y, top, logarithmic }) {
  if (logarithmic) return "";
  const at = (value) => q + (value - loss) / slope_q;
  const from = clamp(at(top), 0, q);
  const to = clamp(at(0), q, 1);
  const height = (value) => clamp(loss + slope_q * (value - q), 0, top);
  return pathThrough([from, to].map((value) => [x(value), y(height(value))]));
}

function paintChance(svg, { numbers, y, left, right, top }) {
  const inside = numbers.chance <= top;
  const height = y.clamped(numbers.chance);
  part(svg, "line", "ce-chance", { x1: left, x2: inside ? right : left, y1: height, y2: height });
}

/** The names of the chance line and of the curve, each where no other words stand. */
function paintNames(svg, plot) {
  const { state, numbers, x, y, unit, left, right, top } = plot;
  const free = room({ left, right: right + MARGIN.right });
  takeCurve(free, plot);
  const { here, there, moved } = stepOf(plot);
  free.take({ left: here[0] - 3, right: here[0] + 3, top: here[1] - 8, bottom: y(0) }); // the point, and its drop
  if (moved) free.take({ left: here[0], right: there[0], top: here[1], bottom: there[1] });
  for (const other of svg.querySelectorAll(".ce-step-label, .ce-squared-label, .ce-guess-label")) {
    const { x: from, y: above, width, height } = other.getBBox();
    if (width > 0) free.take({ left: from, right: from + width, top: above, bottom: above + height });
  }
  const name = (kind, said, height, places) => {
    const tried = said.flatMap((words) => places.map((place) => ({ ...place, words })));
    const isFree = ({ words, ...place }) => free.find([place], { width: 6.6 * words.length, height });
    const { x: at, y: middle, anchor, words } = tried.find(isFree) ?? tried[0];
    text(svg, kind, [at, middle + 4], words, { "text-anchor": anchor });
  };
  const { chance } = numbers;
  const line = y.clamped(chance);
  const classes = bare(state.classes);
  const uniform = `uniform over ${classes}`;
  const words =
    chance <= top
      ? [`${uniform} classes`, uniform, `ln ${classes}`]
      : [`ln ${classes} lies above this window`];
  name("ce-chance-label", words, 16, [
    { x: right, y: line - 10, anchor: "end" },
    { x: right, y: line + 12, anchor: "end" },
    { x: left + 60, y: line + 12, anchor: "start" },
    { x: left + 60, y: line - 10, anchor: "start" },
    { x: left + 8, y: line - 10, anchor: "start" },
  ]);
  const [bottom, high] = y.range;
  const beside = [0.2, 0.35, 0.5, 0.65, 0.08].flatMap((share) => {
    const height = high + share * (bottom - high);
    const at = { x: x(Math.exp(-y.invert(height) * unit)) + 10, y: height, anchor: "start" };
    return [at, { ...at, y: height - 10 }];
  });
  const curve = state.units === "bits" ? "−log₂ q" : "−ln q";
  name("ce-curve-label", [curve], 18, beside);
}

/** From q to ratio·q: both places, and whether they are apart. */
function stepOf({ state, numbers, x, y, price }) {
  const here = [x(state.q), y.clamped(numbers.loss)];
  const there = [x(numbers.better), y.clamped(price(numbers.better))];
  return { here, there, moved: there[0] - here[0] > 3 };
}

/** The step sideways, and what it saves. */
function paintStep(svg, plot) {
  const { here, there, moved } = stepOf(plot);
  part(svg, "path", "ce-step", { d: moved ? `M${here.join(" ")}H${there[0]}V${there[1]}` : "" });
  part(svg, "circle", "ce-there", { cx: there[0], cy: there[1], r: 4 });
}

function paintPoint(svg, { state, numbers, x, y }) {
  const [cx, cy] = [x(state.q), y.clamped(numbers.loss)];
  part(svg, "line", "ce-drop", { x1: cx, x2: cx, y1: cy, y2: y(0) });
  part(svg, "circle", "ce-point", { cx, cy, r: 8 });
}

/** What the reader had said about one q; an arrow at the edge where that lies above the window. */
function paintGuess(svg, plot) {
  const { state, guess, x, y, top, left, right } = plot;
  const g = part(svg, "g", "ce-guess", { display: guess ? null : "none" });
  if (!guess) return;
  const price = guessIn(guess, state.units);
  const beyond = price > top;
  const [cx, cy] = [x(guess.at), beyond ? 6 : y(price)];
  part(g, "circle", "ce-guess-dot", { cx, cy, r: beyond ? 0 : 6 });
  part(g, "path", "ce-guess-beyond", { d: beyond ? `M${cx - 5} ${cy + 5}l5 -9l5 9Z` : "" });
  const words = beyond ? `your guess: ${bare(price, 3)}` : "your guess";
  const free = room({ left, right: right + MARGIN.right });
  takeCurve(free, plot);
  const around = beyond ? [0] : [0, 14, -14, 28, -28];
  const beside = around.map((dy) => ({ x: cx + 12, y: cy + dy, anchor: "start" }));
  const before = around.map((dy) => ({ x: cx - 12, y: cy + dy, anchor: "end" }));
  const {
    x: at,
    y: middle,
    anchor,
  } = free.find([...beside, ...before], { width: 6.6 * words.length, height: 12 }) ?? beside[0];
  text(g, "ce-guess-label", [at, middle + 4], words, { "text-anchor": anchor });
}

/** No words stand on the curve. */
function takeCurve(free, { x, y, unit, left, right }) {
  for (let at = left; at <= right; at += 4) {
    const curve = y(surprisal(x.invert(at)) / unit);
    free.take({ left: at, right: at, top: curve - 3, bottom: curve + 3 });
  }
}

function build({ stage, main, more, set }) {
  const picture = chart(stage, { heightOf: (width) => (width < 480 ? 300 : 330), paint });
  const probability = makeProbability(set);
  const panel = makeControls(set);
  const heard = makeHeard();
  main.append(...probability.els);
  more.append(
    panel.ratio.el,
    panel.classes.el,
    h("div", { class: "ce-row" }, panel.scale.el, panel.squared.el, heard.el),
  );
  return {
    update(state, numbers, guess) {
      picture.show({ state, numbers, set, guess });
      probability.update(state.q, state.scale);
      heard.update(state.q);
      for (const [name, control] of Object.entries(panel)) control.update(state[name]);
    },
    close() {
      picture.close();
      heard.close();
    },
  };
}

/** The price as a tone while it moves: off until it is asked for, and no part of the state. */
function makeHeard() {
  const voice = tone();
  let sounded = null;
  const play = (q) => {
    if (q !== sounded) voice.play(surprisal(q));
    sounded = q;
  };
  const input = (on) => {
    voice.turn(on);
    voice.play(surprisal(sounded)); // as a sign that it is on
  };
  const { el } = checkbox({ label: "hear the price", input });
  return { el, update: play, close: voice.close };
}

/** A control for each other part of the state, by its name. */
function makeControls(set) {
  return {
    ratio: slider({
      label: "make it this many times better",
      low: spec.fields.ratio.low,
      high: spec.fields.ratio.high,
      step: 0.01,
      scale: LOG,
      format: (value) => `×${shown(value, 3)}`,
      input: (value) => set({ ratio: value }),
    }),
    classes: choice({
      legend: "Classes K",
      options: spec.constants.class_counts.map((count) => [count, bare(count)]),
      input: (value) => set({ classes: value }),
    }),
    scale: choice({
      legend: "Axis of q",
      options: [
        ["linear", "even steps"],
        ["log", "even factors"],
      ],
      input: (value) => set({ scale: value }),
    }),
    squared: checkbox({ label: "show (1 − q)² too", input: (value) => set({ squared: value }) }),
  };
}

/** The slider below the picture goes in the steps of the axis above it. */
function makeProbability(set) {
  const common = {
    label: "probability given to the truth",
    low: SMALLEST,
    high: LARGEST,
    step: 0.005,
    format: percent,
    input: (value) => set({ q: value }),
  };
  const scales = { linear: slider(common), log: slider({ ...common, scale: LOG }) };
  return {
    els: Object.values(scales).map(({ el }) => el),
    update(value, scale) {
      for (const [name, one] of Object.entries(scales)) {
        one.el.hidden = name !== scale;
        one.update(value);
      }
    },
  };
}

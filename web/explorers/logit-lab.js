// Drawing and wiring of the logit lab. Its question: why does squared error pull so little?

import { clamp, toStep } from "../maths/hands.js";
import { losses, race, runEnd, slopes, stepsToGoal } from "../maths/logit-lab.js";
import { sigmoid } from "../maths/numerics.js";
import spec from "../specs/logit-lab.json";
import { paintAxes } from "../ui/axes.js";
import { chart, draggable } from "../ui/chart.js";
import { button, LOG, slider } from "../ui/controls.js";
import { attrs } from "../ui/dom.js";
import { percent, plain, shown, signed } from "../ui/format.js";
import { defineExplorer } from "../ui/frame.js";
import { linear } from "../ui/scale.js";
import { each, part, pathThrough, say, text } from "../ui/svg.js";
import { counted, filled } from "../ui/words.js";

const { low: LOW, high: HIGH } = spec.fields.z;
const LIMIT = spec.fields.steps.high;
const GOAL = spec.constants.goal;
const WINDOW = [LOW, HIGH + 1]; // as far as the fastest learner comes
const PER_SECOND = 40; // steps of the run
const SAMPLES = Array.from({ length: 121 }, (_, i) => LOW + ((WINDOW[1] - LOW) * i) / 120);
const LEARNERS = ["squared", "ce"]; // in the order of painting
const WHICH = { ce: 0, squared: 1 }; // in a pair

// Each panel shows both losses over z. `ends` says where their names stand, in its own units
// and so many px higher, a word a line.
const LOSSES = {
  values: losses,
  domain: [0, 8.4],
  yTicks: [0, 2, 4, 6, 8],
  title: "loss L",
  ends: {
    ce: { at: [-6.4, 6.9], anchor: "start" },
    squared: { at: [-7.8, 1.8], up: 15, anchor: "start" }, // left of where the learner starts
  },
};
const SLOPES = {
  values: slopes,
  domain: [-1.08, 0],
  yTicks: [-1, -0.75, -0.5, -0.25, 0],
  xTitle: "logit z of the truth; q = σ(z)",
  title: "dL/dz, what the logit feels",
  ends: {
    ce: { at: [0.5, -0.62], anchor: "start" },
    squared: { at: [-1.2, -0.3], up: -14, anchor: "end" },
  },
};
const NAMES = { ce: "cross-entropy", squared: "squared error" };

export default defineExplorer({
  name: "logit-lab",
  spec,
  headline: ["slope_ce", "slope_squared", "steps_ce", "steps_squared"],
  readout,
  build,
  say: ({ steps }, { q, slope_ce, slope_squared }) =>
    `After ${counted(steps, "step")} cross-entropy (○) gives the truth ${percent(q[0])} and feels ${shown(slope_ce, 3)}; ` +
    `squared error (□) gives it ${percent(q[1])} and feels ${shown(slope_squared, 3)}.`,
  describe: ({ z, steps }, { q, slope_ce, slope_squared }) =>
    `Two learners started at logit ${shown(z, 3)}. After ${counted(steps, "step")} cross-entropy gives the truth ` +
    `${percent(q[0])}, its dL/dz is ${shown(slope_ce, 3)}; squared error gives it ${percent(q[1])}, ` +
    `its dL/dz is ${shown(slope_squared, 3)}.`,
});

function readout(state) {
  const paths = pathsOf(state);
  const now = paths[state.steps];
  const start = paths[0];
  const [slopeCe, slopeSquared] = slopes(now);
  const atStart = slopes(start);
  return {
    slope_ce: slopeCe,
    slope_squared: slopeSquared,
    steps_ce: toGoal(paths, "ce", state.steps),
    steps_squared: toGoal(paths, "squared", state.steps),
    start_q: sigmoid(state.z),
    ratio: atStart[0] / atStart[1],
    start_loss: losses(start),
    start_slope: atStart,
    z: now,
    q: now.map(sigmoid),
    loss: losses(now),
  };
}

function pathsOf({ z, rate }) {
  return race(z, rate, LIMIT);
}

/** How many steps a learner took to the goal, as a word: it may not be there yet. */
function toGoal(paths, name, taken) {
  const steps = stepsToGoal(pathOf(paths, name), GOAL);
  if (steps <= taken) return String(steps);
  return taken === 0 ? spec.words.not_run : filled(spec.words.not_reached, { steps: taken });
}

function pathOf(paths, name) {
  return paths.map((pair) => pair[WHICH[name]]);
}

/**
 * Where everything stands: the losses with the race below them, and the slopes beside both, or
 * below them on a phone. `x` is the scale of each panel.
 */
function lay(width) {
  const ticks = [-8, -4, 0, 4, 8];
  if (width < 560) {
    const x = linear(WINDOW, [46, width - 14]);
    return {
      losses: { x, range: [128, 34], xTicks: [] },
      lanes: { x, goal: 148, first: 168, step: 32 },
      slopes: { x, range: [322, 236], xTicks: ticks },
      bottom: 328,
      height: 368,
    };
  }
  const [left, right] = [linear(WINDOW, [40, width / 2 - 24]), linear(WINDOW, [width / 2 + 46, width - 14])];
  return {
    losses: { x: left, range: [164, 34], xTicks: ticks },
    lanes: { x: left, goal: 202, first: 224, step: 31 },
    slopes: { x: right, range: [258, 34], xTicks: ticks },
    bottom: 272,
    height: 306,
  };
}

function paint(svg, { state, numbers, restart, guess }, { width }) {
  const { losses: above, lanes, slopes: below, bottom } = lay(width);
  const panels = above.x === below.x ? [above] : [above, below];
  each(svg, "g", "ce-lab-panel", panels, (g, { x }, i) => {
    paintStart(g, { x, at: x(state.z), bottom, label: i === 0 ? "start" : "" });
  });
  paintPanel(part(svg, "g", "ce-lab-losses"), LOSSES, { ...above, at: numbers.z });
  paintPanel(part(svg, "g", "ce-lab-slopes"), SLOPES, { ...below, at: numbers.z });
  paintLanes(part(svg, "g", "ce-lab-lanes"), { ...lanes, state, numbers, guess });
  each(svg, "g", "ce-lab-hands", panels, (g, { x }) => {
    const [left, right] = x.range;
    const area = { x: left, y: 0, width: right - left, height: bottom };
    draggable(part(g, "rect", "ce-hit ce-lab-hit", area), ([at]) =>
      restart({ z: toStep(x.invert(at), 100, spec.fields.z) }),
    );
  });
}

function paintStart(g, { x, at, bottom, label }) {
  const [left, right] = x.range;
  part(g, "line", "ce-lab-start", { x1: at, x2: at, y1: 30, y2: bottom });
  text(g, "ce-lab-start-label", [clamp(at, left + 28, right - 14), 12], label, {
    "text-anchor": "middle",
  });
}

/** One panel: both curves over z, and where the two learners stand on them. */
function paintPanel(g, panel, { x, range, xTicks, at }) {
  const { values, title, ends, domain, ...axes } = panel;
  const y = linear(domain, range);
  paintAxes(g, { ...axes, xTicks, x, y });
  text(g, "ce-lab-title", [x.range[0] - 36, range[1] - 12], title);
  const curves = SAMPLES.map((z) => values([z, z]));
  for (const name of LEARNERS) {
    const i = WHICH[name];
    const d = pathThrough(curves.map((pair, n) => [x(SAMPLES[n]), y(pair[i])]));
    part(g, "path", `ce-lab-curve ce-lab-curve-${name}`, { d });
  }
  const heights = values(at);
  paintLearners(g, (i) => [x(at[i]), y(heights[i])]);
  for (const name of LEARNERS) {
    const { at: end, up = 0, anchor } = ends[name];
    each(g, "text", `ce-lab-end ce-lab-end-${name}`, NAMES[name].split(" "), (node, word, i) => {
      attrs(node, { x: x(end[0]), y: y(end[1]) - up + 15 * i, "text-anchor": anchor });
      say(node, word);
    });
  }
}

/** A round learner on cross-entropy, a square one on squared error. */
function paintLearners(g, placeOf) {
  const moved = (name) => ({ transform: `translate(${placeOf(WHICH[name]).join(" ")})` });
  const square = { x: -7, y: -7, width: 14, height: 14 };
  part(g, "rect", "ce-lab-learner ce-lab-at-squared", { ...square, ...moved("squared") });
  part(g, "circle", "ce-lab-learner ce-lab-at-ce", { r: 7, ...moved("ce") });
}

/** The race: two lanes along z, a dot for every position visited. */
function paintLanes(g, { x, goal, first, step, state, numbers, guess }) {
  const [left, right] = x.range;
  const finish = x(Math.log(GOAL / (1 - GOAL)));
  part(g, "line", "ce-lab-goal", { x1: finish, x2: finish, y1: goal, y2: first + step + 10 });
  text(g, "ce-lab-goal-label", [finish - 6, goal + 8], `q = ${GOAL}`, { "text-anchor": "end" });
  const laneOf = (i) => first + step * i;
  paintGuess(part(g, "g", "ce-guess"), { x, lane: laneOf(WHICH.squared), state, guess });
  const visited = pathsOf(state).slice(0, state.steps);
  for (const [name, i] of Object.entries(WHICH)) {
    const lane = laneOf(i);
    part(g, "line", `ce-lab-lane ce-lab-lane-${name}`, { x1: left, x2: right, y1: lane, y2: lane });
    const d = visited.map((pair) => `M${x(pair[i]).toFixed(1)} ${lane}h0`).join("");
    part(g, "path", `ce-lab-trail ce-lab-trail-${name}`, { d });
    const at = x(numbers.z[i]);
    const crowded = at > right - 70;
    const anchor = { "text-anchor": crowded ? "end" : "start" };
    const beside = [at + (crowded ? -12 : 12), lane + 4.5];
    text(g, `ce-lab-q ce-lab-q-${name}`, beside, percent(numbers.q[i]), anchor);
  }
  paintLearners(g, (i) => [x(numbers.z[i]), laneOf(i)]);
}

/** Where the slower copy is when the reader thought it would be done: the guess is of this race, once run. */
function paintGuess(g, { x, lane, state, guess }) {
  const { z, rate } = spec.fields;
  const asked = guess && state.steps > 0 && state.z === z.default && state.rate === rate.default;
  attrs(g, { hidden: asked ? null : "" });
  if (!asked) return;
  const paths = pathsOf(state);
  const step = Math.round(guess.value * stepsToGoal(pathOf(paths, "ce"), GOAL));
  const at = x(paths[Math.min(step, LIMIT)][WHICH.squared]);
  const [left, right] = x.range;
  part(g, "line", "ce-guess-line", { x1: at, x2: at, y1: lane - 9, y2: lane + 9 });
  const said = `your guess: step ${plain(step, 3)}`;
  const half = 3.2 * said.length;
  text(g, "ce-guess-label", [clamp(at, left + half, right - half), lane - 12], said, {
    "text-anchor": "middle",
  });
}

function build({ stage, act, main, more, get, set }) {
  const restart = (patch) => set({ ...patch, steps: 0 });
  const picture = chart(stage, { heightOf: (width) => lay(width).height, paint });
  const buttons = makeButtons(get, set);
  const sliders = makeSliders(set, restart);
  act.append(...buttons.els);
  main.append(sliders.z.el, sliders.steps.el);
  more.append(sliders.rate.el);
  return {
    update(state, numbers, guess) {
      picture.show({ state, numbers, restart, guess });
      buttons.update(state);
      for (const [name, control] of Object.entries(sliders)) control.update(state[name]);
    },
    close() {
      buttons.close();
      picture.close();
    },
  };
}

function makeSliders(set, restart) {
  return {
    z: slider({
      label: "starting logit",
      low: LOW,
      high: HIGH,
      step: 0.05,
      format: (value) => `${signed(value)}, q = ${percent(sigmoid(value))}`,
      input: (value) => restart({ z: value }),
    }),
    rate: slider({
      label: "learning rate",
      low: spec.fields.rate.low,
      high: spec.fields.rate.high,
      step: 0.01,
      scale: LOG,
      format: (value) => shown(value, 3),
      input: (value) => restart({ rate: value }),
    }),
    steps: slider({
      label: "steps taken",
      low: 0,
      high: LIMIT,
      step: 1,
      format: String,
      input: (value) => set({ steps: value }),
    }),
  };
}

function makeButtons(get, set) {
  const go = (count) => set({ steps: Math.min(LIMIT, get().steps + count) });
  const rewind = button({ label: "Rewind", press: () => set({ steps: 0 }) });
  const step = button({ label: "1 step", press: () => go(1) });
  const many = button({ label: "100 steps", press: () => go(100) });
  const run = makeRun(get, set);
  return {
    els: [run, step, many, rewind].map(({ el }) => el),
    update(state) {
      const over = state.steps >= LIMIT ? "All steps are taken: rewind first." : "";
      rewind.update({ why: state.steps === 0 ? "Both are at the start." : "" });
      step.update({ why: over });
      many.update({ why: over });
      run.update(state, over);
    },
    close: run.close,
  };
}

/** The run: only when asked for, and at once where motion is not wanted. */
function makeRun(get, set) {
  let frame = 0; // what is asked of the browser, if it runs
  let due = {}; // the state it goes through
  const { el, update: label } = button({ label: "Run", press: () => (frame ? halt() : start()) });
  function halt() {
    cancelAnimationFrame(frame);
    frame = 0;
    label();
  }
  function start() {
    const { steps: from, ...given } = get();
    const finish = runEnd(pathsOf(given), from, GOAL);
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      set({ steps: finish });
      return;
    }
    const began = performance.now();
    const advance = (now) => {
      const steps = Math.min(finish, from + Math.floor(((now - began) / 1000) * PER_SECOND));
      frame = steps < finish ? requestAnimationFrame(advance) : 0;
      due = { ...given, steps };
      if (steps > get().steps) set({ steps });
    };
    due = { ...given, steps: from };
    frame = requestAnimationFrame(advance);
    label({ text: "Pause" });
  }
  return {
    el,
    update(state, over) {
      // Whatever else moves the state ends the run.
      if (frame && Object.entries(due).some(([name, value]) => state[name] !== value)) halt();
      label(frame ? { text: "Pause" } : { why: over });
    },
    close: () => cancelAnimationFrame(frame),
  };
}

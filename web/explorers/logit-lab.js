// Drawing and wiring of the logit lab. Its question: why does squared loss stall?

import { scaleLinear } from "d3-scale";
import { losses, race, slopes, stepsToGoal } from "../maths/logit-lab.js";
import { sigmoid } from "../maths/numerics.js";
import spec from "../specs/logit-lab.json";
import { paintAxes } from "../ui/axes.js";
import { chart, draggable } from "../ui/chart.js";
import { button, LOG, slider } from "../ui/controls.js";
import { h } from "../ui/dom.js";
import { percent, shown, signed } from "../ui/format.js";
import { defineExplorer } from "../ui/frame.js";
import { attrs, once, pathThrough, place } from "../ui/svg.js";

const { low: LOW, high: HIGH } = spec.fields.z;
const LIMIT = spec.fields.steps.high;
const WINDOW = [LOW, HIGH + 1]; // as far as the fastest learner comes
const GOAL = Math.log(9); // where q is .9
const PER_SECOND = 40; // steps of the run

export default defineExplorer({
  name: "logit-lab",
  spec,
  headline: ["slope_ce", "slope_squared", "steps_ce", "steps_squared"],
  readout: (state) => readout(state, race(state.z, state.rate, LIMIT)),
  build,
  describe: ({ z, steps }, { q, slope_ce, slope_squared }) =>
    `Two learners started at logit ${shown(z, 3)}. After ${steps} steps cross-entropy gives the truth ` +
    `${percent(q[0])}, its dL/dz is ${shown(slope_ce, 3)}; the squared loss gives it ${percent(q[1])}, ` +
    `its dL/dz is ${shown(slope_squared, 3)}.`,
});

function readout({ z, steps }, paths) {
  const now = paths[steps];
  const start = [z, z];
  const [slopeCe, slopeSquared] = slopes(now);
  const atStart = slopes(start);
  return {
    slope_ce: slopeCe,
    slope_squared: slopeSquared,
    steps_ce: stepsToGoal(paths.map(([ce]) => ce)),
    steps_squared: stepsToGoal(paths.map(([, squared]) => squared)),
    start_q: sigmoid(z),
    ratio: atStart[0] / atStart[1],
    start_loss: losses(start),
    start_slope: atStart,
    z: now,
    q: now.map(sigmoid),
    loss: losses(now),
  };
}

function build({ stage, controls, get, set }) {
  let state = get();
  let numbers = null;
  let paths = [];
  let x = null;

  const picture = chart(stage, {
    heightOf: () => 544,
    paint: (svg, size) => paint(svg, size),
  });

  function paint(svg, { width }) {
    once(svg, "ce-lab-losses", lay);
    const [left, right] = [40, width - 14];
    const wide = width > 480;
    x = scaleLinear(WINDOW, [left, right]);
    const ticks = [-8, -6, -4, -2, 0, 2, 4, 6, 8];
    const samples = Array.from({ length: 121 }, (_, i) => x.invert(left + ((right - left) * i) / 120));
    const from = x(state.z);
    attrs(svg.select(".ce-lab-start").node(), { x1: from, x2: from, y1: 30, y2: 490 });
    const startLabel = svg.select(".ce-lab-start-label").node();
    place(startLabel, Math.min(right - 14, Math.max(left + 28, from)), 22, "start");

    paintPanel(svg.select(".ce-lab-losses"), {
      y: scaleLinear([0, 8.4], [200, 34]),
      xTicks: [],
      yTicks: [0, 2, 4, 6, 8],
      title: "loss L",
      samples,
      ends: [
        [wide ? "cross-entropy, −log q" : "cross-entropy", -6.4, 6.9, "start"],
        [wide ? "squared loss, (1 − q)²" : "squared loss", -7.8, 1.65, "start"],
      ],
      values: losses,
    });
    paintPanel(svg.select(".ce-lab-slopes"), {
      y: scaleLinear([-1.08, 0], [490, 334]),
      xTicks: ticks,
      yTicks: [-1, -0.75, -0.5, -0.25, 0],
      xTitle: "logit z of the truth; q = σ(z)",
      title: "dL/dz, what the logit feels",
      samples,
      ends: [
        [wide ? "cross-entropy, q − 1" : "cross-entropy", 0.5, -0.62, "start"],
        [wide ? "squared loss, −2q(1 − q)²" : "squared loss", -0.5, -0.44, "end"],
      ],
      values: slopes,
    });
    paintLanes(svg.select(".ce-lab-lanes"), { left, right });
    attrs(svg.select(".ce-lab-hit").node(), { x: left, y: 0, width: right - left, height: 504 });
  }

  /** One panel: both curves over z, and where the two learners stand on them. */
  function paintPanel(g, { y, samples, values, ends, title, ...axes }) {
    paintAxes(g, { x, y, ...axes });
    place(g.select(".ce-lab-title").node(), 4, y.range()[1] - 14, title);
    const curves = samples.map((z) => values([z, z]));
    const at = numbers.z;
    const heights = values(at);
    for (const [i, name] of ["ce", "squared"].entries()) {
      const path = pathThrough(curves.map((pair, n) => [x(samples[n]), y(pair[i])]));
      attrs(g.select(`.ce-lab-curve-${name}`).node(), { d: path });
      const [text, z, value, anchor] = ends[i];
      const end = g.select(`.ce-lab-end-${name}`).attr("text-anchor", anchor);
      place(end.node(), x(z), y(value), text);
      attrs(g.select(`.ce-lab-at-${name}`).node(), {
        transform: `translate(${x(at[i])} ${y(heights[i])})`,
      });
    }
  }

  /** The race: two lanes along z, a dot for every position visited. */
  function paintLanes(g, { left, right }) {
    const goal = x(GOAL);
    attrs(g.select(".ce-lab-goal").node(), { x1: goal, x2: goal, y1: 226, y2: 300 });
    place(g.select(".ce-lab-goal-label").node(), goal, 221, "q = .9");
    for (const [i, name] of ["ce", "squared"].entries()) {
      const lane = 250 + 38 * i;
      attrs(g.select(`.ce-lab-lane-${name}`).node(), { x1: left, x2: right, y1: lane, y2: lane });
      const dots = paths.slice(0, state.steps).map((pair) => `M${x(pair[i]).toFixed(1)} ${lane}h0`);
      attrs(g.select(`.ce-lab-trail-${name}`).node(), { d: dots.join("") });
      const at = x(numbers.z[i]);
      attrs(g.select(`.ce-lab-at-${name}`).node(), { transform: `translate(${at} ${lane})` });
      const crowded = at > right - 70;
      const label = g.select(`.ce-lab-q-${name}`).node();
      attrs(label, { "text-anchor": crowded ? "end" : "start" });
      place(label, at + (crowded ? -12 : 12), lane + 4.5, percent(numbers.q[i]));
      place(g.select(`.ce-lab-name-${name}`).node(), right, lane - 13, ["cross-entropy", "squared loss"][i]);
    }
  }

  function lay(svg) {
    svg.append("line").attr("class", "ce-lab-start");
    svg.append("text").attr("class", "ce-lab-start-label").attr("text-anchor", "middle");
    for (const panel of ["losses", "slopes"]) {
      const g = svg.append("g").attr("class", `ce-lab-${panel}`);
      g.append("text").attr("class", "ce-lab-title");
      for (const name of ["squared", "ce"]) {
        g.append("path").attr("class", `ce-lab-curve ce-lab-curve-${name}`);
        g.append("text").attr("class", `ce-lab-end ce-lab-end-${name}`);
      }
      layLearners(g);
    }
    const g = svg.append("g").attr("class", "ce-lab-lanes");
    g.append("line").attr("class", "ce-lab-goal");
    g.append("text").attr("class", "ce-lab-goal-label").attr("text-anchor", "middle");
    for (const name of ["ce", "squared"]) {
      g.append("line").attr("class", `ce-lab-lane ce-lab-lane-${name}`);
      g.append("text").attr("class", `ce-lab-name ce-lab-name-${name}`).attr("text-anchor", "end");
      g.append("path").attr("class", `ce-lab-trail ce-lab-trail-${name}`);
      g.append("text").attr("class", `ce-lab-q ce-lab-q-${name}`);
    }
    layLearners(g);
    draggable(svg.append("rect").attr("class", "ce-hit ce-lab-hit"), ([px]) => {
      const z = Math.min(HIGH, Math.max(LOW, x.invert(px)));
      restart({ z: Number(z.toFixed(2)) });
    });
  }

  /** A round learner on cross-entropy, a square one on the squared loss. */
  function layLearners(g) {
    g.append("rect").attr("class", "ce-lab-learner ce-lab-at-squared");
    g.select(".ce-lab-at-squared").attr("x", -7).attr("y", -7).attr("width", 14).attr("height", 14);
    g.append("circle").attr("class", "ce-lab-learner ce-lab-at-ce").attr("r", 7);
  }

  // The run: only when asked for, and at once where motion is not wanted.
  let running = 0;
  let due = 0;
  function halt() {
    cancelAnimationFrame(running);
    running = 0;
  }
  function run() {
    if (running) {
      halt();
      press.run.update(runButton());
      return;
    }
    const finish = lastOf(numbers, state.steps);
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) {
      set({ steps: finish });
      return;
    }
    const [from, began] = [state.steps, performance.now()];
    const frame = (now) => {
      due = Math.min(finish, from + Math.floor(((now - began) / 1000) * PER_SECOND));
      running = due < finish ? requestAnimationFrame(frame) : 0;
      if (due > state.steps) set({ steps: due });
    };
    due = from;
    running = requestAnimationFrame(frame);
    press.run.update(runButton());
  }
  function runButton() {
    if (running) return { text: "Pause" };
    return { text: "Run", why: state.steps >= LIMIT ? "All steps are taken: rewind first." : "" };
  }

  // Controls
  const restart = (patch) => set({ ...patch, steps: 0 });
  const go = (steps) => set({ steps: Math.min(LIMIT, steps) });
  const z = slider({
    label: "starting logit",
    low: LOW,
    high: HIGH,
    step: 0.05,
    format: (value) => `${signed(value)}, q = ${percent(sigmoid(value))}`,
    input: (value) => restart({ z: value }),
  });
  const rate = slider({
    label: "learning rate",
    low: spec.fields.rate.low,
    high: spec.fields.rate.high,
    step: 0.01,
    scale: LOG,
    format: (value) => shown(value, 3),
    input: (value) => restart({ rate: value }),
  });
  const steps = slider({
    label: "steps taken",
    low: 0,
    high: LIMIT,
    step: 1,
    format: String,
    input: (value) => set({ steps: value }),
  });
  const press = {
    rewind: button({ label: "Rewind", press: () => set({ steps: 0 }) }),
    step: button({ label: "1 step", press: () => go(state.steps + 1) }),
    many: button({ label: "100 steps", press: () => go(state.steps + 100) }),
    run: button({ label: "Run", press: run }),
  };
  const buttons = Object.values(press).map(({ el }) => el);
  controls.append(
    h("div", { class: "ce-row ce-lab-buttons" }, ...buttons),
    h("div", { class: "ce-sliders" }, z.el, rate.el, steps.el),
  );

  return {
    update(nextState, nextNumbers) {
      // Whatever else moves the state ends the run.
      if (running && nextState.steps !== due) halt();
      if (paths.length === 0 || state.z !== nextState.z || state.rate !== nextState.rate) {
        if (running) halt();
        paths = race(nextState.z, nextState.rate, LIMIT);
      }
      state = nextState;
      numbers = nextNumbers;
      picture.repaint();
      z.update(state.z);
      rate.update(state.rate);
      steps.update(state.steps);
      const over = state.steps >= LIMIT ? "All steps are taken: rewind first." : "";
      press.rewind.update({ why: state.steps === 0 ? "Both are at the start." : "" });
      press.step.update({ why: over });
      press.many.update({ why: over });
      press.run.update(runButton());
    },
    close() {
      halt();
      picture.close();
    },
  };
}

/** Where a run ends: when both have reached q = .9, or else when all steps are taken. */
function lastOf({ steps_ce, steps_squared }, steps) {
  const finish = Math.max(Number(steps_ce), Number(steps_squared));
  return finish > steps ? finish : LIMIT;
}

// Drawing and wiring of the softmax gradient. Its question: where does each logit want to go?

import { clamp, descended, logitsFor, withShare } from "../maths/hands.js";
import { entropy } from "../maths/information.js";
import { softTargetCrossEntropy, softTargetGradient } from "../maths/losses.js";
import { softmax, sum } from "../maths/numerics.js";
import { afterSteps, resized, softened } from "../maths/softmax-gradient.js";
import { oneHot } from "../maths/targets.js";
import spec from "../specs/softmax-gradient.json";
import { paintBars } from "../ui/bars.js";
import { chart } from "../ui/chart.js";
import { button, choice, slider, sliders } from "../ui/controls.js";
import { h } from "../ui/dom.js";
import { percent, shown, signed } from "../ui/format.js";
import { defineExplorer } from "../ui/frame.js";
import { linear } from "../ui/scale.js";
import { each, part, text } from "../ui/svg.js";
import { filled } from "../ui/words.js";

const NAMES = spec.entries;
const { low: LOWEST, high: HIGHEST, shortest: FEWEST } = spec.fields.logits;
const { rounding: ROUNDING, decimals: DECIMALS } = spec.constants;
const MIX = "mix";

export default defineExplorer({
  name: "softmax-gradient",
  spec,
  headline: ["loss", "gradient_sum", "gradient_norm", "loss_after_step"],
  readout,
  check,
  build,
  describe: (_, { gradient, gradient_norm, loss }) =>
    `${gradient.map((slope, k) => `${NAMES[k]} is pushed by ${signed(0 - slope)}`).join(", ")}. ` +
    `The pushes sum to 0, their length is ${shown(gradient_norm)}, and the loss is ${shown(loss)} nats.`,
});

/** Parts of the state that must fit each other. */
function check({ logits, p }) {
  const wanted = filled(spec.words.one_per_logit, { count: logits.length });
  if (p.length !== logits.length) throw new Error(`p should be ${wanted}`);
}

function readout({ logits, p, rate }) {
  const q = softmax(logits);
  const gradient = settled(softTargetGradient(logits, p), q, p);
  const moved = descended(logits, gradient, rate);
  return {
    loss: softTargetCrossEntropy(logits, p),
    gradient_sum: Math.round(sum(gradient) * 10 ** DECIMALS) / 10 ** DECIMALS + 0,
    gradient_norm: Math.sqrt(sum(gradient.map((slope) => slope ** 2))),
    loss_after_step: softTargetCrossEntropy(moved, p),
    bound: Math.SQRT2,
    gradient_norm_1: sum(gradient.map(Math.abs)),
    floor: entropy(p),
    q,
    p,
    gradient,
    logits_after_step: moved,
  };
}

/**
 * The gradient with 0 where q equals p but for rounding. The likeliest class's entry is no
 * difference of large numbers: it is 0 if all others are.
 */
function settled(gradient, q, p) {
  const top = q.indexOf(Math.max(...q));
  const equal = gradient.map((slope, k) => Math.abs(slope) <= ROUNDING * Math.max(q[k], p[k]));
  equal[top] = equal.every((yes, k) => yes || k === top);
  return gradient.map((slope, k) => (equal[k] ? 0 : slope));
}

/** The target with another share for class k; a hand leaves no class without any. */
function aimed(p, k, value) {
  return withShare(p, k, clamp(value, 0.01, 0.99));
}

// Drawing

/** A push with its sign, in as many decimals as there is room for. */
function push(slope, crowded) {
  const size = Math.abs(slope).toFixed(crowded ? 2 : 3);
  const sign = Number(size) === 0 ? "" : slope < 0 ? "+" : "−";
  return sign + size.replace(/^0/, "");
}

function paint(svg, { state, numbers, set }, { width, height }) {
  const { logits, p } = state;
  const names = NAMES.slice(0, logits.length);
  const room = width / names.length;
  svg.classList.add("sg-stage");
  svg.classList.toggle("sg-narrow", room < 90);
  const bottom = height - 198;
  paintBars(svg, {
    width,
    top: 18,
    bottom,
    names,
    p,
    q: numbers.q,
    arrows: true,
    wide: true,
    marked: p.indexOf(1),
    dragQ: (k, value) => set({ logits: logitsFor(logits, k, value, spec.fields.logits) }),
    dragP: (k, value) => set({ p: aimed(p, k, value) }),
    pick: (k) => set({ p: oneHot(k, p.length) }),
  });
  paintPushes(svg, { width, top: bottom + 84, gradient: numbers.gradient, crowded: room < 72 });
  paintGauges(svg, { width, top: bottom + 112, numbers });
}

/** The pushes p − q as numbers, one below each class. */
function paintPushes(svg, { width, top, gradient, crowded }) {
  const x = linear([0, gradient.length], [34, width]);
  const g = part(svg, "g", "sg-pushes");
  text(g, "sg-row-name", [0, top], "p − q");
  each(g, "g", "sg-class", gradient, (node, slope, k) => {
    text(node, "sg-push", [x(k + 0.5), top], push(slope, crowded));
  });
}

/** How much is pushed up and down in all, and the length of dL/dz, up to √2. */
function paintGauges(svg, { width, top, numbers }) {
  const { gradient, gradient_norm } = numbers;
  const rows = [
    ["all that goes up", sum(gradient.map((slope) => Math.max(0, -slope))), "sg-up"],
    ["all that goes down", sum(gradient.map((slope) => Math.max(0, slope))), "sg-down"],
    ["length of dL/dz", gradient_norm, "sg-length"],
  ];
  const [left, right] = [142, width - 8];
  const x = linear([0, Math.SQRT2], [left, right]).clamped;
  const g = part(svg, "g", "sg-gauges");
  part(g, "line", "sg-bound", { x1: right, x2: right, y1: top + 36, y2: top + 56 });
  text(g, "sg-bound-label", [right, top + 72], "√2, which the length never passes");
  each(g, "g", "sg-gauge", rows, (gauge, [name, value, bar], i) => {
    const y = top + 20 * i;
    part(gauge, "rect", "ce-rail", { x: left, y, width: right - left, height: 12 });
    part(gauge, "rect", bar, { x: left, y, width: x(value) - left, height: 12 });
    text(gauge, "sg-gauge-name", [0, y + 10.5], name);
  });
}

// Wiring

function build({ stage, main, more, get, set }) {
  const picture = chart(stage, { heightOf: (width) => (width < 480 ? 410 : 430), paint });
  const panel = makeControls(get, set);
  const [steps, ...others] = panel.els;
  main.append(steps);
  more.append(...others);
  return {
    update(state, numbers) {
      picture.show({ state, numbers, set });
      panel.update(state);
    },
    close: picture.close,
  };
}

function makeControls(get, set) {
  const parts = [makeSteps(get, set), makeScores(get, set), makeTarget(get, set), makeClasses(get, set)];
  return {
    els: parts.flatMap(({ els }) => els),
    update(state) {
      for (const one of parts) one.update(state);
    },
  };
}

function makeSteps(get, set) {
  const press = (count) => () => {
    const { logits, p, rate } = get();
    set({ logits: afterSteps(logits, p, rate, count) });
  };
  const step = button({ label: "Take a step", press: press(1) });
  const ten = button({ label: "Take ten", press: press(10) });
  const rate = slider({
    label: "learning rate",
    low: 0.1,
    high: 10,
    step: 0.1,
    input: (value) => set({ rate: value }),
  });
  return {
    els: [h("div", { class: "ce-row" }, step.el, ten.el, rate.el)],
    update(state) {
      step.update({ why: obstacle(state, 1) });
      ten.update({ why: obstacle(state, 10) });
      rate.update(state.rate);
    },
  };
}

function obstacle({ logits, p, rate }, count) {
  const beyond = afterSteps(logits, p, rate, count).some((z) => z < LOWEST || z > HIGHEST);
  return beyond ? "A logit would leave the range shown here." : "";
}

function makeScores(get, set) {
  const scores = sliders(NAMES, (name, k) =>
    slider({
      label: `logit of ${name}`,
      low: -6,
      high: 6,
      step: 0.05,
      format: (value) => signed(value),
      input: (value) => set({ logits: get().logits.with(k, value) }),
    }),
  );
  return {
    els: [h("div", { class: "ce-sliders" }, ...scores.els)],
    update: ({ logits }) => scores.update(logits),
  };
}

function makeTarget(get, set) {
  const truth = choice({
    legend: "The target is",
    options: [...NAMES.map((name, k) => [k, name]), [MIX, "a mix"]],
    input: (value) => set({ p: value === MIX ? softened(get().p) : oneHot(value, get().p.length) }),
  });
  const shares = sliders(NAMES, (name, k) =>
    slider({
      label: `target for ${name}`,
      low: 0.01,
      high: 0.99,
      step: 0.01,
      format: percent,
      input: (value) => set({ p: aimed(get().p, k, value) }),
    }),
  );
  const aims = h("div", { class: "ce-sliders sg-aims" }, ...shares.els);
  return {
    els: [truth.el, aims],
    update({ p }) {
      const hard = p.indexOf(1);
      truth.update(hard < 0 ? MIX : hard);
      truth.only((value) => value === MIX || value < p.length);
      shares.update(p);
      aims.hidden = hard >= 0;
    },
  };
}

function makeClasses(get, set) {
  const classes = choice({
    legend: "Classes",
    options: NAMES.map((_, k) => [k + 1, String(k + 1)]).slice(FEWEST - 1),
    input: (count) => set(resized(get().logits, get().p, count)),
  });
  return { els: [classes.el], update: ({ logits }) => classes.update(logits.length) };
}

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
import { computed, percent, shown, signed } from "../ui/format.js";
import { defineExplorer } from "../ui/frame.js";
import { linear } from "../ui/scale.js";
import { paintStack } from "../ui/stack.js";
import { each, part, text } from "../ui/svg.js";
import { filled } from "../ui/words.js";

const NAMES = spec.entries;
const { low: LOWEST, high: HIGHEST, shortest: FEWEST } = spec.fields.logits;
const { rounding: ROUNDING, decimals: DECIMALS } = spec.constants;
const MIX = "mix";
/** Room for the guess: the price as a bar below all pushes. */
const GUESS_ROOM = 54;

export default defineExplorer({
  name: "softmax-gradient",
  spec,
  headline: ["loss", "gradient_sum", "gradient_norm", "loss_after_step"],
  readout,
  check,
  build,
  say: ({ p }, { gradient, loss }) => {
    const [, up] = pushed(gradient);
    if (up === 0)
      return `Q equals P: nothing is pushed, and the loss of ${computed(loss)} nats is the floor.`;
    const raised = NAMES.slice(0, p.length).filter((_, k) => gradient[k] < 0);
    return `${listed(raised)} up by ${shown(up, 3)}, all others down by as much. The loss is ${computed(loss)} nats.`;
  },
  describe: (_, { gradient, gradient_norm, loss }) =>
    `${gradient.map((slope, k) => `${NAMES[k]} is pushed by ${signed(0 - slope)}`).join(", ")}. ` +
    `The pushes sum to 0, their length is ${computed(gradient_norm)}, and the loss is ${computed(loss)} nats.`,
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

/** A, B and C. */
function listed(names) {
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : names[0];
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
  return sign + size;
}

function heightOf(width, { guess }) {
  return (width < 480 ? 290 : 322) + (guess ? GUESS_ROOM : 0);
}

function paint(svg, { state, numbers, set, guess }, { width, height: whole }) {
  const height = whole - (guess ? GUESS_ROOM : 0);
  const { logits, p } = state;
  const names = NAMES.slice(0, logits.length);
  const room = width / names.length;
  svg.classList.add("sg-stage");
  svg.classList.toggle("sg-narrow", room < 90);
  const bottom = height - 146;
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
  paintBalance(svg, { width, top: bottom + 108, numbers });
  paintPrice(svg, { width, top: height + 5, state, numbers, guess });
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

/** All that goes down, to the left, and all that goes up, to the right: as long as each other. */
function paintBalance(svg, { width, top, numbers: { gradient } }) {
  const [down, up] = pushed(gradient);
  const middle = width / 2;
  const half = linear([0, 1], [0, middle - 8]).clamped;
  const narrow = width < 420;
  const g = part(svg, "g", "sg-balance");
  part(g, "rect", "ce-rail", { x: 8, y: top, width: width - 16, height: 14 });
  part(g, "rect", "sg-down", { x: middle - half(down), y: top, width: half(down), height: 14 });
  part(g, "rect", "sg-up", { x: middle, y: top, width: half(up), height: 14 });
  part(g, "line", "sg-middle", { x1: middle, x2: middle, y1: top - 5, y2: top + 19 });
  const words = (way, total) => `${narrow ? way : `all that goes ${way}`}: ${shown(total, 3)}`;
  text(g, "sg-all sg-all-down", [middle - 10, top + 32], words("down", down));
  text(g, "sg-all", [middle + 10, top + 32], words("up", up));
}

/**
 * The price now and after one step, on the scale of the question; beside it what the reader thought
 * it would be, as long as it is that step.
 */
function paintPrice(svg, { width, top, state, numbers: { loss, loss_after_step: after, floor }, guess }) {
  const g = part(svg, "g", "sg-price", { display: guess ? null : "none" });
  if (!guess) return;
  const { value, of } = guess;
  const step = stepOf(state, of);
  text(g, "sg-row-name", [0, top + 12], "price");
  paintStack(g, {
    left: 44,
    right: width - 8,
    top,
    floor,
    excess: loss - floor,
    full: 1.2 * Math.max(softTargetCrossEntropy(of.logits, of.p), value),
    marks: step === 1 ? [] : [{ at: after, label: `after a step ${shown(after, 3)}` }],
    guess: step === undefined ? null : value,
  });
}

/** Whether the state is the one that was asked about (0), that after its step (1), or neither. */
function stepOf({ logits, p, rate }, of) {
  const same = (a, b) => a.join() === b.join();
  if (!same(p, of.p)) return undefined;
  if (same(logits, of.logits)) return rate === of.rate ? 0 : undefined;
  return same(logits, afterSteps(of.logits, of.p, of.rate, 1)) ? 1 : undefined;
}

/** How much is pushed down in all, and how much up. */
function pushed(gradient) {
  return [1, -1].map((sign) => sum(gradient.map((slope) => Math.max(0, sign * slope))));
}

// Wiring

function build({ stage, act, main, more, get, set }) {
  const picture = chart(stage, { heightOf, paint });
  const panel = makeControls(get, set);
  const [rate, ...others] = panel.els;
  act.append(...panel.steps);
  main.append(rate);
  more.append(...others);
  return {
    update(state, numbers, guess) {
      picture.show({ state, numbers, set, guess });
      panel.update(state);
    },
    close: picture.close,
  };
}

function makeControls(get, set) {
  const steps = makeSteps(get, set);
  const parts = [steps, makeScores(get, set), makeTarget(get, set), makeClasses(get, set)];
  return {
    steps: steps.buttons,
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
    buttons: [step.el, ten.el],
    els: [rate.el],
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

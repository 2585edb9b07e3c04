// Drawing and wiring of the softmax gradient. Its question: where does each logit want to go?

import { scaleLinear } from "d3-scale";
import { entropy } from "../maths/information.js";
import { softTargetCrossEntropy, softTargetGradient } from "../maths/losses.js";
import { softmax, sum } from "../maths/numerics.js";
import { oneHot, smoothLabels } from "../maths/targets.js";
import spec from "../specs/softmax-gradient.json";
import { paintBars } from "../ui/bars.js";
import { chart } from "../ui/chart.js";
import { button, choice, slider } from "../ui/controls.js";
import { h } from "../ui/dom.js";
import { percent, shown, signed } from "../ui/format.js";
import { defineExplorer } from "../ui/frame.js";
import { logitsFor } from "../ui/hands.js";
import { attrs, once, place } from "../ui/svg.js";

const NAMES = spec.entries;
const { low: LOWEST, high: HIGHEST } = spec.fields.logits;
const COUNTS = [2, 3, 4, 5, 6];
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
  if (p.length !== logits.length)
    throw new Error(`p should be ${logits.length} probabilities, one per logit`);
}

function readout({ logits, p, rate }) {
  const q = softmax(logits);
  const gradient = settled(softTargetGradient(logits, p), q, p);
  const moved = stepped(logits, gradient, rate);
  return {
    loss: softTargetCrossEntropy(logits, p),
    // 0 but for rounding, which the twelfth decimal does not see.
    gradient_sum: Math.round(sum(gradient) * 1e12) / 1e12 + 0,
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
  const equal = gradient.map((slope, k) => Math.abs(slope) <= 4 * Number.EPSILON * Math.max(q[k], p[k]));
  equal[top] = equal.every((yes, k) => yes || k === top);
  return gradient.map((slope, k) => (equal[k] ? 0 : slope));
}

function stepped(logits, gradient, rate) {
  return logits.map((z, k) => z - rate * gradient[k]);
}

function afterSteps({ logits, p, rate }, count) {
  let z = logits;
  for (let i = 0; i < count; i += 1) z = stepped(z, softTargetGradient(z, p), rate);
  return z;
}

/** Give entry k of a distribution the probability `value`; the others keep their proportions. */
function shared(p, k, value) {
  const now = Math.min(0.99, Math.max(0.01, value));
  const others = 1 - p[k];
  return p.map((old, j) => {
    if (j === k) return now;
    return others > 0 ? ((1 - now) * old) / others : (1 - now) / (p.length - 1);
  });
}

/** A push with its sign, in as many decimals as there is room for. */
function push(slope, crowded) {
  const size = Math.abs(slope).toFixed(crowded ? 2 : 3);
  const sign = Number(size) === 0 ? "" : slope < 0 ? "+" : "−";
  return sign + size.replace(/^0/, "");
}

function build({ stage, controls, get, set }) {
  let state = get();
  let numbers = readout(state);

  const picture = chart(stage, {
    heightOf: (width) => (width < 480 ? 410 : 430),
    paint(svg, { width, height }) {
      const names = NAMES.slice(0, state.logits.length);
      const narrow = width / names.length < 90;
      const crowded = width / names.length < 72;
      svg.classed("sg-stage", true).classed("sg-narrow", narrow);
      const bottom = height - 198;
      paintBars(svg, {
        width,
        top: 18,
        bottom,
        names,
        p: state.p,
        q: numbers.q,
        arrows: true,
        wide: true,
        marked: state.p.indexOf(1),
        dragQ: (k, value) => set({ logits: logitsFor(state.logits, k, value, spec.fields.logits) }),
        dragP: (k, value) => set({ p: shared(state.p, k, value) }),
        pick: (k) => set({ p: oneHot(k, state.p.length) }),
      });
      paintPushes(svg, { width, top: bottom + 84, gradient: numbers.gradient, crowded });
      paintGauges(svg, { width, top: bottom + 112, numbers });
    },
  });

  // Controls
  const truth = choice({
    legend: "The target is",
    options: [...NAMES.map((name, k) => [k, name]), [MIX, "a mix"]],
    input: (value) => set({ p: value === MIX ? mixed(state.p) : oneHot(value, state.p.length) }),
  });
  const classes = choice({
    legend: "Classes",
    options: COUNTS.map((count) => [count, String(count)]),
    input: (count) => set(resized(state, count)),
  });
  const scores = NAMES.map((name, k) =>
    slider({
      label: `logit of ${name}`,
      low: -6,
      high: 6,
      step: 0.05,
      format: (value) => signed(value),
      input: (value) => set({ logits: state.logits.map((z, j) => (j === k ? value : z)) }),
    }),
  );
  const shares = NAMES.map((name, k) =>
    slider({
      label: `target for ${name}`,
      low: 0.01,
      high: 0.99,
      step: 0.01,
      format: percent,
      input: (value) => set({ p: shared(state.p, k, value) }),
    }),
  );
  const rate = slider({
    label: "learning rate",
    low: 0.1,
    high: 10,
    step: 0.1,
    input: (value) => set({ rate: value }),
  });
  const step = button({ label: "Take a step", press: () => set({ logits: afterSteps(state, 1) }) });
  const ten = button({ label: "Take ten", press: () => set({ logits: afterSteps(state, 10) }) });
  const aims = h("div", { class: "ce-sliders sg-aims" }, ...shares.map((one) => one.el));
  controls.append(
    h("div", { class: "ce-row" }, step.el, ten.el, rate.el),
    h("div", { class: "ce-sliders" }, ...scores.map((one) => one.el)),
    truth.el,
    aims,
    classes.el,
  );

  return {
    update(nextState, nextNumbers) {
      state = nextState;
      numbers = nextNumbers;
      picture.repaint();
      const { length } = state.logits;
      const hard = state.p.indexOf(1);
      truth.update(hard < 0 ? MIX : hard);
      const labels = truth.el.querySelectorAll("label");
      NAMES.forEach((_, k) => {
        labels[k].hidden = k >= length;
        scores[k].el.hidden = k >= length;
        shares[k].el.hidden = k >= length;
        if (k >= length) return;
        scores[k].update(state.logits[k]);
        shares[k].update(state.p[k]);
      });
      aims.hidden = hard >= 0;
      classes.update(length);
      rate.update(state.rate);
      step.update({ why: obstacle(state, 1) });
      ten.update({ why: obstacle(state, 10) });
    },
    close: picture.close,
  };
}

/** Three tenths of the target shared out evenly. */
function mixed(p) {
  return p.includes(1) ? smoothLabels(p, 0.3) : p;
}

/** The same prediction and target over more classes, or fewer. */
function resized({ logits, p }, count) {
  const kept = p.slice(0, count);
  const total = sum(kept);
  const share = (k) => (total > 0 ? (kept[k] ?? 0) / total : Number(k === 0));
  return {
    logits: Array.from({ length: count }, (_, k) => logits[k] ?? 0),
    p: Array.from({ length: count }, (_, k) => share(k)),
  };
}

function obstacle(state, count) {
  const beyond = afterSteps(state, count).some((z) => z < LOWEST || z > HIGHEST);
  return beyond ? "A logit would leave the range shown here." : "";
}

/** The pushes p − q as numbers, one below each class. */
function paintPushes(svg, { width, top, gradient, crowded }) {
  const x = scaleLinear([0, gradient.length], [34, width]);
  const g = once(svg, "sg-pushes", (root) => {
    const row = root.append("g").attr("class", "sg-pushes");
    row.append("text").attr("class", "sg-row-name");
  });
  place(g.select(".sg-row-name").node(), 0, top, "p − q");
  g.selectAll("text.sg-push")
    .data(gradient)
    .join("text")
    .attr("class", "sg-push")
    .each(function (slope, k) {
      place(this, x(k + 0.5), top, push(slope, crowded));
    });
}

/** How much is pushed up and down in all, and the length of dL/dz, up to √2. */
function paintGauges(svg, { width, top, numbers }) {
  const { gradient, gradient_norm } = numbers;
  const up = sum(gradient.map((slope) => Math.max(0, -slope)));
  const down = sum(gradient.map((slope) => Math.max(0, slope)));
  const rows = [
    ["all that goes up", up, "sg-up"],
    ["all that goes down", down, "sg-down"],
    ["length of dL/dz", gradient_norm, "sg-length"],
  ];
  const left = 142;
  const x = scaleLinear([0, Math.SQRT2], [left, width - 8]).clamp(true);
  const g = once(svg, "sg-gauges", (root) => {
    const group = root.append("g").attr("class", "sg-gauges");
    group.append("line").attr("class", "sg-bound");
    group.append("text").attr("class", "sg-bound-label");
  });
  g.selectAll("g.sg-gauge")
    .data(rows)
    .join((enter) => {
      const gauge = enter.append("g").attr("class", "sg-gauge");
      gauge.append("rect").attr("class", "ce-rail");
      gauge.append("rect").attr("class", ([, , name]) => name);
      gauge.append("text").attr("class", "sg-gauge-name");
      return gauge;
    })
    .each(function ([name, value], i) {
      const y = top + 20 * i;
      const [rail, bar] = this.querySelectorAll("rect");
      attrs(rail, { x: left, y, width: x.range()[1] - left, height: 12 });
      attrs(bar, { x: left, y, width: x(value) - left, height: 12 });
      place(this.querySelector("text"), 0, y + 10.5, name);
    });
  attrs(g.select(".sg-bound").node(), { x1: x(Math.SQRT2), x2: x(Math.SQRT2), y1: top + 36, y2: top + 56 });
  place(g.select(".sg-bound-label").node(), width - 8, top + 72, "√2, which the length never passes");
}

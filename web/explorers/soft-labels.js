// Drawing and wiring of soft labels. Its question: what does smoothing really ask for?

import { scaleLinear } from "d3-scale";
import { crossEntropy, entropy, klDivergence, surprisal } from "../maths/information.js";
import { oneHot, smoothLabels } from "../maths/targets.js";
import spec from "../specs/soft-labels.json";
import { paintAxes, tick } from "../ui/axes.js";
import { chart, draggable } from "../ui/chart.js";
import { choice, slider } from "../ui/controls.js";
import { h, setText } from "../ui/dom.js";
import { percent, shown } from "../ui/format.js";
import { cell, defineExplorer } from "../ui/frame.js";
import { attrs, once, pathThrough, place } from "../ui/svg.js";

const SAME = 1e-12; // shares closer than this, relatively, are the same but for rounding
const COMPARED = [0, 0.1, 0.2, 0.3]; // the curves that are always there, each with its line
const TABLE = ["q", "hard_target", "soft_target", "gradient_hard", "gradient_soft"];
const ENDS = [0, 1e-4, 3e-4, 1e-3, 3e-3];
const CONFIDENCES = [
  ...ENDS,
  ...Array.from({ length: 119 }, (_, i) => (i + 1) / 120),
  ...ENDS.map((gap) => 1 - gap).reverse(),
];
const { low: fewest, high: most } = spec.fields.classes;

export default defineExplorer({
  name: "soft-labels",
  spec,
  headline: ["hard_loss", "soft_loss", "floor", "excess"],
  readout,
  build,
  describe: ({ epsilon, confidence, classes, units }, numbers) =>
    `${classes} classes, ε ${shown(epsilon, 3)}, confidence ${percent(confidence)}: ` +
    `the hard loss is ${shown(numbers.hard_loss)} ${units}, the smoothed loss ${shown(numbers.soft_loss)}, ` +
    `its floor ${shown(numbers.floor)}. The model is ${numbers.verdict.replace(/^the model /, "one that ")}.`,
});

function readout({ epsilon, confidence, classes, convention, units }) {
  const unit = units === "bits" ? Math.LN2 : 1;
  const hard = oneHot(0, classes);
  const soft = smoothLabels(hard, epsilon, convention);
  const q = hard.map((one) => (one ? confidence : (1 - confidence) / (classes - 1)));
  const met = isMet(q, soft);
  const push = (target) => [q[0] - target[0], q[1] - target[1]];
  return {
    hard_loss: surprisal(confidence) / unit,
    soft_loss: crossEntropy(soft, q) / unit,
    floor: entropy(soft) / unit,
    excess: met ? 0 : klDivergence(soft, q) / unit,
    target_confidence: soft[0],
    logit_gap: surprisal(soft[1]) - surprisal(soft[0]),
    other_epsilon: epsilon * (convention === "uniform" ? (classes - 1) / classes : classes / (classes - 1)),
    verdict: verdict(q, soft, met),
    q: q.slice(0, 2),
    hard_target: hard.slice(0, 2),
    soft_target: soft.slice(0, 2),
    gradient_hard: push(hard),
    gradient_soft: met ? [0, 0] : push(soft),
  };
}

/** Whether the model is the smoothed target, but for rounding. */
function isMet(q, soft) {
  const close = (a, b) => Math.abs(a - b) <= SAME * Math.max(a, b);
  return close(q[0], soft[0]) && close(q[1], soft[1]);
}

function verdict(q, soft, met) {
  if (met) return "as sure as the smoothed target: the loss is at its floor";
  if (q.some((share, k) => share === 0 && soft[k] > 0)) {
    const out = q[0] === 0 ? "the true class" : "the other classes";
    return `the model rules out ${out}, which the target does not`;
  }
  return `${q[0] > soft[0] ? "surer" : "less sure"} than the smoothed target`;
}

/** What the push on the logits says in this state; `wrong` when a loss is ∞. */
function meaning({ epsilon, confidence, classes }, numbers) {
  const { soft_loss, hard_loss, gradient_soft } = numbers;
  const [asked, rest] = numbers.soft_target.map(percent);
  const [others, each] =
    classes === 2 ? ["the other", "the other class has"] : ["the others", "each of them has"];
  if (confidence === 1 && soft_loss === Infinity) {
    const text = `The model gives ${others} 0 and the smoothed target ${rest}: the smoothed loss is ∞. The hard loss is 0.`;
    return { wrong: true, text };
  }
  if (hard_loss === Infinity) {
    const which = soft_loss === Infinity ? "both losses are ∞" : "the hard loss is ∞";
    return { wrong: true, text: `The model gives the true class 0: ${which}.` };
  }
  if (epsilon === 0)
    return { text: "Without smoothing both targets are one, and no finite logits reach its floor, 0." };
  if (numbers.target_confidence === 0)
    return { text: "This ε leaves the true class nothing: no finite logits reach such a target." };
  if (gradient_soft[0] === 0)
    return {
      text: `The model is what the smoothed target asks for: ${asked}. It pays the floor, and nothing pushes its logits.`,
    };
  if (confidence < numbers.target_confidence)
    return {
      text: `Below ${asked} smoothing raises the true logit and lowers ${others}: ${each} more than ${rest}.`,
    };
  return {
    text: `Above ${asked} the signs turn: smoothing lowers the true logit and raises ${others}. Now ${each} less than ${rest}.`,
  };
}

const KEY =
  "P: dashed is the hard target, filled the smoothed one. Its faint part is the share that all get evenly.";
const KEY_OTHERS =
  "P: dashed is the hard target, filled the smoothed one. The faint part is the share that the others get evenly.";

function build({ stage, controls, get, set }) {
  let state = get();
  let numbers = readout(state);
  let scales = null;

  const left = h("div", { class: "ce-soft-panel" });
  const right = h("div", { class: "ce-soft-panel" });
  const key = h("p", { class: "ce-soft-key" });
  const said = h("p", { class: "ce-soft-said" });
  stage.append(h("div", { class: "ce-soft-panels" }, right, left), said);

  const curves = chart(right, {
    heightOf: () => (stage.clientWidth < 600 ? 300 : 340),
    paint: (svg, size) => {
      scales = paintCurves(svg, size, state, numbers);
      draggableOnce(svg, ([px]) => setConfidence(scales.x.invert(px)));
    },
  });
  const bars = chart(left, {
    heightOf: () => (stage.clientWidth < 600 ? 240 : 276),
    paint(svg, size) {
      const y = paintTargets(svg, size, state, numbers);
      draggableOnce(svg, ([, py]) => setConfidence(y.invert(py)));
      svg.attr("aria-label", `Targets and model: ${numbers.verdict}.`);
    },
  });

  left.append(key);

  // A hand moves in half percents.
  function setConfidence(value) {
    set({ confidence: Math.min(1, Math.max(0, Math.round(200 * value) / 200)) });
  }

  // Controls
  const confidence = slider({
    label: "model's confidence in the true class",
    low: 0,
    high: 1,
    step: 0.005,
    format: percent,
    input: (value) => set({ confidence: value }),
  });
  const epsilon = slider({
    label: "ε, the share smoothing takes",
    low: 0,
    high: 1,
    step: 0.01,
    format: (value) => shown(value, 3),
    input: (value) => set({ epsilon: value }),
  });
  const classes = slider({
    label: "classes K",
    low: fewest,
    high: most,
    step: 1,
    format: String,
    input: (value) => set({ classes: value }),
  });
  const convention = choice({
    legend: "ε goes",
    options: [
      ["uniform", "to all K classes, ε/K each"],
      ["others", "to the K−1 others, ε/(K−1) each"],
    ],
    input: (value) => set({ convention: value }),
  });
  const same = h("p", { class: "ce-soft-same" });
  const table = pushTable();
  controls.append(
    table.el,
    h("div", { class: "ce-sliders" }, epsilon.el, confidence.el, classes.el),
    h("div", {}, convention.el, same),
  );

  return {
    update(nextState, nextNumbers) {
      state = nextState;
      numbers = nextNumbers;
      curves.repaint();
      bars.repaint();
      const { text, wrong = false } = meaning(state, numbers);
      setText(said, text);
      said.classList.toggle("ce-soft-wrong", wrong);
      setText(key, state.convention === "uniform" ? KEY : KEY_OTHERS);
      setText(same, sameTarget(state, numbers));
      table.update(state, numbers);
      confidence.update(state.confidence);
      epsilon.update(state.epsilon);
      classes.update(state.classes);
      convention.update(state.convention);
    },
    close() {
      curves.close();
      bars.close();
    },
  };
}

function sameTarget({ convention }, { other_epsilon: other }) {
  const name = convention === "uniform" ? "ε/(K−1)" : "ε/K";
  if (other > 1)
    return `No ε of the convention ${name} gives this target: it would have to be ${shown(other, 3)}.`;
  return `The convention ${name} gives the same target with ε = ${shown(other, 3)}.`;
}

/** One surface over the whole picture that takes the hand. */
function draggableOnce(svg, move) {
  if (!svg.select(".ce-soft-hand").empty()) return;
  draggable(
    svg.append("rect").attr("class", "ce-hit ce-soft-hand").attr("width", "100%").attr("height", "100%"),
    move,
  );
}

/** The smoothed loss as a function of the confidence, the rest being spread evenly. */
function lossOf(epsilon, { classes, convention, units }) {
  const [asked, rest] = smoothLabels(oneHot(0, classes), epsilon, convention);
  const target = [asked, rest * (classes - 1)]; // the others pay alike: one term for all
  const unit = units === "bits" ? Math.LN2 : 1;
  return (c) => crossEntropy(target, [c, (1 - c) / (classes - 1)]) / unit;
}

/** Loss against confidence for several ε, each minimum marked; returns the scales. */
function paintCurves(svg, { width, height }, state, numbers) {
  const { epsilon, confidence, classes, convention, units } = state;
  once(svg, "ce-soft-excess", layCurves);
  const unit = units === "bits" ? Math.LN2 : 1;
  const top = Math.max(2.6, Math.log(classes) + 0.9) / unit;
  const x = scaleLinear([0, 1], [36, width - 64]);
  const y = scaleLinear([0, top], [height - 46, 14]);
  const inside = (value) => y(Math.min(top, value));
  paintAxes(svg, {
    x,
    y,
    xTicks: [0, 0.25, 0.5, 0.75, 1],
    yTicks: y.ticks(5),
    xTitle: "confidence in the true class",
  });
  const isShown = (value) => Math.abs(value - epsilon) < 0.004;
  const all = [
    ...COMPARED.map((value) => ({ value, hidden: isShown(value) })),
    { value: epsilon, own: true },
  ];
  const floorOf = (value) => {
    const soft = smoothLabels(oneHot(0, classes), value, convention);
    return [soft[0], entropy(soft) / unit];
  };
  const shape = [width, height, classes, convention, units].join();
  svg
    .selectAll("path.ce-soft-curve")
    .data(all)
    .each(function (d, i) {
      const now = d.hidden ? "hidden" : `${shape},${d.value}`;
      if (this.ceShape === now) return; // most curves stay while one thing moves
      this.ceShape = now;
      this.setAttribute("class", `ce-soft-curve ${d.own ? "ce-soft-own" : `ce-soft-line-${i}`}`);
      this.setAttribute("d", d.hidden ? "" : path(lossOf(d.value, state), x, y, top));
    });
  svg
    .selectAll("path.ce-soft-minimum")
    .data(all)
    .attr("d", diamond(5))
    .attr("transform", (d) => {
      const [at, floor] = floorOf(d.value);
      return `translate(${x(at)} ${inside(floor)})`;
    })
    .classed("ce-soft-own-minimum", (d) => d.own === true)
    .attr("hidden", (d) => (d.hidden ? "" : null));

  // A name at every line's end, where it leaves to the right.
  const ends = all.filter((d) => !d.hidden).map((d) => ({ ...d, y: inside(lossOf(d.value, state)(0.992)) }));
  const names = apart(ends, 16, 20, y(0) + 4);
  svg
    .selectAll("text.ce-soft-end")
    .data(names)
    .join("text")
    .attr("class", (d) => `ce-soft-end${d.own ? " ce-soft-end-own" : ""}`)
    .attr("dy", "0.32em")
    .each(function (d) {
      place(this, x(1) + 11, d.y, d.value === 0 ? "hard" : `ε ${tick(Number(d.value.toPrecision(3)))}`);
    });

  // The floor, and from it up to where the model stands.
  const floor = inside(numbers.floor);
  const loss = inside(numbers.soft_loss);
  attrs(svg.select(".ce-soft-floor").node(), { x1: x(0), x2: x(1), y1: floor, y2: floor });
  const [asked] = floorOf(epsilon);
  const free = asked < 0.4 ? 1 : 0; // the side where no curve runs through the label
  const label = svg.select(".ce-soft-floor-label").attr("text-anchor", free ? "end" : "start");
  place(label.node(), x(free) + (free ? -8 : 8), floor - 6, `floor ${shown(numbers.floor, 3)}`);
  attrs(svg.select(".ce-soft-excess").node(), { x1: x(confidence), x2: x(confidence), y1: floor, y2: loss });
  attrs(svg.select(".ce-soft-asked").node(), { x1: x(asked), x2: x(asked), y1: floor, y2: y(0) });
  attrs(svg.select(".ce-soft-hard-point").node(), { cx: x(confidence), cy: inside(numbers.hard_loss) });
  attrs(svg.select(".ce-soft-point").node(), { cx: x(confidence), cy: loss });
  const beyond = numbers.soft_loss > top;
  const side = confidence > 0.5 ? -1 : 1;
  const note = svg
    .select(".ce-soft-beyond")
    .attr("text-anchor", side < 0 ? "end" : "start")
    .node();
  place(note, x(confidence) + 14 * side, y(top) + 5, beyond ? `↑ ${shown(numbers.soft_loss, 3)}` : "");
  return { x, y };
}

/** A curve over all confidences, closer together where it is steep, cut at `top`. */
function path(loss, x, y, top) {
  const points = CONFIDENCES.map((c) => [c, loss(c)]);
  return pathThrough(points.map(([c, value]) => (value <= top ? [x(c), y(value)] : null)));
}

function layCurves(svg) {
  for (const name of ["ce-soft-floor", "ce-soft-asked"]) svg.append("line").attr("class", name);
  for (const _ of [...COMPARED, "own"]) svg.append("path").attr("class", "ce-soft-curve");
  svg.append("line").attr("class", "ce-soft-excess");
  for (const _ of [...COMPARED, "own"]) svg.append("path").attr("class", "ce-soft-minimum");
  svg.append("text").attr("class", "ce-soft-floor-label");
  svg.append("text").attr("class", "ce-soft-beyond");
  svg.append("circle").attr("class", "ce-soft-hard-point").attr("r", 5);
  svg.append("circle").attr("class", "ce-soft-point").attr("r", 8);
}

function diamond(r) {
  return `M0 ${-r}L${r} 0L0 ${r}L${-r} 0Z`;
}

/** Labels in order of height, moved apart to `gap` between `low` and `high`. */
function apart(labels, gap, low, high) {
  const sorted = labels.map((label) => ({ ...label })).sort((a, b) => a.y - b.y);
  let last = low - gap;
  for (const label of sorted) {
    label.y = Math.max(label.y, last + gap);
    last = label.y;
  }
  let next = high + gap;
  for (const label of sorted.reverse()) {
    label.y = Math.min(label.y, next - gap);
    next = label.y;
  }
  return sorted;
}

/** The targets and the model as bars: the true class wide, the others beside it. */
function paintTargets(svg, { width, height }, { classes, convention }, numbers) {
  once(svg, "ce-soft-columns", layTargets);
  const { q, soft_target: soft } = numbers;
  const x0 = 36;
  const trueEnd = x0 + (width - x0) * Math.max(0.36, 1 / classes);
  const y = scaleLinear([0, 1], [height - 46, 22]);
  paintAxes(svg, { x: scaleLinear([0, 1], [x0, width]), y, xTicks: [], yTicks: [0, 0.25, 0.5, 0.75, 1] });
  const others = classes - 1;
  const step = (width - trueEnd) / others;
  const columns = Array.from({ length: classes }, (_, k) =>
    k === 0
      ? {
          at: x0,
          room: trueEnd - x0,
          target: soft[0],
          slice: convention === "uniform" ? soft[1] : 0,
          q: q[0],
          hard: 1,
        }
      : { at: trueEnd + (k - 1) * step, room: step, target: soft[1], slice: soft[1], q: q[1], hard: 0 },
  );
  svg
    .select(".ce-soft-columns")
    .selectAll("g")
    .data(columns)
    .join((enter) => {
      const g = enter.append("g");
      for (const name of ["ce-soft-hard", "ce-truth-fill", "ce-soft-slice", "ce-model-outline"]) {
        g.append("rect").attr("class", name);
      }
      return g;
    })
    .each(function (d) {
      const bar = Math.max(1.5, Math.min(56, d.room * 0.38));
      const start = d.at + (d.room - 2 * bar - Math.min(4, bar / 2)) / 2;
      const second = start + bar + Math.min(4, bar / 2);
      const rect = (name, x, from, to) =>
        attrs(this.querySelector(`.${name}`), { x, width: bar, y: y(to), height: y(from) - y(to) });
      rect("ce-soft-hard", start, 0, d.hard);
      rect("ce-truth-fill", start, Math.min(d.slice, d.target), d.target);
      rect("ce-soft-slice", start, 0, Math.min(d.slice, d.target));
      rect("ce-model-outline", second, 0, d.q);
      d.letters = [start + bar / 2, second + bar / 2];
    });
  const [p, m] = columns[0].letters;
  place(svg.select(".ce-soft-letter-p").node(), p, 14, "P");
  place(svg.select(".ce-soft-letter-q").node(), m, y(q[0]) - 7, "Q");
  place(svg.select(".ce-soft-name-true").node(), (x0 + trueEnd) / 2, y(0) + 20, "true class");
  place(
    svg.select(".ce-soft-name-others").node(),
    (trueEnd + width) / 2,
    y(0) + 20,
    others === 1 ? "the other" : `the ${others} others`,
  );
  place(svg.select(".ce-soft-share-true").node(), (x0 + trueEnd) / 2, y(0) + 39, `asked ${percent(soft[0])}`);
  place(
    svg.select(".ce-soft-share-others").node(),
    (trueEnd + width) / 2,
    y(0) + 39,
    `asked ${percent(soft[1])}${others > 1 ? " each" : ""}`,
  );
  return y;
}

function layTargets(svg) {
  svg.append("g").attr("class", "ce-soft-columns");
  svg.append("text").attr("class", "ce-letter ce-truth-text ce-soft-letter-p");
  svg.append("text").attr("class", "ce-letter ce-model-text ce-soft-letter-q");
  for (const whose of ["true", "others"]) {
    svg.append("text").attr("class", `ce-name ce-soft-name-${whose}`);
    svg.append("text").attr("class", `ce-soft-share ce-soft-share-${whose}`);
  }
}

/** What each target asks of the two kinds of class, and how it pushes their logits. */
function pushTable() {
  const rows = spec.entries.map((entry, k) => ({
    name: h("th", { scope: "row" }, entry),
    cells: TABLE.map((key) => cell(spec, "td", `${key}[${k}]`)),
  }));
  const heads = TABLE.map((key) => h("th", { scope: "col" }, spec.quantities[key].label));
  return {
    el: h(
      "table",
      { class: "ce-table ce-soft-table" },
      h("thead", {}, h("tr", {}, h("td"), ...heads)),
      h("tbody", {}, ...rows.map(({ name, cells }) => h("tr", {}, name, ...cells.map((one) => one.el)))),
    ),
    update({ classes }, numbers) {
      setText(rows[1].name, classes === 2 ? "other class" : `each of ${classes - 1} others`);
      rows.forEach(({ cells }, k) => {
        cells.forEach((one, i) => {
          one.update(numbers[TABLE[i]][k]);
        });
      });
    },
  };
}

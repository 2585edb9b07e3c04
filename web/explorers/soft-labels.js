// Drawing and wiring of soft labels. Its question: what does smoothing really ask for?

import { clamp, toStep } from "../maths/hands.js";
import { crossEntropy, entropy, klDivergence, surprisal } from "../maths/information.js";
import { isClose } from "../maths/numerics.js";
import { oneHot, smoothLabels } from "../maths/targets.js";
import { natsPer } from "../maths/units.js";
import spec from "../specs/soft-labels.json";
import { alignPoints } from "../ui/align.js";
import { CLEAR_OF_HANDLES, paintAxes, tick } from "../ui/axes.js";
import { chart, draggable, draggableUp } from "../ui/chart.js";
import { choice, slider } from "../ui/controls.js";
import { attrs, h, scrolling, setText } from "../ui/dom.js";
import { computed, percent, shown } from "../ui/format.js";
import { cell, defineExplorer } from "../ui/frame.js";
import { guessLine } from "../ui/guess-line.js";
import { spread } from "../ui/room.js";
import { linear } from "../ui/scale.js";
import { each, part, pathThrough, say, text } from "../ui/svg.js";

const COMPARED = [0, 0.1, 0.2, 0.3]; // the curves that are always there, each with its line
const TABLE = ["q", "hard_target", "soft_target", "gradient_hard", "gradient_soft"];
const ENDS = [0, 1e-4, 3e-4, 1e-3, 3e-3];
const CONFIDENCES = [
  ...ENDS,
  ...Array.from({ length: 119 }, (_, i) => (i + 1) / 120),
  ...ENDS.map((gap) => 1 - gap).reverse(),
];

// The prime stays with the other convention, here and in the book.
const LETTERS = { uniform: "ε", others: "ε′" };

export default defineExplorer({
  name: "soft-labels",
  spec,
  headline: ["hard_loss", "soft_loss", "floor", "excess"],
  listed: true,
  readout,
  build,
  say: meaning,
  describe: ({ epsilon, confidence, classes, convention, units }, numbers) =>
    `${classes} classes, ${LETTERS[convention]} ${shown(epsilon, 3)}, confidence ${percent(confidence)}: ` +
    `the hard loss is ${computed(numbers.hard_loss)} ${units}, the smoothed loss ${computed(numbers.soft_loss)}, ` +
    `its floor ${computed(numbers.floor)}. The model is ${numbers.verdict.replace(/^the model /, "one that ")}.`,
});

function readout({ epsilon, confidence, classes, convention, units }) {
  const unit = natsPer(units);
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
  return [0, 1].every((k) => isClose(q[k], soft[k], spec.constants.same));
}

function verdict(q, soft, met) {
  const { words } = spec;
  if (met) return words.met;
  if (q.some((share, k) => share === 0 && soft[k] > 0))
    return q[0] === 0 ? words.rules_out_true : words.rules_out_others;
  return q[0] > soft[0] ? words.surer : words.less_sure;
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
    return { text: "Such a share leaves the true class nothing: no finite logits reach such a target." };
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

const KEYS = {
  uniform:
    "P: dashed is the hard target, filled the smoothed one. Its faint part is the share that all get evenly.",
  others:
    "P: dashed is the hard target, filled the smoothed one. The faint part is the share that the others get evenly.",
};

function sameTarget({ convention }, { other_epsilon: other }) {
  const [elsewhere, over] = convention === "uniform" ? ["others", "(K−1)"] : ["uniform", "K"];
  const letter = LETTERS[elsewhere];
  const name = `${letter}/${over}`;
  if (other > 1)
    return `No ${letter} of the convention ${name} gives this target: it would have to be ${shown(other, 3)}.`;
  return `The convention ${name} gives the same target with ${letter} = ${shown(other, 3)}.`;
}

// One picture: loss against confidence for several ε, each minimum marked.

function paintLosses(svg, { state, numbers, set, guess }, size) {
  const plot = layLosses(state, size);
  const { x, y, top, curves } = plot;
  paintAxes(svg, {
    x,
    y,
    xTicks: [0, 0.25, 0.5, 0.75, 1],
    yTicks: y.ticks(5),
    xTitle: "confidence in the true class",
    aside: CLEAR_OF_HANDLES,
  });
  const at = x(state.confidence);
  const [floor, loss] = [y.clamped(numbers.floor), y.clamped(numbers.soft_loss)];
  const asked = x(numbers.target_confidence);
  part(svg, "line", "ce-soft-floor", { x1: x(0), x2: x(1), y1: floor, y2: floor });
  part(svg, "line", "ce-soft-asked", { x1: asked, x2: asked, y1: floor, y2: y(0) });
  each(svg, "path", "ce-soft-curve", curves, (node, { name, hidden, lossAt }) =>
    attrs(node, { class: `ce-soft-curve ${name}`, d: hidden ? "" : curve(lossAt, x, y, top) }),
  );
  part(svg, "line", "ce-soft-excess", { x1: at, x2: at, y1: floor, y2: loss });
  each(svg, "path", "ce-soft-minimum", curves, (node, one) => paintMinimum(node, one, plot));
  paintFloorLabel(svg, plot, numbers);
  paintModel(svg, plot, state, numbers);
  paintNames(svg, plot);
  paintWay(svg, plot, { state, numbers, guess });
  draggable(handOver(svg, size), ([px]) => set(sure(x.invert(px))));
}

/** The scales, and the curves: some to compare with, and the state's own. */
function layLosses(state, { width, height }) {
  const { epsilon, classes, units } = state;
  const top = Math.max(2.6, Math.log(classes) + 0.9) / natsPer(units);
  // Where the state's own curve runs there is no room for another.
  const compared = COMPARED.map((value, i) => ({
    epsilon: value,
    name: `ce-soft-line-${i}`,
    hidden: Math.abs(value - epsilon) < 0.004,
  }));
  const own = { epsilon, name: "ce-soft-own", own: true };
  return {
    x: linear([0, 1], [36, width - 70]),
    y: linear([0, top], [height - 46, 14]),
    top,
    letter: LETTERS[state.convention],
    curves: [...compared, own].map((one) => ({ ...one, ...smoothed(one.epsilon, state) })),
  };
}

/**
 * The loss smoothed by this ε as a function of the confidence, the rest being spread evenly:
 * { lossAt, asked, floor }, the last two being where its minimum is.
 */
function smoothed(epsilon, { classes, convention, units }) {
  const [asked, rest] = smoothLabels(oneHot(0, classes), epsilon, convention);
  const target = [asked, rest * (classes - 1)]; // the others pay alike: one term for all
  const lossAt = (c) => crossEntropy(target, [c, (1 - c) / (classes - 1)]) / natsPer(units);
  return { lossAt, asked, floor: lossAt(asked) };
}

/** A curve over all confidences, closer together where it is steep, cut at `top`. */
function curve(lossAt, x, y, top) {
  const points = CONFIDENCES.map((c) => [c, lossAt(c)]);
  return pathThrough(points.map(([c, value]) => (value <= top ? [x(c), y(value)] : null)));
}

function paintMinimum(node, { own = false, hidden, asked, floor }, { x, y }) {
  node.classList.toggle("ce-soft-own-minimum", own);
  attrs(node, {
    d: "M0 -5L5 0L0 5L-5 0Z",
    transform: `translate(${x(asked)} ${y.clamped(floor)})`,
    hidden: hidden ? "" : null,
  });
}

/** The floor's name at its line, where no curve runs through it. */
function paintFloorLabel(svg, { x, y, curves }, { floor, target_confidence: asked }) {
  const [line, words] = [y.clamped(floor), `floor ${shown(floor, 3)}`];
  const side = asked < 0.4 ? 1 : 0;
  const places = [side, 1 - side].flatMap((end) => [-10, 10, 24, 38, 52].map((dy) => [end, line + dy]));
  const isClear = ([end, middle]) => {
    const [from, to] = end ? [-8 - 6.6 * words.length, -8] : [8, 8 + 6.6 * words.length];
    const within = [0, 0.2, 0.4, 0.6, 0.8, 1].map((share) => x.invert(x(end) + from + share * (to - from)));
    return curves.every(({ lossAt }) => within.every((c) => Math.abs(y(lossAt(c)) - middle) > 9));
  };
  const [end, middle] = places.find(isClear) ?? places[0];
  const anchor = { "text-anchor": end ? "end" : "start" };
  text(svg, "ce-soft-floor-label", [x(end) + (end ? -8 : 8), middle + 4], words, anchor);
}

/** Where the model stands on the smoothed loss and on the hard one; what it pays, if that is above. */
function paintModel(svg, { x, y, top }, { confidence }, { hard_loss, soft_loss }) {
  const at = x(confidence);
  const side = confidence > 0.5 ? -1 : 1;
  const beyond = soft_loss > top ? `↑ ${shown(soft_loss, 3)}` : "";
  const anchor = { "text-anchor": side < 0 ? "end" : "start" };
  text(svg, "ce-soft-beyond", [at + 14 * side, y(top) + 5], beyond, anchor);
  part(svg, "circle", "ce-soft-hard-point", { cx: at, cy: y.clamped(hard_loss), r: 5 });
  part(svg, "circle", "ce-soft-point", { cx: at, cy: y.clamped(soft_loss), r: 8 });
}

/** Where one step leads from the state that the reader has guessed about: an arrow at the model's point. */
function paintWay(svg, { x, y }, { state, numbers, guess }) {
  const g = part(svg, "g", "ce-guess ce-soft-guess", { display: isAsked(state, guess) ? null : "none" });
  if (!isAsked(state, guess)) return;
  const way = -Math.sign(numbers.gradient_soft[0]);
  const [at, level] = [x(state.confidence) + 12 * way, y.clamped(numbers.soft_loss)];
  part(g, "path", "ce-arrow", { d: way ? `M${at} ${level}h${22 * way}` : "" });
  const head = `M${at + 20 * way} ${level - 5}l${8 * way} 5l${-8 * way} 5Z`;
  part(g, "path", "ce-arrow-head", { d: way ? head : "" });
}

/** Whether this is the state that the guess is about, in whatever units. */
function isAsked(state, guess) {
  return (
    guess &&
    ["epsilon", "confidence", "classes", "convention"].every((name) => state[name] === guess.of[name])
  );
}

/** A name at every line's end, where it leaves to the right. */
function paintNames(svg, { x, y, letter, curves }) {
  const ends = curves
    .filter(({ hidden }) => !hidden)
    .map((one) => ({ ...one, y: y.clamped(one.lossAt(0.992)) }));
  each(
    svg,
    "text",
    "ce-soft-end",
    spread(ends, 16, 20, y(0) + 4),
    (node, { own = false, epsilon, y: at }) => {
      node.classList.toggle("ce-soft-end-own", own);
      attrs(node, { x: x(1) + 11, y: at, dy: "0.32em" });
      say(node, epsilon === 0 ? "hard" : `${letter} ${tick(Number(epsilon.toPrecision(3)))}`);
    },
  );
}

/** One surface over the whole picture that takes the hand. */
function handOver(svg, { width, height }) {
  return part(svg, "rect", "ce-hit ce-soft-hand", { x: 0, y: 0, width, height });
}

/** The confidence where a hand is, in half percents. */
function sure(confidence) {
  return { confidence: toStep(confidence, 200, spec.fields.confidence) };
}

// The other picture: the targets and the model as bars, the true class wide, the others beside it.

function paintTargets(svg, { state, numbers, set }, size) {
  const { width, height } = size;
  const [left, middle] = [36, 36 + (width - 36) * Math.max(0.36, 1 / state.classes)];
  const y = linear([0, 1], [height - 46, 22]);
  const columns = columnsOf(state, numbers, { left, middle, width }).map((column) => ({
    ...column,
    ...placeBars(column),
  }));
  attrs(svg, { "aria-label": `Targets and model: ${numbers.verdict}.` });
  paintAxes(svg, { x: linear([0, 1], [left, width]), y, xTicks: [], yTicks: [0, 0.25, 0.5, 0.75, 1] });
  each(svg, "g", "ce-soft-column", columns, (g, column) => paintColumn(g, column, y));
  const { targetBar, modelBar, bar } = columns[0];
  text(svg, "ce-letter ce-truth-text ce-soft-letter-p", [targetBar + bar / 2, 14], "P");
  text(svg, "ce-letter ce-model-text ce-soft-letter-q", [modelBar + bar / 2, y(numbers.q[0]) - 7], "Q");
  paintWords(svg, state, numbers, { centres: [(left + middle) / 2, (middle + width) / 2], below: y(0) });
  draggableUp(handOver(svg, size), ([, py]) => set(sure(y.invert(py))));
}

/** Each class' column: where it is, and the shares that stand in it. */
function columnsOf({ classes, convention }, { q, soft_target: soft }, { left, middle, width }) {
  const step = (width - middle) / (classes - 1);
  const slice = convention === "uniform" ? soft[1] : 0;
  const truth = { at: left, room: middle - left, hard: 1, target: soft[0], slice, q: q[0] };
  const other = { room: step, hard: 0, target: soft[1], slice: soft[1], q: q[1] };
  return [truth, ...Array.from({ length: classes - 1 }, (_, k) => ({ ...other, at: middle + k * step }))];
}

/** Where the two bars of a column begin, and how wide they are. */
function placeBars({ at, room }) {
  const bar = clamp(room * 0.38, 1.5, 56);
  const gap = Math.min(4, bar / 2);
  const targetBar = at + (room - 2 * bar - gap) / 2;
  return { bar, targetBar, modelBar: targetBar + bar + gap };
}

function paintColumn(g, { bar, targetBar, modelBar, hard, target, slice, q }, y) {
  const rect = (name, x, from, to) =>
    part(g, "rect", name, { x, width: bar, y: y(to), height: y(from) - y(to) });
  const even = Math.min(slice, target);
  rect("ce-soft-hard", targetBar, 0, hard);
  rect("ce-truth-fill", targetBar, even, target);
  rect("ce-soft-slice", targetBar, 0, even);
  rect("ce-model-outline", modelBar, 0, q);
}

/** Whose columns these are, and the share that the smoothed target asks for. */
function paintWords(svg, { classes }, { soft_target: soft }, { centres, below }) {
  const others = classes - 1;
  const names = ["true class", others === 1 ? "the other" : `the ${others} others`];
  const asked = [percent(soft[0]), `${percent(soft[1])}${others > 1 ? " each" : ""}`];
  const verb = centres[1] - centres[0] > 130 ? "asked " : "";
  for (const [i, whose] of ["true", "others"].entries()) {
    text(svg, `ce-name ce-soft-name-${whose}`, [centres[i], below + 20], names[i]);
    text(svg, `ce-soft-share ce-soft-share-${whose}`, [centres[i], below + 39], verb + asked[i]);
  }
}

// The wiring

function build({ stage, main, more, set }) {
  const view = makeStage(stage);
  const panel = makeControls(set);
  main.append(panel.epsilon.el, panel.confidence.el);
  more.append(...panel.els);
  return {
    update(state, numbers, guess) {
      view.update({ state, numbers, set, guess });
      panel.update(state, numbers);
    },
    close: view.close,
  };
}

/** Both pictures side by side, or on top of each other on a phone. */
function makeStage(stage) {
  const [right, left] = [h("div", { class: "ce-soft-panel" }), h("div", { class: "ce-soft-panel" })];
  const said = guessLine();
  stage.append(h("div", { class: "ce-soft-panels" }, right, left), said.el);
  const high = (narrow, wide) => () => (stage.clientWidth < 600 ? narrow : wide);
  const losses = chart(right, { heightOf: high(210, 300), paint: paintLosses });
  const targets = chart(left, { heightOf: high(150, 300), paint: paintTargets });
  return {
    update(scene) {
      losses.show(scene);
      targets.show(scene);
      said.update(isAsked(scene.state, scene.guess) ? scene.guess : null, scene.state.units);
    },
    close() {
      losses.close();
      targets.close();
    },
  };
}

function makeControls(set) {
  const { epsilon, confidence, classes } = makeSliders(set);
  const convention = choice({
    legend: "that share goes",
    options: [
      ["uniform", "to all K classes, ε/K each"],
      ["others", "to the K−1 others, ε′/(K−1) each"],
    ],
    input: (value) => set({ convention: value }),
  });
  const key = h("p", { class: "ce-soft-key" });
  const same = h("p", { class: "ce-soft-same" });
  const table = makeTable();
  return {
    epsilon,
    confidence,
    els: [h("div", {}, convention.el, same), classes.el, key, table.el],
    update(state, numbers) {
      table.update(state, numbers);
      epsilon.update(state.epsilon);
      confidence.update(state.confidence);
      classes.update(state.classes);
      convention.update(state.convention);
      setText(same, sameTarget(state, numbers));
      setText(key, KEYS[state.convention]);
    },
  };
}

function makeSliders(set) {
  const { low, high } = spec.fields.classes;
  return {
    epsilon: slider({
      label: "smoothing’s share, ε or ε′",
      low: 0,
      high: 1,
      step: 0.01,
      format: (value) => shown(value, 3),
      input: (value) => set({ epsilon: value }),
    }),
    confidence: slider({
      label: "model’s confidence in the true class",
      low: 0,
      high: 1,
      step: 0.005,
      format: percent,
      input: (value) => set({ confidence: value }),
    }),
    classes: slider({
      label: "classes K",
      low,
      high,
      step: 1,
      format: String,
      input: (value) => set({ classes: value }),
    }),
  };
}

/** What each target asks of the two kinds of class, and how it pushes their logits. */
function makeTable() {
  const rows = spec.entries.map((entry, k) => ({
    name: h("th", { scope: "row" }, entry),
    cells: TABLE.map((key) => cell(spec, "td", `${key}[${k}]`)),
  }));
  const heads = TABLE.map((key) => h("th", { scope: "col" }, spec.quantities[key].label));
  return {
    el: scrolling(
      "What each target asks for",
      {},
      h(
        "table",
        { class: "ce-table ce-lists ce-soft-table" },
        h("thead", {}, h("tr", {}, h("td"), ...heads)),
        h("tbody", {}, ...rows.map(({ name, cells }) => h("tr", {}, name, ...cells.map((one) => one.el)))),
      ),
    ),
    update({ classes }, numbers) {
      setText(rows[1].name, classes === 2 ? "other class" : `each of ${classes - 1} others`);
      rows.forEach(({ cells }, k) => {
        cells.forEach((one, i) => {
          one.update(numbers[TABLE[i]][k]);
        });
      });
      TABLE.forEach((_, i) => {
        alignPoints(rows.map(({ cells }) => cells[i].el));
      });
    },
  };
}

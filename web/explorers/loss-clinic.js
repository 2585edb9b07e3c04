// Drawing and wiring of the loss clinic. Its question: what does this loss say, and what should be checked
// first?

import {
  chance,
  found,
  honestLoss,
  leastAccuracy,
  leastLoss,
  scatter,
  shared,
  smoothedFloor,
  twiceFloor,
} from "../maths/loss-clinic.js";
import spec from "../specs/loss-clinic.json";
import { tick } from "../ui/axes.js";
import { coded } from "../ui/backticks.js";
import { chart, draggableUp } from "../ui/chart.js";
import { checkbox, choice } from "../ui/controls.js";
import { attrs, h, setText } from "../ui/dom.js";
import { computed, grouped, percent, plain, shown } from "../ui/format.js";
import { defineExplorer } from "../ui/frame.js";
import { room, spread } from "../ui/room.js";
import { linear } from "../ui/scale.js";
import { each, part, text } from "../ui/svg.js";
import { typedNumber, typedShare, typedSlider } from "../ui/typed-slider.js";
import { written } from "../ui/words.js";

const { fields, words, constants } = spec;
const { readings, symptoms, verdicts } = constants;
const PAGE = "loss-clinic.html"; // where all symptoms are, beside the pages that show this
const WRONG = verdicts.slice(0, 3);
const NARROW = 480;
const COUNTS = constants.class_counts;

/** The usual numbers of classes, evenly apart; any other stands between. */
const AMONG = {
  to: (value) => {
    const above = COUNTS.findIndex((count) => count >= value);
    if (above <= 0) return above < 0 ? COUNTS.length - 1 : 0;
    const [low, high] = [COUNTS[above - 1], COUNTS[above]];
    return above - 1 + (value - low) / (high - low);
  },
  from: (position) => COUNTS[Math.round(position)],
};

export default defineExplorer({
  name: "loss-clinic",
  spec,
  headline,
  readout,
  build,
  say: (_, { findings, verdicts: told }) => ({
    text: findings[0] ?? words.nothing,
    wrong: WRONG.includes(told[0]),
  }),
  describe,
});

function readout(state) {
  const run = runOf(state);
  const { classes, smoothing } = state;
  const { loss, accuracy } = run;
  const pair = !run.weighted && Number.isFinite(loss ?? Number.NaN) && accuracy !== null;
  const told = diagnosed(run);
  const numbers = {
    chance: chance(classes),
    twice_floor: twiceFloor(classes),
    floor: smoothedFloor(classes, smoothing),
    price: run.price,
    least_loss: pair ? leastLoss(accuracy, classes, smoothing) : null,
    least_accuracy: pair ? leastAccuracy(loss, classes, smoothing) : null,
    honest_loss: pair ? honestLoss(accuracy, classes, smoothing) : null,
    miss: pair && accuracy < 1 ? loss / (1 - accuracy) : null,
    scatter: run.first === null ? null : scatter(run.first, classes),
    symptoms: told.map(({ name }) => name),
    verdicts: told.map(({ verdict }) => verdict),
    findings: told.map(({ sentence }) => sentence),
  };
  return Object.fromEntries(Object.entries(numbers).map(([key, value]) => [key, value ?? words.unknown]));
}

/** The readings, null for what is not known. */
function runOf(state) {
  const told = Object.fromEntries(readings.map((name, i) => [name, state.known[i] ? state[name] : null]));
  const { largest, ...run } = told;
  if (state.printed !== "number") run.loss = state.printed === "nan" ? Number.NaN : Infinity;
  const isCounted = largest !== null && !state.weighted;
  return {
    ...run,
    classes: state.classes,
    price: isCounted ? shared(largest, state.classes) : null,
    largest: largest === null ? null : Math.max(largest, (1 - largest) / (state.classes - 1)),
    dtype: state.dtype,
    weighted: state.weighted,
    smoothing: state.smoothing,
  };
}

/** What is found, the gravest first. */
function diagnosed(run) {
  const all = found(run, constants.limits).map(([name, kind, values]) => {
    const [rank, says] = symptoms[name];
    return { name, rank, verdict: verdicts[rank], sentence: written(says[kind], Object.fromEntries(values)) };
  });
  return all.sort((one, other) => one.rank - other.rank);
}

/** Of the numbers those that this state has. */
function headline({ known }) {
  const [first, loss, , accuracy, , largest] = known;
  return [
    "chance",
    ...(largest ? ["price"] : []),
    ...(loss && accuracy ? ["least_loss", "honest_loss"] : []),
    ...(first ? ["scatter"] : []),
    "twice_floor",
  ].slice(0, 4);
}

function describe(state, { findings }) {
  const read = columnsOf(state).filter(({ value }) => value !== null);
  const told = read.map(({ name, value }) => `${name} ${plain(value, 4)}`).join(", ");
  const accuracy = state.known[3] ? `, ${percent(state.accuracy)} right` : "";
  return `${plain(state.classes)} classes: ${told || "no loss is known"}${accuracy}. ${findings[0] ?? words.nothing}`;
}

// The picture: losses upwards, with what they mean; first, now and on new data side by side.

function columnsOf(state) {
  const run = runOf(state);
  const isNumber = state.printed === "number";
  return [
    { key: "first", name: "first loss", short: "first", value: run.first, at: 0.16 },
    { key: "loss", name: "loss now", short: "now", value: isNumber ? run.loss : null, at: 0.52 },
    { key: "val_loss", name: "validation", short: "val.", value: run.val_loss, at: 0.85 },
  ];
}

function paint(svg, { state, numbers, set }, size) {
  const plot = lay(state, numbers, size);
  paintScale(svg, plot);
  paintImpossible(svg, plot, numbers);
  each(svg, "line", "lc-mark", plot.marks, (node, { value, kind }) =>
    attrs(node, {
      class: `lc-mark ${kind}`,
      x1: plot.left,
      x2: plot.right,
      y1: plot.y(value),
      y2: plot.y(value),
    }),
  );
  paintWay(svg, plot);
  each(svg, "g", "lc-name", spread(plot.labels, 16, 12, plot.bottom), (g, label) =>
    paintName(g, label, plot),
  );
  each(svg, "g", "lc-column", plot.columns, (g, column) => paintColumn(g, column, plot, state));
  each(svg, "g", "lc-hands", plot.columns, (g, column) => paintHand(g, column, plot, { state, set }));
}

function lay(state, numbers, { width, height }) {
  const narrow = width < NARROW;
  const bottom = height - 30;
  const marks = marksOf(state, numbers);
  const read = columnsOf(state);
  const known = [...read, ...marks].map(({ value }) => value).filter((value) => value !== null);
  const domain = [-roundUp(-Math.min(0, ...known)), roundUp(Math.max(...known, 0.1))];
  const [left, right] = [Math.max(...domain.map(Math.abs)) < 1000 ? 40 : 56, width - (narrow ? 122 : 244)];
  const y = linear(domain, [bottom, 14]);
  const placed = read.map((one) => ({ ...one, x: left + one.at * (right - left) }));
  const columns = named(placed, state, { y, narrow, left, right, bottom });
  const labels = marks.map((mark) => ({ ...mark, y: y(mark.value) }));
  return { narrow, left, right, bottom, width, columns, marks, labels, y, span: domain[1] - domain[0] };
}

/** The next round number above, so that a hand does not move the scale all the time. */
function roundUp(value) {
  if (value <= 0) return 0;
  const power = 10 ** Math.floor(Math.log10(1.08 * value));
  return power * [1, 1.5, 2, 3, 4, 6, 8, 10].find((factor) => factor * power >= 1.08 * value);
}

/** What losses mean here; of those that are the same, the first. */
function marksOf(state, numbers) {
  const { classes, accuracy, smoothing, first } = state;
  const right = percent(accuracy);
  const isHigh = state.known[0] && first > numbers.chance && numbers.scatter > 1;
  const all = [
    ["lc-zero", 0, "certain, every time", "certain"],
    ["lc-chance", numbers.chance, `ln ${classes}: nothing known`, `ln ${classes > 999 ? "K" : classes}`],
    ["lc-floor", smoothing > 0 ? numbers.floor : words.unknown, "floor of smoothed labels", "floor"],
    ["lc-least", numbers.least_loss, `least at ${right} right`, "least"],
    ["lc-price", numbers.price, "the class shares", "shares"],
    ["lc-twice", numbers.twice_floor, "softmax twice, at best", "twice"],
    ["lc-honest", numbers.honest_loss, `honest at ${right} right`, "honest"],
    ["lc-coin", classes > 2 ? Math.LN2 : words.unknown, "ln 2: a coin", "ln 2"],
    [
      "lc-scatter",
      isHigh ? first : words.unknown,
      `first logits: s ${shown(numbers.scatter, 3)}`,
      `s ${shown(numbers.scatter, 2)}`,
    ],
  ];
  const known = all.filter(([, value]) => value !== words.unknown);
  return known
    .filter(([, value], i) => known.findIndex(([, other]) => Math.abs(other - value) < 1e-9) === i)
    .map(([kind, value, name, short]) => ({ kind, value, name, short }));
}

function paintScale(svg, { y, left, right, bottom }) {
  each(svg, "g", "ce-tick", y.ticks(4), (g, value) => {
    text(g, "ce-tick-text", [left - 8, y(value)], tick(value), { "text-anchor": "end", dy: "0.32em" });
    part(g, "line", "lc-tick", { x1: left - 4, x2: left, y1: y(value), y2: y(value) });
  });
  part(svg, "path", "lc-axis", { d: `M${left} 8V${bottom}H${right}` });
}

/** Below the least loss of this accuracy nothing can be. */
function paintImpossible(svg, { y, columns }, { least_loss: least }) {
  const { x } = columns[1];
  const seen = least !== words.unknown && y(0) - y(least) > 2;
  const box = seen ? { x: x - 34, width: 68, y: y(least), height: y(0) - y(least) } : { width: 0, height: 0 };
  part(svg, "rect", "lc-impossible", box);
}

/** From the first loss to that of now: a line to guide the eye, no data. */
function paintWay(svg, { y, columns }) {
  const [from, to] = columns;
  const seen = from.value !== null && to.value !== null;
  const [x1, x2, y1, y2] = [from.x, to.x, y(from.value ?? 0), y(to.value ?? 0)];
  const d = `M${x1} ${y1}C${x1 + 0.25 * (x2 - x1)} ${y2} ${x1 + 0.5 * (x2 - x1)} ${y2} ${x2} ${y2}`;
  part(svg, "path", "lc-way", { d: seen ? d : "" });
}

function paintName(g, { kind, name, short, value, y: at }, { narrow, right, y }) {
  attrs(g, { class: `lc-name ${kind}` });
  part(g, "path", "lc-lead", { d: `M${right} ${y(value)}L${right + 10} ${at}` });
  const isSpread = kind === "lc-scatter"; // it is no price
  const [x, number] = [right + 14, computed(value)];
  const brief = `${short}${short.startsWith("ln") ? " =" : ""} ${number}`;
  const first = narrow ? (isSpread ? short : brief) : isSpread ? "" : number;
  text(g, "lc-says", [x, at + 4], first);
  text(g, "lc-means", [x + (isSpread ? 0 : 60), at + 4], narrow ? "" : name);
}

/** A reading as a dot with its number; what is not known as a question mark. */
function paintColumn(g, { key, name, short, value, x, says, label }, { y, bottom, narrow }, state) {
  const isBroken = key === "loss" && state.printed !== "number";
  attrs(g, {
    class: `lc-column lc-${key}${value === null ? " is-unknown" : ""}${isBroken ? " is-broken" : ""}`,
  });
  text(g, "lc-key", [x, bottom + 20], narrow ? short : name);
  const at = value === null ? bottom - 14 : y(value);
  part(g, "circle", "lc-dot", { cx: x, cy: at, r: value === null ? 0 : 7 });
  text(g, "lc-value", label ?? [x, at], label ? says : "");
}

/** What stands at each dot, and where: beside none of the others. */
function named(columns, state, { y, narrow, left, right, bottom }) {
  const free = room({ left, right: right + 10 });
  return columns.map((column) => {
    const { key, value, x } = column;
    const broken = key === "loss" && state.printed !== "number" ? state.printed : "?";
    const says = value === null ? broken : narrow ? brief(value) : plain(value, 4);
    const width = (narrow ? 8.8 : 9.6) * says.length;
    const at = value === null ? bottom - 4 : y(value);
    const heights = value === null ? [at - 12, at - 28, at - 44] : [at - 17, at + 18, at - 33, at + 34];
    const start = Math.max(left + 3, x - width / 2); // clear of the axis
    const places = heights.filter((h0) => h0 > 4 && h0 < bottom - 4).map((h0) => ({ x: start, y: h0 }));
    const found = free.find(places, { width, height: 15 });
    return { ...column, says, label: found && [start + width / 2, found.y + 4] };
  });
}

/** A number in little room: its boxes have the rest. */
function brief(value) {
  return tick(Number(value.toPrecision(Math.abs(value) < 0.1 ? 2 : 3)));
}

function paintHand(g, { key, x }, { y, bottom, span, columns }, { state, set }) {
  const half = (columns[2].x - columns[1].x) / 2;
  const area = { x: x - half, width: 2 * half, y: 0, height: bottom };
  const per = 10 ** Math.max(0, 2 - Math.floor(Math.log10(span)));
  const { low, high } = fields[key];
  draggableUp(part(g, "rect", "ce-hit ce-hit-q", area), ([, at]) => {
    const value = Math.round(y.invert(Math.min(bottom, Math.max(14, at))) * per) / per;
    set(reading(state, key, Math.min(high, Math.max(low, value))));
  });
}

/** What to set when a reading becomes known, or with null is forgotten. */
function reading(state, name, value) {
  const known = state.known.with(readings.indexOf(name), value === null ? 0 : 1);
  const printed = name === "loss" ? { printed: "number" } : {};
  return { known, ...printed, ...(value === null ? {} : { [name]: value }) };
}

// The controls, and what is said at length

function build({ stage, main, below, more, model, get, set }) {
  const picture = chart(stage, { heightOf: (width) => (width < NARROW ? 290 : 320), paint });
  const panel = makeControls(get, set);
  const list = makeList(model);
  below.append(list.el);
  main.append(panel.classes.el, panel.loss.el);
  more.append(
    h(
      "div",
      { class: "ce-sliders" },
      ...["accuracy", "first", "val_loss", "val_accuracy", "largest", "smoothing"].map(
        (name) => panel[name].el,
      ),
    ),
    panel.dtype.el,
    panel.weighted.el,
  );
  return {
    update(state, numbers, guess) {
      picture.show({ state, numbers, set });
      for (const [name, control] of Object.entries(panel)) {
        const i = readings.indexOf(name);
        control.update(i < 0 || state.known[i] ? state[name] : null);
      }
      if (state.printed !== "number") panel.loss.update(null, state.printed);
      list.update(state, guess);
    },
    close: picture.close,
  };
}

/** A control for each part of the state, by its name. */
function makeControls(get, set) {
  const known = (name) => (value) =>
    set(typeof value === "string" ? { printed: value } : reading(get(), name, value));
  const loss = (name, label) =>
    typedSlider({
      label,
      low: 0,
      high: 12,
      step: 0.01,
      format: digits,
      read: (typed) => (name === "loss" && broken(typed)) || inRange(name, typedNumber(typed)),
      unknown: words.unknown,
      input: known(name),
    });
  const share = (name, label) =>
    typedSlider({
      label,
      low: 0,
      high: 1,
      step: 0.01,
      format: percent,
      read: typedShare,
      unknown: words.unknown,
      input: known(name),
    });
  return {
    classes: typedSlider({
      label: "classes, K",
      low: COUNTS[0],
      high: COUNTS.at(-1),
      scale: AMONG,
      step: 1,
      format: String,
      read: (typed) => whole("classes", typedNumber(typed.replace(/,(?=\d{3}(?!\d))/g, ""))), // 50,257 too
      input: (value) => set({ classes: value }),
    }),
    loss: loss("loss", "loss now, nats"),
    accuracy: share("accuracy", "right now"),
    first: loss("first", "first loss, nats"),
    val_loss: loss("val_loss", "validation loss, nats"),
    val_accuracy: share("val_accuracy", "right in validation"),
    largest: share("largest", "share of the commonest class"),
    smoothing: typedSlider({
      label: "label smoothing, ε",
      low: 0,
      high: 0.5,
      step: 0.01,
      format: digits,
      read: (typed) => inRange("smoothing", typedNumber(typed)),
      input: (value) => set({ smoothing: value }),
    }),
    dtype: choice({
      legend: "Computed in",
      options: fields.dtype.names.map((name) => [name, name]),
      input: (value) => set({ dtype: value }),
    }),
    weighted: checkbox({ label: "the loss has class weights", input: (value) => set({ weighted: value }) }),
  };
}

/** What is typed where a loss is no number. */
function broken(typed) {
  const found = /^(nan|inf)(inity)?$/i.exec(typed.replace("∞", "inf").replace("+", ""));
  return found?.[1].toLowerCase();
}

function inRange(name, value) {
  const { low, high } = fields[name];
  if (!(value >= low && value <= high)) throw new Error(`a number ${span(name)}`);
  return value;
}

function whole(name, value) {
  const { low, high } = fields[name];
  if (!Number.isInteger(value) || value < low || value > high)
    throw new Error(`a whole number ${span(name)}`);
  return value;
}

function span(name) {
  const [low, high] = [fields[name].low, fields[name].high].map((end) => grouped(digits(end)));
  return `from ${low} to ${high}`;
}

/** A reading as it may be typed again. */
function digits(value) {
  return String(Number(value.toPrecision(6))).replaceAll("-", "−");
}

/** All that is found: what it means, the likeliest cause, the check, and a link to the rest. */
function makeList(model) {
  const guessed = h("p", { class: "ce-guess-said", hidden: true });
  const items = h("ol", { class: "lc-findings" });
  const el = h("div", { class: "lc-list" }, guessed, items);
  let shownNow = "";
  return {
    el,
    update(state, guess) {
      const all = diagnosed(runOf(state));
      const said = saidOf(state, guess);
      setText(guessed, said);
      guessed.hidden = said === "";
      const now = all.map(({ sentence }) => sentence).join();
      if (now === shownNow) return;
      shownNow = now;
      items.replaceChildren(...all.map((finding) => item(finding, model)));
    },
  };
}

function item({ name, verdict, sentence }, model) {
  const isWrong = WRONG.includes(verdict);
  const cause = isWrong && document.getElementById(name)?.querySelector("ol > li"); // on the clinic's page
  const likeliest = cause ? [h("div", { class: "lc-cause" }, ...cause.cloneNode(true).childNodes)] : [];
  return h(
    "li",
    { class: isWrong ? "is-wrong" : "" },
    h("p", {}, h("strong", {}, `${verdict[0].toUpperCase()}${verdict.slice(1)}.`), " ", ...coded(sentence)),
    ...likeliest,
    h("p", {}, link(model, name)),
  );
}

/** Where all causes are: on the page of the clinic, if there are pages around. */
function link({ address }, name) {
  if (!address?.includes("/chapters/")) return h("code", {}, `chapters/${PAGE}#${name}`);
  return h("a", { href: `${PAGE}#${name}` }, "All causes, and what decides");
}

/** What the reader had given to what it is, as long as that is the state that was asked about. */
function saidOf(state, guess) {
  const isAsked =
    guess && Object.keys(fields).every((name) => String(state[name]) === String(guess.of[name]));
  if (!isAsked || guess.kind !== "spread") return "";
  const { value, options, answer } = guess;
  return `Your guess gave ${percent(value[answer])} to “${options[answer]}”: that is what to check first.`;
}

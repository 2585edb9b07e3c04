// Drawing and wiring of the temperature. Its question: what does it do, to a prediction and to a
// lesson?

import { clamp, toTwoDigits } from "../maths/hands.js";
import { klDivergence } from "../maths/information.js";
import { softmax } from "../maths/numerics.js";
import { gap, length, logitsAt, price, push, resized } from "../maths/temperature.js";
import spec from "../specs/temperature.json";
import { paintAxes } from "../ui/axes.js";
import { BARS_BELOW, BARS_BELOW_WIDE, paintBars } from "../ui/bars.js";
import { chart, draggable } from "../ui/chart.js";
import { choice, LOG, slider, sliders } from "../ui/controls.js";
import { attrs, h } from "../ui/dom.js";
import { percent, plain, shown } from "../ui/format.js";
import { defineExplorer } from "../ui/frame.js";
import { room } from "../ui/room.js";
import { linear, log } from "../ui/scale.js";
import { each, part, pathThrough, say, text } from "../ui/svg.js";
import { filled } from "../ui/words.js";

const NAMES = spec.entries;
const RANGE = spec.fields.z;
const { low: COLDEST, high: HOTTEST } = spec.fields.temperature;
const TICKS = [0.25, 0.5, 1, 2, 4, 8, 16];
const STEPS = 80; // of a curve
const TEMPERATURES = Array.from(
  { length: STEPS + 1 },
  (_, i) => COLDEST * (HOTTEST / COLDEST) ** (i / STEPS),
);
/** Room below the bars for two rows: the push, and T² times it. */
const ROWS = 44;

export default defineExplorer({
  name: "temperature",
  spec,
  headline: ({ show }) =>
    show === "model" ? ["entropy", "own_price", "most"] : ["push", "scaled_push", "floor", "excess"],
  readout,
  check,
  build,
  say: (state, numbers) => (state.show === "model" ? aboutModel : aboutLesson)(state, numbers),
  describe: ({ temperature, show }, { q, p, push: slope, scaled_push }) =>
    `At T = ${plain(temperature, 3)} the model gives ${listed(q)}.` +
    (show === "model"
      ? ""
      : ` Its teacher gives ${listed(p)}. The push is ${shown(slope, 3)} long, T² times it ${shown(scaled_push, 3)}.`),
});

/** Parts of the state that must fit each other. */
function check({ z, teacher }) {
  const wanted = filled(spec.words.as_many, { count: z.length });
  if (teacher.length !== z.length) throw new Error(`teacher should be ${wanted}`);
}

function readout({ z, teacher, temperature }) {
  const [q, plainly, p] = [softmax(z, temperature), softmax(z), softmax(teacher, temperature)];
  const away = gap(z, teacher);
  const slopes = push(z, teacher, temperature);
  const excess = away.some((value) => value !== 0) ? klDivergence(p, q) : 0;
  const square = temperature ** 2;
  return {
    entropy: price(z, z, temperature, temperature),
    own_price: price(z, z, 1, temperature),
    most: Math.log(z.length),
    floor: price(teacher, teacher, temperature, temperature),
    excess,
    scaled_excess: square * excess,
    excess_limit: length(away) ** 2 / (2 * z.length),
    push: length(slopes),
    scaled_push: square * length(slopes),
    push_limit: length(away) / z.length,
    q,
    q_plain: plainly,
    p,
    gradient: slopes,
    scaled_gradient: slopes.map((slope) => square * slope),
  };
}

function listed(shares) {
  return shares.map((share, k) => `${NAMES[k]} ${percent(share)}`).join(", ");
}

function aboutModel({ temperature }, { q, q_plain }) {
  const top = q_plain.indexOf(Math.max(...q_plain));
  if (q_plain.every((share) => share === q_plain[top]))
    return "Equal logits stay equal at every temperature.";
  if (temperature === 1) return "T = 1: the model says what it has learned to say.";
  const way = temperature < 1 ? "Colder, so surer" : "Hotter, so less sure";
  return `${way}: ${NAMES[top]} goes from ${percent(q_plain[top])} to ${percent(q[top])}. The order stays.`;
}

function aboutLesson({ temperature }, { push: slope, scaled_push, push_limit, floor }) {
  const t = plain(temperature, 3);
  if (slope === 0)
    return `Model and teacher agree: nothing pushes, and the cross-entropy is the teacher’s entropy, ${shown(floor, 3)} nats.`;
  if (temperature === 1) return `At T = 1 the push is ${shown(slope, 3)} long, and T² leaves it as it is.`;
  return (
    `At T = ${t} the push is ${shown(slope, 3)} long. T² times it is ${shown(scaled_push, 3)}; ` +
    `as T grows, that tends to ${shown(push_limit, 3)}.`
  );
}

// One picture: the prediction at T as bars, beside the teacher's or beside itself at T = 1.

function paintShares(svg, { state, numbers, set }, { width, height }) {
  const { z, teacher, temperature, show } = state;
  const lesson = show === "lesson";
  const bottom = height - (lesson ? BARS_BELOW_WIDE + ROWS : BARS_BELOW);
  const dragged = (key, k, value) => set({ [key]: logitsAt(state[key], k, value, temperature, RANGE) });
  svg.classList.toggle("tp-narrow", (width - 34) / z.length < 76);
  paintBars(svg, {
    width,
    top: 20,
    bottom,
    names: NAMES.slice(0, z.length),
    p: lesson ? numbers.p : teacher.map(() => 0),
    q: numbers.q,
    wide: lesson,
    dragQ: (k, value) => dragged("z", k, value),
    dragP: lesson ? (k, value) => dragged("teacher", k, value) : undefined,
  });
  for (const letter of svg.querySelectorAll(".ce-row-letter"))
    attrs(letter, { display: lesson ? null : "none" });
  const x = linear([0, z.length], [34, width]);
  paintPlain(svg, { x, y: linear([0, 1], [bottom, 20]), shares: lesson ? [] : numbers.q_plain });
  paintPushes(svg, { x, top: bottom + 84, numbers, lesson });
}

/** The model at T = 1, as dashes across its bars. */
function paintPlain(svg, { x, y, shares }) {
  each(svg, "line", "tp-plain", shares, (line, share, k) => {
    attrs(line, { x1: x(k + 0.16), x2: x(k + 0.84), y1: y(share), y2: y(share) });
  });
}

/** What pushes each logit, −dL/dz, and T² times that. */
function paintPushes(svg, { x, top, numbers, lesson }) {
  const rows = [
    ["push", numbers.gradient],
    ["× T²", numbers.scaled_gradient],
  ];
  each(svg, "g", "tp-row", lesson ? rows : [], (g, [name, slopes], i) => {
    const at = top + 20 * i;
    text(g, "tp-row-name", [0, at], name);
    each(g, "text", "tp-push", slopes, (node, slope, k) => {
      attrs(node, { x: x(k + 0.5), y: at });
      say(node, brief(0 - slope));
    });
  });
}

/** A push with its sign, in at most six characters. */
function brief(value) {
  const size = Math.abs(value);
  const written = size.toFixed(size < 0.0995 ? 3 : size < 9.995 ? 2 : 1);
  if (Number(written) === 0) return size > 0 ? "≈ 0" : "0";
  return (value > 0 ? "+" : "−") + written;
}

// The other picture: what becomes of it at all temperatures.

function paintCurves(svg, { state, numbers, set, guess }, { width, height }) {
  const { temperature } = state;
  const view = (state.show === "model" ? ofModel : ofLesson)(state, numbers);
  const shownNow = view.curves.map(({ name, value }) => `${name} ${shown(value, 3)}`).join(", ");
  attrs(svg, { "aria-label": `At T = ${plain(temperature, 3)}: ${shownNow}.` });
  const x = log([COLDEST, HOTTEST], [40, width - 12]);
  const y = linear([0, view.top], [height - 46, 30]);
  paintAxes(svg, { x, y, xTicks: TICKS, yTicks: y.ticks(4), xTitle: "temperature T" });
  text(svg, "ce-axis-title tp-title", [x(COLDEST) - 8, 14], view.title);
  const level = y(view.level.at);
  part(svg, "line", "tp-level", { x1: x(COLDEST), x2: x(HOTTEST), y1: level, y2: level });
  const now = x(temperature);
  part(svg, "line", "tp-now", { x1: now, x2: now, y1: y(0), y2: y(view.top) });
  const curves = view.curves.map((curve) => ({
    ...curve,
    path: TEMPERATURES.map((t) => [x(t), y(curve.at(t))]),
  }));
  each(svg, "path", "tp-curve", curves, (node, { kind, path }) => {
    const seen = path.map((point) => (point[1] >= y(view.top) ? point : null));
    attrs(node, { class: `tp-curve tp-${kind}`, d: pathThrough(seen) });
  });
  each(svg, "circle", "tp-point", curves, (node, { kind, value }) =>
    attrs(node, { class: `tp-point tp-${kind}`, cx: now, cy: y.clamped(value), r: 5 }),
  );
  const places = room({ left: x(COLDEST), right: width });
  places.take({ left: 0, right: x(COLDEST) + 7 * view.title.length, top: 0, bottom: 20 });
  for (const { path } of curves) {
    for (const [px, py] of path) places.take({ left: px - 2, right: px + 2, top: py - 3, bottom: py + 3 });
  }
  for (const { value } of curves) {
    const cy = y.clamped(value);
    places.take({ left: now - 7, right: now + 7, top: cy - 7, bottom: cy + 7 });
  }
  paintGuess(svg, { x, y, places, guess: isAsked(state, guess) ? guess : null });
  paintNames(svg, { x, y, places, curves, level: view.level });
  const area = { x: x(COLDEST) - 8, y: 0, width: x(HOTTEST) - x(COLDEST) + 16, height };
  draggable(part(svg, "rect", "ce-hit tp-hand", area), ([at]) =>
    set({ temperature: rounded(clamp(x.invert(at), COLDEST, HOTTEST)) }),
  );
}

/** Where a hand leaves the temperature: at 1 where it is near. */
function rounded(temperature) {
  return clamp(toTwoDigits(temperature), COLDEST, HOTTEST);
}

/** How uncertain the model is, and what its samples cost it. */
function ofModel({ z }, { entropy: doubt, own_price: own, most }) {
  return {
    title: "nats",
    top: 1.45 * most,
    level: { at: most, name: `ln ${z.length}` },
    curves: [
      { kind: "first", name: "entropy", at: (t) => price(z, z, t, t), value: doubt },
      { kind: "second", name: "price of samples", at: (t) => price(z, z, 1, t), value: own },
    ],
  };
}

/** How long the push is, and T² times that. */
function ofLesson({ z, teacher }, { push: slope, scaled_push: scaled, push_limit: limit }) {
  const at = (t) => length(push(z, teacher, t));
  const most = Math.max(at(1), limit, ...TEMPERATURES.map((t) => t ** 2 * at(t)));
  return {
    title: "length of the push",
    top: 1.3 * most || 1,
    level: { at: limit, name: "limit" },
    curves: [
      { kind: "first", name: "push", at, value: slope },
      { kind: "second", name: "T² × push", at: (t) => t ** 2 * at(t), value: scaled },
    ],
  };
}

/** A name at each curve, and one at the level, where nothing else stands. */
function paintNames(svg, { x, y, places, curves, level }) {
  const named = curves.map(({ kind, name, path }) => {
    const along = path.filter((_, i) => i % 4 === 0).toReversed();
    return { kind, name, wanted: along.flatMap(([px, py]) => [py - 12, py + 14].map((at) => [px, at])) };
  });
  const right = x(HOTTEST);
  const beside = [-10, 12].flatMap((dy) =>
    [0, 0.25, 0.5, 0.8].map((share) => [right - share * (right - 60), dy]),
  );
  named.push({
    kind: "at-level",
    name: level.name,
    wanted: beside.map(([px, dy]) => [px, y(level.at) + dy]),
  });
  each(svg, "text", "tp-name", named, (node, { kind, name, wanted }) => {
    const inside = wanted.filter(([, at]) => at > 8 && at < y(0) - 6);
    const spots = inside.map(([px, at]) => ({ x: px, y: at, anchor: "end" }));
    const spot = places.find(spots, { width: 7 * name.length + 4, height: 14 });
    attrs(node, { class: `tp-name tp-${kind}`, x: spot?.x ?? 0, y: (spot?.y ?? 0) + 4 });
    say(node, spot ? name : "");
  });
}

/** What the reader said, where it was asked for; above the picture it is a number with an arrow. */
function paintGuess(svg, { x, y, places, guess }) {
  const g = part(svg, "g", "ce-guess", { display: guess ? null : "none" });
  if (!guess) return;
  const [, top] = y.range;
  const beyond = guess.value > y.domain[1];
  const isOfHeat = guess.at >= COLDEST && guess.at <= HOTTEST; // or of so many rivals, at T = 1
  const [cx, cy] = [x(isOfHeat ? guess.at : 1), beyond ? top : y(guess.value)];
  part(g, "circle", "tp-guess-dot", { cx, cy, r: beyond ? 0 : 7 });
  part(g, "path", "ce-guess-beyond", { d: beyond ? `M${cx - 5} ${cy + 4}l5 -9l5 9Z` : "" });
  places.take({ left: cx - 8, right: cx + 8, top: cy - 8, bottom: cy + 8 });
  const name = isOfHeat ? "your guess" : `guess for ${guess.at}`;
  const words = beyond ? `${name}: ${plain(guess.value, 3)}` : name;
  const heights = [0, 14, -14, 28, -28, -42, -56]
    .map((dy) => cy + dy)
    .filter((at) => at < y(0) - 10 && at > top);
  const spots = heights.flatMap((at) => [
    { x: cx + 12, y: at, anchor: "start" },
    { x: cx - 12, y: at, anchor: "end" },
  ]);
  const spot = places.find(spots, { width: 6.6 * words.length, height: 14 }) ?? spots[0];
  text(g, "tp-guess-label", [spot.x, spot.y + 4], words, { "text-anchor": spot.anchor });
}

/** Whether this is the lesson that the guess is about, at whatever temperature. */
function isAsked({ show, z, teacher }, guess) {
  return (
    guess &&
    show === guess.of.show &&
    z.join() === guess.of.z.join() &&
    teacher.join() === guess.of.teacher.join()
  );
}

// The wiring

function build({ stage, main, more, get, set }) {
  const view = makeStage(stage);
  const controls = [makeTemperature(set), makeShow(set), makeLogits(get, set)];
  const [temperature, show, logits] = controls;
  main.append(temperature.el, show.el);
  more.append(...logits.els);
  return {
    update(state, numbers, guess) {
      view.update({ state, numbers, set, guess });
      for (const one of controls) one.update(state);
    },
    close: view.close,
  };
}

/** Both pictures side by side, or on top of each other on a phone. */
function makeStage(stage) {
  const panels = [h("div", { class: "tp-panel" }), h("div", { class: "tp-panel" })];
  stage.append(h("div", { class: "tp-panels" }, ...panels));
  const high = (narrow, wide) => () => (stage.clientWidth < 600 ? narrow : wide);
  const charts = [
    chart(panels[0], { heightOf: high(244, 300), paint: paintShares }),
    chart(panels[1], { heightOf: high(168, 300), paint: paintCurves }),
  ];
  return {
    update: (scene) => {
      for (const one of charts) one.show(scene);
    },
    close: () => {
      for (const one of charts) one.close();
    },
  };
}

function makeTemperature(set) {
  const temperature = slider({
    label: "temperature T",
    low: COLDEST,
    high: HOTTEST,
    scale: LOG,
    format: (value) => plain(value, 3),
    input: (value) => set({ temperature: rounded(value) }),
  });
  return { el: temperature.el, update: (state) => temperature.update(state.temperature) };
}

function makeShow(set) {
  const show = choice({
    legend: "Show",
    options: [
      ["lesson", "teacher and student"],
      ["model", "one model"],
    ],
    input: (value) => set({ show: value }),
  });
  return { el: show.el, update: (state) => show.update(state.show) };
}

function makeLogits(get, set) {
  const of = (key, owner) =>
    sliders(NAMES, (name, k) =>
      slider({
        label: `${owner}’s logit of ${name}`,
        low: -6,
        high: 6,
        step: 0.1,
        input: (value) => set({ [key]: get()[key].with(k, value) }),
      }),
    );
  const [own, teacher] = [of("z", "model"), of("teacher", "teacher")];
  const shelf = h("div", { class: "ce-sliders tp-teacher" }, ...teacher.els);
  const classes = choice({
    legend: "Classes",
    options: NAMES.map((_, k) => [k + 1, String(k + 1)]).slice(RANGE.shortest - 1),
    input: (count) => set({ z: resized(get().z, count), teacher: resized(get().teacher, count) }),
  });
  return {
    els: [classes.el, h("div", { class: "ce-sliders" }, ...own.els), shelf],
    update(state) {
      own.update(state.z);
      teacher.update(state.teacher);
      shelf.hidden = state.show === "model";
      classes.update(state.z.length);
    },
  };
}

// Drawing and wiring of the reliability diagram. Its question: do forecasts keep their word?

import { expectedCalibrationError, histogram } from "../maths/calibration.js";
import { brierDecomposition, logScoreDecomposition } from "../maths/decomposition.js";
import { clamp, toStep } from "../maths/hands.js";
import { sum } from "../maths/numerics.js";
import { bent, bestTemperature, unbent, widestGap } from "../maths/reliability.js";
import { guessIn, natsPer } from "../maths/units.js";
import spec from "../specs/reliability.json";
import { paintAxisWords, paintGrid } from "../ui/axes.js";
import { chart, draggable } from "../ui/chart.js";
import { button, choice, LOG, slider } from "../ui/controls.js";
import { decompositionHeight, paintDecomposition, SMALL, WIDE } from "../ui/decomposition.js";
import { attrs, h, setText } from "../ui/dom.js";
import { computed, percent, plain, shown } from "../ui/format.js";
import { defineExplorer } from "../ui/frame.js";
import { room } from "../ui/room.js";
import { linear } from "../ui/scale.js";
import { each, part, text } from "../ui/svg.js";
import { filled } from "../ui/words.js";

const { words, constants } = spec;
const { longest: MOST_GROUPS } = spec.fields.stated;
const { low: COLDEST, high: HOTTEST } = spec.fields.temperature;
const MOST_CASES = spec.fields.cases.high;

/**
 * What the fit found, by the verdict: of the forecasts as stated, and of the temperatures, which a
 * reader may not know of yet. The best T itself is for the reader to find.
 */
const FOUND = {
  [words.missed]: ["A forecast of 0 or 1 missed: the log score is ∞", "no temperature bends it back"],
  [words.unbendable]: ["Each forecast here is 0, ½ or 1", "none of them can be bent"],
  [words.sharpen]: [
    "Every forecast is on the right side of 50 %",
    "a smaller T always scores lower, down to 0",
  ],
  [words.flatten]: [
    "These forecasts do no better than 50 % would",
    "a larger T always scores lower, up to ∞",
  ],
  [words.right]: ["The stated forecasts are as sure as they should be", "no T scores lower than T = 1"],
  [words.too_sure]: ["The stated forecasts are too sure", "some T above 1 scores lower"],
  [words.not_sure]: ["The stated forecasts are not sure enough", "some T below 1 scores lower"],
};

/** The verdicts that name a temperature to use. */
const USABLE = [words.right, words.too_sure, words.not_sure];

/** What the fit found, in a sentence: without a word of T while the forecasts are as stated. */
function foundAt({ verdict, best_temperature: best }, now) {
  if (now !== 1 && now === best) return `T = ${shown(best, 3)} gives the lowest log score.`;
  return now === 1 ? `${FOUND[verdict][0]}.` : withTemperature(verdict);
}

function withTemperature(verdict) {
  const [stated, bending] = FOUND[verdict];
  return `${stated}; ${bending}.`;
}

export default defineExplorer({
  name: "reliability",
  spec,
  headline: ["brier", "log_score", "log_reliability", "calibration_error"],
  check,
  readout,
  build,
  say: ({ temperature }, numbers) =>
    `${numbers.brier_reliability === 0 ? "Every group keeps its word." : "A disc off the diagonal breaks its word."} ` +
    foundAt(numbers, temperature),
  describe: ({ cases, hits, temperature, units }, { forecast, brier, log_score, ...numbers }) =>
    `${forecast.map((f, g) => `Stated ${percent(f)}: ${hits[g]} of ${cases[g]} came true. `).join("")}` +
    `Brier score ${computed(brier)}, log score ${computed(log_score)} ${units}. ${foundAt(numbers, temperature)}`,
});

/** Parts of the state that must fit each other. */
function check({ stated, cases, hits }) {
  const { edge } = constants;
  for (const [name, values] of Object.entries({ cases, hits })) {
    const wanted = filled(words.as_many, { count: stated.length, other: "stated" });
    if (values.length !== stated.length) throw new Error(`${name} should be ${wanted}`);
  }
  if (stated.some((f) => (f > 0 && f < edge) || (f < 1 && f > 1 - edge))) {
    throw new Error(`stated should be ${filled(words.not_nearly_sure, { edge: plain(edge) })}`);
  }
  if (hits.some((count, g) => count > cases[g])) {
    throw new Error(`hits should be ${filled(words.no_more, { cases: `[${cases.join(", ")}]` })}`);
  }
}

function readout(state) {
  const { stated, cases, hits, temperature, units } = state;
  const unit = natsPer(units);
  const counts = countsOf(state);
  const rows = stated.map((f) => bent(f, temperature));
  const brier = brierDecomposition(rows, counts);
  const log = logScoreDecomposition(rows, counts);
  const [best, verdict] = bestTemperature(stated, cases, hits, constants);
  const atBest = stated.map((f) => bent(f, best));
  const forecast = rows.map(([, yes]) => yes);
  return {
    brier: tidy(brier[0] / 2),
    log_score: tidy(log[0]) / unit,
    calibration_error: tidy(expectedCalibrationError(forecast, counts)),
    best_temperature: best,
    best_log_score: tidy(logScoreDecomposition(atBest, counts)[0]) / unit,
    verdict: words[verdict],
    base_rate: sum(hits) / sum(cases),
    brier_uncertainty: tidy(brier[1]) / 2,
    brier_resolution: tidy(brier[2]) / 2,
    brier_reliability: tidy(brier[3]) / 2,
    log_uncertainty: tidy(log[1]) / unit,
    log_resolution: tidy(log[2]) / unit,
    log_reliability: tidy(log[3]) / unit,
    forecast,
    frequency: hits.map((count, g) => count / cases[g]),
  };
}

/** What rounding leaves of 0 is 0. */
function tidy(value) {
  return Math.abs(value) < constants.rounding ? 0 : value;
}

function countsOf({ cases, hits }) {
  return cases.map((count, g) => [count - hits[g], hits[g]]);
}

/** The same list with another value for group g. */
function given(state, name, g, value) {
  return { [name]: state[name].with(g, value) };
}

/** What a hand means that drags group g's disc to the forecast f: what, bent, lies there. */
function dragged(state, g, f) {
  const straight = unbent(clamp(f, 0, 1), state.temperature);
  return given(state, "stated", g, toStep(straight, 100, { low: 0, high: 1 }));
}

// Drawing

/** Where things stand in the diagram; lower where a score stands below it. */
function layout(width, low) {
  const bottom = 28 + (low ? 132 : 200);
  const bins = bottom + (low ? 58 : 78);
  return {
    plot: { left: 52, right: width - 24, top: 28, bottom },
    bins: { top: bottom + 40, bottom: bins },
    height: bins + 28,
  };
}

function paint(svg, scene, { width }) {
  const { plot, bins } = layout(width, scene.low());
  const x = linear([0, 1], [plot.left, plot.right]);
  const y = linear([0, 1], [plot.bottom, plot.top]);
  const yTicks = [0, 0.2, 0.4, 0.6, 0.8, 1];
  const xTicks = width < 320 ? [0, 0.5, 1] : yTicks;
  const axes = { x, y, xTicks, yTicks, format: percent };
  paintGrid(svg, axes);
  const g = part(svg, "g", "ce-rel");
  paintDiagram(g, { x, y }, scene);
  paintAxisWords(svg, axes); // discs at 0 and 1 reach over them
  paintHistogram(g, bins, x, scene);
}

/** The picture beside or below it: the scores named, taken apart. */
function scoresChart(parent, names, size) {
  const tall = decompositionHeight(size);
  const tops = Object.fromEntries(names.map((name, i) => [name, 14 + i * (tall + 40)]));
  const lowest = Math.max(...Object.values(tops));
  return chart(parent, {
    heightOf: (_, { guess }) => lowest + tall + (guess ? 18 : 4),
    paint: (svg, scene, { width }) => paintScores(svg, { left: 0, right: width - 4, tops, size }, scene),
  });
}

function paintScores(svg, { tops, ...edges }, { state, numbers, guess }) {
  const amount = (key) => shown(numbers[key], 3);
  attrs(svg, {
    "aria-label": `Brier score ${amount("brier")}: uncertainty ${amount("brier_uncertainty")}, minus resolution ${amount("brier_resolution")}, plus reliability ${amount("brier_reliability")}. Log score ${amount("log_score")}: ${amount("log_uncertainty")} minus ${amount("log_resolution")} plus ${amount("log_reliability")}.`,
  });
  const parts = (score) =>
    ["uncertainty", "resolution", "reliability"].map((key) => numbers[`${score}_${key}`]);
  const nats = natsPer(state.units);
  if ("brier" in tops) {
    paintDecomposition(svg, part(svg, "g", "ce-rel-brier"), {
      ...edges,
      top: tops.brier,
      name: "Brier score",
      parts: parts("brier"),
      score: numbers.brier,
      full: 0.3,
      most: 1,
    });
  }
  paintDecomposition(svg, part(svg, "g", "ce-rel-log"), {
    ...edges,
    top: tops.log,
    name: `log score, ${state.units}`,
    parts: parts("log"),
    score: numbers.log_score,
    full: 0.85 / nats,
    most: 3 / nats,
    guess: guess && guessIn(guess, state.units),
  });
}

function paintDiagram(g, { x, y }, scene) {
  const { state, numbers } = scene;
  const [left, right] = x.range;
  const [bottom, top] = y.range;
  const base = y(numbers.base_rate);
  const discs = discsOf(scene, x, y);
  part(g, "path", "ce-rel-diagonal", { d: `M${left} ${bottom}L${right} ${top}` });
  part(g, "path", "ce-rel-base", { d: `M${left} ${base}H${right}` });
  part(g, "path", "ce-rel-pools", { d: pools(state, discs) });
  const space = roomBesides(discs, left, right);
  space.take({ left, right: left + 150, top: 0, bottom: top - 8 }); // the axis' title
  space.take({ left, right, top: bottom + 8, bottom: bottom + 48 }); // ticks, and what is below
  const baseRate = `base rate ${percent(numbers.base_rate)}`;
  const baseSpot = space.find(placesForBase(base, x, y), sizeOf(baseRate, 12.5));
  const spots = discSpots(space, discs, scene.chosen);
  paintDiagonalLabel(g, { x, y }, space);
  write(g, "ce-chance-label ce-rel-base-label", baseSpot, baseRate);
  paintDiscs(g, { x, discs, spots }, scene);
  text(part(g, "g", "ce-axes"), "ce-axis-title ce-rel-seen", [left, top - 14], "how often it came true");
}

/** What is to be drawn of each group, the largest first, so that no disc hides another. */
function discsOf({ state, numbers }, x, y) {
  const discs = state.stated.map((f, g) => ({
    g,
    x: x(numbers.forecast[g]),
    y: y(numbers.frequency[g]),
    r: 3.4 * Math.sqrt(state.cases[g]),
    ghost: x(f),
    line: y(numbers.forecast[g]),
    from: y(together(state, f)),
    said: `${state.hits[g]} of ${state.cases[g]}`,
  }));
  return discs.sort((a, b) => b.r - a.r);
}

/** How often the forecasts that state f came true. */
function together({ stated, cases, hits }, f) {
  const same = (values) => sum(values.filter((_, g) => stated[g] === f));
  return same(hits) / same(cases);
}

/** Groups that state the same count as one: a stroke joins them, a bar across is their mean. */
function pools({ stated }, discs) {
  const paths = [...new Set(stated)].map((f) => {
    const same = discs.filter(({ g }) => stated[g] === f);
    if (same.length < 2) return "";
    const heights = same.map((disc) => disc.y);
    const [{ x, from }] = same;
    return `M${x} ${Math.min(...heights)}V${Math.max(...heights)}M${x - 9} ${from}H${x + 9}`;
  });
  return paths.join("");
}

function paintDiscs(parent, { x, discs, spots }, { state, chosen, drag }) {
  const all = part(parent, "g", "ce-rel-discs");
  each(all, "g", "ce-rel-disc", discs, (node, disc) => {
    const moved = Math.abs(disc.ghost - disc.x) > 1;
    const at = { cx: disc.x, cy: disc.y };
    node.classList.toggle("ce-rel-chosen", disc.g === chosen);
    part(node, "circle", "ce-rel-circle", { ...at, r: disc.r });
    part(node, "path", "ce-rel-bend", { d: moved ? `M${disc.ghost} ${disc.y}H${disc.x}` : "" });
    part(node, "path", "ce-rel-gap", { d: `M${disc.x} ${disc.from}V${disc.line}` });
    part(node, "circle", "ce-rel-ghost", { cx: disc.ghost, cy: disc.y, r: moved ? 4 : 0 });
    part(node, "circle", "ce-rel-centre", { ...at, r: 2.5 });
    write(node, "ce-rel-text", spots.get(disc.g), disc.said);
    const hand = part(node, "circle", "ce-hit ce-rel-hand", { ...at, r: Math.max(16, disc.r) });
    draggable(hand, ([to]) => drag(disc.g, dragged(state, disc.g, x.invert(to))));
  });
}

// Labels: what each disc, the base rate and the diagonal are, where there is room for it

/** The room that the discs and their strokes leave. */
function roomBesides(discs, left, right) {
  const space = room({ left: left - 2, right: right + 12 });
  for (const disc of discs) {
    const [a, b] = [Math.min(disc.x, disc.ghost) - 5, Math.max(disc.x, disc.ghost) + 5];
    space.take(boxAround(disc.x, disc.y, disc.r));
    space.take({ left: a, right: b, top: disc.y - 3, bottom: disc.y + 3 });
    const strokes = [disc.y, disc.from, disc.line];
    const [high, low] = [Math.min(...strokes), Math.max(...strokes)];
    space.take({ left: disc.x - 2, right: disc.x + 2, top: high, bottom: low });
  }
  return space;
}

function placesForBase(base, x, y) {
  const [left, right] = x.range;
  return [
    { x: right, y: base + 10, anchor: "end" },
    { x: right, y: base - 10, anchor: "end" },
    { x: left + 4, y: base - 10, anchor: "start" },
    { x: left + 4, y: base + 10, anchor: "start" },
  ].filter((spot) => spot.y < y(0) - 8);
}

/** Where each group's words stand, by group; the chosen one has the first choice. */
function discSpots(space, discs, chosen) {
  const order = [...discs].sort((a, b) => (b.g === chosen) - (a.g === chosen) || b.r - a.r);
  return new Map(
    order.map(({ g, x: at, y: height, ghost, r, said }) => {
      const [a, b] = [Math.min(at - r, ghost - 5), Math.max(at + r, ghost + 5)];
      const places = [
        { x: at + r + 5, y: height, anchor: "start" },
        { x: at - r - 5, y: height, anchor: "end" },
        { x: b + 5, y: height, anchor: "start" },
        { x: a - 5, y: height, anchor: "end" },
        { x: at + 5, y: height + r + 11, anchor: "start" },
        { x: at - 5, y: height - r - 11, anchor: "end" },
      ];
      return [g, space.find(places, sizeOf(said, 14))];
    }),
  );
}

/** Along the diagonal, above it, where nothing else stands. */
function paintDiagonalLabel(g, { x, y }, space) {
  const tilt = Math.atan2(y(1) - y(0), x(1) - x(0));
  const [cos, sin] = [Math.cos(tilt), Math.sin(tilt)];
  const boxes = (at) =>
    [-54, -36, -18, 0, 18, 36, 54].map((t) =>
      boxAround(x(at) + t * cos + 11 * sin, y(at) + t * sin - 11 * cos, 8),
    );
  const along = [0.5, 0.3, 0.7, 0.84, 0.16].find((at) => space.free(boxes(at)));
  const [to, turn] = [along ?? 0, (180 / Math.PI) * tilt];
  text(g, "ce-chance-label ce-rel-diagonal-label", [0, -7], along ? "as often as said" : "", {
    "text-anchor": "middle",
    transform: `translate(${x(to)} ${y(to)}) rotate(${turn})`,
  });
}

function boxAround(x, y, r) {
  return { left: x - r, right: x + r, top: y - r, bottom: y + r };
}

/** About how much room a text needs. */
function sizeOf(text, size) {
  return { width: 0.56 * size * text.length, height: size };
}

/** Write the words at their spot, or nothing when there is no room for them. */
function write(parent, name, spot, said) {
  const { x, y, anchor } = spot ?? { x: 0, y: 0, anchor: "start" };
  text(parent, name, [x, y + 4.5], spot ? said : "", { "text-anchor": anchor });
}

function paintHistogram(g, { top, bottom }, x, { state, numbers }) {
  const sizes = histogram(numbers.forecast, countsOf(state));
  const most = Math.max(...sizes);
  const width = (x(1) - x(0)) / sizes.length;
  const bins = part(g, "g", "ce-rel-bins");
  part(bins, "path", "ce-rel-ground", { d: `M${x(0)} ${bottom}H${x(1)}` });
  const caption = x(1) - x(0) < 240 ? "cases per tenth" : "cases in each tenth";
  text(bins, "ce-chance-label ce-rel-caption", [x(0), top - 2], caption);
  text(bins, "ce-axis-title ce-rel-title", [(x(0) + x(1)) / 2, bottom + 22], axisTitle(state), {
    "text-anchor": "middle",
  });
  each(bins, "rect", "ce-model-outline", sizes, (bar, size, i) => {
    const tall = ((bottom - top - 8) * size) / most;
    attrs(bar, { x: x(0) + i * width + 2, width: width - 4, y: bottom - tall, height: tall });
    attrs(bar, { hidden: size === 0 ? "" : null });
  });
}

function axisTitle({ temperature }) {
  if (temperature === 1) return "forecast, the probability stated";
  return `forecast, bent with T = ${shown(temperature, 3)}`;
}

// Wiring

function build({ stage, main, more, get, set }) {
  let now = null; // the state and its numbers
  let chosen = 0; // the group whose sliders are shown
  const [diagram, beside, below] = ["diagram", "beside", "below"].map((name) =>
    h("div", { class: `ce-rel-${name}` }),
  );
  stage.append(h("div", { class: "ce-rel-panels" }, diagram, beside, below));
  // A picture that stays in view has to be small on a phone: there one score, small, stands below it.
  const low = () => getComputedStyle(below).display !== "none";
  const picture = chart(diagram, { heightOf: (width) => layout(width, low()).height, paint });
  const scores = [scoresChart(beside, ["brier", "log"], WIDE), scoresChart(below, ["log"], SMALL)];
  function show() {
    chosen = Math.min(chosen, now.state.stated.length - 1);
    picture.show({ ...now, chosen, drag, low });
    for (const one of scores) one.show(now);
    panel.update(now.state, now.numbers, chosen);
  }
  function choose(g) {
    chosen = g;
    show();
  }
  function drag(g, patch) {
    if (g !== chosen) choose(g);
    set(patch);
  }
  const panel = makeControls({
    get: () => ({ ...get(), chosen }),
    best: () => now.numbers.best_temperature,
    set,
    choose,
    /** Change the groups; this one is chosen afterwards. */
    regroup(patch, next) {
      chosen = next;
      set(patch);
    },
  });
  main.append(...panel.main);
  more.append(...panel.more);
  return {
    update(state, numbers, guess) {
      now = { state, numbers, guess: guess && isAsked(state, guess.of) ? guess : null };
      show();
    },
    close() {
      for (const one of [picture, ...scores]) one.close();
    },
  };
}

function makeControls(hands) {
  const [groups, sliders, best] = [makeGroups(hands), makeSliders(hands), makeBest(hands)];
  const parts = [groups, sliders, best];
  return {
    main: sliders.main,
    more: [groups.el, sliders.el, best.el],
    update(...now) {
      for (const one of parts) one.update(...now);
    },
  };
}

function makeGroups({ get, choose, regroup }) {
  const groups = h("div");
  let pick = null;
  const add = button({ label: "Add a group", press: () => regroup(enlarged(get()), get().stated.length) });
  const remove = button({
    label: "Remove this",
    press: () => regroup(without(get(), get().chosen), Math.max(0, get().chosen - 1)),
  });
  return {
    el: h("div", { class: "ce-row" }, groups, add.el, remove.el),
    update({ stated }, _, chosen) {
      const count = stated.length;
      if (groups.querySelectorAll("input").length !== count) {
        pick = choice({ legend: "Group stating", options: stated.map((_, g) => [g, ""]), input: choose });
        groups.replaceChildren(pick.el);
      }
      groups.querySelectorAll("label span").forEach((span, g) => {
        setText(span, percent(stated[g]));
      });
      pick.update(chosen);
      add.update({ why: count < MOST_GROUPS ? "" : `There is room for ${MOST_GROUPS} groups.` });
      remove.update({ why: count > 1 ? "" : "One group has to stay." });
    },
  };
}

/** Whether these are the forecasts that the guess was about, however bent. */
function isAsked(state, of) {
  return ["stated", "cases", "hits"].every((name) => String(state[name]) === String(of[name]));
}

/** One group more, stating what is furthest from all others, and keeping its word. */
function enlarged({ stated, cases, hits }) {
  const f = widestGap(stated);
  return { stated: [...stated, f], cases: [...cases, 10], hits: [...hits, Math.round(10 * f)] };
}

function without({ stated, cases, hits }, g) {
  const others = (values) => values.filter((_, i) => i !== g);
  return { stated: others(stated), cases: others(cases), hits: others(hits) };
}

function makeSliders({ get, set }) {
  const give = (name, value) => set(given(get(), name, get().chosen, value));
  const stated = slider({
    label: "stated probability",
    low: 0,
    high: 1,
    step: 0.01,
    format: percent,
    input: (value) => give("stated", value),
  });
  const cases = slider({
    label: "cases",
    low: 1,
    high: MOST_CASES,
    step: 1,
    format: String,
    input: (value) => {
      const { chosen, hits } = get();
      set({
        ...given(get(), "cases", chosen, value),
        hits: hits.with(chosen, Math.min(hits[chosen], value)),
      });
    },
  });
  const hits = slider({
    label: "of them came true",
    low: 0,
    high: MOST_CASES,
    step: 1,
    format: (value) => `${value} of ${get().cases[get().chosen]}`,
    input: (value) => give("hits", Math.min(value, get().cases[get().chosen])),
  });
  const temperature = slider({
    label: "temperature T of all forecasts",
    low: COLDEST,
    high: HOTTEST,
    step: 0.01,
    scale: LOG,
    format: (value) => shown(value, 3),
    input: (value) => set({ temperature: value }),
  });
  return {
    main: [stated.el, temperature.el],
    el: h("div", { class: "ce-sliders" }, cases.el, hits.el),
    update(state, _, chosen) {
      stated.update(state.stated[chosen]);
      cases.update(state.cases[chosen]);
      hits.el.querySelector("input").max = state.cases[chosen];
      hits.update(state.hits[chosen]);
      temperature.update(state.temperature);
    },
  };
}

function makeBest({ set, best }) {
  const use = button({ label: "Use the best T", press: () => set({ temperature: best() }) });
  const straight = button({ label: "Back to T = 1", press: () => set({ temperature: 1 }) });
  const found = h("p", { class: "ce-why" });
  return {
    el: h("div", { class: "ce-row" }, use.el, straight.el, found),
    update(state, numbers) {
      use.update({ why: bestObstacle(state, numbers) });
      straight.update({ why: state.temperature === 1 ? "The forecasts are as stated." : "" });
      setText(
        found,
        USABLE.includes(numbers.verdict) && state.temperature === numbers.best_temperature
          ? foundAt(numbers, state.temperature)
          : withTemperature(numbers.verdict),
      );
    },
  };
}

function bestObstacle({ temperature }, { best_temperature: best, verdict }) {
  if (!USABLE.includes(verdict)) return withTemperature(verdict);
  if (best < COLDEST || best > HOTTEST) return "The best T lies outside the range shown here.";
  return temperature === best ? "The forecasts are bent with the best T." : "";
}

// Drawing and wiring of the likelihood. Its question: which belief makes these labels most probable?

import { clamp, toStep, withShare } from "../maths/hands.js";
import { crossEntropy, entropy, klDivergence, surprisal } from "../maths/information.js";
import { bestWith, frequencies, interval, logLikelihood } from "../maths/likelihood.js";
import { sum } from "../maths/numerics.js";
import { resized } from "../maths/two-distributions.js";
import { natsPer } from "../maths/units.js";
import spec from "../specs/likelihood.json";
import { CLEAR_OF_HANDLES, paintAxisWords, paintGrid } from "../ui/axes.js";
import { BARS_BELOW_WIDE, paintBars } from "../ui/bars.js";
import { chart, draggable } from "../ui/chart.js";
import { button, choice, slider, sliders } from "../ui/controls.js";
import { h } from "../ui/dom.js";
import { percent, shown } from "../ui/format.js";
import { defineExplorer } from "../ui/frame.js";
import { shareSliders } from "../ui/pair.js";
import { linear } from "../ui/scale.js";
import { paintStack, paintSum } from "../ui/stack.js";
import { each, part, pathThrough, text } from "../ui/svg.js";
import { filled } from "../ui/words.js";

const GENRES = spec.entries;
const { shortest, longest, high: MOST } = spec.fields.counts;
const { farthest } = spec.constants;
const STEPS = 160; // of the curve
const CHANCES = 1.7; // the prices' scale ends at so many times what the uniform q costs

export default defineExplorer({
  name: "likelihood",
  spec,
  headline: ["likelihood", "nll", "mean_nll", "ratio"],
  readout,
  build,
  check,
  say: meaning,
  describe: ({ counts, q, units }, numbers) =>
    `${counts.map((n, k) => `${n} ${GENRES[k]}, believed ${percent(q[k])}`).join("; ")}. ` +
    `The likelihood is ${shown(numbers.likelihood)}, −log of it ${shown(numbers.nll)} ${units}, ` +
    `the mean ${shown(numbers.mean_nll)}; the least possible mean is ${shown(numbers.entropy)}.`,
});

function check({ counts, q }) {
  const wanted = filled(spec.words.as_many, { count: counts.length, other: "counts" });
  if (counts.length !== q.length) throw new Error(`q should be ${wanted}`);
  if (sum(counts) === 0) throw new Error(`counts should be ${spec.words.no_song}`);
}

function readout({ counts, q, units }) {
  const unit = natsPer(units);
  const f = frequencies(counts);
  const labels = sum(counts);
  const nll = -logLikelihood(counts, q);
  const excess = klDivergence(f, q);
  const [error, low, high] = interval(counts);
  return {
    likelihood: power(-nll),
    nll: nll / unit,
    mean_nll: crossEntropy(f, q) / unit,
    ratio: power(labels * excess),
    log_likelihood: -nll / unit + 0,
    entropy: entropy(f) / unit,
    excess: excess / unit,
    best_likelihood: power(-labels * entropy(f)),
    labels,
    logit_error: error,
    low,
    high,
    counts,
    frequencies: f,
    q,
    prices: q.map((share) => surprisal(share) / unit),
  };
}

/** The power of e, or words where no float is near it. */
function power(exponent) {
  if (Math.abs(exponent) === Infinity) return exponent < 0 ? 0 : Infinity;
  if (Math.abs(exponent) > farthest) return spec.words[exponent > 0 ? "huge" : "tiny"];
  return Math.exp(exponent);
}

/** What the likelihood says in this state; `wrong` when it is 0. */
function meaning({ counts, q, view }, { frequencies: f, excess, ratio, low, high }) {
  const out = GENRES.filter((_, k) => counts[k] > 0 && q[k] === 0);
  if (out.length > 0)
    return {
      wrong: true,
      text: `Q rules out ${out.join(" and ")}, and it came. One factor of the product is 0, and so is all of it.`,
    };
  if (view === "curve") {
    const sure =
      low === 0 ? "" : ` ${sum(counts)} labels leave it between ${percent(low)} and ${percent(high)}.`;
    return {
      text: `The curve is lowest where Q says what was counted: ${GENRES[0]} ${percent(f[0])}.${sure}`,
    };
  }
  if (excess < 1e-12) {
    const never = GENRES.filter((_, k) => counts[k] === 0).slice(0, counts.length);
    const warn = never.length > 0 ? ` It rules out ${never[0]}: the first one to come will cost ∞.` : "";
    return { text: `Q says what was counted. No belief makes these labels more probable.${warn}` };
  }
  const times = typeof ratio === "string" ? ratio : shown(ratio, 3);
  return {
    text: `Each block is a label, as long as its price. The shortest row is ${times} times as probable.`,
    hint: "Make this one shorter.",
  };
}

/** A hand moves in half percents; the others then share what is left. */
function dragged(q, k, value) {
  return withShare(q, k, toStep(value, 200, { low: 0, high: 1 }));
}

// Drawing

function paint(svg, scene, size) {
  const { view } = scene.state;
  for (const [name, draw] of Object.entries({ labels: paintLabels, curve: paintCurve })) {
    const g = part(svg, "g", `ce-like-view-${name}`, { display: name === view ? null : "none" });
    if (name === view) draw(g, scene, size);
  }
}

/** The belief beside what was counted, and below it the price of every label. */
function paintLabels(g, { state, numbers, set, guess }, { width, height }) {
  const { counts, q, units } = state;
  const room = (width - 34) / counts.length;
  const names = counts.map((n, k) => {
    const whole = `${GENRES[k]} ×${n}`;
    return 6.8 * whole.length < room ? whole : `${GENRES[k][0]} ×${n}`;
  });
  const said = saidNats(state, guess);
  const below = said === null ? 22 : 58; // the guess has its name there
  const [bar, narrow] = [{ left: 34, right: width - 4, top: height - below }, width < 480];
  paintBars(g, {
    width,
    top: 20,
    bottom: bar.top - 56 - BARS_BELOW_WIDE,
    names,
    p: numbers.frequencies,
    q,
    wide: true,
    dragQ: (k, value) => set({ q: dragged(q, k, value) }),
  });
  const { labels, entropy: least, excess, nll } = numbers;
  const full = (CHANCES * labels * Math.log(counts.length)) / natsPer(units);
  const [floor, above] = [labels * least, labels * excess];
  paintStack(g, { ...bar, floor, excess: above, full, guess: said });
  paintBlocks(g, { ...bar, top: bar.top - 28, full }, state, numbers);
  paintSum(
    g,
    { ...bar, top: bar.top - 28 },
    { narrow, floor, price: nll, units, name: "−log of the product" },
  );
}

/** A block for each label, genre by genre, as long as the label's price. */
function paintBlocks(g, { left, right, top, full }, { counts }, { prices }) {
  const at = linear([0, full], [left, right]);
  let paid = 0;
  const blocks = counts.flatMap((n, k) =>
    Array.from({ length: n }, () => {
      const from = at.clamped(Math.min(paid, full));
      paid += prices[k];
      return { k, from, to: at.clamped(Math.min(paid, full)) };
    }),
  );
  each(g, "g", "ce-like-block", blocks, (block, { k, from, to }) => {
    const wide = to - from;
    const box = { x: from, y: top, width: wide, height: 22 };
    part(block, "rect", "ce-model-outline", box);
    text(block, "ce-like-initial", [from + wide / 2, top + 16], wide > 13 ? GENRES[k][0] : "");
  });
}

/** Where the row would end if the best belief won by the factor that the reader had said. */
function saidNats(state, guess) {
  if (!guess || String(state.counts) !== String(guess.of.counts)) return null;
  const asked = -logLikelihood(guess.of.counts, guess.of.q);
  return Math.max(0, asked - Math.log(guess.value)) / natsPer(state.units);
}

/** The mean price over the share of the first genre, the others at their best for it. */
function paintCurve(g, { state, numbers, set }, size) {
  const { counts, q, units } = state;
  const { width, height } = size;
  const unit = natsPer(units);
  const { entropy: floor, mean_nll: mean, frequencies: f, low, high } = numbers;
  const top = Math.max(2 * Math.log(counts.length), floor * unit + 0.8) / unit;
  const x = linear([0, 1], [42, width - 18]);
  const y = linear([0, top], [height - 46, 24]);
  const meanAt = (share) => crossEntropy(f, bestWith(counts, share)) / unit;
  const axes = {
    x,
    y,
    xTicks: [0, 0.25, 0.5, 0.75, 1],
    yTicks: y.ticks(5),
    xTitle: `q of ${GENRES[0]}`,
    yTitle: `mean of −log q, ${units}`,
    aside: CLEAR_OF_HANDLES,
  };
  paintGrid(g, axes);
  const [from, to] = [x(low), x(high)];
  part(g, "rect", "ce-like-interval", { x: from, width: to - from, y: y(floor), height: y(0) - y(floor) });
  part(g, "line", "ce-like-floor", { x1: x(0), x2: x(1), y1: y(floor), y2: y(floor) });
  const shares = Array.from({ length: STEPS + 1 }, (_, i) => i / STEPS);
  const inside = shares.map((share) => [share, meanAt(share)]);
  part(g, "path", "ce-like-curve", {
    d: pathThrough(inside.map(([share, value]) => (value <= top ? [x(share), y(value)] : null))),
  });
  const lowest = [x(f[0]), y(floor)];
  part(g, "path", "ce-like-lowest", { d: "M0 -6L6 0L0 6L-6 0Z", transform: `translate(${lowest})` });
  const point = [x(q[0]), y.clamped(Math.min(mean, top))];
  part(g, "line", "ce-drop", { x1: point[0], x2: point[0], y1: point[1], y2: y(0) });
  part(g, "circle", "ce-point", { cx: point[0], cy: point[1], r: 8 });
  paintAxisWords(g, axes);
  const side = f[0] > 0.5 ? -1 : 1;
  const words = `lowest at ${percent(f[0])}: ${shown(floor)}${width < 330 ? "" : ", the entropy"}`;
  const anchor = { "text-anchor": side < 0 ? "end" : "start" };
  const under = y(0) - y(floor) > 44 ? 18 : -10; // the axis and the interval have words, too
  text(g, "ce-like-lowest-label", [x(side < 0 ? 1 : 0) + 6 * side, y(floor) + under], words, anchor);
  const share = low === 0 ? "" : `95 %: ${percent(low)} to ${percent(high)}`;
  const centre = clamp((from + to) / 2, x(0) + 74, x(1) - 74);
  text(g, "ce-like-interval-label", [centre, y(0) - 8], share);
  const beyond = mean > top ? `↑ ${shown(mean, 3)}` : "";
  const away = q[0] > 0.5 ? -14 : 14;
  const end = { "text-anchor": away < 0 ? "end" : "start" };
  text(g, "ce-like-beyond", [point[0] + away, point[1] + 26], beyond, end);
  const area = { x: 0, y: 0, width, height };
  draggable(part(g, "rect", "ce-hit ce-like-hand", area), ([px]) =>
    set({ q: bestWith(counts, toStep(x.invert(px), 200, { low: 0, high: 1 })) }),
  );
}

// Wiring

function build({ stage, main, more, get, set }) {
  const picture = chart(stage, { heightOf: (width) => (width < 480 ? 310 : 350), paint });
  const panel = makeControls(get, set);
  main.append(panel.q.el);
  more.append(...panel.els);
  return {
    update(state, numbers, guess) {
      picture.show({ state, numbers, set, guess });
      panel.update(state);
    },
    close: picture.close,
  };
}

function makeControls(get, set) {
  const view = choice({
    legend: "Show",
    options: [
      ["labels", "every label"],
      ["curve", "the mean as a curve"],
    ],
    input: (value) => set({ view: value }),
  });
  const kinds = choice({
    legend: "Genres",
    options: GENRES.map((_, k) => [k + 1, String(k + 1)]).slice(shortest - 1, longest),
    input: (value) => set(withKinds(get(), value)),
  });
  const q = makeBelief(get, set);
  const counts = makeCounts(get, set);
  const presses = h("div", { class: "ce-row" }, ...makePresses(get, set));
  return {
    q,
    els: [h("div", { class: "ce-row" }, view.el, kinds.el), counts.el, presses],
    update(state) {
      view.update(state.view);
      kinds.update(state.counts.length);
      q.update(state.q);
      counts.update(state.counts);
    },
  };
}

/** Another number of genres: a newcomer has one song, and an even share of the belief. */
function withKinds({ counts, q }, kinds) {
  const more = Array.from({ length: kinds }, (_, k) => counts[k] ?? 1);
  return { counts: sum(more) > 0 ? more : more.map(() => 1), q: resized(q, kinds) };
}

function makeBelief(get, set) {
  const shares = shareSliders("q", GENRES, (share) => share, get, set);
  const attributes = { class: "ce-two-group has-names ce-like-q" };
  const legend = h("legend", {}, "Q, the belief in each genre");
  return { el: h("fieldset", attributes, legend, ...shares.els), update: shares.update };
}

function makeCounts(get, set) {
  const all = sliders(GENRES, (name, k) =>
    slider({
      label: name,
      low: 0,
      high: MOST,
      step: 1,
      format: String,
      input: (value) => set({ counts: counted(get().counts, k, value) }),
      keep: () => get().counts,
      back: (whole) => set({ counts: whole }),
    }),
  );
  const attributes = { class: "ce-two-group has-names ce-like-counts" };
  return { el: h("fieldset", attributes, h("legend", {}, "Songs"), ...all.els), update: all.update };
}

/** Another count; the last song of all stays. */
function counted(counts, k, value) {
  const next = counts.map((count, j) => (j === k ? value : count));
  return sum(next) > 0 ? next : counts;
}

/** The buttons, and the belief that each makes of the counts. */
const PRESSES = [
  ["Q := frequencies", frequencies],
  ["Q := uniform", (counts) => counts.map(() => 1 / counts.length)],
  ["Q := one song more of each", (counts) => frequencies(counts.map((count) => count + 1))],
];

function makePresses(get, set) {
  return PRESSES.map(
    ([label, belief]) => button({ label, press: () => set({ q: belief(get().counts) }) }).el,
  );
}

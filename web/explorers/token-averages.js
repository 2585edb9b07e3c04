// Drawing and wiring of the token averages. Its question: which mean of the token losses is this, and
// how far off is it?

import { toStep } from "../maths/hands.js";
import { sum } from "../maths/numerics.js";
import {
  average,
  gap,
  perplexity,
  reports,
  sharers,
  total,
  weights,
  withTokens,
} from "../maths/token-averages.js";
import spec from "../specs/token-averages.json";
import { tick } from "../ui/axes.js";
import { chart, draggableUp } from "../ui/chart.js";
import { checkbox, choice, slider } from "../ui/controls.js";
import { attrs, h, setText, uid } from "../ui/dom.js";
import { computed, plain } from "../ui/format.js";
import { defineExplorer } from "../ui/frame.js";
import { room, spread } from "../ui/room.js";
import { linear } from "../ui/scale.js";
import { each, make, part, say, text } from "../ui/svg.js";
import { counted } from "../ui/words.js";

const { fields, words, constants } = spec;
const RANKS = ["a", "b"];
const SLOTS = RANKS.map((rank) => fields[rank].longest);
const ALL = sum(SLOTS);
const WAYS = fields.way.names;
const LIMITS = fields.a; // of a loss
const NAMES = { means: "mean of means", tokens: "token mean", slots: "over all slots" };
const CHIP = 38; // how high the weights below the bars are
const [NARROW, WIDE] = [240, 248]; // how far down the bars stand

export default defineExplorer({
  name: "token-averages",
  spec,
  headline: ({ way }) => HEADLINES[way],
  readout,
  build,
  say: (state, numbers) => ABOUT[state.way](state, numbers),
  describe,
});

const HEADLINES = {
  means: ["mean_of_means", "means_off", "ratio", "mean_perplexity"],
  tokens: ["token_mean", "scaled_a", "scaled_b", "perplexity"],
  slots: ["slot_mean", "slots_off", "share", "token_mean"],
};

function readout(state) {
  const { losses, masks, tokens, told, results } = computedFrom(state);
  const heavy = weights(...masks, state.way);
  const counts = masks.flat();
  const numbers = {
    mean_of_means: results.means,
    token_mean: results.tokens,
    slot_mean: results.slots,
    means_off: gap(results.means, results.tokens, constants.same),
    slots_off: gap(results.slots, results.tokens, constants.same),
    ratio: Math.min(...tokens) > 0 ? tokens[1] / tokens[0] : null,
    share: sum(tokens) / ALL,
    mean_a: told.means[0],
    mean_b: told.means[1],
    tokens_a: tokens[0],
    tokens_b: tokens[1],
    scaled_a: told.tokens[0],
    scaled_b: told.tokens[1],
    perplexity: perplexity(results.tokens),
    mean_perplexity: average(told.means.map(perplexity)),
    losses: losses.map((loss, i) => (counts[i] ? loss : words.masked)),
    weights: heavy,
    adds: losses.map((loss, i) => heavy[i] * loss * counts[i]),
  };
  const named = Object.entries(numbers).map(([key, value]) => [key, value ?? words.nan]);
  return Object.fromEntries(named);
}

/** The two ranks' sums and counts, and by each way what they report and its average. */
function computedFrom(state) {
  const masks = RANKS.map((rank) => state[`mask_${rank}`]);
  const totals = RANKS.map((rank, r) => total(state[rank], masks[r]));
  const [sums, tokens] = [0, 1].map((k) => totals.map((one) => one[k]));
  const told = Object.fromEntries(WAYS.map((way) => [way, reports(sums, tokens, SLOTS, way)]));
  const results = Object.fromEntries(WAYS.map((way) => [way, average(told[way])]));
  return { losses: RANKS.flatMap((rank) => state[rank]), masks, sums, tokens, told, results };
}

// What is said

const ABOUT = { means: aboutMeans, tokens: aboutTokens, slots: aboutSlots };

function aboutMeans(_, { tokens_a: a, tokens_b: b, means_off: off }) {
  const empty = ["A", "B"].filter((_, r) => [a, b][r] === 0);
  if (empty.length > 0) {
    const rest = empty.length === 2 ? "and so is the average" : "and so is the average with it";
    return {
      wrong: true,
      text: `No token of ${empty.join(" or ")} counts: the mean is 0 ÷ 0, NaN as in PyTorch, ${rest}.`,
    };
  }
  if (a === b)
    return `A and B have ${a} each, so every token weighs 1/${2 * a}: the mean of means is the token mean.`;
  const [few, many] = a < b ? ["A", "B"] : ["B", "A"];
  const times = plain(Math.max(a, b) / Math.min(a, b), 3);
  const weighs = `A and B count for half each, and a token of ${few} as much as ${times} of ${many}`;
  if (off === 0) return `${weighs}. As their means are the same, nobody notices.`;
  return `${weighs}: ${computed(Math.abs(off))} ${off < 0 ? "below" : "above"} the token mean.`;
}

function aboutTokens(_, { tokens_a: a, tokens_b: b }) {
  const both = a + b;
  if (both === 0)
    return {
      wrong: true,
      text: "No token counts: the mean of nothing is 0 ÷ 0, NaN as in PyTorch. The sum is 0.",
    };
  const scaled = `The average of both sums × 2 ÷ ${both} is the token mean.`;
  return `Every token weighs 1/${both}, whoever holds it. ${scaled}`;
}

function aboutSlots(_, { tokens_a: a, tokens_b: b, slots_off: off, token_mean: mean }) {
  const both = a + b;
  if (both === ALL) return `No slot is masked: all ${ALL} hold a token, and this is the token mean.`;
  if (both === 0) {
    const text = "No token counts, and this mean is 0 ÷ 12: 0, as if all were foretold. The others say NaN.";
    return { wrong: true, text };
  }
  const padding = `${counted(ALL - both, "masked slot")} ${both === ALL - 1 ? "counts" : "count"} as a loss of 0`;
  if (off === 0) return `${padding}. As the tokens cost nothing either, nobody notices.`;
  return `${padding}: what is left is ${both}/${ALL} of the token mean, ${computed(Math.abs(off))} below ${computed(mean)}.`;
}

function describe(state, numbers) {
  const { losses } = numbers;
  const list = (from, to) =>
    losses.slice(from, to).map((loss) => (loss === words.masked ? loss : plain(loss, 3)));
  const [a, b] = [list(0, SLOTS[0]), list(SLOTS[0])].map((one) => one.join(", "));
  const results = [numbers.mean_of_means, numbers.token_mean, numbers.slot_mean].map(computed);
  return (
    `${capital(nameOf(state, "A"))} holds ${a}; ${nameOf(state, "B")} holds ${b}. Mean of means ${results[0]}, ` +
    `token mean ${results[1]}, over all slots ${results[2]}. Chosen: ${NAMES[state.way]}.`
  );
}

function capital(sentence) {
  return sentence[0].toUpperCase() + sentence.slice(1);
}

/** What a half is called: rank A, or micro-batch B. */
function nameOf({ parts }, letter) {
  return `${parts === "ranks" ? "rank" : "micro-batch"} ${letter}`;
}

// The picture: a bar for each token, as high as its loss and as wide as its weight; below it the
// weight, to press, and what each rank makes of its sum.

function paint(svg, { state, set, guess }, { width }) {
  const plot = { ...lay(state, width), said: isAsked(state, guess) ? guess.value : null };
  paintTicks(svg, plot);
  paintKey(svg, plot);
  paintMasked(svg, plot);
  paintGuess(svg, plot);
  each(svg, "g", "ce-column ta-token", plot.slots, (g, token) => paintBar(g, token, plot));
  paintRanks(svg, state, plot);
  paintLines(svg, state, plot);
  each(svg, "text", "ta-loss", named(state, plot), paintLoss);
  each(svg, "g", "ta-chip", plot.slots, (g, token) => paintChip(g, token, plot));
  paintReports(svg, state, plot);
  each(svg, "g", "ta-hands", plot.slots, (g, token) => paintHands(g, token, plot, { state, set }));
}

/** Where everything stands, and each slot as { rank, i, loss, counts, weight, among, x }. */
function lay(state, width) {
  const narrow = width < 480;
  const [left, right, between] = narrow ? [14, 60, 6] : [30, 176, 22];
  const slot = (width - left - right - between) / ALL;
  const y = linear([LIMITS.low, LIMITS.high], narrow ? [NARROW, 60] : [WIDE, 58]);
  const found = computedFrom(state);
  const heavy = weights(...found.masks, state.way);
  const among = sharers(...found.masks, state.way);
  const begins = [left, left + SLOTS[0] * slot + between];
  const slots = RANKS.flatMap((rank, r) =>
    state[rank].map((loss, i) => {
      const all = r * SLOTS[0] + i;
      return {
        rank,
        i,
        loss,
        counts: found.masks[r][i] === 1,
        weight: heavy[all],
        among: among[r],
        x: begins[r] + i * slot,
      };
    }),
  );
  const spans = begins.map((begin, r) => [begin, begin + SLOTS[r] * slot]);
  return {
    ...found,
    narrow,
    slot,
    y,
    slots,
    spans,
    heaviest: Math.max(...heavy),
    edge: width - right,
    width,
  };
}

function paintTicks(svg, { y, narrow, spans }) {
  const values = [0, 1, 2, 3, 4];
  each(svg, "g", "ce-tick", values, (g, value) => {
    const at = { y1: y(value), y2: y(value) };
    part(g, "line", "ce-tick-line ta-a", { x1: spans[0][0], x2: spans[0][1], ...at });
    part(g, "line", "ce-tick-line ta-b", { x1: spans[1][0], x2: spans[1][1], ...at });
    const place = [spans[0][0] - (narrow ? 5 : 8), y(value)];
    text(g, "ce-tick-text", place, tick(value), { "text-anchor": "end", dy: "0.32em" });
  });
}

/** What a bar is, above the lines' names. */
function paintKey(svg, { narrow, edge, width }) {
  const key = width < 300 ? ["", ""] : ["high: loss, nats", "wide: weight"];
  const [x, anchor] = narrow ? [width - 1, "end"] : [edge + 14, "start"];
  for (const [k, words] of key.entries())
    text(svg, `ta-key ta-key-${k}`, [x, 14 + 18 * k], words, { "text-anchor": anchor });
}

/** Slots that hold no token, hatched from top to bottom. */
function paintMasked(svg, { slots, slot, y }) {
  const fill = hatching(svg);
  const unused = slots.filter(({ counts }) => !counts);
  each(svg, "rect", "ta-masked", unused, (node, { x }) =>
    attrs(node, { x: x + 1, width: slot - 2, y: y(LIMITS.high), height: y(0) - y(LIMITS.high), fill }),
  );
}

function paintBar(g, { loss, counts, weight, x }, { slot, y, heaviest }) {
  const wide = counts ? Math.max(2, 0.84 * slot * (weight / heaviest)) : 0.5 * slot;
  const middle = x + slot / 2;
  const bar = { x: middle - wide / 2, width: wide, y: y(loss), height: y(0) - y(loss) };
  part(g, "rect", "ta-bar", bar);
  g.classList.toggle("is-masked", !counts);
  // A masked slot that counts adds its weight's width, and no height.
  const flat = counts || weight === 0 ? 0 : 0.84 * slot * (weight / heaviest);
  part(g, "rect", "ta-zero", { x: middle - flat / 2, width: flat, y: y(0) - 2, height: flat && 4 });
  const grip = Math.min(18, 0.6 * slot);
  part(g, "rect", "ce-grip ce-grip-q", {
    x: middle - grip / 2,
    y: y(loss) - 3,
    width: grip,
    height: 6,
    rx: 3,
  });
}

/**
 * Each loss in figures above its bar: a little higher where a mean's line would run through it, and
 * higher in any case where its neighbour's figures stand.
 */
function named(state, plot) {
  const { slots, slot, y, narrow, width } = plot;
  const [lines, figures] = [0, 1].map(() => room({ left: 0, right: width }));
  for (const { at, x1, x2 } of linesIn(state, plot))
    lines.take({ left: x1, right: x2, top: at - 2, bottom: at + 2 });
  figures.take({ left: 0, right: width, top: 0, bottom: 38 }); // what the ranks are called
  return slots.map(({ loss, counts, x }) => {
    const words = counts ? tick(Number(loss.toFixed(narrow ? 1 : 2))) : "";
    const [middle, half] = [x + slot / 2, 3.5 * words.length + 0.5];
    const boxOf = (up) => {
      const bottom = y(loss) - 8 - up;
      return { left: middle - half, right: middle + half, top: bottom - 9, bottom };
    };
    const near = [0, 3, 6, 9, 12, 15, 18].map(boxOf);
    const box =
      near.find((one) => lines.free([one]) && figures.free([one])) ??
      [...near, ...[22, 26, 30].map(boxOf)].find((one) => figures.free([one])) ??
      near[0];
    if (words) figures.take(box);
    return { words, x: middle, y: box.bottom };
  });
}

/** The lines across the picture, as { at, x1, x2 }: the means, the ranks' own, and the guess. */
function linesIn({ way }, { results, told, spans, y, edge, said }) {
  const across = [...WAYS.map((name) => results[name]), said].map((value) => [value, spans[0][0], edge]);
  const own = way === "means" ? told.means.map((mean, r) => [mean, ...spans[r]]) : [];
  const seen = [...across, ...own].filter(([value]) => value !== null);
  return seen.map(([value, x1, x2]) => ({ at: y.clamped(value), x1, x2 }));
}

function paintLoss(node, { words, x, y }) {
  attrs(node, { x, y });
  say(node, words);
}

/** What each rank is called, above its tokens, and its own mean. */
function paintRanks(svg, state, { spans, told, y, narrow }) {
  const letters = RANKS.map((rank) => rank.toUpperCase());
  const whole = letters.map((letter) => nameOf(state, letter));
  const fit = spans.every(([from, to], r) => 8.6 * whole[r].length < to - from);
  const names = fit ? whole : letters; // alike, where one has no room for the whole
  each(svg, "g", "ta-rank", RANKS, (g, _, r) => {
    const [from, to] = spans[r];
    const mean = told.means[r];
    text(g, "ta-rank-name", [from, 14], names[r]);
    const written = narrow && mean !== null ? tick(Number(mean.toPrecision(3))) : computed(mean ?? words.nan);
    text(g, "ta-rank-mean", [from, 32], `mean ${written}`);
    const seen = state.way === "means" && mean !== null;
    const at = seen ? y(mean) : 0;
    part(g, "line", "ta-own-mean", { x1: from, x2: seen ? to : from, y1: at, y2: at });
  });
}

/** A line for each mean, its name at its end; between the ranks, how far the chosen one is off. */
function paintLines(svg, state, plot) {
  const { results, y, spans, narrow, edge, said } = plot;
  const means = WAYS.map((way) => ({
    way,
    name: narrow ? way : NAMES[way],
    value: results[way],
    y: results[way] === null ? y(LIMITS.high) : y(results[way]),
    chosen: way === state.way,
  })).sort((one, other) => one.chosen - other.chosen);
  each(svg, "line", "ta-line", means, (node, { way, value, y: at, chosen }) => {
    const [x1, x2] = value === null ? [0, 0] : [spans[0][0], edge];
    attrs(node, { class: `ta-line ta-${way}${chosen ? " is-chosen" : ""}`, x1, x2, y1: at, y2: at });
  });
  paintOff(svg, results[state.way], results.tokens, { x: (spans[0][1] + spans[1][0]) / 2, y });
  const guess =
    said === null
      ? []
      : [{ name: narrow ? "guess" : "your guess", value: said, y: y.clamped(said), isGuess: true }];
  paintEnds(svg, [...means, ...guess], plot);
}

/** What the reader had said the token mean is: a line behind the bars, named at its end. */
function paintGuess(svg, { said, y, spans, edge }) {
  const at = said === null ? 0 : y.clamped(said);
  const ends = { x1: spans[0][0], x2: said === null ? spans[0][0] : edge };
  part(part(svg, "g", "ce-guess"), "line", "ta-guess", { ...ends, y1: at, y2: at });
}

/** An arrow from the token mean to the mean that is chosen. */
function paintOff(svg, result, mean, { x, y }) {
  const off = result === null || mean === null ? 0 : y(result) - y(mean);
  const seen = Math.abs(off) > 9;
  const way = Math.sign(off);
  part(svg, "path", "ta-off", { d: seen ? `M${x} ${y(mean)}V${y(result) - 7 * way}` : "" });
  part(svg, "path", "ta-off-head", {
    d: seen ? `M${x - 4.5} ${y(result) - 8 * way}h9L${x} ${y(result) - way}Z` : "",
  });
}

/**
 * Names and values where the lines end, moved apart; a lead goes from each line to its name. Where there
 * is little room, the names alone: the readouts have the values.
 */
function paintEnds(svg, ends, { y, narrow, edge }) {
  const [gapOf, low, high] = narrow ? [17, y(LIMITS.high), y(0) - 4] : [17, y(LIMITS.high), y(0)];
  each(svg, "g", "ta-end", spread(ends, gapOf, low, high), (g, end) => {
    const { name, value, y: at, chosen = false, isGuess = false, way } = end;
    const level = value === null ? null : y.clamped(value);
    const x = edge + (narrow ? 10 : 14);
    attrs(g, { class: `ta-end${chosen ? " is-chosen" : ""}${isGuess ? " is-guess" : ""}` });
    const lead = level === null ? "" : `M${edge} ${level}L${x - 3} ${at}`;
    part(g, "path", "ta-lead", { d: lead });
    g.firstChild.classList.toggle("ta-means", way === "means");
    const beyond = isGuess && value > LIMITS.high ? "↑ " : "";
    const number = `${beyond}${isGuess ? plain(value, 3) : computed(value ?? words.nan)}`;
    text(g, "ta-end-name", [x, at + 4], narrow ? `${beyond}${name}` : `${name} ${number}`);
  });
}

/** A token's weight as a fraction, to press; nothing where it does not count. */
function paintChip(g, { counts, weight, among, x }, { slot, y }) {
  const [top, middle] = [y(0) + 8, x + slot / 2];
  g.classList.toggle("is-masked", !counts);
  const inset = Math.min(1.5, 0.045 * slot);
  part(g, "rect", "ta-chip-ground", { x: x + inset, width: slot - 2 * inset, y: top, height: CHIP, rx: 5 });
  const [above, below] = weight > 0 ? ["1", String(among)] : ["", ""];
  const half = weight > 0 ? Math.min(3.6 * below.length + 1, slot / 2 - 5) : 0;
  text(g, "ta-above", [middle, top + 15], above);
  part(g, "line", "ta-bar-line", { x1: middle - half, x2: middle + half, y1: top + 19, y2: top + 19 });
  text(g, "ta-below", [middle, top + 32], below);
}

/** What each rank reports, and the average of that. */
function paintReports(svg, { way }, { sums, tokens, told, results, spans, y, narrow, edge }) {
  const [first, second] = [y(0) + CHIP + 28, y(0) + CHIP + 46];
  const times = (part_, count) => `${part_} × 2 ÷ ${count}`;
  const formula = (r) => {
    const share = narrow ? tick(Number(sums[r].toPrecision(3))) : plain(sums[r], 3);
    if (way === "means") return `${share} ÷ ${tokens[r]}`;
    return times(share, way === "tokens" ? sum(tokens) : ALL);
  };
  each(svg, "g", "ta-report", RANKS, (g, _, r) => {
    const whole = formula(r);
    text(g, "ta-formula", [spans[r][0], first], narrow ? whole.replaceAll(" ", "") : whole);
    text(g, "ta-result", [spans[r][0], second], `= ${computed(told[way][r] ?? words.nan)}`);
  });
  const x = edge + (narrow ? 7 : 14);
  text(svg, "ta-formula ta-average", [x, first], narrow ? "average" : "average of the two");
  text(
    svg,
    "ta-result ta-average",
    [x, second],
    `${narrow ? "" : "= "}${computed(results[way] ?? words.nan)}`,
  );
  text(svg, "ta-weight", [x, y(0) + 23], narrow ? "weight" : "its weight");
  text(svg, "ta-press ce-hint", [x, y(0) + 39], narrow ? "to press" : "press to mask or not");
}

/** Invisible areas for hands: the column above a token, and its weight below. */
function paintHands(g, { rank, i, counts, x }, { slot, y }, { state, set }) {
  const column = { x, width: slot, y: y(LIMITS.high) - 14, height: y(0) - y(LIMITS.high) + 14 };
  draggableUp(part(g, "rect", "ce-hit ce-hit-q", column), ([, at]) =>
    set({ [rank]: state[rank].with(i, toStep(y.invert(at), 10, LIMITS)) }),
  );
  const chip = { x, width: slot, y: y(0) + 4, height: CHIP + 8 };
  part(g, "rect", "ce-hit ce-pick", chip).onclick = () => set(masked(state, rank, i, counts));
}

function masked(state, rank, i, now) {
  const name = `mask_${rank}`;
  return { [name]: state[name].with(i, now ? 0 : 1) };
}

/** Whether these are the tokens that the reader has guessed about, in whatever way. */
function isAsked(state, guess) {
  const parts = ["a", "b", "mask_a", "mask_b"];
  return guess?.kind === "number" && parts.every((name) => String(state[name]) === String(guess.of[name]));
}

const patterns = new WeakMap(); // svg → what to write into a `fill`

/** Put the hatching of what does not count into `svg`, once; returns what to write into a `fill`. */
function hatching(svg) {
  if (!patterns.has(svg)) {
    const id = uid("hatch");
    const pattern = make("pattern", { id, width: 7, height: 7, patternUnits: "userSpaceOnUse" });
    attrs(pattern, { patternTransform: "rotate(45)" });
    pattern.append(make("line", { class: "ta-hatch-line", y2: 7 }));
    part(svg, "defs", "ta-patterns").append(pattern);
    patterns.set(svg, `url(#${id})`);
  }
  return patterns.get(svg);
}

// The wiring

function build({ stage, main, more, get, set }) {
  const heightOf = (width) => (width < 480 ? NARROW : WIDE) + CHIP + 52;
  const picture = chart(stage, { heightOf, paint });
  const panel = makeControls(get, set);
  main.append(...panel.main);
  more.append(...panel.more);
  return {
    update(state, numbers, guess) {
      picture.show({ state, numbers, set, guess });
      panel.update(state, numbers);
    },
    close: picture.close,
  };
}

function makeControls(get, set) {
  const way = choice({
    legend: "Average by",
    options: WAYS.map((name) => [name, NAMES[name]]),
    input: (value) => set({ way: value }),
  });
  way.el.classList.add("ta-way");
  const counts = RANKS.map((rank, r) =>
    slider({
      label: `tokens of ${rank.toUpperCase()} that count`,
      low: 0,
      high: SLOTS[r],
      step: 1,
      format: String,
      input: (value) => set({ [`mask_${rank}`]: withTokens(get()[`mask_${rank}`], value) }),
      keep: () => get()[`mask_${rank}`],
      back: (whole) => set({ [`mask_${rank}`]: whole }),
    }),
  );
  const parts = choice({
    legend: "A and B are",
    options: fields.parts.names.map((name) => [name, name]),
    input: (value) => set({ parts: value }),
  });
  const tokens = RANKS.map((rank, r) => makeTokens(rank, SLOTS[r], get, set));
  return {
    main: [way.el, ...counts.map(({ el }) => el)],
    more: [parts.el, ...tokens.map(({ el }) => el)],
    update(state, numbers) {
      way.update(state.way);
      parts.update(state.parts);
      for (const one of tokens) one.update(state);
      for (const [r, rank] of RANKS.entries()) counts[r].update(numbers[`tokens_${rank}`]);
    },
  };
}

/** For each slot of a rank its loss, and whether it counts. */
function makeTokens(rank, slots, get, set) {
  const letter = rank.toUpperCase();
  const all = Array.from({ length: slots }, (_, i) => {
    const loss = slider({
      label: `loss of ${letter}${i + 1}`,
      ...LIMITS,
      step: 0.1,
      format: (value) => plain(value, 3),
      input: (value) => set({ [rank]: get()[rank].with(i, value) }),
    });
    const counts = checkbox({
      label: `${letter}${i + 1} counts`,
      input: (checked) => set(masked(get(), rank, i, !checked)),
    });
    return { el: h("div", { class: "ta-one" }, loss.el, counts.el), loss, counts };
  });
  const legend = h("legend", {}, `The slots of ${letter}`);
  return {
    el: h("fieldset", { class: "ta-tokens" }, legend, ...all.map(({ el }) => el)),
    update(state) {
      setText(legend, `The slots of ${nameOf(state, letter)}`);
      for (const [i, { loss, counts }] of all.entries()) {
        loss.update(state[rank][i]);
        counts.update(state[`mask_${rank}`][i] === 1);
      }
    },
  };
}

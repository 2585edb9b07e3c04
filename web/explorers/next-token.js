// Drawing and wiring of the next token. Its question: what does each letter of your sentence cost?

import speech from "../../ce_lib/texts/gettysburg.txt";
import { entropy } from "../maths/information.js";
import { contextAt, counts, distribution, prices } from "../maths/ngram.js";
import { sum } from "../maths/numerics.js";
import { SYMBOLS, train, typed } from "../maths/texts.js";
import { guessIn, natsPer } from "../maths/units.js";
import spec from "../specs/next-token.json";
import * as alice from "../texts/alice.js";
import { tick } from "../ui/axes.js";
import { chart } from "../ui/chart.js";
import { choice, slider } from "../ui/controls.js";
import { attrs, h, setText, uid } from "../ui/dom.js";
import { computed, percent, plain } from "../ui/format.js";
import { defineExplorer } from "../ui/frame.js";
import { guessLine } from "../ui/guess-line.js";
import { room, spread } from "../ui/room.js";
import { linear } from "../ui/scale.js";
import { each, part, say, text } from "../ui/svg.js";

const { fields, words, constants } = spec;
const { longest } = fields.text;
const NARROW = 480;
const TILE = 20; // px, the height of a letter's tile
const HINT = "Press a letter above, or move the cursor, to see what the model expected there.";
const [ROOMY, ROOMIER] = [24, 36]; // px a letter, for a price with one decimal, and with two

const FILES = { address: () => speech, alice: () => alice.now() };
const read = {}; // source → what the model has read

/** What a model of this source has read. */
function readFrom(source) {
  read[source] ??= train(FILES[source]());
  return read[source];
}

export default defineExplorer({
  name: "next-token",
  spec,
  headline: ["each", "tested", "gzip", "total"],
  comes: ({ source }) => (FILES[source]() === null ? alice.brought() : null),
  readout,
  build,
  say: about,
  describe,
});

function readout({ order, text: sentence, smoothing, source, place, units }) {
  const [known, unit] = [readFrom(source), natsPer(units)];
  const paid = prices(known, sentence, order, smoothing);
  const total = sum(paid);
  const context = contextAt(sentence, order, place);
  const q = distribution(known, context, smoothing);
  return {
    each: total / paid.length / unit,
    tested: (constants.tested[source][smoothing][order] ?? Infinity) / unit,
    gzip: (constants.gzip[source] * Math.LN2) / unit,
    total: total / unit,
    perplexity: Math.exp(total / paid.length),
    context: quoted(context),
    seen: sum(counts(known, context)),
    expected: sum(q) > 0 ? entropy(q) / unit : words.never,
    letters: [...sentence].map(named),
    prices: paid.map((price) => price / unit),
    symbols: [...SYMBOLS].map(named),
    next: q,
  };
}

// What is said

function quoted(symbols) {
  return `“${symbols}”`;
}

function named(symbol) {
  return symbol === " " ? words.space : quoted(symbol);
}

function called(symbol) {
  return symbol === " " ? "a space" : quoted(symbol);
}

/** A price in words. */
function priced(value, units) {
  return value < 0.0005 ? "next to nothing" : `${plain(value, 3)} ${units}`;
}

function about(state, numbers) {
  const { order, text: sentence } = state;
  const never = numbers.prices.indexOf(Infinity);
  if (never >= 0) {
    const [letter, context] = [called(sentence[never]), contextAt(sentence, order, never)];
    const where = context ? `followed ${quoted(context)}` : "came";
    return {
      wrong: true,
      text: `In what it read, ${letter} never ${where}: probability 0, so it costs ∞, and with it the whole text.`,
    };
  }
  return `${whence(state, numbers)} ${whither(state, numbers)}`;
}

/** What the model looks back on where the reader looks. */
function whence({ order, smoothing }, { context, seen }) {
  if (order === 0) return "Wherever it stands,";
  return seen === 0 ? `It never read ${context}${UNREAD[smoothing]}:` : `After ${context},`;
}

const UNREAD = {
  "witten-bell": ", and falls back on less",
  add: ", and takes all symbols for alike",
  none: "",
};

/** What it gave there. */
function whither({ text: sentence, place, units }, numbers) {
  const expected = typeof numbers.expected === "number" ? priced(numbers.expected, units) : "";
  if (place < sentence.length) {
    const [letter, q] = [sentence[place], numbers.next[SYMBOLS.indexOf(sentence[place])]];
    const paid = priced(numbers.prices[place], units);
    return `${called(letter)} had ${percent(q)} and costs ${paid}. The model expected to pay ${expected}.`;
  }
  const best = Math.max(...numbers.next);
  if (best === 0) return "nothing is possible any more.";
  const likeliest = called(SYMBOLS[numbers.next.indexOf(best)]);
  return `${likeliest} is likeliest, with ${percent(best)}. The model expects to pay ${expected}.`;
}

function describe({ text: sentence, units }, numbers) {
  const paid = numbers.prices.map((price, i) => `${numbers.letters[i]} ${plain(price, 3)}`);
  return (
    `What each letter of ${quoted(sentence)} costs, in ${units}: ${paid.join(", ")}. ` +
    `That is ${computed(numbers.each)} per letter.`
  );
}

/** What became of what was typed, where it is not what stands above. */
function became(raw) {
  const whole = typed(raw);
  if (whole === "") return "It takes a letter: above is still what you had.";
  const parts = [];
  const strange = [...new Set(raw.toLowerCase().match(/[^a-z ]/gu) ?? [])];
  if (strange.length > 0) {
    const list = strange.slice(0, 6).map(quoted).join(", ");
    const reads = strange.length === 1 ? "reads" : "read";
    parts.push(`${list}${strange.length > 6 ? " and others" : ""} ${reads} as a space`);
  }
  if (/[A-Z]/.test(raw)) parts.push("capitals are read as small letters");
  if (/^ | {2}/.test(raw)) parts.push("several spaces are read as one, and the first word has one before it");
  if (whole.length > longest) parts.push(`only the first ${longest} characters are priced`);
  const said = parts.join("; ");
  return said ? `${capital(said)}.` : HINT;
}

function capital(words) {
  return words[0].toUpperCase() + words.slice(1);
}

// The picture: the letters, each on a tile that is the warmer the dearer it was, below a bar as high
// as its price; and what may come at the place that is looked at.

function heightOf(width) {
  return width < NARROW ? 348 : 320;
}

function paint(svg, { state, numbers, set, guess }, { width, height }) {
  const plot = lay(state, numbers, width, height);
  paintTicks(svg, plot);
  each(svg, "g", "nt-letter", plot.cells, (g, cell) => paintCell(g, cell, plot));
  const compared = levels(state, numbers, guess);
  paintLevels(svg, compared, plot);
  each(svg, "text", "nt-price", plot.cells, (node, cell) => paintPrice(node, cell, plot, compared));
  paintNext(svg, state, numbers, plot);
  each(svg, "rect", "ce-hit ce-pick", plot.cells, (node, { i, x, top, bottom }) => {
    attrs(node, { x, y: top, width: plot.slot, height: bottom - top });
    node.onclick = () => set({ place: i < state.text.length ? i : longest });
  });
}

/** Where everything stands: each letter, and the place after the last, as a cell of a row. */
function lay({ text: sentence, place, units }, { prices: paid }, width, height) {
  const narrow = width < NARROW;
  const [left, right] = narrow ? [1, 58] : [32, 112];
  const area = [narrow ? 4 : 20, height - (narrow ? 118 : 116)];
  const count = sentence.length + 1;
  const most = Math.floor((width - left - right) / (narrow ? 11.5 : 13));
  const rows = Math.ceil(count / most);
  const across = Math.ceil(count / rows);
  const slot = Math.min(narrow ? 30 : 40, (width - left - right) / across);
  const tall = (area[1] - area[0]) / rows;
  const top = Math.max(6 / (natsPer(units) / Math.LN2), ...paid.filter((price) => price < Infinity));
  const scales = Array.from({ length: rows }, (_, row) => {
    const base = area[0] + (row + 1) * tall - TILE - 3;
    return linear([0, top], [base, area[0] + row * tall + (slot < ROOMY ? 12 : 18)]);
  });
  const cells = Array.from({ length: count }, (_, i) => {
    const row = Math.floor(i / across);
    return {
      i,
      letter: sentence[i] ?? "?",
      price: paid[i] ?? 0,
      isEnd: i === sentence.length,
      isLooked: i === Math.min(place, sentence.length),
      y: scales[row],
      x: left + (i % across) * slot,
      top: area[0] + row * tall,
      bottom: area[0] + (row + 1) * tall,
    };
  });
  return { width, height, narrow, left, edge: width - right, area, slot, top, scales, cells, units };
}

function paintTicks(svg, { scales, left, edge, narrow, units }) {
  const marks = scales.flatMap((y) => y.ticks(3).map((value) => ({ value, at: y(value) })));
  each(svg, "g", "ce-tick", marks, (g, { value, at }) => {
    part(g, "line", "ce-tick-line", { x1: left, x2: edge, y1: at, y2: at });
    const label = narrow ? "" : tick(value);
    text(g, "ce-tick-text", [left - 7, at], label, { "text-anchor": "end", dy: "0.32em" });
  });
  text(svg, "ce-axis-title", [0, 11], narrow ? "" : `price, ${units}`);
}

function paintCell(g, { letter, price, isEnd, isLooked, y, x, bottom }, { slot, top }) {
  const share = Math.min(1, price / top);
  const endless = price === Infinity;
  g.classList.toggle("is-endless", endless);
  g.classList.toggle("is-end", isEnd);
  g.classList.toggle("is-looked", isLooked);
  const [base, gap] = [y(0), slot > 16 ? 1.5 : 0.75];
  const high = endless ? y(0) - y(top) : y(0) - y(price);
  const bar = { x: x + gap + 1, width: Math.max(1, slot - 2 * gap - 2), y: base - high, height: high };
  part(g, "rect", "nt-bar", { ...bar, "fill-opacity": endless ? 0.14 : 0.12 + 0.5 * share });
  const tile = { x: x + gap, width: slot - 2 * gap, y: bottom - TILE, height: TILE - 2, rx: 3 };
  part(g, "rect", "nt-tile", { ...tile, "fill-opacity": 0.06 + 0.4 * share });
  paintSymbol(g, letter, [x + slot / 2, bottom - 7], slot < 15);
}

/** A symbol, in the middle above a line; of a space its mark. */
function paintSymbol(g, symbol, [x, y], small) {
  const size = small ? " is-small" : "";
  attrs(text(g, "nt-symbol", [x, y], symbol === " " ? "" : symbol), { class: `nt-symbol${size}` });
  const half = small ? 3 : 4;
  const mark = `M${x - half} ${y - 4}v4h${2 * half}v-4`;
  part(g, "path", "nt-space", { d: symbol === " " ? mark : "" });
}

/** What a letter costs above its bar, and above a level that would strike it out, where there is room; ∞ everywhere. */
function paintPrice(node, { price, isEnd, y, x, top: edge }, { slot, top }, compared) {
  const endless = price === Infinity;
  const least = y(endless ? top : price) - 4;
  const lines = compared.map(({ value }) => y.clamped(value)).sort((one, other) => other - one);
  const above = endless
    ? least
    : lines.reduce((at, line) => (line > at - 12 && line < at + 3 ? line - 4 : at), least);
  attrs(node, { x: x + slot / 2, y: above - 10 < edge ? least : above });
  node.classList.toggle("is-endless", endless);
  say(node, endless ? "∞" : isEnd || slot < ROOMY ? "" : short(price, slot < ROOMIER ? 1 : 2));
}

/** A price in few figures: from ten on in one fewer. */
function short(price, decimals) {
  return price.toFixed(price < 10 ? decimals : decimals - 1);
}

/** Levels to compare with: what a letter costs here on average, what each would if all were alike. */
function levels({ units, ...state }, { each: mean }, guess) {
  const uniform = Math.log(SYMBOLS.length) / natsPer(units);
  const said = isAsked(state, guess) && guess.kind === "number" ? guessIn(guess, units) : null;
  return [
    { name: "uniform", value: uniform },
    { name: "mean", value: mean },
    { name: "your guess", value: said },
  ].filter(({ value }) => value !== null && value < Infinity);
}

function paintLevels(svg, all, { scales, left, edge, area, narrow }) {
  each(svg, "path", "nt-level", all, (node, { name, value }) => {
    const lines = scales.map((y) => `M${left} ${y.clamped(value)}H${edge}`);
    attrs(node, { class: `nt-level nt-${name.replace(" ", "-")}`, d: lines.join("") });
  });
  const ends = all.map((one) => ({
    ...one,
    level: scales[0].clamped(one.value),
    y: scales[0].clamped(one.value),
  }));
  const [gap, low, high] = narrow ? [31, area[0] + 10, area[1] - 16] : [17, area[0] + 4, area[1] - 6];
  each(svg, "g", "nt-level-end", spread(ends, gap, low, high), (g, { name, value, level, y }) => {
    const [x, number] = [edge + (narrow ? 7 : 12), short(value, 2)];
    g.classList.toggle("is-guess", name === "your guess");
    part(g, "path", "nt-lead", { d: `M${edge} ${level}L${x - 3} ${y}` });
    const brief = name === "your guess" ? "guess" : name;
    text(g, "nt-level-name", [x, y + (narrow ? -2 : 4)], narrow ? brief : `${name} ${number}`);
    text(g, "nt-level-value", [x, y + 12], narrow ? number : "");
  });
}

/** What may come at the place that is looked at: the model's distribution, and what came. */
function paintNext(svg, { order, text: sentence, place }, { next, context, seen }, plot) {
  const { width, height, area, narrow } = plot;
  const [left, base, high] = [narrow ? 1 : 32, height - 20, 58];
  const slot = (width - left - 1) / SYMBOLS.length;
  const best = Math.max(...next);
  const y = linear([0, best || 1], [base, base - high]);
  const came = place < sentence.length ? SYMBOLS.indexOf(sentence[place]) : -1;
  const where = order === 0 ? "anywhere" : `after ${context}`;
  const title = `${narrow ? "next" : "what may come"} ${where}`;
  text(svg, "nt-title", [left, area[1] + 17], capital(title) + (seen === 0 ? ", never read" : ""));
  each(svg, "g", "nt-next", next, (g, q, k) => {
    const x = left + k * slot;
    g.classList.toggle("is-came", k === came);
    part(g, "rect", "nt-chance", { x: x + 1, width: slot - 2, y: y(q), height: base - y(q) });
    paintSymbol(g, SYMBOLS[k], [x + slot / 2, base + 14], slot < 15);
  });
  part(svg, "line", "nt-ground", { x1: left, x2: width - 1, y1: base, y2: base });
  const space = room({ left: 0, right: width });
  const wanted = [...new Set([came, best > 0 ? next.indexOf(best) : -1])].filter((k) => k >= 0);
  each(svg, "text", "nt-percent", wanted, (node, k) => {
    const label = percent(next[k]);
    const wide = 8.4 * label.length + 2;
    const middle = left + (k + 0.5) * slot;
    const x = Math.min(width - wide, Math.max(left, middle - wide / 2));
    const below = next.filter((_, j) => left + (j + 1) * slot > x && left + j * slot < x + wide);
    const at = { x, y: y(Math.max(...below)) - 8, anchor: "start" };
    const found = space.find([at], { width: wide, height: 13 });
    attrs(node, { x, y: at.y + 4 });
    say(node, found ? label : "");
    node.classList.toggle("is-came", k === came);
  });
}

/** Whether this is the model and the sentence that the reader has guessed about. */
function isAsked(state, guess) {
  const parts = ["order", "text", "smoothing", "source"];
  return Boolean(guess) && parts.every((name) => state[name] === guess.of[name]);
}

// The wiring

function build({ stage, main, more, set }) {
  const picture = chart(stage, { heightOf, paint });
  const panel = makeControls(set);
  const said = guessLine();
  main.append(...panel.main, said.el);
  more.append(...panel.more);
  return {
    update(state, numbers, guess) {
      picture.show({ state, numbers, set, guess });
      panel.update(state);
      said.update(isAsked(state, guess) && guess.kind === "spread" ? guess : null, state.units);
    },
    close: picture.close,
  };
}

const GZIP = "gzip, which packs files, gets it after the same text as the model, at its highest level.";
const ABOUT_TEST = {
  address: `The test text is the tenth sentence, which the model has not read. ${GZIP}`,
  alice: `The test text is the twelfth chapter, which the model has not read. ${GZIP}`,
};

function makeControls(set) {
  const sentence = makeSentence(set);
  const order = slider({
    label: "letters in view",
    ...fields.order,
    step: 1,
    format: String,
    input: (value) => set({ order: value }),
  });
  const smoothing = choice({
    legend: "Smoothing",
    options: [
      ["witten-bell", "with shorter contexts"],
      ["add", "one more of each"],
      ["none", "none"],
    ],
    input: (value) => set({ smoothing: value }),
  });
  const source = choice({
    legend: "It has read",
    options: [
      ["address", "nine sentences of the Gettysburg Address"],
      ["alice", "eleven chapters of Alice in Wonderland"],
    ],
    input: (value) => set({ source: value }),
  });
  const tested = h("p", { class: "ce-why" });
  return {
    main: [...sentence.els, order.el],
    more: [smoothing.el, source.el, tested],
    update(state) {
      setText(tested, ABOUT_TEST[state.source]);
      sentence.update(state);
      order.update(state.order);
      smoothing.update(state.smoothing);
      source.update(state.source);
    },
  };
}

const STEPS = ["ArrowLeft", "ArrowRight", "Home", "End"];

/** Where the reader types; the place looked at follows the cursor. */
function makeSentence(set) {
  let own = null; // the text that the box stands for
  const note = h("p", { class: "ce-why nt-note", role: "status", id: uid("note") });
  const before = () => Math.min(longest, typed(box.value.slice(0, box.selectionEnd)).length);
  function type() {
    setText(note, became(box.value));
    const now = typed(box.value).slice(0, longest);
    if (now === "") return;
    own = now;
    set({ text: now, place: before() });
  }
  function look() {
    if (own === typed(box.value).slice(0, longest)) set({ place: before() });
  }
  function leave() {
    if (typed(box.value) !== "") return;
    box.value = own;
    setText(note, HINT);
  }
  const box = h("input", {
    class: "nt-box",
    type: "text",
    autocomplete: "off",
    autocapitalize: "none",
    spellcheck: "false",
    "aria-describedby": note.id,
    oninput: type,
    onpointerup: look,
    onkeyup: ({ key }) => STEPS.includes(key) && look(),
    onchange: leave,
  });
  const label = h("label", { class: "nt-sentence" }, h("span", {}, "Your sentence"), box);
  return {
    els: [label, note],
    update({ text: now }) {
      if (now === own) return;
      own = now;
      box.value = now;
      setText(note, HINT);
    },
  };
}

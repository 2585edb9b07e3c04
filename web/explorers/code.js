// Drawing and wiring of a code. Its question: how many bits does the wrong code take?

import { codeWords, message, tornAt, treeOf } from "../maths/code.js";
import { crossEntropy, entropy } from "../maths/information.js";
import { sum } from "../maths/numerics.js";
import { codeLengths, resized } from "../maths/two-distributions.js";
import spec from "../specs/code.json";
import { chart, draggable } from "../ui/chart.js";
import { button, choice, slider } from "../ui/controls.js";
import { attrs, h } from "../ui/dom.js";
import { computed } from "../ui/format.js";
import { defineExplorer } from "../ui/frame.js";
import { pairCheck, shareSliders } from "../ui/pair.js";
import { linear } from "../ui/scale.js";
import { hatching } from "../ui/stack.js";
import { each, part, say, text } from "../ui/svg.js";

const NAMES = spec.entries;
const LETTERS = NAMES.map((name) => name[0]);
const { songs: SONGS } = spec.constants;
const { shortest, longest } = spec.fields.p;
const { low: FIRST_SEED, high: LAST_SEED } = spec.fields.seed;

const GAP = 3; // px between two words that are torn apart
const TEAR = 9; // px between the last of them and the tape
const WIDEST = 20; // px that a bit takes at most
const LEGIBLE = 8; // px that a digit needs, and the letter of a word
const TAPE = 26; // px, the height of a tape

export default defineExplorer({
  name: "code",
  spec,
  headline: ["rate", "expected", "cross_entropy", "entropy"],
  readout,
  check: pairCheck(spec),
  build,
  say: meaning,
  describe: ({ p, torn }, { words_q, words_p, bits, bits_right }) =>
    `The code for Q: ${listed(p, words_q)}. The code for P: ${listed(p, words_p)}. ` +
    `${torn} of ${SONGS} words are torn off: ${computed(bits)} bits in the code for Q, ` +
    `${computed(bits_right)} in the code for P.`,
});

function readout({ p, q, torn, seed }) {
  const [forP, forQ] = [p, q].map(codeLengths);
  const songs = message(p, seed, SONGS);
  const [bits, right] = [forQ, forP].map((code) => sum(songs.slice(0, torn).map((k) => code[k])));
  return {
    rate: bits / torn,
    expected: inWorld(p, forQ),
    cross_entropy: crossEntropy(p, q) / Math.LN2,
    entropy: entropy(p) / Math.LN2,
    bits,
    bits_right: right,
    expected_right: inWorld(p, forP),
    message: songs.map((k) => LETTERS[k]).join(""),
    p,
    q,
    words_q: codeWords(forQ).map(written),
    words_p: codeWords(forP).map(written),
  };
}

/** The mean of word lengths over what happens. */
function inWorld(p, lengths) {
  return sum(p.map((share, k) => (share > 0 ? share * lengths[k] : 0)));
}

function written(word) {
  if (word === null) return spec.words.none;
  return word || spec.words.empty;
}

function listed(p, words) {
  return p.map((_, k) => `${NAMES[k]} ${words[k]}`).join(", ");
}

/** What the torn words show, in a sentence; `wrong` where there is no word to send. */
function meaning({ p, torn, seed }, { bits, bits_right, words_q, words_p }) {
  const silent = message(p, seed, SONGS).find((k, i) => i < torn && words_q[k] === spec.words.none);
  if (silent !== undefined)
    return { wrong: true, text: `${NAMES[silent]} is played, and the code for Q has no word for it.` };
  const [words, more] = [torn === 1 ? "1 word" : `${torn} words`, bits - bits_right];
  const opening = `${words} torn off: ${bits} bits, and ${bits_right} with the right code.`;
  if (more < 0) return `${opening} So far the wrong code was lucky: tear on.`;
  if (String(words_q) === String(words_p)) return `${opening} Both beliefs make the same words.`;
  if (more === 0) return `${opening} So far the wrong code costs nothing more.`;
  return `${opening} The wrong code has run ${more} ${more === 1 ? "bit" : "bits"} long.`;
}

// Drawing

function paint(svg, { state, set }, { width, height }) {
  const { p, q, torn, seed } = state;
  const songs = message(p, seed, SONGS);
  const wide = width >= 560;
  const [right, wrong] = [p, q].map((shares) => codeWords(codeLengths(shares)));
  const half = wide ? width / 2 - 12 : width;
  const tree = { top: 26, bottom: height - 178, song: songs[torn - 1] };
  paintTree(svg, { ...tree, which: "q", left: 0, right: half, words: wrong, title: "the code made for Q" });
  const other = { which: "p", left: width - half, right: width, words: right, hidden: !wide };
  paintTree(svg, { ...tree, ...other, title: "the right code, made for P" });
  const [long, short] = [wrong, right].map((words) => tapeOf(words, songs));
  const room = width - SONGS * GAP - TEAR - 2;
  const cell = Math.min(WIDEST, room / Math.max(1, long.before(SONGS), short.before(SONGS)));
  const base = { width, cell, torn, set };
  paintTape(svg, { ...base, ...long, which: "q", top: height - 146 });
  paintExcess(svg, { ...base, long, short, top: height - 99 });
  paintTape(svg, { ...base, ...short, which: "p", top: height - 58 });
}

/** A code's tree: 0 to the left, 1 to the right, and the way to the song torn off last. */
function paintTree(svg, { which, left, right, top, bottom, words, song, title, hidden = false }) {
  const g = part(svg, "g", `co-tree co-of-${which}`, { hidden: hidden ? "" : null });
  const nodes = treeOf(words);
  const leaves = nodes.filter(({ isLeaf }) => isLeaf).length;
  const x = linear([-0.5, leaves - 0.5], [left, right]);
  const y = linear([0, Math.max(1, ...nodes.map(({ depth }) => depth))], [top, bottom - 34]);
  const isLit = ({ word }) => words[song]?.startsWith(word) ?? false;
  const above = ({ word }) => nodes.find((other) => other.word === word.slice(0, -1));
  text(g, "co-title", [left, top - 14], title);
  each(g, "g", "co-branch", nodes.slice(1), (branch, node) => {
    const [from, to] = [above(node), node].map((one) => [x(one.x), y(one.depth)]);
    const side = node.word.endsWith("0") ? -1 : 1;
    branch.classList.toggle("co-lit", isLit(node));
    part(branch, "line", "co-edge", { x1: from[0], y1: from[1], x2: to[0], y2: to[1] });
    const place = [(from[0] + to[0]) / 2 + 6 * side, (from[1] + to[1]) / 2 + 1];
    text(branch, "co-digit", place, node.word.at(-1), { "text-anchor": side < 0 ? "end" : "start" });
  });
  const isBroad = (right - left) / leaves > 74;
  each(
    g,
    "g",
    "co-leaf",
    nodes.filter(({ isLeaf }) => isLeaf),
    (leaf, node) => {
      const [cx, cy] = [x(node.x), y(node.depth)];
      const k = words.indexOf(node.word);
      leaf.classList.toggle("co-lit", isLit(node));
      part(leaf, "circle", "co-end", { cx, cy, r: 3.5 });
      text(leaf, "co-name", [cx, cy + 17], isBroad ? NAMES[k] : LETTERS[k]);
      text(leaf, "co-word", [cx, cy + 31], written(node.word));
    },
  );
}

/**
 * The tape that a code makes of the songs: each song's word up to the first without one, which is
 * `silent`; `before(i)` are the bits of the words before word i.
 */
function tapeOf(code, songs) {
  const silent = songs.findIndex((k) => code[k] === null);
  const words = songs
    .slice(0, silent < 0 ? SONGS : silent)
    .map((k) => ({ letter: LETTERS[k], bits: code[k] }));
  const before = (i) => sum(words.slice(0, i).map(({ bits }) => bits.length));
  return { words, before, silent: silent < 0 ? null : NAMES[songs[silent]] };
}

/** Where word i begins when `torn` of them are torn off. */
function startOf(i, { before, cell, torn }) {
  return 1 + before(i) * cell + Math.min(i, torn) * GAP + (i >= torn ? TEAR : 0);
}

/** A tape: the words torn off, each with its letter, and the rest of it as it came. */
function paintTape(svg, tape) {
  const { which, top, width, cell, words, before, silent, set } = tape;
  const torn = Math.min(tape.torn, words.length); // there is no more to tear off
  const g = part(svg, "g", `co-tape co-of-${which}`);
  const start = (i) => startOf(i, { ...tape, torn });
  const off = words.slice(0, torn);
  const missing = torn < tape.torn ? `no word for ${silent}` : `${before(torn)} bits`;
  const title = width < 420 ? "code for" : "the message in the code for";
  text(g, "co-title", [0, top - 9], `${title} ${which.toUpperCase()}: ${missing}`);
  each(g, "rect", "co-piece", off, (piece, { bits }, i) => {
    attrs(piece, { x: start(i), y: top, width: bits.length * cell, height: TAPE, rx: 2 });
    piece.classList.toggle("co-lit", i === tape.torn - 1);
  });
  const [from, to] = [start(torn), start(SONGS)];
  const teeth = [0, 1, 2, 3, 4].map((n) => `${from - (n % 2) * 4} ${top + (n * TAPE) / 4}`).join("L");
  part(g, "path", "co-rest", { d: to - from > 4 ? `M${teeth}H${to}V${top}Z` : "" });
  paintBits(g, tape, start);
  each(g, "text", "co-letter", off, (node, { letter, bits }, i) => {
    attrs(node, { x: start(i) + (bits.length * cell) / 2, y: top + TAPE + 14 });
    say(node, bits.length * cell >= LEGIBLE ? letter : "");
  });
  part(g, "rect", `ce-grip ce-grip-${which}`, {
    x: from - TEAR / 2 - 5,
    y: top - 5,
    width: 6,
    height: TAPE + 10,
    rx: 3,
  });
  const cuts = off
    .concat(words.slice(torn))
    .map((_, i) => startOf(i + 1, { ...tape, torn: i + 1 }) - TEAR / 2);
  const area = { x: 0, y: top - 8, width, height: TAPE + 26 };
  draggable(
    part(g, "rect", "ce-hit co-hand", area),
    ([px]) => cuts.length > 0 && set({ torn: tornAt(cuts, px) }),
  );
}

/** Every bit as a cell, dark for 1, and as a digit where there is room for one. */
function paintBits(g, { words, cell, top }, start) {
  const bits = words.flatMap((word, i) => [...word.bits].map((bit, n) => ({ bit, x: start(i) + n * cell })));
  const ones = bits.filter(({ bit }) => bit === "1");
  each(g, "rect", "co-one", ones, (node, { x }) => {
    attrs(node, { x: x + 0.5, y: top + 2, width: Math.max(0.5, cell - 1), height: TAPE - 4 });
  });
  each(g, "text", "co-bit", cell >= LEGIBLE ? bits : [], (node, { bit, x }) => {
    attrs(node, { x: x + cell / 2, y: top + TAPE / 2 + 4.5 });
    say(node, bit);
  });
}

/** How far the wrong code has run beyond the right one, on the scale of the tapes. */
function paintExcess(svg, { cell, torn, width, top, long, short }) {
  const [to, from] = [long, short].map((tape) => startOf(torn, { ...tape, cell, torn }) - TEAR);
  const more = long.words.length < torn ? 0 : long.before(torn) - short.before(torn);
  const fill = hatching(svg);
  part(svg, "rect", "ce-excess co-excess", {
    x: from,
    y: top,
    width: more > 0 ? to - from : 0,
    height: more > 0 ? 8 : 0,
    fill,
  });
  const size = `${Math.abs(more)} ${Math.abs(more) === 1 ? "bit" : "bits"}`;
  const label = more === 0 ? "" : more > 0 ? `${size} longer` : `${size} shorter`;
  const [start, end, wanted] = [Math.min(from, to), Math.max(from, to), 8 * label.length];
  const isFree = end + 7 + wanted < width;
  const at = isFree ? end + 7 : start > wanted + 7 ? start - 7 : end - 3; // at worst on the hatching
  const anchor = isFree ? "start" : "end";
  text(svg, "co-more", [at, top + 9], label, { "text-anchor": anchor });
}

// Wiring

function build({ stage, act, main, more, get, set }) {
  const picture = chart(stage, { heightOf: () => 322, paint });
  const torn = slider({
    label: "words torn off",
    low: 1,
    high: SONGS,
    step: 1,
    format: String,
    input: (value) => set({ torn: value }),
  });
  const panel = makeControls(get, set);
  act.append(...panel.acts);
  main.append(torn.el);
  more.append(...panel.els);
  return {
    update(state) {
      picture.show({ state, set });
      torn.update(state.torn);
      panel.update(state);
    },
    close: picture.close,
  };
}

function makeControls(get, set) {
  const count = choice({
    legend: "Genres",
    options: NAMES.map((_, k) => [k + 1, String(k + 1)]).slice(shortest - 1, longest),
    input: (value) => set({ p: resized(get().p, value), q: resized(get().q, value) }),
  });
  const q = makeShares("q", "how often you believe", get, set);
  const p = makeShares("p", "how often it plays", get, set);
  const equal = button({ label: "Q := P", press: () => set({ q: get().p }) });
  const next = ({ seed }) => (seed < LAST_SEED ? seed + 1 : FIRST_SEED);
  const another = button({ label: "Another message", press: () => set({ seed: next(get()) }) });
  return {
    acts: [another.el, equal.el],
    els: [count.el, ...q.els, ...p.els],
    update(state) {
      count.update(state.p.length);
      q.update(state.q);
      p.update(state.p);
    },
  };
}

function makeShares(which, meant, get, set) {
  const shares = shareSliders(which, NAMES, (share) => `${share}, ${meant}`, get, set);
  return { els: [h("div", { class: "ce-sliders" }, ...shares.els)], update: shares.update };
}

// Mirrors ce_lib/models/ngram.py. Nothing is fitted beforehand: what followed a context is counted
// when it is asked for, and kept.

import { sum } from "./numerics.js";
import { SYMBOLS } from "./texts.js";

const START = " ";
const kept = new Map(); // text → context → counts

/** How often each symbol followed `context` in `text`. */
export function counts(text, context) {
  if (!kept.has(text)) kept.set(text, new Map());
  const known = kept.get(text);
  if (!known.has(context)) known.set(context, count(START + text, context));
  return known.get(context);
}

function count(history, context) {
  const found = SYMBOLS.split("").map(() => 0);
  const first = context === "" ? 1 : 0; // the start itself follows nothing
  for (let at = history.indexOf(context, first); at >= 0; at = history.indexOf(context, at + 1)) {
    const next = at + context.length;
    if (next >= history.length) break;
    found[SYMBOLS.indexOf(history[next])] += 1;
  }
  return found;
}

/** The last `order` characters before the letter `place` of `sentence`, or after its last. */
export function contextAt(sentence, order, place) {
  const history = START + sentence.slice(0, place);
  return history.slice(Math.max(history.length - order, 0));
}

/** The probability of each symbol after a context, in the order of SYMBOLS. */
export function distribution(text, context, smoothing) {
  const n = counts(text, context);
  const total = sum(n);
  if (smoothing === "none") return n.map((one) => one / Math.max(total, 1));
  if (smoothing === "add") return n.map((one) => (one + 1) / (total + n.length));
  const shorter =
    context === "" ? n.map(() => 1 / n.length) : distribution(text, context.slice(1), smoothing);
  const different = n.filter((one) => one > 0).length;
  if (different === 0) return shorter;
  return n.map((one, k) => (one + different * shorter[k]) / (total + different));
}

/** What each character of `sentence` costs a model of this order that has read `text`, in nats. */
export function prices(text, sentence, order, smoothing) {
  return [...sentence].map((symbol, place) => {
    const q = distribution(text, contextAt(sentence, order, place), smoothing);
    return -Math.log(q[SYMBOLS.indexOf(symbol)]);
  });
}

// What is said of a guess, beside the answer. Pure functions of the definition and the guess.

import { logScore } from "../maths/scoring.js";
import { percent, plain, shown } from "../ui/format.js";

/** A number as somebody gave it, with its unit. */
export function written(value, unit) {
  return `${plain(value, 4)} ${unit}`.trim();
}

/** How far a number is from the answer: a difference, or for a factor how many times. */
export function compared({ answer, near, unit, ratio }, value) {
  const said = `You said ${written(value, unit)}`;
  if (Math.abs(value - answer) <= near) return `${said}, and that is it.`;
  if (ratio && value > 0) {
    const times = shown(Math.max(value / answer, answer / value), 2);
    return `${said}: ${times === "2.0" ? "twice" : `${times} times`} too ${value > answer ? "much" : "little"}.`;
  }
  const off = `${shown(Math.abs(value - answer), 3)} ${unit}`.trim();
  return `${said}: too ${value > answer ? "high" : "low"} by ${off}.`;
}

/** A text in quotes; those within it are single. */
export function quoted(text) {
  return `“${text.replaceAll("“", "‘").replaceAll("”", "’")}”`;
}

/** What a spread pays. */
export function priced({ options, answer }, q) {
  const price = logScore(q, answer);
  const even = shown(Math.log(options.length), 3);
  const said = `You gave ${percent(q[answer])} to ${quoted(options[answer][0])}, which is true. That costs `;
  if (price === Infinity) return `${said}∞: you had ruled it out.`;
  return `${said}${shown(price, 3)} nats; the uniform guess pays ${even}.`;
}

/** What became of the rest of a spread, and what is wrong with what got most of it. */
export function lost({ options, answer }, q) {
  const rest = q.map((share, k) => [share, ...options[k]]).filter(([share], k) => k !== answer && share > 0);
  if (rest.length === 0) return "";
  const most = rest.reduce((a, b) => (b[0] > a[0] ? b : a));
  const shares = rest.map(([share, text]) => `${percent(share)} on ${quoted(text)}`).join(", ");
  return `Lost: ${shares}. ${most[2]}`.trim();
}

/** The remark on a number that is not right: the first whose limit it does not pass. */
export function remarkOn({ remarks, answer, near }, value) {
  if (Math.abs(value - answer) <= near) return "";
  return remarks.find(([upto]) => upto === null || value <= upto)?.[1] ?? "";
}

/** Everything said of a guess, sentence by sentence. */
export function said(guess, value) {
  if (guess.kind === "spread") return [priced(guess, value), guess.told, lost(guess, value)].filter(Boolean);
  return [compared(guess, value), guess.told, remarkOn(guess, value)].filter(Boolean);
}

/** Whether a guess that was kept is one on this question. */
export function isGuess({ kind, low, high, options }, value) {
  if (kind === "spread") return Array.isArray(value) && value.length === options.length;
  return typeof value === "number" && value >= low && value <= high;
}

/** The step of a slider from `low` to `high`: a power of ten, at least a hundred of them. */
export function stepFor(low, high) {
  return Number(`1e${Math.floor(Math.log10((high - low) / 100))}`);
}

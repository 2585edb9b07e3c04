// What a place says about a question: some words around those asked for.

import { matches } from "./words.js";

const LENGTH = 220; // characters
const BEFORE = 70; // at most so many of them before the first word asked for

/** The paragraph of a text that has most of these words: where it begins is what counts. */
function best(text, wanted) {
  const lines = text.split("\n").map((line) => ({ line, found: matches(line, wanted) }));
  const worth = ({ line, found }) =>
    new Set(found.map(([from, to]) => line.slice(from, to).toLowerCase())).size +
    (line.length > 60 ? 0.5 : 0);
  return lines.reduce((a, b) => (worth(b) > worth(a) ? b : a));
}

/** Cut a text to its length between words; never inside an index or an exponent. */
function cut(line, first) {
  if (line.length <= LENGTH) return [0, line.length];
  const near = Math.min(Math.max(first - BEFORE, 0), line.length - LENGTH);
  const start = near === 0 ? 0 : line.indexOf(" ", near) + 1;
  const space = line.lastIndexOf(" ", start + LENGTH);
  return [start, start + LENGTH >= line.length ? line.length : space > start ? space : start + LENGTH];
}

/** A text in parts: `{ text, kind }`, with kind "mark", "sub", "sup" or none. */
export function excerpt(text, wanted) {
  const { line, found } = best(text, wanted);
  const [start, end] = cut(line, found[0]?.[0] ?? 0);
  const parts = start > 0 ? [{ text: "… " }] : [];
  let at = start;
  for (const [from, to] of found) {
    if (from < at || to > end || within(line, from)) continue;
    parts.push(...raised(line.slice(at, from)), { text: line.slice(from, to), kind: "mark" });
    at = to;
  }
  parts.push(...raised(line.slice(at, end)));
  if (end < line.length) parts.push({ text: " …" });
  return parts.filter((part) => part.text);
}

/** Whether this place of a line is inside an index or an exponent, which stays whole. */
function within(line, at) {
  return /[_^]\{[^{}]*$/.test(line.slice(0, at));
}

/** What the index of the book writes as `q_{y}` and `e^{z}`. */
export function raised(text) {
  return text.split(/([_^]\{[^{}]*\})/).map((part) => {
    if (!/^[_^]\{/.test(part)) return { text: part };
    return { text: part.slice(2, -1), kind: part[0] === "_" ? "sub" : "sup" };
  });
}

// Mirrors ce_lib/practice/judge.py, step by step: right, or which mistake it was.

import { plain } from "../ui/format.js";
import { isBlank, number, several, tidy } from "./reading.js";
import { say, Unreadable } from "./sentences.js";

const ROUNDING = 1 + 1e-9;
const EXACT = 100; // more digits than a number has: then only the tolerance counts

/** [status, sentence] of what was typed into a field. */
export function judge(field, text) {
  if (isBlank(text)) return ["not tried", say("not tried")];
  try {
    if (field.kind === "choice") return judgeChoice(field, text);
    const given = field.kind === "vector" ? readAll(text, field) : [readOne(text, field)];
    const [status, sentence] =
      field.kind === "vector" ? judgeVector(field, given) : judgeNumber(field, ...given);
    return [status, asRead(given, sentence)];
  } catch (problem) {
    if (problem instanceof Unreadable) return ["wrong", problem.message];
    throw problem;
  }
}

/** Put before the sentence what a closed form was read as. */
function asRead(given, verdict) {
  if (!given.some(({ form }) => form)) return verdict;
  const values = given.map(({ value }) => plain(value, 5));
  if (given.length > 1) return say("read all", { values: values.join(", "), verdict });
  return say("read", { form: given[0].form.replaceAll("-", "−"), value: values[0], verdict });
}

function judgeChoice({ options, answer }, text) {
  const chosen = tidy(text);
  for (const [key, , why] of options) {
    if (chosen === key) return [key === answer ? "right" : "wrong", why];
  }
  throw new Unreadable("choose", { options: options.map(([key]) => key).join(", ") });
}

function judgeNumber(field, given) {
  const { value } = given;
  if (field.kind === "whole" && value !== Math.floor(value)) return ["wrong", say("whole")];
  const answer = real(field.answer);
  const { tolerance } = field;
  if (hits(given, answer, tolerance, 3)) return ["right", say("right")];
  const known = field.mistakes.map(([wrong, sentence]) => [real(wrong), sentence]);
  const exactly = nearest(given, known, tolerance, EXACT);
  if (exactly) return ["wrong", exactly];
  if (isCoarse(given, answer, Math.abs(answer))) return ["wrong", say("coarse")];
  const told = nearest(given, known, tolerance, 2);
  if (told) return ["wrong", told];
  if (!Number.isFinite(value)) return ["wrong", say(Number.isFinite(answer) ? "infinite" : "otherwise")];
  if (!Number.isFinite(answer)) return ["wrong", say("otherwise")];
  const name = likeness(given, answer, field);
  return ["wrong", name === "otherwise" ? otherwise(field, [given]) : say(name)];
}

/** One number; and if several were written, a sentence that says so. */
function readOne(text, { unit, probability }) {
  try {
    return number(text, unit, probability);
  } catch (problem) {
    const count = countOf(text, unit, probability);
    throw count > 1 ? new Unreadable("one", { count }) : problem;
  }
}

function countOf(text, unit, probability) {
  try {
    return several(text, unit, probability).length;
  } catch {
    return 0;
  }
}

/** The sentence of the nearest mistake that is hit, or nothing. */
function nearest(given, known, tolerance, digits) {
  let best = Infinity;
  let told = "";
  for (const [target, sentence] of known) {
    if (!hits(given, target, tolerance, digits)) continue;
    const gap = given.value === target ? 0 : Math.abs(given.value - target);
    if (gap < best) [best, told] = [gap, sentence];
  }
  return told;
}

/** The name of the sentence for a number that no known mistake gives. */
function likeness(given, answer, { kind, tolerance }) {
  if (answer === 0) return "otherwise";
  const { value, step, digits } = given;
  if (kind !== "whole" && isNear(given, answer)) return "near";
  if (hits({ value: -value, step, digits }, answer, tolerance, 2)) return "sign";
  for (const factor of [100, 0.01]) {
    const moved = { value: value * factor, step: step * factor, digits };
    if (hits(moved, answer, tolerance, 2)) return "hundred";
  }
  return "otherwise";
}

function readAll(text, field) {
  const given = several(text, field.unit, field.probability);
  const [wanted, labels] = [field.labels.length, field.labels.join(", ")];
  if (given.length !== wanted) throw new Unreadable("many", { wanted, labels, count: given.length });
  return given;
}

function judgeVector(field, given) {
  const answer = field.answer.map(real);
  const labels = field.labels.join(", ");
  const { tolerance } = field;
  const marks = entries(given, answer, tolerance);
  if (marks.every(Boolean)) return ["right", say("right")];
  const scale = Math.max(...answer.map(Math.abs));
  const coarse = marks.every((mark, i) => mark || isCoarse(given[i], answer[i], scale));
  const known = field.mistakes.map(([wrong, sentence]) => [wrong.map(real), sentence]);
  for (const digits of coarse ? [EXACT] : [EXACT, 3, 2]) {
    const told = nearestRow(given, known, tolerance, digits);
    if (told) return ["wrong", told];
  }
  if (coarse) return ["wrong", say("coarse")];
  if (given.some(({ value }) => !Number.isFinite(value))) return ["wrong", say("infinite")];
  const rising = (a, b) => (a < b ? -1 : Number(a > b));
  const ordered = given.toSorted((a, b) => rising(a.value, b.value));
  if (entries(ordered, answer.toSorted(rising), tolerance).every(Boolean)) {
    return ["wrong", say("order", { labels })];
  }
  const opposite = given.map((one) => ({ ...one, value: -one.value }));
  if (entries(opposite, answer, tolerance, 2).every(Boolean)) return ["wrong", say("sign")];
  if (given.every((one, i) => isNear(one, answer[i]))) return ["wrong", say("near")];
  for (const factor of [100, 0.01]) {
    const moved = given.map((one) => ({ ...one, value: one.value * factor, step: one.step * factor }));
    if (entries(moved, answer, tolerance, 2).every(Boolean)) return ["wrong", say("hundred")];
  }
  if (marks.some(Boolean)) {
    const named = (wanted) => field.labels.filter((_, i) => marks[i] === wanted).join(", ");
    return ["wrong", say("some", { right: named(true), wrong: named(false) })];
  }
  return ["wrong", otherwise(field, given)];
}

/** That it is not this, and of what no such answer can be, between what it lies. */
function otherwise({ bounds }, given) {
  const [low, high] = bounds.map(real);
  if (given.every(({ value }) => value >= low && value <= high)) return say("otherwise");
  if (high === Infinity) return say("least", { least: plain(low) });
  return say("between", { low: plain(low), high: plain(high) });
}

/** The sentence of the nearest mistake that is hit in all entries, or nothing. */
function nearestRow(given, known, tolerance, digits) {
  let best = Infinity;
  let told = "";
  for (const [row, sentence] of known) {
    if (!entries(given, row, tolerance, digits).every(Boolean)) continue;
    const gaps = given.map(({ value }, i) => (value === row[i] ? 0 : Math.abs(value - row[i])));
    const gap = Math.max(...gaps);
    if (gap < best) [best, told] = [gap, sentence];
  }
  return told;
}

/** Judge entry by entry; digits count from the largest entry, if it is below 1. */
function entries(given, wanted, tolerance, digits = 3) {
  const fine = 0.5 * 10 ** (1 - digits) * Math.min(1, Math.max(...wanted.map(Math.abs)));
  return given.map(
    (one, i) => hits(one, wanted[i], tolerance, digits) || (one.step <= fine && halfStep(one, wanted[i])),
  );
}

/** Whether what is given is the target, in all its digits if it has enough of them. */
function hits(given, target, tolerance, digits) {
  if (!Number.isFinite(given.value) || !Number.isFinite(target)) return given.value === target;
  if (Math.abs(given.value - target) <= tolerance * Math.abs(target)) return true;
  return given.digits >= digits && halfStep(given, target);
}

/** Whether a hundredth of the answer separates the two at most. */
function isNear({ value }, answer) {
  return Number.isFinite(answer) && Math.abs(value - answer) <= 0.01 * Math.abs(answer);
}

/** Whether the answer was rounded, to a digit that still says something about it. */
function isCoarse(given, answer, scale) {
  return given.step <= scale && halfStep(given, answer);
}

/** Whether rounding the target to the digits given leads to what is given. */
function halfStep(given, target) {
  if (given.digits === 0 || !Number.isFinite(given.value) || !Number.isFinite(target)) return false;
  return Math.abs(given.value - target) <= 0.5 * given.step * ROUNDING;
}

/** JSON has no infinities: they come as text. */
function real(value) {
  return { inf: Infinity, "-inf": -Infinity, nan: Number.NaN }[value] ?? value;
}

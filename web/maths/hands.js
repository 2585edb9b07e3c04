// What hands mean: a bar dragged, a share given, a step taken. Pure mathematics.

import { logsumexp, sum } from "./numerics.js";

/** A number kept between two others. */
export function clamp(value, low, high) {
  return Math.min(high, Math.max(low, value));
}

/** The nearest value between `low` and `high` of which a unit holds `perUnit`: whole percents, say. */
export function toStep(value, perUnit, { low, high }) {
  return Math.round(clamp(value, low, high) * perUnit) / perUnit;
}

/**
 * Two digits of a number above 0, where steps are shares of it; from 1 to 2, where a whole digit is a tenth
 * of it, in halves of a digit.
 */
export function toTwoDigits(value) {
  const digit = 10 ** (Math.floor(Math.log10(value)) - 1);
  const step = value < 20 * digit ? digit / 2 : digit;
  return Number((Math.round(value / step) * step).toPrecision(3));
}

/**
 * Give entry k of a distribution the share `value`; the others keep their proportions, or
 * share evenly where they have nothing. Entries for which `held(j)` is true keep what they
 * have, and k takes no more than is left.
 */
export function withShare(distribution, k, value, held = () => false) {
  const free = (j) => j !== k && !held(j);
  const kept = sum(distribution.filter((_, j) => j !== k && held(j)));
  const now = Math.min(value, 1 - kept);
  const rest = Math.max(0, 1 - kept - now);
  const others = distribution.filter((_, j) => free(j));
  const total = sum(others);
  const share = (old) => rest * (total > 0 ? old / total : 1 / others.length);
  return distribution.map((old, j) => (j === k ? now : free(j) ? share(old) : old));
}

/** Whole numbers with the sum `total`, in the proportions of `shares` as nearly as that goes. */
export function wholeParts(shares, total) {
  const all = sum(shares);
  const parts = shares.map((share) => (total * share) / all);
  const order = parts.map((part, k) => [part - Math.floor(part), k]).sort(([a, i], [b, j]) => b - a || i - j);
  const left = total - sum(parts.map(Math.floor));
  const more = new Set(order.slice(0, left).map(([, k]) => k));
  return parts.map((part, k) => Math.floor(part) + (more.has(k) ? 1 : 0));
}

/**
 * Whole percents with the sum 100 in which entry k has `value`, as far as `least` for every
 * other one allows; what the others have above that keeps its proportions. Entries for which
 * `held(j)` is true keep theirs, unless that leaves no room for the value.
 */
export function withPercent(percents, k, value, { least = 0, held = () => false } = {}) {
  const room = 100 - least * percents.length;
  const above = percents.map((part) => Math.max(0, part - least));
  const wanted = clamp(value - least, 0, room);
  const stays = (j) => j !== k && held(j);
  const rest = room - wanted - sum(above.filter((_, j) => stays(j)));
  const free = above.some((_, j) => j !== k && !held(j));
  const obeyed = sum(above) === room && (free ? rest >= 0 : rest === 0);
  const shares = withShare(
    above.map((part) => part / sum(above)),
    k,
    wanted / room,
    obeyed ? stays : undefined,
  );
  return wholeParts(shares, room).map((part) => part + least);
}

/**
 * The logits of these probabilities whose mean is 0. No finite logit gives a probability
 * of 0.
 */
export function logitsOf(probabilities) {
  const logs = probabilities.map(Math.log);
  const centre = sum(logs) / logs.length;
  return logs.map((value) => value - centre);
}

/**
 * The logits that give class k the probability `value`, from .001 to .999, and leave the
 * others' gaps alone; within the range `low` to `high` of the explorer's state.
 */
export function logitsFor(logits, k, value, { low, high }) {
  const q = clamp(value, 0.001, 0.999);
  const others = logsumexp(logits.filter((_, j) => j !== k));
  const wanted = Math.log(q / (1 - q)) + others;
  return logits.map((z, j) => (j === k ? clamp(wanted, low, high) : z));
}

/** One step of gradient descent. */
export function descended(logits, gradient, rate) {
  return logits.map((z, k) => z - rate * gradient[k]);
}

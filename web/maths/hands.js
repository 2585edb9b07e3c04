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

/**
 * Whole percents with what is left of 100 given to those entries for which `takes(k)` is
 * true, as evenly as whole percents go: the first ones get one more.
 */
export function toppedUp(percents, takes) {
  const left = 100 - sum(percents);
  const takers = percents.flatMap((_, k) => (takes(k) ? [k] : []));
  const share = Math.floor(left / takers.length);
  return percents.map((old, k) => {
    const place = takers.indexOf(k);
    return place < 0 ? old : old + share + (place < left - share * takers.length ? 1 : 0);
  });
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

// The likelihood of labels that were counted, and how sure a share is. Mirrors
// ce_lib/explorers/likelihood.py.

import { surprisal } from "./information.js";
import { sum } from "./numerics.js";

const ERRORS = 1.959963984540054; // standard errors on either side, for 95 %

/** The share of each count in all of them. */
export function frequencies(counts) {
  const labels = sum(counts);
  return counts.map((count) => count / labels);
}

/** Σ n·ln q: the logarithm of the probability of all labels, in their order. */
export function logLikelihood(counts, q) {
  return -sum(counts.map((n, k) => (n > 0 ? n * surprisal(q[k]) : 0)));
}

/**
 * How sure the first share is: its logit's standard error, and 95 % of the share. Where all labels
 * are alike they say nothing of the logit: the error is ∞, and any share is in the interval.
 */
export function interval(counts) {
  const labels = sum(counts);
  const f = counts[0] / labels;
  if (f === 0 || f === 1) return [Infinity, 0, 1];
  const error = 1 / Math.sqrt(labels * f * (1 - f));
  const logit = Math.log(f / (1 - f));
  const ends = [-1, 1].map((side) => 1 / (1 + Math.exp(-(logit + side * ERRORS * error))));
  return [error, ...ends];
}

/**
 * The belief that gives the first outcome the share `value`; the others keep their proportions
 * in `counts`, the best there are for them.
 */
export function bestWith(counts, value) {
  const others = sum(counts.slice(1));
  const share = (count) => (1 - value) * (others > 0 ? count / others : 1 / (counts.length - 1));
  return counts.map((count, k) => (k === 0 ? value : share(count)));
}

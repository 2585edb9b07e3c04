// Mirrors ce_lib/scoring: scores of one forecast over the classes.

import { crossEntropy, entropy, klDivergence, surprisal } from "./information.js";
import { sum } from "./numerics.js";

/** −log q_y: local, and ∞ for what was ruled out. */
export function logScore(q, y) {
  return surprisal(q[y]);
}

/** Σ (q_k − [k = y])²: the sum over the classes, from 0 to 2. */
export function brierScore(q, y) {
  return sum(q.map((value, k) => (k === y ? value - 1 : value) ** 2));
}

/** The log score to expect under P, as [score, entropy, divergence]. */
export function expectedLogScore(p, q) {
  return [crossEntropy(p, q), entropy(p), klDivergence(p, q)];
}

/** The Brier score to expect under P, as [score, entropy, divergence]. */
export function expectedBrierScore(p, q) {
  const own = sum(p.map((value) => value * (1 - value)));
  const distance = sum(q.map((value, k) => (value - p[k]) ** 2));
  return [own + distance, own, distance];
}

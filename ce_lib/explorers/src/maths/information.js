// Mirrors ce_lib/information.py: nats, 0·log 0 = 0, and ∞ where Q rules out what P allows.

import { sum } from "./numerics.js";

/** −log q; ∞ for an outcome that was ruled out. */
export function surprisal(q) {
  return q === 1 ? 0 : -Math.log(q);
}

export function entropy(p) {
  return sum(p.map((value) => (value > 0 ? value * surprisal(value) : 0)));
}

export function crossEntropy(p, q) {
  return sum(p.map((value, k) => (value > 0 ? value * surprisal(q[k]) : 0)));
}

/**
 * Σ p·(δ − log1p δ) + Σ (p − q) with δ = (q − p)/p, so that it never turns negative by
 * rounding, as crossEntropy − entropy does.
 */
export function klDivergence(p, q) {
  return sum(
    p.map((value, k) => {
      if (value === 0) return q[k]; // from Σ (q − p), which is 0 in all
      const delta = (q[k] - value) / value;
      return value * gap(delta);
    }),
  );
}

/** δ − log1p δ, by its series where the difference would cancel. */
function gap(delta) {
  if (delta === -1) return Infinity;
  if (Math.abs(delta) > 0.05) return delta - Math.log1p(delta);
  let term = delta * delta;
  let total = term / 2;
  for (let n = 3; n < 20; n += 1) {
    term *= -delta;
    total += term / n;
  }
  return total;
}

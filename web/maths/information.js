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

/** The terms p·log(p/q), which sum to the KL divergence; a single one may be negative. */
export function klTerms(p, q) {
  return p.map((value, k) => (value > 0 ? value * logRatio(value, q[k]) : 0));
}

/**
 * Σ (p·log(p/q) + q − p) + Σ (p − q): the first terms are never negative, so they add up
 * without loss; the second sum is a rounding error, and is summed exactly.
 */
export function klDivergence(p, q) {
  const gaps = sum(p.map((value, k) => (value > 0 ? gap(value, q[k]) : 0)));
  const inside = p.flatMap((value, k) => (value > 0 ? [value, -q[k]] : []));
  return Math.max(0, gaps + exactSum(inside));
}

/** p·log(p/q) + q − p, by a series where the three would cancel. */
function gap(p, q) {
  const change = q - p;
  const delta = change / p;
  if (Math.abs(delta) > 0.05) return change + p * logRatio(p, q);
  let term = delta * delta;
  let total = term / 2;
  for (let n = 3; n < 20; n += 1) {
    term *= -delta;
    total += term / n;
  }
  return p * total;
}

/** log(p/q); beyond the float range of the ratio the two logarithms are far apart. */
function logRatio(p, q) {
  const ratio = p / q;
  return ratio > 1e-300 && ratio < 1e300 ? Math.log(ratio) : Math.log(p) - Math.log(q);
}

/** The sum as if added exactly: the rounding errors are collected and added at the end. */
function exactSum(values) {
  let total = 0;
  let lost = 0;
  for (const value of values) {
    const next = total + value;
    const part = next - total;
    lost += total - (next - part) + (value - part);
    total = next;
  }
  return total + lost;
}

// Mirrors ce_lib/losses: losses from logits, one example at a time.

import { logSoftmax, sum } from "./numerics.js";

/**
 * −log softmax(z)[y] as log1p(rest / e_y): no digit is lost when the loss is small.
 * A logit of −∞ (a class that was ruled out) counts as an exponential of 0.
 */
export function softmaxCrossEntropy(z, y) {
  if (z[y] === -Infinity) return Infinity;
  const others = z.filter((_, k) => k !== y);
  const top = Math.max(...others);
  if (top === -Infinity) return 0;
  // rest = s·exp(top), with s between 1 and K − 1; the quotient takes two factors, so
  // that s multiplies before the exponential runs out of digits.
  const s = sum(others.map((value) => Math.exp(value - top)));
  const behind = top - z[y];
  if (behind > 0) return behind + Math.log(s + Math.exp(-behind));
  const root = Math.exp(behind / 2);
  return Math.log1p(s * root * root);
}

/** The same for a target that is a distribution: Σ p·(−log softmax(z)). */
export function softTargetCrossEntropy(z, p) {
  const logs = logSoftmax(z);
  return sum(p.map((value, k) => (value > 0 ? -value * logs[k] : 0)));
}

/** dL/dz = q − p for a hard target; the target's entry is −(sum of the others). */
export function logitGradient(q, y) {
  const rest = sum(q.filter((_, k) => k !== y));
  return q.map((value, k) => (k === y ? -rest : value));
}

/** −log σ(z) for truth 1, −log σ(−z) for truth 0, mixed for a target between. */
export function binaryCrossEntropyWithLogits(z, target) {
  const wrong = z >= 0 ? 1 - target : target;
  return Math.log1p(Math.exp(-Math.abs(z))) + Math.abs(z) * wrong;
}

/**
 * dL/dz for a target that is a distribution: (Σp)·q − p, seen from the largest logit, so
 * that its own entry is not found by a difference of numbers close to 1.
 */
export function softTargetGradient(z, p) {
  const top = z.indexOf(Math.max(...z));
  const rivals = z.map((value, k) => (k === top ? -Infinity : value));
  const second = Math.max(...rivals);
  const e = rivals.map((value) => Math.exp(value - second));
  const s = sum(e);
  const ratio = s * Math.exp(second - z[top]); // all rivals against the largest
  const [hit, miss] = [1 / (1 + ratio), ratio / (1 + ratio)];
  const whole = sum(p);
  const others = sum(p.filter((_, k) => k !== top));
  return z.map((_, k) => (k === top ? others * hit - p[top] * miss : whole * (miss * (e[k] / s)) - p[k]));
}

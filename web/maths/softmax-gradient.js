// What the softmax gradient's buttons do: take steps, soften a target, change the classes.

import { descended } from "./hands.js";
import { softTargetGradient } from "./losses.js";
import { sum } from "./numerics.js";
import { smoothLabels } from "./targets.js";

/** The logits after so many steps of gradient descent towards the target p. */
export function afterSteps(logits, p, rate, count) {
  let z = logits;
  for (let i = 0; i < count; i += 1) z = descended(z, softTargetGradient(z, p), rate);
  return z;
}

/** A target that is no longer sure: three tenths of a certainty shared out evenly. */
export function softened(p) {
  return p.includes(1) ? smoothLabels(p, 0.3) : p;
}

/**
 * The same prediction and target over another number of classes. A newcomer starts with
 * logit 0 and is no target; a target that has lost everything is the first class.
 */
export function resized(logits, p, count) {
  const kept = p.slice(0, count);
  const total = sum(kept);
  const share = (k) => (total > 0 ? (kept[k] ?? 0) / total : Number(k === 0));
  return {
    logits: Array.from({ length: count }, (_, k) => logits[k] ?? 0),
    p: Array.from({ length: count }, (_, k) => share(k)),
  };
}

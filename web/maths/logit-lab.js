// Mirrors ce_lib/explorers/logit_lab.py: the race of two learners on one sigmoid unit.
// A pair is what belongs to cross-entropy, then what belongs to squared error (1 − q)².

import { binaryCrossEntropyWithLogits } from "./losses.js";
import { sigmoid } from "./numerics.js";

/** Cross-entropy at the first logit, squared error at the second; the truth is 1. */
export function losses([ce, squared]) {
  return [binaryCrossEntropyWithLogits(ce, 1), sigmoid(-squared) ** 2];
}

/** dL/dz of both: q − 1 at the first logit, −2q(1 − q)² at the second. */
export function slopes([ce, squared]) {
  return [-sigmoid(-ce), -2 * sigmoid(squared) * sigmoid(-squared) ** 2];
}

/** The pairs of logits after 0, 1, … steps of gradient descent from `z`. */
export function race(z, rate, steps) {
  const pairs = [[z, z]];
  for (let n = 0; n < steps; n += 1) {
    const [ce, squared] = slopes(pairs[n]);
    pairs.push([pairs[n][0] - rate * ce, pairs[n][1] - rate * squared]);
  }
  return pairs;
}

/** After how many steps q has reached `goal`; ∞ if it has not. */
export function stepsToGoal(path, goal) {
  const there = path.findIndex((z) => sigmoid(z) >= goal);
  return there < 0 ? Infinity : there;
}

/**
 * Where a run from step `from` ends: when both learners have reached `goal`, or else with
 * the last pair.
 */
export function runEnd(pairs, from, goal) {
  const both = Math.max(
    ...[0, 1].map((i) =>
      stepsToGoal(
        pairs.map((pair) => pair[i]),
        goal,
      ),
    ),
  );
  return both > from && both < Infinity ? both : pairs.length - 1;
}

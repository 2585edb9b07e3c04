// What the property tests share: things to try, and how near two numbers must be.

import assert from "node:assert/strict";
import fc from "fast-check";
import { sum } from "../maths/numerics.js";

// Repeatable, as the Python properties are: a red test is red again.
fc.configureGlobal({ seed: 1, numRuns: 300 });

export { fc };

/** A number from `min` to `max`; both are tried often. */
export const between = (min, max) => fc.double({ min, max, noNaN: true });

/** A probability: none, sure, half, or anything that is not absurdly small. */
export const share = fc.oneof(fc.constantFrom(0, 1, 0.5), between(1e-9, 1));

/** Two to six shares that sum to 1; impossible and certain ones are among them. */
export const distribution = fc
  .array(share, { minLength: 2, maxLength: 6 })
  .filter((weights) => sum(weights) > 0)
  .map((weights) => weights.map((weight) => weight / sum(weights)));

/** Two to six logits. */
export const logits = fc.array(between(-50, 50), { minLength: 2, maxLength: 6 });

/** Which entry: taken modulo how many there are. */
export const place = fc.nat(5);

/** Fail unless two numbers are equal but for a relative error; 0 and −0 are equal. */
export function near(actual, expected, relative = 1e-12) {
  const close = actual === expected || Math.abs(actual - expected) <= relative * Math.abs(expected);
  assert.ok(close, `${actual} is not near ${expected}`);
}

/** Fail unless these are probabilities that sum to 1. */
export function isDistribution(shares) {
  near(sum(shares), 1);
  for (const one of shares) assert.ok(one >= 0 && one <= 1, `${one} is no probability`);
}

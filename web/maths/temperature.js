// A model and its teacher at a temperature. Mirrors ce_lib/explorers/temperature.py. And what
// hands do there.

import { clamp, logitsFor } from "./hands.js";
import { softTargetCrossEntropy, softTargetGradient } from "./losses.js";
import { softmax, sum } from "./numerics.js";

const SAME = 1e-12; // logits that differ by less are the same, but for rounding

/** What the logits differ by, with the mean 0; all 0 if it is nothing but rounding. */
export function gap(z, teacher) {
  const difference = z.map((value, k) => value - teacher[k]);
  const mean = sum(difference) / z.length;
  const centred = difference.map((value) => value - mean);
  return centred.every((value) => Math.abs(value) <= SAME) ? centred.map(() => 0) : centred;
}

/**
 * What it costs by `z` at its temperature if `drawn` draws at its heat. From the logits: of a
 * probability close to 1 the price has lost its digits.
 */
export function price(z, drawn, temperature, heat) {
  return softTargetCrossEntropy(cooled(z, temperature), softmax(drawn, heat));
}

/** dL/dz of the cross-entropy from teacher to model, both at T: (q − p)/T. */
export function push(z, teacher, temperature) {
  const away = gap(z, teacher);
  if (away.every((value) => value === 0)) return away;
  const slopes = softTargetGradient(cooled(z, temperature), softmax(teacher, temperature));
  return slopes.map((slope) => slope / temperature);
}

/** The logits at a temperature, the largest being 0. */
function cooled(z, temperature) {
  const top = Math.max(...z);
  return z.map((value) => (value - top) / temperature);
}

/** The length of a vector. */
export function length(vector) {
  return Math.hypot(...vector);
}

/** The logits that give class k the probability `value` at this temperature, within the range. */
export function logitsAt(z, k, value, temperature, { low, high }) {
  const now = z.map((one) => one / temperature);
  const wanted = logitsFor(now, k, value, { low: low / temperature, high: high / temperature });
  return z.map((one, j) => (j === k ? clamp(wanted[k] * temperature, low, high) : one));
}

/** As many logits as there are to be; a newcomer starts at 0. */
export function resized(z, count) {
  return Array.from({ length: count }, (_, k) => z[k] ?? 0);
}

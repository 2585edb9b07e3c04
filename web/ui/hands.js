// What a hand that drags a model's bar means for the logits behind it.

import { logsumexp } from "../maths/numerics.js";

/**
 * The logits that give class k the probability `value`, from .001 to .999, and leave the
 * others' gaps alone; within the range `low` to `high` of the explorer's state.
 */
export function logitsFor(logits, k, value, { low, high }) {
  const q = Math.min(0.999, Math.max(0.001, value));
  const others = logsumexp(logits.filter((_, j) => j !== k));
  const wanted = Math.log(q / (1 - q)) + others;
  return logits.map((z, j) => (j === k ? Math.min(high, Math.max(low, wanted)) : z));
}

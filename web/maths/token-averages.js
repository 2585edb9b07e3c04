// Three means of the losses of tokens that two ranks hold. Mirrors ce_lib/explorers/token_averages.py;
// null is the mean of nothing.

import { isClose, sum } from "./numerics.js";

/** The sum of the losses that count, and how many these are. */
export function total(losses, mask) {
  return [sum(losses.filter((_, i) => mask[i])), sum(mask)];
}

/** What each rank reports; the average of that is the mean of this name: means, tokens or slots. */
export function reports(sums, tokens, slots, way) {
  if (way === "means") return sums.map((part, r) => (tokens[r] > 0 ? part / tokens[r] : null));
  const count = sum(way === "tokens" ? tokens : slots);
  return sums.map((part) => (count > 0 ? (part * sums.length) / count : null));
}

/** The mean of the values; one null makes it null. */
export function average(values) {
  return values.includes(null) ? null : sum(values) / values.length;
}

/** Among how many slots the whole is shared, as a slot of A and one of B see it. */
export function sharers(maskA, maskB, way) {
  const masks = [maskA, maskB];
  if (way === "slots") return masks.map(() => maskA.length + maskB.length);
  return masks.map((mask) => (way === "means" ? masks.length * sum(mask) : sum(maskA) + sum(maskB)));
}

/** How much each slot weighs in the mean of this name, A's before B's. */
export function weights(maskA, maskB, way) {
  const counts = sharers(maskA, maskB, way);
  return [maskA, maskB].flatMap((mask, r) =>
    mask.map((counted) => (counted || way === "slots" ? 1 / counts[r] : 0)),
  );
}

/** The result minus the token mean; what rounding leaves of 0 is 0. */
export function gap(result, mean, same) {
  if (result === null || mean === null) return null;
  return isClose(result, mean, same) ? 0 : result - mean;
}

/** e to a mean in nats. */
export function perplexity(mean) {
  return mean === null ? null : Math.exp(mean);
}

/** What a hand asks for: so many tokens count. The last one goes first, the first free slot comes. */
export function withTokens(mask, count) {
  const next = [...mask];
  while (sum(next) > count) next[next.lastIndexOf(1)] = 0;
  while (sum(next) < count) next[next.indexOf(0)] = 1;
  return next;
}

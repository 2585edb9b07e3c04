// Mirrors ce_lib/explorers/reliability.py: forecasts in groups, bent by a temperature. And
// what hands do to them.

import { fitTemperature } from "./calibration.js";
import { sigmoid, sum } from "./numerics.js";

/** The forecast f as [no, yes] at temperature T, which may be 0 or ∞: the limits. */
export function bent(f, temperature) {
  if (f === 0 || f === 1 || temperature === 1) return [1 - f, f];
  const z = logit(f);
  if (z === 0) return [0.5, 0.5];
  const cooled = temperature === 0 ? z * Infinity : z / temperature;
  return [sigmoid(-cooled), sigmoid(cooled)];
}

/** The forecast that, bent at this temperature, is `f`. */
export function unbent(f, temperature) {
  return f === 0 || f === 1 ? f : sigmoid(logit(f) * temperature);
}

/**
 * The T with the lowest log score, and the name of the words that say what it means. It is 0
 * or ∞ where bending further always helps, and 1 where T changes nothing. A fit within
 * `same` of 1 is 1; what is within `rounding` of 0 is 0.
 */
export function bestTemperature(stated, cases, hits, { rounding, same }) {
  const groups = stated.map((f, g) => ({ f, cases: cases[g], hits: hits[g] }));
  if (groups.some((g) => (g.f === 0 && g.hits > 0) || (g.f === 1 && g.hits < g.cases))) return [1, "missed"];
  const free = groups.filter(({ f }) => f !== 0 && f !== 0.5 && f !== 1);
  if (free.length === 0) return [1, "unbendable"];
  const z = free.map(({ f }) => logit(f));
  if (free.every((g, i) => g.hits === (z[i] > 0 ? g.cases : 0))) return [0, "sharpen"];
  const pull = sum(free.map((g, i) => z[i] * (2 * g.hits - g.cases)));
  if (pull <= rounding * sum(free.map((g, i) => Math.abs(z[i]) * g.cases))) return [Infinity, "flatten"];
  const counts = free.map((g) => [g.cases - g.hits, g.hits]);
  const best = fitTemperature(z, counts);
  if (Math.abs(best - 1) <= same) return [1, "right"];
  return [best, best > 1 ? "too_sure" : "not_sure"];
}

/** The middle of the widest gap between the stated probabilities, in whole percent. */
export function widestGap(stated) {
  const at = [0, ...stated, 1].sort((a, b) => a - b);
  const gaps = at.slice(1).map((value, i) => value - at[i]);
  const widest = gaps.indexOf(Math.max(...gaps));
  return Math.round(50 * (at[widest] + at[widest + 1])) / 100;
}

function logit(f) {
  return Math.log(f) - Math.log1p(-f);
}

// Mirrors the decompositions of ce_lib/scoring. Forecasts come as groups: `rows[g]` is what
// was stated, `counts[g]` how often each class happened to the cases that got it.

import { entropy, klDivergence, surprisal } from "./information.js";
import { sum } from "./numerics.js";

/** [score, uncertainty, resolution, reliability] of the Brier score, the sum over classes. */
export function brierDecomposition(rows, counts) {
  const { distinct, frequency, share, overall } = pooled(rows, counts);
  const squares = (a, b) => sum(a.map((value, k) => (value - b[k]) ** 2));
  const cost = (row) => row.map((_, y) => squares(row, oneAt(y, row.length)));
  const scores = rows.map((row, g) => priceOf(cost(row), counts[g]));
  return [
    sum(scores) / sum(counts.map(sum)),
    sum(overall.map((p) => p * (1 - p))),
    sum(frequency.map((p, g) => share[g] * squares(p, overall))),
    sum(frequency.map((p, g) => share[g] * squares(distinct[g], p))),
  ];
}

/** [score, uncertainty, resolution, reliability] of the log score, in nats. */
export function logScoreDecomposition(rows, counts) {
  const { distinct, frequency, share, overall } = pooled(rows, counts);
  const scores = rows.map((row, g) => priceOf(row.map(surprisal), counts[g]));
  return [
    sum(scores) / sum(counts.map(sum)),
    entropy(overall),
    sum(frequency.map((p, g) => share[g] * klDivergence(p, overall))),
    sum(frequency.map((p, g) => share[g] * klDivergence(p, distinct[g]))),
  ];
}

/** What the cases of one group pay; a class that never happened costs nothing. */
function priceOf(prices, count) {
  return sum(prices.map((price, k) => (count[k] > 0 ? count[k] * price : 0)));
}

function oneAt(y, classes) {
  return Array.from({ length: classes }, (_, k) => (k === y ? 1 : 0));
}

/** Groups with the same forecast are one: its frequencies, its share, and those overall. */
function pooled(rows, counts) {
  const groups = new Map();
  rows.forEach((row, g) => {
    const key = row.join();
    const before = groups.get(key)?.count ?? row.map(() => 0);
    groups.set(key, { row, count: before.map((n, k) => n + counts[g][k]) });
  });
  const all = [...groups.values()];
  const total = sum(counts.map(sum));
  const frequency = all.map(({ count }) => count.map((n) => n / sum(count)));
  const share = all.map(({ count }) => sum(count) / total);
  const overall = rows[0].map((_, k) => sum(frequency.map((p, g) => share[g] * p[k])));
  return { distinct: all.map(({ row }) => row), frequency, share, overall };
}

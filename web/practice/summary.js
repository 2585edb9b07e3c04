// Mirrors ce_lib/practice/quiz.py and record.py: what bets pay, and what they say together.

import { reliabilityCurve } from "../maths/calibration.js";
import { sum } from "../maths/numerics.js";
import { brierScore, logScore } from "../maths/scoring.js";

export const BINS = 5;

/** [log, brier, even log, even brier]: a bet, beside the same belief in every option. */
export function score(q, y) {
  const even = q.map(() => 1 / q.length);
  return [logScore(q, y), brierScore(q, y), logScore(even, y), brierScore(even, y)];
}

/** A forecaster in a few numbers; `bets` is [{ q, y }, …], at least one. */
export function summary(bets) {
  const scores = bets.map(({ q, y }) => score(q, y));
  const rest = scores.filter(([log]) => Number.isFinite(log)).map(([log]) => log);
  const mean = (values) => sum(values) / values.length;
  const stated = bets.flatMap(({ q }) => q);
  const counts = bets.flatMap(({ q, y }) => q.map((_, k) => (k === y ? [0, 1] : [1, 0])));
  const largest = bets.map(({ q }) => Math.max(...q));
  const hits = bets.map(({ q, y }, i) =>
    q[y] === largest[i] ? 1 / q.filter((part) => part === largest[i]).length : 0,
  );
  const [confidence, frequency, sizes] = reliabilityCurve(stated, counts, BINS);
  return {
    bets: bets.length,
    ruledOut: bets.length - rest.length,
    meanLog: mean(scores.map(([log]) => log)),
    meanLogRest: mean(rest),
    meanBrier: mean(scores.map(([, brier]) => brier)),
    evenLog: mean(scores.map(([, , log]) => log)),
    evenBrier: mean(scores.map(([, , , brier]) => brier)),
    sure: mean(largest),
    right: mean(hits),
    confidence,
    frequency,
    sizes,
  };
}

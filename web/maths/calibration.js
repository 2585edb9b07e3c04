// Mirrors ce_lib/calibration for yes-or-no forecasts that come in groups: `counts[g]` is
// [cases that came out no, cases that came out yes].

import { sigmoid, sum } from "./numerics.js";

/** [confidence, frequency, counts] of the bins that are used; a bin holds its upper border. */
export function reliabilityCurve(q, counts, nBins = 10) {
  const bins = Array.from({ length: nBins }, () => ({ stated: 0, hits: 0, size: 0 }));
  q.forEach((value, g) => {
    const bin = bins[binOf(value, nBins)];
    const size = sum(counts[g]);
    bin.stated += value * size;
    bin.hits += counts[g][1];
    bin.size += size;
  });
  const used = bins.filter(({ size }) => size > 0);
  return [
    used.map(({ stated, size }) => stated / size),
    used.map(({ hits, size }) => hits / size),
    used.map(({ size }) => size),
  ];
}

/** The bin of a probability, from 0. */
function binOf(value, nBins) {
  let bin = 0;
  while (bin < nBins - 1 && value > (bin + 1) / nBins) bin += 1;
  return bin;
}

/** How many cases each of the bins holds. */
export function histogram(q, counts, nBins = 10) {
  const sizes = Array.from({ length: nBins }, () => 0);
  q.forEach((value, g) => {
    sizes[binOf(value, nBins)] += sum(counts[g]);
  });
  return sizes;
}

/** Mean gap between stated probability and observed frequency. */
export function expectedCalibrationError(q, counts, nBins = 10) {
  const [confidence, frequency, sizes] = reliabilityCurve(q, counts, nBins);
  const total = sum(sizes);
  return sum(sizes.map((size, i) => (size / total) * Math.abs(frequency[i] - confidence[i])));
}

/**
 * The T at which σ(z/T) fits best. The mean loss is convex in b = 1/T, and its slope is
 * halved into: Σ z·(misses·σ(bz) − hits·σ(−bz)), in which nothing cancels but its terms.
 * There must be a minimum: some case is on the wrong side, and on average they are not.
 */
export function fitTemperature(z, counts) {
  const slope = (b) =>
    sum(
      z.map((value, g) => value * (counts[g][0] * sigmoid(b * value) - counts[g][1] * sigmoid(-b * value))),
    );
  const scale = Math.max(...z.map(Math.abs));
  let low = 0;
  let high = 1 / scale;
  while (slope(high) < 0) [low, high] = [high, 2 * high];
  for (let middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (slope(middle) < 0) low = middle;
    else high = middle;
  }
  return 1 / high;
}

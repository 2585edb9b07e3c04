// Scales: from a quantity's value to its place in a picture, and back.

/**
 * A linear scale from `domain` [a, b] to `range` [c, d] (either may run downwards). The
 * scale is a function; `invert` goes back, `ticks(n)` gives about n round values within the
 * domain, and `clamped` keeps to the range.
 */
export function linear(domain, range) {
  return scale(domain, range, { to: (value) => value, from: (value) => value, ticks: roundValues });
}

/** A logarithmic scale; both ends of the domain are above 0. Its ticks are the decades. */
export function log(domain, range) {
  return scale(domain, range, { to: Math.log10, from: (value) => 10 ** value, ticks: decades });
}

function scale(domain, range, { to, from, ticks }) {
  const [a, b] = domain.map(to);
  const [c, d] = range;
  const place = (value) => c + ((to(value) - a) / (b - a)) * (d - c);
  return Object.assign(place, {
    domain,
    range,
    invert: (at) => from(a + ((at - c) / (d - c)) * (b - a)),
    clamped: (value) => Math.min(Math.max(c, d), Math.max(Math.min(c, d), place(value))),
    ticks: (count = 5) => ticks(Math.min(...domain), Math.max(...domain), count),
  });
}

/** Multiples of 1, 2 or 5 times a power of ten, about `count` of them. */
function roundValues(low, high, count) {
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  // Half way between the neighbours, on a logarithmic scale.
  const factor = [1, 2, 5, 10].find((_, i) => rough / power <= Math.sqrt([2, 10, 50, 100][i]));
  const step = factor * power;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  // Divided where the step is a fraction: 3 · 0.1 is no 0.3.
  const value = (n) => (step < 1 ? n / Math.round(1 / step) : n * step);
  return Array.from({ length: last - first + 1 }, (_, i) => value(first + i));
}

function decades(low, high) {
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => Number(`1e${first + i}`));
}

// Distributions over three outcomes as points of an equilateral triangle, and what hands do
// with them. Coordinates are the shares of the corners: top, left, right.

/**
 * The triangle with its top corner at `top` and sides of this `length`. `place(shares)` gives
 * the point [x, y], `invert(point)` goes back; outside the triangle a share is below 0.
 */
export function triangle([x, y], length) {
  const tall = (length * Math.sqrt(3)) / 2;
  return {
    tall,
    corners: [
      [x, y],
      [x - length / 2, y + tall],
      [x + length / 2, y + tall],
    ],
    place: ([up, left, right]) => [x + ((right - left) * length) / 2, y + (1 - up) * tall],
    invert([px, py]) {
      const up = 1 - (py - y) / tall;
      const right = (px - x) / length + (1 - up) / 2;
      return [up, 1 - up - right, right];
    },
  };
}

/** The distribution in whole percents near coordinates from in- or outside the triangle. */
export function inPercents(coordinates) {
  const positive = coordinates.map((share) => Math.max(0, share));
  const total = positive.reduce((a, b) => a + b, 0);
  const [first, second] = positive.map((share) => Math.round((100 * share) / total));
  const kept = Math.min(second, 100 - first);
  return [first, kept, 100 - first - kept].map((percents) => percents / 100);
}

/** A distribution as the first share, and which part of the rest the second one gets. */
export function split([first, second, third]) {
  return [first, second + third > 0 ? second / (second + third) : 0.5];
}

/** The distribution whose first share is this, and whose second gets this part of the rest. */
export function joined([first, part]) {
  const rest = 1 - first;
  return [first, rest * part, rest * (1 - part)];
}

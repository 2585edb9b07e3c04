// Three shares as a point, and as what two sliders say. Each test names the function it speaks of.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inPercents, joined, split, triangle } from "../maths/triangle.js";
import { between, distribution, fc, isDistribution, near, share } from "./properties.mjs";

const three = distribution.filter((shares) => shares.length === 3);
const top = fc.tuple(between(-500, 500), between(-500, 500));
const length = between(50, 500);

/** Fail unless two points are equal but for rounding errors in what they were made from. */
function samePoint(actual, expected, size) {
  for (const axis of [0, 1]) near(actual[axis] - expected[axis] + size, size);
}

test("triangle.triangle: going back from a place gives the shares", () => {
  fc.assert(
    fc.property(three, top, length, (shares, corner, side) => {
      const { place, invert } = triangle(corner, side);
      const back = invert(place(shares));
      // Pixels are counted from the page's corner: far away they leave fewer digits.
      for (const [i, one] of back.entries()) near(one - shares[i] + 1, 1);
    }),
  );
});

test("triangle.triangle: a sure outcome is its corner, and all sides are as long as asked", () => {
  fc.assert(
    fc.property(top, length, (corner, side) => {
      const { place, corners } = triangle(corner, side);
      const sure = [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ];
      sure.forEach((shares, i) => {
        samePoint(place(shares), corners[i], 1000);
        const next = corners[(i + 1) % 3];
        near(Math.hypot(corners[i][0] - next[0], corners[i][1] - next[1]), side, 1e-11);
      });
    }),
  );
});

test("triangle.triangle: distances are those of the distributions, to scale", () => {
  fc.assert(
    fc.property(three, three, length, (p, q, side) => {
      const { place } = triangle([0, 0], side);
      const [a, b] = [place(p), place(q)];
      const apart = Math.sqrt(p.reduce((total, one, k) => total + (one - q[k]) ** 2, 0));
      near(Math.hypot(a[0] - b[0], a[1] - b[1]) + side, (apart * side) / Math.SQRT2 + side);
    }),
  );
});

test("triangle.inPercents: whole percents that sum to 1, from wherever the hand is", () => {
  fc.assert(
    fc.property(top, top, length, (corner, point, side) => {
      const percents = inPercents(triangle(corner, side).invert(point));
      isDistribution(percents);
      for (const one of percents) near(100 * one, Math.round(100 * one));
    }),
  );
});

test("triangle.inPercents: near what was asked, and again the same", () => {
  fc.assert(
    fc.property(three, (shares) => {
      const percents = inPercents(shares);
      for (const [i, one] of percents.entries()) assert.ok(Math.abs(one - shares[i]) <= 0.0100001);
      for (const [i, one] of inPercents(percents).entries()) near(one, percents[i], 0);
    }),
  );
});

test("triangle.split: joining the two parts gives the distribution back", () => {
  fc.assert(
    fc.property(three, (shares) => {
      const parts = split(shares);
      for (const part of parts) assert.ok(part >= 0 && part <= 1);
      for (const [i, one] of joined(parts).entries()) near(one - shares[i] + 1, 1);
    }),
  );
});

test("triangle.joined: a distribution with the first share and the part that were asked", () => {
  fc.assert(
    fc.property(share, share, (first, part) => {
      const shares = joined([first, part]);
      isDistribution(shares);
      near(shares[0], first, 0);
      const [, back] = split(shares);
      near(back, first === 1 ? 0.5 : part, 1e-11);
    }),
  );
});

// What a change of the outcomes' number does to any distribution.

import assert from "node:assert/strict";
import { test } from "node:test";
import { sum } from "../maths/numerics.js";
import { resized } from "../maths/two-distributions.js";
import { distribution, fc, isDistribution, near } from "./properties.mjs";

const count = fc.integer({ min: 2, max: 6 });

test("two-distributions.resized: as many outcomes as asked for, and the sum stays 1", () => {
  fc.assert(
    fc.property(distribution, count, (shares, wanted) => {
      const now = resized(shares, wanted);
      assert.equal(now.length, wanted);
      isDistribution(now);
      assert.deepEqual(resized(now, wanted), now);
    }),
  );
});

test("two-distributions.resized: those that stay keep their proportions, newcomers get an even share", () => {
  fc.assert(
    fc.property(distribution, count, (shares, wanted) => {
      const now = resized(shares, wanted);
      const kept = now.slice(0, shares.length);
      const before = shares.slice(0, wanted);
      kept.forEach((share, k) => {
        if (sum(before) > 0) near(share / sum(kept), before[k] / sum(before));
        else near(share, 1 / wanted);
      });
      now.slice(shares.length).forEach((share) => {
        near(share, 1 / wanted);
      });
    }),
  );
});

test("two-distributions.resized: uniform stays uniform", () => {
  fc.assert(
    fc.property(count, count, (from, to) => {
      for (const share of resized(Array(from).fill(1 / from), to)) near(share, 1 / to);
    }),
  );
});

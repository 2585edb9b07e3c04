// What hands do at a temperature, for any logits.

import assert from "node:assert/strict";
import { test } from "node:test";
import { softmax } from "../maths/numerics.js";
import { logitsAt, resized } from "../maths/temperature.js";
import { between, fc, near } from "./properties.mjs";

const logits = fc.array(between(-3, 3), { minLength: 2, maxLength: 6 });
const WIDE = { low: -1000, high: 1000 };

test("temperature.logitsAt: the class has the share at this temperature, the other logits stay", () => {
  fc.assert(
    fc.property(logits, fc.nat(), between(0.01, 0.99), between(0.25, 20), (z, at, share, temperature) => {
      const k = at % z.length;
      const now = logitsAt(z, k, share, temperature, WIDE);
      near(softmax(now, temperature)[k], share);
      assert.deepEqual(now.toSpliced(k, 1), z.toSpliced(k, 1));
    }),
  );
});

test("temperature.logitsAt: no hand leaves the range", () => {
  const range = { low: -3, high: 3 };
  fc.assert(
    fc.property(logits, fc.nat(), between(0, 1), between(0.25, 20), (z, at, share, temperature) => {
      const now = logitsAt(z, at % z.length, share, temperature, range);
      assert.ok(now.every((value) => value >= range.low && value <= range.high));
    }),
  );
});

test("temperature.resized: as many as asked for, those that stay stay, a newcomer has 0", () => {
  fc.assert(
    fc.property(logits, fc.integer({ min: 2, max: 6 }), (z, count) => {
      const now = resized(z, count);
      assert.equal(now.length, count);
      now.forEach((value, k) => {
        assert.equal(value, z[k] ?? 0);
      });
    }),
  );
});

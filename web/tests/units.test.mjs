// What a price is counted in.

import assert from "node:assert/strict";
import { test } from "node:test";
import { guessIn } from "../maths/units.js";

test("units.guessIn: a guess stays the same price in any units", () => {
  assert.equal(guessIn({ value: 2, unit: "bits" }, "bits"), 2);
  assert.equal(guessIn({ value: 2, unit: "bits" }, "nats"), 2 * Math.LN2);
  assert.equal(guessIn({ value: Math.LN2, unit: "nats" }, "bits"), 1);
});

// A price as a pitch.

import assert from "node:assert/strict";
import { test } from "node:test";
import { pitch } from "../ui/tone.js";

const close = (a, b) => assert.ok(Math.abs(a / b - 1) < 1e-12, `${a} is not ${b}`);

test("tone.pitch: half the probability is the same interval higher everywhere", () => {
  for (const q of [1, 0.7, 0.01, 2e-6]) {
    close(pitch(-Math.log(q / 2)) / pitch(-Math.log(q)), 2 ** (1 / 4));
  }
});

test("tone.pitch: every price that the curve can show is within what people hear", () => {
  assert.equal(pitch(0), 110);
  assert.ok(pitch(-Math.log(1e-6)) < 4000);
});

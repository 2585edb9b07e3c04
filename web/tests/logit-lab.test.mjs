// Where a run of the two learners ends. Each test names the function it speaks of.

import assert from "node:assert/strict";
import { test } from "node:test";
import { race, runEnd } from "../maths/logit-lab.js";
import { sigmoid } from "../maths/numerics.js";
import { between, fc } from "./properties.mjs";

test("logit-lab.runEnd: after the beginning, with both learners at the goal there or with the last step", () => {
  fc.assert(
    fc.property(
      between(-8, 8),
      between(0.1, 10),
      fc.nat(60),
      fc.constantFrom(0.5, 0.9),
      (z, rate, from, goal) => {
        const pairs = race(z, rate, 60);
        const end = runEnd(pairs, from, goal);
        const there = (n) => pairs[n].every((one) => sigmoid(one) >= goal);
        assert.ok(end > from || (end === 60 && from === 60));
        if (end < 60) assert.ok(there(end) && !there(end - 1));
        else assert.ok(there(from) || !there(59));
      },
    ),
  );
});

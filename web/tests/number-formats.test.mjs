// What hands do to logits in a number format of few digits.

import assert from "node:assert/strict";
import { test } from "node:test";
import { happened, run, WAYS } from "../maths/formats.js";
import { softmaxCrossEntropy } from "../maths/losses.js";
import { logitAt, resized, stopOf } from "../maths/number-formats.js";
import { between, fc, near } from "./properties.mjs";

const logit = between(-2000, 2000);

test("number-formats.stopOf: the stop and its logit lead to each other", () => {
  fc.assert(
    fc.property(logit, (z) => {
      near(logitAt(stopOf(z)), z);
      near(stopOf(-z), -stopOf(z));
    }),
  );
});

test("number-formats.logitAt: whole stops are tenths, whole numbers, then tens, ever further out", () => {
  const limit = stopOf(2000);
  for (let stop = 1; stop <= limit; stop += 1) {
    const [before, z] = [logitAt(stop - 1), logitAt(stop)];
    const step = z <= 20 ? 0.1 : z <= 200 ? 1 : 10;
    near(z, step * Math.round(z / step));
    near(1 + z - before, 1 + step, 1e-9);
    assert.equal(logitAt(-stop), -z);
  }
});

test("number-formats.resized: as many classes as asked for, the target among them", () => {
  const state = fc.array(logit, { minLength: 2, maxLength: 4 });
  fc.assert(
    fc.property(state, fc.nat(3), fc.integer({ min: 2, max: 4 }), (logits, at, count) => {
      const target = at % logits.length;
      const now = resized(logits, target, count);
      assert.equal(now.logits.length, count);
      assert.ok(now.target < count);
      if (target < count) assert.equal(now.target, target);
      now.logits.forEach((z, k) => {
        assert.equal(z, logits[k] ?? 0);
      });
    }),
  );
});

test("formats.happened: it finds the step that the words for a trouble speak of", () => {
  const name = fc.constantFrom("float16", "bfloat16", "float32", "float64");
  const logits = fc.array(fc.oneof(logit, between(-20, 20)), { minLength: 2, maxLength: 4 });
  fc.assert(
    fc.property(logits, name, (z, format) => {
      const { values, troubles } = run(z, 0, format, softmaxCrossEntropy(z, 0));
      for (const [way, words] of Object.entries(troubles)) {
        const trouble = happened(way, words);
        assert.equal(trouble === null, words === "none");
        if (trouble === null) continue;
        assert.ok(WAYS[way].includes(trouble.step));
        assert.equal(words.endsWith("harmless"), trouble.harmless);
        const steps = WAYS[way].slice(0, WAYS[way].indexOf(trouble.step));
        const earlier = steps.flatMap((step) => values[step]);
        assert.ok(earlier.every(Number.isFinite), "the first trouble is the first");
      }
    }),
  );
});

// What the buttons of the softmax gradient do, for any logits and targets.

import assert from "node:assert/strict";
import { test } from "node:test";
import { softTargetCrossEntropy } from "../maths/losses.js";
import { sum } from "../maths/numerics.js";
import { afterSteps, resized, softened } from "../maths/softmax-gradient.js";
import { between, distribution, fc, isDistribution, near } from "./properties.mjs";

/** A target and as many logits. */
const pair = distribution.chain((p) =>
  fc.tuple(fc.array(between(-5, 5), { minLength: p.length, maxLength: p.length }), fc.constant(p)),
);

test("softmax-gradient.afterSteps: no step moves nothing, and two are one after the other", () => {
  fc.assert(
    fc.property(pair, between(0.1, 10), ([z, p], rate) => {
      assert.deepEqual(afterSteps(z, p, rate, 0), z);
      assert.deepEqual(afterSteps(z, p, rate, 2), afterSteps(afterSteps(z, p, rate, 1), p, rate, 1));
    }),
  );
});

test("softmax-gradient.afterSteps: short steps never raise the loss, and keep the logits' sum", () => {
  fc.assert(
    fc.property(pair, between(0.1, 1), ([z, p], rate) => {
      const moved = afterSteps(z, p, rate, 1);
      const [before, after] = [z, moved].map((logits) => softTargetCrossEntropy(logits, p));
      assert.ok(after <= before * (1 + 1e-12), `${after} > ${before}`);
      near(100 + sum(moved), 100 + sum(z));
    }),
  );
});

test("softmax-gradient.softened: a certainty becomes a mix with the same leader, a mix stays", () => {
  fc.assert(
    fc.property(distribution, (p) => {
      const soft = softened(p);
      isDistribution(soft);
      assert.ok(!soft.includes(1));
      assert.equal(soft.indexOf(Math.max(...soft)), p.indexOf(Math.max(...p)));
      assert.deepEqual(softened(soft), soft);
    }),
  );
});

test("softmax-gradient.resized: as many classes as asked for, and those that stay keep their proportions", () => {
  fc.assert(
    fc.property(pair, fc.integer({ min: 2, max: 6 }), ([z, p], count) => {
      const now = resized(z, p, count);
      assert.equal(now.logits.length, count);
      assert.equal(now.p.length, count);
      isDistribution(now.p);
      const kept = p.slice(0, count);
      kept.forEach((share, k) => {
        assert.equal(now.logits[k], z[k]);
        if (sum(kept) > 0) near(now.p[k] * sum(kept), share);
      });
      now.p.slice(p.length).forEach((share) => {
        assert.equal(share, 0);
      });
      if (count >= p.length) assert.deepEqual(resized(now.logits, now.p, p.length).logits, z);
    }),
  );
});

// What hands mean, whatever they do. Each test names the function it speaks of.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  clamp,
  descended,
  logitsFor,
  logitsOf,
  toStep,
  toTwoDigits,
  wholeParts,
  withPercent,
  withShare,
} from "../maths/hands.js";
import { softmax, sum } from "../maths/numerics.js";
import { between, distribution, fc, isDistribution, logits, near, place, share } from "./properties.mjs";

const LIMITS = { low: -50, high: 50 };

test("hands.clamp: it stays between its limits, moves nothing that is there, and twice is once", () => {
  fc.assert(
    fc.property(between(-9, 9), between(-9, 9), between(-9, 9), (value, a, b) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)];
      const kept = clamp(value, low, high);
      assert.ok(low <= kept && kept <= high);
      near(clamp(kept, low, high), kept, 0);
      if (value >= low && value <= high) near(kept, value, 0);
    }),
  );
});

test("hands.toTwoDigits: near by, again the same, and three per cent more or less leads on", () => {
  fc.assert(
    fc.property(between(-3, 3), (power) => {
      const value = 10 ** power;
      const stop = toTwoDigits(value);
      near(stop, value, 0.0251);
      near(toTwoDigits(stop), stop, 0);
      assert.ok(toTwoDigits(1.03 * stop) > stop && toTwoDigits(stop / 1.03) < stop);
    }),
  );
  near(toTwoDigits(0.2549), 0.25, 0);
  near(toTwoDigits(1.0448), 1.05, 0);
});

test("hands.toStep: the nearest whole step within the limits, and again the same", () => {
  fc.assert(
    fc.property(between(-9, 9), fc.constantFrom(1, 10, 100, 200), (value, perUnit) => {
      const limits = { low: -5, high: 5 };
      const stop = toStep(value, perUnit, limits);
      near(stop * perUnit, Math.round(stop * perUnit));
      assert.ok(Math.abs(stop) <= 5);
      near(toStep(stop, perUnit, limits), stop, 0);
      if (Math.abs(value) <= 5) assert.ok(Math.abs(stop - value) <= 0.5000001 / perUnit);
    }),
  );
});

test("hands.withShare: the entry gets what was asked, the sum stays 1", () => {
  fc.assert(
    fc.property(distribution, place, share, (shares, at, value) => {
      const k = at % shares.length;
      const now = withShare(shares, k, value);
      isDistribution(now);
      near(now[k], value, 0);
    }),
  );
});

test("hands.withShare: the others keep their proportions, or share evenly where they have nothing", () => {
  fc.assert(
    fc.property(distribution, place, share, (shares, at, value) => {
      const k = at % shares.length;
      const now = withShare(shares, k, value);
      const others = shares.filter((_, j) => j !== k);
      const left = now.filter((_, j) => j !== k);
      const total = sum(others);
      others.forEach((old, j) => {
        near(left[j], (1 - value) * (total > 0 ? old / total : 1 / others.length));
      });
    }),
  );
});

test("hands.withShare: giving the same share again changes nothing", () => {
  fc.assert(
    fc.property(distribution, place, between(0.01, 0.99), (shares, at, value) => {
      const k = at % shares.length;
      const once = withShare(shares, k, value);
      withShare(once, k, value).forEach((again, j) => {
        near(again, once[j]);
      });
    }),
  );
});

test("hands.withShare: what is held stays, and the entry takes no more than is left", () => {
  fc.assert(
    fc.property(distribution, place, place, share, (shares, at, holding, value) => {
      const k = at % shares.length;
      const held = holding % shares.length;
      fc.pre(held !== k && shares.length > 2);
      const now = withShare(shares, k, value, (j) => j === held);
      isDistribution(now);
      near(now[held], shares[held], 0);
      near(now[k], Math.min(value, 1 - shares[held]), 0);
    }),
  );
});

const percents = fc
  .array(fc.integer({ min: 0, max: 50 }), { minLength: 2, maxLength: 6 })
  .filter((parts) => sum(parts) > 0)
  .map((parts) => wholeParts(parts, 100));
const percent = fc.integer({ min: 0, max: 100 });
const least = fc.constantFrom(0, 1);

test("hands.wholeParts: whole numbers with the sum asked for, none a whole unit from its proportion", () => {
  fc.assert(
    fc.property(distribution, fc.integer({ min: 1, max: 1000 }), (shares, total) => {
      const parts = wholeParts(shares, total);
      near(sum(parts), total, 0);
      parts.forEach((part, k) => {
        assert.ok(Number.isInteger(part) && Math.abs(part - (total * shares[k]) / sum(shares)) < 1 + 1e-9);
      });
      assert.deepEqual(wholeParts(parts, total), parts);
    }),
  );
});

test("hands.withPercent: a hundred whole percents, none below the least, the entry as near as that allows", () => {
  fc.assert(
    fc.property(percents, place, percent, least, (given, at, value, floor) => {
      const k = at % given.length;
      const now = withPercent(given, k, value, { least: floor });
      near(sum(now), 100, 0);
      assert.ok(now.every((part) => Number.isInteger(part) && part >= floor));
      near(now[k], clamp(value, floor, 100 - floor * (given.length - 1)), 0);
    }),
  );
});

test("hands.withPercent: who had more keeps no less than who had less, and giving it again changes nothing", () => {
  fc.assert(
    fc.property(percents, place, percent, least, (given, at, value, floor) => {
      const k = at % given.length;
      const now = withPercent(given, k, value, { least: floor });
      given.forEach((a, i) => {
        given.forEach((b, j) => {
          if (i !== k && j !== k && a > b) assert.ok(now[i] >= now[j]);
        });
      });
      assert.deepEqual(withPercent(now, k, value, { least: floor }), now);
    }),
  );
});

test("hands.withPercent: what was typed before stays while there is room, and gives way where there is none", () => {
  const typed = (...held) => ({ least: 1, held: (j) => held.includes(j) });
  assert.deepEqual(withPercent([25, 25, 25, 25], 0, 60, typed()), [60, 14, 13, 13]);
  assert.deepEqual(withPercent([60, 14, 13, 13], 1, 25, typed(0)), [60, 25, 8, 7]);
  assert.deepEqual(withPercent([60, 25, 8, 7], 2, 10, typed(0, 1)), [60, 25, 10, 5]);
  assert.deepEqual(withPercent([60, 25, 10, 5], 3, 5, typed(0, 1, 2)), [60, 25, 10, 5]);
  assert.deepEqual(withPercent([60, 25, 10, 5], 3, 95, typed(0, 1, 2)), [2, 2, 1, 95]);
  assert.deepEqual(withPercent([60, 14, 13, 13], 1, 70, typed(0)), [20, 70, 5, 5]);
});

test("hands.withPercent: a percent is found for those who had nothing", () => {
  assert.deepEqual(withPercent([100, 0, 0], 0, 100, { least: 1 }), [98, 1, 1]);
  assert.deepEqual(withPercent([50, 50, 0], 0, 50, { least: 1 }), [50, 49, 1]);
});

test("hands.logitsOf: their softmax is the distribution, their mean is 0", () => {
  fc.assert(
    fc.property(distribution, (p) => {
      fc.pre(!p.includes(0));
      const z = logitsOf(p);
      softmax(z).forEach((q, k) => {
        near(q, p[k]);
      });
      near(100 + sum(z), 100);
    }),
  );
});

test("hands.logitsFor: the class gets the probability asked for, where the logits' range allows it", () => {
  fc.assert(
    fc.property(logits, place, share, (z, at, value) => {
      const k = at % z.length;
      const moved = logitsFor(z, k, value, LIMITS);
      moved.forEach((one, j) => {
        if (j === k) assert.ok(one >= LIMITS.low && one <= LIMITS.high);
        else near(one, z[j], 0);
      });
      const inside = moved[k] > LIMITS.low && moved[k] < LIMITS.high;
      if (inside) near(softmax(moved)[k], clamp(value, 0.001, 0.999), 1e-11);
    }),
  );
});

test("hands.logitsFor: asking for what is there moves nothing", () => {
  fc.assert(
    fc.property(logits, place, (z, at) => {
      const k = at % z.length;
      const q = softmax(z)[k];
      fc.pre(q > 0.001 && q < 0.999);
      // Compared as odds: a logit may be 0, and near 1 a probability keeps few digits.
      near(Math.exp(logitsFor(z, k, q, LIMITS)[k] - z[k]), 1, 1e-10);
    }),
  );
});

test("hands.descended: it moves by rate times the slope, downhill", () => {
  const pairs = fc.array(fc.tuple(between(-50, 50), between(-1, 1)), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(pairs, between(0.1, 10), (some, rate) => {
      const [z, gradient] = [0, 1].map((i) => some.map((pair) => pair[i]));
      const moved = descended(z, gradient, rate);
      moved.forEach((now, k) => {
        near(now, z[k] - rate * gradient[k], 0);
        assert.ok((now - z[k]) * gradient[k] <= 0);
      });
      descended(z, gradient, 0).forEach((now, k) => {
        near(now, z[k], 0);
      });
    }),
  );
});

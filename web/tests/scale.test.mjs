// The scales of the pictures: there and back, within their range, with round ticks.

import assert from "node:assert/strict";
import { test } from "node:test";
import { linear, log } from "../ui/scale.js";
import { between, fc, near } from "./properties.mjs";

const SCALES = [
  ["linear", linear, fc.integer({ min: -1000, max: 1000 })],
  ["log", log, between(-9, 9).map((power) => 10 ** power)],
];

/** A scale from one random stretch to another; each may run downwards. */
function anyScale(make, value) {
  const stretch = (ends) =>
    fc.tuple(ends, ends).filter(([a, b]) => Math.abs(a - b) > 0.01 * Math.max(Math.abs(a), Math.abs(b)));
  return fc.tuple(stretch(value), stretch(fc.integer({ min: 0, max: 1000 }))).map((ends) => make(...ends));
}

/** Fail unless two places are the same, but for a rounding error of the picture's size. */
function samePlace(scale, one, other) {
  const size = Math.max(...scale.range);
  near(size + one, size + other, 1e-11);
}

for (const [name, make, value] of SCALES) {
  test(`scale.${name}: the ends of the domain lie at the ends of the range`, () => {
    fc.assert(
      fc.property(anyScale(make, value), (scale) => {
        scale.domain.forEach((end, i) => {
          samePlace(scale, scale(end), scale.range[i]);
        });
      }),
    );
  });

  test(`scale.${name}: going there and back leads to the same value`, () => {
    fc.assert(
      fc.property(anyScale(make, value), between(0, 1), (scale, part) => {
        const [c, d] = scale.range;
        const at = c + part * (d - c);
        samePlace(scale, scale(scale.invert(at)), at);
      }),
    );
  });

  test(`scale.${name}: clamped keeps to the range and changes nothing inside it`, () => {
    fc.assert(
      fc.property(anyScale(make, value), value, (scale, one) => {
        const [low, high] = [Math.min(...scale.range), Math.max(...scale.range)];
        const kept = scale.clamped(one);
        assert.ok(low <= kept && kept <= high);
        if (low <= scale(one) && scale(one) <= high) assert.equal(kept, scale(one));
      }),
    );
  });

  test(`scale.${name}: larger values lie further along`, () => {
    fc.assert(
      fc.property(anyScale(make, value), value, value, (scale, one, other) => {
        fc.pre(one < other);
        const way = Math.sign(scale(scale.domain[1]) - scale(scale.domain[0]));
        const up = Math.sign(scale.domain[1] - scale.domain[0]);
        assert.ok(way * up * (scale(other) - scale(one)) >= 0);
      }),
    );
  });
}

test("scale.linear: places are what the rule of three gives", () => {
  const y = linear([0, 1], [210, 10]);
  assert.deepEqual([0, 0.25, 0.5, 1, 1.5].map(y), [210, 160, 110, 10, -90]);
  assert.equal(y.clamped(1.5), 10);
  assert.equal(y.invert(110), 0.5);
});

test("scale.log: places are as far apart as the factors are large", () => {
  const x = log([1e-4, 1], [0, 400]);
  [1e-4, 1e-3, 1e-2, 0.1, 1].forEach((value, i) => {
    near(x(value), 100 * i);
    near(x.invert(100 * i), value);
  });
});

const TICKS = [
  [[0, 1], 5, [0, 0.2, 0.4, 0.6, 0.8, 1]],
  [[0, 1], 10, [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]],
  [[-6, 6], 5, [-6, -4, -2, 0, 2, 4, 6]],
  [[0.1, 0.93], 4, [0.2, 0.4, 0.6, 0.8]],
  [[-0.05, 0.05], 5, [-0.04, -0.02, 0, 0.02, 0.04]],
  [[0, 2000], 5, [0, 500, 1000, 1500, 2000]],
  [[1e-6, 9e-6], 5, [2e-6, 4e-6, 6e-6, 8e-6]],
  [[0, 100], 3, [0, 50, 100]],
];

for (const [domain, count, expected] of TICKS) {
  test(`scale.linear: about ${count} ticks from ${domain.join(" to ")} are the round values there`, () => {
    // Compared as written: 0.6 is "0.6", not 0.6000000000000001.
    assert.deepEqual(linear(domain, [0, 1]).ticks(count).map(String), expected.map(String));
  });
}

test("scale.linear: ticks lie within the domain, one step apart, about as many as asked for", () => {
  fc.assert(
    fc.property(
      anyScale(linear, fc.integer({ min: -1000, max: 1000 })),
      fc.integer({ min: 2, max: 12 }),
      (scale, count) => {
        const [low, high] = [Math.min(...scale.domain), Math.max(...scale.domain)];
        const ticks = scale.ticks(count);
        assert.ok(ticks.length >= count / 2 - 1 && ticks.length <= 2 * count + 1, `${ticks.length} ticks`);
        const step = ticks.length > 1 ? ticks[1] - ticks[0] : 1;
        ticks.forEach((tick, i) => {
          assert.ok(tick >= low - 1e-8 * step && tick <= high + 1e-8 * step);
          near(tick / step + 1e4, ticks[0] / step + i + 1e4, 1e-9);
        });
        if (ticks.length > 1) assert.match(step.toExponential(6), /^[125]\.000000e/);
      },
    ),
  );
});

test("scale.log: its ticks are the decades within the domain", () => {
  const written = (...domain) => log(domain, [0, 1]).ticks().map(String);
  assert.deepEqual(written(1e-3, 100), ["0.001", "0.01", "0.1", "1", "10", "100"]);
  assert.deepEqual(written(0.002, 50), ["0.01", "0.1", "1", "10"]);
  assert.deepEqual(written(100, 0.5), ["1", "10", "100"]);
});

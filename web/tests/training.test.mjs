// What training does, whatever songs it is given.

import assert from "node:assert/strict";
import { test } from "node:test";
import { entropy } from "../maths/information.js";
import { sum } from "../maths/numerics.js";
import { population } from "../maths/songs.js";
import {
  course,
  descend,
  descended,
  divided,
  fresh,
  given,
  meanLoss,
  regions,
  untrained,
} from "../maths/training.js";
import spec from "../specs/training.json" with { type: "json" };
import { defaults } from "../ui/state.js";
import { between, fc, isDistribution, near } from "./properties.mjs";

const opening = defaults(spec);

/** A training of some songs, in some world. */
const state = fc
  .record({
    songs: fc.integer({ min: 10, max: 60 }),
    seed: fc.integer({ min: 1, max: 999 }),
    world: fc.constantFrom("songs", "grid"),
    rate: between(0.1, 2),
    noise: between(0, 1),
    scale: between(1, 30),
  })
  .map((patch) => ({ ...opening, ...patch }));

const few = { numRuns: 40 };

test("songs.population: weights and posteriors are distributions", () => {
  for (const world of ["songs", "grid"]) {
    const { weight, posterior } = population(world);
    near(sum(weight), 1);
    for (const p of posterior) isDistribution(p);
  }
});

test("training.given: every song has one genre, and all weigh the same", () => {
  fc.assert(
    fc.property(state, (some) => {
      const { x, targets, weight } = given(some);
      assert.equal(x[0].length, some.songs);
      near(sum(weight), 1);
      for (let i = 0; i < some.songs; i += 1) {
        assert.deepEqual(
          targets.map((shares) => shares[i]).sort(),
          targets.map((_, k) => +(k === targets.length - 1)),
        );
      }
    }),
    few,
  );
});

test("training.fresh: no classifier's loss is below the floor", () => {
  fc.assert(
    fc.property(state, fc.array(between(-3, 3), { minLength: 12, maxLength: 12 }), (some, numbers) => {
      const everything = fresh(some);
      const weights = everything.targets.map((_, k) => numbers.slice(3 * k, 3 * k + 3));
      const doubt = everything.weight.map((w, i) => w * entropy(everything.targets.map((p) => p[i])));
      assert.ok(meanLoss(everything, weights) >= sum(doubt) - 1e-12);
    }),
    few,
  );
});

test("training.descended: steps up to twice 1/C never raise the training loss", () => {
  fc.assert(
    fc.property(state, (some) => {
      const curve = course({ ...some, temperature: 1 }).curve(8);
      assert.deepEqual(
        curve.map(([n]) => n),
        [0, 1, 2, 3, 4, 5, 6, 7, 8],
      );
      curve.slice(1).forEach(([, loss], n) => {
        assert.ok(loss <= curve[n][1] * (1 + 1e-12));
      });
    }),
    few,
  );
});

test("training.course: a step more is the step after; what was kept is what is computed", () => {
  fc.assert(
    fc.property(state, (some) => {
      const training = course(some);
      const weights = training.weights(5);
      assert.deepEqual(weights, descend(given(some), training.size, 5, some.loss, some.smoothing));
      assert.deepEqual(
        training.weights(6),
        descended(given(some), weights, { ...some, size: training.size }),
      );
      course({ ...some, seed: 1000 - some.seed });
      assert.deepEqual(course(some).weights(5), weights);
    }),
    few,
  );
});

test("training.untrained: before the first step every genre costs the same", () => {
  fc.assert(
    fc.property(state, (some) => {
      const songs = given(some);
      near(meanLoss(songs, untrained(songs.targets.length)), Math.log(songs.targets.length));
    }),
    few,
  );
});

test("training.divided: a temperature divides the logits", () => {
  assert.deepEqual(divided([[2, -4, 6]], 2), [[1, -2, 3]]);
});

test("training.regions: they fill the window, and each point's genre has the largest logit", () => {
  const inside = ([x, y], corners) =>
    corners.every(([a, b], i) => {
      const [c, d] = corners[(i + 1) % corners.length];
      return (c - a) * (y - b) - (d - b) * (x - a) >= -1e-9;
    });
  const area = (corners) =>
    sum(
      corners.map(
        ([a, b], i) =>
          (a * corners[(i + 1) % corners.length][1] - b * corners[(i + 1) % corners.length][0]) / 2,
      ),
    );
  const row = fc.tuple(between(-3, 3), between(-3, 3), between(-3, 3));
  fc.assert(
    fc.property(
      fc.array(row, { minLength: 2, maxLength: 4 }),
      between(-2, 2),
      between(-1, 1),
      (weights, x, y) => {
        const found = regions(weights, { low: [-2, -1], high: [2, 1] });
        near(sum(found.map(area)), 8, 1e-6);
        const logits = weights.map(([a, b, c]) => a * x + b * y + c);
        const best = Math.max(...logits);
        found.forEach((corners, k) => {
          if (corners.length > 2 && area(corners) > 1e-6 && inside([x, y], corners)) {
            assert.ok(logits[k] >= best - 1e-6);
          }
        });
      },
    ),
  );
});

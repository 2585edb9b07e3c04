// What hands do to forecasts, whatever was stated.

import assert from "node:assert/strict";
import { test } from "node:test";
import { bent, unbent, widestGap } from "../maths/reliability.js";
import { between, fc, near } from "./properties.mjs";

const temperature = between(0.1, 10);

test("reliability.unbent: what is bent and unbent is what was stated", () => {
  fc.assert(
    fc.property(between(0.01, 0.99), temperature, (f, T) => {
      const [no, yes] = bent(f, T);
      near(no + yes, 1);
      // Where bending says all but 1, few digits are left to go back with.
      if (Math.min(no, yes) > 1e-6) near(unbent(yes, T), f, 1e-8);
    }),
  );
});

test("reliability.unbent: a forecast stays a forecast, on its side of a half; sure ones stay sure", () => {
  fc.assert(
    fc.property(between(0, 1), temperature, (f, T) => {
      const stated = unbent(f, T);
      assert.ok(stated >= 0 && stated <= 1);
      assert.ok((stated - 0.5) * (f - 0.5) >= 0);
      for (const sure of [0, 1, 0.5]) assert.equal(unbent(sure, T), sure);
    }),
  );
});

test("reliability.widestGap: no whole percent is further from all that was stated", () => {
  fc.assert(
    fc.property(fc.array(between(0, 1), { minLength: 1, maxLength: 8 }), (stated) => {
      const found = widestGap(stated);
      near(100 * found, Math.round(100 * found));
      const room = (f) => Math.min(...[0, ...stated, 1].map((other) => Math.abs(f - other)));
      for (let n = 0; n <= 100; n += 1) assert.ok(room(n / 100) <= room(found) + 0.0050001);
    }),
  );
});

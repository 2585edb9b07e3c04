// What a hand asks for when it says how many tokens count.

import assert from "node:assert/strict";
import { test } from "node:test";
import { sum } from "../maths/numerics.js";
import { withTokens } from "../maths/token-averages.js";
import { fc } from "./properties.mjs";

const masks = fc.array(fc.constantFrom(0, 1), { minLength: 1, maxLength: 8 });

test("token-averages.withTokens: so many count, and no other slot is touched than needed", () => {
  fc.assert(
    fc.property(masks, fc.nat(8), (mask, wanted) => {
      const count = Math.min(wanted, mask.length);
      const next = withTokens(mask, count);
      assert.equal(sum(next), count);
      const changed = mask.filter((counts, i) => counts !== next[i]).length;
      assert.equal(changed, Math.abs(count - sum(mask)));
    }),
  );
});

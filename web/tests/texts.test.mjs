// What becomes of a text while it is typed.

import assert from "node:assert/strict";
import { test } from "node:test";
import { normalise, SYMBOLS, typed } from "../maths/texts.js";
import { fc } from "./properties.mjs";

test("texts.typed: the 27 symbols alone, and what normalise makes but for a space at the end", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const now = typed(text);
      assert.ok([...now].every((symbol) => SYMBOLS.includes(symbol)));
      assert.equal(now.trim(), normalise(text));
      assert.ok(!now.startsWith(" ") && !now.includes("  "));
      assert.equal(typed(now), now);
    }),
  );
});

test("texts.typed: a sentence grows by what is typed at its end", () => {
  assert.equal(typed("The"), "the");
  assert.equal(typed("The "), "the ");
  assert.equal(typed("The n"), "the n");
});

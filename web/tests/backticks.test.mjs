// Code in a text: the cases that Python takes apart, too.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { pieces, words } from "../ui/backticks.js";

const table = new URL("../../tests/web/backticks.json", import.meta.url);

for (const [text, expected] of JSON.parse(readFileSync(table, "utf8"))) {
  test(`backticks.pieces(${JSON.stringify(text)})`, () => {
    assert.deepEqual(pieces(text), expected);
    assert.equal(words(text), expected.join(""));
  });
}

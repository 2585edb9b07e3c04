// The tree of a code, and where a hand tears its tape.

import assert from "node:assert/strict";
import { test } from "node:test";
import { codeWords, tornAt, treeOf } from "../maths/code.js";
import { codeLengths } from "../maths/two-distributions.js";
import { distribution, fc } from "./properties.mjs";

test("code.treeOf: the leaves are the words, side by side, and each other node has two below it", () => {
  fc.assert(
    fc.property(distribution, (q) => {
      const words = codeWords(codeLengths(q));
      const nodes = treeOf(words);
      const leaves = nodes.filter(({ isLeaf }) => isLeaf);
      assert.deepEqual(leaves.map(({ word }) => word).sort(), words.filter((word) => word !== null).sort());
      assert.deepEqual(leaves.map(({ x }) => x).sort(), [...leaves.keys()]);
      for (const { word, x, depth, isLeaf } of nodes) {
        const below = nodes.filter((other) => other.depth === depth + 1 && other.word.startsWith(word));
        assert.equal(below.length, isLeaf ? 0 : 2);
        if (!isLeaf) assert.equal(x, (below[0].x + below[1].x) / 2);
      }
    }),
  );
});

test("code.tornAt: the nearest cut, and at least one word", () => {
  assert.equal(tornAt([10, 30, 40], -5), 1);
  assert.equal(tornAt([10, 30, 40], 19), 1);
  assert.equal(tornAt([10, 30, 40], 21), 2);
  assert.equal(tornAt([10, 30, 40], 900), 3);
});

// The JavaScript mathematics against golden vectors from ce_lib (golden.py makes them).

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const source = new URL("../../ce_lib/explorers/src/maths/", import.meta.url);
const cases = JSON.parse(readFileSync(process.env.GOLDEN, "utf8"));

function close(actual, expected) {
  if (Array.isArray(expected)) {
    assert.equal(actual.length, expected.length);
    for (const [i, value] of expected.entries()) close(actual[i], value);
  } else {
    const slack = 1e-12 * Math.abs(expected);
    assert.ok(actual === expected || Math.abs(actual - expected) <= slack, `${actual} ≠ ${expected}`);
  }
}

for (const { module, function: name, arguments: args, expected } of cases) {
  test(`${module}.${name}(${JSON.stringify(args)})`, async () => {
    const functions = await import(new URL(`${module}.js`, source));
    close(functions[name](...args), expected);
  });
}

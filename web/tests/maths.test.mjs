// The JavaScript mathematics against golden vectors from ce_lib (golden.py makes them).

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const source = new URL("../maths/", import.meta.url);
const infinite = (_, value) => (value === "Infinity" || value === "-Infinity" ? Number(value) : value);
const cases = JSON.parse(readFileSync(process.env.GOLDEN, "utf8"), infinite);

function close(actual, expected) {
  if (Array.isArray(expected)) {
    assert.equal(actual.length, expected.length);
    for (const [i, value] of expected.entries()) close(actual[i], value);
  } else if (typeof expected !== "number") {
    assert.deepEqual(actual, expected);
  } else {
    const slack = 1e-12 * Math.abs(expected);
    const same = Object.is(actual + 0, expected + 0) || Math.abs(actual - expected) <= slack;
    assert.ok(same, `${JSON.stringify(actual)} ≠ ${JSON.stringify(expected)}`);
  }
}

for (const { module, function: name, arguments: args, expected } of cases) {
  test(`${module}.${name}(${JSON.stringify(args)})`, async () => {
    const functions = await import(new URL(`${module}.js`, source));
    close(functions[name](...args), expected);
  });
}

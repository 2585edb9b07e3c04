// Numbers as readers see them: the cases that Python's formatter answers too, and what
// holds for every number.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { FORMS, percent, plain, shown, signed } from "../ui/format.js";
import { joined } from "../ui/joined.js";
import { between, fc, near } from "./properties.mjs";

const table = new URL("../../tests/web/formats.json", import.meta.url);
const infinite = (_, value) => (value === "Infinity" || value === "-Infinity" ? Number(value) : value);

for (const { form, value, digits, expected } of JSON.parse(readFileSync(table, "utf8"), infinite)) {
  const asked = digits ? [value, digits] : [value];
  test(`format.${form}(${asked.join(", ")}) is ${expected}`, () => {
    assert.equal(FORMS[form](...asked), expected);
  });
}

const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  between(-2e6, 2e6),
  between(-1, 1),
  // Where rounding adds a digit.
  fc.tuple(fc.integer({ min: -6, max: 8 }), between(0.9994, 1.0006)).map(([n, x]) => x * 10 ** n),
);

/** What a reader makes of a text. */
function read(text) {
  const [mantissa, power = "0"] = text.replace("−", "-").replaceAll(",", "").split("·10");
  const exponent = power.replaceAll(/[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]/g, (c) => "-0123456789"["⁻⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(c)]);
  // As one literal: a factor 10^n would round once more.
  return Number(`${mantissa}e${exponent}`);
}

test("format: no finite number shows an e, a NaN, or a hyphen for a minus", () => {
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(FORMS)), number, (form, value) => {
      fc.pre(Number.isFinite(100 * value));
      const text = FORMS[form](value)
        .replace(/^1 in /, "")
        .replaceAll(/,(?=\d{3})/g, "");
      assert.match(text, /^[+−]?\d+(\.\d+)?(·10⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)?( %)?$/);
    }),
  );
});

test("format: what is shown is the number, to the digits promised", () => {
  fc.assert(
    fc.property(number, fc.integer({ min: 2, max: 6 }), (value, digits) => {
      fc.pre(Math.abs(value) < 1.7e308 && (value === 0 || Math.abs(value) > 1e-300));
      const text = shown(value, digits);
      const kept = text.includes("·") || Math.abs(value) < 0.1 ? digits - 1 : digits;
      near(read(text), value, 0.500001 * 10 ** (1 - kept));
      near(read(plain(value, digits)), read(text), 0);
      near(read(signed(value, digits).replace("+", "")), read(text), 0);
      assert.equal(signed(value, digits).startsWith("+"), value > 0);
    }),
  );
});

test("format: a percentage, or one in so many, read back is the probability, to three digits, or two below 0.1 %", () => {
  fc.assert(
    fc.property(between(1e-12, 1), (value) => {
      const text = percent(value);
      const [, times] = text.split("1 in ");
      const back = times ? 1 / read(times) : read(text.replace(" %", "")) / 100;
      near(back, value, !times && value < 0.001 ? 0.051 : 0.0051);
    }),
  );
});

test("a number and its unit stay on one line", () => {
  const said = joined("After 3 steps 2.5 % costs 1.61 nats, the others ∞ bits.");
  assert.equal(said, "After 3 steps 2.5\u00a0% costs 1.61\u00a0nats, the others ∞\u00a0bits.");
  assert.equal(joined("at (0, −½) of (N, K)"), "at (0,\u00a0−½) of (N,\u00a0K)");
  assert.equal(joined("(Rock, Pop), (1,)"), "(Rock, Pop), (1,)");
  assert.equal(joined("from 0 to 2, or to 3"), "from 0\u00a0to\u00a02, or to 3");
  assert.equal(joined("95.6 – 97.5 – or not"), "95.6\u00a0–\u00a097.5 – or not");
  assert.equal(joined("if ln 10 = 2.303, so"), "if ln\u00a010\u00a0=\u00a02.303, so");
});

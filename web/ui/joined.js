// A number and its unit stay on one line. Pages do the same at build time
// (bookext/joined.py), with the same list of units.

import UNITS from "../../bookext/units.json" with { type: "json" };

const BETWEEN = new RegExp(
  `(?<=[\\d½⅓⅔¼¾∞⁰¹²³⁴⁵⁶⁷⁸⁹]) (?=(?:${UNITS.join("|")})(?![\\p{L}\\p{N}]))|(?<=\\b(?:ln|log)) (?=[\\d(K])`,
  "gu",
);

/** The text with spaces that do not break; `before` is the text or the element that it follows. */
export function joined(text, before = "") {
  const last = typeof before === "string" ? before.slice(-1) : "0";
  return (last + text).replace(BETWEEN, "\u00a0").slice(last.length);
}

// A number and its unit stay on one line. Pages do the same at build time
// (bookext/joined.py), with the same list of units.

import UNITS from "../../bookext/units.json" with { type: "json" };

const BETWEEN = new RegExp(
  `(?<=[\\d½⅓⅔¼¾∞⁰¹²³⁴⁵⁶⁷⁸⁹]) (?=(?:${UNITS.join("|")})(?![\\p{L}\\p{N}]))|(?<=\\b(?:ln|log)) (?=[\\d(K])|(?<=\\d) (?=± ?\\d)|(?<=\\d[ \u00a0]±) (?=\\d)|(?<=(?<![\\p{L}\\p{N}])\\p{L}) (?== [−-]?[\\d½])|(?<=(?<![\\p{L}\\p{N}])\\p{L}[ \u00a0]=) (?=[−-]?[\\d½])|(?<=\\d) (?=(?:to|–) [−-]?\\d)|(?<=\\d[ \u00a0](?:to|–)) (?=[−-]?\\d)`,
  "gu",
);
/** A short bracket with something to compute in it: (1 − q). Or a row of numbers: (0.7, 0.3). */
const BRACKET =
  /\([^()]{0,9}[−+=·][^()]{0,9}\)|\((?:[+−]?(?:[\d.]{1,6}|[½⅓⅔¼¾]|[a-zA-Z])(?:, |(?=\)))){2,5}\)/gu;

/** A short formula in a line of text: dL/dz = q − p, ln 10 = 2.303. */
const SHORT = /(?<![^\s(“])[^\s–]{1,5}(?:\s[=−+·]\s[^\s–]{1,6}){1,2}(?!\S)/gu;

/** The text with spaces that do not break; `before` is the text or the element that it follows. */
export function joined(text, before = "") {
  const last = typeof before === "string" ? before.slice(-1) : "0";
  const whole = (bracket) => bracket.replaceAll(" ", "\u00a0");
  return [BRACKET, SHORT]
    .reduce((said, short) => said.replace(short, whole), (last + text).replace(BETWEEN, "\u00a0"))
    .slice(last.length);
}

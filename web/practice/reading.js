// Mirrors ce_lib/practice/reading.py: what somebody typed, read as numbers.

import { Unreadable } from "./sentences.js";

const SPACES = /[ \t\r\n\u00a0\u2009\u202f]+/g;
const SUPERSCRIPTS = "⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹";
const NUMBER = /^([+-]?)([0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)(?:(?:e| ?[·*×] ?10\^?)([+-]?[0-9]+))?$/;
const UNIT = /^(.*[^a-z]) ?(nats?|bits?)$/;
const FORMULA = /ln|log|exp|sqrt|pi|[√π^]/; // what shows that somebody typed a formula
const INFINITE = /^([+-]?)(?:inf|infinity|∞|oo)$/;

/** Lower case, plain minus signs, single spaces. */
export function tidy(text) {
  return strip(text.replace(SPACES, " "))
    .toLowerCase()
    .replace(/[−–]/g, "-")
    .replace(/[⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹]/g, (c) => "-+0123456789"[SUPERSCRIPTS.indexOf(c)]);
}

/** A number as it was written: `step` is the unit of its last digit. */
function read(value, step = 0, digits = 99) {
  return { value, step, digits };
}

/** Read one number: 0.25, 0,25, 1/4, 2.5e-1, 25 % (a probability), inf. */
export function number(typed, unit = "", probability = false) {
  let text = tidy(typed).replace(/^[=≈~] ?/, "");
  const measured = UNIT.exec(text);
  if (measured) {
    text = strip(measured[1]);
    const given = `${measured[2].replace(/s$/, "")}s`;
    if ((unit === "nats" || unit === "bits") && given !== unit) throw new Unreadable("unit", { unit });
  }
  let shift = 0;
  if (text.endsWith("%")) {
    if (!probability) throw new Unreadable("percent");
    text = strip(text.slice(0, -1));
    shift = -2;
  }
  text = text.replace(/^([+-]) /, "$1");
  if (/^[+-]?nan$/.test(text)) throw new Unreadable("nan");
  const infinite = INFINITE.exec(text);
  if (infinite) return read(infinite[1] === "-" ? -Infinity : Infinity);
  const slash = text.indexOf("/");
  if (slash < 0) return decimal(text, shift);
  const top = decimal(strip(text.slice(0, slash)), shift);
  const bottom = decimal(strip(text.slice(slash + 1)), 0);
  if (bottom.value === 0) throw new Unreadable("zero");
  return read(top.value / bottom.value);
}

function decimal(text, shift) {
  const match = NUMBER.exec(text);
  if (!match || (match[3] ?? "").length > 5) {
    throw new Unreadable(FORMULA.test(text) ? "formula" : "unreadable");
  }
  const [whole, decimals = ""] = match[2].replace(",", ".").split(".");
  const exponent = Number(match[3] ?? 0) + shift;
  const value = Number(`${match[1]}${whole || 0}.${decimals || 0}e${exponent}`);
  if (!Number.isFinite(value)) throw new Unreadable("huge");
  const step = Number(`1e${exponent - decimals.length}`);
  return read(value, step, (whole + decimals).replace(/^0+/, "").length);
}

/** Read several numbers, between spaces, commas or semicolons, with or without brackets. */
export function several(typed, unit = "", probability = false) {
  const plain = tidy(typed).replace(/[()[\]{}]|array|tensor|, ?dtype=.*/g, " ");
  const text = strip(plain.replace(SPACES, " "));
  const alone = !text.includes(" ");
  const apart = text.split(", ");
  const commas = apart.map((part) => part.split(",").length - 1);
  let tokens;
  if (text.includes(";")) tokens = text.split(";");
  // A comma that no space follows is a decimal comma.
  else if (!text.includes(".") && apart.length > 1 && Math.max(...commas) <= 1) tokens = apart;
  else if (/, |[.].*,|,.*[.]/.test(text) || alone) tokens = text.split(",");
  else tokens = text.split(" ");
  return tokens
    .map(strip)
    .filter((token) => token !== "")
    .map((token) => number(token, unit, probability));
}

/** Whether nothing was typed yet. */
export function isBlank(text) {
  return ["", "...", "…", "?"].includes(tidy(text));
}

function strip(text) {
  return text.replace(/^ +| +$/g, "");
}

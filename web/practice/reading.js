// Mirrors ce_lib/practice/reading.py: what somebody typed, read as numbers.

import { worth } from "./formula.js";
import { Unreadable } from "./sentences.js";

const SPACES = /[ \t\r\n\u00a0\u2009\u202f]+/g;
const RAISED = /([0-9a-zπ)\]}])\^?([⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹]+)/g;
const SUPERSCRIPTS = "⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹";
const NUMBER = /^([+-]?)([0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)(?:(?:e| ?[·*×] ?10\^)([+-]?[0-9]+))?$/;
const UNIT = /^(.*[^a-z]) ?(nats?|bits?)$/;
// What tells a closed form from numbers in a list, where brackets mean nothing.
const FORM = /ln|log|exp|sqrt|pi|[π√^*·×⋅¼-¾⅐-⅞]|[)\]}] ?[-+/÷%e]|[-+/÷] ?[([{]/;
const GROUP = "\0"; // stands for a group in brackets while a text is taken apart
const LONGEST = 1000; // characters, of one number or of several
const INFINITE = /^([+-]?)(?:inf|infinity|∞|oo)$/;

/** Lower case, plain signs, powers and single spaces. */
export function tidy(text) {
  return strip(text.replace(SPACES, " "))
    .toLowerCase()
    .replace(/[−–]/g, "-")
    .replace(RAISED, "$1^$2")
    .replace(/[⁻⁺⁰¹²³⁴⁵⁶⁷⁸⁹]/g, (c) => "-+0123456789"[SUPERSCRIPTS.indexOf(c)]);
}

/** A number as it was written: `step` is the unit of its last digit, `form` a closed form. */
function read(value, step = 0, digits = 99, form = "") {
  return { value, step, digits, form };
}

/** Read one number: 0.25, 0,25, 2.5e-1, 25 % (a probability), inf, 1/4, −ln 0.7. */
export function number(typed, unit = "", probability = false) {
  if (typed.length > LONGEST) throw new Unreadable("long");
  let text = tidy(typed).replace(/^[=≈~] ?/, "");
  const measured = UNIT.exec(text);
  if (measured) {
    text = strip(measured[1]);
    const given = `${measured[2].replace(/s$/, "")}s`;
    if ((unit === "nats" || unit === "bits") && given !== unit) throw new Unreadable("unit", { unit });
  }
  text = text.replace(/^([+-]) /, "$1");
  if (/^[+-]?nan$/.test(text)) throw new Unreadable("nan");
  const infinite = INFINITE.exec(text);
  if (infinite) return read(infinite[1] === "-" ? -Infinity : Infinity);
  const written = strip(text.replace(/%$/, ""));
  const match = NUMBER.exec(written);
  if (match && (match[3] ?? "").length <= 5) {
    if (written === text) return decimal(match, 0);
    if (!probability) throw new Unreadable("percent");
    return decimal(match, -2);
  }
  return read(worth(text, probability), 0, 99, text);
}

function decimal(match, shift) {
  const [whole, decimals = ""] = match[2].replace(",", ".").split(".");
  const exponent = Number(match[3] ?? 0) + shift;
  const value = Number(`${match[1]}${whole || 0}.${decimals || 0}e${exponent}`);
  if (!Number.isFinite(value)) throw new Unreadable("huge");
  const step = Number(`1e${exponent - decimals.length}`);
  return read(value, step, (whole + decimals).replace(/^0+/, "").length);
}

/** Read several numbers, between spaces, commas or semicolons, with or without brackets. */
export function several(typed, unit = "", probability = false) {
  if (typed.length > LONGEST) throw new Unreadable("long");
  const text = strip(tidy(typed).replace(/array|tensor|, ?dtype=.*|\0/g, " "));
  if (!FORM.test(text)) {
    const plain = strip(text.replace(/[()[\]{}]/g, " ").replace(SPACES, " "));
    return apart(plain).map((token) => number(token, unit, probability));
  }
  let [bare, groups] = withoutGroups(text);
  while (bare === GROUP) [bare, groups] = withoutGroups(strip(groups[0].slice(1, -1))); // around it all
  const tokens = apart(bare).map((token) => token.replaceAll(GROUP, () => groups.shift()));
  try {
    return tokens.map((token) => number(token, unit, probability));
  } catch (problem) {
    const unclear = problem.what === "unfinished" && !/[;,]/.test(bare);
    throw unclear ? new Unreadable("separate") : problem;
  }
}

function apart(text) {
  const parts = text.split(", ");
  const commas = parts.map((part) => part.split(",").length - 1);
  let tokens;
  if (text.includes(";")) tokens = text.split(";");
  // A comma that no space follows is a decimal comma.
  else if (!text.includes(".") && parts.length > 1 && Math.max(...commas) <= 1) tokens = parts;
  else if (/,[^0-9]|[.].*,|,.*[.]/.test(text) || !text.includes(" ")) tokens = text.split(",");
  else tokens = text.split(" ");
  return tokens.map(strip).filter((token) => token !== "");
}

/** [the text with a mark for everything in outer brackets, all that]. */
function withoutGroups(text) {
  let [bare, depth] = ["", 0];
  const groups = [""];
  for (const c of text) {
    depth += Number("([{".includes(c));
    if (depth > 0) groups[groups.length - 1] += c;
    else bare += c;
    if (")]}".includes(c) && depth > 0) {
      depth -= 1;
      if (depth === 0) {
        bare += GROUP;
        groups.push("");
      }
    }
  }
  return [bare + groups.at(-1), groups.slice(0, -1)];
}

/** Whether nothing was typed yet. */
export function isBlank(text) {
  return ["", "...", "…", "?"].includes(tidy(text));
}

function strip(text) {
  return text.replace(/^ +| +$/g, "");
}

// Mirrors ce_lib/practice/formula.py, step by step: a closed form, such as ½ ln(2πe), worked out.

import { Unreadable } from "./sentences.js";

const [LONGEST, DEEPEST] = [200, 30]; // characters, and levels of nesting

const KINDS = {
  number: /(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)(?:e[+-]?[0-9]{1,5}(?![0-9]))?/,
  fraction: /[¼-¾⅐-⅞]/,
  word: /log(?:_?(?:10|2)(?![0-9.,])|₁₀|₂)|[a-z]+|[π√]/,
  sign: /[+-]/,
  symbol: /\*\*|[*·×⋅/÷^%()[\]{}]/,
};
const KIND = Object.entries(KINDS).map(([kind, { source }]) => `(?<${kind}>${source})`);
const TOKEN = new RegExp(`( ?)(?:${KIND.join("|")})`, "y");
const TIMES = ["*", "·", "×", "⋅"];
const OVER = ["/", "÷"];
const POWER = ["^", "**"];
const CLOSING = new Map([..."([{"].map((open, i) => [open, ")]}"[i]]));
const CLOSERS = [...CLOSING.values()];
const CONSTANTS = new Map([
  ["π", Math.PI],
  ["pi", Math.PI],
  ["e", Math.E],
]);
const ROOTS = ["√", "sqrt"];
const LOGARITHMS = new Map([
  ["ln", Math.log],
  ["log2", Math.log2],
  ["log_2", Math.log2],
  ["log₂", Math.log2],
  ["log10", Math.log10],
  ["log_10", Math.log10],
  ["log₁₀", Math.log10],
]);
const FUNCTIONS = new Map([...LOGARITHMS, ...ROOTS.map((name) => [name, Math.sqrt]), ["exp", Math.exp]]);

// How far a call or a power reaches that has no brackets around its argument.
const [CLOSED, TIGHT, LOOSE] = [0, 1, 2];

const plus = (a, b) => a + b;
const times = (a, b) => a * b;
const over = (a, b) => a / b;

/** Work out a closed form in tidy text; `percent`: whether it may itself end in a percent sign. */
export function worth(text, percent = false) {
  if (text.length > LONGEST) throw new Unreadable("long");
  if (text === "") throw new Unreadable("unreadable");
  return new Form(text, percent).value();
}

function tokensOf(text) {
  const found = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const match = TOKEN.exec(text);
    if (!match) throw new Unreadable("unreadable");
    const [kind, written] = Object.entries(match.groups).find(([, group]) => group !== undefined);
    found.push({ kind, text: written, spaced: match[1] !== "" });
  }
  return found;
}

/** One closed form, and how far it has been read. */
class Form {
  constructor(text, percent) {
    this.text = text;
    this.percent = percent;
    this.tokens = tokensOf(text);
    this.at = 0;
    this.depth = 0;
    this.brackets = 0;
  }

  value() {
    const found = this.total();
    const left = this.next();
    if (left) throw new Unreadable(CLOSERS.includes(left.text) ? "bracket" : "unreadable");
    return found;
  }

  next() {
    return this.tokens[this.at];
  }

  /** Step over the next token if it is this one. */
  take(text) {
    const found = this.next()?.text === text;
    this.at += Number(found);
    return found;
  }

  sign() {
    if (this.take("-")) return -1;
    this.take("+");
    return 1;
  }

  deeper() {
    this.depth += 1;
    if (this.depth > DEEPEST) throw new Unreadable("long");
  }

  total() {
    const first = this.sign();
    let found = first * this.share();
    for (let token = this.next(); token?.kind === "sign"; token = this.next()) {
      const after = this.tokens[this.at + 1];
      // "1 -2" may be two numbers.
      if (token.spaced && after && !after.spaced) throw new Unreadable("two ways");
      const sign = this.sign();
      found = worked(plus, found, sign * this.share());
    }
    return found;
  }

  share() {
    const [found, reach] = this.product();
    if (!this.take("%")) return found;
    if (reach === LOOSE) throw new Unreadable("two ways");
    if (!this.percent && this.brackets === 0) throw new Unreadable("percent");
    return found / 100;
  }

  product() {
    let [found, reach] = this.power();
    let divided = false;
    let factor;
    for (let token = this.next(); token; token = this.next()) {
      if (TIMES.includes(token.text) || OVER.includes(token.text)) {
        this.at += 1;
        if (reach === LOOSE && !this.calls()) throw new Unreadable("two ways"); // ln 7/2
        const sign = this.sign();
        [factor, reach] = this.power();
        if (TIMES.includes(token.text)) {
          found = worked(times, found, sign * factor);
        } else {
          if (factor === 0) throw new Unreadable("zero");
          divided = true;
          found = worked(over, found, sign * factor);
        }
      } else if (token.kind === "word" || token.text === "(") {
        const unclear = divided || reach === LOOSE || (reach === TIGHT && !this.calls());
        if (unclear) throw new Unreadable("two ways"); // 1/2π, ln 2(3), √2π
        [factor, reach] = this.power();
        found = worked(times, found, factor);
      } else break;
    }
    return [found, reach];
  }

  power() {
    this.deeper();
    let [found, reach] = this.atom();
    if (POWER.includes(this.next()?.text)) {
      if (reach === TIGHT) throw new Unreadable("two ways"); // √2^3
      this.at += 1;
      const sign = this.sign();
      const after = this.next();
      const bare = after && !CLOSING.has(after.text);
      const [exponent, far] = this.power();
      found = worked(toThe, found, sign * exponent);
      reach = Math.max(far, bare ? TIGHT : CLOSED);
    }
    this.depth -= 1;
    return [found, reach];
  }

  atom() {
    const token = this.next();
    if (!token) throw new Unreadable("unfinished", { before: this.text });
    if (CLOSING.has(token.text)) return [this.bracketed(), CLOSED];
    this.at += 1;
    if (token.kind === "number") return [finite(Number(token.text.replace(",", "."))), CLOSED];
    if (token.kind === "fraction") {
      const [top, bottom] = token.text.normalize("NFKC").split("⁄");
      return [Number(top) / Number(bottom), CLOSED];
    }
    if (token.kind !== "word") throw new Unreadable("unreadable");
    if (CONSTANTS.has(token.text)) return [CONSTANTS.get(token.text), CLOSED];
    return this.call(token.text);
  }

  bracketed() {
    const open = this.next().text;
    this.at += 1;
    this.brackets += 1;
    const found = this.total();
    const after = this.next();
    if (after && !CLOSERS.includes(after.text)) throw new Unreadable("unreadable");
    if (!this.take(CLOSING.get(open))) throw new Unreadable("bracket");
    this.brackets -= 1;
    return found;
  }

  call(name) {
    if (name === "log") throw new Unreadable("log");
    if (!FUNCTIONS.has(name)) throw new Unreadable("unknown", { word: name });
    if (CLOSING.has(this.next()?.text)) return [applied(name, this.bracketed()), CLOSED];
    this.deeper();
    let argument;
    let reach = LOOSE;
    if (ROOTS.includes(name)) {
      [argument, reach] = this.atom();
      reach = Math.max(reach, TIGHT);
    } else argument = this.argument();
    this.depth -= 1;
    return [applied(name, argument), reach];
  }

  argument() {
    const sign = this.sign();
    let [found, reach] = this.power();
    // ln 2πe
    while (CONSTANTS.has(this.next()?.text)) {
      if (reach !== CLOSED) throw new Unreadable("two ways"); // ln √2π
      let factor;
      [factor, reach] = this.power();
      found = worked(times, found, factor);
    }
    return sign * found;
  }

  /** Whether a function's name comes next, so that nothing before it reaches over it. */
  calls() {
    const text = this.next()?.text;
    return FUNCTIONS.has(text) && !ROOTS.includes(text);
  }
}

function applied(name, given) {
  if (name !== "exp" && given < 0) throw new Unreadable("negative");
  return LOGARITHMS.has(name) && given === 0 ? -Infinity : worked(FUNCTIONS.get(name), given);
}

/** The function of what is given: ∞ only where ∞ was, and never NaN. */
function worked(compute, ...given) {
  const found = compute(...given);
  if (Number.isNaN(found)) throw new Unreadable("nan");
  return given.every(Number.isFinite) ? finite(found) : found;
}

function finite(found) {
  if (!Number.isFinite(found)) throw new Unreadable("huge");
  return found;
}

function toThe(base, exponent) {
  if (!Number.isFinite(base) || !Number.isFinite(exponent)) throw new Unreadable("nan");
  if (base === 0 && exponent < 0) throw new Unreadable("zero");
  if (base < 0 && exponent !== Math.floor(exponent)) throw new Unreadable("negative");
  return base ** exponent;
}

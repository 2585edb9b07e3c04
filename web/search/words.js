// What a search compares: the words of a text, in the form in which all their forms are one.

const TOKEN =
  /\d+(?:\.\d+)?(?:e[+-]?\d+)?|\.\d+|[\p{L}_][\p{L}\p{M}\p{N}_]*(?:[-'’.][\p{L}_][\p{L}\p{M}\p{N}_]*)*/giu;
const ENDINGS = /(?:ations?|ated|ating|ings?|ions?|ies|ed|es|e|y|s)$/;

/** A word without the ending that its other forms may lack. */
export function stem(word) {
  if (word.length < 5 || /\d|ss$/.test(word)) return word.length === 4 ? word.replace(/(?<!s)s$/, "") : word;
  const short = word.replace(ENDINGS, "").replace(/at$/, "");
  return short.length < 3 ? word : short.replace(/([^aeiousl])\1$/, "$1");
}

/** A number as it may be written: with fewer digits, rounded or cut. */
export function roundings(number) {
  if (/e/i.test(number)) return scientific(number);
  const value = Number(number);
  const [whole, digits = ""] = number.split(".");
  if (!digits || !Number.isFinite(value)) return [number.replace(/^\./, "0.")];
  const forms = new Set([`${whole || 0}.${digits}`]);
  for (let k = 2; k < Math.min(digits.length, 7); k += 1) {
    forms.add(value.toFixed(k));
    forms.add(`${whole || 0}.${digits.slice(0, k)}`);
  }
  return [...forms];
}

/** The same for a number with an exponent: readers keep few digits of 7.44015e-44. */
function scientific(number) {
  const [mantissa, exponent] = number.toLowerCase().split("e").map(Number);
  const digits = (number.split(/e/i)[0].split(".")[1] ?? "").length;
  const forms = new Set([`${mantissa}e${exponent}`]);
  for (let k = 0; k < Math.min(digits, 7); k += 1) forms.add(`${mantissa.toFixed(k)}e${exponent}`);
  return [...forms];
}

/** The parts of a name: CrossEntropyLoss, from_logits, ce_lib.entropy, cross-entropy. */
function parts(name) {
  return name.split(/[-_.'’]+/).flatMap((part) => part.match(/\p{Lu}+(?!\p{Ll})|\p{Lu}?[^\p{Lu}]+/gu) ?? []);
}

/** One token of a text as what it is found by: a name whole and in parts, a number in short. */
const known = new Map();

function forms(token) {
  if (!known.has(token)) known.set(token, formsOf(token));
  return known.get(token);
}

function formsOf(token) {
  if (/^[\d.]/.test(token)) return roundings(token);
  const found = (token.length < 5 ? [token] : parts(token)).map((part) => stem(part.toLowerCase()));
  if (found.length > 1) found.unshift(stem(token.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "")));
  return found;
}

export function tokens(text) {
  return (
    text
      .normalize("NFKC")
      .replace(/[_^]\{/g, " ")
      .match(TOKEN) ?? []
  );
}

/** Where in a text a word stands that has one of these forms: pairs of beginning and end. */
export function matches(text, wanted) {
  return [...text.matchAll(TOKEN)]
    .filter(([token]) => forms(token).some((form) => wanted.has(form)))
    .map(({ 0: token, index }) => [index, index + token.length]);
}

/** The words of a text: for each token the forms that it is found by. */
export function words(text) {
  const all = tokens(text);
  return all.map((token, i) => {
    // "ln 2" is more than an "ln" and a 2.
    const ofLog = /^\d/.test(token) && /^(ln|log)$/i.test(all[i - 1] ?? "");
    return ofLog ? [...forms(token), `ln${token}`] : forms(token);
  });
}

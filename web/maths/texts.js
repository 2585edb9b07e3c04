// Mirrors ce_lib/texts: the 27 symbols, and what makes them of any text.

export const SYMBOLS = " abcdefghijklmnopqrstuvwxyz";

/** Small letters of all letters from a to z, and one space of all between them. */
export function normalise(text) {
  return (text.toLowerCase().match(/[a-z]+/g) ?? []).join(" ");
}

/** What a model learns from, out of a file of ce_lib/texts: all but the last paragraph. */
export function train(file) {
  return `${normalise(file.trim().split("\n\n").slice(0, -1).join(" "))} `;
}

/**
 * The same of a text that is still typed: a space at its end stays, for another word may follow.
 * Before its first letter there is a space already.
 */
export function typed(text) {
  return text
    .toLowerCase()
    .replace(/[^a-z]+/g, " ")
    .trimStart();
}

// A code's words, and the message they spell. Mirrors ce_lib/explorers/code.py.

import { draws } from "./draws.js";

/** Draw so many songs, each a genre by its index, from `p`. */
export function message(p, seed, count) {
  let total = 0;
  const upTo = p.map((share) => {
    total += share;
    return total;
  });
  const last = p.findLastIndex((share) => share > 0);
  return draws(seed, count + 1)
    .slice(1) // the first numbers after neighbouring seeds are neighbours, too
    .map((number) => {
      const k = upTo.findIndex((below) => number < below);
      return k < 0 ? last : k;
    });
}

/**
 * Words of these lengths of which none begins another; null where one is infinite. The canonical
 * code: in the order of their lengths, and of equals the earlier one first, each word is the
 * binary number after the one before, with zeros behind.
 */
export function codeWords(lengths) {
  const words = lengths.map(() => null);
  const order = lengths.map((length, k) => ({ length, k })).filter(({ length }) => length < Infinity);
  order.sort((a, b) => a.length - b.length || a.k - b.k);
  let [number, before] = [0, 0];
  for (const { length, k } of order) {
    number *= 2 ** (length - before);
    words[k] = length > 0 ? number.toString(2).padStart(length, "0") : "";
    [number, before] = [number + 1, length];
  }
  return words;
}

/**
 * The tree that words grow on, in columns and rows: the leaves stand beside each other from 0 on,
 * an inner node in the middle of what hangs below it. Each node is { word, x, depth, isLeaf },
 * and the words of the nodes below it begin with its own.
 */
export function treeOf(words) {
  const leaves = words.filter((word) => word !== null).sort();
  const grow = (word) => {
    if (leaves.includes(word)) return [{ word, x: leaves.indexOf(word), depth: word.length, isLeaf: true }];
    const [left, right] = [grow(`${word}0`), grow(`${word}1`)];
    return [{ word, x: (left[0].x + right[0].x) / 2, depth: word.length, isLeaf: false }, ...left, ...right];
  };
  return leaves.length > 0 ? grow("") : [];
}

/** How many words to tear off so that the cut comes nearest to `x`; `cuts` are the places, from one word on. */
export function tornAt(cuts, x) {
  const far = cuts.map((cut) => Math.abs(cut - x));
  return far.indexOf(Math.min(...far)) + 1;
}

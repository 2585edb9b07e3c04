// What a change of the outcomes' number does to a distribution, and which words a code gives it.
// Mirrors ce_lib/explorers/two_distributions.py.

import { withShare } from "./hands.js";

/** A newcomer takes its even share; who leaves gives its share to the rest. */
export function resized(distribution, count) {
  let shares = distribution;
  while (shares.length < count) shares = withShare([...shares, 0], shares.length, 1 / (shares.length + 1));
  while (shares.length > count) shares = withShare(shares, shares.length - 1, 0).slice(0, -1);
  return shares;
}

/**
 * Word lengths in bits of Huffman's code for `q`; ∞ for what q rules out. The two rarest
 * entries are joined again and again, and of equals the earlier ones.
 */
export function codeLengths(q) {
  const lengths = q.map((share) => (share > 0 ? 0 : Infinity));
  let parts = q.map((share, k) => ({ share, members: [k] })).filter(({ share }) => share > 0);
  while (parts.length > 1) {
    // A stable sort, and a joint one comes last: of equals the earlier ones stand in front.
    const [a, b, ...rest] = parts.toSorted((one, other) => one.share - other.share);
    const members = [...a.members, ...b.members];
    for (const k of members) lengths[k] += 1;
    parts = [...rest, { share: a.share + b.share, members }];
  }
  return lengths;
}

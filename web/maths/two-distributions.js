// What a change of the outcomes' number does to a distribution.

import { withShare } from "./hands.js";

/** A newcomer takes its even share; who leaves gives its share to the rest. */
export function resized(distribution, count) {
  let shares = distribution;
  while (shares.length < count) shares = withShare([...shares, 0], shares.length, 1 / (shares.length + 1));
  while (shares.length > count) shares = withShare(shares, shares.length - 1, 0).slice(0, -1);
  return shares;
}

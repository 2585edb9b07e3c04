// What explorers share whose state is two distributions, p and q, over the same outcomes.

import { withShare } from "../maths/hands.js";
import { slider, sliders } from "./controls.js";
import { percent } from "./format.js";
import { filled } from "./words.js";

/** The check of a definition: both have as many entries. */
export function pairCheck({ words }) {
  return ({ p, q }) => {
    const wanted = filled(words.as_many, { count: p.length, other: "p" });
    if (p.length !== q.length) throw new Error(`q should be ${wanted}`);
  };
}

/**
 * A slider for each share of `which`, "p" or "q"; the others share what is left. `update` takes the
 * shares, and the names when they are other ones now.
 */
export function shareSliders(which, names, labelOf, get, set) {
  const label = (name) => labelOf(`${which.toUpperCase()}(${name})`);
  const { els, update } = sliders(names, (name, k) =>
    slider({
      label: label(name),
      low: 0,
      high: 1,
      step: 0.01,
      format: percent,
      input: (value) => set({ [which]: withShare(get()[which], k, value) }),
      keep: () => get()[which],
      back: (whole) => set({ [which]: whole }),
    }),
  );
  return { els, update: (shares, now = names) => update(shares, now.map(label)) };
}

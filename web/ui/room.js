// Room for labels: each goes to the first of its places where nothing else stands.

import { text } from "./svg.js";

/**
 * Keeps what is taken between `left` and `right`. A box is { left, right, top, bottom }.
 *
 * - `take(box)`: something stands there;
 * - `free(boxes)`: does nothing stand in any of them?
 * - `find(places, size)`: the first free place { x, y, anchor } for a text of that size
 *   whose middle is at height y, taken from then on; or undefined. It must suit, too: that is asked of
 *   free places only.
 */
export function room({ left, right }) {
  const taken = [];
  const apart = (a, b) => a.right < b.left || b.right < a.left || a.bottom < b.top || b.bottom < a.top;
  const inside = (box) => box.left >= left && box.right <= right;
  const free = (boxes) => boxes.every((box) => inside(box) && taken.every((other) => apart(box, other)));
  const take = (box) => taken.push(box);
  function find(places, { width, height }, suits = () => true) {
    const boxOf = ({ x, y, anchor }) => {
      const start = anchor === "end" ? x - width : x;
      return { left: start, right: start + width, top: y - height / 2, bottom: y + height / 2 };
    };
    const found = places.find((place) => free([boxOf(place)]) && suits(place));
    if (found) take(boxOf(found));
    return found;
  }
  return { take, free, find };
}

/**
 * Write `words` into `g` at the first of `places` that suits where `space` has room, or nowhere; return
 * the place. A letter is so wide and a line so high at the most.
 */
export function write(g, name, words, places, space, { letter = 8, height = 16, suits } = {}) {
  const place = words && space.find(places, { width: letter * words.length, height }, suits);
  const { x, y, anchor } = place || { x: 0, y: 0, anchor: "start" };
  text(g, name, [x, y + 4], place ? words : "", { "text-anchor": anchor });
  return place;
}

/** Labels in order of height, moved apart to `gap` between `low` and `high`. */
export function spread(labels, gap, low, high) {
  const sorted = labels.map((label) => ({ ...label })).sort((a, b) => a.y - b.y);
  let last = low - gap;
  for (const label of sorted) {
    label.y = Math.max(label.y, last + gap);
    last = label.y;
  }
  let next = high + gap;
  for (const label of sorted.reverse()) {
    label.y = Math.min(label.y, next - gap);
    next = label.y;
  }
  return sorted;
}

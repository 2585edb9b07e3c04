// Room for labels: each goes to the first of its places where nothing else stands.

/**
 * Keeps what is taken between `left` and `right`. A box is { left, right, top, bottom }.
 *
 * - `take(box)`: something stands there;
 * - `free(boxes)`: does nothing stand in any of them?
 * - `find(places, size)`: the first free place { x, y, anchor } for a text of that size
 *   whose middle is at height y, taken from then on; or undefined.
 */
export function room({ left, right }) {
  const taken = [];
  const apart = (a, b) => a.right < b.left || b.right < a.left || a.bottom < b.top || b.bottom < a.top;
  const inside = (box) => box.left >= left && box.right <= right;
  const free = (boxes) => boxes.every((box) => inside(box) && taken.every((other) => apart(box, other)));
  const take = (box) => taken.push(box);
  function find(places, { width, height }) {
    const boxOf = ({ x, y, anchor }) => {
      const start = anchor === "end" ? x - width : x;
      return { left: start, right: start + width, top: y - height / 2, bottom: y + height / 2 };
    };
    const found = places.find((place) => free([boxOf(place)]));
    if (found) take(boxOf(found));
    return found;
  }
  return { take, free, find };
}

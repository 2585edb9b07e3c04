// The quiet last line of every box: where the record is, and whether it is kept at all.

import { h, setText } from "../ui/dom.js";

export function foot(el, store) {
  const note = h("span", { class: "ce-warning" });
  const line = h("p", { class: "ce-quiet-line" });
  if (el.dataset.record) line.append(h("a", { href: el.dataset.record }, "Your record"), " ");
  line.append(note);
  const show = () => setText(note, store.problem);
  show();
  store.listen(show);
  return line;
}

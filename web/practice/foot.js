// The quiet last line of every box: where the record is, and whether it is kept at all.

import { h, setText } from "../ui/dom.js";

const ASIDE = "A record kept here could not be used as it is. It is set aside, and offered on “Your record”.";

export function foot(el, store) {
  const note = h("span", { class: "ce-warning" });
  const line = h("p", { class: "ce-quiet-line" });
  if (el.dataset.record) line.append(h("a", { href: el.dataset.record }, "Your record"), " ");
  line.append(note);
  const show = () => setText(note, [store.problem, store.aside.length > 0 ? ASIDE : ""].join(" ").trim());
  show();
  store.listen(show);
  return line;
}

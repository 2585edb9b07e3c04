// What every box is: a form with its question above, and the foot below.

import { coded } from "../ui/backticks.js";
import { h, uid } from "../ui/dom.js";
import { foot } from "./foot.js";

/** The form of a box that asks `prompt`; `submit` hears of its main button. */
export function form({ el, store, prompt, submit }, ...children) {
  const title = h("p", { class: "ce-prompt", id: uid("prompt") }, ...coded(prompt));
  return h(
    "form",
    { class: "ce-box", "aria-labelledby": title.id, onsubmit: submit, novalidate: true, autocomplete: "off" },
    title,
    ...children,
    foot(el, store),
  );
}

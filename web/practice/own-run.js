// Above an explorer that opens as the reader last left it (web/host/runs.js): says whose run it is.

import { h, setText } from "../ui/dom.js";
import { foot } from "./foot.js";

const NONE = "This browser keeps no run of yours yet, so the run below is one of ours.";
const UNREAD =
  "Your last run is of another version of this book and cannot be shown, so the run below is one of ours.";
const MAKE = "Play it, or change something: then it is yours, and stays.";

export function ownRunBox(el, _, store) {
  const said = h("p", { role: "status" });
  const explorer = el.nextElementSibling.querySelector(".ce-explorer");
  const kept = () => store.record.runs[explorer.dataset.explorer];
  let shown = el.dataset.unread ? null : kept(); // the run that stands below
  let touched = false; // here: what other tabs keep does not stand below
  function show() {
    if (touched) shown = kept() ?? shown;
    setText(said, shown ? `Your own run, as you left it on ${day(shown.at)}.` : nothing());
  }
  const nothing = () => `${el.dataset.unread ? UNREAD : NONE} ${MAKE}`;
  explorer.addEventListener("ce-hand", () => {
    touched = true;
  });
  show();
  store.listen(show);
  el.replaceChildren(h("div", { class: "ce-box" }, said, foot(el, store)));
}

function day(at) {
  return new Date(at).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
}

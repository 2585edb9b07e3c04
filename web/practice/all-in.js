// The switch that lets a bet leave 0 % on an answer.

import { h } from "../ui/dom.js";

/** Where the switch stands in the record. */
const ALL_IN = "all-in";

export function isAllIn(store) {
  return store.chosen(ALL_IN);
}

/** The switch that allows 0 %; `follow` shows how it stands in the record, and returns it. */
export function allInSwitch(store) {
  const input = h("input", { type: "checkbox", onchange: () => store.choose(ALL_IN, input.checked) });
  const said = h("span", {}, h("strong", {}, "All in: "), "0 % is allowed, and costs ∞ if it was true.");
  return {
    el: h("label", { class: "ce-all-in" }, input, said),
    follow() {
      input.checked = isAllIn(store);
      return input.checked;
    },
  };
}

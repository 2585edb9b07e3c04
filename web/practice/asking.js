// The switch for the questions that open chapters: a reader may never want them.

import { h } from "../ui/dom.js";

const UNASKED = "unasked"; // the switch in the record, on when questions are off
const QUESTIONS = "questions"; // in an address (?questions=off), and on the page's root (first.js)

/** Whether this page asks: first.js looked before anything was painted. */
export function asks() {
  return document.documentElement.dataset[QUESTIONS] !== "off";
}

/** Keep what the address says, and take it out: a link that somebody copies shall not say it. */
export function heed(store) {
  const address = new URL(location.href);
  const said = address.searchParams.get(QUESTIONS);
  if (said !== "on" && said !== "off") return;
  if (store.chosen(UNASKED) !== (said === "off")) store.choose(UNASKED, said === "off");
  address.searchParams.delete(QUESTIONS);
  history.replaceState(history.state, "", address);
}

/** A checkbox that follows the record; `changed(on)` hears of a press. */
export function askingSwitch(store, changed = () => {}) {
  const box = h("input", {
    type: "checkbox",
    onchange: () => {
      store.choose(UNASKED, !box.checked);
      changed(box.checked);
    },
  });
  const follow = () => {
    box.checked = !store.chosen(UNASKED);
  };
  follow();
  store.listen(follow);
  return h("label", { class: "ce-asking" }, box, h("span", {}, "Let chapters ask me first"));
}

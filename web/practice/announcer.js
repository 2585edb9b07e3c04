// What the hands on a bet do, for who hears the page.

import { h, setText } from "../ui/dom.js";

/** Says all shares to who hears the page, when the hand rests. */
export function announcer(read) {
  const el = h("span", { class: "ce-said", role: "status" });
  let timer;
  return {
    el,
    soon() {
      clearTimeout(timer);
      timer = setTimeout(() => setText(el, `Now ${read()}.`), 600);
    },
  };
}

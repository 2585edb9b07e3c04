// A share of 100 %, in whole per cent: a field and a slider that say the same.

import { surprisal } from "../maths/information.js";
import { attrs, h, setText, uid } from "../ui/dom.js";
import { shown } from "../ui/format.js";
import { inDigits } from "./shares.js";

const STEPS = { ArrowUp: 1, ArrowDown: -1, PageUp: 10, PageDown: -10 };

/** What stands in a field as a whole number of per cent; NaN for what is none. */
function readPercent(text) {
  const [digits] = /^\d+(?= ?%?$)/.exec(text.trim()) ?? ["x"];
  return Number(digits) <= 100 ? Number(digits) : Number.NaN;
}

/**
 * { els, isOdd, text, read, write, mark, focus }. `moved(value)` hears of the slider and of the arrow keys,
 * `typed(value)` of what is typed: NaN where that is no share, null while there is nothing. A
 * finger that takes the slider up, `taken()`, may turn out to scroll the page, `swiped()`. `when` says
 * of the price when it is to be paid; nothing, where the price is what is asked for.
 */
export function shareInput(label, { moved, typed, taken, swiped }, when) {
  const sum = h("span");
  const due = when && h("span", { class: "ce-when" }, ` ${when}`);
  const price = h("span", { class: "ce-if-true", id: uid("price") }, sum, due);
  const number = h("input", {
    type: "text", // a number field drops the comma of "50,5" without a word
    role: "spinbutton",
    class: "ce-text ce-percent-input",
    inputmode: "numeric",
    maxlength: 12,
    "aria-labelledby": label.id,
    "aria-describedby": price.id,
    "aria-valuemin": 0,
    "aria-valuemax": 100,
    oninput: () => typed(number.value.trim() === "" ? null : readPercent(number.value)),
    onblur: () => {
      if (!isOdd()) number.value = inDigits(value);
    },
    onkeydown: (event) => {
      const by = STEPS[event.key];
      if (!by) return;
      event.preventDefault();
      moved(value + by);
    },
  });
  // The field speaks for both: a second stop for every answer would be in the way.
  const range = h("input", {
    type: "range",
    max: 100,
    tabindex: -1,
    "aria-hidden": "true",
    oninput: () => moved(Number(range.value)),
    onpointerdown: taken,
    onpointercancel: swiped,
  });
  const el = h("span", { class: "ce-hands" }, range, number, h("span", { "aria-hidden": "true" }, "%"));
  let value = 0;

  /** Whether what was typed is no share, or cannot be had. */
  const isOdd = () => number.hasAttribute("aria-invalid");

  return {
    els: [el, price],
    isOdd,
    text: () => number.value.trim(),
    read: () => readPercent(number.value),
    /** Show a share; what is being typed is left as it is. */
    write(now, { keep = false } = {}) {
      value = now;
      if (!keep) number.value = inDigits(now);
      range.value = now;
      attrs(number, { "aria-valuenow": now, "aria-valuetext": `${inDigits(now)} %`, "aria-invalid": null });
      if (when) setText(sum, `${shown(surprisal(now / 100), 3)} nats`);
    },
    mark: () => attrs(number, { "aria-invalid": "true" }),
    focus: () => number.focus(),
  };
}

// A share of 100 %, in whole per cent: a field, a slider and two buttons that say the same.

import { attrs, h } from "../ui/dom.js";

/** { el, read, write, typed, isEmpty }; what is no share reads as NaN. */
export function shareInput(label, changed) {
  const number = h("input", {
    type: "text", // a number field drops the comma of "50,5" without a word
    class: "ce-text ce-percent-input",
    inputmode: "numeric",
    maxlength: 12,
    placeholder: "0",
    "aria-labelledby": label.id,
    oninput: () => follow(),
    onkeydown: (event) => {
      const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
      if (!by) return;
      event.preventDefault();
      move(by);
    },
  });
  // The number speaks for both: a second stop for every option would be in the way.
  const range = h("input", {
    type: "range",
    min: 0,
    max: 100,
    step: 1,
    value: 0,
    tabindex: -1,
    "aria-hidden": "true",
    oninput: () => {
      number.value = range.value;
      follow();
    },
  });
  const step = (by, sign, name) =>
    h(
      "button",
      {
        type: "button",
        class: "ce-step",
        tabindex: -1,
        "aria-hidden": "true",
        title: name,
        onclick: () => move(by),
      },
      sign,
    );
  const el = h(
    "span",
    { class: "ce-hands" },
    range,
    step(-5, "−", "5 % less"),
    number,
    h("span", { "aria-hidden": "true" }, "%"),
    step(5, "+", "5 % more"),
  );
  const typed = () => number.value.trim();

  function read() {
    const [digits] = /^\d*(?= ?%?$)/.exec(typed()) ?? ["x"];
    return Number(digits) <= 100 ? Number(digits) : Number.NaN;
  }

  function write(value) {
    number.value = value;
    show();
  }

  function move(by) {
    write(Math.min(100, Math.max(0, (read() || 0) + by)));
    changed();
  }

  function show() {
    const value = read();
    attrs(number, { "aria-invalid": Number.isNaN(value) ? "true" : null });
    if (!Number.isNaN(value)) range.value = value;
  }

  function follow() {
    show();
    changed();
  }

  return { el, read, write, typed, isEmpty: () => typed() === "" };
}

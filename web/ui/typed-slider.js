// A slider whose value may be typed, too: who reads a number off a screen has all its digits.

import { range } from "./controls.js";
import { h, setText, uid } from "./dom.js";

/**
 * The control { el, update } of a reading. `read(text)` gives the value of what was typed, or throws an
 * Error that says what was expected; an empty box is null, "nobody knows", where `unknown` says how to
 * call that. `input(value)` gets what was typed or slid.
 */
export function typedSlider({ label, read, input, format, unknown, ...rest }) {
  const id = uid("reading");
  const hand = range({ label: `${label}, by hand`, input, ...rest });
  const box = h("input", {
    type: "text",
    class: "ce-reading",
    id,
    inputmode: "decimal",
    autocomplete: "off",
    placeholder: unknown ?? "",
    onchange: () => take(box.value.trim()),
  });
  const why = h("p", { class: "ce-why", role: "status" });
  const el = h("div", { class: "ce-slider" }, h("label", { for: id }, label), box, hand.el, why);

  function take(text) {
    setText(why, "");
    try {
      if (text === "" && unknown === undefined) throw new Error("a number");
      input(text === "" ? null : read(text));
    } catch (error) {
      setText(why, `Expected ${error.message}.`);
    }
  }
  return {
    el,
    update(value, written = value === null ? "" : format(value)) {
      hand.update(value, written || unknown || "");
      el.classList.toggle("is-unknown", value === null);
      if (box.value !== written) {
        box.value = written;
        setText(why, "");
      }
    },
  };
}

/** What was typed as a number: 1,5 and −2 too. */
export function typedNumber(text) {
  const plain = text.replace(/[−–]/g, "-").replace(",", ".").replace(/\s/g, "");
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain)) throw new Error("a number");
  return Number(plain);
}

/** What was typed as a share: 95 %, 0.95, 95. */
export function typedShare(text) {
  const value = typedNumber(text.replace(/%$/, ""));
  const share = /%$/.test(text) || value > 1 ? value / 100 : value;
  if (!(share >= 0 && share <= 1)) throw new Error("a share from 0 to 100 %");
  return share;
}

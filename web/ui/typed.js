// A slider whose value may be typed, too: who reads a number off a screen has all its digits.

import { attrs, h, setText, uid } from "./dom.js";

const LINEAR = { to: (value) => value, from: (position) => position };

/**
 * The control { el, update } of a reading. `read(text)` gives the value of what was typed, or throws an
 * Error that says what was expected; an empty box is null, "nobody knows", where `unknown` says how to
 * call that. `input(value)` gets what was typed or slid.
 */
export function typedSlider({ label, low, high, step, read, input, format, unknown, scale = LINEAR }) {
  const id = uid("reading");
  const range = h("input", {
    type: "range",
    min: scale.to(low),
    max: scale.to(high),
    step: step ?? "any",
    "aria-label": `${label}, by hand`,
    oninput: () => input(clamp(scale.from(Number(range.value)), low, high)),
    onpointerdown: () => {
      taken = now;
    },
    onpointercancel: () => input(taken),
  });
  const box = h("input", {
    type: "text",
    class: "ce-typed",
    id,
    inputmode: "decimal",
    autocomplete: "off",
    placeholder: unknown ?? "",
    onchange: () => take(box.value.trim()),
  });
  const why = h("p", { class: "ce-why", role: "status" });
  const el = h("div", { class: "ce-slider" }, h("label", { for: id }, label), box, range, why);
  let now = null;
  let taken = null; // what a finger found that turned out to scroll the page

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
      now = value;
      const position = scale.to(value ?? low);
      // A link may set more than the slider shows by itself: widen it, never lie.
      if (position < Number(range.min)) range.min = position;
      if (position > Number(range.max)) range.max = position;
      if (Number(range.value) !== position) range.value = position;
      attrs(range, { "aria-valuetext": written || unknown || "" });
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

function clamp(value, low, high) {
  return Math.min(high, Math.max(low, value));
}

// A guess that is typed.

import { coded } from "../ui/backticks.js";
import { attrs, h, setText } from "../ui/dom.js";
import { plain } from "../ui/format.js";
import { isBlank, number } from "./reading.js";

/** { el, read }; `read` returns a number, or throws an Error with a sentence. */
export function typedInput({ label, unit, low, high }, told) {
  const input = h("input", {
    type: "text",
    class: "ce-text",
    inputmode: "decimal",
    autocomplete: "off",
    maxlength: 40,
    "aria-describedby": told.id,
    oninput() {
      attrs(input, { "aria-invalid": null });
      setText(told, "");
    },
  });
  const line = h("span", { class: "ce-typed" }, input, h("span", {}, unit));
  const el = h("label", { class: "ce-field" }, h("span", {}, ...coded(label)), line);

  function read() {
    try {
      if (isBlank(input.value)) throw new Error("Give a number first, or skip.");
      const { value } = number(input.value, unit);
      if (value >= low && value <= high) return value;
      throw new Error(`Give a number from ${plain(low)} to ${plain(high)}.`);
    } catch (error) {
      attrs(input, { "aria-invalid": "true" });
      input.focus();
      throw error;
    }
  }

  return { el, read };
}

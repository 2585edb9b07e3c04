// Code in a text stands between backticks, as in Markdown (ce_lib/_backticks.py does the same).

import { h } from "./dom.js";

/** A text taken apart: words at even places, code at odd ones. */
export function pieces(text) {
  return text.split(/`([^`\n]+)`/);
}

/** What `h` makes a text of. */
export function coded(text) {
  return pieces(text).map((piece, i) => {
    if (i % 2 === 0) return piece;
    const code = h("code");
    code.textContent = piece; // its letters mean nothing but themselves
    return code;
  });
}

/** A text where code cannot be told from words. */
export function words(text) {
  return pieces(text).join("");
}

/** Set text only when it changed (see `setText`). */
export function setCoded(node, text) {
  const made = h("p", {}, ...coded(text));
  if (node.textContent !== made.textContent) node.replaceChildren(...made.childNodes);
}

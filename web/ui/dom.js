// The few lines of DOM that every part shares.

import { joined } from "./joined.js";

/** Make an element: `h("p", { class: "x", onclick: f }, "text", child)`. */
export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) attrs(node, { [name]: "" });
    else if (value !== false && value !== undefined) attrs(node, { [name]: value });
  }
  const whole = (child, i) =>
    typeof child === "string" ? lettered(joined(child, children[i - 1])) : [child];
  node.append(...children.flatMap(whole));
  return node;
}

/** A box for what may be wider than its room: it scrolls sideways, and the keyboard reaches it. */
export function scrolling(label, attributes, ...children) {
  const { class: own = "", ...others } = attributes;
  const shared = { class: `ce-wide ${own}`.trim(), tabindex: 0, role: "group", "aria-label": label };
  return h("div", { ...shared, ...others }, ...children);
}

/**
 * Do `change`: what has the focus in `root` stays where it is on the screen, but below `pinned`, which
 * may have grown; if it is gone, the first control near it gets the focus.
 */
export function inPlace(root, change, pinned = null) {
  const el = root.getRootNode().activeElement;
  if (!root.contains(el)) {
    change();
    return;
  }
  const below = pinned && !pinned.contains(el) ? () => pinned.getBoundingClientRect().bottom : () => 0;
  const topOf = () => el.getBoundingClientRect().top;
  const top = topOf();
  const seen = el.getBoundingClientRect().bottom > below(); // a part of it is enough
  change();
  if (!el.checkVisibility() || el.disabled) {
    neighbour(root, el)?.focus({ preventScroll: true });
    return;
  }
  const follow = (moved) => Math.abs(moved) >= 1 && scrollBy({ top: moved, behavior: "instant" });
  follow(topOf() - top);
  if (seen) follow(Math.min(0, topOf() - below())); // where the page now stands, it may be covered
}

/** Bring what was just said into the window, if it is not; the focus stays where it is. */
export function intoView(said) {
  said.scrollIntoView({ block: "nearest", behavior: "instant" });
}

/** The first control that can be used, in the smallest part of `root` around `el` that has one. */
function neighbour(root, el) {
  const usable = (node) => !node.disabled && node.checkVisibility();
  for (let around = el.parentElement; root.contains(around); around = around.parentElement) {
    const found = [...around.querySelectorAll("button, input, summary")].find(usable);
    if (found) return found;
  }
  return null;
}

/** Set text only when it changed, so that screen readers and layout stay quiet. */
export function setText(node, text) {
  const whole = joined(text);
  if (node.textContent !== whole) node.replaceChildren(...lettered(whole));
}

const MEANING = { p: "is-truth", q: "is-model" };

/**
 * A text in pieces: the letters of truth and model say which they are (bookext/mathematics.py). What
 * is quoted means itself.
 */
function lettered(words) {
  return words.split(/(“[^”]*”)/).flatMap((piece, i) => (i % 2 === 1 ? [piece] : marked(piece)));
}

function marked(words) {
  const pieces = words.split(/(?<![\p{L}\p{N}_])([PpQq])(?![\p{L}\p{N}_[])/u);
  return pieces
    .map((piece, i) => {
      if (i % 2 === 0) return piece;
      const letter = document.createElement("span");
      letter.className = MEANING[piece.toLowerCase()];
      letter.textContent = piece;
      return letter;
    })
    .filter((piece) => piece !== "");
}

/** Set several attributes of a node; null takes one away. */
export function attrs(node, values) {
  for (const [name, value] of Object.entries(values)) {
    if (value === null) node.removeAttribute(name);
    else node.setAttribute(name, value);
  }
  return node;
}

/**
 * A document-wide unique id, for labels, groups of radios and SVG references. The window counts:
 * in a notebook every explorer has a copy of this module, and they share one document.
 */
export function uid(stem) {
  globalThis.ceSerial = (globalThis.ceSerial ?? 0) + 1;
  return `ce-${stem}-${globalThis.ceSerial}`;
}

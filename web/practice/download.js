// A file for the reader, made in the page.

import { h } from "../ui/dom.js";

/** Offer the text as a file, and return a sentence about it. */
export function download(el, text, name) {
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = h("a", { href: url, download: name, hidden: true });
  el.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  return `Saved as ${name}.`;
}

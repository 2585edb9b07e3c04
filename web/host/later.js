// What a page does not load with its explorers, and some reader asks for.

import { h } from "../ui/dom.js";

/** Run a script that lies beside the core; resolves when it has run. */
export function bring(path) {
  return new Promise((resolve, reject) => {
    const src = new URL(path, self.ceExplorers.core).href;
    document.head.append(h("script", { src, onload: resolve, onerror: reject }));
  });
}

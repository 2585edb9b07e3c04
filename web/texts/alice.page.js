// What alice.js is on a page. A classic script, unlike what `fetch` gets, comes from file:// too.

import { bring } from "../host/later.js";

let coming = null;

export const now = () => self.ceTexts?.alice ?? null;

export function brought() {
  coming ??= bring("texts/alice.js").catch((error) => {
    coming = null; // the next who asks tries again
    throw error;
  });
  return coming;
}

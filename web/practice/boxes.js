// What makes boxes of a page alive.

/** A definition is kept encoded, so that nobody reads an answer by accident. */
function decoded(text) {
  if (!text) return undefined;
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes));
}

/** `kinds` holds by its name what fills a box; record.js, on every page, has made the store. */
export function fill(kinds, store) {
  for (const el of document.querySelectorAll(".ce-practice[data-practice]")) {
    if (!Object.hasOwn(kinds, el.dataset.practice)) continue;
    kinds[el.dataset.practice](el, decoded(el.dataset.definition), store);
    el.classList.add("ce-live");
  }
}

/** Begin when the page is there. */
export function when(begin) {
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", begin);
  else begin();
}

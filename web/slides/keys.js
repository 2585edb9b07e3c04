// What a key or an address means on a slide. No DOM but the element that has the focus.

/** Does a hand hold something here that wants its keys: a control of an explorer, or a field? */
export function inHand(target) {
  return Boolean(target?.closest?.(".ce-frame, .ce-practice, input, textarea, select, summary, button, a"));
}

/** The explorer that an address such as #loss-curve?q=0.01 asks for, or null. */
export function leadsToExplorer(hash) {
  return /^#([a-z][a-z-]*)(?:\?|%3f)/i.exec(hash)?.[1] ?? null;
}

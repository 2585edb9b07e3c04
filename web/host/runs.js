// What the reader last ran in an explorer, kept in the record of this browser. What of a state is
// a run, the explorer's definition says (`run`); an explorer below a box for it opens with it.

import { checkState, stateFromQuery, stateToQuery } from "../ui/state.js";

const REST = 400; // ms without a hand: then what it left is kept
const BOX = "[data-practice='own-run']";

/** Keep what hands leave in this explorer, if it is a run. */
export function keepRuns(el, { name, spec, run }, model) {
  if (!run) return;
  let timer = 0;
  const keep = () => {
    if (timer === 0) return;
    clearTimeout(timer);
    timer = 0;
    const state = run(Object.fromEntries(Object.keys(spec.fields).map((field) => [field, model.get(field)])));
    const store = self.ceRecord;
    if (!state || !store) return;
    store.update((record) => {
      record.runs[name] = { at: store.now(), state: stateToQuery(spec, state) };
    });
  };
  el.addEventListener("ce-hand", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, REST);
  });
  addEventListener("pagehide", keep);
}

/**
 * The run that the record keeps for an explorer below its box, as a state; null where there is
 * none. One that cannot be read, as of an explorer that has changed since, is marked.
 */
export function ownRun(el, { name, spec, check }) {
  const box = el.closest(".cell")?.previousElementSibling;
  const kept = box?.matches(BOX) && self.ceRecord?.record.runs[name];
  if (!kept) return null;
  try {
    const state = checkState(spec, stateFromQuery(spec, kept.state));
    check?.(state);
    return state;
  } catch {
    box.dataset.unread = String(kept.at);
    return null;
  }
}

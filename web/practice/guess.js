// The question that opens a chapter. It stands on the explorer, which waits until the reader has
// guessed or skipped; then that gets the guess, and the box above it says how far that was.

import { coded, words } from "../ui/backticks.js";
import { h, intoView, setText, uid } from "../ui/dom.js";
import { askingSwitch, asks } from "./asking.js";
import { isGuess, said } from "./compare.js";
import { drawnInput } from "./drawn.js";
import { foot } from "./foot.js";
import { spreadInput } from "./spread-guess.js";
import { typedInput } from "./typed.js";

const HANDS = { number: typedInput, level: drawnInput, point: drawnInput, spread: spreadInput };

/** Resolves when all deferred scripts have run: then the explorer can hear. */
const ready = new Promise((resolve) => {
  if (document.readyState === "complete") resolve();
  for (const event of ["DOMContentLoaded", "load"]) addEventListener(event, resolve);
});

export function guessBox(el, guess, store) {
  const { id, kind } = guess;
  const cell = el.nextElementSibling;
  const explorer = cell.querySelector(".ce-explorer");
  let state = "new"; // then "asking", "answered" or "open"

  function keep(value) {
    store.update((record) => {
      record.guesses[id] ??= { at: store.now(), value };
    });
  }

  function show(now, view) {
    state = now;
    view.append(footer());
    el.replaceChildren(view);
    el.classList.toggle("ce-done", now === "answered");
    el.classList.toggle("ce-open", now !== "asking");
    cell.inert = now === "asking";
  }

  function footer() {
    const line = foot(el, store);
    line.prepend(askingSwitch(store, (on) => !on && state === "asking" && open()));
    return line;
  }

  /** The guess beside the answer, and to the explorer. */
  function answer(value) {
    const view = answered(guess, value);
    show("answered", view.el);
    const { unit, at, options, answer: right } = guess;
    const spread = options && { options: options.map(([text]) => words(text)), answer: right };
    const detail = { kind, value, unit, at, ...spread };
    ready.then(() => explorer.dispatchEvent(new CustomEvent("ce-guess", { detail })));
    return view.result;
  }

  /** Unasked; the explorer hears that no guess will come. */
  function open() {
    show("open", folded(guess));
    ready.then(() => explorer.dispatchEvent(new CustomEvent("ce-skip")));
  }

  function skip() {
    keep(null);
    open();
    explorer.tabIndex = -1;
    explorer.focus({ preventScroll: true });
    present(explorer);
  }

  function give(value) {
    keep(value);
    const result = answer(value);
    result.focus({ preventScroll: true });
    present(explorer, result);
  }

  /** Follow the record: at the start, after an import, when another tab answered. */
  function follow() {
    const kept = store.record.guesses[id];
    if (state === "answered" || state === "open" || el.contains(document.activeElement)) return;
    if (kept && isGuess(guess, kept.value)) answer(kept.value);
    else if (kept?.value === null || !asks()) open();
    else if (state === "new") show("asking", asking(guess, { give, skip }));
  }

  // A link that sets this explorer's state opens it.
  explorer.addEventListener("ce-linked", () => state === "asking" && show("open", folded(guess)));
  follow();
  store.listen(follow);
}

/** Bring the picture that answers into the window, painted by then, as far as what is `said` leaves room. */
function present(explorer, said = null) {
  requestAnimationFrame(() => {
    for (const el of [explorer.querySelector(".ce-pinned"), said]) if (el) intoView(el);
  });
}

/** The question, and hands to answer it. */
function asking(guess, { give, skip }) {
  const title = h("p", { class: "ce-prompt", id: uid("prompt") }, ...coded(guess.prompt));
  const told = h("p", { class: "ce-told", role: "status", id: uid("told") });
  const hand = HANDS[guess.kind](guess, told);
  function submit(event) {
    event.preventDefault();
    try {
      give(hand.read());
    } catch (error) {
      setText(told, error.message);
    }
  }
  const row = h(
    "div",
    { class: "ce-row" },
    h("button", { class: "ce-button ce-main" }, "This is my guess"),
    h("button", { type: "button", class: "ce-button", onclick: skip }, "Skip"),
    told,
  );
  const form = { class: "ce-box", "aria-labelledby": title.id, novalidate: true, autocomplete: "off" };
  return h(
    "form",
    { ...form, onsubmit: submit },
    h("p", { class: "ce-lead" }, "Guess first: what answers this waits below."),
    title,
    hand.el,
    row,
  );
}

/** What is said of the guess; the question, and what was drawn, are folded: the explorer shows it. */
function answered(guess, value) {
  const result = h("div", { class: "ce-result", tabindex: -1 });
  result.append(...said(guess, value).map((sentence) => h("p", {}, ...coded(sentence))));
  const asked = h("details", {}, h("summary", {}, "The question"), h("p", {}, ...coded(guess.prompt)));
  if (guess.x) {
    const hand = drawnInput(guess);
    hand.show(value);
    asked.append(hand.el);
  }
  return { el: h("div", { class: "ce-box" }, result, asked), result };
}

/** The question as text, the answer folded. */
function folded({ prompt, told, options = [] }) {
  const el = h("div", { class: "ce-box" }, h("p", { class: "ce-prompt" }, ...coded(prompt)));
  if (options.length > 0) el.append(h("ol", {}, ...options.map(([text]) => h("li", {}, ...coded(text)))));
  el.append(h("details", {}, h("summary", {}, "The answer"), h("p", {}, ...coded(told))));
  return el;
}

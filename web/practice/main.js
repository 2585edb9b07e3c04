// Makes the practice boxes of a page alive. One script, no network, nothing inline.

import { answerBox } from "./answer.js";
import { betBox } from "./bet.js";
import { guessBox } from "./guess.js";
import { recordPage } from "./page.js";

const KINDS = { answer: answerBox, bet: betBox, guess: guessBox, record: recordPage };

/** A definition is kept encoded, so that nobody reads an answer by accident. */
function decoded(text) {
  if (!text) return undefined;
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes));
}

function begin() {
  const store = self.ceRecord; // record.js, on every page, comes first
  const rule = document.querySelector(".ce-rule");
  if (rule && Object.keys(store.record.bets).length > 0) rule.open = false; // it is known
  for (const el of document.querySelectorAll(".ce-practice[data-practice]")) {
    KINDS[el.dataset.practice](el, decoded(el.dataset.definition), store);
    el.classList.add("ce-live");
  }
}

if (document.readyState === "loading") addEventListener("DOMContentLoaded", begin);
else begin();

// The script of the slides: reveal.js, and what lets explorers live on a slide.

import Reveal from "reveal.js";
import { Store } from "../practice/store.js";
import { fit } from "./fit.js";
import { inHand, leadsToExplorer } from "./keys.js";

// What a room guesses is nobody's record, and the next class is asked again.
self.ceRecord = new Store(() => ({ getItem: () => null, setItem() {}, removeItem() {} }));

self.Reveal = Reveal; // where its plugins and its users look for it

const root = document.documentElement;
const turns = { PageDown: () => Reveal.next(), PageUp: () => Reveal.prev() };

Reveal.initialize({
  width: 1280,
  height: 720,
  margin: 0,
  minScale: 0.1,
  maxScale: 6,
  center: false,
  transition: "none",
  backgroundTransition: "none",
  hash: true,
  slideNumber: "c/t",
  keyboardCondition: ({ target }) => !inHand(target),
}).then(comeByAddress);

// A clicker sends these: they turn the page even while a slider has the focus.
addEventListener(
  "keydown",
  (event) => {
    if (!turns[event.key]) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    turns[event.key]();
  },
  true,
);
for (const shown of document.querySelectorAll(".shown")) fit(shown);

addEventListener("keydown", ({ key, target }) => key === "Escape" && inHand(target) && target.blur());
Reveal.on("slidechanged", () => document.activeElement?.blur());

Reveal.addKeyBinding({ keyCode: 84, key: "T", description: "Dark or light" }, turnColours);
for (const button of document.querySelectorAll(".turn-colours"))
  button.addEventListener("click", turnColours);

function turnColours() {
  root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
}

// A link into an explorer's state, on this slide or another, leads to the explorer (host.js sets it).
addEventListener("hashchange", comeByAddress);

function comeByAddress() {
  const name = leadsToExplorer(location.hash);
  const place = name && document.querySelector(`.ce-explorer[data-explorer="${CSS.escape(name)}"]`);
  if (place) Reveal.slide(Reveal.getIndices(place.closest("section")).h);
}

// The script of the slides: reveal.js, and what lets explorers live on a slide.

import Reveal from "reveal.js";
import { Store } from "../practice/store.js";
import { fit } from "./fit.js";
import { inHand, leadsToExplorer } from "./keys.js";

self.Reveal = Reveal; // where its plugins and its users look for it

// What a room guesses is nobody's record, and the next class is asked again.
self.ceRecord = new Store(() => ({ getItem: () => null, setItem() {}, removeItem() {} }));

const root = document.documentElement;
if (/print-pdf/i.test(location.search)) root.dataset.questions = "off"; // paper asks nobody

const address = location.hash; // which reveal.js replaces by the slide's number

// The explorers come first: they follow the address, too (host.js).
addEventListener("load", begin);

async function begin() {
  await Reveal.initialize({
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
    pdfMaxPagesPerSlide: 1,
    keyboardCondition: ({ target }) => !inHand(target),
  });
  Reveal.addKeyBinding({ keyCode: 84, key: "T", description: "Dark or light" }, turnColours);
  Reveal.on("slidechanged", () => document.activeElement?.blur());
  const fitted = new Map([...document.querySelectorAll(".shown")].map((shown) => [shown, fit(shown)]));
  // Before it is painted: who comes from afar sees no slide shrink.
  Reveal.on("slidechanged", ({ currentSlide }) => fitted.get(currentSlide.querySelector(".shown"))?.());
  Reveal.on("pdf-ready", () => {
    for (const again of fitted.values()) again();
  });
  comeTo(address);
  addEventListener("hashchange", () => comeTo(location.hash));
  addEventListener("keydown", clicked, true);
  addEventListener("keydown", helped, true);
  addEventListener("keydown", letGo);
  document.querySelector(".turn-colours").addEventListener("click", ({ currentTarget }) => {
    turnColours();
    currentTarget.blur(); // the next arrow turns the page
  });
}

/** A link into an explorer's state, on this slide or another, leads to the explorer. */
function comeTo(hash) {
  const name = leadsToExplorer(hash);
  const place = name && document.querySelector(`.ce-explorer[data-explorer="${name}"]`);
  if (place) Reveal.slide(Reveal.getIndices(place.closest("section")).h);
}

/** A clicker sends these two keys: they turn the page even while a slider has the focus. */
function clicked(event) {
  const turn = { PageDown: Reveal.next, PageUp: Reveal.prev }[event.key];
  if (!turn) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  turn();
}

/** What carries the question mark differs from keyboard to keyboard, and reveal.js knows the American one. */
function helped(event) {
  if (event.key !== "?" || inHand(event.target)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  Reveal.toggleHelp();
}

function letGo({ key, target }) {
  if (key === "Escape" && inHand(target)) target.blur();
}

function turnColours() {
  root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
}

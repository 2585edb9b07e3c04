// The host: makes explorers alive in the built page, with no kernel and no network.
// It supplies the part of anywidget's model that the explorers use.
//
// It comes in the core script. Every explorer has a script of its own, which waits in the
// list `ceExplorers` for the core, or calls it there when the core was first.

import { attrs, h } from "../ui/dom.js";
import { checkState, short, stateFromQuery } from "../ui/state.js";
import { unfold, waits, watchFolds } from "./folds.js";
import { keepRuns, ownRun } from "./runs.js";

/** A stand-in for the notebook's model: get, set, save_changes, on, off. */
class PageModel {
  constructor(state) {
    this.state = state;
    this.listeners = new Map();
  }
  /** Where the explorer stands, for a link to it. */
  get address() {
    return location.href.split("#")[0];
  }
  get(name) {
    return this.state[name];
  }
  set(name, value) {
    if (Object.is(this.state[name], value)) return;
    this.state[name] = value;
    for (const listener of this.listeners.get(`change:${name}`) ?? []) listener();
  }
  save_changes() {} // there is no kernel to tell
  on(event, listener) {
    if (!this.listeners.has(event)) this.listeners.set(event, new Set());
    this.listeners.get(event).add(listener);
  }
  off(event, listener) {
    this.listeners.get(event)?.delete(listener);
  }
}

const arrived = new Map(); // name → the explorer, as its script defined it
const alive = new Map(); // name → { model, el, spec, opening, … } of the first of that name
let wanted = null; // the name in a link that waits for its explorer's script

const places = () => [...document.querySelectorAll(".ce-explorer[data-explorer]")];

/** An explorer's script has arrived: bring to life what waits for it on the page. */
function start(explorer) {
  arrived.set(explorer.name, explorer);
  for (const el of places()) if (el.dataset.explorer === explorer.name) enliven(el, explorer);
  if (wanted === explorer.name) arrive();
}

function enliven(el, explorer) {
  const { name } = explorer;
  try {
    const state = checkState(explorer.spec, JSON.parse(el.dataset.state));
    explorer.check?.(state);
    const [offers, labels] = ["offers", "labels"].map((own) => JSON.parse(el.dataset[own] ?? "null"));
    const model = new PageModel({ ...state, ...ownRun(el, explorer), offers, labels });
    explorer.render({ model, el });
    keepRuns(el, explorer, model);
    if (!alive.has(name)) {
      el.id = name;
      adoptSteps(el);
      alive.set(name, { model, el, opening: { ...state }, ...explorer });
    }
  } catch (error) {
    cannotStart(el, error.message);
  }
}

/** The list of steps that follows the explorer moves below its picture, which stays in view. */
function adoptSteps(el) {
  const list = (el.closest(".ce-first") ?? el.closest(".cell") ?? el).nextElementSibling;
  if (list?.localName !== "ol" || !list.querySelector(`a[href^="#${el.id}?"]`)) return;
  list.classList.add("ce-steps");
  el.querySelector(".ce-more").before(list);
  list.addEventListener("click", ({ target }) => {
    const step = target.closest("a") && target.closest("li");
    if (!step) return;
    for (const other of list.children) attrs(other, { "aria-current": other === step ? "step" : null });
  });
}

function didNotArrive(el) {
  cannotStart(el, `the script of "${el.dataset.explorer}" did not arrive`);
}

function cannotStart(el, why) {
  el.classList.add("ce-still");
  say(el, `This explorer could not start: ${why}. The table shows its opening state.`);
}

/** The name and the query of a hash; some mail programs write %3F for the question mark. */
function parts(hash) {
  const [name, query = ""] = hash.replace(/^#/, "").split(/(?:\?|%3f)(.*)/is);
  return [name, query];
}

/** A query without what was escaped in it. */
function unescaped(query) {
  try {
    return decodeURIComponent(query);
  } catch {
    throw new Error('a "%" in it stands for no character');
  }
}

let astray = null; // what was said of a link to an explorer that is not here

/** Follow a link such as #loss-curve?q=0.01, or say why not. */
function follow(hash) {
  const [name, query] = parts(hash);
  const target = alive.get(name);
  astray?.remove();
  wanted = null;
  if (!target) {
    if (!isFolded(name) && query) missing(name);
    return false;
  }
  unfold(target.el);
  target.el.querySelector(".ce-message")?.remove();
  if (query) target.el.dispatchEvent(new CustomEvent("ce-linked")); // if it waits for a guess, it opens
  try {
    // What a link does not name is as the page opens it; units are the reader's own.
    const { units, ...opening } = target.opening;
    const state = { ...opening, ...stateFromQuery(target.spec, unescaped(query)) };
    target.check?.({ ...target.model.state, ...state }); // do its parts fit each other?
    change(target, state);
    target.linked = true;
  } catch (error) {
    say(target.el, `This link could not be read, so nothing was changed: ${error.message}.`);
  }
  return true;
}

/** Is this explorer still in a fold? Then open it; its script goes on from there. */
function isFolded(name) {
  const el = places().find((place) => place.dataset.explorer === name);
  const folded = Boolean(el) && !arrived.has(name) && waits(el);
  if (folded) {
    wanted = name;
    unfold(el);
  }
  return folded;
}

function change({ model }, state) {
  for (const [key, value] of Object.entries(state)) model.set(key, value);
}

function say(el, sentence) {
  const message = h("p", { class: "ce-message", role: "alert" }, sentence);
  el.prepend(message);
  return message;
}

/** A link asks for an explorer that the page does not have. */
function missing(name) {
  const here = new Set(places().map((el) => el.dataset.explorer));
  if (here.has(name)) return; // it could not start, and says so
  const names = [...here].map((other) => `"${other}"`).join(", ");
  const sentence = `This link asks for an explorer "${short(name)}". On this page there is ${names}.`;
  astray = say(document.querySelector("article > section") ?? document.querySelector("main"), sentence);
  astray.scrollIntoView({ block: "center" });
}

function arrive() {
  wayBack?.remove();
  if (follow(location.hash)) reveal(alive.get(parts(location.hash)[0]).el);
  came = null;
}

let came = null; // the link in the text that was pressed
let wayBack = null; // the button that leads back to it

/** Who was led far from the text finds the way back below the picture. */
function offerWayBack(el, link) {
  const [here, there] = [el, link].map((one) => one.getBoundingClientRect().top);
  if (el.contains(link) || Math.abs(there - here) < innerHeight) return;
  const press = () => {
    wayBack.remove();
    link.scrollIntoView({ block: "center" });
    link.focus({ preventScroll: true });
  };
  wayBack = h("button", { type: "button", class: "ce-button ce-back", onclick: press }, "Back to the text");
  el.querySelector(".ce-act").append(wayBack);
}

/** Scroll only if the picture is not wholly in view. */
function reveal(el) {
  const { top, bottom } = el.querySelector(".ce-pinned").getBoundingClientRect();
  const bar = Number.parseFloat(
    getComputedStyle(document.documentElement).getPropertyValue("scroll-padding-top"),
  );
  if (top >= (bar || 0) - 20 && bottom <= innerHeight) return;
  if (came) offerWayBack(el, came);
  el.scrollIntoView({ block: "start" });
}

/**
 * The address has changed. Who goes back or forward finds the explorers as if they had come from
 * outside: what other addresses set is gone.
 */
function moved() {
  if (history.state?.ceSeen) {
    for (const target of alive.values()) {
      if (target.linked) change(target, target.opening);
      target.linked = false;
    }
  }
  mark();
  arrive();
}

/** Know this address again when the reader comes back to it. */
function mark() {
  history.replaceState({ ...history.state, ceSeen: true }, "");
}

/** All scripts have had their turn: say which did not come, and follow the address. */
function settle() {
  for (const el of places()) {
    const { explorer, script } = el.dataset;
    if (!script && !arrived.has(explorer)) didNotArrive(el);
  }
  watchFolds(didNotArrive);
  // Without the script that asks, nothing waits for a guess.
  for (const box of document.querySelectorAll(".ce-guess-box:not(.ce-live)")) box.classList.add("ce-open");
  mark();
  arrive();
  addEventListener("hashchange", moved);
  // What was pressed is known before the address changes. The same link twice changes no hash, yet the reader expects it to work again.
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href*='#']");
    came = link;
    if (link && link.href === location.href) arrive();
  });
}

/** Start the explorers; their scripts find in `shared` the modules they do not bring. */
export function begin(shared) {
  const waiting = self.ceExplorers ?? [];
  // What comes later lies beside the script that runs now (later.js).
  self.ceExplorers = { push: (script) => script(shared, start), core: document.currentScript.src };
  for (const script of waiting) {
    try {
      script(shared, start);
    } catch (error) {
      reportError(error); // the others start
    }
  }
  // Deferred scripts run before this event, in the order of the page.
  if (document.readyState === "complete") settle();
  else addEventListener("DOMContentLoaded", settle);
}

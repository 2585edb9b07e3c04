// The search page: what is typed into its field is answered at once. The index is heavy, and comes when
// there is something to look for.

import { h } from "../ui/dom.js";
import { excerpt, raised } from "./excerpt.js";
import { finder } from "./find.js";

const FIRST = 12; // hits; the rest behind a button
const PAUSE = 120; // milliseconds without a key, before an answer

const form = document.querySelector("main .seek");
const field = form.elements.q;
const output = document.getElementById("found");
const status = document.getElementById("found-said");
const before = document.getElementById("found-before");
const nothing = document.getElementById("found-nothing");
let find = null; // once the index is there

const shown = (parts) => parts.map(({ text, kind }) => (kind ? h(kind, {}, text) : text));

function hit({ id, trail, title, text }, forms) {
  const link = h("a", { href: id }, h("strong", {}, ...shown(raised(title))));
  if (trail.length > 0) link.append(h("small", {}, trail.join(" › ")));
  return h("li", {}, link, h("p", {}, ...shown(excerpt(text, forms))));
}

function said(hits, unknown) {
  const missing = unknown.map((word) => `“${word}”`).join(", ");
  const none = missing && `No page has ${missing}.`;
  if (hits.length === 0) return none || "Type what you look for.";
  return [hits.length === 1 ? "One place." : `${hits.length} places.`, none].filter(Boolean).join(" ");
}

/** Fetch the index, as a script: a browser lets no page in a folder read another file. */
const index = () =>
  new Promise((resolve, reject) => {
    const script = h("script", { src: form.dataset.index, onload: resolve, onerror: reject });
    document.head.append(script);
  });

let coming = null; // the index, while it is fetched

async function fetched() {
  coming ??= index();
  try {
    await coming;
    find ??= finder(self.cePages);
    answer();
  } catch {
    coming = null; // another question tries again
    status.textContent = "The index of the book did not arrive.";
  }
}

function answer() {
  const question = field.value.trim();
  if (question && !find) {
    status.textContent = "Looking it up …";
    fetched();
    return;
  }
  const { hits, unknown, forms } = question ? find(question) : { hits: [], unknown: [] };
  output.replaceChildren(...hits.slice(0, FIRST).map((found) => hit(found, forms)));
  status.textContent = question ? said(hits, unknown) : "";
  before.hidden = Boolean(question);
  nothing.hidden = !question || hits.length > 0;
  if (hits.length > FIRST) output.append(more(hits, forms));
}

function more(hits, forms) {
  const press = () => {
    const rest = hits.slice(FIRST).map((found) => hit(found, forms));
    button.parentElement.replaceWith(...rest);
    rest[0].querySelector("a").focus();
  };
  const button = h("button", { type: "button", class: "more", onclick: press }, `Show all ${hits.length}`);
  return h("li", {}, button);
}

/** Keep the question in the address, so that it can be sent and come back to. */
function remember() {
  const address = new URL(location.href);
  address.searchParams.set("q", field.value.trim());
  try {
    history.replaceState(null, "", address);
  } catch {
    // From a folder, some browsers let no script change the address.
  }
}

/** Up and down walk through the hits, from the field on. */
function walk(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const stops = [field, ...output.querySelectorAll("a, button")];
  const here = stops.indexOf(document.activeElement);
  if (!step || here < 0 || !stops[here + step]) return;
  event.preventDefault();
  stops[here + step].focus();
}

let waiting;
field.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    answer();
    remember();
  }, PAUSE);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(waiting);
  answer();
  remember();
});
document.querySelector("main").addEventListener("keydown", walk);

field.value = new URLSearchParams(location.search).get("q") ?? "";
answer();

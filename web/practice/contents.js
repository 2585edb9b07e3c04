// The contents as a reader's own: beside each chapter, what was done there.

import { h, setText } from "../ui/dom.js";
import { inWords, isBegun, progress, STAGES, stages } from "./progress.js";

const COVER = "#the-way-through li strong > a";
const RECORD = "chapters/your-record";

/** A page's path in the book, as the record knows it: folder and name, as in "chapters/log-curve". */
export function pageOf(address) {
  return new URL(address, location.href).pathname
    .split("/")
    .slice(-2)
    .join("/")
    .replace(/\.html$/, "");
}

/** What each page asks, by kind: it stands with the contents. */
export function askedOf(nav) {
  return JSON.parse(nav.dataset.asked ?? "{}");
}

/** Mark the contents, and the cover's list, and go on marking while the record changes. */
export function markContents(nav, store) {
  const asked = askedOf(nav);
  const links = [...nav.querySelectorAll("li > a"), ...document.querySelectorAll(COVER)];
  const places = links.filter((link) => pageOf(link.href) in asked).map(place);
  const record = links.find((link) => pageOf(link.href) === RECORD);
  const waiting = record && dueCount(record);
  const legends = [nav, document.querySelector(COVER)?.closest("#the-way-through")]
    .filter(Boolean)
    .map((el) => legend(el));

  function show() {
    const now = Date.now();
    const found = Object.fromEntries(
      Object.entries(asked).map(([page, kinds]) => [page, progress(store.record, page, kinds, now)]),
    );
    for (const { page, show } of places) show(found[page]);
    const all = Object.values(found);
    waiting?.(all.reduce((total, { due }) => total + due.length, 0));
    for (const el of legends) el.hidden = !all.some(isBegun);
  }

  show();
  store.listen(show);
}

/** The marks of one link. */
function place(link) {
  const said = h("span", { class: "ce-said" });
  const marks = h("span", { class: "ce-marks", "aria-hidden": "true" });
  link.append(said);
  link.closest("li").append(marks);
  return {
    page: pageOf(link.href),
    show(found) {
      const begun = isBegun(found);
      setText(said, begun ? ` (${inWords(found)})` : "");
      marks.hidden = !begun;
      marks.title = inWords(found);
      marks.replaceChildren(...(begun ? drawn(found) : []));
    },
  };
}

/** A stroke for each stage, filled as far as it is done. */
export function drawn(found) {
  const strokes = stages(found).map(([stage, done, all]) => stroke(stage, done / all));
  return found.due.length > 0 ? [...strokes, h("span", { class: "ce-stroke-due" }, "↻")] : strokes;
}

function stroke(stage, share) {
  const mark = h("span", { class: `ce-stroke ce-stroke-${stage}` });
  mark.style.setProperty("--part", `${100 * share}%`);
  return mark;
}

/** How much is to be asked again, at the link to the record. */
function dueCount(link) {
  const el = h("span", { class: "ce-due-count" });
  link.append(el);
  return (count) => {
    el.hidden = count === 0;
    el.replaceChildren(` ↻ ${count}`, h("span", { class: "ce-said" }, " to be asked again"));
  };
}

function legend(parent) {
  const el = h(
    "p",
    { class: "ce-legend" },
    ...STAGES.map((stage) => h("span", {}, stroke(stage, 1), stage)),
    h("span", {}, h("span", { class: "ce-stroke-due", "aria-hidden": "true" }, "↻"), "asked again"),
  );
  if (parent.tagName === "NAV") parent.append(el);
  else parent.querySelector("h2").after(el);
  return el;
}

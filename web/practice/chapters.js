// The record by chapter: what was done there, and whether the reader was as sure as right.

import { h } from "../ui/dom.js";
import { percent, shown } from "../ui/format.js";
import { make } from "../ui/svg.js";
import { drawn, pageOf } from "./contents.js";
import { inWords, isBegun, progress } from "./progress.js";
import { summary } from "./summary.js";

/** The pages that ask something, in the order of the contents: { page, title, href, asked }. */
export function chaptersIn(nav, asked) {
  return [...nav.querySelectorAll("li > a")]
    .map((link) => ({ page: pageOf(link.href), title: link.firstChild.textContent, href: link.href }))
    .filter(({ page }) => page in asked)
    .map((chapter) => ({ ...chapter, asked: asked[chapter.page] }));
}

/** A table of the chapters in which something was done; nothing while there is none. */
export function byChapter(record, chapters, now) {
  const rows = chapters
    .map((chapter) => ({ ...chapter, found: progress(record, chapter.page, chapter.asked, now) }))
    .filter(({ found }) => isBegun(found))
    .map((chapter) => row(chapter, betsOf(record, chapter.asked)));
  if (rows.length === 0) return [];
  const answers = Object.values(record.answers);
  const right = answers.filter(({ status }) => status === "right").length;
  const head = ["chapter", "how sure, how often right", "price, and the uniform guess’s"];
  return [
    h("h2", {}, "By chapter"),
    ...(answers.length > 0 ? [h("p", {}, `Exercises right: ${right} of ${answers.length} begun.`)] : []),
    h(
      "table",
      { class: "ce-table ce-record ce-by-chapter" },
      h("thead", {}, h("tr", {}, ...head.map((name) => h("th", { scope: "col" }, name)))),
      h("tbody", {}, ...rows),
    ),
  ];
}

function betsOf(record, { bet = [], claim = [] }) {
  return [...bet, ...claim].filter((id) => Object.hasOwn(record.bets, id)).map((id) => record.bets[id]);
}

function row({ title, href, found }, bets) {
  const marks = h(
    "span",
    { class: "ce-marks", title: inWords(found), "aria-hidden": "true" },
    ...drawn(found),
  );
  const name = h("th", { scope: "row" }, h("a", { href }, title), marks);
  name.append(h("span", { class: "ce-said" }, ` (${inWords(found)})`));
  if (bets.length === 0) return h("tr", {}, name, h("td", {}, "no bet yet"), h("td"));
  const { sure, right, meanLog, evenLog } = summary(bets);
  return h(
    "tr",
    {},
    name,
    h("td", {}, gap(sure, right), `${percent(sure)}, ${percent(right)}`),
    h("td", {}, `${shown(meanLog, 3)}, ${shown(evenLog, 3)} nats`),
  );
}

/** A ring at how sure the bets were, a disc at how often they were right. */
function gap(sure, right) {
  const at = (share) => 6 + 108 * share;
  const svg = make("svg", { class: "ce-sure", viewBox: "0 0 120 14", "aria-hidden": "true" });
  svg.append(
    make("path", { class: "ce-grid", d: "M6 7H114" }),
    make("path", { class: "ce-gap", d: `M${at(sure)} 7H${at(right)}` }),
    make("circle", { class: "ce-right", cx: at(right), cy: 7, r: 4 }),
    make("circle", { class: "ce-disc", cx: at(sure), cy: 7, r: 5 }),
  );
  return svg;
}

// The page "Your record": the reader as a forecaster, and the record to take away.

import { h, setText } from "../ui/dom.js";
import { percent, shown } from "../ui/format.js";
import { asideBox } from "./aside.js";
import { goBack } from "./back.js";
import { byChapter, chaptersIn } from "./chapters.js";
import { askedOf } from "./contents.js";
import { diagram } from "./diagram.js";
import { download } from "./download.js";
import { parseRecord, size } from "./store.js";
import { summary } from "./summary.js";

const LARGEST = 1_000_000; // bytes of a file
const FEW = 10; // bets below which the numbers are mostly luck

/** `book` is what this book asks, as `belongs` in store.js wants it. */
export function recordPage(el, book, store) {
  const [back, numbers, chapters] = ["ce-go-back", "ce-sure-or-right", "ce-chapters"].map((name) =>
    h("div", { class: `ce-box ${name}` }),
  );
  const nav = document.getElementById("contents");
  const asked = askedOf(nav);
  const picture = diagram();
  const said = h("p", { class: "ce-verdict", role: "status" });
  const tell = (sentence) => setText(said, sentence);
  const aside = asideBox(store, book, { tell, takeIn });
  const file = h("input", { type: "file", accept: "application/json,.json", onchange: read });
  const really = h("span", { class: "ce-row", hidden: true });
  const clear = h("button", { type: "button", class: "ce-button", onclick: ask }, "Clear the record");
  really.append(
    h("span", {}, "Clear everything?"),
    h("button", { type: "button", class: "ce-button ce-danger", onclick: forget }, "Yes, clear it"),
    h("button", { type: "button", class: "ce-button", onclick: keep }, "Keep it"),
  );
  const tools = h(
    "div",
    { class: "ce-box ce-tools" },
    h("button", { type: "button", class: "ce-button", onclick: write }, "Save as a file"),
    h("label", { class: "ce-file" }, h("span", {}, "Read from a file"), file),
    clear,
    really,
    said,
  );

  function show() {
    store.sortOut(book);
    const { record } = store;
    const now = Date.now();
    const course = chaptersIn(nav, asked);
    back.replaceChildren(...goBack(record, course, book.prompts, now));
    numbers.replaceChildren(...report(store, picture));
    chapters.replaceChildren(...byChapter(record, course, now));
    chapters.hidden = !chapters.hasChildNodes();
  }

  function write() {
    tell(download(el, JSON.stringify(store.record, null, 1), "cross-entropy-record.json"));
  }

  async function read() {
    const [chosen] = file.files;
    if (!chosen) return;
    try {
      if (chosen.size > LARGEST) throw new Error("This file is too large to be a record.");
      takeIn(parseRecord(await chosen.text()));
    } catch (error) {
      tell(`${error.message} Nothing was changed.`);
    }
    file.value = "";
  }

  function takeIn(imported) {
    const before = size(store.record);
    const strange = store.take(imported, book);
    const parts = [`Read. Entries that are new here: ${size(store.record) - before}.`];
    if (strange > 0) parts.push(`Entries that fit nothing in this book, and are set aside: ${strange}.`);
    parts.push("Of an answer that both had the newer stands, of a bet the first.", store.problem);
    tell(parts.join(" ").trim());
  }

  function ask() {
    really.hidden = false;
    clear.hidden = true;
    really.querySelector("button").focus();
  }

  function keep() {
    really.hidden = true;
    clear.hidden = false;
    clear.focus();
  }

  function forget() {
    store.clear();
    keep();
    tell(`Cleared. ${store.problem}`.trim());
  }

  show();
  store.listen(show);
  el.replaceChildren(back, numbers, chapters, aside, tools);
}

/** What the record says, as elements. */
function report({ record, problem }, picture) {
  const parts = [h("h2", {}, "As sure as right?")];
  if (problem) parts.push(h("p", { class: "ce-warning" }, problem));
  const bets = Object.values(record.bets);
  if (bets.length === 0) {
    parts.push(
      h(
        "p",
        {},
        "No bets yet. Your first bet on each question is kept here; what you spread when a chapter opened is a guess, and does not count.",
      ),
    );
    return parts;
  }
  const found = summary(bets);
  for (const sentence of reading(found)) parts.push(h("p", {}, sentence));
  picture.show(found);
  parts.push(picture.el, table(found));
  return parts;
}

function table({ bets, meanLog, evenLog, meanBrier, evenBrier }) {
  const cell = (key, value) => h("td", { "data-quantity": key, "data-value": String(value) }, shown(value));
  return h(
    "table",
    { class: "ce-table ce-record" },
    h("caption", {}, `Your first ${bets === 1 ? "bet" : `bets, ${bets} of them`}`),
    h(
      "thead",
      {},
      h("tr", {}, h("td"), h("th", { scope: "col" }, "you"), h("th", { scope: "col" }, "uniform guess")),
    ),
    h(
      "tbody",
      {},
      h(
        "tr",
        {},
        h("th", { scope: "row" }, "mean cross-entropy, nats"),
        cell("mean_log", meanLog),
        cell("even_log", evenLog),
      ),
      h(
        "tr",
        {},
        h("th", { scope: "row" }, "mean Brier score"),
        cell("mean_brier", meanBrier),
        cell("even_brier", evenBrier),
      ),
    ),
  );
}

/** What the numbers mean, in sentences. */
function reading({ bets, ruledOut, meanLog, meanLogRest, evenLog }) {
  const said = [];
  if (ruledOut > 0) {
    const times = ruledOut === 1 ? "Once you" : `${ruledOut} times you`;
    said.push(`${times} gave 0 % to what is true. That costs ∞, and a mean with ∞ in it is ∞ for good.`);
    if (ruledOut < bets) said.push(`Over the other bets your mean is ${shown(meanLogRest)} nats.`);
  } else if (meanLog < evenLog) {
    const share = percent(Math.exp(-meanLog)).replace(" ", "\u00a0");
    said.push(`You know something: the truth got ${share} from you, in the geometric mean.`);
  } else if (meanLog > evenLog) {
    said.push("The uniform guess would have paid less. You were sure of some things that are not so.");
  } else {
    said.push("Exactly the price of the uniform guess.");
  }
  if (bets < FEW) said.push(`With ${bets === 1 ? "one bet" : `${bets} bets`}, luck still says most of this.`);
  return said;
}

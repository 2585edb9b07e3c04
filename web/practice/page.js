// The page "Your record": the reader as a forecaster, and the record to take away.

import { h, setText } from "../ui/dom.js";
import { percent, shown } from "../ui/format.js";
import { diagram } from "./diagram.js";
import { checkRecord, merge } from "./store.js";
import { summary } from "./summary.js";

const LARGEST = 1_000_000; // bytes of a file
const FEW = 10; // bets below which the numbers are mostly luck

export function recordPage(el, _, store) {
  const numbers = h("div", { class: "ce-box" });
  const said = h("p", { class: "ce-verdict", role: "status" });
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
    numbers.replaceChildren(...report(store));
  }

  function write() {
    const text = JSON.stringify(store.record, null, 1);
    const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    const link = h("a", { href: url, download: "cross-entropy-record.json", hidden: true });
    el.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
    setText(said, "Saved as cross-entropy-record.json.");
  }

  async function read() {
    const [chosen] = file.files;
    if (!chosen) return;
    try {
      if (chosen.size > LARGEST) throw new Error("This file is too large to be a record.");
      const imported = parse(await chosen.text());
      const before = store.record;
      store.update((record) => {
        // Read on purpose: what was cleared before comes back.
        for (const entry of [...Object.values(imported.answers), ...Object.values(imported.bets)]) {
          entry.at = Math.max(entry.at, record.cleared + 1);
        }
        Object.assign(record, merge(record, { ...imported, cleared: 0 }));
      });
      const gained =
        count(store.record.answers) + count(store.record.bets) - count(before.answers) - count(before.bets);
      setText(said, `Read. ${gained} of its entries are new here. Nothing was lost.`);
    } catch (error) {
      setText(said, `${error.message} Nothing was changed.`);
    }
    file.value = "";
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
    setText(said, "Cleared.");
  }

  show();
  store.listen(show);
  el.replaceChildren(numbers, tools);
}

function parse(text) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error("This file cannot be read as a record.");
  }
  return checkRecord(value);
}

function count(entries) {
  return Object.keys(entries).length;
}

/** What the record says, as elements. */
function report({ record, problem }) {
  const parts = [];
  if (problem) parts.push(h("p", { class: "ce-warning" }, problem));
  const answers = Object.values(record.answers);
  const right = answers.filter(({ status }) => status === "right").length;
  if (answers.length > 0) {
    parts.push(h("p", {}, `Exercises right: ${right} of ${answers.length} begun.`));
  }
  const bets = Object.values(record.bets);
  if (bets.length === 0) {
    parts.push(h("p", {}, "No bets yet. Your first bet on each question is kept here."));
    return parts;
  }
  const found = summary(bets);
  parts.push(table(found));
  for (const sentence of reading(found)) parts.push(h("p", {}, sentence));
  parts.push(...diagram(found));
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

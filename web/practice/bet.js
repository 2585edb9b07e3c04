// The bet: spread 100 % over the options, then see what the forecast pays, and why.

import { toppedUp } from "../maths/hands.js";
import { sum } from "../maths/numerics.js";
import { h, setText, uid } from "../ui/dom.js";
import { shown as digits, percent } from "../ui/format.js";
import { foot } from "./foot.js";
import { score } from "./summary.js";

export function betBox(el, question, store) {
  const { id, prompt, options, answer } = question;
  const title = h("p", { class: "ce-prompt", id: uid("prompt") }, prompt);
  const rows = optionRows(options, () => count());
  const total = h("p", { class: "ce-total", role: "status" });
  const rest = h("button", { type: "button", class: "ce-button", onclick: spread }, "Spread the rest");
  const result = h("div", { class: "ce-result", role: "status" });
  const button = h("button", { class: "ce-button ce-main" }, "Place the bet");
  const form = h(
    "form",
    { class: "ce-box", "aria-labelledby": title.id, onsubmit: place, novalidate: true, autocomplete: "off" },
    title,
    h("p", { class: "ce-aside" }, "Spread 100 % over the answers, as you believe in them."),
    h("ol", { class: "ce-bets" }, ...rows.els),
    h("div", { class: "ce-row" }, button, rest, total),
    result,
    foot(el, store),
  );
  let first = 0; // the moment of the recorded bet that is on show

  function left() {
    return 100 - sum(rows.read());
  }

  function count() {
    const more = left();
    if (more === 0) setText(total, "100 % spread.");
    else if (more > 0) setText(total, `${more} % left to spread.`);
    else setText(total, `${-more} % too much.`);
    rest.disabled = more <= 0;
  }

  /** Give what is left, in whole percents, to the options that are still empty, or to all. */
  function spread() {
    const empty = rows.empty();
    rows.write(toppedUp(rows.read(), (k) => empty[k] || !empty.includes(true)));
    count();
    if (document.activeElement === document.body || rest.disabled) button.focus();
  }

  function place(event) {
    event.preventDefault();
    const more = left();
    if (more !== 0) {
      setText(total, more > 0 ? `Spread the last ${more} % first.` : `Take ${-more} % back first.`);
      return;
    }
    const q = rows.read().map((percents) => percents / 100);
    if (!store.record.bets[id]) {
      store.update((record) => {
        first = store.now();
        record.bets[id] ??= { at: first, q, y: answer };
      });
    }
    explain(q);
  }

  function explain(q) {
    const lines = priceLines(q, answer, store.record.bets[id]?.q);
    result.replaceChildren(...lines.map((line) => h("p", {}, line)));
    rows.explain(answer);
    setText(button, "Bet again");
    el.classList.add("ce-done");
  }

  function forget() {
    result.replaceChildren();
    rows.clear();
    setText(button, "Place the bet");
    el.classList.remove("ce-done");
    count();
  }

  /** Follow the record: at the start, after an import or clearing, or another tab's bet. */
  function follow() {
    const kept = store.record.bets[id];
    if (kept && kept.at !== first && kept.q.length === options.length) {
      first = kept.at;
      if (form.contains(document.activeElement)) return;
      rows.write(kept.q.map((share) => Math.round(100 * share)));
      count();
      explain(kept.q);
    } else if (!kept && first !== 0) {
      first = 0;
      forget();
    }
  }

  count();
  follow();
  store.listen(follow);
  el.replaceChildren(form);
}

/** What the forecast q pays, in sentences; `kept` is the first bet, which stays in the record. */
function priceLines(q, answer, kept) {
  const [log, brier, evenLog, evenBrier] = score(q, answer);
  const lines = [
    log === Infinity
      ? "Price: ∞. You ruled out what is true, and no later success makes up for that in a mean."
      : `Price: ${digits(log)} nats. The uniform guess would pay ${digits(evenLog)}.`,
    `Brier score: ${brier.toFixed(3)}, on its scale from 0 to 2. The uniform guess: ${evenBrier.toFixed(3)}.`,
  ];
  if (kept?.some((part, k) => part !== q[k])) {
    lines.push(`Your first bet stays in the record: ${kept.map(percent).join(", ")}.`);
  }
  return lines;
}

/** All options: what stands in them, and what is said about them. */
function optionRows(options, changed) {
  const rows = options.map(([text, why]) => optionRow(text, why, changed));
  return {
    els: rows.map(({ el }) => el),
    read: () => rows.map((row) => row.read()),
    empty: () => rows.map((row) => row.isEmpty()),
    write(percents) {
      rows.forEach((row, k) => {
        row.write(percents[k]);
      });
    },
    explain(answer) {
      rows.forEach((row, k) => {
        row.explain(k === answer);
      });
    },
    clear() {
      for (const row of rows) {
        row.write("");
        row.hide();
      }
    },
  };
}

/** One option: { el, read, write, isEmpty, explain, hide }. */
function optionRow(text, why, changed) {
  const label = h("span", { class: "ce-option-text", id: uid("option") }, text);
  const reason = h("p", { class: "ce-why-option" });
  const number = h("input", {
    type: "number",
    class: "ce-text ce-percent-input",
    min: 0,
    max: 100,
    step: 1,
    inputmode: "numeric",
    placeholder: "0",
    "aria-labelledby": label.id,
    oninput: () => {
      range.value = read();
      changed();
    },
    onchange: () => {
      if (number.value !== "") write(read()); // what counts is what stands there
    },
  });
  // The number speaks for both: a second stop for every option would be in the way.
  const range = h("input", {
    type: "range",
    min: 0,
    max: 100,
    step: 1,
    value: 0,
    tabindex: -1,
    "aria-hidden": "true",
    oninput: () => {
      number.value = range.value;
      changed();
    },
  });
  const step = (by, sign, name) =>
    h(
      "button",
      {
        type: "button",
        class: "ce-step",
        tabindex: -1,
        "aria-hidden": "true",
        title: name,
        onclick: () => {
          write(Math.min(100, Math.max(0, read() + by)));
          changed();
        },
      },
      sign,
    );
  const hands = h(
    "span",
    { class: "ce-hands" },
    range,
    step(-5, "−", "5 % less"),
    number,
    h("span", { "aria-hidden": "true" }, "%"),
    step(5, "+", "5 % more"),
  );
  const el = h("li", { class: "ce-bet-option" }, label, hands, reason);

  function read() {
    const value = Math.round(Number(number.value));
    return Number.isFinite(value) ? Math.min(100, Math.max(0, value)) : 0;
  }

  function write(value) {
    number.value = value;
    range.value = value === "" ? 0 : value;
  }

  return {
    el,
    read,
    write,
    isEmpty: () => number.value === "",
    explain(right) {
      el.dataset.status = right ? "right" : "wrong";
      setText(reason, `${right ? "✓" : "✗"} ${why}`);
    },
    hide() {
      delete el.dataset.status;
      setText(reason, "");
    },
  };
}

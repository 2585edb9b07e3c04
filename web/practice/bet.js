// The bet: spread 100 % over the options, then see what the forecast pays, and why.

import { toppedUp } from "../maths/hands.js";
import { sum } from "../maths/numerics.js";
import { h, setText, uid } from "../ui/dom.js";
import { shown as digits, percent } from "../ui/format.js";
import { foot } from "./foot.js";
import { shareInput } from "./share.js";
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
    rest.disabled = !(left() > 0);
    setText(total, rows.odd() ? notWhole(rows.odd()) : balance(left()));
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
    if (rows.odd() || left() !== 0) {
      setText(total, rows.odd() ? notWhole(rows.odd()) : firstOf(left()));
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
    store.sortOut({ [id]: [options.length, answer] });
    const kept = store.record.bets[id];
    if (kept && kept.at !== first) {
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

function balance(left) {
  if (left === 0) return "100 % spread.";
  return left > 0 ? `${left} % left to spread.` : `${-left} % too much.`;
}

function firstOf(left) {
  return left > 0 ? `Spread the last ${left} % first.` : `Take ${-left} % back first.`;
}

function notWhole(typed) {
  return `“${typed}” is not a whole number of per cent from 0 to 100.`;
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
    /** The first thing typed that is no share. */
    odd: () => rows.find((row) => Number.isNaN(row.read()))?.typed(),
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

/** One option: its text, its share, and what is said about it. */
function optionRow(text, why, changed) {
  const label = h("span", { class: "ce-option-text", id: uid("option") }, text);
  const reason = h("p", { class: "ce-why-option" });
  const { el: hands, ...share } = shareInput(label, changed);
  const el = h("li", { class: "ce-bet-option" }, label, hands, reason);
  return {
    el,
    ...share,
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

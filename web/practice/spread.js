// The answers of a bet with their shares: 100 % in all, whatever a hand does to one of them.

import { clamp, wholeParts, withPercent } from "../maths/hands.js";
import { h, setText, uid } from "../ui/dom.js";
import { shareInput } from "./share.js";

/** Rows for `options`, [text, why] each. `changed(problem)` hears of every hand. */
export function spread(options, changed) {
  const even = wholeParts(
    options.map(() => 1),
    100,
  );
  const rows = options.map(([text, why], k) =>
    optionRow(text, why, {
      moved: (value) => {
        typedBefore.clear();
        give(k, clamp(value, least, most()));
      },
      typed: (value) => type(k, value),
    }),
  );
  let percents = even;
  let least = 1;
  // A hand that goes there and back finds everything as it was: as long as one share is in
  // hand, the others give and take from what they had when it was taken up.
  let hand = -1;
  let before = percents;
  const typedBefore = new Set();

  const most = () => 100 - least * (options.length - 1);

  function give(k, value, keep = -1) {
    if (k !== hand) [hand, before] = [k, percents];
    percents = withPercent(before, k, value, { least, held: (j) => typedBefore.has(j) });
    show(keep);
    changed("");
  }

  function type(k, value) {
    if (value === null) {
      rows[k].write(percents[k], { keep: true });
      changed("");
      return;
    }
    const problem = wrong(value, rows[k].text());
    if (problem) {
      rows[k].mark();
      changed(problem);
      return;
    }
    give(k, value, k);
    typedBefore.add(k);
  }

  function wrong(value, typed) {
    if (Number.isNaN(value)) return `“${typed}” is not a whole number of per cent from 0 to 100.`;
    if (value < least) return "At least 1 % stays on every answer, unless you go all in.";
    if (value > most()) return `At most ${most()} %: 1 % stays on every other answer, unless you go all in.`;
    return "";
  }

  function show(keep = -1) {
    rows.forEach((row, k) => {
      row.write(percents[k], { keep: k === keep });
    });
  }

  function write(now) {
    percents = now;
    hand = -1;
    typedBefore.clear();
    show();
  }

  write(even);
  return {
    els: rows.map(({ el }) => el),
    read: () => percents,
    isEven: () => percents.every((part, k) => part === even[k]),
    /** What is wrong with what stands in a field; the first one gets the focus. */
    problem() {
      const odd = rows.find((row) => row.isOdd());
      odd?.focus();
      if (odd) return wrong(odd.read(), odd.text());
      return percents.some((part) => part < least) ? wrong(0) : "";
    },
    write,
    clear() {
      write(even);
      for (const row of rows) row.hide();
    },
    /** Let an answer have 0 %, or let each have 1 % again. */
    allow(zero) {
      if (least === (zero ? 0 : 1)) return;
      least = zero ? 0 : 1;
      const largest = percents.indexOf(Math.max(...percents));
      if (!zero) write(withPercent(percents, largest, percents[largest], { least }));
    },
    explain(answer) {
      rows.forEach((row, k) => {
        row.explain(k === answer);
      });
    },
  };
}

/** One answer: its text, its share, and what is said about it. */
function optionRow(text, why, heard) {
  const label = h("span", { class: "ce-option-text", id: uid("option") }, text);
  const reason = h("p", { class: "ce-why-option" });
  const { els: hands, ...share } = shareInput(label, heard);
  const el = h("li", { class: "ce-bet-option" }, label, ...hands, reason);
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

// The answers of a bet with their shares: what hands do to them, and what is said of each.

import { h, uid } from "../ui/dom.js";
import { shareInput } from "./share.js";
import { Shares } from "./shares.js";

/**
 * Rows for `options`, [text, why] each, both in pieces as `h` takes them. `changed(problem)` hears of
 * every hand.
 */
export function spread(options, changed, when = "if true") {
  const shares = new Shares(options.length);
  let untouched = shares.percents;
  const rows = options.map(([text, why], k) =>
    optionRow(text, why, when, {
      moved: (value) => {
        shares.slide(k, value);
        show();
        changed("");
      },
      typed: (value) => changed(type(k, value)),
      taken: () => {
        untouched = shares.percents;
      },
      swiped: () => {
        write(untouched);
        changed("");
      },
    }),
  );

  /** Take what was typed, or say what is wrong with it. */
  function type(k, value) {
    const problem = value === null ? "" : shares.wrong(value, rows[k].text());
    if (problem) rows[k].mark();
    else {
      if (value !== null) shares.type(k, value);
      show(k);
    }
    return problem;
  }

  function show(typing = -1) {
    rows.forEach((row, k) => {
      row.write(shares.percents[k], { keep: k === typing });
    });
  }

  function write(percents) {
    shares.write(percents);
    show();
  }

  show();
  return {
    els: rows.map(({ el }) => el),
    read: () => shares.percents,
    isEven: () => shares.isEven(),
    /** What is wrong with what stands in a field, which gets the focus. */
    problem() {
      const odd = rows.find((row) => row.isOdd());
      odd?.focus();
      return odd ? shares.wrong(odd.read(), odd.text()) : shares.wrong(Math.min(...shares.percents));
    },
    write,
    clear() {
      write(shares.even);
      for (const row of rows) row.hide();
    },
    allow(zero) {
      if (shares.allow(zero)) show();
    },
    explain(answer) {
      rows.forEach((row, k) => {
        row.explain(k === answer);
      });
    },
  };
}

/** One answer: its text, its share, and what is said about it. */
function optionRow(text, why, when, heard) {
  const label = h("span", { class: "ce-option-text", id: uid("option") }, ...text);
  const reason = h("p", { class: "ce-why-option" });
  const { els: hands, ...share } = shareInput(label, heard, when);
  const el = h("li", { class: "ce-bet-option" }, label, ...hands, reason);
  return {
    el,
    ...share,
    explain(right) {
      el.dataset.status = right ? "right" : "wrong";
      reason.replaceChildren(h("span", {}, right ? "✓ " : "✗ ", ...why));
    },
    hide() {
      delete el.dataset.status;
      reason.replaceChildren();
    },
  };
}

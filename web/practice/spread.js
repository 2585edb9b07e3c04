// The answers of a bet with their shares, and what hands do to them.

import { h, uid } from "../ui/dom.js";
import { shareInput } from "./share.js";
import { inDigits, Shares } from "./shares.js";

/** Rows for `texts`, each in pieces as `h` takes them. `changed(problem)` hears of every hand. */
export function spread(texts, changed, when = "if true") {
  const shares = new Shares(texts.length);
  let untouched = shares.percents;
  const rows = texts.map((text, k) =>
    optionRow(text, when, {
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
    read: () => shares.forecast(),
    /** What an announcer says of them. */
    said: () => shares.percents.map((part) => `${inDigits(part)} %`).join(", "),
    isEven: () => shares.isEven(),
    /** What is wrong with what stands in a field, which gets the focus. */
    problem() {
      const odd = rows.find((row) => row.isOdd());
      odd?.focus();
      return odd ? shares.wrong(odd.read(), odd.text()) : shares.wrong(Math.min(...shares.percents));
    },
    write,
    allow(zero) {
      if (shares.allow(zero)) show();
    },
  };
}

/** One answer: its text and its share. */
function optionRow(text, when, heard) {
  const label = h("span", { class: "ce-option-text", id: uid("option") }, ...text);
  const { els: hands, ...share } = shareInput(label, heard, when);
  return { el: h("li", { class: "ce-bet-option" }, label, ...hands), ...share };
}

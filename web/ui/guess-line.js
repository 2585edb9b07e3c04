// A guess that was a spread, as a line of words: for it is no point of any picture.

import { logScore } from "../maths/scoring.js";
import { natsPer } from "../maths/units.js";
import { h, setText } from "./dom.js";
import { percent, shown } from "./format.js";

/**
 * How the reader spread the 100 %, in the order of the question, and its price. `update(guess, units)`
 * shows it, `update(null)` hides it.
 */
export function guessLine() {
  const price = h("span");
  const options = h("span", { class: "ce-spread-options" });
  const el = h("p", { class: "ce-guess-said ce-spread-said", hidden: true }, price, options);
  return {
    el,
    update(guess, units) {
      el.hidden = !guess;
      if (!guess) return;
      const { value, options: names, answer } = guess;
      const paid = shown(logScore(value, answer) / natsPer(units), 3);
      setText(price, `Your guess, for ${paid} ${units}:`);
      options.replaceChildren(
        ...names.map((name, k) =>
          h(
            k === answer ? "b" : "span",
            { class: "ce-spread-option", style: `--share: ${value[k]}` },
            `${name} ${percent(value[k])}`,
          ),
        ),
      );
    },
  };
}

// A guess that is a spread of 100 %, by the rows of a bet.

import { coded } from "../ui/backticks.js";
import { h, setText } from "../ui/dom.js";
import { spread } from "./spread.js";

/** { el, read }; `read` returns shares of 1, or throws an Error with a sentence. */
export function spreadInput({ options }, told) {
  const texts = options.map(([text]) => coded(text));
  const board = spread(texts, (problem) => setText(told, problem), "");
  const el = h("ol", { class: "ce-bets" }, ...board.els);

  function read() {
    const problem = board.problem();
    if (problem) throw new Error(problem);
    return board.read();
  }

  return { el, read };
}

// Makes the practice boxes of a page alive. One script, no network, nothing inline.

import { answerBox } from "./answer.js";
import { betBox } from "./bet.js";
import { fill, when } from "./boxes.js";
import { guessBox } from "./guess.js";
import { ownRunBox } from "./own-run.js";

when(() => {
  const store = self.ceRecord;
  const rule = document.querySelector(".ce-rule");
  if (rule && Object.keys(store.record.bets).length > 0) rule.open = false; // it is known
  fill({ answer: answerBox, bet: betBox, guess: guessBox, "own-run": ownRunBox }, store);
});

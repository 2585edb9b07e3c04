// A price beside that of the uniform guess, in words. Mirrors ce_lib/explorers/verdict.py.

import { isClose } from "../maths/numerics.js";

/** Compare a loss in nats with ln K, the price of the uniform guess, in the words of `spec`. */
export function againstChance({ words, constants }, loss, classes) {
  const chance = Math.log(classes);
  if (isClose(loss, chance, constants.same)) return words.at_chance;
  return loss < chance ? words.below_chance : words.above_chance;
}

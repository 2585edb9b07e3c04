// What a perfect model claims under weights and focal loss. Mirrors
// ce_lib/explorers/weights_and_focal.py, where the formulas have their reasons.

import { logSigmoid } from "./numerics.js";

const STEPS = 64; // of a bisection
const FAR = 700; // how large a logit it looks at

/** ln(p/(1 − p)). */
export function logitOf(probability) {
  return Math.log(probability) - Math.log1p(-probability);
}

/** The logit of the true rate under which this claim costs least. */
export function honestLogit(claimed, ratio, gamma, classes) {
  if (gamma === 0 || !Number.isFinite(claimed)) return claimed - Math.log(ratio);
  const [own, rest] = logs(claimed, classes);
  const steeper = logSteepness(rest, gamma) - logSteepness(own, gamma);
  return steeper - Math.log(classes - 1) - Math.log(ratio);
}

/** The logit of the claim that costs least where this is the true one. */
export function claimedLogit(truth, ratio, gamma, classes) {
  if (gamma === 0 || !Number.isFinite(truth)) return truth + Math.log(ratio);
  return border(-FAR, FAR, (logit) => honestLogit(logit, ratio, gamma, classes) < truth);
}

/** The mean loss in nats of the claim with this logit; `weights` of yes, and of all else. */
export function expectedLoss(logit, rate, weights, gamma, classes) {
  const [own, rest] = logs(logit, classes);
  return price(rate * weights[0], own, gamma) + price((1 - rate) * weights[1], rest, gamma);
}

/** |dL/dz| of focal loss over that of cross-entropy, for the probability q of the true class. */
export function pushRatio(q, gamma) {
  if (q === 0 || q === 1) return Number(q === 0 || gamma === 0);
  return Math.exp(logPushRatio(q, gamma));
}

/** The q at which focal loss pushes as hard as cross-entropy. */
export function crossing(gamma) {
  return border(0, 0.5, (q) => logPushRatio(q, gamma) > 0);
}

/** Where between `low` and `high` it ceases to be true that the border `isAbove`. */
function border(low, high, isAbove) {
  let [from, to] = [low, high];
  for (let step = 0; step < STEPS; step++) {
    const middle = (from + to) / 2;
    if (isAbove(middle)) from = middle;
    else to = middle;
  }
  return (from + to) / 2;
}

function logPushRatio(q, gamma) {
  return gamma * Math.log1p(-q) + Math.log1p((gamma * q * -Math.log(q)) / (1 - q));
}

/** ln q and ln(1 − q) of the claim, and the same of each other class. */
function logs(logit, classes) {
  const own = [logSigmoid(logit), logSigmoid(-logit)];
  if (classes === 2) return [own, own.toReversed()];
  const others = classes - 1;
  return [own, [own[1] - Math.log(others), Math.log((others - 1 + Math.exp(own[0])) / others)]];
}

function logSteepness([logQ, logRest], gamma) {
  return gamma * logRest + Math.log1p(gamma * -logQ * Math.exp(logQ - logRest)) - logQ;
}

function price(share, [logQ, logRest], gamma) {
  if (share === 0) return 0;
  return share * (gamma > 0 ? Math.exp(gamma * logRest) : 1) * -logQ;
}

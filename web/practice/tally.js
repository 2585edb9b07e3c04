// What the stakes on claims cost together, and the lines that tell of it. Pure functions.

import { sum } from "../maths/numerics.js";
import { logScore } from "../maths/scoring.js";
import { shown } from "../ui/format.js";

const LEVELS = [..."▁▂▃▄▅▆▇█"];

/** How often each of K verdicts comes. */
export function howOften(answers, K) {
  return Array.from({ length: K }, (_, k) => answers.filter((y) => y === k).length / answers.length);
}

/** What `stakes`, [{ q, y }, …] and at least one, cost on average. */
function mean(stakes) {
  return sum(stakes.map(({ q, y }) => logScore(q, y))) / stakes.length;
}

/** The same, and what would be paid for equal shares, and for the shares `often`, every time. */
export function tally(stakes, often) {
  const said = (q) => mean(stakes.map(({ y }) => ({ q, y })));
  return { own: mean(stakes), even: said(often.map(() => 1 / often.length)), hedge: said(often) };
}

/** Of each claim its stake, or nothing: how many were made, at what price. */
export function inShort(stakes) {
  const made = stakes.filter(Boolean);
  return `${made.length} of ${stakes.length} claims staked, ${shown(mean(made), 3)} nats a claim`;
}

/** A mark for each claim, as high as what its verdict was given. */
export function skyline(stakes) {
  const level = (p) => LEVELS[Math.min(LEVELS.length - 1, Math.floor(p * LEVELS.length))];
  return stakes.map((stake) => (stake ? level(stake.q[stake.y]) : "·")).join("");
}

/** The lines to share; `address` may be empty. */
export function told(title, stakes, often, address) {
  const { even, hedge } = tally(stakes.filter(Boolean), often);
  const lines = [
    `${title}: ${inShort(stakes)}.`,
    `Who always shrugs pays ${shown(even, 3)}, the hedger ${shown(hedge, 3)}.`,
    skyline(stakes),
    address,
  ];
  return lines.filter(Boolean).join("\n");
}

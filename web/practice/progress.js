// How far a reader has come in a chapter: a pure function of the record and of the time.

import { due } from "./reviews.js";

/** What can be done in a chapter, in the order of the marks, and the word for it. */
export const STAGES = ["visited", "guessed", "bet", "solved"];

/**
 * { visited, guessed, bet, solved, due }: of each stage [how many are done, of how many], and
 * what is to be asked again. `asked` holds the ids of what the page asks, by kind.
 */
export function progress(record, page, { guess = [], bet = [], claim = [], answer = [] }, now) {
  const count = (ids, done) => [ids.filter(done).length, ids.length];
  return {
    visited: count([page], (id) => Object.hasOwn(record.visits, id)),
    guessed: count(guess, (id) => (record.guesses[id]?.value ?? null) !== null), // null: skipped
    bet: count([...bet, ...claim], (id) => Object.hasOwn(record.bets, id)),
    solved: count(answer, (id) => record.answers[id]?.status === "right"),
    due: due(record, [...bet, ...answer], now),
  };
}

/** The stages of a chapter that have something to do, as [name, done, of how many]. */
export function stages(found) {
  return STAGES.filter((stage) => found[stage][1] > 0).map((stage) => [stage, ...found[stage]]);
}

export function isBegun(found) {
  return found.due.length > 0 || STAGES.some((stage) => found[stage][0] > 0);
}

const COUNTED = { bet: "bets placed", solved: "exercises solved" };

/** The same in words: "visited, 1 of 2 bets placed, 1 to be asked again". */
export function inWords(found) {
  const said = stages(found)
    .filter(([, done]) => done > 0)
    .map(([stage, done, all]) => (stage in COUNTED ? `${done} of ${all} ${COUNTED[stage]}` : stage));
  if (found.due.length > 0) said.push(`${found.due.length} to be asked again`);
  return said.join(", ");
}

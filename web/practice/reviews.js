// What was missed comes back: after a day, a week, a month. Pure functions of a record and of
// the time, both given.

/** Days until something missed is asked again; each right answer leads to the next. */
export const INTERVALS = [1, 7, 30];

const WORDS = ["a day", "a week", "a month"];

/** A day begins at four in the morning: who works past midnight has not slept on it. */
const DAWN = 4;

/** Missed: another answer got as much as the true one, or more. */
export function isMissed({ q, y }) {
  return q.some((part, k) => k !== y && part >= q[y]);
}

/** The moment from which on something is asked again; ∞ when it has come back often enough. */
export function dueAt({ at, step }) {
  if (!(step in INTERVALS)) return Infinity;
  const missed = new Date(at);
  missed.setHours(missed.getHours() - DAWN);
  return new Date(
    missed.getFullYear(),
    missed.getMonth(),
    missed.getDate() + INTERVALS[step],
    DAWN,
  ).getTime();
}

/** How far a bet or an exercise is on its way back, { at, step }; nothing if it was not missed. */
export function reviewOf({ reviews, bets, answers }, id) {
  if (Object.hasOwn(reviews, id)) return reviews[id];
  // Missed before there were reviews, or just now.
  if (Object.hasOwn(bets, id) && isMissed(bets[id])) return { at: bets[id].at, step: 0 };
  if (Object.hasOwn(answers, id) && answers[id].status === "wrong") return { at: answers[id].at, step: 0 };
  return undefined;
}

export function isDue(record, id, now) {
  const review = reviewOf(record, id);
  return review !== undefined && dueAt(review) <= now;
}

/** Of these, what is to be asked again now, the longest due first. */
export function due(record, ids, now) {
  return comingBack(record, ids)
    .filter(([, at]) => at <= now)
    .map(([id]) => id);
}

/** Of these, what comes back at all, as [id, when], the next first. */
export function comingBack(record, ids) {
  return ids
    .flatMap((id) => {
      const review = reviewOf(record, id);
      return review && dueAt(review) < Infinity ? [[id, dueAt(review)]] : [];
    })
    .sort(([, a], [, b]) => a - b);
}

/** Write down what was only told by an answer that is about to be replaced. */
export function hold(record, id) {
  const review = reviewOf(record, id);
  if (review) record.reviews[id] = review;
}

/** Note in the record how an answer went. Only the first counts, and one that was due. */
export function note(record, id, right, now) {
  const review = reviewOf(record, id);
  if (!review && !right) record.reviews[id] = { at: now, step: 0 };
  else if (review && dueAt(review) <= now)
    record.reviews[id] = { at: now, step: right ? review.step + 1 : 0 };
}

/** Why something is asked that was answered before. */
export function askedAgain(record, id) {
  return `Asked again, after ${WORDS[reviewOf(record, id).step]}.`;
}

/** When something comes back, in a sentence; nothing where it was never missed. */
export function comesBack(record, id) {
  const review = reviewOf(record, id);
  if (!review) return "";
  const next = WORDS[review.step];
  return next ? `It comes back after ${next}.` : "You have it: it does not come back any more.";
}

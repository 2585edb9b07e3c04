// What a record is made of: its sections, what an entry of each is, and which of two counts.
// Every entry has an `at`, the moment it was made. A new section needs nothing but its line here.

const PART = /^\w{1,64}$/;

const newest = (entry, other) => entry.at > other.at || (entry.at === other.at && entry.tries > other.tries);
const first = (entry, other) => entry.at < other.at;

/**
 * `read` returns of an entry what it may hold, or nothing where it is broken; `wins` says
 * whether an entry takes another's place when two records are joined.
 */
export const SECTIONS = {
  answers: { wins: newest, read: answer },
  bets: { wins: first, read: bet },
  /** What was said to a chapter's opening question: a number, a spread, or null for a skip. */
  guesses: { wins: first, read: guess },
  /** The pages that were opened, by their paths. */
  visits: { wins: first, read: () => ({}) },
  /** How far something missed has come on its way back (reviews.js). */
  reviews: { wins: newest, read: ({ step }) => whole(step) && step < 100 && { step } },
  /** What was last run in an explorer, as the query of a link to it (web/host/runs.js). */
  runs: { wins: newest, read: run },
  /** The switches a reader has set. */
  choices: { wins: newest, read: ({ on }) => typeof on === "boolean" && { on } },
};

function answer({ tries, hints, status, fields }) {
  const good =
    whole(tries) &&
    whole(hints) &&
    ["not tried", "right", "wrong"].includes(status) &&
    isObject(fields) &&
    Object.entries(fields).every(
      ([name, text]) => PART.test(name) && typeof text === "string" && text.length <= 500,
    );
  return good && { tries, hints, status, fields: { ...fields } };
}

function bet({ q, y }) {
  return isSpread(q) && whole(y) && y < q.length && { q: [...q], y };
}

function guess({ value }) {
  if (value === null || Number.isFinite(value)) return { value };
  return isSpread(value) && { value: [...value] };
}

function run({ state }) {
  return typeof state === "string" && state.length <= 500 && { state };
}

/** 1, spread over options. */
function isSpread(q) {
  return (
    Array.isArray(q) &&
    q.length >= 2 &&
    q.length <= 20 &&
    q.every((part) => typeof part === "number" && part >= 0 && part <= 1) &&
    Math.abs(q.reduce((total, part) => total + part, 0) - 1) < 1e-9
  );
}

export function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function whole(n) {
  return Number.isInteger(n) && n >= 0 && n < 1e6;
}

// What the reader did, kept in this browser under one key. Every change reads what other
// tabs wrote, joins it with what is known here, and writes the whole: nothing is lost.

const KEY = "cross-entropy-practice";
const VERSION = 1;
const NAME = /^[a-z][a-z0-9-]{0,63}$/;
const PART = /^\w{1,64}$/;
const MOST = 1000; // entries of a record

export function emptyRecord() {
  return { version: VERSION, cleared: 0, answers: {}, bets: {} };
}

/** Join two records: of an answer the newest, of a bet the first; nothing older than a clearing. */
export function merge(a, b) {
  const cleared = Math.max(a.cleared, b.cleared);
  const joined = { version: VERSION, cleared, answers: {}, bets: {} };
  for (const { answers, bets } of [a, b]) {
    for (const [id, entry] of Object.entries(answers)) {
      const other = joined.answers[id];
      const newer = !other || entry.at > other.at || (entry.at === other.at && entry.tries > other.tries);
      if (entry.at > cleared && newer) joined.answers[id] = entry;
    }
    for (const [id, entry] of Object.entries(bets)) {
      const other = joined.bets[id];
      if (entry.at > cleared && (!other || entry.at < other.at)) joined.bets[id] = entry;
    }
  }
  return joined;
}

/** Take a record apart and keep only what is one; throw an Error with a sentence otherwise. */
export function checkRecord(value) {
  if (!isObject(value) || !isObject(value.answers) || !isObject(value.bets)) {
    throw new Error("This is not a record of this book.");
  }
  if (value.version !== VERSION) throw new Error("This record was made by another version of this book.");
  const answers = Object.entries(value.answers);
  const bets = Object.entries(value.bets);
  if (answers.length + bets.length > MOST) throw new Error("This record is too long to be one of this book.");
  const record = emptyRecord();
  record.cleared = isTime(value.cleared) ? past(value.cleared) : 0;
  for (const [id, entry] of answers) {
    const { at, tries, hints, status, fields } = isObject(entry) ? entry : {};
    const whole = (n) => Number.isInteger(n) && n >= 0 && n < 1e6;
    const good =
      NAME.test(id) &&
      isTime(at) &&
      whole(tries) &&
      whole(hints) &&
      ["not tried", "right", "wrong"].includes(status) &&
      isObject(fields) &&
      Object.entries(fields).every(
        ([name, text]) => PART.test(name) && typeof text === "string" && text.length <= 500,
      );
    if (!good) throw new Error("One of the answers in this record is broken.");
    record.answers[id] = { at: past(at), tries, hints, status, fields: { ...fields } };
  }
  for (const [id, entry] of bets) {
    const { at, q, y } = isObject(entry) ? entry : {};
    const good =
      NAME.test(id) &&
      isTime(at) &&
      Array.isArray(q) &&
      q.length >= 2 &&
      q.length <= 20 &&
      q.every((part) => typeof part === "number" && part >= 0 && part <= 1) &&
      Math.abs(q.reduce((total, part) => total + part, 0) - 1) < 1e-9 &&
      Number.isInteger(y) &&
      y >= 0 &&
      y < q.length;
    if (!good) throw new Error("One of the bets in this record is broken.");
    record.bets[id] = { at: past(at), q: [...q], y };
  }
  return record;
}

function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A moment in milliseconds that can have been. */
function isTime(value) {
  return typeof value === "number" && value >= 0 && value < 1e14;
}

/** A clock that runs ahead must not make an entry the newest for ever. */
function past(at) {
  return Math.min(at, Date.now() + 60_000);
}

/** The record of this browser; `getStorage` may throw, as it does where storing is forbidden. */
export class Store {
  constructor(getStorage = () => window.localStorage) {
    this.record = emptyRecord();
    this.listeners = new Set();
    this.problem = "";
    try {
      this.storage = getStorage();
    } catch {
      this.storage = null;
    }
    if (!this.storage) this.problem = FORBIDDEN;
    this.pull();
  }

  /** Join what stands in the storage with what is known here. */
  pull() {
    let text = null;
    try {
      text = this.storage?.getItem(KEY) ?? null;
    } catch {
      this.problem = FORBIDDEN;
    }
    if (text === null) return;
    try {
      this.record = merge(this.record, checkRecord(JSON.parse(text)));
    } catch {
      // Somebody else's or a newer book's: it is kept aside, not written over unseen.
      this.setAside(text);
    }
  }

  setAside(text) {
    try {
      if (this.storage.getItem(`${KEY}-unread`) === null) this.storage.setItem(`${KEY}-unread`, text);
    } catch {
      // no room: then there is nothing more to do
    }
  }

  /** Change the record and write it; `change` gets a copy to work on. */
  update(change) {
    this.pull();
    const next = structuredClone(this.record);
    change(next);
    this.record = next;
    try {
      if (!this.storage) throw new Error(FORBIDDEN);
      this.storage.setItem(KEY, JSON.stringify(next));
      this.problem = "";
    } catch (error) {
      this.problem = error?.name === "QuotaExceededError" ? FULL : FORBIDDEN;
    }
    this.tell();
  }

  /** A moment later than everything in the record, so that the newest is the newest. */
  now() {
    const { cleared, answers, bets } = this.record;
    const known = [...Object.values(answers), ...Object.values(bets)].map(({ at }) => at);
    return Math.max(Date.now(), cleared + 1, ...known.map((at) => at + 1));
  }

  clear() {
    this.update((record) => {
      record.cleared = this.now();
      record.answers = {};
      record.bets = {};
    });
  }

  listen(listener) {
    this.listeners.add(listener);
  }

  /** Another tab wrote. */
  arrive(key) {
    if (key !== KEY && key !== null) return;
    this.pull();
    this.tell();
  }

  tell() {
    for (const listener of this.listeners) listener();
  }
}

const FORBIDDEN =
  "This browser does not let the page keep anything: what you do here is forgotten when you leave it.";
const FULL = "This browser has no room left for this page: the last change is forgotten when you leave it.";

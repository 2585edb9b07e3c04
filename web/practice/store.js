// What the reader did, kept in this browser under one key. Every change reads what other
// tabs wrote, joins it with what is known here, and writes the whole: nothing is lost. What
// cannot be read, or no longer fits its question, is set aside whole under a second key.

import { isObject, SECTIONS } from "./entries.js";

const KEY = "cross-entropy-practice";
const ASIDE = `${KEY}-unread`;
const VERSION = 2; // 1 had answers and bets alone
const NAME = /^([a-z]{1,32}\/)?[a-z][a-z0-9-]{0,63}$/; // a page has its folder before it
const MOST = 1000; // entries of a record

const sections = Object.keys(SECTIONS);

export function emptyRecord() {
  return { version: VERSION, cleared: 0, ...Object.fromEntries(sections.map((section) => [section, {}])) };
}

/** All entries of a record. */
function entriesOf(record) {
  return sections.flatMap((section) => Object.values(record[section]));
}

/** How many entries a record has. */
export function size(record) {
  return entriesOf(record).length;
}

/** Join two records: of two entries the one that counts; nothing older than a clearing. */
export function merge(a, b) {
  const joined = { ...emptyRecord(), cleared: Math.max(a.cleared, b.cleared) };
  for (const [section, { wins }] of Object.entries(SECTIONS)) {
    const into = joined[section];
    for (const [id, entry] of [a, b].flatMap((record) => Object.entries(record[section]))) {
      const counts = !Object.hasOwn(into, id) || wins(entry, into[id]);
      if (entry.at > joined.cleared && counts) into[id] = entry;
    }
  }
  return joined;
}

/** Take a record apart and keep only what is one; throw an Error with a sentence otherwise. */
export function checkRecord(value) {
  const [record, broken] = readRecord(value);
  if (broken) throw new Error(broken);
  return record;
}

/** [what can be read of a record, a sentence about what cannot]; no record at all is an Error. */
function readRecord(value) {
  if (!isObject(value) || !isObject(value.answers) || !isObject(value.bets)) {
    throw new Error("This is not a record of this book.");
  }
  if (value.version !== 1 && value.version !== VERSION) {
    throw new Error("This record was made by another version of this book.");
  }
  const found = sections.map((section) => [section, value[section] ?? {}]);
  if (found.reduce((total, [, entries]) => total + Object.keys(entries).length, 0) > MOST) {
    throw new Error("This record is too long to be one of this book.");
  }
  const record = emptyRecord();
  let broken = "";
  record.cleared = isTime(value.cleared) ? past(value.cleared) : 0;
  for (const [section, entries] of found) {
    if (!isObject(entries)) broken = `The ${section} in this record are broken.`;
    else {
      for (const [id, entry] of Object.entries(entries)) {
        const good = NAME.test(id) && isObject(entry) && isTime(entry.at) && SECTIONS[section].read(entry);
        if (good) record[section][today(section, id)] = { at: past(entry.at), ...good };
        else broken = `One of the ${section} in this record is broken.`;
      }
    }
  }
  return [record, broken];
}

/** A name as it is today: a page that was opened was once known without its folder. */
function today(section, id) {
  return section === "visits" && !id.includes("/") ? `chapters/${id}` : id;
}

/** A moment in milliseconds that can have been. */
function isTime(value) {
  return typeof value === "number" && value >= 0 && value < 1e14;
}

/** A clock that runs ahead must not make an entry the newest for ever. */
function past(at) {
  return Math.min(at, Date.now() + 60_000);
}

/** Read a record as text; throw an Error with a sentence where it is none. */
export function parseRecord(text) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error("This cannot be read as a record.");
  }
  return checkRecord(value);
}

/**
 * Whether an entry is one of this book, { prompts: { id: … }, questions: { id: [options, answer] } }:
 * an answer to something that it asks, a bet on as many options with the same one true.
 */
export function belongs(book, section, id, entry) {
  if (section === "answers") return Object.hasOwn(book.prompts, id);
  if (section !== "bets") return true;
  return Object.hasOwn(book.questions, id) && isOn(entry, book.questions[id]);
}

/** Whether a bet is on this form of its question. */
function isOn(bet, [options, answer]) {
  return bet.q.length === options && bet.y === answer;
}

/** What of a record is not of this book, as [section, id] each. */
export function strangers(record, book) {
  return sections.flatMap((section) =>
    Object.keys(record[section])
      .filter((id) => !belongs(book, section, id, record[section][id]))
      .map((id) => [section, id]),
  );
}

/** The record of this browser; `getStorage` may throw, as it does where storing is forbidden. */
export class Store {
  constructor(getStorage = () => window.localStorage) {
    this.record = emptyRecord();
    this.aside = []; // texts of records, as they were found
    this.kept = []; // those of them that stand in the storage
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
      this.kept = texts(this.storage?.getItem(ASIDE) ?? "[]");
      this.aside = joined(this.kept, this.aside);
    } catch {
      this.problem = FORBIDDEN;
    }
    this.blocked = false;
    if (text === null) return;
    let broken = "";
    try {
      const [record, complaint] = readRecord(JSON.parse(text));
      this.record = merge(this.record, record);
      broken = complaint;
    } catch (error) {
      broken = error.message;
    }
    // Somebody else's or a newer book's: nothing is written over it before it is kept.
    if (broken && !this.setAside(text)) {
      this.blocked = true;
      this.problem = BLOCKED;
    }
  }

  /** Keep a text that is no record of this book, or no longer; say whether it could be kept. */
  setAside(text) {
    this.aside = joined(this.aside, [text]);
    return this.kept.includes(text) || this.writeAside();
  }

  writeAside() {
    try {
      if (this.aside.length > 0) this.storage.setItem(ASIDE, JSON.stringify(this.aside));
      else this.storage.removeItem(ASIDE);
      this.kept = this.aside;
      return true;
    } catch {
      return false;
    }
  }

  /** Drop what was set aside; the reader has it, or does not want it. */
  forget(text) {
    this.pull();
    this.aside = this.aside.filter((other) => other !== text);
    this.writeAside();
    try {
      if (this.storage?.getItem(KEY) === text) this.storage.removeItem(KEY);
    } catch {
      // It was never kept.
    }
    this.update(() => {});
  }

  /** Change the record and write it; `change` gets a copy to work on. An Error changes nothing. */
  update(change) {
    this.pull();
    const next = structuredClone(this.record);
    change(next);
    checkRecord(next); // what is written can be read again
    this.record = next;
    try {
      if (!this.storage) throw new Error(FORBIDDEN);
      if (!this.blocked) {
        this.storage.setItem(KEY, JSON.stringify(next));
        this.problem = "";
      }
    } catch (error) {
      this.problem = /quota/i.test(error?.name) ? FULL : FORBIDDEN;
    }
    this.tell();
  }

  /** Set aside what is not of this book (see `belongs`), or not any more. */
  sortOut(book) {
    this.remove(strangers(this.record, book));
  }

  /** Set aside a bet on another form of this question, [options, answer]; others are left alone. */
  sortOutBet(id, question) {
    const bet = this.record.bets[id];
    if (bet && !isOn(bet, question)) this.remove([["bets", id]]);
  }

  remove(found) {
    this.setEntriesAside(this.record, found);
    if (found.length > 0) this.update((record) => drop(record, found));
  }

  /** Join a record that was read on purpose; say how many of its entries are not of this book. */
  take(imported, book) {
    const found = strangers(imported, book);
    this.setEntriesAside(imported, found);
    drop(imported, found);
    this.update((record) => {
      // What was cleared before comes back.
      for (const entry of entriesOf(imported)) entry.at = Math.max(entry.at, record.cleared + 1);
      Object.assign(record, merge(record, { ...imported, cleared: 0 }));
    });
    return found.length;
  }

  setEntriesAside(record, found) {
    const copy = emptyRecord();
    for (const [section, id] of found) copy[section][id] = record[section][id];
    if (found.length > 0) this.setAside(JSON.stringify(copy));
  }

  /** A moment later than everything in the record, so that the newest is the newest. */
  now() {
    const { cleared } = this.record;
    return Math.max(Date.now(), cleared + 1, ...entriesOf(this.record).map(({ at }) => at + 1));
  }

  /** Whether a switch is on. */
  chosen(name) {
    return this.record.choices[name]?.on === true;
  }

  choose(name, on) {
    this.update((record) => {
      record.choices[name] = { at: this.now(), on };
    });
  }

  clear() {
    this.update((record) => {
      Object.assign(record, { ...emptyRecord(), cleared: this.now() });
    });
  }

  listen(listener) {
    this.listeners.add(listener);
  }

  /** Another tab wrote. */
  arrive(key) {
    if (![KEY, ASIDE, null].includes(key)) return;
    this.pull();
    this.tell();
  }

  tell() {
    for (const listener of this.listeners) listener();
  }
}

/** Take entries, [section, id] each, out of a record, and what comes back of them. */
function drop(record, entries) {
  for (const [section, id] of entries) {
    delete record[section][id];
    delete record.reviews[id];
  }
}

/** What stands under the second key; an older book kept one text there as it was. */
function texts(kept) {
  try {
    const list = JSON.parse(kept);
    if (Array.isArray(list) && list.every((text) => typeof text === "string")) return list;
  } catch {
    // It is that text.
  }
  return [kept];
}

function joined(...lists) {
  return [...new Set(lists.flat())];
}

const FORBIDDEN =
  "This browser does not let the page keep anything: what you do here is forgotten when you leave it.";
const FULL =
  "This browser has no room left for this page: what you do now is forgotten when you leave it. " +
  "Save the record as a file first.";
const BLOCKED =
  "A record in this browser cannot be read, and there is no room to set it aside. It stays as it is, so " +
  "what you do now is forgotten when you leave the page.";

// What is said about an answer: the same list of sentences as in Python.

import sentences from "../../ce_lib/practice/sentences.json";

/** The sentence of that name, with the words put in. */
export function say(name, words = {}) {
  return sentences[name].replace(/\{(\w+)\}/g, (_, word) => words[word]);
}

/** An answer that cannot be compared with anything; the message says why, kindly, `what` its name. */
export class Unreadable extends Error {
  constructor(name, words) {
    super(say(name, words));
    this.what = name;
  }
}

// 100 % shared among the answers of a bet, whatever a hand does to one of them.

import { clamp, withPercent } from "../maths/hands.js";

/** Per cent as they are written: an even share of three is 33⅓, not 33. */
export function inDigits(percents) {
  return String(Number(percents.toFixed(2))).replace(".33", "⅓");
}

export class Shares {
  constructor(count) {
    this.even = Array(count).fill(100 / count);
    this.least = 1; // 0 for who goes all in
    this.typed = new Set(); // the answers whose share was typed: they stay while there is room
    this.write(this.even);
  }

  write(percents) {
    this.percents = percents;
    this.hand = -1;
    this.typed.clear();
  }

  /** The most that one answer can have. */
  get most() {
    return 100 - this.least * (this.even.length - 1);
  }

  isEven() {
    return this.percents.every((part, k) => part === this.even[k]);
  }

  /** The forecast, with the sum 1; who shrugs pays what the uniform guess does, to the last digit. */
  forecast() {
    return this.percents.map((part) => (part % 1 ? 1 / this.even.length : part / 100));
  }

  slide(k, value) {
    this.typed.clear();
    const whole = Math.round(clamp(value, this.least, this.most));
    this.give(k, whole);
    if (Math.round(this.before[k]) === whole) this.percents = this.before;
  }

  /** Take a share that was typed; `wrong(value)` says nothing about it. */
  type(k, value) {
    this.give(k, value);
    this.typed.add(k);
  }

  /**
   * A hand that goes there and back finds everything as it was: as long as one share is in
   * hand, the others give and take from what they had when it was taken up.
   */
  give(k, value) {
    if (k !== this.hand) [this.hand, this.before] = [k, this.percents];
    const held = (j) => this.typed.has(j);
    this.percents = withPercent(this.before, k, value, { least: this.least, held });
  }

  /** Let an answer have 0 %, or let each have 1 % again; say whether a share changed. */
  allow(zero) {
    if (this.least === (zero ? 0 : 1)) return false;
    this.least = zero ? 0 : 1;
    const { percents, least } = this;
    if (percents.every((part) => part >= least)) return false;
    const largest = percents.indexOf(Math.max(...percents));
    this.write(withPercent(percents, largest, percents[largest], { least }));
    return true;
  }

  /** What is wrong with a share, read from the text `typed`; nothing if it can be had. */
  wrong(value, typed) {
    if (Number.isNaN(value)) return `“${typed}” is not a whole number of per cent from 0 to 100.`;
    if (value < this.least) return "At least 1 % stays on every answer, unless you go all in.";
    if (value > this.most)
      return `At most ${this.most} %: 1 % stays on every other answer, unless you go all in.`;
    return "";
  }
}

// Runs the pages' practice code on what Python wrote into the file PRACTICE, in Node.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const source = join(dirname(fileURLToPath(import.meta.url)), "../practice");
const names = [
  "compare",
  "contents",
  "judge",
  "progress",
  "reading",
  "reviews",
  "shares",
  "store",
  "summary",
];
const bundle = await build({
  stdin: { contents: names.map((name) => `export * from "./${name}.js";`).join(""), resolveDir: source },
  bundle: true,
  format: "esm",
  write: false,
});
const url = `data:text/javascript;base64,${Buffer.from(bundle.outputFiles[0].contents).toString("base64")}`;
const {
  checkRecord,
  comingBack,
  due,
  emptyRecord,
  inDigits,
  inWords,
  isBegun,
  isDue,
  isGuess,
  judge,
  merge,
  note,
  number,
  pageOf,
  progress,
  said,
  score,
  Shares,
  stepFor,
  Store,
  summary,
} = await import(url);
const given = JSON.parse(readFileSync(process.env.PRACTICE, "utf8"));

test("JavaScript judges as Python does", () => {
  for (const { name, field, cases } of given.fields) {
    for (const [text, status, sentence] of cases) {
      assert.deepEqual(judge(field, text), [status, sentence], `${name}: ${JSON.stringify(text)}`);
    }
  }
});

const real = (value) => ({ inf: Infinity, "-inf": -Infinity, nan: Number.NaN })[value] ?? value;
const close = (a, b) => Object.is(a, b) || Math.abs(a - b) <= 1e-12 * Math.abs(b);

test("JavaScript reads closed forms as Python does", () => {
  for (const [text, percent, want] of given.forms) {
    const where = JSON.stringify(text);
    if (want.sentence) {
      assert.throws(() => number(text, "nats", percent), { message: want.sentence }, where);
    } else {
      const { value } = number(text, "nats", percent);
      assert.ok(close(value, real(want)), `${where}: ${value}, ${want}`);
    }
  }
});

test("JavaScript prices bets as Python does", () => {
  for (const { q, y, want } of given.bets) {
    score(q, y).forEach((value, i) => {
      assert.ok(close(value, real(want[i])), `${q} ${y}: ${value}, ${want[i]}`);
    });
  }
});

test("JavaScript summarises bets as Python does", () => {
  for (const { bets, want } of given.summaries) {
    const got = summary(bets);
    for (const [key, value] of Object.entries(want)) {
      [got[key]].flat().forEach((entry, i) => {
        assert.ok(close(entry, real([value].flat()[i])), `${key}: ${entry}, ${value}`);
      });
      assert.equal([got[key]].flat().length, [value].flat().length);
    }
  }
});

test("a slider that goes there and back leaves the other shares as they were", () => {
  const shares = new Shares(4);
  shares.write([40, 30, 20, 10]);
  for (const value of [97, 100, 3, 0, 40]) shares.slide(0, value);
  assert.deepEqual(shares.percents, [40, 30, 20, 10]);
  shares.slide(0, 100);
  assert.deepEqual(shares.percents, [97, 1, 1, 1]);
});

test("shares typed one after the other stay, and the last one is what is left", () => {
  const shares = new Shares(4);
  [6, 60, 25, 10].forEach((value, i) => {
    shares.type(Math.max(0, i - 1), value); // the 6 was on its way to 60
  });
  assert.deepEqual(shares.percents, [60, 25, 10, 5]);
  shares.slide(3, 40);
  assert.deepEqual(shares.percents, [37, 16, 7, 40]);
});

test("who shrugs bets the uniform guess and pays as much, over any number of answers", () => {
  for (let count = 2; count <= 20; count += 1) {
    const q = new Shares(count).forecast();
    assert.deepEqual(q, Array(count).fill(1 / count));
    const { meanLog, evenLog } = summary([{ q, y: 0 }]);
    assert.equal(meanLog, evenLog);
    const record = { ...emptyRecord(), bets: { shrug: { at: 1, q, y: 0 } } };
    assert.deepEqual(checkRecord(record), record);
  }
});

test("an even share of three is 33⅓ %, and whole per cent as soon as a hand moves it", () => {
  assert.deepEqual([100 / 3, 100 / 7, 12.5, 25, 100, 0].map(inDigits), [
    "33⅓",
    "14.29",
    "12.5",
    "25",
    "100",
    "0",
  ]);
  const shares = new Shares(3);
  shares.slide(1, 100 / 3 + 1); // a press of an arrow key
  assert.deepEqual(shares.percents, [33, 34, 33]);
  shares.slide(1, 33);
  assert.ok(shares.isEven());
  shares.type(1, 33);
  assert.deepEqual(shares.percents, [34, 33, 33]);
});

test("0 % is for who goes all in, and goes when that is taken back", () => {
  const shares = new Shares(3);
  for (const value of [0, 99, Number.NaN]) assert.notEqual(shares.wrong(value, "x"), "");
  shares.allow(true);
  for (const value of [0, 99, 100]) assert.equal(shares.wrong(value), "");
  shares.slide(1, 100);
  assert.deepEqual(shares.percents, [0, 100, 0]);
  assert.ok(shares.allow(false));
  assert.deepEqual(shares.percents, [1, 98, 1]);
});

/** A browser's storage, shared by tabs; `room` is how much fits. */
class Shelf {
  constructor(room = Infinity) {
    this.items = new Map();
    this.room = room;
  }
  getItem(key) {
    return this.items.get(key) ?? null;
  }
  removeItem(key) {
    this.items.delete(key);
  }
  setItem(key, text) {
    const others = [...this.items].filter(([other]) => other !== key).map(([, kept]) => kept.length);
    if (others.reduce((a, b) => a + b, text.length) > this.room)
      throw Object.assign(new Error("full"), { name: "QuotaExceededError" });
    this.items.set(key, text);
  }
}

const KEY = "cross-entropy-practice";
const BOOK = { prompts: { one: "?" }, questions: { two: [3, 0], three: [2, 0] } };
const answer = (at, tries = 1) => ({ at, tries, hints: 0, status: "wrong", fields: { x: "1" } });
const bet = (at, first = 0.5) => ({ at, q: [first, 1 - first], y: 0 });

test("two tabs that never hear of each other lose nothing", () => {
  const shelf = new Shelf();
  const [a, b] = [new Store(() => shelf), new Store(() => shelf)];
  a.update((record) => Object.assign(record.answers, { one: answer(10) }));
  b.update((record) => Object.assign(record.answers, { two: answer(11) }));
  a.update((record) => Object.assign(record.bets, { three: bet(12) }));
  b.update((record) => Object.assign(record.answers, { one: answer(13, 2) }));
  const kept = new Store(() => shelf).record;
  assert.deepEqual(Object.keys(kept.answers).sort(), ["one", "two"]);
  assert.equal(kept.answers.one.tries, 2);
  assert.ok(kept.bets.three);
});

test("of an answer the newest counts, of a bet the first, in either order", () => {
  const a = { ...emptyRecord(), answers: { x: answer(1) }, bets: { y: bet(5, 0.9) } };
  const b = { ...emptyRecord(), answers: { x: answer(2, 4) }, bets: { y: bet(9, 0.1) } };
  for (const joined of [merge(a, b), merge(b, a)]) {
    assert.equal(joined.answers.x.tries, 4);
    assert.equal(joined.bets.y.q[0], 0.9);
  }
});

test("a record of an older book is read whole, zeros and all", () => {
  const old = { version: 1, cleared: 0, answers: { x: answer(1) }, bets: { y: { at: 2, q: [1, 0], y: 1 } } };
  const shelf = new Shelf();
  shelf.setItem(KEY, JSON.stringify(old));
  const { record, aside } = new Store(() => shelf);
  assert.deepEqual(record, { ...emptyRecord(), answers: old.answers, bets: old.bets });
  assert.deepEqual(aside, []);
});

test("a chapter and a reference page of one name are two pages", () => {
  globalThis.location = { href: "https://example.org/book/chapters/calibration.html" };
  const pages = ["", "#brier", "../reference/calibration.html"].map((address) => pageOf(address));
  assert.deepEqual(pages, ["chapters/calibration", "chapters/calibration", "reference/calibration"]);
});

test("a page that was opened when pages had no folders is still known", () => {
  const record = checkRecord({ ...emptyRecord(), visits: { calibration: { at: 1 } } });
  assert.deepEqual(record.visits, { "chapters/calibration": { at: 1 } });
});

test("of a visit the first counts, of a review, a run and a switch the newest, in either order", () => {
  const [a, b] = [1, 2].map((at) => ({
    ...emptyRecord(),
    visits: { v: { at } },
    reviews: { r: { at, step: at } },
    runs: { training: { at, state: `steps=${at}` } },
    choices: { c: { at, on: at === 2 } },
  }));
  for (const { visits, reviews, runs, choices } of [merge(a, b), merge(b, a)]) {
    assert.deepEqual(
      [visits.v.at, reviews.r.step, runs.training.state, choices.c.on],
      [1, 2, "steps=2", true],
    );
  }
});

const evening = (day, hour = 21) => new Date(2026, 2, day, hour).getTime(); // March 2026
const MISSED = { at: evening(1), q: [0.4, 0.6], y: 0 };
const missedOnce = () => ({ ...emptyRecord(), bets: { b: { ...MISSED } } });

test("what was missed comes back the next day, a week later, a month later, and then no more", () => {
  const record = missedOnce();
  let day = 1;
  for (const days of [1, 7, 30]) {
    assert.ok(!isDue(record, "b", evening(day + days - 1)), "not a day early");
    day += days;
    assert.deepEqual(due(record, ["b", "other"], evening(day, 8)), ["b"]);
    note(record, "b", true, evening(day));
  }
  assert.deepEqual(comingBack(record, ["b"]), []);
  assert.deepEqual(due(record, ["b"], evening(1000)), []);
  assert.deepEqual(record.bets.b, MISSED, "the first bet stays");
});

test("missed again, it starts from the beginning", () => {
  const record = missedOnce();
  note(record, "b", true, evening(2));
  note(record, "b", false, evening(9));
  assert.deepEqual(comingBack(record, ["b"]), [["b", evening(10, 4)]]);
});

test("an answer on the same day moves nothing, and the day ends at four in the morning", () => {
  const record = missedOnce();
  for (const right of [true, false]) note(record, "b", right, evening(1, 23));
  assert.ok(!isDue(record, "b", evening(2, 3)));
  assert.ok(isDue(record, "b", evening(2, 4)));
});

test("a bet is missed when another answer got as much, an exercise when its first check was wrong", () => {
  const at = evening(1);
  const record = {
    ...emptyRecord(),
    bets: { tie: { at, q: [0.5, 0.5], y: 0 }, hit: { at, q: [0.6, 0.4], y: 0 } },
  };
  note(record, "left", false, at);
  note(record, "mended", false, at);
  note(record, "mended", true, at);
  note(record, "known", true, at);
  record.answers.old = answer(at); // wrong, in a book that kept no reviews
  const ids = ["tie", "hit", "left", "mended", "known", "old"];
  assert.deepEqual(due(record, ids, evening(2)).sort(), ["left", "mended", "old", "tie"]);
});

test("the contents say what was visited, guessed, bet, solved and is asked again, and of nothing nothing", () => {
  const asked = { guess: ["guess-here"], bet: ["b", "other"], answer: ["one", "two", "three"] };
  const nothing = progress(emptyRecord(), "here", asked, evening(2));
  assert.ok(!isBegun(nothing));
  assert.equal(inWords(nothing), "");
  const record = {
    ...missedOnce(),
    visits: { here: { at: evening(1) } },
    guesses: { "guess-here": { at: evening(1), value: 0.5 } },
    answers: { one: { ...answer(evening(1)), status: "right" }, two: answer(evening(2)) },
  };
  const found = progress(record, "here", asked, evening(2));
  assert.equal(
    inWords(found),
    "visited, guessed, 1 of 2 bets placed, 1 of 3 exercises solved, 1 to be asked again",
  );
  record.guesses["guess-here"].value = null; // skipped
  assert.doesNotMatch(inWords(progress(record, "here", asked, evening(2))), /guessed/);
});

test("a clearing reaches a tab that still remembers", () => {
  const shelf = new Shelf();
  const [a, b] = [new Store(() => shelf), new Store(() => shelf)];
  a.update((record) => Object.assign(record.answers, { one: answer(a.now()) }));
  b.pull();
  a.clear();
  b.update((record) => Object.assign(record.answers, { two: answer(b.now()) }));
  assert.deepEqual(Object.keys(new Store(() => shelf).record.answers), ["two"]);
});

test("without storage it works in memory, and says so", () => {
  const forbidden = new Store(() => {
    throw new Error("SecurityError");
  });
  assert.match(forbidden.problem, /does not let the page keep/);
  forbidden.update((record) => Object.assign(record.answers, { one: answer(1) }));
  assert.ok(forbidden.record.answers.one);
  assert.equal(forbidden.take({ ...emptyRecord(), bets: { two: bet(1) } }, BOOK), 1);
  assert.equal(forbidden.aside.length, 1);
  const full = new Store(() => new Shelf(10));
  assert.equal(full.problem, "");
  full.update((record) => Object.assign(record.answers, { one: answer(1) }));
  assert.match(full.problem, /no room left/);
  assert.ok(full.record.answers.one);
});

const UNREADABLE = [
  "{",
  "null",
  '{"version":99,"answers":{},"bets":{}}',
  '{"a":1}',
  JSON.stringify({
    ...emptyRecord(),
    bets: Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`b${i}`, bet(2)])),
  }),
];

test("what cannot be read is set aside, told, offered, and gone when the reader says so", () => {
  const shelf = new Shelf();
  for (const [i, text] of UNREADABLE.entries()) {
    shelf.setItem(KEY, text);
    const store = new Store(() => shelf);
    assert.deepEqual(store.aside, UNREADABLE.slice(0, i + 1), "the earlier ones stay");
    store.update((record) => Object.assign(record.answers, { one: answer(1) }));
    assert.ok(new Store(() => shelf).record.answers.one);
  }
  for (const [i, text] of UNREADABLE.entries()) {
    new Store(() => shelf).forget(text);
    assert.deepEqual(new Store(() => shelf).aside, UNREADABLE.slice(i + 1));
  }
  shelf.setItem(KEY, "{");
  new Store(() => shelf).forget("{");
  assert.deepEqual(new Store(() => shelf).aside, [], "it does not come back");
});

test("a text that an older book set aside is offered, too", () => {
  const shelf = new Shelf();
  shelf.setItem(`${KEY}-unread`, "{");
  assert.deepEqual(new Store(() => shelf).aside, ["{"]);
});

test("one broken entry costs none of the others", () => {
  const shelf = new Shelf();
  const text = JSON.stringify({
    ...emptyRecord(),
    answers: { one: answer(1), two: null },
    bets: { b: bet(3) },
  });
  shelf.setItem(KEY, text);
  const store = new Store(() => shelf);
  assert.deepEqual([Object.keys(store.record.answers), Object.keys(store.record.bets)], [["one"], ["b"]]);
  assert.deepEqual(store.aside, [text]);
});

test("without room to set a record aside nothing is written over it, and the page says so", () => {
  const text = "{".repeat(200);
  const shelf = new Shelf(300);
  shelf.setItem(KEY, text);
  const store = new Store(() => shelf);
  store.update((record) => Object.assign(record.answers, { one: answer(1) }));
  assert.equal(shelf.getItem(KEY), text);
  assert.match(store.problem, /no room to set it aside/);
  assert.ok(store.record.answers.one);
  store.forget(text);
  assert.equal(store.problem, "");
  assert.ok(new Store(() => shelf).record.answers.one);
});

test("a bet on another form of its question makes way for the real one, and is set aside", () => {
  const shelf = new Shelf();
  const store = new Store(() => shelf);
  const imported = { ...emptyRecord(), bets: { two: bet(1), three: bet(2) } };
  assert.equal(store.take(structuredClone(imported), BOOK), 1);
  assert.deepEqual(Object.keys(store.record.bets), ["three"]);
  assert.deepEqual(JSON.parse(store.aside[0]).bets, { two: bet(1) });
  // One that is in the record already, from an older book:
  const old = new Shelf();
  old.setItem(KEY, JSON.stringify(imported));
  const opened = new Store(() => old);
  opened.sortOut(BOOK);
  opened.update((record) => {
    record.bets.two ??= { at: 9, q: [0.2, 0.3, 0.5], y: 0 };
  });
  assert.equal(new Store(() => old).record.bets.two.q.length, 3);
  assert.equal(new Store(() => old).aside.length, 1);
});

test("what this book does not ask does not count, wherever it comes from, and is set aside", () => {
  const bets = { constructor: bet(1, 0), elsewhere: bet(1, 0), three: bet(2) };
  const answers = { one: answer(1), elsewhere: answer(2) };
  const reviews = { elsewhere: { at: 2, step: 0 } };
  const foreign = { ...emptyRecord(), answers, bets, reviews };
  const importing = new Store(() => new Shelf());
  assert.equal(importing.take(structuredClone(foreign), BOOK), 3);
  const shelf = new Shelf();
  shelf.setItem(KEY, JSON.stringify(foreign));
  const opening = new Store(() => shelf);
  opening.sortOut(BOOK);
  for (const store of [importing, opening]) {
    assert.deepEqual(store.record.bets, { three: bet(2) });
    assert.deepEqual(Object.keys(store.record.answers), ["one"]);
    assert.deepEqual(store.record.reviews, {});
    const { bets: apart, answers: others } = JSON.parse(store.aside[0]);
    assert.deepEqual(
      [Object.keys(apart), Object.keys(others)],
      [["constructor", "elsewhere"], ["elsewhere"]],
    );
  }
});

test("a page sets aside a bet on another form of its own question, and leaves all else alone", () => {
  const store = new Store(() => new Shelf());
  const others = { three: bet(2), elsewhere: bet(3) };
  store.update((record) => {
    Object.assign(record.bets, { two: bet(1), ...others });
    record.answers.one = answer(4);
  });
  store.sortOutBet("three", [2, 0]);
  assert.deepEqual(store.aside, []);
  store.sortOutBet("two", [3, 0]);
  assert.deepEqual(store.record.bets, others);
  assert.deepEqual(Object.keys(store.record.answers), ["one"]);
  assert.deepEqual(JSON.parse(store.aside[0]).bets, { two: bet(1) });
});

test("an import that would make the record unreadable changes nothing", () => {
  const many = (stem, n) => Object.fromEntries(Array.from({ length: n }, (_, i) => [`${stem}${i}`, bet(2)]));
  const [a, b] = [many("a", 600), many("b", 600)];
  const questions = Object.fromEntries(Object.keys({ ...a, ...b }).map((id) => [id, [2, 0]]));
  const shelf = new Shelf();
  const store = new Store(() => shelf);
  store.take({ ...emptyRecord(), bets: a }, { prompts: {}, questions });
  assert.throws(() => store.take({ ...emptyRecord(), bets: b }, { prompts: {}, questions }), /too long/);
  assert.equal(Object.keys(new Store(() => shelf).record.bets).length, 600);
});

test("a hostile record is refused with a sentence", () => {
  const good = {
    ...emptyRecord(),
    answers: { one: answer(1) },
    bets: { two: bet(2) },
    visits: { "chapters/log-curve": { at: 3 } },
    reviews: { two: { at: 2, step: 1 } },
    choices: { "all-in": { at: 4, on: true } },
  };
  assert.deepEqual(checkRecord(JSON.parse(JSON.stringify(good))), good);
  const bad = [
    null,
    [],
    "text",
    {},
    { ...good, version: 3 },
    { ...good, answers: { "<img src=x>": answer(1) } },
    { ...good, answers: { one: { ...answer(1), fields: { x: 3 } } } },
    { ...good, answers: { one: { ...answer(1), fields: { x: "1".repeat(501) } } } },
    { ...good, answers: { one: { ...answer(1), status: "<b>" } } },
    { ...good, answers: { one: { ...answer(1), tries: -1 } } },
    { ...good, answers: { one: null } },
    { ...good, bets: { two: { ...bet(2), q: [2, -1] } } },
    { ...good, bets: { two: { ...bet(2), q: [0.5, 0.4] } } },
    { ...good, bets: { two: { ...bet(2), q: [Number.NaN, 1] } } },
    { ...good, bets: { two: { ...bet(2), y: 2 } } },
    { ...good, visits: [] },
    { ...good, visits: { two: { at: -1 } } },
    { ...good, reviews: { two: { at: 2, step: 0.5 } } },
    { ...good, choices: { two: { at: 2, on: "yes" } } },
    { ...good, bets: Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`b${i}`, bet(2)])) },
    JSON.parse('{"version":1,"answers":{"__proto__":{"at":1}},"bets":{}}'),
  ];
  for (const record of bad) assert.throws(() => checkRecord(record), /record/, JSON.stringify(record));
  assert.equal({}.at, undefined);
});

const TYPED = { kind: "number", answer: 2, near: 0.1, low: 0, high: 50, unit: "bits", told: "It is 2." };
const remarks = [
  [1, "Too low."],
  [10, ""],
  [null, "Too high."],
];

test("a number is compared with the answer by what it is, and its remark follows", () => {
  const by = (more, value) => said({ ...TYPED, remarks, ...more }, value);
  assert.deepEqual(by({}, 2.05), ["You said 2.05 bits, and that is it.", "It is 2."]);
  assert.deepEqual(by({}, 0.5), ["You said 0.5 bits: too low by 1.50 bits.", "It is 2.", "Too low."]);
  assert.deepEqual(by({}, 5), ["You said 5 bits: too high by 3.00 bits.", "It is 2."]);
  assert.equal(by({ ratio: true, unit: "" }, 20)[0], "You said 20: 10 times too much.");
  assert.equal(by({ ratio: true, unit: "" }, 4)[0], "You said 4: twice too much.");
  assert.equal(by({ ratio: true, unit: "" }, 0.5)[0], "You said 0.5: 4.0 times too little.");
  assert.equal(by({ ratio: true, unit: "" }, 0)[0], "You said 0: too low by 2.00.");
});

test("a spread is priced, beside the uniform guess", () => {
  const spread = { kind: "spread", options: [["A"], ["B"]], answer: 1, told: "B." };
  assert.equal(
    said(spread, [0.5, 0.5])[0],
    "You gave 50 % to “B”, which is true. That costs 0.693 nats; the uniform guess pays 0.693.",
  );
  assert.match(said(spread, [1, 0])[0], /costs ∞/);
  const quoting = {
    ...spread,
    options: [
      ["A", ""],
      ["the n of “on”", ""],
    ],
  };
  assert.match(said(quoting, [0.5, 0.5])[0], /to “the n of ‘on’”, which/);
});

test("a guess that was kept counts only on its own question", () => {
  assert.ok(isGuess(TYPED, 3));
  for (const other of [null, 51, Number.NaN, "3", [0.5, 0.5]]) assert.ok(!isGuess(TYPED, other));
  const spread = { kind: "spread", options: [["A"], ["B"]] };
  assert.ok(isGuess(spread, [0.4, 0.6]));
  for (const other of [null, 1, [0.2, 0.3, 0.5]]) assert.ok(!isGuess(spread, other));
});

test("the first guess stays, a skip is one, and a hostile one is set aside", () => {
  const a = { ...emptyRecord(), guesses: { one: { at: 5, value: null } } };
  const b = { ...emptyRecord(), guesses: { one: { at: 9, value: 3 }, two: { at: 9, value: [0.5, 0.5] } } };
  for (const { guesses } of [merge(a, b), merge(b, checkRecord(a))]) {
    assert.deepEqual([guesses.one.value, guesses.two.value], [null, [0.5, 0.5]]);
  }
  for (const value of ["<b>", {}, [2, -1], Number.NaN, undefined, true]) {
    const record = { ...emptyRecord(), guesses: { one: { at: 1, value } } };
    assert.throws(() => checkRecord(record), /guesses in this record is broken/);
  }
});

test("a run is the query of a link, and a hostile one is set aside", () => {
  const of = (state) => ({ ...emptyRecord(), runs: { training: { at: 1, state } } });
  assert.deepEqual(checkRecord(of("steps=9")).runs.training, { at: 1, state: "steps=9" });
  for (const state of [undefined, 7, {}, "x".repeat(501)]) {
    assert.throws(() => checkRecord(of(state)), /runs in this record is broken/);
  }
});

test("a slider has at least a hundred round steps", () => {
  assert.deepEqual(
    [stepFor(0, 25), stepFor(0, 1.5), stepFor(0, 1), stepFor(0, 0.8)],
    [0.1, 0.01, 0.01, 0.001],
  );
});

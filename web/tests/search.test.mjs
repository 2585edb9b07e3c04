// What a search takes for the same word, and what it shows of a place.

import assert from "node:assert/strict";
import { test } from "node:test";
import { excerpt } from "../search/excerpt.js";
import { finder } from "../search/find.js";
import { roundings, stem, words } from "../search/words.js";

test("a number is found by its first digits, rounded or cut", () => {
  assert.ok(["2.30", "2.303", "2.302", "2.302585"].every((said) => roundings("2.302585").includes(said)));
  assert.deepEqual(roundings(".693")[0], "0.693");
  assert.deepEqual(roundings("10"), ["10"]);
  assert.ok(["7.44015e-44", "7.44e-44", "7e-44"].every((said) => roundings("7.44015e-44").includes(said)));
  assert.deepEqual(roundings("1e-07"), ["1e-7"]);
});

test("the forms of a word are one word, and short words stay", () => {
  const forms = [
    ["calibration", "calibrated", "calibrate"],
    ["smoothing", "smoothed", "smooth"],
    ["probability", "probabilities"],
    ["overfitting", "overfit"],
    ["logit", "logits"],
    ["loss", "losses"],
  ];
  for (const group of forms) assert.equal(new Set(group.map(stem)).size, 1, group.join());
  assert.equal(stem("bias"), "bias".replace(/s$/, ""));
  assert.notEqual(stem("floor"), stem("flow"));
});

test("a name is found whole and in its parts, however it is written", () => {
  for (const name of ["CrossEntropy", "cross_entropy", "cross-entropy"]) {
    assert.deepEqual(words(name)[0], ["crossentrop", "cross", "entrop"]);
  }
  assert.deepEqual(words("NaN"), [["nan"]]);
  assert.deepEqual(words("ln 2").flat(), ["ln", "2", "ln2"]);
  assert.deepEqual(words("q_{y}").flat(), ["q", "y"]);
});

test("the section that says it comes before one that merely has the words", () => {
  const section = (id, title, text, asked = []) => [id, ["Page"], title, text, [], asked];
  const pages = [
    ["a.html", [section("x", "Chance", "It is 0.693147 nats."), section("y", "Rest", "The loss of chance.")]],
    ["b.html", [section("z", "Floors", "Nothing.", ["loss is stuck"])]],
  ];
  const find = finder(pages);
  const first = (question) => find(question).hits[0]?.id;
  assert.equal(first("chance"), "a.html#x");
  assert.equal(first(".693"), "a.html#x");
  assert.equal(first("why is my loss stuck?"), "b.html#z");
  assert.equal(first("flors"), "b.html#z");
  assert.deepEqual(find("gibberish").unknown, ["gibberish"]);
  assert.deepEqual(find("").hits, []);
});

test("what is asked for inside an index is not marked: the index stays whole", () => {
  const parts = excerpt("Its logits z_{1} and 1/8.", new Set(["1"]));
  assert.deepEqual(parts[1], { text: "1", kind: "sub" });
  assert.deepEqual(parts[3], { text: "1", kind: "mark" });
});

test("an excerpt marks the words, lowers an index, and cuts between words", () => {
  const said = (parts) => parts.map(({ text }) => text).join("");
  const parts = excerpt("Short.\nThe price −ln q_{y} of the truth.", new Set(["truth"]));
  assert.equal(said(parts), "The price −ln qy of the truth.");
  assert.deepEqual(
    parts.filter(({ kind }) => kind).map(({ kind }) => kind),
    ["sub", "mark"],
  );
  const long = excerpt(`${"before ".repeat(60)}truth ${"after ".repeat(60)}`, new Set(["truth"]));
  assert.match(said(long), /^… before .* truth after .*after …$/);
  assert.ok(said(long).length < 240);
});

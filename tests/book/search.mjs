// Sphinx's search with the book's ranking and the built index, without a browser.
//     node search.mjs BOOK '["words", …]'   →   [[["page", "#place"], …], …]

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createContext, runInContext } from "node:vm";

const [, , book, asked] = process.argv;
const ready = [];
const context = createContext({
  document: { addEventListener: (_, listener) => ready.push(listener), getElementById: () => null, createElement: () => ({}) },
  location: { protocol: "http:" },
  localStorage: { setItem() {} },
  _ready() {},
  _: (text) => text,
});
for (const script of ["search.js", "searchtools.js", "language_data.js", "../searchindex.js"]) {
  runInContext(readFileSync(join(book, "_static", script), "utf8"), context, script);
}
for (const listener of ready) listener();
context.asked = JSON.parse(asked);
const found = runInContext(
  "asked.map((query) => Search._performSearch(...Search._parseQuery(query)).reverse())",
  context,
);
process.stdout.write(JSON.stringify(found.map((hits) => hits.map(([page, , place]) => [page, place]))));

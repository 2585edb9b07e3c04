// The book's search without a browser: its own script's search, and the built index.
//     node search.mjs BOOK '["words", …]'   →   [["chapters/page.html#place", …], …]

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { finder } from "../../web/search/find.js";

const [, , book, asked] = process.argv;
const script = readFileSync(join(book, "searchindex.js"), "utf8");
const find = finder(JSON.parse(script.replace(/^self\.cePages=/, "").replace(/;\s*$/, "")));
const found = JSON.parse(asked).map((question) => find(question).hits.map(({ id }) => id));
process.stdout.write(JSON.stringify(found));

// Build what the browser runs, out of web/:
//   ce_lib/explorers/static/<name>.js     one module per explorer, for JupyterLab (anywidget)
//   ce_lib/explorers/static/explorers.css
//   bookext/static/core.js                what the explorers of a page share, and the host
//   bookext/static/explorers/<name>.js    one classic script per explorer, for the pages
//   bookext/static/texts/<name>.js        what a page brings when it is asked for
//   bookext/static/record.js              one for every page: the reader's record
//   bookext/static/practice.js            one more for pages with answer boxes, bets or guesses
//   bookext/static/report.js              one more for the page of the record
//   bookext/static/claims.js              one more for the page of claims to stake on
//   bookext/static/search.js              the search page's, with MiniSearch and its licence
//   bookext/static/katex/                 the mathematics' style sheet and fonts
//   tools/decks/static/                  the slides' script and style sheet, with reveal.js
//   bookext/bundled.json                 what of it comes from npm, with licences
// Run with `make explorers`; `node web/bundle.mjs --out DIR` writes below DIR instead.

import { readdirSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";

await import("esbuild").catch(() => {
  console.error("esbuild is not installed. Run `make explorers`: it installs what it needs.");
  process.exit(1);
});
const { copyMathematics } = await import("./bundler/mathematics.mjs");
const { writePackages } = await import("./bundler/packages.mjs");
const { buildScripts } = await import("./bundler/scripts.mjs");
const { buildSlides } = await import("./bundler/slides.mjs");
const { buildStyles } = await import("./bundler/styles.mjs");

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const out = process.argv[2] === "--out" ? resolve(process.argv[3]) : root;
const names = readdirSync(join(root, "web/explorers"))
  .filter((file) => file.endsWith(".js"))
  .map((file) => file.slice(0, -3))
  .sort();

await buildScripts({ root, out, names });
await buildStyles({ root, out, names });
copyMathematics({ root, out });
await buildSlides({ root, out });
writePackages({ root, out });

console.log(`built ${names.length} explorers into ${relative(process.cwd(), out) || "."}`);

